import { featuresOf, type Features } from "../../src/mapping/model/features.ts";
import { idfStep } from "../../src/mapping/model/model.ts";
import { meaningShare, type WordVectors } from "../../src/mapping/model/word-vectors.ts";
import type { SparseRows } from "./svm.ts";

/** Features that the model knows, with their numbers and how much each tells. */
export interface Vocabulary {
  readonly numbers: ReadonlyMap<number, number>;
  /** Inverse document frequency, by number. */
  readonly idf: Float32Array;
  /** What texts are about stands behind the features, in as many columns as the vectors have dimensions. */
  readonly wordVectors?: WordVectors | undefined;
}

/** How a text becomes features. */
export type Reading = (text: string) => Features;

/** What was read stays: the folds have most of their texts in common. */
const known = new Map<string, Features>();

export function readOnce(text: string): Features {
  let features = known.get(text);
  if (!features) known.set(text, (features = featuresOf(text)));
  return features;
}

/** How much runs of characters weigh beside words. */
export const characterShare = 0.7;

/** Hashes that occur in at least `least` of the texts. */
export function vocabularyOf(texts: readonly string[], least: number, read: Reading = readOnce): Vocabulary {
  const counts = new Map<number, number>();
  for (const text of texts) {
    const { words, characters } = read(text);
    for (const hash of new Set([...words, ...characters])) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= least).sort(([a], [b]) => a - b);
  return {
    numbers: new Map(kept.map(([hash], number) => [hash, number])),
    idf: Float32Array.from(kept, ([, count]) => roundIdf(Math.log((1 + texts.length) / (1 + count)) + 1)),
  };
}

/** Texts as rows: words and runs of characters each of length 1 (times their share). */
export function vectorsOf(
  texts: readonly string[],
  { numbers, idf, wordVectors }: Vocabulary,
  read: Reading = readOnce,
): SparseRows {
  const starts = new Int32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  texts.forEach((text, row) => {
    const { words, stems, characters } = read(text);
    const sums = new Map<number, number>();
    for (const [hashes, share] of [
      [words, 1],
      [characters, characterShare],
    ] as const) {
      let norm = 0;
      const known: number[] = [];
      for (const hash of hashes) {
        const number = numbers.get(hash);
        if (number === undefined) continue;
        known.push(number);
        norm += (idf[number] ?? 0) ** 2;
      }
      const scale = norm > 0 ? share / Math.sqrt(norm) : 0;
      for (const number of known) sums.set(number, (sums.get(number) ?? 0) + (idf[number] ?? 0) * scale);
    }
    for (const [number, value] of sums) {
      columns.push(number);
      values.push(value);
    }
    wordVectors?.of(stems).forEach((value, at) => {
      columns.push(idf.length + at);
      values.push(value * meaningShare);
    });
    starts[row + 1] = columns.length;
  });
  return {
    starts,
    columns: Int32Array.from(columns),
    values: Float32Array.from(values),
    rows: texts.length,
    width: idf.length + (wordVectors?.dimensions ?? 0),
  };
}

/** Rounds as the model that ships does. */
const roundIdf = (idf: number): number => Math.min(255, Math.round(idf / idfStep)) * idfStep;
