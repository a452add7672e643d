import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** One file of `data/lexicon/`, parsed; `error` where YAML itself is wrong. */
export interface LexiconFile {
  /** The file's name without its folder. */
  readonly name: string;
  readonly content: unknown;
  readonly error?: string;
}

/** An entry as docs/lexicon.md describes it. Only what lexicon:check found right is of this shape. */
export interface LexiconEntry {
  readonly gloss: string;
  /** Names are what the technique is about. */
  readonly lures?: boolean;
  readonly cues: readonly Readonly<Record<string, string>>[];
  readonly commands?: readonly Readonly<Record<string, string>>[];
  readonly examples: readonly string[];
  readonly lookalikes: readonly { readonly text: string; readonly technique: string; readonly why: string }[];
}

export const dataDirectory = join(import.meta.dirname, "..", "..", "data");

/** In the order of their names. A file that is being written at the moment is reported, not thrown. */
export function readLexiconFiles(directory = join(dataDirectory, "lexicon")): readonly LexiconFile[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => parseLexiconFile(name, readFileSync(join(directory, name), "utf8")));
}

export function parseLexiconFile(name: string, text: string): LexiconFile {
  try {
    return { name, content: parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { name, content: undefined, error: message };
  }
}

/** All entries that have at least the shape of one, by technique id. */
export function entriesOf(files: readonly LexiconFile[]): ReadonlyMap<string, LexiconEntry> {
  const entries = new Map<string, LexiconEntry>();
  for (const { content } of files) {
    if (typeof content !== "object" || content === null) continue;
    for (const [id, entry] of Object.entries(content)) {
      if (typeof entry === "object" && entry !== null && Array.isArray((entry as LexiconEntry).cues))
        entries.set(id, entry as LexiconEntry);
    }
  }
  return entries;
}

/** `[key, value]` of lists of single-key maps: cues and commands. */
export const pairsOf = (list: readonly Readonly<Record<string, unknown>>[] | undefined): readonly [string, string][] =>
  (list ?? []).flatMap((row) => Object.entries(row).map(([key, value]): [string, string] => [key, asText(value)]));

/** YAML reads an unquoted 4698 as a number; lexicon:check complains of it, and nothing else may stumble over it. */
export const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
