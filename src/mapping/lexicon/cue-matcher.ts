import { cueWeights, type CueWeight, type Lexicon } from "./lexicon.ts";
import { parseCue, type CuePart } from "./pattern.ts";
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

/** A part with its words as numbers of the vocabulary. */
type Step =
  | { readonly kind: "word"; readonly stem: number; readonly exact: string | undefined }
  | { readonly kind: "gap"; readonly most: number }
  | { readonly kind: "group"; readonly optional: boolean; readonly alternatives: readonly (readonly Step[])[] };

interface Cue {
  readonly technique: string;
  readonly weight: CueWeight;
  readonly cue: string;
  readonly steps: readonly Step[];
  /** Stems that a match can begin with, where it does not begin with the looked-up part. */
  readonly beginnings: ReadonlySet<number> | undefined;
  /** How many words at least and at most stand before the part by which the cue is looked up. */
  readonly before: { readonly least: number; readonly most: number };
}

/** How often a stem is taken to occur that is not among the frequent ones. */
const rare = 10;

/** The longest word that is looked up; what is longer is a hash or a blob. */
const longestWord = 64;

const mostRemembered = 50_000;

/**
 * Finds cues in text. Each cue is indexed under the words that its rarest required part can begin with; only where
 * one of these stands is the cue tried, so that the time grows with the text and not with text times lexicon.
 *
 * A class because it guards the index and the memory of words.
 */
export class CueMatcher {
  private readonly vocabulary = new Map<string, number>();
  private readonly byAnchor = new Map<number, Cue[]>();
  /** How often the stem of each number occurs. */
  private readonly frequencies: number[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(lexicon: Pick<Lexicon, "cues" | "frequent">) {
    for (const [key, count] of Object.entries(lexicon.frequent)) this.frequencies[this.numberFor(key)] = count;
    for (const [technique, ...lists] of lexicon.cues) {
      lists.forEach((patterns, at) => {
        for (const cue of patterns) this.add(technique, cueWeights[at] ?? "weak", cue);
      });
    }
  }

  /** Cues in the text between two offsets, which is taken as one sentence; in the order of their places. */
  find(text: string, from = 0, to = text.length): readonly CueMatch[] {
    const words = wordsOf(text, from, to);
    const stems = words.map((word) => this.numberOf(word.text));
    const found = new Map<string, CueMatch>();
    stems.forEach((anchor, at) => {
      if (anchor < 0) return;
      for (const cue of this.byAnchor.get(anchor) ?? []) {
        const first = firstMatch(cue, words, stems, at);
        if (!first) continue;
        const start = words[first.start]?.start ?? 0;
        const { technique, weight } = cue;
        const match = { start, end: words[first.end - 1]?.end ?? start, technique, weight, cue: cue.cue };
        found.set(`${technique} ${start} ${cue.cue}`, match);
      }
    });
    return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end || compare(a, b));
  }

  private add(technique: string, weight: CueWeight, cue: string): void {
    const steps = parseCue(cue).map((part) => this.toStep(part));
    const anchor = this.anchorOf(steps);
    const before = steps.slice(0, anchor).map(lengthOf);
    const row: Cue = {
      technique,
      weight,
      cue,
      steps,
      // What begins with its looked-up part needs no second check.
      beginnings: anchor === 0 ? undefined : beginningsOf(steps),
      before: { least: sum(before.map(({ least }) => least)), most: sum(before.map(({ most }) => most)) },
    };
    for (const number of beginningsOf(steps.slice(anchor, anchor + 1))) {
      const list = this.byAnchor.get(number);
      if (list) list.push(row);
      else this.byAnchor.set(number, [row]);
    }
  }

  /** The required step whose first words are the rarest. */
  private anchorOf(steps: readonly Step[]): number {
    let best = 0;
    let least = Infinity;
    steps.forEach((step, at) => {
      if (!isRequiredStep(step)) return;
      let cost = 0;
      for (const number of beginningsOf([step])) cost += this.frequencies[number] ?? rare;
      if (cost < least) {
        best = at;
        least = cost;
      }
    });
    return best;
  }

  private toStep(part: CuePart): Step {
    if (part.kind === "gap") return part;
    if (part.kind === "group") {
      const alternatives = part.alternatives.map((sequence) => sequence.map((inner) => this.toStep(inner)));
      return { kind: "group", optional: part.optional, alternatives };
    }
    return { kind: "word", stem: this.numberFor(stem(part.text)), exact: part.exact ? part.text : undefined };
  }

  /** The number of a stem of the lexicon, a new one for a new stem. */
  private numberFor(key: string): number {
    let number = this.vocabulary.get(key);
    if (number === undefined) this.vocabulary.set(key, (number = this.vocabulary.size));
    return number;
  }

  /** The number of the word's stem; -1 for a word that no cue has. */
  private numberOf(word: string): number {
    if (word.length > longestWord) return -1;
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.vocabulary.get(stem(word)) ?? -1;
      if (this.numbers.size >= mostRemembered) this.numbers.clear();
      this.numbers.set(word, number);
    }
    return number;
  }
}

const compare = (a: CueMatch, b: CueMatch): number =>
  a.technique < b.technique ? -1 : a.technique > b.technique ? 1 : a.cue < b.cue ? -1 : a.cue > b.cue ? 1 : 0;

/** The narrowest match whose looked-up part begins at word `at`. */
function firstMatch(
  cue: Cue,
  words: readonly Word[],
  stems: readonly number[],
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  const earliest = Math.max(0, at - cue.before.most);
  for (let start = at - cue.before.least; start >= earliest; start -= 1) {
    if (cue.beginnings && !cue.beginnings.has(stems[start] ?? -1)) continue;
    const ends = advance(cue.steps, [start * 2 + 1], words, stems);
    if (ends.length > 0) return { start, end: Math.min(...ends) >> 1 };
  }
  return undefined;
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
      const next = new Set<number>();
      for (const place of here) {
        const last = Math.min((place >> 1) + step.most, words.length - 1);
        for (let at = place >> 1; at <= last; at += 1) next.add(at * 2 + 1);
      }
      here = [...next];
    } else {
      const next = new Set<number>(step.optional ? here : []);
      for (const alternative of step.alternatives)
        for (const place of advance(alternative, here, words, stems)) next.add(place);
      here = [...next];
    }
  }
  return here;
}

/** Stems that the steps can begin with. */
function beginningsOf(steps: readonly Step[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const step of steps) {
    if (step.kind === "gap") continue;
    if (step.kind === "word") {
      found.add(step.stem);
      return found;
    }
    for (const alternative of step.alternatives) for (const number of beginningsOf(alternative)) found.add(number);
    if (!step.optional) return found;
  }
  return found;
}

function isRequiredStep(step: Step): boolean {
  if (step.kind !== "group") return step.kind === "word";
  return !step.optional && step.alternatives.every((alternative) => alternative.some(isRequiredStep));
}

/** How many words a step can stand for. */
function lengthOf(step: Step): { readonly least: number; readonly most: number } {
  if (step.kind === "word") return { least: 1, most: 1 };
  if (step.kind === "gap") return { least: 0, most: step.most };
  const lengths = step.alternatives.map((sequence) => sequence.map(lengthOf));
  return {
    least: step.optional ? 0 : Math.min(...lengths.map((row) => sum(row.map(({ least }) => least)))),
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
