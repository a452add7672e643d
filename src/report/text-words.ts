import type { Range } from "./report.ts";

/** A run of letters and digits; `start`/`end` are offsets into its text. */
export interface TextWord extends Range {
  /** Lower case, the first hundred letters. */
  readonly lower: string;
}

/** What is longer is no word; its beginning stands for it. UTF-16 units. */
const longest = 100;

/** Bounded: a regular expression keeps a way back for every letter of a run, and megabytes of them are too many. */
const run = /[\p{L}\p{N}]{1,500}/uy;

/** The words of a text. */
export function wordsOf(text: string): readonly TextWord[] {
  const words: TextWord[] = [];
  for (let at = 0; at < text.length;) {
    const end = endOfRun(text, at);
    if (end === at) {
      at += isLead(text.charCodeAt(at)) ? 2 : 1;
      continue;
    }
    words.push({ start: at, end, lower: text.slice(at, Math.min(end, at + longest)).toLowerCase() });
    at = end;
  }
  return words;
}

/** The end of the run of letters and digits that begins here; most letters are ASCII's, and to tell those takes no expression. */
export function endOfRun(text: string, from: number): number {
  let at = from;
  while (at < text.length && isPlain(text.charCodeAt(at))) at += 1;
  while (text.charCodeAt(at) > lastOfAscii) {
    run.lastIndex = at;
    const found = run.exec(text)?.[0];
    if (found === undefined) break;
    at += found.length;
    while (at < text.length && isPlain(text.charCodeAt(at))) at += 1;
  }
  return at;
}

const lastOfAscii = 127;

/** A letter or digit of ASCII. */
const isPlain = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/** The first half of a pair that stands for one character. */
const isLead = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
