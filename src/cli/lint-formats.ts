import type { Analysis } from "../analysis.ts";
import { jsonText } from "../json-text.ts";
import type { Report } from "../report/report.ts";
import { toSarif } from "./sarif.ts";
import { printable } from "./table.ts";

/** A report with what the rules found in it. */
export interface LintedReport {
  readonly source: Report;
  readonly analysis: Analysis;
}

/** How `lint` prints what it found in one or more reports; a row a format. */
export const lintFormats: Readonly<Record<string, (linted: readonly LintedReport[]) => string>> = {
  text: (linted) =>
    linted
      .flatMap(({ analysis: { report, findings } }) =>
        findings.map(
          ({ line, severity, rule, message }) => `${report.path}:${line}: ${severity} ${rule}: ${printable(message)}\n`,
        ),
      )
      .join(""),
  json: (linted) => jsonText(linted.map(({ analysis: { report, findings } }) => ({ schema: 1, report, findings }))),
  sarif: (linted) => jsonText(toSarif(linted, process.cwd())),
};
