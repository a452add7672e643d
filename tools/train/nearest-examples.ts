import type { Example } from "./examples.ts";
import type { SparseRows } from "./svm.ts";

/** Features in more of the texts tell little, and take most of the time. */
const mostTexts = 2_000;

/** For each row, and each technique, how like it the most similar text is that describes the technique: a cosine over rarer features. */
export function scoreByNearest(
  rows: SparseRows,
  known: SparseRows,
  examples: readonly Example[],
  labels: readonly string[],
): readonly Float32Array[] {
  const numbers = new Map(labels.map((id, at) => [id, at]));
  const own = examples.map(({ techniques }) => techniques.flatMap((id) => numbers.get(id) ?? []));
  const counts = new Int32Array(known.width);
  for (const column of known.columns) counts[column] = (counts[column] as number) + 1;
  const isRare = (column: number): boolean => (counts[column] ?? 0) <= mostTexts;
  const norms = normsOf(known, isRare);
  const postings = new Map<number, { readonly rows: number[]; readonly values: number[] }>();
  for (let row = 0; row < known.rows; row += 1) {
    // A text that describes nothing is near to nothing.
    if (own[row]?.length === 0) continue;
    for (let at = known.starts[row] ?? 0; at < (known.starts[row + 1] ?? 0); at += 1) {
      const column = known.columns[at] as number;
      if (!isRare(column)) continue;
      const list = postings.get(column) ?? { rows: [], values: [] };
      postings.set(column, list);
      list.rows.push(row);
      list.values.push((known.values[at] as number) / (norms[row] as number));
    }
  }
  const ownNorms = normsOf(rows, isRare);
  const sums = new Float32Array(known.rows);
  return Array.from({ length: rows.rows }, (_, row) => {
    const touched: number[] = [];
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at += 1) {
      const list = postings.get(rows.columns[at] as number);
      const value = (rows.values[at] as number) / (ownNorms[row] as number);
      list?.rows.forEach((other, place) => {
        if (sums[other] === 0) touched.push(other);
        sums[other] = (sums[other] as number) + value * (list.values[place] as number);
      });
    }
    const found = new Float32Array(labels.length);
    for (const other of touched) {
      for (const label of own[other] ?? []) found[label] = Math.max(found[label] as number, sums[other] as number);
      sums[other] = 0;
    }
    return found;
  });
}

/** Lengths of the rows, counting the columns that `counts` says. */
const normsOf = ({ starts, columns, values, rows }: SparseRows, counts: (column: number) => boolean): Float32Array =>
  Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1)
      if (counts(columns[at] as number)) sum += (values[at] as number) ** 2;
    return Math.sqrt(sum) || 1;
  });
