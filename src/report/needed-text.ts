import { RegExpParser, type AST } from "@eslint-community/regexpp";

/**
 * Texts, in lower case where they are of ASCII, of which a text has one wherever all of these patterns match: what has none
 * need not be asked. Undefined where there are none, or only such as every other sentence has.
 *
 * The idea is that of the prefilters of RE2 and Hyperscan.
 */
export function neededText(patterns: readonly RegExp[]): readonly string[] | undefined {
  const needed = patterns.map(neededOfPattern).reduce(rarer, undefined);
  return needed && costOf(needed) < tooCommon ? distinct(shortest(needed).map(rarestPart)) : undefined;
}

function neededOfPattern({ source, flags }: RegExp): readonly string[] | undefined {
  const { alternatives } = parser.parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  return neededOf(readAlternatives(alternatives));
}

const parser = new RegExpParser();

/** What is known of a part of a pattern: all the texts that it can match, or of which texts it has to match one. */
interface Part {
  /** Undefined where they are not known, or too many. */
  readonly whole: readonly string[] | undefined;
  readonly needed: readonly string[] | undefined;
}

/** Texts that are looked at at most, where choices follow upon each other. */
const mostTexts = 48;

/** UTF-16 units of a text beyond which it tells no more. */
const longest = 12;

const nothing: Part = { whole: [""], needed: undefined };
const anything: Part = { whole: undefined, needed: undefined };

const neededOf = ({ whole, needed }: Part): readonly string[] | undefined => rarer(useful(whole), needed);

/** Nothing is told by a text that may be empty. */
const useful = (texts: readonly string[] | undefined): readonly string[] | undefined =>
  texts === undefined || texts.length === 0 || texts.includes("") ? undefined : texts;

function rarer(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!one || !other) return one ?? other;
  return costOf(one) <= costOf(other) ? one : other;
}

function readAlternatives(alternatives: readonly AST.Alternative[]): Part {
  const parts = alternatives.map(({ elements }) => readSequence(elements));
  const [only, second] = parts;
  if (only && !second) return only;
  const whole = unionOf(parts.map((part) => part.whole));
  return { whole: whole && whole.length <= mostTexts ? whole : undefined, needed: unionOf(parts.map(neededOf)) };
}

/** Undefined as soon as one of them is. */
function unionOf(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const known = lists.filter((texts) => texts !== undefined);
  return known.length < lists.length ? undefined : distinct(known.flat());
}

function readSequence(elements: readonly AST.Element[]): Part {
  let best: readonly string[] | undefined;
  /** All texts that the elements since the last gap can match; before the first gap they are the whole. */
  let run: readonly string[] = [""];
  let isWhole = true;
  for (const element of elements) {
    const { whole, needed } = readElement(element);
    best = rarer(needed, best);
    if (!whole || run.length * whole.length > mostTexts || (run[0]?.length ?? 0) > longest) {
      best = rarer(useful(run), best);
      isWhole = false;
      run = [""];
    }
    if (whole) run = distinct(run.flatMap((before) => whole.map((text) => before + text)));
  }
  return isWhole ? { whole: run, needed: best } : { whole: undefined, needed: rarer(useful(run), best) };
}

function readElement(element: AST.Element): Part {
  switch (element.type) {
    case "Character":
      return readCharacter(element.value);
    case "Group":
    case "CapturingGroup":
      return readAlternatives(element.alternatives);
    case "Assertion":
      return element.kind === "lookahead" || element.kind === "lookbehind"
        ? element.negate
          ? nothing
          : { whole: nothing.whole, needed: neededOf(readAlternatives(element.alternatives)) }
        : nothing;
    case "Quantifier": {
      if (element.max === 0) return nothing;
      const part = readElement(element.element);
      const isOnce = element.max === 1;
      if (element.min === 0)
        return { whole: isOnce && part.whole ? distinct(["", ...part.whole]) : undefined, needed: undefined };
      return { whole: isOnce ? part.whole : undefined, needed: neededOf(part) };
    }
    case "CharacterClass":
      return readClass(element);
    case "Backreference":
    case "CharacterSet":
    case "ExpressionCharacterClass":
      return anything;
  }
}

function readCharacter(value: number): Part {
  const letter = letterOf(value);
  return letter === undefined ? anything : { whole: [letter], needed: undefined };
}

/** A class of a few characters, “[Tt]”; of more it is as good as anything. */
function readClass({ negate, elements }: AST.CharacterClass): Part {
  if (negate || elements.length > mostOfClass) return anything;
  const letters: string[] = [];
  for (const element of elements) {
    const letter = element.type === "Character" ? letterOf(element.value) : undefined;
    if (letter === undefined) return anything;
    letters.push(letter);
  }
  return { whole: distinct(letters), needed: undefined };
}

const mostOfClass = 4;

/** A character as it is looked for; of letters beyond ASCII nobody knows here what else they match where case is ignored. */
function letterOf(value: number): string | undefined {
  const letter = String.fromCodePoint(value);
  if (value < 128) return letter.toLowerCase();
  return value < 0xffff && letter.toLowerCase() === letter.toUpperCase() ? letter : undefined;
}

const distinct = (texts: readonly string[]): readonly string[] => (texts.length < 2 ? texts : [...new Set(texts)]);

/** Whoever holds “rebranded” holds “rebrand”. */
const shortest = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => !texts.some((other) => other.length < text.length && text.includes(other)));

/** The part of a text that is looked for: the rarest, and no longer than it takes. */
function rarestPart(text: string): string {
  let best = 0;
  for (let at = 1; at + lookedFor <= text.length; at += 1) if (rarity(text, at) < rarity(text, best)) best = at;
  return text.slice(best, best + lookedFor);
}

/** UTF-16 units. */
const lookedFor = 7;

/** How often one of the texts is to be expected, roughly, at a place of a sentence. */
function costOf(texts: readonly string[]): number {
  const known = costs.get(texts);
  if (known !== undefined) return known;
  let cost = 0;
  for (const text of texts) {
    let least = rarity(text, 0);
    for (let at = 1; at + lookedFor <= text.length; at += 1) least = Math.min(least, rarity(text, at));
    cost += least;
  }
  costs.set(texts, cost);
  return cost;
}

const costs = new WeakMap<readonly string[], number>();

/** What is to be found at more than one in so many places is in most sentences. */
const tooCommon = 1 / 60;

/** By code of ASCII, how common a character is; letters of English, the space before all, rounded. */
const shares = new Float64Array(128).fill(0.004);
for (const [letters, share] of [
  [" ", 0.17],
  ["e", 0.1],
  ["tao", 0.07],
  ["insr", 0.06],
  ["hldc", 0.035],
  ["umpfgwy", 0.02],
  ["bv", 0.012],
] as const)
  for (let at = 0; at < letters.length; at += 1) shares[letters.charCodeAt(at)] = share;

/** Of the part of a text that begins at an offset. */
function rarity(text: string, from: number): number {
  let product = 1;
  for (let at = from; at < Math.min(text.length, from + lookedFor); at += 1)
    product *= shares[text.charCodeAt(at)] ?? 0.004;
  return product;
}
