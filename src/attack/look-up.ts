import MiniSearch, { type Query } from "minisearch";
import { isCurrent, normaliseId, type AttackObject, type Catalogue } from "./catalogue.ts";
import { nameKey } from "./names.ts";

/** Finds ATT&CK objects by id, name or alias, best first, forgiving of typing errors. */
export interface LookUp {
  readonly search: (query: string, limit?: number) => readonly AttackObject[];
}

/** A technique's id and words by which people speak of it, beside its name. */
type Phrase = readonly [id: string, phrase: string];

const noPhrases: readonly Phrase[] = [];
const lookUps = new WeakMap<Catalogue, WeakMap<readonly Phrase[], LookUp>>();

/** The look-up of a catalogue, and of phrases that lead to its techniques; its index is built at the first question. */
export function lookUpIn(catalogue: Catalogue, phrases = noPhrases): LookUp {
  let ofCatalogue = lookUps.get(catalogue);
  if (!ofCatalogue) lookUps.set(catalogue, (ofCatalogue = new WeakMap()));
  let known = ofCatalogue.get(phrases);
  if (!known) ofCatalogue.set(phrases, (known = buildLookUp(catalogue, phrases)));
  return known;
}

/** The kinds that people look for stand before those that the data only needs. */
const weightOfType: Readonly<Partial<Record<AttackObject["type"], number>>> = {
  technique: 1.2,
  group: 1.2,
  software: 1.1,
  campaign: 1.1,
  tactic: 1.1,
  "detection-strategy": 0.6,
  analytic: 0.4,
};

function buildLookUp(catalogue: Catalogue, phrases: readonly Phrase[]): LookUp {
  const objects = catalogue.objects();
  const byKey = new Map<string, AttackObject[]>();
  for (const object of objects) {
    for (const key of new Set([object.name, ...object.aliases].map(nameKey))) {
      const known = byKey.get(key);
      if (known) known.push(object);
      else byKey.set(key, [object]);
    }
  }
  for (const { name, synonyms, group } of catalogue.actors) {
    const object = group === undefined ? undefined : catalogue.resolve(group)?.current;
    if (!object) continue;
    for (const key of [name, ...synonyms].map(nameKey)) if (!byKey.has(key)) byKey.set(key, [object]);
  }
  let index: MiniSearch | undefined;
  const openIndex = (): MiniSearch => {
    const built = new MiniSearch({
      fields: ["name", "aliases"],
      searchOptions: {
        boost: { name: 2 },
        prefix: true,
        fuzzy: (term) => (mayHaveSlip(term) ? 0.2 : false),
        combineWith: "AND",
      },
    });
    built.addAll(objects.map(({ id, name, aliases }) => ({ id, name, aliases: aliases.join(" ") })));
    return built;
  };
  const described = phraseSearch(phrases);
  const beginning = (key: string): readonly AttackObject[] => {
    if (key.length < 3) return [];
    const found = [...byKey].flatMap(([name, called]) => (name.startsWith(key) ? called : []));
    return found.sort((a, b) => boost(b) - boost(a) || a.name.length - b.name.length);
  };
  return {
    search: (query, limit = 50) => {
      const wanted = query.trim().slice(0, 200);
      if (wanted === "") return [];
      const exact = normaliseId(wanted);
      const typed = wanted.toUpperCase().replace("/", ".");
      const byId = /^[A-Z]{1,3}\d/.test(typed) ? objects.filter(({ id }) => id.startsWith(typed)) : [];
      const whole = exact === undefined ? undefined : catalogue.get(exact);
      index ??= openIndex();
      const words = index.search(withExchanges(wanted), { boostDocument: (id) => boost(catalogue.get(String(id))) });
      const found = [
        ...(whole ? [whole] : []),
        ...byId,
        ...currentFirst(byKey.get(nameKey(wanted)) ?? []),
        ...beginning(nameKey(wanted)),
        ...words.flatMap(({ id }) => catalogue.get(String(id)) ?? []),
        // What is only described so stands behind all that is called so.
        ...described(wanted).flatMap((id) => catalogue.get(id) ?? []),
      ];
      return [...new Set(found)].slice(0, limit);
    },
  };
}

/** A number with a slip in it is another number. */
const mayHaveSlip = (word: string): boolean => word.length > 3 && !/\d/.test(word);

/** How much less a word counts in which letters had to be exchanged first; as much as MiniSearch takes off for a slip. */
const exchangeWeight = 0.45;

/** What stands between words, as MiniSearch has it. */
const notOfWords = /[\p{Z}\p{P}\s]+/u;

/** All words of a query, each as it is or with two neighbouring letters exchanged: for MiniSearch these are two slips. */
function withExchanges(query: string): Query {
  const words = query.split(notOfWords).filter((word) => word !== "");
  return {
    combineWith: "AND",
    queries: words.map((word): Query => {
      const others: Query = {
        combineWith: "OR",
        queries: mayHaveSlip(word) ? [...exchanged(word)] : [],
        fuzzy: false,
        boostTerm: () => exchangeWeight,
      };
      return { combineWith: "OR", queries: [word, others] };
    }),
  };
}

const exchanged = (word: string): readonly string[] => {
  const letters = Array.from(word);
  return letters
    .slice(1)
    .flatMap((letter, at) =>
      letter === letters[at] ? [] : [[...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)].join("")],
    );
};

/** Ids of techniques of which a phrase has all the words, the phrases most like the query first. */
function phraseSearch(phrases: readonly Phrase[]): (query: string) => readonly string[] {
  let index: MiniSearch | undefined;
  return (query) => {
    if (phrases.length === 0) return [];
    if (!index) {
      index = new MiniSearch({
        fields: ["phrase"],
        storeFields: ["id"],
        idField: "number",
        searchOptions: { prefix: (term) => term.length > 2, combineWith: "AND" },
      });
      index.addAll(phrases.map(([id, phrase], number) => ({ number, id, phrase })));
    }
    const exact = phrases.filter(([, phrase]) => nameKey(phrase) === nameKey(query)).map(([id]) => id);
    return [...new Set([...exact, ...index.search(query).map((found) => String(found["id"]))])];
  };
}

const currentFirst = (objects: readonly AttackObject[]): readonly AttackObject[] =>
  [...objects].sort((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)));

function boost(object: AttackObject | undefined): number {
  if (!object) return 1;
  return (weightOfType[object.type] ?? 1) * (isCurrent(object) ? 1 : 0.3);
}
