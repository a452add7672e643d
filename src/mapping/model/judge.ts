import type { JudgeWeights } from "./model.ts";

/** What speaks for and against one technique in one sentence, beside the sentence's own traits. */
export interface Signs {
  /** The linear score of the technique. */
  readonly score: number;
  /** The best score of another member of its family, −1 where it has none. */
  readonly family: number;
  /** Different cues of the technique that match, by weight. */
  readonly decisive: number;
  readonly strong: number;
  readonly weak: number;
  /** How much a command or artefact says: the tokens that match, 0 for none. */
  readonly command: number;
}

/** What is the same for all techniques of a sentence. */
export interface SentenceTraits {
  /** The gates' scores: whether the sentence describes what annotators mark, and whether it describes anything. */
  readonly marked: number;
  readonly any: number;
  /** The best and the second-best score of all techniques. */
  readonly best: number;
  readonly second: number;
  /** How many techniques score above {@link plausible}. */
  readonly plausible: number;
  /** A technique that is none of the annotated ones has a decisive cue. */
  readonly foreign: boolean;
  /** A rule says that it tells of no deed. */
  readonly noDeed: boolean;
  readonly negated: boolean;
  /** UTF-16 units. */
  readonly length: number;
  readonly item: boolean;
  readonly closed: boolean;
}

/** Scores from here on count as plausible. */
export const plausible = -0.6;

const shortSentence = 40;
const usualLength = 110;

/** The inputs of a judge, in the order in which its weights are kept. */
export function inputsOf(signs: Signs, traits: SentenceTraits): readonly number[] {
  const { score } = signs;
  const isBest = score === traits.best;
  return [
    1,
    score,
    Math.max(0, score + 0.7),
    Math.max(0, score + 0.3),
    traits.marked,
    Math.max(0, traits.marked),
    score - (isBest ? traits.second : traits.best),
    isBest ? 1 : 0,
    traits.best,
    Math.min(2, signs.decisive),
    Math.min(2, signs.strong),
    Math.min(2, signs.weak),
    Math.min(4, signs.command),
    Math.max(-1, signs.family),
    traits.noDeed ? 1 : 0,
    traits.negated ? 1 : 0,
    Math.log((1 + traits.length) / usualLength),
    Math.min(4, traits.plausible / 5),
    traits.foreign ? 1 : 0,
    traits.length < shortSentence ? 1 : 0,
    traits.item ? 1 : 0,
    traits.closed ? 1 : 0,
    traits.any,
    Math.max(0, traits.any),
  ];
}

/** How many inputs a judge has. */
export const inputCount = 24;

/** A judge's numbers, side by side: this is asked of a dozen techniques in every sentence. */
interface Packed {
  readonly means: Float64Array;
  readonly spreads: Float64Array;
  /** Unit after unit. */
  readonly hidden: Float64Array;
  readonly output: Float64Array;
  readonly straight: Float64Array;
  /** The inputs of the one that is judged, standardised; used again and again. */
  readonly standard: Float64Array;
}

const packs = new WeakMap<JudgeWeights, Packed>();

function packed(weights: JudgeWeights): Packed {
  let pack = packs.get(weights);
  if (!pack) {
    const { means, spreads, hidden, output, straight } = weights;
    pack = {
      means: Float64Array.from(means),
      spreads: Float64Array.from(spreads),
      hidden: Float64Array.from(hidden.flat()),
      output: Float64Array.from(output),
      straight: Float64Array.from(straight),
      standard: new Float64Array(straight.length),
    };
    packs.set(weights, pack);
  }
  return pack;
}

/** The probability, 0–1, that an analyst would map the sentence to the technique. */
export function judge(inputs: readonly number[], weights: JudgeWeights): number {
  const { means, spreads, hidden, output, straight, standard } = packed(weights);
  const size = standard.length;
  standard[0] = 1;
  let sum = straight[0] as number;
  for (let at = 1; at < size; at += 1) {
    const value = ((inputs[at] as number) - (means[at] as number)) / (spreads[at] as number);
    standard[at] = value;
    sum += (straight[at] as number) * value;
  }
  for (let unit = 0; unit < output.length; unit += 1) {
    let inner = 0;
    for (let at = 0; at < size; at += 1) inner += (hidden[unit * size + at] as number) * (standard[at] as number);
    sum += (output[unit] as number) * Math.tanh(inner);
  }
  return 1 / (1 + Math.exp(-sum));
}

/** A date or a time of day at the head of a sentence. */
const moment =
  /^\W*(?:\d{4}-\d{2}-\d{2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}:\d{2}(?::\d{2})?)\W*(?:(?:UTC|GMT|Z|h)(?![\p{L}\d])\W*)?/u;

/** Traits that the words alone show. */
export function traitsOfText(text: string): Pick<SentenceTraits, "negated" | "length" | "item" | "closed"> {
  return {
    negated: /\b(?:not|never|no|without)\b/i.test(text),
    length: text.length,
    // “21:15 The shortcut …” is a line of a timeline, and no item of a list.
    item: /^\W*\d+\W|^[-•*]/.test(text.slice(0, 40).replace(moment, "")),
    closed: /[.!?]["')\]]*\s*$/.test(text.slice(-20)),
  };
}
