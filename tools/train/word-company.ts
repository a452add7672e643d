/**
 * Learns where words stand among others from the words beside them: pointwise mutual information of a stem and those
 * up to three places before and behind it, brought down to a few dimensions by a randomised singular value
 * decomposition (Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 2011).
 */
import { WordVectors } from "../../src/mapping/model/word-vectors.ts";
import { randomNumbers } from "./svm.ts";

const dimensions = 48;
/** Rarer words have too little company to be known by. */
const leastCount = 5;
const mostStems = 6_000;
/** The most frequent stems, whose company counts, before and behind a word apart. */
const mostContexts = 4_000;
const window = 3;
/** Dimensions that are reckoned with and dropped at the end, for accuracy, and how often the way there and back is gone. */
const spare = 10;
const rounds = 4;
/** Numbers of vectors are kept in steps of this size: hardly any is larger than 127 of them. */
const step = 1 / 32;

/** Word vectors of texts, given as stems. */
export function learnWordVectors(texts: readonly (readonly number[])[]): WordVectors {
  const stems = frequentStems(texts);
  const cells = associationsOf(texts, stems);
  const vectors = decomposed(cells);
  const told = howTelling(texts, stems);
  const numbers = new Int8Array(stems.length * dimensions);
  for (let stem = 0; stem < stems.length; stem += 1) {
    const norm = Math.sqrt(vectors.reduce((sum, axis) => sum + (axis[stem] as number) ** 2, 0));
    if (norm === 0) continue;
    vectors.forEach((axis, at) => {
      const value = ((axis[stem] as number) / norm) * (told[stem] as number);
      numbers[stem * dimensions + at] = Math.max(-127, Math.min(127, Math.round(value / step)));
    });
  }
  const hashes = Int32Array.from(stems);
  const raw = new WordVectors({ hashes, numbers, mean: new Array<number>(dimensions).fill(0) });
  const sums = new Float64Array(dimensions);
  for (const text of texts) raw.of(text).forEach((value, at) => (sums[at] = (sums[at] as number) + value));
  return new WordVectors({ hashes, numbers, mean: Array.from(sums, (sum) => Number((sum / texts.length).toFixed(5))) });
}

/** The most frequent first. */
function frequentStems(texts: readonly (readonly number[])[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const text of texts) for (const stem of text) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= leastCount)
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a - b)
    .slice(0, mostStems)
    .map(([stem]) => stem);
}

