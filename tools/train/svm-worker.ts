/** A thread of folds.ts: trains one score at a time and keeps the weights that matter most. */
import { parentPort, workerData } from "node:worker_threads";
import type { LinearScore } from "./folds.ts";
import { trainSvm, type SparseRows } from "./svm.ts";

/** What the thread is started with. */
export interface WorkerData {
  readonly rows: SparseRows;
  /** How much each column weighs where it occurs. */
  readonly typical: Float32Array;
  /** The same, and 0 for columns that most texts have. */
  readonly rareOnly: Float32Array;
}

export interface Question {
  readonly positive: Uint8Array;
  readonly costs: Float32Array;
  readonly epochs: number;
  readonly seed: number;
  /** How many weights to keep. */
  readonly most: number;
  /** Keep no weights of columns that most texts have. */
  readonly rare: boolean;
}

const { rows, typical, rareOnly } = workerData as WorkerData;

parentPort?.on("message", ({ positive, costs, epochs, seed, most, rare }: Question) => {
  const weights = trainSvm(rows, positive, { costs, epochs, seed, bias: 1 });
  const value = rare ? rareOnly : typical;
  const worth = (column: number): number => Math.abs(weights[column] ?? 0) * (value[column] ?? 0);
  const used: number[] = [];
  for (let column = 0; column < rows.width; column += 1) if (worth(column) > 0) used.push(column);
  used.sort((a, b) => worth(b) - worth(a) || a - b);
  const columns = Int32Array.from(used.slice(0, most)).sort();
  const answer: LinearScore = {
    columns,
    weights: Float32Array.from(columns, (column) => weights[column] ?? 0),
    bias: weights[rows.width] ?? 0,
  };
  parentPort?.postMessage(answer);
});
