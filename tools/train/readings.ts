import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "../lexicon/source.ts";
import type { AnnotatedReport } from "./examples.ts";

type Annotation = AnnotatedReport["annotations"][number];

/** What we read in the annotated reports beside their annotators: offsets and ids, and nothing of the text. */
export const readingsFile = "readings.tsv";

export const readingsText = (): string => readFileSync(join(dataDirectory, readingsFile), "utf8");

/**
 * By the number of the report in the corpus, from 0: which of the techniques that its annotators did not look for its
 * sentences tell of. Lines are `report<tab>start<tab>end<tab>T1059.001,T1102.001` with UTF-16 offsets into the report's
 * text; lines that begin with # are remarks. Throws where a line has another form or names no `current` technique.
 */
export function parseReadings(text: string, current: ReadonlySet<string>): ReadonlyMap<number, readonly Annotation[]> {
  const found = new Map<number, Annotation[]>();
  text.split("\n").forEach((line, index) => {
    if (line === "" || line.startsWith("#")) return;
    const fault = (what: string): Error => new Error(`${readingsFile}, line ${index + 1}: ${what}`);
    const form = /^(\d{1,6})\t(\d{1,9})\t(\d{1,9})\t(T\d[\d.,T]*)$/.exec(line);
    const [, report, start, end, ids = ""] = form ?? [];
    if (!form || Number(start) >= Number(end)) throw fault("not “report, start, end, techniques” between tabs");
    const techniques = ids.split(",");
    const unknown = techniques.find((id) => !current.has(id));
    if (unknown !== undefined) throw fault(`no such technique: ${unknown}`);
    const own = found.get(Number(report)) ?? [];
    for (const technique of techniques) own.push({ start: Number(start), end: Number(end), technique });
    found.set(Number(report), own);
  });
  return found;
}
