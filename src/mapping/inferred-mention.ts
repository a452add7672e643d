import type { AttackObject } from "../attack/catalogue.ts";
import { lineAt, toSource, type Block, type Report } from "../report/report.ts";
import { mentioned, type Mention } from "./mention.ts";
import { evidenceAt } from "./place.ts";

/** What was found in a block's words; offsets are those of its text. */
export interface Inferred extends Pick<Mention, "by" | "confidence" | "why"> {
  /** Index into the block's sentences. */
  readonly sentence: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly technique: AttackObject;
}

/** The mention of a technique that a block describes, where the block stands in its report. */
export function inferredMention(
  report: Report,
  block: Block,
  { sentence, textStart, textEnd, technique, by, confidence, why }: Inferred,
): Mention {
  const start = toSource(block, textStart);
  const end = toSource(block, textEnd, "end");
  const place = { block: block.index, sentence };
  return {
    start,
    end,
    line: lineAt(report, start),
    text: report.text.slice(start, end),
    object: mentioned(technique),
    by,
    status: "inferred",
    confidence,
    evidence: evidenceAt(report, place, start),
    why,
    place,
  };
}
