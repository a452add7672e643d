import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "../lexicon/source.ts";

/** A sentence of a passage in `data/passages/` and the techniques that it tells of; none says that it tells of none. */
export interface PassageSentence {
  readonly text: string;
  readonly techniques: readonly string[];
}

/** What is wrong with a line of a file; lines count from 1. */
export interface PassageFault {
  readonly line: number;
  readonly what: string;
}

export interface PassageFile {
  readonly sentences: readonly PassageSentence[];
  readonly faults: readonly PassageFault[];
}

export const passageDirectory = join(dataDirectory, "passages");

/** The files of the folder by name, as they are written. */
export const passageTexts = (): readonly { readonly name: string; readonly text: string }[] =>
  readdirSync(passageDirectory)
    .filter((name) => name.endsWith(".tsv"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(passageDirectory, name), "utf8") }));

/**
 * Reads a file of passages: a line `T1059.001,T1105<tab>sentence`, the techniques left out where it tells of none;
 * an empty line between passages, and `# …` above each says in what kind of report it might stand. Unknown ids and
 * lines of another form are faults, and left out.
 */
export function parsePassages(text: string, current: ReadonlySet<string>): PassageFile {
  const sentences: PassageSentence[] = [];
  const faults: PassageFault[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    const fault = (what: string): void => {
      faults.push({ line: index + 1, what });
    };
    const [ids = "", sentence = "", ...more] = line.split("\t");
    if (sentence.trim() === "" || more.length > 0) {
      fault("one tab stands between techniques and sentence");
      return;
    }
    const techniques = ids.split(",").flatMap((id) => id.trim() || []);
    const unknown = techniques.filter((id) => !current.has(id));
    if (unknown.length > 0) fault(`no such technique: ${unknown.join(", ")}`);
    else sentences.push({ text: sentence.trim(), techniques: [...new Set(techniques)] });
  });
  return { sentences, faults };
}
