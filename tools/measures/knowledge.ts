import type { Catalogue } from "../../src/attack/catalogue.ts";
import { classify } from "../../src/mapping/classify.ts";
import type { Lexicon } from "../../src/mapping/lexicon/lexicon.ts";
import type { Model } from "../../src/mapping/model/model.ts";

/** What the program knows, as it ships. */
export interface Knowledge {
  readonly catalogue: Catalogue;
  readonly lexicon: Lexicon | undefined;
  readonly model: Model | undefined;
}

/** A text and one technique that it shows. */
export interface Question {
  readonly technique: string;
  readonly text: string;
}

/** Ranks techniques for a text, the best first. */
export type Ranking = (text: string) => readonly string[];

/** One line of a table of figures. */
export type MeasureRow = readonly [what: string, figure: string, baseline: string];

export const rankingOf =
  ({ catalogue, lexicon, model }: Knowledge): Ranking =>
  (text) =>
    classify(text, catalogue, { lexicon, model, top: depth }).map(({ id }) => id);

const depth = 3;

/** Share of the questions whose technique, or whose technique's parent, is among the first three: "0.91 / 0.93". */
export function recallAt3(questions: readonly Question[], rank: Ranking): string {
  const parent = (id: string): string => id.slice(0, 5);
  const ranked = questions.map(({ technique, text }) => ({ technique, top: rank(text).slice(0, depth) }));
  const exact = ranked.filter(({ technique, top }) => top.includes(technique)).length;
  const related = ranked.filter(({ technique, top }) => top.some((id) => parent(id) === parent(technique))).length;
  return `${share(exact, questions.length)} / ${share(related, questions.length)}`;
}

export const share = (part: number, whole: number): string => (whole === 0 ? "–" : (part / whole).toFixed(3));
