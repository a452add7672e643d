import { judge } from "../../src/mapping/model/judge.ts";
import { foldCount, foldOf, type CrossValidation, type Row } from "./cross-validate.ts";
import { trainJudge } from "./train-judge.ts";

/** A sentence and a technique with the probability that a judge who had not seen the report gave it. */
export interface Judged {
  readonly sentence: number;
  readonly label: number;
  readonly probability: number;
  readonly truth: boolean;
}

export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Judges each fold's rows by a judge that was trained on the others. */
export function judgeFolds(rows: readonly Row[], { sentences }: Pick<CrossValidation, "sentences">): readonly Judged[] {
  const fold = (row: Row): number => foldOf(sentences[row.sentence] ?? {});
  return Array.from({ length: foldCount }, (_, number) => {
    const weights = trainJudge(
      rows.filter((row) => fold(row) !== number),
      number + 1,
    );
    return rows
      .filter((row) => fold(row) === number)
      .map(({ sentence, label, inputs, truth }): Judged => ({
        sentence,
        label,
        probability: judge(inputs, weights),
        truth,
      }));
  }).flat();
}

export const scoresOf = (right: number, said: number, true_: number): Scores => ({
  precision: said === 0 ? 0 : right / said,
  recall: true_ === 0 ? 0 : right / true_,
  f1: said + true_ === 0 ? 0 : (2 * right) / (said + true_),
});

/** The threshold with the best F1 over the judged pairs. */
export function bestThreshold(judged: readonly Judged[], truths: number): number {
  const sorted = [...judged].sort((a, b) => b.probability - a.probability);
  let right = 0;
  let best = 0;
  let threshold = 1;
  sorted.forEach(({ truth, probability }, at) => {
    if (truth) right += 1;
    const f1 = (2 * right) / (at + 1 + truths);
    if (f1 > best) {
      best = f1;
      threshold = probability;
    }
  });
  return threshold;
}

/** Techniques that annotators marked, or those that we read beside them. */
export type Measured = "marked" | "read";

/** Labels of which a measure speaks, by their number; those of which it does not are empty. */
const labelsOf = (
  { labels, annotated }: Pick<CrossValidation, "labels" | "annotated">,
  which: Measured,
): readonly string[] => labels.map((id, label) => (label < annotated === (which === "marked") ? id : ""));

/** Figures of the sentence and report measures; each fold's threshold is chosen on the others. */
export function measure(
  judged: readonly Judged[],
  validation: Pick<CrossValidation, "labels" | "annotated" | "sentences">,
  which: Measured,
): {
  readonly sentence: Scores;
  readonly report: Scores;
  readonly recallAt3: number;
  readonly thresholds: readonly number[];
} {
  const { sentences } = validation;
  const labels = labelsOf(validation, which);
  const fold = (sentence: number): number => foldOf(sentences[sentence] ?? {});
  const truthsOf = (at: number): readonly string[] =>
    (sentences[at]?.techniques ?? []).filter((id) => labels.includes(id));
  const truthCount = (use: (fold: number) => boolean): number =>
    sentences.reduce((total, _, at) => total + (use(fold(at)) ? truthsOf(at).length : 0), 0);
  const thresholds: number[] = [];
  let right = 0;
  let said = 0;
  const saidOfReport = new Map<string, boolean>();
  for (let number = 0; number < foldCount; number += 1) {
    const threshold = bestThreshold(
      judged.filter(({ sentence }) => fold(sentence) !== number),
      truthCount((other) => other !== number),
    );
    thresholds.push(threshold);
    for (const { sentence, label, probability, truth } of judged) {
      if (fold(sentence) !== number || probability < threshold) continue;
      said += 1;
      if (truth) right += 1;
      saidOfReport.set(`${sentences[sentence]?.document ?? 0} ${label}`, true);
    }
  }
  const trueOfReport = new Set<string>();
  sentences.forEach(({ document }, at) => {
    for (const id of truthsOf(at)) trueOfReport.add(`${document ?? 0} ${labels.indexOf(id)}`);
  });
  const rightOfReport = [...saidOfReport.keys()].filter((key) => trueOfReport.has(key)).length;
  const ranked = new Map<number, Judged[]>();
  for (const pair of judged) ranked.set(pair.sentence, [...(ranked.get(pair.sentence) ?? []), pair]);
  let found = 0;
  let asked = 0;
  sentences.forEach((_, at) => {
    const truths = truthsOf(at);
    if (truths.length === 0) return;
    const top = [...(ranked.get(at) ?? [])].sort((a, b) => b.probability - a.probability).slice(0, 3);
    asked += truths.length;
    found += truths.filter((id) => top.some(({ label }) => labels[label] === id)).length;
  });
  return {
    sentence: scoresOf(
      right,
      said,
      truthCount(() => true),
    ),
    report: scoresOf(rightOfReport, saidOfReport.size, trueOfReport.size),
    recallAt3: found / asked,
    thresholds,
  };
}

export interface Bin {
  readonly from: number;
  readonly count: number;
  readonly said: number;
  readonly true: number;
}

/** How often pairs of each probability were true, and by how much that differs on average from what was said. */
export function reliability(
  judged: readonly Judged[],
  least = 0.1,
): { readonly bins: readonly Bin[]; readonly error: number } {
  const bins = Array.from({ length: 10 }, (_, at) => {
    const inside = judged.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === at);
    const count = inside.length;
    return {
      from: at / 10,
      count,
      said: count === 0 ? 0 : inside.reduce((total, { probability }) => total + probability, 0) / count,
      true: count === 0 ? 0 : inside.filter(({ truth }) => truth).length / count,
    };
  });
  const counted = bins.filter(({ from, count }) => from >= least && count > 0);
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const error = counted.reduce((sum, bin) => sum + bin.count * Math.abs(bin.said - bin.true), 0);
  return { bins, error: total === 0 ? 0 : error / total };
}
