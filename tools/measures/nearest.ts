import type { Question, Ranking } from "./knowledge.ts";

/**
 * The simple way, for comparison: TF-IDF over words, pairs of words and runs of three to five characters; the technique
 * whose texts together are nearest by cosine comes first.
 */
export function rankByNearest(examples: readonly Question[]): Ranking {
  const documents = new Map<string, Map<string, number>>();
  const frequency = new Map<string, number>();
  for (const { technique, text } of examples) {
    const sums = documents.get(technique) ?? new Map<string, number>();
    documents.set(technique, sums);
    for (const term of termsOf(text)) {
      sums.set(term, (sums.get(term) ?? 0) + 1);
      frequency.set(term, (frequency.get(term) ?? 0) + 1);
    }
  }
  const weight = (term: string, count: number): number =>
    (1 + Math.log(count)) * Math.log((1 + examples.length) / (frequency.get(term) ?? examples.length));
  const postings = new Map<string, { readonly technique: string; readonly weight: number }[]>();
  for (const [technique, sums] of documents) {
    const weights = [...sums].map(([term, count]) => [term, weight(term, count)] as const);
    const norm = Math.hypot(...weights.map(([, value]) => value)) || 1;
    for (const [term, value] of weights) {
      const list = postings.get(term) ?? [];
      list.push({ technique, weight: value / norm });
      postings.set(term, list);
    }
  }
  return (text) => {
    const scores = new Map<string, number>();
    for (const term of termsOf(text))
      for (const posting of postings.get(term) ?? [])
        scores.set(posting.technique, (scores.get(posting.technique) ?? 0) + weight(term, 1) * posting.weight);
    return [...scores].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([technique]) => technique);
  };
}

function termsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  const runs = words.flatMap((word) => {
    const padded = ` ${word.slice(0, 40)} `;
    return [3, 4, 5].flatMap((length) =>
      Array.from({ length: Math.max(0, padded.length - length + 1) }, (_, at) => padded.slice(at, at + length)),
    );
  });
  return new Set([...words, ...words.slice(1).map((word, at) => `${words[at] ?? ""} ${word}`), ...runs]);
}
