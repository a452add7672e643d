import { endOfRun } from "../../report/text-words.ts";

/** A run of letters and digits in a text. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** A comma, semicolon or colon stands before it, so that it does not stand side by side with the word before. */
  readonly apart: boolean;
}

/** The words between two offsets. The possessive ’s is no word of its own: “the victim's mailbox” has three words. */
export function wordsOf(text: string, from = 0, to = text.length): readonly Word[] {
  const words: Word[] = [];
  let apart = false;
  let at = from;
  while (at < to) {
    const start = at;
    at = Math.min(to, endOfRun(text, start));
    if (at === start) {
      if (isPause(text, at, to)) apart = true;
      at += 1;
      continue;
    }
    if (at - start === 1 && isPossessive(text, start, from)) continue;
    words.push({ start, end: at, text: text.slice(start, at), apart });
    apart = false;
  }
  return words;
}

const wordCharacter = /[\p{L}\p{N}]/u;

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  // Letters beyond the basic plane come as two units; each half counts with the other.
  if (code >= 0xd800 && code <= 0xdbff) return wordCharacter.test(text.slice(at, at + 2));
  if (code >= 0xdc00 && code <= 0xdfff) return at > 0 && wordCharacter.test(text.slice(at - 1, at + 1));
  return wordCharacter.test(text.charAt(at));
}

/** `,`, `;`, `:`, `!` or `?` before white space; “lsadump::sam” and “10,000” have no pause in them. */
function isPause(text: string, at: number, to: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 44 && code !== 58 && code !== 59 && code !== 33 && code !== 63) return false;
  const next = text.charCodeAt(at + 1);
  return at + 1 >= to || next === 32 || next === 10 || next === 13 || next === 9;
}

function isPossessive(text: string, at: number, from: number): boolean {
  const letter = text.charCodeAt(at);
  if (letter !== 115 || at - 2 < from) return false;
  const mark = text.charCodeAt(at - 1);
  return (mark === 39 || mark === 0x2019) && isWordAt(text, at - 2);
}
