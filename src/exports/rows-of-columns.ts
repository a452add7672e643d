/** A column in a row of the picture: from which to which of its parts (exclusive) each of its lanes holds. */
export interface PlacedColumn {
  readonly column: number;
  readonly lanes: readonly (readonly [from: number, to: number])[];
}

/** A place in a row: one column, or short ones of a lane each, one below the other. */
export type Place = readonly PlacedColumn[];

interface Layout {
  readonly rows: readonly (readonly Place[])[];
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
  /** Height of what stands above a column. */
  readonly head: number;
}

/** Into how many lanes the highest column is tried to be cut. */
const mostCuts = 6;
/** A column is cut, and others are put below each other, only where that leaves no more than so much of the picture. */
const worthIt = 0.85;

/**
 * Puts columns into rows, in their order. `heights` are those of each column's parts, which stay
 * whole; one column that towers above the others is cut into lanes side by side, and beside one that still does, short ones
 * stand below each other. Rows are about equally long, so that the last one is no single column.
 */
export function rowsOfColumns(heights: readonly (readonly number[])[], sizes: RowSizes): Layout["rows"] {
  const { most, lowest, head } = sizes;
  const uncut = heights.map((parts, column): PlacedColumn => ({ column, lanes: [[0, parts.length]] }));
  const totals = heights.map(sum);
  const shares = totals.flatMap((total) => Array.from({ length: mostCuts - 1 }, (_, cut) => total / (cut + 2)));
  const cuts = [...new Set(shares)]
    .filter((height) => height >= lowest)
    .sort((a, b) => b - a)
    .map((cap) => heights.map((parts, column): PlacedColumn => ({ column, lanes: lanesOf(parts, cap, most) })));
  const alone = (columns: readonly PlacedColumn[]): Layout =>
    inRows(
      columns.map((column) => [column]),
      heights,
      sizes,
    );
  const plain = leastOf(alone(uncut), cuts.map(alone), sizes);
  const piles = totals.flatMap((_, from) =>
    totals.slice(from).map((_last, more) => sum(totals.slice(from, from + more + 1)) + more * head),
  );
  const piled = [uncut, plain.rows.flat(2)].flatMap((columns) =>
    [...new Set(piles)]
      .filter((height) => height >= lowest)
      .map((cap) => inRows(pilesOf(columns, cap, heights, sizes), heights, sizes)),
  );
  return leastOf(plain, piled, sizes).rows;
}

/** The smallest of the others, if it is small enough. */
function leastOf(usual: Layout, others: readonly Layout[], sizes: RowSizes): Layout {
  let [best, bestArea] = [usual, worthIt * areaOf(usual, sizes)];
  for (const layout of others) {
    const area = areaOf(layout, sizes);
    if (area < bestArea) [best, bestArea] = [layout, area];
  }
  return best;
}

/** Columns of one lane below each other, as far as they are together no higher than `cap`. */
function pilesOf(
  columns: readonly PlacedColumn[],
  cap: number,
  heights: readonly (readonly number[])[],
  { head }: RowSizes,
): readonly Place[] {
  const places: PlacedColumn[][] = [];
  for (const column of columns) {
    const last = places.at(-1);
    const isShort = column.lanes.length === 1 && last?.every(({ lanes }) => lanes.length === 1) === true;
    if (last && isShort && heightOf([...last, column], heights, head) <= cap) last.push(column);
    else places.push([column]);
  }
  return places;
}

/** Of a place, without the head of its first column. */
const heightOf = (place: Place, heights: readonly (readonly number[])[], head: number): number =>
  sum(
    place.map(({ column, lanes }) =>
      Math.max(...lanes.map(([from, to]) => sum((heights[column] ?? []).slice(from, to)))),
    ),
  ) +
  (place.length - 1) * head;

/** How many lanes a place is wide. */
const widthOf = ([first]: Place): number => first?.lanes.length ?? 0;

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
function inRows(places: readonly Place[], heights: readonly (readonly number[])[], { most, head }: RowSizes): Layout {
  const count = sum(places.map(widthOf));
  const perRow = Math.ceil(count / Math.max(1, Math.ceil(count / most)));
  const rows: Place[][] = [];
  let room = 0;
  for (const place of places) {
    const width = widthOf(place);
    const row = rows.at(-1);
    if (row && (width <= room || (width <= room + most - perRow && width > 1))) row.push(place);
    else {
      rows.push([place]);
      room = perRow;
    }
    room -= width;
  }
  return {
    rows,
    width: Math.max(0, ...rows.map((row) => sum(row.map(widthOf)))),
    height: sum(rows.map((row) => Math.max(...row.map((place) => heightOf(place, heights, head))))),
  };
}
