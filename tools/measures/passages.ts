import type { Catalogue } from "../../src/attack/catalogue.ts";
import { goldDirectory, measuredDirectories, readGoldReports } from "../campaigns/gold.ts";
import { goldSentences } from "../campaigns/gold-sentences.ts";
import { recallAt3, type MeasureRow, type Question, type Ranking } from "./knowledge.ts";

/** Sentences of our own reports that the gold calls evidence of a technique, of all techniques and domains. */
export function measurePassages(catalogue: Catalogue, rank: Ranking, baseline: Ranking): readonly MeasureRow[] {
  return [
    { what: "that nobody has looked at", directory: measuredDirectories.unseen },
    { what: "in sight of the rules alone", directory: measuredDirectories.read },
    { what: "that it learnt from", directory: goldDirectory },
  ].flatMap(({ what, directory }): readonly MeasureRow[] => {
    const passages = readPassages(directory, catalogue);
    const title = `recall@3, all techniques, ${passages.length} sentences of our reports ${what}`;
    return passages.length === 0 ? [] : [[title, recallAt3(passages, rank), recallAt3(passages, baseline)]];
  });
}

const readPassages = (directory: string, catalogue: Catalogue): readonly Question[] =>
  readGoldReports(directory).flatMap((report) =>
    goldSentences(report, catalogue).flatMap(({ text, techniques }) =>
      techniques.map((technique): Question => ({ technique, text })),
    ),
  );
