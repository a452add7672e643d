import type { Analysis } from "../analysis.ts";
import { toMarkdown } from "../exports/markdown.ts";
import { jsonText } from "../json-text.ts";

/** How `map` prints an analysis; a row a format. */
export const mapFormats: Readonly<Record<string, (analysis: Analysis) => string>> = {
  json: (analysis) => jsonText(analysis),
  ndjson: (analysis) => `${JSON.stringify(analysis)}\n`,
  markdown: toMarkdown,
};
