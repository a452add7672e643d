/** A thread of folds.ts: trains a few scores at a time and keeps the weights that matter most. */
import { parentPort, workerData } from "node:worker_threads";
import type { LinearScore } from "./folds.ts";
import { trainSvms, type SparseRows, type SvmOptions, type SvmProblem } from "./svm.ts";

/** What the thread is started with. */
export interface WorkerData {
  readonly rows: SparseRows;
  /** How much each column weighs where it occurs. */
  readonly typical: Float32Array;
  /** The same, and 0 for columns that most texts have. */
  readonly rareOnly: Float32Array;
}

/** At most as many problems as are trained abreast. */
export interface Question {
  readonly problems: readonly (SvmProblem & Keeping)[];
  readonly options: SvmOptions;
}

interface Keeping {
  /** How many weights to keep. */
  readonly most: number;
  /** Keep no weights of columns that most texts have. */
  readonly rare: boolean;
}

const { rows, typical, rareOnly } = workerData as WorkerData;

parentPort?.on("message", ({ problems, options }: Question) => {
  const found = trainSvms(rows, problems, options);
  const answer = problems.map((keeping, number) => mainWeights(found[number] ?? new Float32Array(), keeping));
  parentPort?.postMessage(answer);
});

/** The weights that matter most. */
function mainWeights(weights: Float32Array, { most, rare }: Keeping): LinearScore {
  const value = rare ? rareOnly : typical;
  const worth = Float32Array.from(value, (each, column) => Math.abs(weights[column] ?? 0) * each);
  const least = worth.toSorted().at(-most) ?? 0;
  const columns = Int32Array.from(worth.keys()).filter((column) => (worth[column] ?? 0) > Math.max(0, least));
  return {
    columns,
    weights: Float32Array.from(columns, (column) => weights[column] ?? 0),
    bias: weights[rows.width] ?? 0,
  };
}
