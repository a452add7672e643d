import type { Catalogue } from "../attack/catalogue.ts";
import type { ObjectType } from "../attack/kinds.ts";
import { matchesOf } from "../report/matches.ts";
import {
  ofWords,
  paragraphBelow,
  sentenceHolding,
  toSource,
  type Block,
  type Range,
  type Report,
  type Words,
} from "../report/report.ts";
import { wordsOf, type TextWord } from "../report/text-words.ts";
import type { Mention } from "./mention.ts";
import { nameIndex, type Meaning, type NameCondition, type NameEntry, type NameIndex } from "./name-index.ts";
import { mentionAt, placeKey, type PlaceKey } from "./place.ts";
import { commandWords, headerOfKind, kindWords, notInNames } from "./rules/name-context.ts";

/** An actor that the text names by a name that others than ATT&CK gave it. */
export interface ActorName extends Range {
  readonly name: string;
  readonly place: { readonly block: number; readonly sentence: number };
}

export interface StatedNames {
  readonly mentions: readonly Mention[];
  readonly actors: readonly ActorName[];
}

/** A name found in a block, before it is known whether it counts. */
interface Candidate {
  readonly block: Block;
  readonly name: NameInWords;
}

/** A name found in a block's words, wherever the block stands. */
interface NameInWords extends NamePlace {
  readonly sentence: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly meanings: readonly WeighedEntry[];
  /** The word with a capital behind a name of one word, with which it may be a longer name: “Heron” behind “Copper”. */
  readonly goesOn: string | undefined;
  /** As it is written, in lower case. */
  readonly lower: string;
}

/** A meaning of a name, and what it takes for the name to count as that. */
interface WeighedEntry {
  readonly entry: NameEntry;
  /** The words alone are enough. */
  readonly alone: boolean;
  /** It is enough that its id or its kind is said beside it. */
  readonly ifBeside: boolean;
  /** It is enough that the report makes it plain elsewhere. */
  readonly ifEstablished: boolean;
}

interface NamePlace {
  readonly block: Words;
  readonly words: readonly TextWord[];
  /** First and last word, both included. */
  readonly first: number;
  readonly last: number;
}

