import { isMereName } from "../rules/mere-name.ts";
import { cueIndexOf, cueRows, type CompactCue, type CompactPart, type CueRow } from "./cue-index.ts";
import type { CueWeight, Lexicon } from "./lexicon.ts";
import { stem } from "./stem.ts";
import { wordsOf, type Word } from "./words.ts";

/** A cue found in a text; `start`/`end` are offsets of its first word's beginning and its last word's end. */
export interface CueMatch {
  readonly start: number;
  readonly end: number;
  readonly technique: string;
  readonly weight: CueWeight;
  /** As the lexicon writes it. */
  readonly cue: string;
}

/** A part whose words are numbers of the vocabulary. */
type Step =
  | WordStep
  | { readonly kind: "gap"; readonly most: number }
  | {
      readonly kind: "group";
      readonly optional: boolean;
      /** Alternatives of one word, in any inflection: most are. */
      readonly stems: ReadonlySet<number>;
      readonly others: readonly (readonly Step[])[];
    };

interface WordStep {
  readonly kind: "word";
  readonly stem: number;
  readonly exact: string | undefined;
}

/** A cue read for matching. */
interface Cue {
  readonly steps: readonly Step[];
  /** The same, where all of them are words. */
  readonly words?: readonly WordStep[];
  /** Stems that a match can begin with; absent where the cue begins with the part by which it is looked up. */
  readonly beginnings: ReadonlySet<number> | undefined;
  /** Numbers of choices: without a stem of each there is no match in the sentence. */
  readonly needed: readonly number[];
  /** How many words at least and at most stand before that part. */
  readonly least: number;
  readonly most: number;
}

/** The longest word that is looked at; what is longer is a hash or a blob. */
const longestWord = 64;

/** The number of a word that no cue has. */
const unknown = -1;

const mostRemembered = 20_000;

/**
 * Finds cues in text. Each cue is looked up by its rarest required part, its anchor; only where a word stands with
 * which the anchor can begin is the cue read and tried. So the time grows with the text, not with text times lexicon,
 * and opening the lexicon costs next to nothing.
 *
 * A class because it guards the index and what has been read of the cues.
 */
export class CueMatcher {
  private readonly rows: readonly CueRow[];
  /** Every stem of the lexicon has its number, which is its place in {@link byAnchor}. */
  private readonly vocabulary: ReadonlyMap<string, number>;
  private readonly byAnchor: readonly (readonly number[])[];
  /** Words of texts, as they were written, and their numbers. */
  private readonly numbers = new Map<string, number>();
  private readonly compact: readonly CompactCue[];
  private readonly read: (Cue | undefined)[] = [];
  /** By a stem's number, the last sentence that had it. */
  private readonly seen: Uint32Array;
  /** The stems with which a required part can begin are a choice; many cues have the same. */
  private readonly choices = new Map<string, number>();
  /** By a stem's number, the choices that have it. */
  private readonly choicesOf: (number[] | undefined)[] = [];
  /** By a choice's number, the last sentence that had a stem of it. */
  private readonly chosen: number[] = [];
  private sentence = 0;

  constructor(lexicon: Pick<Lexicon, "cues" | "frequent" | "cueIndex">) {
    this.rows = cueRows(lexicon.cues);
    const { stems, anchors, cues } = lexicon.cueIndex ?? cueIndexOf(lexicon);
    this.byAnchor = anchors;
    this.compact = cues;
    this.vocabulary = new Map(stems.map((key, number) => [key, number]));
    this.seen = new Uint32Array(this.byAnchor.length);
  }

  /** Cues in the text between two offsets, which is taken as one sentence; in the order of their places. */
  find(text: string, from = 0, to = text.length): readonly CueMatch[] {
    const words = wordsOf(text, from, to);
    const stems: number[] = [];
    this.sentence += 1;
    for (const word of words) {
      const number = this.numberOf(word.text);
      stems.push(number);
      if (number === unknown || this.seen[number] === this.sentence) continue;
      this.seen[number] = this.sentence;
      const choices = this.choicesOf[number];
      if (choices !== undefined) for (const choice of choices) this.chosen[choice] = this.sentence;
    }
    let found: Map<string, CueMatch> | undefined;
    for (let at = 0; at < stems.length; at += 1) {
      const cues = this.byAnchor[stems[at] as number];
      if (cues === undefined) continue;
      for (const number of cues) {
        const row = this.rows[number];
        if (!row) continue;
        const cue = (this.read[number] ??= this.readCue(number));
        if (!this.isPossible(cue)) continue;
        const first = firstMatch(cue, words, stems, at);
        if (!first) continue;
        const start = words[first.start]?.start ?? 0;
        const match = { start, end: words[first.end - 1]?.end ?? start, ...row };
        if (isMereName(text, match, from)) continue;
        found ??= new Map();
        found.set(`${number} ${start}`, match);
      }
    }
    return found ? [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end || compare(a, b)) : [];
  }

