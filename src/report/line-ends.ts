import type { RawMarkdown } from "./markdown.ts";
import type { RawBlock } from "./raw-block.ts";
import type { OffsetMap, Range } from "./report.ts";

/**
 * Moves what was found in `text` with its CRLFs written as LF to where it stands in `text` itself: each offset grows by
 * the carriage returns before it.
 */
export function restoreLineEnds(text: string, { blocks, comments }: RawMarkdown): RawMarkdown {
  const returns: number[] = [];
  for (let at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2)) returns.push(at - returns.length);
  /** How many carriage returns were taken out before this offset. */
  const before = (offset: number): number => {
    let low = 0;
    let high = returns.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((returns[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const move = <T extends Range>(range: T): T => ({
    ...range,
    start: range.start + before(range.start),
    end: range.end + before(range.end),
  });
  const moveMap = ({ map, start: blockStart, text: { length } }: RawBlock): OffsetMap => {
    const moved: number[] = [];
    const first = blockStart + before(blockStart);
    for (let run = 0; run < map.length; run += 2) {
      const textStart = map[run] ?? 0;
      const start = blockStart + (map[run + 1] ?? 0);
      const end = start + ((map[run + 2] ?? length) - textStart);
      moved.push(textStart, start + before(start) - first);
      // The line break itself ends a run: behind it stands one more character than in the text.
      for (let next = before(start); next < returns.length && (returns[next] ?? 0) + 1 < end; next += 1) {
        const behind = (returns[next] ?? 0) + 1;
        moved.push(textStart + behind - start, behind + before(behind) - first);
      }
    }
    return moved;
  };
  return {
    comments: comments.map(move),
    blocks: blocks.map((block): RawBlock => ({ ...move(block), links: block.links.map(move), map: moveMap(block) })),
  };
}
