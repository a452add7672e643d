/**
 * Compares families of models by themselves, without lexicon, commands and judge: five folds over the annotated reports,
 * each threshold chosen on the other folds. Prints the rows of docs/mapping.md ("What was tried") that are its own.
 *
 *   npm run compare -- DIR      DIR holds corpora/ (annotated reports) and attack/ (STIX bundles)
 */
import { loadBundledCatalogue } from "../src/cli/bundled-data.ts";
import { dataDirectory } from "./lexicon/source.ts";
import { foldCount, foldOf } from "./train/cross-validate.ts";
import { readCorpus, type Example } from "./train/examples.ts";
import { scoreByFactors, trainFactorised } from "./train/factorised.ts";
import { measure, type Judged } from "./train/figures.ts";
import { scoreAll, train, type Task } from "./train/folds.ts";
import { scoreByNearest } from "./train/nearest-examples.ts";
import { vectorsOf, vocabularyOf } from "./train/vectors.ts";

const directory = process.argv[2];
if (directory === undefined) {
  console.error("usage: npm run compare -- DIR");
  process.exit(2);
}

/** Scores of texts by what was learnt from examples, a technique each. */
type Family = (
  examples: readonly Example[],
  texts: readonly string[],
  labels: readonly string[],
) => Promise<readonly Float32Array[]>;

/** What a family said of a fold is kept for the rows in which it is one of several. */
function kept(family: Family): Family {
  const known = new Map<string, Promise<readonly Float32Array[]>>();
  return (examples, texts, labels) => {
    const key = `${examples.length} ${texts[0] ?? ""}`;
    let found = known.get(key);
    if (!found) known.set(key, (found = family(examples, texts, labels)));
    return found;
  };
}

const linear = kept(async (examples, texts, labels) =>
  scoreAll(
    texts,
    await train(
      examples,
      labels.map((technique): Task => ({ kind: "marked", technique })),
    ),
  ),
);

const factorised = kept((examples, texts, labels) => {
  const own = examples.map(({ text }) => text);
  const vocabulary = vocabularyOf(own, 2);
  const learnt = trainFactorised(vectorsOf(own, vocabulary), examples, labels, 1);
  return Promise.resolve(scoreByFactors(vectorsOf(texts, vocabulary), learnt));
});

const nearest = kept((examples, texts, labels) => {
  const own = examples.map(({ text }) => text);
  const vocabulary = vocabularyOf(own, 2);
  return Promise.resolve(scoreByNearest(vectorsOf(texts, vocabulary), vectorsOf(own, vocabulary), examples, labels));
});

/** What several families say, each counted in spreads from its mean. */
const together =
  (...families: readonly Family[]): Family =>
  async (examples, texts, labels) => {
    const found: (readonly Float32Array[])[] = [];
    for (const family of families) found.push(standardised(await family(examples, texts, labels)));
    return texts.map((_, text) =>
      Float32Array.from(labels, (_, label) => found.reduce((sum, scores) => sum + (scores[text]?.[label] ?? 0), 0)),
    );
  };

function standardised(scores: readonly Float32Array[]): readonly Float32Array[] {
  let [count, sum, squares] = [0, 0, 0];
  for (const row of scores)
    for (const score of row) {
      count += 1;
      sum += score;
      squares += score * score;
    }
  const mean = sum / count;
  const spread = Math.sqrt(squares / count - mean * mean) || 1;
  return scores.map((row) => row.map((score) => (score - mean) / spread));
}

const isAny = (): boolean => true;
const isOfOthers = ({ source }: Example): boolean => source !== "passage";

const rows: readonly (readonly [what: string, family: Family, learnsFrom: (example: Example) => boolean])[] = [
  ["linear scores", linear, isAny],
  ["factorised: a vector of 32 numbers a feature, their sum times a vector a technique", factorised, isAny],
  ["the most similar example", nearest, isAny],
  ["linear and factorised, added", together(linear, factorised), isAny],
  ["linear and most similar example, added", together(linear, nearest), isAny],
  ["linear scores, without passages and reports of our own", linear, isOfOthers],
];

const catalogue = loadBundledCatalogue(dataDirectory);
const corpus = readCorpus(directory, catalogue);
const sentences = corpus.examples.filter(({ source }) => source === "report");
const labels = [...corpus.annotated].sort();
console.log("| family, by itself | sentence F1 | report F1 | recall@3 |\n|---|---|---|---|");
for (const [what, family, learnsFrom] of rows) {
  const judged: Judged[] = [];
  for (let fold = 0; fold < foldCount; fold += 1) {
    const outside = corpus.examples.filter(
      (example) => learnsFrom(example) && (example.source !== "report" || foldOf(example) !== fold),
    );
    const inside = sentences.flatMap((example, at) => (foldOf(example) === fold ? [at] : []));
    const scores = await family(
      outside,
      inside.map((at) => sentences[at]?.text ?? ""),
      labels,
    );
    inside.forEach((sentence, index) => {
      scores[index]?.forEach((probability, label) => {
        const truth = sentences[sentence]?.techniques.includes(labels[label] ?? "") === true;
        judged.push({ sentence, label, probability, truth });
      });
    });
  }
  const { sentence, report, recallAt3 } = measure(judged, { labels, annotated: labels.length, sentences }, "marked");
  console.log(`| ${what} | ${[sentence.f1, report.f1, recallAt3].map((figure) => figure.toFixed(3)).join(" | ")} |`);
}
