import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { nameKey } from "../attack/names.ts";
import { matchesOf } from "../report/matches.ts";
import type { Range } from "../report/report.ts";

/** Words on each side of an id that may be a name. */
const longestName = 8;
/** The same of a parent's name, a colon and a name. */
const longestFullName = 2 * longestName;
/** UTF-16 units on each side of an id in which a name is looked for. */
const longestSide = 120;

/** A name that stands beside an id, its range in the source, and the objects of that kind that are called so. */
export interface NameBeside extends Range {
  readonly called: readonly AttackObject[];
  /** Written with its parent's name: “Create Account: Domain Account”. */
  readonly full: boolean;
}

/** Names of one kind may be several objects', one a domain. Those with a colon are full ones. */
type Names = ReadonlyMap<string, readonly AttackObject[]>;

/** Kinds whose ids people write beside names. */
const kinds = ["technique", "tactic", "group", "software", "campaign", "mitigation"] as const;

const known = new WeakMap<Catalogue, Names>();

function namesOf(catalogue: Catalogue): Names {
  const found = known.get(catalogue);
  if (found) return found;
  const names = new Map<string, AttackObject[]>();
  const add = (key: string, object: AttackObject): void => void names.set(key, [...(names.get(key) ?? []), object]);
  for (const object of kinds.flatMap((kind) => catalogue.objects(kind))) {
    for (const name of [object.name, ...object.aliases]) add(`${object.type} ${nameKey(name)}`, object);
    if (object.parent !== undefined) add(`${object.type}: ${nameKey(fullName(object, catalogue))}`, object);
  }
  known.set(catalogue, names);
  return names;
}

/**
 * The name of an object of `type` that is written before an id (“Name (ID”, “Name – ID”) or else behind it (“ID: Name”, “ID (Name)”).
 * One word of a technique's inside a sentence is any word, unless the caller has reason to think otherwise (`anyWord`).
 */
export function nameBeside(
  text: string,
  { start, end }: Range,
  catalogue: Catalogue,
  type: AttackObject["type"],
  anyWord = false,
): NameBeside | undefined {
  if (isInAddress(text, start)) return undefined;
  const from = Math.max(0, start - longestSide);
  return (
    nameBefore(text.slice(from, start), from, namesOf(catalogue), type, anyWord) ??
    nameBehind(text.slice(end, end + longestSide), end, namesOf(catalogue), type, anyWord)
  );
}

