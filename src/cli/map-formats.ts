import { toMarkdown } from "../exports/markdown.ts";
import { ownSoftware } from "../exports/own-software.ts";
import { jsonText } from "../json-text.ts";
import type { MappedReport } from "./shell.ts";

/** How `map` prints an analysis; a row a format. */
export const mapFormats: Readonly<Record<string, (mapped: MappedReport) => string>> = {
  json: ({ analysis }) => jsonText(analysis),
  ndjson: ({ analysis }) => `${JSON.stringify(analysis)}\n`,
  markdown: ({ report, analysis, catalogue }) => toMarkdown(analysis, ownSoftware(report, analysis, catalogue)),
};
