/** Trains linear scores: on everything for the model that ships, and on parts of the corpus for honest figures. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Example, ExampleSource } from "./examples.ts";
import type { Question, WorkerData } from "./svm-worker.ts";
import { abreast, type SparseRows, type SvmProblem } from "./svm.ts";
import { readOnce, vectorsOf, vocabularyOf, type Reading, type Vocabulary } from "./vectors.ts";
import { learnWordVectors } from "./word-company.ts";

/** How much an example of each source weighs; positive ones count {@link positiveShare} times. Tuned by cross-validation. */
export const sourceShare: Readonly<Record<ExampleSource, number>> = {
  report: 1,
  procedure: 0.5,
  lexicon: 0.5,
  lookalike: 0.5,
  command: 0.25,
  passage: 0.5,
};
/** For techniques that annotators marked, their habits count more than ours. */
const passageShareOfMarked = 0.25;
/** How many weights a score keeps. */
const mostWeights: Readonly<Record<Task["kind"], number>> = {
  marked: 6500,
  read: 850,
  any: 6500,
  domain: 6500,
  baseline: Infinity,
};
const cost = 0.2;
const positiveShare = 4;
/** More bring weights that differ by less than a step of the model's eight bits. */
const epochs = 6;

/**
 * What one linear score is to learn. `marked`: a technique that annotators marked; `read`: one that they did not look
 * for, and we did; `any`: whether a sentence of a report describes one of some techniques; `baseline`: a technique with
 * nothing weighed; `domain`: which techniques' examples speak of one domain.
 */
export type Task =
  | { readonly kind: "marked" | "read"; readonly technique: string }
  | { readonly kind: "baseline"; readonly technique: string }
  | { readonly kind: "any"; readonly of: ReadonlySet<string> }
  | { readonly kind: "domain"; readonly techniques: ReadonlySet<string> };

/** One label's weights: the columns that were kept, and the bias. */
export interface LinearScore {
  readonly columns: Int32Array;
  readonly weights: Float32Array;
  readonly bias: number;
}

export interface Trained {
  readonly vocabulary: Vocabulary;
  readonly read?: Reading | undefined;
  readonly scores: readonly LinearScore[];
}

function problemOf(task: Task, examples: readonly Example[]): SvmProblem {
  const positive = new Uint8Array(examples.length);
  const costs = new Float32Array(examples.length);
  examples.forEach((example, row) => {
    const { source, techniques } = example;
    const isOursOfMarked = source === "passage" && task.kind === "marked";
    const share = cost * (isOursOfMarked ? passageShareOfMarked : sourceShare[source]);
    switch (task.kind) {
      case "baseline":
        positive[row] = techniques.includes(task.technique) ? 1 : 0;
        costs[row] = 1;
        return;
      case "any":
        positive[row] = techniques.some((id) => task.of.has(id)) ? 1 : 0;
        costs[row] = source === "report" ? share : 0;
        return;
      case "domain":
        positive[row] = techniques.some((id) => task.techniques.has(id)) ? 1 : 0;
        costs[row] = techniques.length > 0 || source === "report" ? share : 0;
        return;
      default: {
        const isPositive = techniques.includes(task.technique);
        positive[row] = isPositive ? 1 : 0;
        costs[row] = isPositive ? share * positiveShare : share;
      }
    }
  });
  return { positive, costs };
}

/** Features of an idf below are in more than 15 % of all texts. They take most of the time and tell little of a rare technique. */
const commonIdf = 2.9;

const keptAlways = 1e9;

/** A thread knows nothing of the loader that its parent runs under. */
const workerCode = `import("tsx/esm/api").then(({ tsImport }) => tsImport("./svm-worker.ts", ${JSON.stringify(import.meta.url)}));`;

