import type { Features } from "../../src/mapping/model/features.ts";
import { foldCount, foldOf, type CrossValidation } from "./cross-validate.ts";
import type { Corpus } from "./examples.ts";
import type { Judged } from "./figures.ts";
import { scoreAll, train, type Task } from "./folds.ts";

/**
 * The simple way, for comparison: TF-IDF over words and pairs of words, one linear classifier a technique, learnt from
 * the reports and ATT&CK's procedure examples with nothing weighed. Scores stand where probabilities would.
 */
export async function judgeByBaseline(
  corpus: Corpus,
  { labels: all, annotated, sentences }: CrossValidation,
): Promise<readonly Judged[]> {
  const examples = corpus.examples.filter(({ source }) => source === "report" || source === "procedure");
  const labels = all.slice(0, annotated);
  const tasks = labels.map((technique): Task => ({ kind: "baseline", technique }));
  const judged: Judged[] = [];
  for (let fold = 0; fold < foldCount; fold += 1) {
    const outside = examples.filter((example) => example.source !== "report" || foldOf(example) !== fold);
    const trained = await train(outside, tasks, wordsAndPairs);
    const inside = sentences.flatMap((example, at) => (foldOf(example) === fold ? [at] : []));
    const scores = scoreAll(
      inside.map((at) => sentences[at]?.text ?? ""),
      trained,
    );
    inside.forEach((sentence, index) => {
      scores[index]?.forEach((probability, label) => {
        const truth = sentences[sentence]?.techniques.includes(labels[label] ?? "") === true;
        judged.push({ sentence, label, probability, truth });
      });
    });
  }
  return judged;
}

function wordsAndPairs(text: string): Features {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? []).map(hashOf);
  const pairs = words.slice(1).map((word, at) => (Math.imul((words[at] ?? 0) ^ 0x9e3779b9, 0x85ebca6b) ^ word) | 0);
  return { words: [...words, ...pairs], stems: [], characters: [] };
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}
