import { wordsOf } from "./words.ts";

/** A cue pattern as docs/lexicon.md describes it, read into parts that stand behind one another. */
export type CueSequence = readonly CuePart[];

export type CuePart =
  | { readonly kind: "word"; readonly text: string; readonly exact: boolean }
  | { readonly kind: "gap"; readonly most: number }
  | { readonly kind: "group"; readonly optional: boolean; readonly alternatives: readonly CueSequence[] };

/** What is wrong with a pattern, and where: `position` counts characters from 1. */
export class CueSyntaxError extends Error {
  constructor(
    readonly problem: string,
    readonly position: number,
    pattern: string,
  ) {
    super(`${problem} at character ${position} of "${pattern}"`);
    this.name = "CueSyntaxError";
  }
}

/** How many words each gap may hold. */
const gaps: Readonly<Record<string, number>> = { "..": 3, "...": 8 };

/** What ends a word. */
const marks = " \t\n()[]|";

/** Names and abbreviations whose stems are those of ordinary words: “SAM” is no “same”, “IT” no “its”, “Teams” no “team”. */
const readAsWritten: ReadonlySet<string> = new Set(
  "AD COM DoS DOS GET HEAD IOS IT NET PIN POST PUT RAR RAT READ SAM SYSTEM Teams UPS USER".split(" "),
);

/** Deeper nesting says that a cue wants to be two cues. */
const deepest = 4;

/** Throws {@link CueSyntaxError}. */
export function parseCue(pattern: string): CueSequence {
  const reader = { pattern, at: 0 };
  const parts = readSequence(reader, 0);
  if (reader.at < pattern.length) {
    const mark = pattern.charAt(reader.at);
    throw fault(reader, mark === "|" ? 'an alternative "|" outside of brackets' : `a "${mark}" that closes nothing`);
  }
  if (parts.length === 0) throw fault({ pattern, at: 0 }, "no word");
  if (parts[0]?.kind === "gap") throw fault({ pattern, at: 0 }, "a gap with nothing before it");
  if (parts.at(-1)?.kind === "gap") throw fault({ pattern, at: pattern.length - 1 }, "a gap with nothing behind it");
  if (!parts.some(isRequired)) throw fault({ pattern, at: 0 }, "nothing but gaps and optional words");
  return parts;
}

/** Whether a match must hold something of this part. */
export const isRequired = (part: CuePart): boolean =>
  part.kind === "word" || (part.kind === "group" && !part.optional && part.alternatives.every(isSolid));

const isSolid = (sequence: CueSequence): boolean => sequence.some(isRequired);

interface Reader {
  readonly pattern: string;
  at: number;
}

function readSequence(reader: Reader, depth: number): CueSequence {
  const { pattern } = reader;
  const parts: CuePart[] = [];
  while (reader.at < pattern.length) {
    const mark = pattern.charAt(reader.at);
    if (mark === " " || mark === "\t" || mark === "\n") reader.at += 1;
    else if (mark === "(" || mark === "[") parts.push(readGroup(reader, depth + 1));
    else if (mark === ")" || mark === "]" || mark === "|") break;
    else parts.push(...readWord(reader));
  }
  return parts;
}

function readGroup(reader: Reader, depth: number): CuePart {
  const open = reader.at;
  const { pattern } = reader;
  if (depth > deepest) throw fault(reader, "brackets nested too deep");
  const optional = pattern.charAt(open) === "[";
  const close = optional ? "]" : ")";
  const alternatives: CueSequence[] = [];
  do {
    reader.at += 1;
    const start = reader.at;
    const sequence = readSequence(reader, depth);
    if (!sequence.some((part) => part.kind !== "gap")) throw fault({ pattern, at: start }, "an empty alternative");
    alternatives.push(sequence);
  } while (pattern.charAt(reader.at) === "|");
  if (reader.at >= pattern.length) throw fault({ pattern, at: open }, `a "${pattern.charAt(open)}" without "${close}"`);
  if (pattern.charAt(reader.at) !== close)
    throw fault(reader, `a "${pattern.charAt(reader.at)}" where "${close}" must stand`);
  reader.at += 1;
  return { kind: "group", optional, alternatives };
}

function readWord(reader: Reader): readonly CuePart[] {
  const { pattern } = reader;
  const start = reader.at;
  while (reader.at < pattern.length && !marks.includes(pattern.charAt(reader.at))) reader.at += 1;
  const raw = pattern.slice(start, reader.at);
  const most = gaps[raw];
  if (most !== undefined) return [{ kind: "gap", most }];
  if (/^\.{2,}$/.test(raw)) throw fault({ pattern, at: start }, 'a gap is ".." or "...", no longer');
  const exact = raw.startsWith("=") && raw.length > 1;
  if (raw === "=") throw fault({ pattern, at: start }, 'a "=" without its word');
  // Marks alone ("&", "//") are no words in the text either.
  return wordsOf(raw).map(({ text }): CuePart => ({ kind: "word", text, exact: exact || readAsWritten.has(text) }));
}

const fault = ({ pattern, at }: Reader, problem: string): CueSyntaxError =>
  new CueSyntaxError(problem, at + 1, pattern);

/** The pattern as plain words, one rendering for each of its first alternatives: for search and for counting words. */
export function plainPhrases(parts: CueSequence, most = 12): readonly string[] {
  let phrases: readonly string[] = [""];
  for (const part of parts) {
    if (part.kind === "gap" || (part.kind === "group" && part.optional)) continue;
    const choices =
      part.kind === "word" ? [part.text] : part.alternatives.flatMap((alternative) => plainPhrases(alternative, most));
    phrases = phrases.flatMap((phrase) => choices.map((choice) => `${phrase} ${choice}`.trim())).slice(0, most);
  }
  return phrases;
}
