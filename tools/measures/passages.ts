import { join } from "node:path";
import type { Catalogue } from "../../src/attack/catalogue.ts";
import { parseReport } from "../../src/report/parse.ts";
import { goldDirectory, goldOf, readGoldReports } from "../campaigns/gold.ts";
import { recallAt3, type MeasureRow, type Question, type Ranking } from "./knowledge.ts";

/** Sentences of our own reports that the gold calls evidence of a technique, of all techniques and domains. */
export function measurePassages(catalogue: Catalogue, rank: Ranking, baseline: Ranking): readonly MeasureRow[] {
  return [
    { what: "unseen by the rules", directory: join(goldDirectory, "unseen") },
    { what: "in sight of the rules", directory: goldDirectory },
  ].map(({ what, directory }): MeasureRow => {
    const passages = readPassages(directory, catalogue);
    return [
      `recall@3, all techniques, ${passages.length} sentences of our reports ${what}`,
      recallAt3(passages, rank),
      recallAt3(passages, baseline),
    ];
  });
}

function readPassages(directory: string, catalogue: Catalogue): readonly Question[] {
  const found = new Map<string, Question>();
  for (const report of readGoldReports(directory)) {
    const sentences = parseReport(report.text, { path: `${report.name}.md` }).blocks.flatMap((block) =>
      block.kind === "code"
        ? []
        : block.sentences.map(({ textStart, textEnd }) => block.text.slice(textStart, textEnd).replace(/\s+/g, " ")),
    );
    for (const { techniques = [] } of goldOf(report, catalogue).campaigns)
      for (const { id, evidence } of techniques)
        for (const { text } of evidence) {
          const wanted = text.replace(/[*`_]/g, "").replace(/\s+/g, " ").trim();
          const sentence = sentences.find((one) => one.includes(wanted));
          // A sentence that states ids would ask nothing.
          if (sentence === undefined || /\bT\d{4}/.test(sentence)) continue;
          found.set(`${id} ${sentence}`, { technique: id, text: sentence });
        }
  }
  return [...found.values()];
}
