/** How much of what speaks for a technique the span must hold. */
const enough = 0.6;
/** More words than that are looked at in stretches. */
const mostWords = 120;

/**
 * The shortest run of words that holds most of what speaks for a label; `weigh` says how much each word does.
 * Offsets are those of the sentence. A sentence without a telling word is its own evidence.
 */
export function evidenceSpan(
  sentence: string,
  weigh: (words: readonly string[]) => readonly number[],
): { readonly start: number; readonly end: number } {
  const words = [...sentence.matchAll(/\S+/g)].slice(0, mostWords);
  const weights = weigh(words.map(([word]) => word)).map((weight) => Math.max(0, weight));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return { start: 0, end: sentence.length };
  let best = { from: 0, to: words.length - 1 };
  if (total > 0) {
    let from = 0;
    let sum = 0;
    weights.forEach((weight, to) => {
      sum += weight;
      while (sum - (weights[from] ?? 0) >= enough * total) {
        sum -= weights[from] ?? 0;
        from += 1;
      }
      if (sum >= enough * total && to - from < best.to - best.from) best = { from, to };
    });
  }
  const start = words[best.from]?.index ?? 0;
  const end = words[best.to];
  return trimmed(sentence, start, end ? end.index + end[0].length : sentence.length);
}

/** Without punctuation at its ends. */
function trimmed(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  let start = from;
  let end = to;
  while (start < end - 1 && /[\s"'“”‘’([{<,;:]/.test(text.charAt(start))) start += 1;
  while (end > start + 1 && /[\s"'“”‘’)\]}>.,;:!?]/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}
