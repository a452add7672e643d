import { analyse, type Analysis, type AnalyseOptions } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** What the rules find in a text. */
export const findingsIn = (text: string, options: AnalyseOptions = {}): Analysis["findings"] =>
  analyse(parseReport(text, { path: "x.md" }), catalogue, options).findings;

/** "marked words → fix" of what one rule finds. */
export const found = (rule: string, text: string, options: AnalyseOptions = {}): readonly string[] =>
  findingsIn(text, options)
    .filter((finding) => finding.rule === rule)
    .map(({ start, end, fix }) => `${text.slice(start, end)}${fix ? ` → ${fix.text}` : ""}`);