/** Inverse document frequencies. */
function howTelling(texts: readonly (readonly number[])[], stems: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const text of texts) for (const stem of new Set(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return stems.map((stem) => Math.log((1 + texts.length) / (1 + (counts.get(stem) ?? 0))) + 1);
}

/** The cells of a matrix that are not 0, row after row. */
interface SparseMatrix {
  readonly height: number;
  readonly width: number;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** How much more often a stem (row) has another beside it (column) than chance would have it; never less than 0. */
function associationsOf(texts: readonly (readonly number[])[], stems: readonly number[]): SparseMatrix {
  const numbers = new Map(stems.map((stem, number) => [stem, number]));
  const contexts = Math.min(mostContexts, stems.length);
  const width = 2 * contexts;
  // A meeting is one number: row, column and distance. Sorted, those of one cell lie together.
  const meetings: number[] = [];
  for (const text of texts) {
    const row = text.map((stem) => numbers.get(stem) ?? -1);
    row.forEach((stem, at) => {
      for (let distance = 1; stem >= 0 && distance <= window; distance += 1) {
        const before = row[at - distance] ?? -1;
        const behind = row[at + distance] ?? -1;
        if (before >= 0 && before < contexts) meetings.push((stem * width + before) * window + distance - 1);
        if (behind >= 0 && behind < contexts) meetings.push((stem * width + contexts + behind) * window + distance - 1);
      }
    });
  }
  const sorted = Float64Array.from(meetings).sort();
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const ofRow = new Float64Array(stems.length);
  const ofColumn = new Float64Array(width);
  let total = 0;
  let last = -1;
  for (const meeting of sorted) {
    const cell = Math.floor(meeting / window);
    const weight = 1 / (1 + (meeting % window));
    const row = Math.floor(cell / width);
    const column = cell % width;
    if (cell !== last) {
      rows.push(row);
      columns.push(column);
      values.push(0);
      last = cell;
    }
    values[values.length - 1] = (values[values.length - 1] ?? 0) + weight;
    ofRow[row] = (ofRow[row] as number) + weight;
    ofColumn[column] = (ofColumn[column] as number) + weight;
    total += weight;
  }
  // Rare company is made a little more frequent than it is (Levy, Goldberg and Dagan, TACL 2015).
  const smoothed = ofColumn.map((count) => count ** 0.75);
  const ofAll = smoothed.reduce((sum, count) => sum + count, 0);
  return {
    height: stems.length,
    width,
    rows: Int32Array.from(rows),
    columns: Int32Array.from(columns),
    values: Float64Array.from(values, (value, at) => {
      const expected = ((ofRow[rows[at] ?? 0] as number) * (smoothed[columns[at] ?? 0] as number)) / ofAll;
      return total > 0 ? Math.max(0, Math.log(value / expected)) : 0;
    }),
  };
}

/** A matrix of few columns, each an array. */
type Axes = readonly Float64Array[];

/** The main axes of the rows, each as long as the root of its singular value. */
function decomposed(matrix: SparseMatrix): Axes {
  const random = randomNumbers(7);
  const wanted = dimensions + spare;
  let axes: Axes = Array.from({ length: wanted }, () =>
    Float64Array.from({ length: matrix.width }, () => random() - 0.5),
  );
  axes = orthonormal(axes.map((axis) => times(matrix, axis)));
  for (let round = 0; round < rounds; round += 1) {
    const back = orthonormal(axes.map((axis) => timesTransposed(matrix, axis)));
    axes = orthonormal(back.map((axis) => times(matrix, axis)));
  }
  const images = axes.map((axis) => timesTransposed(matrix, axis));
  const products = images.map((a) => images.map((b) => dot(a, b)));
  const { values, vectors } = eigenOf(products);
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, dimensions);
  return order.map((which) => {
    const length = Math.max(0, values[which] ?? 0) ** 0.25;
    const sum = new Float64Array(matrix.height);
    axes.forEach((axis, number) => {
      const share = (vectors[number]?.[which] ?? 0) * length;
      axis.forEach((value, at) => (sum[at] = (sum[at] as number) + share * value));
    });
    return sum;
  });
}

function times({ rows, columns, values, height }: SparseMatrix, axis: Float64Array): Float64Array {
  const product = new Float64Array(height);
  for (let at = 0; at < values.length; at += 1) {
    const row = rows[at] as number;
    product[row] = (product[row] as number) + (values[at] as number) * (axis[columns[at] as number] as number);
  }
  return product;
}

const timesTransposed = ({ rows, columns, values, width }: SparseMatrix, axis: Float64Array): Float64Array =>
  times({ rows: columns, columns: rows, values, height: width, width: axis.length }, axis);

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** Gram and Schmidt's way, twice for accuracy. */
function orthonormal(axes: Axes): Axes {
  const done: Float64Array[] = [];
  for (const axis of axes) {
    for (let pass = 0; pass < 2; pass += 1)
      for (const other of done) {
        const share = dot(axis, other);
        for (let at = 0; at < axis.length; at += 1) axis[at] = (axis[at] as number) - share * (other[at] as number);
      }
    const norm = Math.sqrt(dot(axis, axis));
    done.push(norm > 1e-9 ? axis.map((value) => value / norm) : new Float64Array(axis.length));
  }
  return done;
}

/** Eigenvalues of a symmetric matrix, and in the columns of `vectors` what belongs to them, by Jacobi's rotations. */
function eigenOf(symmetric: readonly (readonly number[])[]): {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
} {
  const size = symmetric.length;
  const matrix = symmetric.map((row) => Float64Array.from(row));
  const vectors = symmetric.map((_, at) =>
    Float64Array.from({ length: size }, (_none, other) => (other === at ? 1 : 0)),
  );
  const cell = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  for (let sweep = 0; sweep < 12; sweep += 1)
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1) {
        if (Math.abs(cell(p, q)) < 1e-9) continue;
        const theta = (cell(q, q) - cell(p, p)) / (2 * cell(p, q));
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cosine = 1 / Math.sqrt(tangent * tangent + 1);
        const sine = tangent * cosine;
        for (const row of [...matrix, ...vectors]) {
          const [x, y] = [row[p] ?? 0, row[q] ?? 0];
          row[p] = cosine * x - sine * y;
          row[q] = sine * x + cosine * y;
        }
        const [rowP, rowQ] = [matrix[p], matrix[q]];
        if (!rowP || !rowQ) continue;
        for (let at = 0; at < size; at += 1) {
          const [x, y] = [rowP[at] ?? 0, rowQ[at] ?? 0];
          rowP[at] = cosine * x - sine * y;
          rowQ[at] = sine * x + cosine * y;
        }
      }
  return { values: matrix.map((row, at) => row[at] ?? 0), vectors };
}
