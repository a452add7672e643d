import type { Lexicon } from "./lexicon.ts";
import { stem } from "./stem.ts";
import { wordsOf } from "./words.ts";

/** Least share of words in common for two sentences to be alike. */
const alike = 0.15;
const mostWords = 200;

const read = new WeakMap<Lexicon, Map<string, readonly ReadonlySet<string>[]>>();

/** The lexicon's example of a technique that shares most words with a sentence; none where all share too little. */
export function nearestExample(lexicon: Lexicon, technique: string, sentence: string): string | undefined {
  const examples = lexicon.examples?.[technique] ?? [];
  const known = read.get(lexicon) ?? new Map<string, readonly ReadonlySet<string>[]>();
  read.set(lexicon, known);
  let sets = known.get(technique);
  if (!sets) known.set(technique, (sets = examples.map(stemsOf)));
  const own = stemsOf(sentence);
  let best: string | undefined;
  let most = alike;
  sets.forEach((set, at) => {
    let common = 0;
    for (const key of set) if (own.has(key)) common += 1;
    const share = common / (own.size + set.size - common || 1);
    if (share > most) {
      most = share;
      best = examples[at];
    }
  });
  return best;
}

/** Words of four letters and more: shorter ones are mostly glue. */
const stemsOf = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text.slice(0, 2000))
      .slice(0, mostWords)
      .filter(({ start, end }) => end - start > 3)
      .map((word) => stem(word.text)),
  );
