/** Rows of sparse numbers: row r holds `columns[starts[r]…starts[r+1]]` and the values beside them. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly rows: number;
  readonly width: number;
}

export interface SvmOptions {
  /** What a wrong answer of each row costs; 0 leaves it out. */
  readonly costs: Float32Array;
  readonly epochs: number;
  readonly seed: number;
  /** The value of the column that every row has, which makes the bias. */
  readonly bias: number;
}

/**
 * A linear support vector machine with squared hinge loss, by dual coordinate descent with shrinking (Hsieh et al.,
 * "A dual coordinate descent method for large-scale linear SVM", ICML 2008). `positive[r]` is 1 or 0. The bias comes
 * last in what is returned.
 */
export function trainSvm(data: SparseRows, positive: Uint8Array, options: SvmOptions): Float32Array {
  const { starts, columns, values, rows, width } = data;
  const { costs, epochs, seed, bias } = options;
  const weights = new Float32Array(width + 1);
  const alpha = new Float32Array(rows);
  const norms = new Float32Array(rows);
  let active = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    if ((costs[row] ?? 0) <= 0) continue;
    let norm = bias * bias;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) norm += (values[at] ?? 0) ** 2;
    norms[row] = norm;
    active[count] = row;
    count += 1;
  }
  active = active.slice(0, count);
  const random = randomNumbers(seed);
  let bound = Infinity;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(active, count, random);
    let largest = 0;
    for (let index = 0; index < count; index += 1) {
      const row = active[index] ?? 0;
      const sign = positive[row] === 1 ? 1 : -1;
      const from = starts[row] ?? 0;
      const to = starts[row + 1] ?? 0;
      let sum = (weights[width] ?? 0) * bias;
      for (let at = from; at < to; at += 1) sum += (weights[columns[at] as number] as number) * (values[at] as number);
      const diagonal = 0.5 / (costs[row] as number);
      const old = alpha[row] as number;
      const gradient = sign * sum - 1 + old * diagonal;
      if (old === 0 && gradient > bound) {
        // Far on the right side: it is left out until the last rounds.
        count -= 1;
        active[index] = active[count] as number;
        active[count] = row;
        index -= 1;
        continue;
      }
      const projected = old === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(projected) < 1e-7) continue;
      if (Math.abs(projected) > largest) largest = Math.abs(projected);
      const next = Math.max(old - gradient / ((norms[row] as number) + diagonal), 0);
      const step = (next - old) * sign;
      alpha[row] = next;
      if (step === 0) continue;
      for (let at = from; at < to; at += 1) {
        const column = columns[at] as number;
        weights[column] = (weights[column] as number) + step * (values[at] as number);
      }
      weights[width] = (weights[width] as number) + step * bias;
    }
    bound = epoch === 0 ? 0.6 : 0.3;
    if (epoch === epochs - 2) {
      count = active.length;
      bound = Infinity;
    }
    if (largest < 0.02 && epoch < epochs - 2) epoch = epochs - 3;
  }
  return weights;
}

/** Mulberry32: the same numbers from the same seed everywhere. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(list: Int32Array, count: number, random: () => number): void {
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = list[at] as number;
    list[at] = list[other] as number;
    list[other] = kept;
  }
}