/** What joins a name to an id behind it; no longer than {@link longestJoint}. */
const jointBehindName = /["”*_`]{0,3} ?(?:\(|\[| [–—-] | ?\| ?)["*_`]{0,3}$/u;
const longestJoint = 12;
/** Whether an id stands in brackets right behind a place: “Name (ID”. */
export const isInBracketsBehind = (text: string, place: Range, id: Range): boolean =>
  place.end <= id.start && /^["”*_`]{0,3} ?[([]["*_`]{0,3}$/u.test(text.slice(place.end, id.start));

/** Behind these a name is not what the sentence speaks of: “cmd.exe from PowerShell”; in a list the id may be another's. */
const onlyBeside =
  /(?:,|\b(?:and|or|nor|from|of|by|in|into|inside|to|for|against|like|than|as|without))\s*["“*_`]{0,3}$/iu;

/**
 * A name of one word alone right before an id in brackets, inside a sentence: only a word that is no other word, by a
 * capital or a digit in it (“PowerShell”, “Rundll32”).
 */
export function coinedBefore(text: string, { start }: Range, catalogue: Catalogue): NameBeside | undefined {
  // Most ids do not stand in brackets, and the whole search begins at every letter.
  if (!/\(\[?["*_`]{0,3}$/u.test(text.slice(Math.max(0, start - longestJoint), start))) return undefined;
  const from = Math.max(0, start - longestSide);
  const before = text.slice(from, start);
  const found = /(?<![\p{L}\p{N}_./\\-])(\p{L}[\p{L}\p{N}_]{1,40})["”*_`]{0,3} ?\(\[?["*_`]{0,3}$/du.exec(before)
    ?.indices?.[1];
  if (!found || onlyBeside.test(before.slice(0, found[0]))) return undefined;
  const word = before.slice(...found);
  const called = /^.+[\p{Lu}\p{N}]/u.test(word) ? namesOf(catalogue).get(`technique ${nameKey(word)}`) : undefined;
  return called && { called, full: false, start: from + found[0], end: from + found[1] };
}

/** Words with capitals right before an id in brackets, as a name is written that ATT&CK need not have: “Grey Tern (ID”. */
export function capitalsBefore(text: string, { start }: Range): Range | undefined {
  const from = Math.max(0, start - longestSide);
  const found =
    /(?<![\p{L}\p{N}-])(\p{Lu}[\p{L}\p{N}-]{0,40}(?: [\p{Lu}\d][\p{L}\p{N}-]{0,40}){0,3})["”*_`]{0,3} ?[([]["*_`]{0,3}$/du.exec(
      text.slice(from, start),
    )?.indices?.[1];
  return found && { start: from + found[0], end: from + found[1] };
}

/** Marks that are in no name; one colon may stand in a full one. */
const endsName: ReadonlySet<string> = new Set("\n|.;!?()[]");

/** “Name (ID”, “Name [ID”, “Name – ID”. */
function nameBefore(text: string, from: number, names: Names, type: string, anyWord: boolean): NameBeside | undefined {
  const tail = text.slice(-longestJoint);
  const joint = jointBehindName.exec(tail);
  if (!joint) return undefined;
  const end = text.length - tail.length + joint.index;
  let start = end;
  while (start > 0 && !endsName.has(text.charAt(start - 1))) start -= 1;
  const words = wordsOf(text, [start, end]);
  const colon = words.findLastIndex(endsInColon);
  const kind = { text, from, names, type };
  for (let count = Math.min(longestFullName, words.length); count > words.length - colon - 1; count -= 1) {
    const full = colon >= 0 && asName(words.slice(-count), kind);
    if (full) return full;
  }
  return shortName(words.slice(colon + 1), kind, anyWord, (all, count) => [all.slice(-count), all.at(-count - 1)]);
}

/** “ID Name”, “ID: Name”, “ID – Name”, “ID | Name”, “ID (Name)”. */
function nameBehind(text: string, from: number, names: Names, type: string, anyWord: boolean): NameBeside | undefined {
  // Brackets hold all sorts of things: the name must be all that stands in them.
  const inBrackets = /^["*_`]{0,3} ?\(([^\n|.;!?()[\]]+)\)/du.exec(text)?.indices?.[1];
  if (inBrackets) return asName(wordsOf(text, inBrackets), { text, from, names, type });
  const found = /^["*_`)\]]{0,3}(?:: | [–—-] | ?\| ?| )["“*_`]{0,3}([^\n|.;!?()[\]]+)/du.exec(text);
  const words = wordsOf(text, found?.indices?.[1]);
  const colon = words.findIndex(endsInColon);
  const kind = { text, from, names, type };
  for (let count = Math.min(longestFullName, words.length); colon >= 0 && count > colon + 1; count -= 1) {
    const full = asName(words.slice(0, count), kind);
    if (full) return full;
  }
  const short = colon < 0 ? words : words.slice(0, colon + 1);
  return shortName(short, kind, anyWord, (all, count) => [all.slice(0, count), all[count]]);
}

/** The longest name among words, unless the word next to it shows that it is a part of something else. */
function shortName(
  words: readonly Word[],
  kind: Kind,
  anyWord: boolean,
  take: (words: readonly Word[], count: number) => readonly [readonly Word[], Word | undefined],
): NameBeside | undefined {
  for (let count = Math.min(longestName, words.length); count > 0; count -= 1) {
    const [taken, next] = take(words, count);
    const beside = asName(taken, kind);
    // “Reflective DLL” is no “DLL”.
    if (beside)
      return isCapital(next?.word) || (!anyWord && kind.type === "technique" && count === 1 && words.length > 1)
        ? undefined
        : beside;
  }
  return undefined;
}

const endsInColon = ({ word }: Word): boolean => word.endsWith(":");

/** Where names are looked for, and of what kind. */
interface Kind {
  readonly text: string;
  /** Offset of `text` in the report. */
  readonly from: number;
  readonly names: Names;
  readonly type: string;
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const blackRun = /\S+/gu;

function wordsOf(text: string, place: readonly [number, number] | undefined): readonly Word[] {
  if (!place) return [];
  return matchesOf(text.slice(...place), blackRun).map(({ 0: word, index }) => ({
    word,
    start: place[0] + index,
    end: place[0] + index + word.length,
  }));
}

const isCapital = (word: string | undefined): boolean => word !== undefined && /^(?!The$|An?$|This$)\p{Lu}/u.test(word);

/** A name is written as such: one word alone must be the whole of it, and begin with a capital. */
function asName(words: readonly Word[], { text, from, names, type }: Kind): NameBeside | undefined {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  const written = text.slice(first.start, last.end);
  const opening = /^["“*_`]*/u.exec(written)?.[0].length ?? 0;
  const closing = /["”*_`,:]*$/u.exec(written)?.[0].length ?? 0;
  const name = words
    .map(({ word }) => word)
    .join(" ")
    .replace(/^["“*_`]+|["”*_`,:]+$/gu, "");
  const full = name.includes(": ");
  const called = /^\p{Lu}/u.test(name) ? names.get(`${type}${full ? ":" : ""} ${nameKey(name)}`) : undefined;
  return called && { called, full, start: from + first.start + opening, end: from + last.end - closing };
}

/** Whether an offset stands in a URL. */
export function isInAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  return /:\/\/|www\./i.test(before) && /(?:https?:\/\/|www\.)\S*$/iu.test(before);
}
