import type { Catalogue } from "../../src/attack/catalogue.ts";
import { parseReport } from "../../src/report/parse.ts";
import { sentenceRange } from "../../src/report/report.ts";
import { goldOf, type GoldReport } from "./gold.ts";

/** A sentence of a report of ours and the techniques of which its gold finds evidence there; none says nothing: gold need not list every place. */
export interface GoldSentence {
  readonly text: string;
  readonly techniques: readonly string[];
}

/** The sentences of prose, lists and tables that state no technique's id. */
export function goldSentences(report: GoldReport, catalogue: Catalogue): readonly GoldSentence[] {
  const starts = lineStarts(report.text);
  const evidence = goldOf(report, catalogue).campaigns.flatMap(({ techniques = [] }) =>
    techniques.flatMap(({ id, evidence: places }) =>
      places.map(({ line, text }) => ({ id, at: report.text.indexOf(text, starts[line - 1] ?? 0) })),
    ),
  );
  return parseReport(report.text, { path: `${report.name}.md` }).blocks.flatMap((block) =>
    block.kind === "code"
      ? []
      : block.sentences.flatMap((sentence): GoldSentence[] => {
          const text = block.text.slice(sentence.textStart, sentence.textEnd).replace(/\s+/g, " ");
          if (/\bT\d{4}/.test(text)) return [];
          const { start, end } = sentenceRange(block, sentence);
          const inside = evidence.filter(({ at }) => start <= at && at < end);
          return [{ text, techniques: [...new Set(inside.map(({ id }) => id))] }];
        }),
  );
}

/** Offsets at which the lines begin. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