  private isPossible({ needed }: Cue): boolean {
    for (const choice of needed) if (this.chosen[choice] !== this.sentence) return false;
    return true;
  }

  /** The number of a choice; one that is new is looked for in the sentence that is being read, too. */
  private choiceOf(stems: readonly number[]): number {
    const key = stems.toSorted((a, b) => a - b).join(" ");
    const known = this.choices.get(key);
    if (known !== undefined) return known;
    const choice = this.choices.size;
    this.choices.set(key, choice);
    for (const stem of stems) {
      const others = this.choicesOf[stem];
      if (others) others.push(choice);
      else this.choicesOf[stem] = [choice];
    }
    this.chosen[choice] = stems.some((stem) => this.seen[stem] === this.sentence) ? this.sentence : 0;
    return choice;
  }

  private numberOf(word: string): number {
    if (word.length > longestWord) return unknown;
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.vocabulary.get(stem(word)) ?? unknown;
      // Reports hold endless made-up words (hashes, names): the memory must not grow with them.
      if (this.numbers.size >= mostRemembered) this.numbers.clear();
      this.numbers.set(word, number);
    }
    return number;
  }

  private readCue(number: number): Cue {
    const [anchor, ...parts] = this.compact[number] ?? [0];
    const before = parts.slice(0, anchor).map(lengthOf);
    const needed = parts
      .filter((part, at) => at !== anchor && isRequired(part))
      .map((part) => beginningsOf([part]))
      .sort((a, b) => a.length - b.length);
    const steps = parts.map(toStep);
    return {
      needed: needed.map((stems) => this.choiceOf(stems)),
      steps,
      ...(steps.every((step) => step.kind === "word") ? { words: steps } : {}),
      beginnings: anchor === 0 ? undefined : new Set(beginningsOf(parts)),
      least: sum(before.map(({ least }) => least)),
      most: sum(before.map(({ most }) => most)),
    };
  }
}

const compare = (a: CueMatch, b: CueMatch): number =>
  a.technique < b.technique ? -1 : a.technique > b.technique ? 1 : a.cue < b.cue ? -1 : a.cue > b.cue ? 1 : 0;

/** The narrowest match whose anchor begins at word `at`. */
function firstMatch(
  cue: Cue,
  words: readonly Word[],
  stems: readonly number[],
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  // Most cues are words side by side: these are compared without another thought.
  if (cue.words) return matchWords(cue.words, words, stems, at - cue.least);
  const earliest = Math.max(0, at - cue.most);
  for (let start = at - cue.least; start >= earliest; start -= 1) {
    if (cue.beginnings && !cue.beginnings.has(stems[start] ?? unknown)) continue;
    const ends = advance(cue.steps, [start * 2 + 1], words, stems);
    if (ends.length > 0) return { start, end: Math.min(...ends) >> 1 };
  }
  return undefined;
}

function matchWords(
  steps: readonly WordStep[],
  words: readonly Word[],
  stems: readonly number[],
  start: number,
): { readonly start: number; readonly end: number } | undefined {
  if (start < 0) return undefined;
  for (let step = 0; step < steps.length; step += 1) {
    const { stem: wanted, exact } = steps[step] as WordStep;
    const at = start + step;
    if (stems[at] !== wanted) return undefined;
    const word = words[at];
    if (!word || (step > 0 && word.apart) || (exact !== undefined && exact !== word.text)) return undefined;
  }
  return { start, end: start + steps.length };
}

/**
 * Where one can stand behind the steps, having stood at `places`. A place is twice the number of the next word, plus
 * one if that word need not stand side by side with the last (at the start and in a gap).
 */
