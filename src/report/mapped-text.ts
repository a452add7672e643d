import type { OffsetMap } from "./report.ts";

/** A text that was cut out of a source, with the way back; see `OffsetMap`. */
export interface MappedText {
  readonly text: string;
  readonly map: OffsetMap;
}

/** A piece of source to leave out, or to put other words for. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** "" to leave it out. */
  readonly instead: string;
}

/** Collects pieces of a source one behind the other. The only mutable thing here, and it does not leave its function. */
export class TextBuilder {
  private readonly pieces: string[] = [];
  private readonly map: number[] = [];
  private length = 0;

  constructor(private readonly source: string) {}

  /** Takes over `source[start, end)` as it stands. */
  take(start: number, end: number): void {
    if (end > start) this.push(this.source.slice(start, end), start);
  }

  /** Writes `text` for what stands at `start`. */
  put(text: string, start: number): void {
    if (text !== "") this.push(text, start);
  }

  /** Without the white space at its end. */
  done(): MappedText {
    return { text: this.pieces.join("").trimEnd(), map: this.map };
  }

  private push(text: string, start: number): void {
    const last = this.map.length - 2;
    const runsOn = last >= 0 && (this.map[last + 1] ?? 0) + this.length - (this.map[last] ?? 0) === start;
    if (!runsOn) this.map.push(this.length, start);
    this.pieces.push(text);
    this.length += text.length;
  }
}

/**
 * `source[start, end)` without the cuts (which must rise and not overlap), line ends as "\n", and without the white
 * space that begins a line: indentation and what is left of quote marks.
 */
export function cutText(source: string, start: number, end: number, cuts: readonly Cut[]): MappedText {
  const builder = new TextBuilder(source);
  let at = start;
  let lineOpen = false;
  const takeTo = (to: number): void => {
    while (at < to) {
      if (!lineOpen) {
        while (at < to && isBlank(source.charCodeAt(at))) at += 1;
        lineOpen = at < to;
      }
      const end = nextLineEnd(source, at, to);
      builder.take(at, end);
      at = end;
      if (at < to) {
        builder.put("\n", at);
        at += source.charCodeAt(at) === 13 && at + 1 < to && source.charCodeAt(at + 1) === 10 ? 2 : 1;
        lineOpen = false;
      }
    }
  };
  for (const cut of cuts) {
    if (cut.end <= at) continue;
    takeTo(Math.max(at, cut.start));
    if (cut.instead !== "") {
      builder.put(cut.instead, cut.start);
      lineOpen = cut.instead !== "\n";
    }
    at = cut.end;
  }
  takeTo(end);
  return builder.done();
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

function nextLineEnd(source: string, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return to;
}
