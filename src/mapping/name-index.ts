import type { Catalogue } from "../attack/catalogue.ts";
import { isCurrent, type AttackObject } from "../attack/catalogue.ts";
import type { ObjectType } from "../attack/kinds.ts";
import { nameKey } from "../attack/names.ts";
import { ambiguityOf, type Ambiguity } from "./rules/ambiguous-names.ts";
import { nameVariants } from "./rules/name-variants.ts";

/** A way to write the name of something, and when it counts. */
export interface NameEntry {
  /** As the data writes it. */
  readonly name: string;
  readonly meaning: Meaning;
  readonly by: "name" | "alias" | "cve";
  readonly confidence: number;
  readonly when: NameCondition;
}

/** What a name stands for: an ATT&CK object, a vulnerability that tells techniques, or an actor that ATT&CK lacks. */
export type Meaning =
  | { readonly kind: "object"; readonly object: AttackObject }
  | { readonly kind: "vulnerability"; readonly techniques: readonly AttackObject[] }
  | { readonly kind: "actor"; readonly name: string };

/**
 * free: however it is written. capitals: the first letter is a capital, and not only because a sentence begins.
 * context: capitals, and something beside it says what it is. command: run as a command or called one.
 * spelling: in exactly these letters, or something right beside it says what it is.
 * title: capitalised like a title, or in a context. never: not by name.
 */
export type NameCondition = "free" | "title" | Ambiguity;

/** Names by their letters and digits alone, so that "Soft Cell", "SoftCell" and "soft-cell" are one. */
export interface NameIndex {
  readonly entries: ReadonlyMap<string, readonly NameEntry[]>;
  /** Every beginning of every key. */
  readonly beginnings: ReadonlySet<string>;
}

/** Kinds of objects that prose calls by name, and when a name of that kind counts if nothing else is known of it. */
const byKind: readonly {
  readonly type: ObjectType;
  readonly oneWord: NameCondition;
  readonly manyWords: NameCondition;
}[] = [
  { type: "technique", oneWord: "context", manyWords: "title" },
  { type: "tactic", oneWord: "context", manyWords: "title" },
  { type: "group", oneWord: "free", manyWords: "capitals" },
  { type: "software", oneWord: "free", manyWords: "free" },
  { type: "campaign", oneWord: "capitals", manyWords: "capitals" },
  { type: "mitigation", oneWord: "context", manyWords: "context" },
  { type: "data-source", oneWord: "context", manyWords: "context" },
  { type: "data-component", oneWord: "context", manyWords: "context" },
  { type: "detection-strategy", oneWord: "context", manyWords: "title" },
  { type: "asset", oneWord: "context", manyWords: "context" },
];

const indexes = new WeakMap<Catalogue, NameIndex>();

/** The index of a catalogue's names, built once. */
export function nameIndex(catalogue: Catalogue): NameIndex {
  let index = indexes.get(catalogue);
  if (!index) indexes.set(catalogue, (index = buildIndex(catalogue)));
  return index;
}

function buildIndex(catalogue: Catalogue): NameIndex {
  const entries = new Map<string, NameEntry[]>();
  const add = (entry: NameEntry): void => {
    const key = nameKey(entry.name);
    if ((key.length < 3 && !ambiguityOf(entry.name)) || entry.when === "never" || /^\d+$/.test(key)) return;
    const known = entries.get(key);
    if (!known) entries.set(key, [entry]);
    else if (!known.some((other) => sameMeaning(other.meaning, entry.meaning))) known.push(entry);
  };

  for (const { type, oneWord, manyWords } of byKind) {
    for (const object of catalogue.objects(type)) {
      const current = catalogue.resolve(object.id)?.current ?? object;
      if (!isCurrent(current) || current.type !== type) continue;
      const ambiguity = (name: string): NameCondition | undefined => {
        const found = ambiguityOf(name);
        return found === "command" && type !== "software" ? "context" : found;
      };
      const fallback = (name: string): NameCondition => {
        const usual = wordCount(name) > 1 ? manyWords : oneWord;
        // Two or three letters are too few to go without capitals.
        return usual === "free" && isShort(name) ? "capitals" : usual;
      };
      for (const [position, name] of [object.name, ...object.aliases].entries()) {
        const first = position === 0 && object === current;
        const entry = {
          meaning: { kind: "object", object: current },
          by: first ? "name" : "alias",
          confidence: first ? 0.95 : 0.9,
        } as const;
        add({ ...entry, name, when: ambiguity(name) ?? fallback(name) });
        for (const variant of nameVariants(name, type)) {
          add({
            ...entry,
            by: "alias",
            name: variant.name,
            confidence: 0.9,
            when: variant.when ?? ambiguity(variant.name) ?? (wordCount(variant.name) > 1 ? manyWords : "capitals"),
          });
        }
      }
      const parent = current.parent === undefined ? undefined : catalogue.get(current.parent);
      if (parent)
        add({
          name: `${parent.name}: ${current.name}`,
          meaning: { kind: "object", object: current },
          by: "name",
          confidence: 0.95,
          when: "free",
        });
    }
  }
  for (const actor of catalogue.actors) {
    const group = actor.group === undefined ? undefined : catalogue.resolve(actor.group)?.current;
    const meaning: Meaning = group ? { kind: "object", object: group } : { kind: "actor", name: actor.name };
    for (const name of [actor.name, ...actor.synonyms]) {
      // What ATT&CK itself calls something by this name weighs more than a vendor's usage.
      if (entries.has(nameKey(name))) continue;
      const when = ambiguityOf(name) ?? "capitals";
      for (const variant of [{ name, when }, ...nameVariants(name, "group")]) {
        if (variant.name !== name && entries.has(nameKey(variant.name))) continue;
        add({
          name: variant.name,
          meaning,
          by: "alias",
          confidence: 0.85,
          when: variant.when ?? ambiguityOf(variant.name) ?? "capitals",
        });
      }
    }
  }
  for (const { name, aliases = [], techniques } of catalogue.namedVulnerabilities) {
    const objects = techniques.flatMap((id) => catalogue.resolve(id)?.current ?? []);
    if (objects.length === 0) continue;
    for (const each of [name, ...aliases])
      add({
        name: each,
        meaning: { kind: "vulnerability", techniques: objects },
        by: "cve",
        confidence: 0.8,
        when: "free",
      });
  }

  const beginnings = new Set<string>();
  for (const key of entries.keys())
    for (let length = 1; length <= key.length; length += 1) beginnings.add(key.slice(0, length));
  return { entries, beginnings };
}

const wordCount = (name: string): number => name.split(/[\s_]+/).length;

const isShort = (name: string): boolean => nameKey(name).length <= 3;

function sameMeaning(a: Meaning, b: Meaning): boolean {
  if (a.kind === "object" && b.kind === "object") return a.object.id === b.object.id;
  return a.kind === b.kind && a.kind === "actor" && b.kind === "actor" && a.name === b.name;
}
