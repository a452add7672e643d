import { CommandMatcher } from "../../src/mapping/lexicon/command-matcher.ts";
import { CueMatcher } from "../../src/mapping/lexicon/cue-matcher.ts";
import type { Lexicon } from "../../src/mapping/lexicon/lexicon.ts";
import { inputsOf } from "../../src/mapping/model/judge.ts";
import { findCommandsIn, labelTable, signsOf } from "../../src/mapping/model/signs.ts";
import { hasNoDeed } from "../../src/mapping/rules/no-deed.ts";
import type { Corpus, Example } from "./examples.ts";
import { scoreAll, train, type Task } from "./folds.ts";

/** One sentence and one technique that may be in it: what a judge sees, and what annotators said. */
export interface Row {
  /** Index into {@link CrossValidation.sentences}. */
  readonly sentence: number;
  /** Index into {@link CrossValidation.labels}. */
  readonly label: number;
  readonly inputs: readonly number[];
  readonly truth: boolean;
}

export interface CrossValidation {
  /** Techniques that annotators marked, and behind them those that we read beside often enough to measure. */
  readonly labels: readonly string[];
  /** How many of the labels annotators marked. */
  readonly annotated: number;
  readonly sentences: readonly Example[];
  /** Scores of each sentence by the model that had not seen its report: one for each label, and those of two gates. */
  readonly scores: readonly Float32Array[];
  /** Rows of the techniques that annotators marked, and of the others. */
  readonly marked: readonly Row[];
  readonly read: readonly Row[];
}

export const foldCount = 5;

/** Reports are dealt to the folds in turn, so that no sentence of a report helps to judge another of it. */
export const foldOf = ({ document = 0 }: Pick<Example, "document">): number => document % foldCount;

/** Of rarer techniques most folds would have nothing to say, and each takes its time. */
const leastRead = 3;

/** Whether a sentence describes what annotators marked, and whether it describes anything: the first two of the model's gates. */
export const gateTasks = (corpus: Corpus, techniques: readonly string[]): readonly Task[] => [
  { kind: "any", of: corpus.annotated },
  { kind: "any", of: new Set(techniques) },
];

export async function crossValidate(
  corpus: Corpus,
  lexicon: Lexicon,
  say: (line: string) => void,
): Promise<CrossValidation> {
  const sentences = corpus.examples.filter(({ source }) => source === "report");
  const counts = new Map<string, number>();
  for (const id of sentences.flatMap(({ techniques }) => techniques)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const marked = [...corpus.annotated].sort();
  const read = [...counts.keys()]
    .filter((id) => !corpus.annotated.has(id) && (counts.get(id) ?? 0) >= leastRead)
    .sort();
  const labels = [...marked, ...read];
  const scores: Float32Array[] = [];
  const tasks: readonly Task[] = [
    ...marked.map((technique): Task => ({ kind: "marked", technique })),
    ...read.map((technique): Task => ({ kind: "read", technique })),
    ...gateTasks(corpus, [...counts.keys()]),
  ];
  for (let fold = 0; fold < foldCount; fold += 1) {
    const outside = corpus.examples.filter((example) => example.source !== "report" || foldOf(example) !== fold);
    const trained = await train(outside, tasks);
    const inside = sentences.flatMap((example, at) => (foldOf(example) === fold ? [at] : []));
    const found = scoreAll(
      inside.map((at) => sentences[at]?.text ?? ""),
      trained,
    );
    inside.forEach((at, index) => {
      scores[at] = found[index] ?? new Float32Array();
    });
    say(`fold ${fold + 1} of ${foldCount} trained on ${outside.length} texts`);
  }
  const table = labelTable({ labels, techniques: labels.length, annotated: marked.length });
  const cueMatcher = new CueMatcher(lexicon);
  const commandMatcher = new CommandMatcher(lexicon);
  const rows = sentences.flatMap(({ text, techniques }, sentence): readonly Row[] => {
    const cues = cueMatcher.find(text);
    const commands = findCommandsIn(commandMatcher, text);
    const own = scores[sentence] ?? new Float32Array();
    const { traits, candidates } = signsOf(text, own, table, cues, commands, hasNoDeed(text));
    return [...candidates].map(([label, signs]): Row => {
      const truth = techniques.includes(labels[label] ?? "");
      return { sentence, label, inputs: inputsOf(signs, traits), truth };
    });
  });
  return {
    labels,
    annotated: marked.length,
    sentences,
    scores,
    marked: rows.filter(({ label }) => label < marked.length),
    read: rows.filter(({ label }) => label >= marked.length),
  };
}
