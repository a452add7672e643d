import type { AttackObject } from "../attack/catalogue.ts";
import { toSource, type Block, type Report } from "../report/report.ts";
import type { Mention } from "./mention.ts";
import { mentionAt } from "./place.ts";

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
  const range = { start: toSource(block, textStart), end: toSource(block, textEnd, "end") };
  const said = { object: technique, by, status: "inferred", confidence, why } as const;
  return mentionAt(report, range, { block: block.index, sentence }, said);
}
