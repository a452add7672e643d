import { Ajv, type ErrorObject } from "ajv";
import schema from "../../data/schemas/lexicon.schema.json" with { type: "json" };
import { isCurrent, type AttackObject, type Catalogue } from "../../src/attack/catalogue.ts";
import { wordsOf } from "../../src/mapping/lexicon/words.ts";
import { cueFault } from "./compile.ts";
import { asText, pairsOf, type LexiconEntry, type LexiconFile } from "./source.ts";

export interface LexiconFault {
  readonly file: string;
  readonly technique?: string;
  readonly what: string;
}

/** What docs/lexicon.md demands of an entry. */
const least = { cues: 6, examples: 6, examplesOfFrequent: 12, lookalikes: 2 };
const longestGloss = 30;
/** How many techniques count as frequent. */
const frequentCount = 200;
/** Share of common words from which on two examples count as one. */
const nearDuplicate = 0.8;

const validate = new Ajv({ allErrors: true }).compile(schema);

/** Everything that is wrong with the lexicon; `missing: false` leaves out the techniques that have no entry yet. */
export function lexiconFaults(
  files: readonly LexiconFile[],
  catalogue: Catalogue,
  { missing = true }: { readonly missing?: boolean } = {},
): readonly LexiconFault[] {
  const sound = files.filter(
    ({ content, error }) => error === undefined && typeof content === "object" && content !== null,
  );
  return [
    ...files.flatMap(formFaults),
    ...sound.flatMap((file) => familyFaults(file, catalogue)),
    ...claimedTwice(sound),
    ...(missing ? missingFaults(sound, catalogue) : []),
  ];
}

/** "T1003.yaml: T1003.001: only 5 cues, 6 are needed" */
export const faultLine = ({ file, technique, what }: LexiconFault): string =>
  [file, technique, what].filter((part) => part !== undefined).join(": ");

/** Whether every current technique has an entry: only then is the lexicon judged as a whole. */
export function isComplete(files: readonly LexiconFile[], catalogue: Catalogue): boolean {
  return missingFaults(files, catalogue).length === 0;
}

function formFaults({ name, content, error }: LexiconFile): readonly LexiconFault[] {
  if (error !== undefined) return [{ file: name, what: `no YAML: ${error}` }];
  if (validate(content)) return [];
  return (validate.errors ?? []).map((fault) => formFault(name, fault));
}

function formFault(file: string, { instancePath, message, params }: ErrorObject): LexiconFault {
  const [technique, ...path] = instancePath.split("/").slice(1);
  const extra = (params as { readonly additionalProperty?: string }).additionalProperty;
  const what = `${path.length > 0 ? `${path.join("/")} ` : ""}${message ?? "is wrong"}${extra === undefined ? "" : ` ("${extra}")`}`;
  return technique === undefined ? { file, what } : { file, technique, what };
}

function familyFaults({ name, content }: LexiconFile, catalogue: Catalogue): readonly LexiconFault[] {
  const entries = Object.entries(content as Readonly<Record<string, Partial<LexiconEntry> | null>>);
  const family = name.replace(/\.yaml$/, "");
  const found = entries.flatMap(([technique, entry]): readonly LexiconFault[] => {
    const fault = (what: string): LexiconFault => ({ file: name, technique, what });
    return [
      ...(technique.slice(0, 5) === family ? [] : [fault(`belongs in ${technique.slice(0, 5)}.yaml`)]),
      ...idFaults(technique, catalogue).map(fault),
      ...(entry === null ? [] : entryFaults(entry, isFrequent(technique, catalogue), catalogue).map(fault)),
    ];
  });
  const ids = entries.map(([id]) => id);
  const unordered = ids.find((id, at) => at > 0 && id < (ids[at - 1] ?? ""));
  return [
    ...found,
    ...(unordered === undefined ? [] : [{ file: name, technique: unordered, what: "stands out of the ids' order" }]),
    ...duplicates(name, entries),
  ];
}

function idFaults(id: string, catalogue: Catalogue): readonly string[] {
  const object = catalogue.get(id);
  if (object?.type !== "technique") return ["no technique of ATT&CK has this id"];
  if (isCurrent(object)) return [];
  const successor = catalogue.resolve(id)?.current.id;
  return [
    `ATT&CK ${object.revoked ? "revoked" : "deprecated"} it${successor !== undefined && successor !== id ? `: it is ${successor} now` : ""}`,
  ];
}

