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
  /** The first is kept beside the anchor. */
  readonly needed: readonly Needed[];
  /** How many words at least and at most stand before the anchor. */
  readonly least: number;
  readonly most: number;
}

/** A word that a match must hold beside its anchor, and how far from it. */
interface Needed {
  /** Number of the choice of stems. */
  readonly choice: number;
  /** Words from the anchor's to this one's, at least and at most; below zero where it stands before. */
  readonly from: number;
  readonly to: number;
}

/** Numbers that a cue takes in the list of an anchor: its own, and from where to where the first stands that it needs. */
const perCue = 3;

/** Numbers before those of cues that need the same choice: the choice, and where the next such group begins. */
const perGroup = 2;

/** The longest word that is looked at; what is longer is a hash or a blob. */
const longestWord = 64;

/** The number of a word that no cue has. */
const unknown = -1;

/** In place of a choice, where a cue needs nothing beside its anchor. */
const none = -1;

/** Places of words are counted so far, and then from the start. */
const lastPlace = 2 ** 30;

const needsNothing: Needed = { choice: none, from: 0, to: 0 };

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
  private readonly lures: Lexicon["lures"];
  /** Every stem of the lexicon has its number, which is its place in {@link byAnchor}. */
  private readonly vocabulary: ReadonlyMap<string, number>;
  private readonly byAnchor: readonly (readonly number[])[];
  /** Words of texts, as they were written, and their numbers. */
  private readonly numbers = new Map<string, number>();
  private readonly compact: readonly CompactCue[];
  private readonly read: (Cue | undefined)[] = [];
  /**
   * By an anchor's stem, its cues in groups by what they need: a choice that the sentence has nothing of rules out a group.
   * Numbers side by side, because fetching them is what takes the time.
   */
  private readonly lists: (Int32Array | undefined)[] = [];
  /** The stems with which a required part can begin are a choice; many cues have the same. */
  private readonly choices = new Map<string, number>();
  /** By a stem's number, the choices that have it. */
  private readonly choicesOf: (number[] | undefined)[] = [];
  /** By a choice's number, the places of the first and the last word that it was seen with. */
  private firsts = new Int32Array(1024);
  private lasts = new Int32Array(1024);
  /** The place of the sentence's first word. Places go on from text to text: what was seen before counts no more. */
  private origin = 1;

  constructor(lexicon: Pick<Lexicon, "cues" | "frequent" | "cueIndex" | "lures">) {
    this.rows = cueRows(lexicon.cues);
    this.lures = lexicon.lures;
    const { stems, anchors, cues } = lexicon.cueIndex ?? cueIndexOf(lexicon);
    this.byAnchor = anchors;
    this.compact = cues;
    this.vocabulary = new Map(stems.map((key, number) => [key, number]));
  }

  /** Cues in the text between two offsets, which is taken as one sentence; in the order of their places. */
  find(text: string, from = 0, to = text.length): readonly CueMatch[] {
    const words = wordsOf(text, from, to);
    if (this.origin + words.length > lastPlace) this.forget();
    const stems: number[] = [];
    for (const word of words) {
      const number = this.numberOf(word.text);
      const choices = this.choicesOf[number];
      if (choices !== undefined) this.mark(choices, this.origin + stems.length);
      stems.push(number);
    }
    let found: Map<string, CueMatch> | undefined;
    for (let at = 0; at < stems.length; at += 1) {
      const stemNumber = stems[at] as number;
      if (stemNumber === unknown || this.byAnchor[stemNumber]?.length === 0) continue;
      const list = this.lists[stemNumber] ?? this.readList(stemNumber, stems);
      const here = this.origin + at;
      for (let group = 0; group < list.length; group = list[group + 1] as number) {
        const choice = list[group] as number;
        if (choice !== none && (this.lasts[choice] as number) < this.origin) continue;
        for (let entry = group + perGroup; entry < (list[group + 1] as number); entry += perCue) {
          const isNear =
            choice === none ||
            this.isBetween(choice, here + (list[entry + 1] as number), here + (list[entry + 2] as number));
          if (isNear) found = this.tryCue(list[entry] as number, text, words, stems, at, from, found);
        }
      }
    }
    this.origin += words.length;
    return found ? [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end || compare(a, b)) : [];
  }

  /** Whether a cue stands around its anchor at word `at`: what it gives is kept with what was found before. */
  private tryCue(
    number: number,
    text: string,
    words: readonly Word[],
    stems: readonly number[],
    at: number,
    from: number,
    found: Map<string, CueMatch> | undefined,
  ): Map<string, CueMatch> | undefined {
    const cue = this.read[number];
    const row = this.rows[number];
    if (!cue || !row || !this.isPossible(cue, this.origin + at)) return found;
    const first = firstMatch(cue, words, stems, at);
    if (!first) return found;
    const start = words[first.start]?.start ?? 0;
    const match = { start, end: words[first.end - 1]?.end ?? start, ...row };
    return isMereName(text, match, this.lures, from)
      ? found
      : (found ?? new Map<string, CueMatch>()).set(`${number} ${start}`, match);
  }

  private isPossible({ needed }: Cue, here: number): boolean {
    for (let at = 1; at < needed.length; at += 1) {
      const { choice, from, to } = needed[at] as Needed;
      if (!this.isBetween(choice, here + from, here + to)) return false;
    }
    return true;
  }

  /** Whether the sentence has a word of the choice that can stand between two places: one that is certain of none is not asked further. */
  private isBetween(choice: number, from: number, to: number): boolean {
    const last = this.lasts[choice] as number;
    return last >= this.origin && last >= from && (this.firsts[choice] as number) <= to;
  }

  private mark(choices: readonly number[], place: number): void {
    const { firsts, lasts, origin } = this;
    for (const choice of choices) {
      if ((lasts[choice] as number) < origin) firsts[choice] = place;
      lasts[choice] = place;
    }
  }

  private forget(): void {
    this.lasts.fill(0);
    this.origin = 1;
  }

  /** Reads the cues of an anchor; choices that are new are looked for in the sentence that is being read, too. */
  private readList(stemNumber: number, sentence: readonly number[]): Int32Array {
    const groups = new Map<number, number[]>();
    for (const number of this.byAnchor[stemNumber] ?? []) {
      const { needed } = (this.read[number] ??= this.readCue(number, sentence));
      const { choice, from, to } = needed[0] ?? needsNothing;
      const group = groups.get(choice);
      if (group) group.push(number, from, to);
      else groups.set(choice, [number, from, to]);
    }
    const list = new Int32Array([...groups.values()].reduce((sum, { length }) => sum + perGroup + length, 0));
    let at = 0;
    for (const [choice, cues] of groups) {
      const next = at + perGroup + cues.length;
      list.set([choice, next, ...cues], at);
      at = next;
    }
    this.lists[stemNumber] = list;
    return list;
  }

  /** The number of a choice. */
  private choiceOf(stems: readonly number[], sentence: readonly number[]): number {
    const key = stems.toSorted((a, b) => a - b).join(" ");
    const known = this.choices.get(key);
    if (known !== undefined) return known;
    const choice = this.choices.size;
    this.choices.set(key, choice);
    if (choice >= this.lasts.length) {
      this.firsts = longer(this.firsts);
      this.lasts = longer(this.lasts);
    }
    for (const stem of stems) {
      const others = this.choicesOf[stem];
      if (others) others.push(choice);
      else this.choicesOf[stem] = [choice];
    }
    sentence.forEach((stem, at) => {
      if (stems.includes(stem)) this.mark([choice], this.origin + at);
    });
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

  private readCue(number: number, sentence: readonly number[]): Cue {
    const [anchor, ...parts] = this.compact[number] ?? [0];
    const lengths = parts.map(lengthOf);
    const before = lengths.slice(0, anchor);
    // The word by which the anchor was found may be any of those that it can begin with.
    const slack = Math.max(1, lengths[anchor]?.most ?? 1) - 1;
    const needed = parts
      .flatMap((part, at) => (at !== anchor && isRequired(part) ? [{ stems: beginningsOf([part]), at }] : []))
      .sort((a, b) => a.stems.length - b.stems.length);
    const steps = parts.map(toStep);
    return {
      needed: needed.map(({ stems, at }) => ({
        choice: this.choiceOf(stems, sentence),
        from: at < anchor ? -mostOf(lengths.slice(at, anchor)) - slack : leastOf(lengths.slice(anchor, at)) - slack,
        to: at < anchor ? -leastOf(lengths.slice(at, anchor)) : mostOf(lengths.slice(anchor, at)),
      })),
      steps,
      ...(steps.every((step) => step.kind === "word") ? { words: steps } : {}),
      beginnings: anchor === 0 ? undefined : new Set(beginningsOf(parts)),
      least: leastOf(before),
      most: mostOf(before),
    };
  }
}

