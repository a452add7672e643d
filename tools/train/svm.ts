/** Rows of sparse numbers: row r holds `columns[starts[r]…starts[r+1]]` and the values beside them. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly rows: number;
  readonly width: number;
}

/** What one machine is to tell apart: `positive[r]` is 1 or 0, and a wrong answer of a row costs so much; 0 leaves it out. */
export interface SvmProblem {
  readonly positive: Uint8Array;
  readonly costs: Float32Array;
}

export interface SvmOptions {
  readonly epochs: number;
  readonly seed: number;
}

/** So many machines are trained side by side: to fetch a row from memory takes longer than to reckon with it. */
export const abreast = 8;

/**
 * Linear support vector machines with squared hinge loss, by dual coordinate descent (Hsieh et al., "A dual coordinate
 * descent method for large-scale linear SVM", ICML 2008), at most {@link abreast} at a time: all go over the rows in
 * the same order. Each one's weights are returned, its bias last. The loops over the machines are written out, which
 * halves the time.
 */
export function trainSvms(
  data: SparseRows,
  problems: readonly SvmProblem[],
  { epochs, seed }: SvmOptions,
): readonly Float32Array[] {
  if (problems.length > abreast) throw new Error(`${problems.length} machines at a time, at most ${abreast}`);
  const { starts, columns, values, rows, width } = data;
  // Machine after machine in each column, as in the other tables: by column × 8 or row × 8.
  const weights = new Float32Array((width + 1) * abreast);
  const alpha = new Float32Array(rows * abreast);
  const signs = new Int8Array(rows * abreast);
  const diagonals = new Float32Array(rows * abreast);
  const norms = new Float32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let norm = 1;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) norm += (values[at] ?? 0) ** 2;
    norms[row] = norm;
    problems.forEach(({ positive, costs }, machine) => {
      const share = costs[row] ?? 0;
      if (share <= 0) return;
      signs[row * abreast + machine] = positive[row] === 1 ? 1 : -1;
      diagonals[row * abreast + machine] = 0.5 / share;
    });
  }
  const order = Int32Array.from({ length: rows }, (_, row) => row).filter((row) =>
    problems.some(({ costs }) => (costs[row] ?? 0) > 0),
  );
  const biases = width * abreast;
  const sums = new Float64Array(abreast);
  const steps = new Float64Array(abreast);
  const random = randomNumbers(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const row of order) {
      const from = starts[row] as number;
      const to = starts[row + 1] as number;
      sumUp(from, to);
      if (!stepsOf(row)) continue;
      for (let machine = 0; machine < abreast; machine += 1)
        weights[biases + machine] = (weights[biases + machine] as number) + (steps[machine] as number);
      move(from, to);
    }
  }
  return problems.map((_, machine) =>
    Float32Array.from({ length: width + 1 }, (_none, column) => weights[column * abreast + machine] ?? 0),
  );

  /** What each machine says of the row from … to, into `sums`. */
  function sumUp(from: number, to: number): void {
    let s0 = weights[biases] as number;
    let s1 = weights[biases + 1] as number;
    let s2 = weights[biases + 2] as number;
    let s3 = weights[biases + 3] as number;
    let s4 = weights[biases + 4] as number;
    let s5 = weights[biases + 5] as number;
    let s6 = weights[biases + 6] as number;
    let s7 = weights[biases + 7] as number;
    for (let at = from; at < to; at += 1) {
      const base = (columns[at] as number) * abreast;
      const value = values[at] as number;
      s0 += (weights[base] as number) * value;
      s1 += (weights[base + 1] as number) * value;
      s2 += (weights[base + 2] as number) * value;
      s3 += (weights[base + 3] as number) * value;
      s4 += (weights[base + 4] as number) * value;
      s5 += (weights[base + 5] as number) * value;
      s6 += (weights[base + 6] as number) * value;
      s7 += (weights[base + 7] as number) * value;
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
    sums[4] = s4;
    sums[5] = s5;
    sums[6] = s6;
    sums[7] = s7;
  }

  /** How far each machine's weights move by the row, into `steps`; false where none moves. */
  function stepsOf(row: number): boolean {
    const norm = norms[row] as number;
    let moves = false;
    for (let machine = 0; machine < abreast; machine += 1) {
      steps[machine] = 0;
      const place = row * abreast + machine;
      const sign = signs[place] as number;
      if (sign === 0) continue;
      const diagonal = diagonals[place] as number;
      const old = alpha[place] as number;
      const gradient = sign * (sums[machine] as number) - 1 + old * diagonal;
      if (Math.abs(old === 0 ? Math.min(gradient, 0) : gradient) < 1e-7) continue;
      const next = Math.max(old - gradient / (norm + diagonal), 0);
      if (next === old) continue;
      alpha[place] = next;
      steps[machine] = (next - old) * sign;
      moves = true;
    }
    return moves;
  }

  /** Moves the weights of the row's columns by `steps`. */
  function move(from: number, to: number): void {
    const t0 = steps[0] as number;
    const t1 = steps[1] as number;
    const t2 = steps[2] as number;
    const t3 = steps[3] as number;
    const t4 = steps[4] as number;
    const t5 = steps[5] as number;
    const t6 = steps[6] as number;
    const t7 = steps[7] as number;
    for (let at = from; at < to; at += 1) {
      const base = (columns[at] as number) * abreast;
      const value = values[at] as number;
      weights[base] = (weights[base] as number) + t0 * value;
      weights[base + 1] = (weights[base + 1] as number) + t1 * value;
      weights[base + 2] = (weights[base + 2] as number) + t2 * value;
      weights[base + 3] = (weights[base + 3] as number) + t3 * value;
      weights[base + 4] = (weights[base + 4] as number) + t4 * value;
      weights[base + 5] = (weights[base + 5] as number) + t5 * value;
      weights[base + 6] = (weights[base + 6] as number) + t6 * value;
      weights[base + 7] = (weights[base + 7] as number) + t7 * value;
    }
  }
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

function shuffle(list: Int32Array, random: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const kept = list[at] as number;
    list[at] = list[other] as number;
    list[other] = kept;
  }
}