/** Trains one score for each task, on as many threads as the machine has; the same whatever their number. */
export async function train(examples: readonly Example[], tasks: readonly Task[], read?: Reading): Promise<Trained> {
  const texts = examples.map(({ text }) => text);
  const known = vocabularyOf(texts, 2, read);
  // Patterns of commands are no prose.
  const prose = examples.filter(({ source }) => source !== "command");
  const vocabulary: Vocabulary = read
    ? known
    : { ...known, wordVectors: learnWordVectors(prose.map(({ text }) => readOnce(text).stems)) };
  const { rows, numbers } = frequentFirst(vectorsOf(texts, vocabulary, read));
  // Of what a text is about, every weight is kept.
  const typical = typicalValues(rows).map((value, column) =>
    (numbers[column] ?? 0) >= vocabulary.idf.length ? keptAlways : value,
  );
  const rareOnly = typical.map((value, column) =>
    (vocabulary.idf[numbers[column] ?? 0] ?? Infinity) < commonIdf ? 0 : value,
  );
  const scores: LinearScore[] = [];
  const groups = Array.from({ length: Math.ceil(tasks.length / abreast) }, (_, group) => group * abreast);
  let next = 0;
  const runSome = async (): Promise<void> => {
    const worker = new Worker(workerCode, { eval: true, workerData: { rows, typical, rareOnly } satisfies WorkerData });
    try {
      for (;;) {
        const from = groups[next];
        if (from === undefined) return;
        next += 1;
        const problems = tasks.slice(from, from + abreast).map((task) => ({
          ...problemOf(task, examples),
          most: mostWeights[task.kind],
          rare: task.kind === "read",
        }));
        const found = await ask(worker, { problems, options: { epochs, seed: from + 1 } });
        found.forEach((score, at) => {
          scores[from + at] = renumbered(score, numbers);
        });
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(8, availableParallelism()) }, runSome));
  return { vocabulary, scores, read };
}

function ask(worker: Worker, question: Question): Promise<readonly LinearScore[]> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (answer: readonly LinearScore[]) => {
      worker.off("error", reject);
      resolve(answer);
    });
    worker.postMessage(question);
  });
}

/** The same rows with the columns numbered by how often they occur: what is used together lies together in memory. */
function frequentFirst(from: SparseRows): { readonly rows: SparseRows; readonly numbers: Int32Array } {
  const counts = new Int32Array(from.width);
  for (const column of from.columns) counts[column] = (counts[column] ?? 0) + 1;
  const numbers = Int32Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const ranks = new Int32Array(from.width);
  numbers.forEach((column, rank) => {
    ranks[column] = rank;
  });
  const columns = from.columns.map((column) => ranks[column] ?? 0);
  return { rows: shared({ ...from, columns }), numbers };
}

/** With the vocabulary's numbers for its columns. */
function renumbered({ columns, weights, bias }: LinearScore, numbers: Int32Array): LinearScore {
  const pairs = Array.from(columns, (column, at) => [numbers[column] ?? 0, weights[at] ?? 0] as const);
  pairs.sort(([a], [b]) => a - b);
  return {
    columns: Int32Array.from(pairs, ([column]) => column),
    weights: Float32Array.from(pairs, ([, weight]) => weight),
    bias,
  };
}

/** Threads read the same numbers. */
function shared({ starts, columns, values, rows, width }: SparseRows): SparseRows {
  const copy = <Numbers extends Int32Array | Float32Array>(from: Numbers, to: Numbers): Numbers => {
    to.set(from);
    return to;
  };
  return {
    starts: copy(starts, new Int32Array(new SharedArrayBuffer(starts.byteLength))),
    columns: copy(columns, new Int32Array(new SharedArrayBuffer(columns.byteLength))),
    values: copy(values, new Float32Array(new SharedArrayBuffer(values.byteLength))),
    rows,
    width,
  };
}

/** How much a feature weighs where it occurs, times a little for occurring often: by this, weights are kept or dropped. */
function typicalValues({ columns, values, width }: SparseRows): Float32Array {
  const sums = new Float64Array(width);
  const counts = new Float64Array(width);
  columns.forEach((column, at) => {
    sums[column] = (sums[column] ?? 0) + (values[at] ?? 0);
    counts[column] = (counts[column] ?? 0) + 1;
  });
  return Float32Array.from(sums, (sum, column) => {
    const count = counts[column] ?? 0;
    return count > 0 ? (sum / count) * count ** 0.25 : 0;
  });
}

/** The scores of texts, one row a text. */
export function scoreAll(texts: readonly string[], { vocabulary, scores, read }: Trained): readonly Float32Array[] {
  const rows = vectorsOf(texts, vocabulary, read);
  const dense = new Float32Array(rows.width);
  return texts.map((_, row) => {
    const from = rows.starts[row] ?? 0;
    const to = rows.starts[row + 1] ?? 0;
    for (let at = from; at < to; at += 1) dense[rows.columns[at] ?? 0] = rows.values[at] ?? 0;
    const found = Float32Array.from(scores, ({ columns, weights, bias }) => {
      let sum = bias;
      for (let at = 0; at < columns.length; at += 1)
        sum += (weights[at] as number) * (dense[columns[at] as number] as number);
      return sum;
    });
    for (let at = from; at < to; at += 1) dense[rows.columns[at] ?? 0] = 0;
    return found;
  });
}
