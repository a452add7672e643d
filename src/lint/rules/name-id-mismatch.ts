import { isCurrent, type AttackObject, type Catalogue } from "../../attack/catalogue.ts";
import { nameKey } from "../../attack/names.ts";
import type { Rule } from "../rule.ts";

/** Words on each side of an id that may be a name. */
const longestName = 8;

export const nameIdMismatch: Rule = {
  id: "name-id-mismatch",
  severity: "warning",
  description: "A name beside an id that is another object's: “PowerShell (T1059.003)”, “T1055 Process Hollowing”.",
  check: ({ report, catalogue, mapping }) => {
    const names = namesOf(catalogue);
    return mapping.mentions.flatMap((mention) => {
      const { start, end, object, by, written } = mention;
      const meant = catalogue.get(written ?? object.id);
      if (by !== "id" || !meant || isInAddress(report.text, start)) return [];
      const before = nameBefore(report.text.slice(Math.max(0, start - 120), start), names, meant);
      const named = before ?? nameBehind(report.text.slice(end, end + 120), names, meant);
      if (!named || named.some((other) => isKin(other, meant))) return [];
      // A name of another domain or of former times may have been this one's once.
      const other = named.find((one) => isCurrent(one) && one.domains.some((domain) => meant.domains.includes(domain)));
      return other ? [{ start, end, message: `${meant.id} is ${meant.name}; ${other.name} is ${other.id}` }] : [];
    });
  },
};

/** Names of one kind may be several objects', one a domain. */
type Names = ReadonlyMap<string, readonly AttackObject[]>;

/** Kinds whose ids people write beside names. */
const kinds = ["technique", "tactic", "group", "software", "campaign", "mitigation"] as const;

const known = new WeakMap<Catalogue, Names>();

function namesOf(catalogue: Catalogue): Names {
  const found = known.get(catalogue);
  if (found) return found;
  const names = new Map<string, AttackObject[]>();
  for (const object of kinds.flatMap((kind) => catalogue.objects(kind)))
    for (const name of [object.name, ...object.aliases]) {
      const key = `${object.type} ${nameKey(name)}`;
      names.set(key, [...(names.get(key) ?? []), object]);
    }
  known.set(catalogue, names);
  return names;
}

/** “Name (ID”, “Name [ID”, “Name – ID”. */
function nameBefore(text: string, names: Names, { type }: AttackObject): readonly AttackObject[] | undefined {
  if (!/[([|–—-] ?["*_`]{0,3}$/u.test(text.slice(-6))) return undefined;
  const words =
    /([^\n|.;:!?()[\]]+?)["”*_`]{0,3} ?(?:\(|\[| [–—-] | ?\| ?)["*_`]{0,3}$/u.exec(text)?.[1]?.trim().split(/\s+/u) ??
    [];
  for (let count = Math.min(longestName, words.length); count > 0; count -= 1) {
    const called = asName(words.slice(-count), names, type);
    // “Reflective DLL” is no “DLL”, and one word of a technique's inside a sentence is any word.
    if (called)
      return isCapital(words.at(-count - 1)) || (type === "technique" && count === 1 && words.length > 1)
        ? undefined
        : called;
  }
  return undefined;
}

/** “ID Name”, “ID: Name”, “ID – Name”, “ID | Name”. */
function nameBehind(text: string, names: Names, { type }: AttackObject): readonly AttackObject[] | undefined {
  const words =
    /^["*_`)\]]{0,3}(?:: | [–—-] | ?\| ?| )["“*_`]{0,3}([^\n|.;:!?()[\]]+)/u.exec(text)?.[1]?.trim().split(/\s+/u) ??
    [];
  for (let count = Math.min(longestName, words.length); count > 0; count -= 1) {
    const called = asName(words.slice(0, count), names, type);
    if (called)
      return isCapital(words[count]) || (type === "technique" && count === 1 && words.length > 1) ? undefined : called;
  }
  return undefined;
}

const isCapital = (word: string | undefined): boolean => word !== undefined && /^(?!The$|An?$|This$)\p{Lu}/u.test(word);

/** A name is written as such: one word alone must be the whole of it, and begin with a capital. */
function asName(words: readonly string[], names: Names, type: string): readonly AttackObject[] | undefined {
  const name = words.join(" ").replace(/^["“*_`]+|["”*_`,]+$/gu, "");
  return /^\p{Lu}/u.test(name) ? names.get(`${type} ${nameKey(name)}`) : undefined;
}

/** The same object, a parent and its sub-technique, or one that replaced the other. */
const isKin = (one: AttackObject, other: AttackObject): boolean =>
  one.id === other.id ||
  one.parent === other.id ||
  other.parent === one.id ||
  one.successor === other.id ||
  other.successor === one.id;

const isInAddress = (text: string, at: number): boolean =>
  /(?:https?:\/\/|www\.)\S*$/iu.test(text.slice(Math.max(0, at - 200), at));
