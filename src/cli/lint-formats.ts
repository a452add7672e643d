import type { Analysis } from "../analysis.ts";
import { rules } from "../lint/rules.ts";
import { version } from "./context.ts";
import { printable } from "./table.ts";

/** How `lint` prints what it found in one or more reports; a row a format. */
export const lintFormats: Readonly<Record<string, (analyses: readonly Analysis[]) => string>> = {
  text: (analyses) =>
    analyses
      .flatMap(({ report, findings }) =>
        findings.map(
          ({ line, severity, rule, message }) => `${report.path}:${line}: ${severity} ${rule}: ${printable(message)}\n`,
        ),
      )
      .join(""),
  json: (analyses) =>
    `${JSON.stringify(
      analyses.map(({ report, findings }) => ({ schema: 1, report, findings })),
      undefined,
      2,
    )}\n`,
  sarif: (analyses) => `${JSON.stringify(toSarif(analyses), undefined, 2)}\n`,
};

const levels = { error: "error", warning: "warning", info: "note", hint: "note" } as const;

/** SARIF 2.1.0, as code-scanning services read it. Character offsets are UTF-16 code units. */
function toSarif(analyses: readonly Analysis[]): unknown {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ATT&CK Scribe",
            version,
            rules: rules.map(({ id, description, severity }) => ({
              id,
              shortDescription: { text: description },
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: analyses.flatMap(({ report, findings }) =>
          findings.map(({ rule, severity, line, start, end, message }) => ({
            ruleId: rule,
            level: levels[severity],
            message: { text: message },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(report.path.replace(/\\/g, "/")) },
                  region: { startLine: line, charOffset: start, charLength: end - start },
                },
              },
            ],
          })),
        ),
      },
    ],
  };
}
