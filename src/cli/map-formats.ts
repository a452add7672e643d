import type { Analysis } from "../analysis.ts";
import { toMarkdown } from "../exports/markdown.ts";

/** How `map` prints an analysis; a row a format. */
export const mapFormats: Readonly<Record<string, (analysis: Analysis) => string>> = {
  json: (analysis) => `${JSON.stringify(analysis, undefined, 2)}\n`,
  ndjson: (analysis) => `${JSON.stringify(analysis)}\n`,
  markdown: toMarkdown,
};