function advance(
  steps: readonly Step[],
  places: readonly number[],
  words: readonly Word[],
  stems: readonly number[],
): readonly number[] {
  let here = places;
  for (const step of steps) {
    if (here.length === 0) return here;
    if (step.kind === "word") {
      const next: number[] = [];
      for (const place of here) {
        const at = place >> 1;
        if (stems[at] !== step.stem) continue;
        const word = words[at];
        if (!word || (word.apart && (place & 1) === 0)) continue;
        if (step.exact === undefined || step.exact === word.text) next.push((at + 1) * 2);
      }
      here = next;
    } else if (step.kind === "gap") {
      const next: number[] = [];
      for (const place of here) {
        const last = Math.min((place >> 1) + step.most, words.length - 1);
        for (let at = place >> 1; at <= last; at += 1) addOnce(next, at * 2 + 1);
      }
      here = next;
    } else {
      const next: number[] = step.optional ? [...here] : [];
      for (const place of here) {
        const at = place >> 1;
        if (!step.stems.has(stems[at] ?? unknown)) continue;
        if (words[at]?.apart !== true || (place & 1) === 1) addOnce(next, (at + 1) * 2);
      }
      for (const alternative of step.others)
        for (const place of advance(alternative, here, words, stems)) addOnce(next, place);
      here = next;
    }
  }
  return here;
}

/** There are a handful of places at most. */
function addOnce(places: number[], place: number): void {
  if (!places.includes(place)) places.push(place);
}

const isWord = (part: CompactPart): part is number | readonly ["=", number, string] =>
  typeof part === "number" ? part >= 0 : part[0] === "=";

const stemOf = (part: number | readonly ["=", number, string]): number => (typeof part === "number" ? part : part[1]);

/** The alternatives of a choice; a gap has none. */
const alternativesOf = (part: CompactPart): readonly (readonly CompactPart[])[] =>
  typeof part === "number" || part[0] === "=" ? [] : (part.slice(1) as readonly (readonly CompactPart[])[]);

function toStep(part: CompactPart): Step {
  if (isWord(part)) return { kind: "word", stem: stemOf(part), exact: typeof part === "number" ? undefined : part[2] };
  if (typeof part === "number") return { kind: "gap", most: -part };
  const alternatives = alternativesOf(part);
  const single = alternatives.filter(
    (sequence) => sequence.length === 1 && typeof sequence[0] === "number" && sequence[0] >= 0,
  );
  return {
    kind: "group",
    optional: part[0] === "[",
    stems: new Set(single.flatMap(([stem]) => (typeof stem === "number" ? [stem] : []))),
    others: alternatives.filter((sequence) => !single.includes(sequence)).map((sequence) => sequence.map(toStep)),
  };
}

/** Whether a match must hold something of this part. */
const isRequired = (part: CompactPart): boolean =>
  isWord(part) ||
  (typeof part !== "number" && part[0] === "(" && alternativesOf(part).every((sequence) => sequence.some(isRequired)));

/** Stems that the parts can begin with, each once. */
function beginningsOf(parts: readonly CompactPart[]): readonly number[] {
  const found = new Set<number>();
  for (const part of parts) {
    if (isWord(part)) {
      found.add(stemOf(part));
      break;
    }
    if (typeof part === "number") continue;
    for (const alternative of alternativesOf(part)) for (const key of beginningsOf(alternative)) found.add(key);
    if (part[0] === "(") break;
  }
  return [...found];
}

/** How many words a part can stand for. */
function lengthOf(part: CompactPart): { readonly least: number; readonly most: number } {
  if (isWord(part)) return { least: 1, most: 1 };
  if (typeof part === "number") return { least: 0, most: -part };
  const lengths = alternativesOf(part).map((sequence) => sequence.map(lengthOf));
  return {
    least: part[0] === "[" ? 0 : Math.min(...lengths.map((row) => sum(row.map(({ least }) => least)))),
    most: Math.max(...lengths.map((row) => sum(row.map(({ most }) => most)))),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const matchers = new WeakMap<Lexicon, CueMatcher>();

/** The matcher of a lexicon, built at the first question. */
export function cueMatcherOf(lexicon: Lexicon): CueMatcher {
  let known = matchers.get(lexicon);
  if (!known) matchers.set(lexicon, (known = new CueMatcher(lexicon)));
  return known;
}
