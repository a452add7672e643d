import type { CueIndex } from "./cue-index.ts";

/** The lexicon as it ships: `data/lexicon.json`, which `npm run lexicon:build` makes of `data/lexicon/*.yaml`. */
export interface Lexicon {
  readonly format: 1;
  /** What each technique is, in a sentence of our own. */
  readonly glosses: Readonly<Record<string, string>>;
  readonly cues: readonly TechniqueCues[];
  readonly commands: readonly TechniqueCommands[];
  /** Techniques that, with their parts, are about names: a lure, a disguise, a page that is made or hired for it. */
  readonly lures?: readonly string[];
  /** How often each frequent stem occurs in the lexicon's examples: what the matchers go by to look for rare words first. */
  readonly frequent: Readonly<Record<string, number>>;
  /** Sentences as reports write them, by technique; kept in a file of their own, and absent where it was not read. */
  readonly examples?: Readonly<Record<string, readonly string[]>>;
  /** The cues, read; made by `cueIndexOf` and computed where it is missing. */
  readonly cueIndex?: CueIndex;
  /** Of each command pattern, the words of each part of which a line must hold one; made by `neededWordsOf`. */
  readonly commandWords?: readonly (readonly (readonly string[])[])[];
}

/** A technique's id and its patterns, by weight. */
export type TechniqueCues = readonly [
  id: string,
  decisive: readonly string[],
  strong: readonly string[],
  weak: readonly string[],
];

export type TechniqueCommands = readonly [
  id: string,
  patterns: Readonly<Partial<Record<CommandKind, readonly string[]>>>,
];

export const cueWeights = ["decisive", "strong", "weak"] as const;
export type CueWeight = (typeof cueWeights)[number];

export const commandKinds = ["cmd", "reg", "file", "api", "tool", "net", "event"] as const;
export type CommandKind = (typeof commandKinds)[number];

/** Throws a one-sentence error when `value` is no lexicon; `where` names the file for the message. */
export function asLexicon(value: unknown, where: string): Lexicon {
  const lexicon = value as Partial<Lexicon> | null;
  if (
    typeof lexicon !== "object" ||
    lexicon === null ||
    typeof lexicon.glosses !== "object" ||
    !Array.isArray(lexicon.cues) ||
    !Array.isArray(lexicon.commands)
  )
    throw new Error(`${where}: this is no compiled lexicon`);
  if (lexicon.format !== 1) throw new Error(`${where}: lexicon of format ${String(lexicon.format)}, not 1`);
  return { frequent: {}, ...lexicon } as Lexicon;
}
