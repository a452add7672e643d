import type { Boldness } from "../mapping/model/model.ts";
import { answerLines, type Answers } from "./answer-lines.ts";
import { openCatalogue, openLexicon, openModel, type CatalogueOptions } from "./context.ts";

/** What a thread is to know; it goes with every task, and is the same in all of them. */
export interface ClassifySetup {
  /** The package's `data/`. */
  readonly directory: string;
  readonly catalogue: CatalogueOptions;
  readonly boldness: Boldness;
  readonly top: number;
}

export interface ClassifyTask {
  readonly setup: ClassifySetup;
  readonly lines: readonly string[];
}

let answer: ((lines: readonly string[]) => Answers) | undefined;

/** Answers lines in a thread of its own, which opens the data at its first task. */
export function answerTask({ setup, lines }: ClassifyTask): Answers {
  answer ??= answererOf(setup);
  return answer(lines);
}

/** Opens the data once, for any number of lines. */
export function answererOf({
  directory,
  catalogue: options,
  boldness,
  top,
}: ClassifySetup): (lines: readonly string[]) => Answers {
  const catalogue = openCatalogue(directory, options);
  const [lexicon, model] = [openLexicon(directory), openModel(directory)];
  return (lines) => answerLines(lines, catalogue, { lexicon, model, boldness, top });
}
