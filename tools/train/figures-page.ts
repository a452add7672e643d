import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../../src/attack/catalogue.ts";
import { dataDirectory } from "../lexicon/source.ts";
import { judgeByBaseline } from "./baseline.ts";
import type { CrossValidation } from "./cross-validate.ts";
import type { Corpus } from "./examples.ts";
import { bestThreshold, judgeFolds, measure, reliability, scoresOf, type Judged } from "./figures.ts";

/** Computes every figure of a cross-validation, the baseline's beside them, prints them and writes them into docs/mapping.md. */
export async function writeFigures(corpus: Corpus, validation: CrossValidation, catalogue: Catalogue): Promise<void> {
  const judged = judgeFolds(validation.marked, validation);
  const read = judgeFolds(validation.read, validation);
  const baseline = await judgeByBaseline(corpus, validation);
  const text = [
    summary(corpus, validation, judged, read, baseline),
    "### Reliability\n",
    reliabilityTable(judged),
    "### Confusions that cost most\n",
    confusions(validation, judged, catalogue),
    "### Techniques\n",
    perTechnique(validation, judged, catalogue),
  ].join("\n");
  console.log(text);
  const path = join(dataDirectory, "..", "docs", "mapping.md");
  const page = readFileSync(path, "utf8");
  const [open, close] = ["<!-- figures: npm run evaluate -->", "<!-- /figures -->"];
  const from = page.indexOf(open);
  const to = page.indexOf(close);
  if (from < 0 || to < from) throw new Error(`${path}: no room for the figures between ${open} and ${close}`);
  writeFileSync(path, `${page.slice(0, from + open.length)}\n\n${text}\n${page.slice(to)}`);
}

function summary(
  corpus: Corpus,
  validation: CrossValidation,
  judged: readonly Judged[],
  read: readonly Judged[],
  baseline: readonly Judged[],
): string {
  const others = validation.labels.length - validation.annotated;
  const rows = [
    ["this mapping", measure(judged, validation, "marked")],
    ["simple baseline", measure(baseline, validation, "marked")],
    [`this mapping, the ${others} other techniques`, measure(read, validation, "read")],
  ] as const;
  // The baseline's usual threshold is chosen on what it is measured by, which flatters it.
  const marked = new Set(validation.labels.slice(0, validation.annotated));
  const told = validation.sentences.flatMap(({ techniques }) => techniques);
  const truths = told.filter((id) => marked.has(id)).length;
  const readTruths = told.filter((id) => validation.labels.includes(id)).length - truths;
  const best = bestThreshold(baseline, truths);
  const said = baseline.filter(({ probability }) => probability >= best);
  const flattered = scoresOf(said.filter(({ truth }) => truth).length, said.length, truths);
  return [
    `${corpus.documents} reports, ${validation.sentences.length} sentences, ${truths} labels of ${marked.size} techniques that annotators marked, and ${readTruths} of ${others} others that we read beside; five folds by report, each threshold chosen on the other folds.\n`,
    "| | sentence F1 | precision | recall | report F1 | recall@3 |",
    "|---|---|---|---|---|---|",
    ...rows.map(
      ([name, { sentence, report, recallAt3 }]) =>
        `| ${name} | ${three(sentence.f1)} | ${three(sentence.precision)} | ${three(sentence.recall)} | ${three(report.f1)} | ${three(recallAt3)} |`,
    ),
    `| simple baseline, its threshold chosen on the test set | ${three(flattered.f1)} | ${three(flattered.precision)} | ${three(flattered.recall)} | | |`,
    "",
  ].join("\n");
}

function reliabilityTable(judged: readonly Judged[]): string {
  const { bins, error } = reliability(judged);
  return [
    "| probability | pairs | mean said | true |",
    "|---|---|---|---|",
    ...bins.map(
      ({ from: low, count, said, true: share }) =>
        `| ${low.toFixed(1)}–${(low + 0.1).toFixed(1)} | ${count} | ${three(said)} | ${three(share)} |`,
    ),
    `\nExpected calibration error over pairs of at least 0.1: ${three(error)}.\n`,
  ].join("\n");
}

/** What was said of sentences whose annotation is another. */
function confusions(validation: CrossValidation, judged: readonly Judged[], catalogue: Catalogue): string {
  const threshold = middle(measure(judged, validation, "marked").thresholds);
  const marked = new Set(validation.labels.slice(0, validation.annotated));
  const counts = new Map<string, number>();
  for (const { sentence, label, probability, truth } of judged) {
    if (truth || probability < threshold) continue;
    const said = validation.labels[label] ?? "";
    for (const meant of (validation.sentences[sentence]?.techniques ?? []).filter((id) => marked.has(id)))
      counts.set(`${meant}|${said}`, (counts.get(`${meant}|${said}`) ?? 0) + 1);
  }
  const worst = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 15);
  return [
    "| annotated | said beside it or instead | sentences |",
    "|---|---|---|",
    ...worst.map(
      ([pair, count]) =>
        `| ${pair
          .split("|")
          .map((id) => named(id, catalogue))
          .join(" | ")} | ${count} |`,
    ),
    "",
  ].join("\n");
}

function perTechnique(validation: CrossValidation, judged: readonly Judged[], catalogue: Catalogue): string {
  const threshold = middle(measure(judged, validation, "marked").thresholds);
  const rows = validation.labels.slice(0, validation.annotated).map((id, label) => {
    const own = judged.filter((pair) => pair.label === label && pair.probability >= threshold);
    return { id, ...scoresOf(own.filter(({ truth }) => truth).length, own.length, count(validation, id)) };
  });
  return [
    "| technique | labels | precision | recall | F1 |",
    "|---|---|---|---|---|",
    ...rows
      .sort((a, b) => count(validation, b.id) - count(validation, a.id) || (a.id < b.id ? -1 : 1))
      .map(
        ({ id, precision, recall, f1 }) =>
          `| ${named(id, catalogue)} | ${count(validation, id)} | ${three(precision)} | ${three(recall)} | ${three(f1)} |`,
      ),
    "",
  ].join("\n");
}

function count({ sentences }: CrossValidation, id: string): number {
  return sentences.filter(({ techniques }) => techniques.includes(id)).length;
}

function three(value: number): string {
  return value.toFixed(3);
}

function named(id: string, catalogue: Catalogue): string {
  return `${id} ${catalogue.get(id)?.name ?? ""}`;
}

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0.5;
}
