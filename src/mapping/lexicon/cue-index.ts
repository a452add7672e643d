import { parseCue, isRequired, type CuePart, type CueSequence } from "./pattern.ts";
import { cueWeights, type CueWeight, type Lexicon, type TechniqueCues } from "./lexicon.ts";
import { stem } from "./stem.ts";

/**
 * The lexicon's cues read once, when it is compiled: to read thousands of patterns takes longer than to look for them.
 * A word stands as the number of its stem.
 */
export interface CueIndex {
  /** Every stem of the cues; its place is its number. */
  readonly stems: readonly string[];
  /** By a stem's number, the cues whose anchor can begin with it; most announce none. */
  readonly anchors: readonly (readonly number[])[];
  /** By a cue's number. */
  readonly cues: readonly CompactCue[];
}

/** Which of the parts is the anchor, and the parts. */
export type CompactCue = readonly [anchor: number, ...parts: CompactPart[]];

/** A word's number; a gap's width below zero; a word that must stand exactly so; a choice that may be left out, or not. */
export type CompactPart =
  | number
  | readonly ["=", stem: number, text: string]
  | readonly ["[" | "(", ...alternatives: (readonly CompactPart[])[]];

export interface CueRow {
  readonly technique: string;
  readonly weight: CueWeight;
  readonly cue: string;
}

/** All cues in the order of their numbers. */
export const cueRows = (cues: readonly TechniqueCues[]): readonly CueRow[] =>
  cues.flatMap(([technique, ...lists]) =>
    cueWeights.flatMap((weight, at) => (lists[at] ?? []).map((cue) => ({ technique, weight, cue }))),
  );

/** How often a stem is taken to occur that is not among the frequent ones. */
const rare = 10;

/** Each cue is looked up by its rarest required part, its anchor. Throws a CueSyntaxError. */
export function cueIndexOf({ cues, frequent }: Pick<Lexicon, "cues" | "frequent">): CueIndex {
  const frequency = new Map(Object.entries(frequent));
  const read = cueRows(cues).map(({ cue }) => {
    const parts = parseCue(cue);
    return { parts, anchor: anchorOf(parts, frequency) };
  });
  const stems = [...new Set(read.flatMap(({ parts }) => allStems(parts)))].sort();
  const numbers = new Map(stems.map((key, number) => [key, number]));
  const numberOf = (word: string): number => numbers.get(stem(word)) ?? 0;
  const compact = (part: CuePart): CompactPart => {
    if (part.kind === "gap") return -part.most;
    if (part.kind === "word") return part.exact ? ["=", numberOf(part.text), part.text] : numberOf(part.text);
    return [part.optional ? "[" : "(", ...part.alternatives.map((sequence) => sequence.map(compact))];
  };
  const anchors = stems.map((): number[] => []);
  read.forEach(({ parts, anchor }, number) => {
    for (const key of firstStems(parts.slice(anchor, anchor + 1))) anchors[numbers.get(key) ?? 0]?.push(number);
  });
  return { stems, anchors, cues: read.map(({ parts, anchor }) => [anchor, ...parts.map(compact)]) };
}

const allStems = (parts: CueSequence): readonly string[] =>
  parts.flatMap((part) =>
    part.kind === "word" ? [stem(part.text)] : part.kind === "group" ? part.alternatives.flatMap(allStems) : [],
  );

/** The required part whose first words are the rarest. */
function anchorOf(parts: CueSequence, frequency: ReadonlyMap<string, number>): number {
  let best = 0;
  let least = Infinity;
  parts.forEach((part, at) => {
    if (!isRequired(part)) return;
    const cost = firstStems([part]).reduce((total, key) => total + (frequency.get(key) ?? rare), 0);
    if (cost < least) {
      best = at;
      least = cost;
    }
  });
  return best;
}

/** Stems that the parts can begin with, each once. */
function firstStems(parts: CueSequence): readonly string[] {
  const found = new Set<string>();
  for (const part of parts) {
    if (part.kind === "gap") continue;
    if (part.kind === "word") {
      found.add(stem(part.text));
      break;
    }
    for (const alternative of part.alternatives) for (const key of firstStems(alternative)) found.add(key);
    if (!part.optional) break;
  }
  return [...found];
}
