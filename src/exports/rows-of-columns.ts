/** A column in a row of the picture: from which to which of its parts (exclusive) each of its lanes holds. */
export interface PlacedColumn {
  readonly column: number;
  readonly lanes: readonly (readonly [from: number, to: number])[];
}

interface Layout {
  readonly rows: readonly (readonly PlacedColumn[])[];
  /** Lanes side by side in the widest row. */
  readonly width: number;
  /** Of all rows, without their heads. */
  readonly height: number;
}

/** What rows have room for. */
export interface RowSizes {
  /** Lanes in a row at most. */
  readonly most: number;
  /** Lanes that a picture is wide at least. */
  readonly least: number;
  /** Height below which no lane is cut. */
  readonly lowest: number;
  /** Height of what stands above a row. */
  readonly head: number;
}

/** Into how many lanes the highest column is tried to be cut. */
const mostCuts = 6;
/** A column is cut only where that saves at least so much of the picture. */
const worthCutting = 0.85;

/**
 * Puts columns into rows, in their order. `heights` are those of each column's parts, which stay
 * whole; one column that towers above the others is cut into lanes side by side. Rows are about equally long, so that the
 * last one is no single column.
 */
export function rowsOfColumns(heights: readonly (readonly number[])[], sizes: RowSizes): Layout["rows"] {
  const { most, lowest } = sizes;
  const uncut = inRows(
    heights.map((parts, column) => ({ column, lanes: [[0, parts.length]] })),
    heights,
    most,
  );
  const totals = heights.map(sum);
  const caps = new Set(totals.flatMap((total) => Array.from({ length: mostCuts - 1 }, (_, cut) => total / (cut + 2))));
  let [best, bestArea] = [uncut, worthCutting * areaOf(uncut, sizes)];
  for (const cap of [...caps].filter((height) => height >= lowest).sort((a, b) => b - a)) {
    const cut = heights.map((parts, column) => ({ column, lanes: lanesOf(parts, cap, most) }));
    const layout = inRows(cut, heights, most);
    const area = areaOf(layout, sizes);
    if (area < bestArea) [best, bestArea] = [layout, area];
  }
  return best.rows;
}

const areaOf = ({ width, height, rows }: Layout, { least, head }: RowSizes): number =>
  Math.max(width, least) * (height + rows.length * head);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** As few lanes as hold the parts at that height, or a little more where parts are high; in their order, about equally high. */
function lanesOf(parts: readonly number[], cap: number, most: number): PlacedColumn["lanes"] {
  const total = sum(parts);
  const count = Math.min(most, parts.length, Math.max(1, Math.ceil(total / cap)));
  const lanes: (readonly [number, number])[] = [];
  let [from, before] = [0, 0];
  for (let lane = 1; lane <= count; lane += 1) {
    let to = from;
    // To where the middle of the next part lies beyond the lane's share; the others keep a part each.
    while (
      to < parts.length - (count - lane) &&
      (to === from || lane === count || before + (parts[to] ?? 0) / 2 <= (total * lane) / count)
    ) {
      before += parts[to] ?? 0;
      to += 1;
    }
    lanes.push([from, to]);
    from = to;
  }
  return lanes;
}

/** A column's lanes stay in one row. */
function inRows(columns: readonly PlacedColumn[], heights: readonly (readonly number[])[], most: number): Layout {
  const count = sum(columns.map(({ lanes }) => lanes.length));
  const perRow = Math.ceil(count / Math.max(1, Math.ceil(count / most)));
  const rows: PlacedColumn[][] = [];
  let room = 0;
  for (const column of columns) {
    const { length } = column.lanes;
    const row = rows.at(-1);
    if (row && (length <= room || (length <= room + most - perRow && length > 1))) row.push(column);
    else {
      rows.push([column]);
      room = perRow;
    }
    room -= length;
  }
  const lengthOf = (row: readonly PlacedColumn[]): number => sum(row.map(({ lanes }) => lanes.length));
  const heightOf = (row: readonly PlacedColumn[]): number =>
    Math.max(
      ...row.flatMap(({ column, lanes }) => lanes.map(([from, to]) => sum((heights[column] ?? []).slice(from, to)))),
    );
  return {
    rows,
    width: Math.max(0, ...rows.map(lengthOf)),
    height: sum(rows.map(heightOf)),
  };
}
