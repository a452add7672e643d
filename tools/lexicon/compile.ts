import { isCurrent, type Catalogue } from "../../src/attack/catalogue.ts";
import { neededWordsOf } from "../../src/mapping/lexicon/command-matcher.ts";
import { cueIndexOf } from "../../src/mapping/lexicon/cue-index.ts";
import { commandKinds, cueWeights, type Lexicon, type TechniqueCommands } from "../../src/mapping/lexicon/lexicon.ts";
import { parseCue } from "../../src/mapping/lexicon/pattern.ts";
import { stem } from "../../src/mapping/lexicon/stem.ts";
import { wordsOf } from "../../src/mapping/lexicon/words.ts";
import { asText, pairsOf, type LexiconEntry } from "./source.ts";

export interface Compiled {
  readonly lexicon: Lexicon;
  /** Example sentences by technique. */
  readonly examples: NonNullable<Lexicon["examples"]>;
  /** What was left out, and why. */
  readonly skipped: readonly string[];
}

/** Stems that the examples have less often are rare enough to be looked up by. */
const frequentFrom = 20;

/** Same entries, same result; techniques in the order of their ids, patterns as written, each once. */
export function compileLexicon(entries: ReadonlyMap<string, LexiconEntry>, catalogue: Catalogue): Compiled {
  const skipped: string[] = [];
  const known = [...entries].filter(([id]) => {
    const object = catalogue.get(id);
    const current = object?.type === "technique" && isCurrent(object);
    if (!current) skipped.push(`${id}: no current technique of the catalogue`);
    return current;
  });
  known.sort(([a], [b]) => (a < b ? -1 : 1));
  const cuesOf = (id: string, entry: LexiconEntry, weight: string): readonly string[] => {
    const patterns = pairsOf(entry.cues).flatMap(([key, pattern]) => (key === weight ? [pattern] : []));
    return [...new Set(patterns)].filter((pattern) => {
      const error = cueFault(pattern);
      if (error !== undefined) skipped.push(`${id}: ${error}`);
      return error === undefined;
    });
  };
  const lexicon: Lexicon = {
    format: 1,
    glosses: Object.fromEntries(known.map(([id, { gloss }]) => [id, gloss])),
    cues: known.map(([id, entry]) => {
      const [decisive = [], strong = [], weak = []] = cueWeights.map((weight) => cuesOf(id, entry, weight));
      return [id, decisive, strong, weak];
    }),
    commands: known.flatMap(([id, entry]): TechniqueCommands[] => {
      const pairs = pairsOf(entry.commands);
      const kinds = commandKinds.flatMap((kind) => {
        const patterns = [...new Set(pairs.flatMap(([key, pattern]) => (key === kind ? [pattern] : [])))];
        return patterns.length > 0 ? [[kind, patterns] as const] : [];
      });
      return kinds.length > 0 ? [[id, Object.fromEntries(kinds)]] : [];
    }),
    lures: known.flatMap(([id, { lures }]) => (lures === true ? [id] : [])),
    frequent: frequentStems(known.map(([, entry]) => entry)),
  };
  const examples = Object.fromEntries(known.map(([id, entry]) => [id, entry.examples.map(asText)]));
  return {
    lexicon: { ...lexicon, cueIndex: cueIndexOf(lexicon), commandWords: neededWordsOf(lexicon) },
    examples,
    skipped,
  };
}

/** What is wrong with a cue pattern, if anything. */
export function cueFault(pattern: string): string | undefined {
  try {
    parseCue(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function frequentStems(entries: readonly LexiconEntry[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { examples } of entries) {
    for (const example of Array.isArray(examples) ? examples : []) {
      for (const { text } of wordsOf(asText(example))) counts.set(stem(text), (counts.get(stem(text)) ?? 0) + 1);
    }
  }
  const frequent = [...counts].filter(([, count]) => count >= frequentFrom);
  return Object.fromEntries(frequent.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** One line a technique, so that a change of one is a change of few lines. */
export function lexiconToJson({
  format,
  glosses,
  cues,
  commands,
  lures = [],
  frequent,
  cueIndex,
  commandWords = [],
}: Lexicon): string {
  const rows = (list: readonly unknown[]): string => list.map((row) => JSON.stringify(row)).join(",\n");
  // Some a line, by their numbers.
  const chunks = (list: readonly unknown[]): string =>
    Array.from({ length: Math.ceil(list.length / 20) }, (_, at) =>
      list
        .slice(20 * at, 20 * at + 20)
        .map((row) => JSON.stringify(row))
        .join(","),
    ).join(",\n");
  const glossRows = Object.entries(glosses).map(([id, text]) => `${JSON.stringify(id)}:${JSON.stringify(text)}`);
  return [
    `{"format":${format},"glosses":{`,
    glossRows.join(",\n"),
    `},"cues":[`,
    rows(cues),
    `],"commands":[`,
    rows(commands),
    `],"lures":${JSON.stringify(lures)},"frequent":${JSON.stringify(frequent)},`,
    `"cueIndex":{"stems":${JSON.stringify(cueIndex?.stems ?? [])},`,
    `"anchors":${JSON.stringify(cueIndex?.anchors ?? [])},`,
    `"cues":[`,
    chunks(cueIndex?.cues ?? []),
    `]},"commandWords":[`,
    chunks(commandWords),
    `]}`,
    "",
  ].join("\n");
}

/** One line a technique. */
export const examplesToJson = (examples: NonNullable<Lexicon["examples"]>): string =>
  `{\n${Object.entries(examples)
    .map(([id, sentences]) => `${JSON.stringify(id)}:${JSON.stringify(sentences)}`)
    .join(",\n")}\n}\n`;
