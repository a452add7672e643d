import { CommandMatcher } from "../../src/mapping/lexicon/command-matcher.ts";
import { CueMatcher } from "../../src/mapping/lexicon/cue-matcher.ts";
import type { Lexicon } from "../../src/mapping/lexicon/lexicon.ts";
import { inputsOf } from "../../src/mapping/model/judge.ts";
import { findCommandsIn, labelTable, signsOf, type LabelTable } from "../../src/mapping/model/signs.ts";
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
  readonly labels: readonly string[];
  readonly sentences: readonly Example[];
  /** Scores of each sentence by the model that had not seen its report: one for each label, and the gate's. */
  readonly scores: readonly Float32Array[];
  /** Rows of the techniques as they are learnt from reports, and as if no annotator had marked them. */
  readonly plain: readonly Row[];
  readonly unseen: readonly Row[];
}

/** Techniques are dealt to so many groups; each has a gate that takes sentences of its techniques for unmarked. */
const gateGroups = 5;

export const foldCount = 5;

/** Reports are dealt to the folds in turn, so that no sentence of a report helps to judge another of it. */
export const foldOf = ({ document = 0 }: Pick<Example, "document">): number => document % foldCount;

/** How many weights a technique keeps. */
export const mostWeights = { annotated: 6500, other: 850 } as const;

export async function crossValidate(
  corpus: Corpus,
  lexicon: Lexicon,
  say: (line: string) => void,
): Promise<CrossValidation> {
  const labels = [...corpus.annotated].sort();
  const sentences = corpus.examples.filter(({ source }) => source === "report");
  const scores: Float32Array[] = [];
  const unseenScores: Float32Array[] = [];
  const blindGates: Float32Array[] = [];
  const tasks: readonly Task[] = [
    ...labels.map((technique): Task => ({ kind: "plain", technique })),
    { kind: "any" },
    ...labels.map((technique): Task => ({ kind: "unseen", technique })),
    ...Array.from({ length: gateGroups }, (_, group): Task => ({
      kind: "any",
      without: new Set(labels.filter((_, label) => label % gateGroups === group)),
    })),
  ];
  for (let fold = 0; fold < foldCount; fold += 1) {
    const outside = corpus.examples.filter((example) => example.source !== "report" || foldOf(example) !== fold);
    const trained = await train(outside, tasks, (task) =>
      task.kind === "unseen" ? mostWeights.other : mostWeights.annotated,
    );
    const inside = sentences.flatMap((example, at) => (foldOf(example) === fold ? [at] : []));
    const found = scoreAll(
      inside.map((at) => sentences[at]?.text ?? ""),
      trained,
    );
    inside.forEach((at, index) => {
      const all = found[index] ?? new Float32Array();
      scores[at] = all.slice(0, labels.length + 1);
      unseenScores[at] = all.slice(labels.length + 1, 2 * labels.length + 1);
      blindGates[at] = all.slice(2 * labels.length + 1);
    });
    say(`fold ${fold + 1} of ${foldCount} trained on ${outside.length} texts`);
  }
  const table = labelTable({ labels, techniques: labels.length, annotated: labels.length });
  const cueMatcher = new CueMatcher(lexicon);
  const commandMatcher = new CommandMatcher(lexicon);
  const plain: Row[] = [];
  const unseen: Row[] = [];
  sentences.forEach(({ text, techniques }, sentence) => {
    const cues = cueMatcher.find(text);
    const commands = findCommandsIn(commandMatcher, text);
    const noDeed = hasNoDeed(text);
    const own = scores[sentence] ?? new Float32Array();
    const add = (rows: Row[], vector: Float32Array, shown: LabelTable, only?: number): void => {
      const { traits, candidates } = signsOf(text, vector, shown, cues, commands, noDeed);
      for (const [label, signs] of candidates) {
        if (only !== undefined && label !== only) continue;
        const truth = techniques.includes(labels[label] ?? "");
        rows.push({ sentence, label, inputs: inputsOf(signs, traits), truth });
      }
    };
    add(plain, own, table);
    const mentioned = new Set([...cues, ...commands].map(({ technique }) => technique));
    // Nobody marks what he does not look for: the gate must not know these sentences either.
    unseenScores[sentence]?.forEach((score, label) => {
      if (score <= -1 && !mentioned.has(labels[label] ?? "")) return;
      const vector = own.slice();
      vector[label] = score;
      vector[labels.length] = blindGates[sentence]?.[label % gateGroups] ?? 0;
      add(unseen, vector, table, label);
    });
  });
  return { labels, sentences, scores, plain, unseen };
}
