import type { Example } from "./examples.ts";
import { sourceShare } from "./folds.ts";
import { randomNumbers, type SparseRows } from "./svm.ts";

/** Numbers of a feature's vector, and of a technique's. */
const width = 32;
const epochs = 6;
const firstRate = 0.5;
/** As for the linear scores: a text that describes a technique counts so many times. */
const positiveShare = 4;

/** A vector a feature and a vector a technique: what a text says of a technique is the product of its features' sum with it. */
export interface Factorised {
  /** Row by row, a feature each. */
  readonly features: Float32Array;
  /** Row by row, a technique each. */
  readonly techniques: Float32Array;
  readonly biases: Float32Array;
}

/** Trained by stochastic descent on the log-loss of all techniques at once; the same for the same seed. */
export function trainFactorised(
  rows: SparseRows,
  examples: readonly Example[],
  labels: readonly string[],
  seed: number,
): Factorised {
  const random = randomNumbers(seed);
  const features = Float32Array.from({ length: rows.width * width }, () => (random() - 0.5) / width);
  const techniques = new Float32Array(labels.length * width);
  const biases = new Float32Array(labels.length).fill(-4);
  const numbers = new Map(labels.map((id, at) => [id, at]));
  const truths = examples.map((example) => new Set(example.techniques.flatMap((id) => numbers.get(id) ?? [])));
  const text = new Float32Array(width);
  const slope = new Float32Array(width);
  const steps = epochs * rows.rows;
  for (let step = 0; step < steps; step += 1) {
    const row = Math.floor(random() * rows.rows);
    const rate = firstRate * (1 - step / steps) * sourceShare[examples[row]?.source ?? "report"];
    sumOf(rows, row, features, text);
    slope.fill(0);
    for (let label = 0; label < labels.length; label += 1) {
      const isTrue = truths[row]?.has(label) === true;
      const odds = product(techniques, label, text) + (biases[label] as number);
      const wrong = (isTrue ? 1 : 0) - 1 / (1 + Math.exp(-odds));
      // So little moves nothing, and most techniques are that far from most texts.
      if (Math.abs(wrong) < 1e-3) continue;
      const by = rate * wrong * (isTrue ? positiveShare : 1);
      for (let at = 0; at < width; at += 1) {
        const place = label * width + at;
        slope[at] = (slope[at] as number) + by * (techniques[place] as number);
        techniques[place] = (techniques[place] as number) + by * (text[at] as number);
      }
      biases[label] = (biases[label] as number) + by * 0.1;
    }
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at += 1) {
      const place = (rows.columns[at] as number) * width;
      const value = rows.values[at] as number;
      for (let number = 0; number < width; number += 1)
        features[place + number] = (features[place + number] as number) + value * (slope[number] as number);
    }
  }
  return { features, techniques, biases };
}

/** Log-odds of each technique, a row each. */
export function scoreByFactors(
  rows: SparseRows,
  { features, techniques, biases }: Factorised,
): readonly Float32Array[] {
  const text = new Float32Array(width);
  return Array.from({ length: rows.rows }, (_, row) => {
    sumOf(rows, row, features, text);
    return biases.map((bias, label) => bias + product(techniques, label, text));
  });
}

/** The weighted sum of a row's feature vectors, written into `into`. */
function sumOf({ starts, columns, values }: SparseRows, row: number, features: Float32Array, into: Float32Array): void {
  into.fill(0);
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
    const place = (columns[at] as number) * width;
    const value = values[at] as number;
    for (let number = 0; number < width; number += 1)
      into[number] = (into[number] as number) + value * (features[place + number] as number);
  }
}

function product(techniques: Float32Array, label: number, text: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < width; at += 1) sum += (techniques[label * width + at] as number) * (text[at] as number);
  return sum;
}
