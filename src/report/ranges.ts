import type { Range } from "./report.ts";

/** Finds which of many ranges overlap a place, without looking at all of them each time. */
export function overlapFinder<T extends Range>(ranges: readonly T[]): (place: Range) => readonly T[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const longest = sorted.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  return ({ start, end }) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle]?.start ?? 0) < start - longest) low = middle + 1;
      else high = middle;
    }
    const found: T[] = [];
    for (let at = low; at < sorted.length && (sorted[at]?.start ?? end) < end; at += 1) {
      const range = sorted[at];
      if (range && range.end > start) found.push(range);
    }
    return found;
  };
}

/** Index of the first of many ranges, sorted by their starts, that starts at or behind `offset`; their number where none does. */
export function firstFrom(sorted: readonly Range[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