/** A noun that counts things, without an article, and a verb: only a name stands so. */
const subjectOfDeed =
  /^(?:’s|'s)? (?:has|had|have|is|was|can|could|will|may|did|also|uses?|used|sent|stole|targets?|targeted|contains?|goes|went|comes|came|keeps|kept|remains|returns|turns|makes|made|takes|took|begins|began|runs|ran|[a-z]{3,}(?:ed|es)) /;
/** Stricter, for words that mean something ordinary at the start of a sentence. */
const subjectOfPlainDeed =
  /^ (?:has (?:also )?(?:used|the ability|been (?:used|observed|seen)|exfiltrated|obtained|gained|targeted|deployed)|also (?:uses|used)|uses?|used|is (?:able to|capable of)|can (?:also )?(?:use|be used|collect|download|upload|execute|capture|create|obtain|encrypt|decrypt|enumerate|gather|inject|modify|run|send|steal|list|delete)|contains|deployed|targeted) /;
const usedThing =
  /\b(?:using|uses?|used|deploy(?:s|ed|ing)?|drop(?:s|ped|ping)?|install(?:s|ed|ing)?|via|leverag(?:es?|ed|ing)|execut(?:es?|ed|ing)|deliver(?:s|ed|ing)?|download(?:s|ed|ing)?|called|named|dubbed|loads?|run(?:s|ning)?|version of|variants? of|copy of|samples? of) $/;

/** Kinds whose names are given, not descriptions. */
const namedKinds: ReadonlySet<ObjectType> = new Set<ObjectType>(["group", "software", "campaign"]);

/** No name is longer than this many words; the guard keeps the search linear. */
const longestName = 14;

/** Names and aliases of ATT&CK objects, actors' other names and named vulnerabilities; the longest match counts. */
export function findNames(report: Report, catalogue: Catalogue, stated: readonly Mention[]): StatedNames {
  const index = nameIndex(catalogue);
  const namesIn = nameFinderOf(index);
  const candidates: Candidate[] = [];
  for (const block of report.blocks) for (const name of namesIn(block)) candidates.push({ block, name });
  const idsAt = new Map<PlaceKey, Set<string>>();
  for (const { place, object } of stated) if (place) addTo(idsAt, placeKey(report, place), object.id);

  // What is established anywhere in the report ("the Play ransomware") holds for its bare name everywhere.
  const established = new Set<string>(stated.map(({ object }) => object.id));
  for (const candidate of candidates) {
    for (const weighed of candidate.name.meanings) {
      const { meaning, when } = weighed.entry;
      if (
        meaning.kind === "object" &&
        (when === "free" || when === "context") &&
        counts(candidate, weighed, report, idsAt, undefined)
      )
        established.add(meaning.object.id);
    }
  }

  const isPart = partsOfNames(candidates);
  const mentions: Mention[] = [];
  const actors: ActorName[] = [];
  for (const candidate of candidates) {
    const { block, name } = candidate;
    const possible: NameEntry[] = [];
    for (const weighed of name.meanings)
      if (counts(candidate, weighed, report, idsAt, established) && !isPart(candidate, weighed))
        possible.push(weighed.entry);
    const entry = choose(name, possible);
    if (!entry) continue;
    const start = toSource(block, name.textStart);
    const end = toSource(block, name.textEnd, "end");
    const place = { block: block.index, sentence: name.sentence };
    const { meaning } = entry;
    if (meaning.kind === "actor") {
      actors.push({ start, end, name: meaning.name, place });
      continue;
    }
    const at = { start, end };
    const { by, confidence } = entry;
    if (meaning.kind === "object") {
      const { object } = meaning;
      const why =
        by === "name" ? `the text names ${object.name}` : `the text says ${entry.name}, another name of ${object.name}`;
      mentions.push(mentionAt(report, at, place, { object, by, status: "stated", confidence, why }));
    } else {
      for (const object of meaning.techniques) {
        const why = `the text names the vulnerability ${entry.name}; exploiting it is on record as ${object.name}`;
        mentions.push(mentionAt(report, at, place, { object, by, status: "inferred", confidence, why }));
      }
    }
  }
  return { mentions, actors };
}

/** Kinds of objects that bear names such as “Copper Heron”. */
const namedPeople: ReadonlySet<ObjectType> = new Set<ObjectType>(["group", "campaign"]);

/**
 * Which names of groups are part of a longer one that nobody knows: those that always go on with the same word, of
 * “Copper Heron” the copper. Titles put capitals everywhere, so a heading alone makes none longer.
 */
function partsOfNames(candidates: readonly Candidate[]): (candidate: Candidate, weighed: WeighedEntry) => boolean {
  // Most reports have no such name.
  if (!candidates.some(({ name }) => name.goesOn !== undefined)) return () => false;
  const behind = new Map<string, { readonly words: Set<string>; inProse: boolean }>();
  for (const candidate of candidates) {
    const { block, name } = candidate;
    if (name.goesOn === undefined && block.kind === "heading") continue;
    const known = behind.get(name.lower) ?? { words: new Set(), inProse: false };
    known.words.add(name.goesOn ?? "");
    known.inProse ||= block.kind !== "heading";
    behind.set(name.lower, known);
  }
  return (candidate, { entry: { meaning } }) => {
    if (candidate.name.goesOn === undefined || !namedPeople.has(typeOf(meaning))) return false;
    const known = behind.get(candidate.name.lower);
    return known?.inProse === true && known.words.size === 1;
  };
}

const finders = new WeakMap<NameIndex, (words: Words) => readonly NameInWords[]>();

function nameFinderOf(index: NameIndex): (words: Words) => readonly NameInWords[] {
  let known = finders.get(index);
  if (!known) finders.set(index, (known = ofWords((words) => findNamesIn(words, index))));
  return known;
}

/** Looks for a block's names beforehand, so that {@link findNames} finds what it needs remembered. */
export const nameReader = (catalogue: Catalogue): ((block: Block) => void) => nameFinderOf(nameIndex(catalogue));

function findNamesIn(block: Words, index: NameIndex): readonly NameInWords[] {
  const found: NameInWords[] = [];
  const words = wordsOf(block.text);
  // Looked for only where something stands that might be a name.
  let addresses: readonly Range[] | undefined;
  let address = 0;
  const isInAddress = (start: number): boolean => {
    addresses ??= addressesIn(block);
    while (address < addresses.length && (addresses[address]?.end ?? 0) <= start) address += 1;
    return (addresses[address]?.start ?? Infinity) <= start;
  };
  for (let first = 0; first < words.length;) {
    const longest = longestFrom(block, words, first, index);
    if (longest && !isInAddress(words[first]?.start ?? 0)) {
      const name = weigh({ block, words, first, last: longest.last }, longest.entries);
      if (name.meanings.length > 0) found.push(name);
      first = longest.last + 1;
    } else first += 1;
  }
  return found;
}

function longestFrom(
  block: Words,
  words: readonly TextWord[],
  first: number,
  index: NameIndex,
): { readonly last: number; readonly entries: readonly NameEntry[] } | undefined {
  let key = "";
  let longest: { readonly last: number; readonly entries: readonly NameEntry[] } | undefined;
  for (let last = first; last < words.length && last < first + longestName; last += 1) {
    const word = words[last];
    if (!word) break;
    if (last > first && !joins(block.text.slice(words[last - 1]?.end ?? 0, word.start))) break;
    key += word.lower;
    if (!index.beginnings.has(key)) break;
    const entries = index.entries
      .get(key)
      ?.filter((entry) => separatorsFit(block.text.slice(words[first]?.start ?? 0, word.end), entry.name));
    if (entries && entries.length > 0) longest = { last, entries };
  }
  return longest;
}

/** What may stand between two words of one name: a space, a line break, a hyphen, or the marks that names have. */
const joins = (between: string): boolean =>
  between === " " || /^(?:\s{1,3}|\s?[-\u2010-\u2013_]\s?|[.&+'’/]|: ?| & |\s?\()$/.test(between);

/**
 * Colons, full stops and the like join words only in a name that has them; and a name of one word is written as two
 * only where it is made of two: "Lucky Mouse" is LuckyMouse, but "for files" is not Forfiles.
 */
function separatorsFit(text: string, name: string): boolean {
  if (![":", ".", "&", "/", "+", "("].every((mark) => !text.includes(mark) || name.includes(mark))) return false;
  if (!/[\s-]/.test(text) || /[^\p{L}\p{N}]/u.test(name)) return true;
  return (
    text.split(/[^\p{L}\p{N}]+/u).every((part) => /^[\p{Lu}\p{N}]/u.test(part)) &&
    /\p{Ll}\p{Lu}|\p{L}\p{N}|\p{N}\p{L}|\p{Lu}{2,}/u.test(name)
  );
}

const addressLike =
  /(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)\S{1,2000}|[^\s@]{1,100}@[^\s@]{1,100}|[\p{L}\p{N}_-]{1,63}(?:(?:\[?\.\]?)[\p{L}\p{N}_-]{1,63}){0,8}(?:\[\.\]|\.(?=(?:com|net|org|info|biz|io|co|ru|cn|kr|ir|top|xyz|site|online|club|cloud|dev|app|me|tk|to|cc|su)\b))[\p{L}\p{N}-]{2,63}/giu;

/** Web and mail addresses, as ranges of the block's text: a name inside one names nothing. */
function addressesIn(block: Words): readonly Range[] {
  const found: Range[] = [];
  // Every address has one of these; most text has none of them.
  if (!/@|:\/\/|www\.|\[\.\]|\.[a-z]{2}/iu.test(block.text)) return found;
  for (const match of matchesOf(block.text, addressLike)) {
    found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Whether a found name means this entry. `established` holds ids that the report makes plain somewhere; without it, only what stands beside the name counts. */
function counts(
  { block, name }: Candidate,
  { entry: { meaning }, alone, ifBeside, ifEstablished }: WeighedEntry,
  report: Report,
  idsAt: ReadonlyMap<PlaceKey, ReadonlySet<string>>,
  established: ReadonlySet<string> | undefined,
): boolean {
  if (alone) return true;
  const id = meaning.kind === "object" ? meaning.object.id : undefined;
  if (ifEstablished && id !== undefined && established?.has(id)) return true;
  if (!ifBeside) return false;
  const beside =
    id !== undefined && idsAt.get(placeKey(report, { block: block.index, sentence: name.sentence }))?.has(id);
  return (
    beside === true || isWholeCell(name, block, typeOf(meaning)) || headsGroup(name, block, typeOf(meaning), report)
  );
}

const typeOf = (meaning: Meaning): ObjectType => (meaning.kind === "object" ? meaning.object.type : "group");

/** What it takes for a found name to count, as far as the words can tell; without the meanings that it can't have. */
function weigh(place: NamePlace, entries: readonly NameEntry[]): NameInWords {
  const { block, words, first, last } = place;
  const textStart = words[first]?.start ?? 0;
  const textEnd = words[last]?.end ?? 0;
  const written = block.text.slice(textStart, textEnd);
  const meanings = entries
    .map((entry): WeighedEntry => ({ entry, ...whatItTakes(place, written, entry) }))
    .filter(({ alone, ifBeside, ifEstablished }) => alone || ifBeside || ifEstablished);
  const sentence = sentenceHolding(block, textStart);
  const next = meanings.some(({ entry }) => namedPeople.has(typeOf(entry.meaning))) ? wordBehind(place) : undefined;
  return { ...place, textStart, textEnd, sentence, meanings, goesOn: next, lower: written.toLowerCase() };
}

const never = { alone: false, ifBeside: false, ifEstablished: false } as const;

function whatItTakes(
  place: NamePlace,
  written: string,
  { when, name, meaning }: NameEntry,
): Omit<WeighedEntry, "entry"> {
  const { block, words, first, last } = place;
  const start = words[first]?.start ?? 0;
  if (when === "free") return { ...never, alone: block.kind !== "code" || name.length > 3 };
  const type = typeOf(meaning);
  const inCode = block.kind === "code" || block.inlineCode.some((range) => range.start <= start && start < range.end);
  if (when === "spelling") return { ...never, alone: written === name || besideKindWord(place, type) };
  if (when === "command") return { ...never, alone: isCommand(place, inCode) };
  const beside = besideKindWord(place, type) || (!inCode && isUsedAsName(place, type, when, name));
  // A technique's name stays an ordinary word though the report names the technique elsewhere: "the DLL".
  const ifEstablished = namedKinds.has(type);
  const capitals = /^\p{Lu}/u.test(written) || /^\p{N}/u.test(written);
  if (when === "title") return { ...never, alone: !inCode && (isTitle(written) || beside), ifBeside: !inCode };
  if (when === "context") {
    const fits = capitalsAsIn(written, name);
    return {
      alone: fits && beside,
      ifBeside: fits,
      ifEstablished: ifEstablished && fits && capitals && !opensSentence(place),
    };
  }
  // "capitals" from here on. Written as one word, a name of several is no ordinary word: "softcell".
  if (!capitals) return { ...never, alone: first === last && /[\s-]/.test(name) };
  const plainlyName = /^\P{Ll}{2,}$/u.test(written) || /\p{Lu}.*\p{Lu}/su.test(written) || /\p{N}/u.test(written);
  // Of a name in other words, “Iron Thicket”, no part is a name.
  if (!plainlyName && !beside && meaning.kind === "actor" && wordBehind(place) !== undefined) return never;
  if (kindAndNumber.test(written) && comesBehindName(place)) return never;
  const isLabel = namedPeople.has(type) && headsParagraph(place);
  return { alone: plainlyName || beside || isLabel || !opensSentence(place), ifBeside: true, ifEstablished };
}

/** The word with a capital right behind a name of one word, lower case; none that says what the name is, or that names a product. */
function wordBehind({ block, words, first, last }: NamePlace): string | undefined {
  const next = words[last + 1];
  if (first !== last || next === undefined || notInNames.has(next.lower)) return undefined;
  if (block.text.slice(words[last]?.end ?? 0, next.start) !== " ") return undefined;
  if (/\d/.test(words[last]?.lower ?? "") || !/^\p{Lu}\p{L}/u.test(block.text.slice(next.start, next.end)))
    return undefined;
  return next.lower;
}

/** Of “Activity Group 88” no part is a name. */
const kindAndNumber = /^(?:Group|Team|Unit|Cluster|Actor|Campaign|Operation) ?\d/u;

const comesBehindName = ({ block, words, first }: NamePlace): boolean =>
  /\p{Lu}[\p{L}\d-]{0,40} $/u.test(block.text.slice(0, words[first]?.start ?? 0).slice(-42));

/** Lower case is right only for names that ATT&CK itself writes so. */
const capitalsAsIn = (written: string, name: string): boolean =>
  /^[\p{Lu}\p{N}]/u.test(written) || /^\p{Ll}/u.test(name);

/** Every word of three letters or more begins with a capital. */
const isTitle = (text: string): boolean =>
  text.split(/[\s/-]+/).every((word) => word.length < 4 || /^\P{Ll}/u.test(word)) && /^\p{Lu}/u.test(text);

function opensSentence({ block, words, first }: NamePlace): boolean {
  const start = words[first]?.start ?? 0;
  const sentence = block.sentences[sentenceHolding(block, start)];
  return sentence !== undefined && !/[\p{L}\p{N}]/u.test(block.text.slice(sentence.textStart, start));
}

/** A first sentence that is a name and nothing else: “**Copper Heron.** Sent files with macros.” */
function headsParagraph({ block, words, first, last }: NamePlace): boolean {
  const [label, next] = block.sentences;
  return (
    first === 0 &&
    label !== undefined &&
    next !== undefined &&
    (words[last]?.end ?? 0) <= label.textEnd &&
    (words[last + 1]?.start ?? Infinity) >= next.textStart
  );
}

function besideKindWord({ words, first, last, block }: NamePlace, type: ObjectType): boolean {
  const known = kindWords[type];
  if (!known) return false;
  if (inListOf({ block, words, last }, known)) return true;
  const near = [words[last + 1], words[last + 2], words[first - 1], words[first - 2]];
  const sentence = block.sentences[sentenceHolding(block, words[first]?.start ?? 0)];
  return near.some((word, position) => {
    if (
      !word ||
      !known.has(word.lower) ||
      word.end > (sentence?.textEnd ?? Infinity) ||
      word.start < (sentence?.textStart ?? 0)
    )
      return false;
    // "Lead, threat hunting" is a job.
    if (position === 0) return !block.text.slice(words[last]?.end ?? 0, word.start).includes(",");
    // The second word away counts only over a short word: "Play, a ransomware", "gang called Silence".
    if (position % 2 === 0) return true;
    const between = words[position === 1 ? last + 1 : first - 1];
    return (
      between !== undefined &&
      (/^(?:a|an|the|and|or|called|named|dubbed|based|style|zero|like|new|s)$/.test(between.lower) ||
        between.lower.length <= 2 ||
        /^\p{Lu}/u.test(block.text.slice(between.start)))
    );
  });
}

/** Whether the words around a capitalised name treat it as one: it does something, or somebody uses it. */
function isUsedAsName(
  { block, words, first, last }: NamePlace,
  type: ObjectType,
  when: NameCondition,
  name: string,
): boolean {
  if (type !== "software" && type !== "group") return false;
  const start = words[first]?.start ?? 0;
  const end = words[last]?.end ?? 0;
  const written = block.text.slice(start, end);
  if (!/^\p{Lu}/u.test(written)) return false;
  // SUNBURST in a sentence that is not all in capitals.
  if (/^\P{Ll}{4,}$/u.test(written) && /^\P{Ll}{4,}$/u.test(name)) {
    const sentence = block.sentences[sentenceHolding(block, start)];
    if (/\p{Ll}{3}/u.test(block.text.slice(sentence?.textStart, sentence?.textEnd))) return true;
  }
  const after = block.text.slice(end, end + 40);
  const subject = when === "capitals" ? subjectOfDeed : subjectOfPlainDeed;
  const before = block.text.slice(Math.max(0, start - 30), start);
  if (subject.test(after) && !/\b(?:the|an?|this|that|its|their|our|your|each|every|no) $/i.test(before)) return true;
  return type === "software" && usedThing.test(before) && !/^[ -]\p{Lu}/u.test(after);
}

/** “the SolarWinds and Kaseya attacks”: the word that says what they are stands behind the last of a list. */
function inListOf(
  { words, last, block }: Pick<NamePlace, "words" | "last" | "block">,
  known: ReadonlySet<string>,
): boolean {
  const after = block.text.slice(words[last]?.end ?? 0, (words[last]?.end ?? 0) + 100);
  const list =
    /^(?:(?:, |,? (?:and|or) )(?:the )?\p{Lu}[\p{L}\p{N}]*(?: \p{Lu}[\p{L}\p{N}]*)?){1,4} (?:[\p{Ll}-]+ )?([\p{L}]+)/u.exec(
      after,
    );
  return list?.[1] !== undefined && known.has(list[1].toLowerCase());
}

/** Alone in a table cell, heading or list item whose column or section says what stands there. */
function isWholeCell({ textStart, textEnd }: NameInWords, block: Block, type: ObjectType): boolean {
  const isCell = block.table !== undefined && block.table.row > 0;
  if ((!isCell && block.kind !== "heading") || block.text.length > longestCell) return false;
  const rest = block.text.slice(0, textStart) + block.text.slice(textEnd);
  if (/[\p{L}\p{N}]/u.test(rest.replace(/\b(?:TA|T|DS|DC|DET|AN|G|S|C|M|A)\d{4}(?:\.\d{3})?\b/g, ""))) return false;
  if (isCell)
    return headerOfKind.some((row) => row.type === type && row.pattern.test(block.table?.header.toLowerCase() ?? ""));
  return type === "tactic" || type === "technique";
}

/** A heading that is a name and nothing else, above a paragraph that goes on with “the gang”. */
function headsGroup({ textStart, textEnd }: NameInWords, block: Block, type: ObjectType, report: Report): boolean {
  if (type !== "group" || block.kind !== "heading" || block.text.length > longestCell) return false;
  if (/[\p{L}\p{N}]/u.test(block.text.slice(0, textStart) + block.text.slice(textEnd))) return false;
  const below = paragraphBelow(report, block);
  return (
    below?.sentences.slice(0, 2).some((sentence) => {
      const [, article, adjective, noun] = opening.exec(below.text.slice(sentence.textStart, sentence.textEnd)) ?? [];
      return article !== undefined && [adjective, noun].some((word) => kindWords.group?.has(word ?? ""));
    }) === true
  );
}

/** The first words of a sentence that takes somebody up: “The gang”, “This ransomware group”. */
const opening = /^(The|This|These) (\p{Ll}{1,30})(?: (\p{Ll}{1,30}))?/u;

/** UTF-16 units of a cell or heading that may be one name and ids; what is longer says more, and takes long to look through. */
const longestCell = 1_000;

/** Run in code, or called a command. */
function isCommand({ block, words, first, last }: NamePlace, inCode: boolean): boolean {
  const start = words[first]?.start ?? 0;
  if (inCode) {
    const line = block.text.slice(block.text.lastIndexOf("\n", start) + 1, start);
    const code = block.inlineCode.find((range) => range.start <= start && start < range.end);
    const before = code && code.start > start - line.length - 1 ? block.text.slice(code.start, start) : line;
    return (
      /(?:^|[|&;>("'`\\/]|\/c|-c|[$#>%]) *$/.test(before) &&
      /^(?:\.exe)?(?:\s+[^\s=]|$|`)/i.test(block.text.slice(words[last]?.end ?? 0))
    );
  }
  const next = words[last + 1];
  return (
    next !== undefined &&
    commandWords.has(next.lower) &&
    block.text.slice(words[last]?.end ?? 0, next.start).trim().length <= 1
  );
}

/** Of several meanings of one name, the one that the words beside it name; else the first in the order of kinds. */
function choose(candidate: NamePlace, possible: readonly NameEntry[]): NameEntry | undefined {
  if (possible.length < 2) return possible[0];
  const typed = possible.find(
    ({ meaning }) => meaning.kind === "object" && besideKindWord(candidate, meaning.object.type),
  );
  if (typed) return typed;
  // A group and its tool of one name: the group uses and targets, the tool can and is.
  const after = candidate.block.text.slice(candidate.words[candidate.last]?.end ?? 0).slice(0, 40);
  const type = /^ (?:has (?:also )?)?(?:used|targeted|sent|leveraged|exploited|deployed|conducted|compromised) /.test(
    after,
  )
    ? "group"
    : /^ (?:can|will|is|has|uses|contains|checks|collects|creates|encrypts|downloads) /.test(after)
      ? "software"
      : undefined;
  // What ATT&CK calls so weighs more than what it only also calls so.
  const named = possible.filter(({ by }) => by === "name");
  const pool = named.length > 0 ? named : possible;
  return pool.find(({ meaning }) => meaning.kind === "object" && meaning.object.type === type) ?? pool[0];
}

function addTo(map: Map<PlaceKey, Set<string>>, key: PlaceKey, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
