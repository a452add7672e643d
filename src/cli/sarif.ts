import { relative, isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding } from "../analysis.ts";
import { hashOf } from "../hash.ts";
import { chapterOn } from "../lint/documentation.ts";
import type { Edit } from "../lint/rule.ts";
import { rules } from "../lint/rules.ts";
import { lineAt, type Range, type Report } from "../report/report.ts";
import { version } from "./context.ts";
import type { LintedReport } from "./lint-formats.ts";

const levels = { error: "error", warning: "warning", info: "note", hint: "note" } as const;

/** By which name paths are relative to the folder that the program ran in. */
const root = "%SRCROOT%";

/**
 * SARIF 2.1.0, as code-scanning services read it. Lines and columns count from 1, columns in UTF-16 code units; a byte
 * order mark counts for nothing. `folder` is where the program runs: what lies below it is told by relative paths.
 */
export function toSarif(linted: readonly LintedReport[], folder: string): unknown {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ATT&CK Scribe",
            version,
            semanticVersion: version,
            informationUri: "https://github.com/attack-scribe/attack-scribe",
            rules: rules.map(({ id, description, help, severity }) => ({
              id,
              shortDescription: { text: description },
              fullDescription: { text: `${description} ${help}` },
              help: { text: help, markdown: `${help} [More](${chapterOn(id)})` },
              helpUri: chapterOn(id),
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [root]: { description: { text: "The folder in which attack-scribe ran." } } },
        artifacts: linted.map(({ source }) => ({
          location: locationOf(source.path, folder),
          sourceLanguage: "markdown",
        })),
        results: linted.flatMap(({ source, analysis }, index) => {
          const location = { ...locationOf(source.path, folder), index };
          const fingerprint = fingerprints(source);
          return analysis.findings.map((finding) => ({
            ruleId: finding.rule,
            ruleIndex: indexes.get(finding.rule) ?? -1,
            level: levels[finding.severity],
            message: { text: finding.message },
            locations: [{ physicalLocation: { artifactLocation: location, region: regionOf(finding, source) } }],
            partialFingerprints: { "attackScribe/v1": fingerprint(finding) },
            ...fixesOf(finding, source, location),
          }));
        }),
      },
    ],
  };
}

/** Paths outside of the folder are told whole. */
function locationOf(path: string, folder: string): { readonly uri: string; readonly uriBaseId?: string } {
  const inside = isAbsolute(path) ? relative(folder, path) : path;
  if (isAbsolute(inside) || /^\.\.(?:[\\/]|$)/u.test(inside)) return { uri: pathToFileURL(path).href };
  const uri = inside
    .replace(/\\/gu, "/")
    .replace(/^(?:\.\/)+/u, "")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return { uri, uriBaseId: root };
}

function regionOf({ start, end }: Range, report: Report): Readonly<Record<string, number>> {
  const [from, to] = [positionOf(start, report), positionOf(end, report)];
  const mark = report.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: Math.max(0, start - mark),
    charLength: end - Math.max(start, Math.min(mark, end)),
  };
}

function positionOf(offset: number, report: Report): { readonly line: number; readonly column: number } {
  const line = lineAt(report, offset);
  const mark = line === 1 && report.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return { line, column: Math.max(1, offset - (report.lineStarts[line - 1] ?? 0) - mark + 1) };
}

/**
 * What stays the same when something else in the report is edited: the rule, the marked words and their line, and which
 * one it is of those that are alike.
 */
function fingerprints(report: Report): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ rule, start, end }) => {
    const line = lineAt(report, start);
    const words = report.text.slice(report.lineStarts[line - 1] ?? 0, report.lineStarts[line] ?? report.text.length);
    const key = [rule, report.text.slice(start, end), words.replace(/\s+/gu, " ").trim()].join("\n");
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return `${hashOf(key).toString(16).padStart(14, "0")}:${count}`;
  };
}

function fixesOf({ fix, choices }: Finding, report: Report, artifactLocation: object): { readonly fixes?: unknown } {
  const offered = [...(fix ? [{ title: `Write ${fix.text}`, edit: fix }] : []), ...choices];
  const replacement = (edit: Edit): unknown => ({
    deletedRegion: regionOf(edit, report),
    ...(edit.text === "" ? {} : { insertedContent: { text: edit.text } }),
  });
  return offered.length === 0
    ? {}
    : {
        fixes: offered.map(({ title, edit }) => ({
          description: { text: title },
          artifactChanges: [{ artifactLocation, replacements: [replacement(edit)] }],
        })),
      };
}