const longer = (numbers: Int32Array): Int32Array<ArrayBuffer> => {
  const more = new Int32Array(2 * numbers.length);
  more.set(numbers);
  return more;
};

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
  // Mostly there is one place, for which no list is made.
  let only = places.length === 1 ? (places[0] as number) : nowhere;
  for (let index = 0; index < steps.length; index += 1) {
    let step = steps[index] as Step;
    if (only === nowhere && here.length === 0) return here;
    let next: number[];
    if (step.kind === "word" && only !== nowhere) {
      if (!standsAt(step, only, words, stems)) return noPlaces;
      only = behind(only);
      continue;
    }
    if (only !== nowhere) here = [only];
    const following = steps[index + 1];
    if (step.kind === "gap" && following !== undefined && isSought(following)) {
      // What comes behind the gap is looked for at once.
      const { most } = step;
      step = following;
      index += 1;
      next = [];
      for (const place of here) {
        const last = Math.min((place >> 1) + most, words.length - 1);
        for (let at = place >> 1; at <= last; at += 1)
          if (step.kind === "word" ? standsAt(step, at * 2 + 1, words, stems) : step.stems.has(stems[at] as number))
            addOnce(next, (at + 1) * 2);
      }
    } else if (step.kind === "word") {
      const word = step;
      next = here.filter((place) => standsAt(word, place, words, stems)).map(behind);
    } else if (step.kind === "gap") {
      next = [];
      for (const place of here) {
        const last = Math.min((place >> 1) + step.most, words.length - 1);
        for (let at = place >> 1; at <= last; at += 1) addOnce(next, at * 2 + 1);
      }
    } else {
      next = step.optional ? [...here] : [];
      for (const place of here) {
        const at = place >> 1;
        if (!step.stems.has(stems[at] ?? unknown)) continue;
        if (words[at]?.apart !== true || (place & 1) === 1) addOnce(next, behind(place));
      }
      for (const alternative of step.others)
        for (const place of advance(alternative, here, words, stems)) addOnce(next, place);
    }
    here = next;
    only = here.length === 1 ? (here[0] as number) : nowhere;
  }
  return only === nowhere ? here : [only];
}