function entryFaults(entry: Partial<LexiconEntry>, frequent: boolean, catalogue: Catalogue): readonly string[] {
  const cues = pairsOf(list(entry.cues));
  const examples = list(entry.examples);
  const lookalikes = list(entry.lookalikes);
  const words = asText(entry.gloss)
    .split(/\s+/)
    .filter((word) => word !== "").length;
  const needed = frequent ? least.examplesOfFrequent : least.examples;
  return [
    ...(words > longestGloss ? [`the gloss has ${words} words, ${longestGloss} are the most`] : []),
    ...(cues.length < least.cues ? [`only ${cues.length} cues, ${least.cues} are needed`] : []),
    ...(examples.length < needed ? [`only ${examples.length} examples, ${needed} are needed`] : []),
    ...(lookalikes.length < least.lookalikes
      ? [`only ${lookalikes.length} lookalikes, ${least.lookalikes} are needed`]
      : []),
    ...cues.flatMap(([, pattern]) => cueFault(pattern) ?? []),
    ...lookalikes.flatMap(({ technique }) =>
      technique === "none" ? [] : idFaults(technique, catalogue).map((what) => `lookalike of ${technique}: ${what}`),
    ),
  ];
}

/** Lists of entries that the schema refused may be anything. */
const list = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [];

/** Among the techniques that most groups, software and campaigns use. */
function isFrequent(id: string, catalogue: Catalogue): boolean {
  let frequent = frequentIn.get(catalogue);
  if (!frequent) {
    const counted = currentTechniques(catalogue).map(
      (object) => [object.id, catalogue.sources(object.id, "uses").length] as const,
    );
    const most = [...counted].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, frequentCount);
    frequent = new Set(most.filter(([, count]) => count > 0).map(([technique]) => technique));
    frequentIn.set(catalogue, frequent);
  }
  return frequent.has(id);
}

const frequentIn = new WeakMap<Catalogue, ReadonlySet<string>>();

const currentTechniques = (catalogue: Catalogue): readonly AttackObject[] =>
  catalogue.objects("technique").filter(isCurrent);

function duplicates(
  file: string,
  entries: readonly (readonly [string, Partial<LexiconEntry> | null])[],
): readonly LexiconFault[] {
  const examples = entries.flatMap(([technique, entry]) =>
    list(entry?.examples).map((text) => ({ technique, text: asText(text), words: wordSet(asText(text)) })),
  );
  return examples.flatMap((example, at) =>
    examples.slice(0, at).flatMap((other) =>
      overlap(example.words, other.words) >= nearDuplicate
        ? [
            {
              file,
              technique: example.technique,
              what: `example ${quoted(example.text)} nearly repeats ${other.technique}'s ${quoted(other.text)}`,
            },
          ]
        : [],
    ),
  );
}

const wordSet = (text: string): ReadonlySet<string> => new Set(wordsOf(text).map((word) => word.text.toLowerCase()));

/** Jaccard's index. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < nearDuplicate * large.size) return 0;
  let common = 0;
  for (const word of small) if (large.has(word)) common += 1;
  return common === 0 ? 0 : common / (a.size + b.size - common);
}

const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** A decisive cue belongs to one technique only. */
function claimedTwice(files: readonly LexiconFile[]): readonly LexiconFault[] {
  const owners = new Map<string, string>();
  return files.flatMap(({ name, content }) =>
    Object.entries(content as Readonly<Record<string, Partial<LexiconEntry> | null>>).flatMap(([technique, entry]) =>
      pairsOf(list(entry?.cues)).flatMap(([weight, pattern]): readonly LexiconFault[] => {
        if (weight !== "decisive") return [];
        const key = pattern
          .toLowerCase()
          .replace(/[\s-]+/g, " ")
          .trim();
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, technique);
        return owner === undefined || owner === technique
          ? []
          : [{ file: name, technique, what: `the decisive cue "${pattern}" is ${owner}'s already` }];
      }),
    ),
  );
}

function missingFaults(files: readonly LexiconFile[], catalogue: Catalogue): readonly LexiconFault[] {
  const known = new Set(files.flatMap(({ content }) => (content ? Object.keys(content) : [])));
  return currentTechniques(catalogue)
    .filter(({ id }) => !known.has(id))
    .map(({ id, name }) => ({ file: `${id.slice(0, 5)}.yaml`, technique: id, what: `no entry (${name})` }));
}
