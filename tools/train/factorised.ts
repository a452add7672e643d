/**
 * A factorised linear model, for comparison with one linear score a technique: each feature has a vector of a few dozen
 * numbers, a text is the sum of its features' vectors, a label's score is the product with a vector of its own. So
 * techniques with few examples share what others have learnt. Trained by stochastic gradient descent (AdaGrad).
 */
import { randomNumbers, type SparseRows } from "./svm.ts";

export interface FactorisedOptions {
  readonly labels: number;
  readonly dimension: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
  /** How much a label that is there counts beside one that is not. */
  readonly positiveShare: number;
}

export interface Factorised {
  readonly dimension: number;
  /** One vector a feature, one a label. */
  readonly features: Float32Array;
  readonly labels: Float32Array;
  readonly biases: Float32Array;
}

/** `truths[r]` are the labels of row r, `shares[r]` what the row counts; 0 leaves it out. */
export function trainFactorised(
  { starts, columns, values, rows, width }: SparseRows,
  truths: readonly (readonly number[])[],
  shares: ArrayLike<number>,
  { labels, dimension, epochs, rate, seed, positiveShare }: FactorisedOptions,
): Factorised {
  const random = randomNumbers(seed);
  const features = Float32Array.from({ length: width * dimension }, () => (random() - 0.5) / dimension);
  const outputs = Float32Array.from({ length: labels * dimension }, () => (random() - 0.5) / dimension);
  const biases = new Float32Array(labels).fill(-4);
  const seenFeatures = new Float32Array(width).fill(1e-2);
  const seenOutputs = new Float32Array(labels).fill(1e-2);
  const order = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => (shares[row] ?? 0) > 0);
  const sum = new Float32Array(dimension);
  const back = new Float32Array(dimension);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const speed = rate * (1 - epoch / epochs);
    for (const row of order) {
      const from = starts[row] as number;
      const to = starts[row + 1] as number;
      sum.fill(0);
      back.fill(0);
      for (let at = from; at < to; at += 1) {
        const base = (columns[at] as number) * dimension;
        const value = values[at] as number;
        for (let k = 0; k < dimension; k += 1) sum[k] = (sum[k] as number) + value * (features[base + k] as number);
      }
      const share = shares[row] as number;
      const there = truths[row] ?? [];
      for (let label = 0; label < labels; label += 1) {
        const base = label * dimension;
        let score = biases[label] as number;
        for (let k = 0; k < dimension; k += 1) score += (outputs[base + k] as number) * (sum[k] as number);
        const isThere = there.includes(label);
        const slope = (1 / (1 + Math.exp(-score)) - (isThere ? 1 : 0)) * share * (isThere ? positiveShare : 1);
        if (Math.abs(slope) < 1e-4) continue;
        for (let k = 0; k < dimension; k += 1) back[k] = (back[k] as number) + slope * (outputs[base + k] as number);
        seenOutputs[label] = (seenOutputs[label] as number) + slope * slope;
        const step = (speed * slope) / Math.sqrt(seenOutputs[label] as number);
        for (let k = 0; k < dimension; k += 1)
          outputs[base + k] = (outputs[base + k] as number) - step * (sum[k] as number);
        biases[label] = (biases[label] as number) - step;
      }
      let square = 0;
      for (let k = 0; k < dimension; k += 1) square += (back[k] as number) ** 2;
      if (square < 1e-10) continue;
      for (let at = from; at < to; at += 1) {
        const column = columns[at] as number;
        const value = values[at] as number;
        seenFeatures[column] = (seenFeatures[column] as number) + (square * value * value) / dimension;
        const step = (speed * value) / Math.sqrt(seenFeatures[column]);
        const base = column * dimension;
        for (let k = 0; k < dimension; k += 1)
          features[base + k] = (features[base + k] as number) - step * (back[k] as number);
      }
    }
  }
  return { dimension, features, labels: outputs, biases };
}

/** The scores of each row, as log-odds. */
export function scoreFactorised(
  { starts, columns, values, rows }: SparseRows,
  { dimension, features, labels, biases }: Factorised,
): readonly Float32Array[] {
  const sum = new Float32Array(dimension);
  return Array.from({ length: rows }, (_, row) => {
    sum.fill(0);
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) {
      const base = (columns[at] ?? 0) * dimension;
      for (let k = 0; k < dimension; k += 1) sum[k] = (sum[k] ?? 0) + (values[at] ?? 0) * (features[base + k] ?? 0);
    }
    return biases.map((bias, label) => {
      let score = bias;
      for (let k = 0; k < dimension; k += 1) score += (labels[label * dimension + k] ?? 0) * (sum[k] ?? 0);
      return score;
    });
  });
}

function shuffle(list: Int32Array, random: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = list[at] as number;
    list[at] = list[other] as number;
    list[other] = kept;
  }
}