const nowhere = -1;
const noPlaces: readonly number[] = [];

/** Whether a step is a word, or one of several: both are told at a glance. */
const isSought = (step: Step): step is Exclude<Step, { kind: "gap" }> =>
  step.kind === "word" || (step.kind === "group" && !step.optional && step.others.length === 0);

/** The place behind the word at a place. */
const behind = (place: number): number => ((place >> 1) + 1) * 2;

function standsAt({ stem, exact }: WordStep, place: number, words: readonly Word[], stems: readonly number[]): boolean {
  const at = place >> 1;
  if (stems[at] !== stem) return false;
  const word = words[at];
  if (!word || (word.apart && (place & 1) === 0)) return false;
  return exact === undefined || exact === word.text;
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
interface Length {
  readonly least: number;
  readonly most: number;
}

const leastOf = (lengths: readonly Length[]): number => sum(lengths.map(({ least }) => least));
const mostOf = (lengths: readonly Length[]): number => sum(lengths.map(({ most }) => most));

function lengthOf(part: CompactPart): Length {
  if (isWord(part)) return { least: 1, most: 1 };
  if (typeof part === "number") return { least: 0, most: -part };
  const lengths = alternativesOf(part).map((sequence) => sequence.map(lengthOf));
  return {
    least: part[0] === "[" ? 0 : Math.min(...lengths.map(leastOf)),
    most: Math.max(...lengths.map(mostOf)),
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
