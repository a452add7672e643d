import { matchesOf } from "./matches.ts";
import { neededText } from "./needed-text.ts";

/**
 * Of the rows of a table of rules those that may hold of a text, in their order: it has one of the texts that their patterns
 * need. What a row needs is read off its patterns, and all of them are looked for at once (Aho and Corasick), so that a
 * hundred rules cost most texts what one costs.
 */
export function gated<Row>(
  table: readonly Row[],
  /** Where the row holds, all of them match. */
  patternsOf: (row: Row) => RegExp | readonly RegExp[],
): (text: string) => readonly Row[] {
  // Built at the first question: most tables are never asked by a short program.
  let gate: Gate | undefined;
  return (text) => {
    gate ??= new Gate(table.map((row) => neededText([patternsOf(row)].flat())));
    return gate.open(text).map((row) => table[row] as Row);
  };
}

/** {@link matchesOf} a pattern for texts of which few have any: most are done with when they have nothing that it needs. */
export function finderOf(pattern: RegExp): (text: string) => readonly RegExpExecArray[] {
  const possible = gated([pattern], () => pattern);
  return (text) => possible(text).flatMap((each) => matchesOf(text, each));
}

const none: readonly number[] = [];

/** Finds which of many lists have a text among their texts that occurs in another one. */
class Gate {
  /** By code of ASCII, the column in `next`; 0 is for all that no text has. */
  private readonly columns = new Uint8Array(128);
  /** The same for other characters. */
  private readonly others = new Map<number, number>();
  /** By state × width + column, where the next state's row begins, doubled, plus one if rows are opened by it. */
  private readonly next: Int32Array;
  /** By where a state's row begins, the rows that are opened where it is reached. */
  private readonly opened = new Map<number, readonly number[]>();
  private readonly always: readonly number[];
  private readonly isOpen: Uint8Array;

  constructor(needed: readonly (readonly string[] | undefined)[]) {
    this.always = needed.flatMap((texts, row) => (texts === undefined ? [row] : []));
    this.isOpen = new Uint8Array(needed.length);
    let width = 1;
    for (const texts of needed)
      for (const text of texts ?? [])
        for (let at = 0; at < text.length; at += 1) {
          const code = text.charCodeAt(at);
          if (this.columnOf(code) !== 0) continue;
          if (code < 128) this.columns[code] = width;
          else this.others.set(code, width);
          width += 1;
        }
    const children = [new Map<number, number>()];
    const rows = [new Set<number>()];
    for (const [row, texts] of needed.entries())
      for (const text of texts ?? []) {
        let state = 0;
        for (let at = 0; at < text.length; at += 1) {
          const column = this.columnOf(text.charCodeAt(at));
          let to = children[state]?.get(column);
          if (to === undefined) {
            to = children.length;
            children.push(new Map<number, number>());
            rows.push(new Set<number>());
            children[state]?.set(column, to);
          }
          state = to;
        }
        rows[state]?.add(row);
      }
    // Capitals, and the two letters that match k and s where case is ignored, are what they stand for.
    for (let code = 65; code <= 90; code += 1) this.columns[code] = this.columnOf(code + 32);
    this.others.set(longS, this.columnOf(115)).set(kelvin, this.columnOf(107));
    const next = new Int32Array(children.length * width);
    const back = new Int32Array(children.length);
    const queue: number[] = [0];
    for (const state of queue) {
      for (let column = 0; column < width; column += 1) {
        const to = children[state]?.get(column);
        const otherwise = state === 0 ? 0 : (next[(back[state] as number) * width + column] as number);
        if (to !== undefined) {
          back[to] = otherwise;
          for (const row of rows[otherwise] ?? []) rows[to]?.add(row);
          queue.push(to);
        }
        next[state * width + column] = to ?? otherwise;
      }
    }
    this.next = next.map((state) => 2 * state * width + (rows[state]?.size === 0 ? 0 : 1));
    for (const [state, set] of rows.entries()) if (set.size > 0) this.opened.set(state * width, [...set]);
  }

  /** Numbers of the lists of which the text has a text, or that have none; in ascending order. */
  open(text: string): readonly number[] {
    const { columns, next, isOpen, always } = this;
    let found: number[] | undefined;
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const entry = next[state + (code < 128 ? (columns[code] as number) : this.columnOf(code))] as number;
      state = entry >> 1;
      if ((entry & 1) === 0) continue;
      for (const row of this.opened.get(state) ?? none) {
        if (isOpen[row] === 1) continue;
        isOpen[row] = 1;
        (found ??= []).push(row);
      }
    }
    if (!found) return always.length > 0 ? always : none;
    for (const row of found) isOpen[row] = 0;
    return [...found, ...always].sort((a, b) => a - b);
  }

  private columnOf(code: number): number {
    return (code < 128 ? this.columns[code] : this.others.get(code)) ?? 0;
  }
}

const longS = 0x17f;
const kelvin = 0x212a;
