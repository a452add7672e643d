import { matchesOf } from "../report/matches.ts";
import { ofPart, ofReport, ofWords, paragraphBelow, type Block, type Report, type Words } from "../report/report.ts";
import { finderOf, gated } from "../report/pattern-gate.ts";
import { headingKey } from "./rules/comparisons.ts";
import { partyWords } from "./rules/introductions.ts";
import type { CampaignType } from "./campaign.ts";
import {
  amongActors,
  besideActor,
  bystander,
  calledHandles,
  calledMalware,
  doesTechnique,
  evidence,
  handles,
  quotedHandles,
  headsParagraph,
  isSetOff,
  isListedThing,
  isThingBelow,
  numberWords,
  thingBelow,
  thingLists,
  kindTails,
  noCoinedNames,
  noFirstWords,
  onHandle,
  thingWords,
  type EvidenceRow,
} from "./rules/evidence.ts";

/** A capitalised name in a block, and the rows of evidence that its surroundings satisfy; `at` is an offset into the block's text. */
export interface Candidate {
  readonly name: string;
  readonly at: number;
  readonly rows: readonly EvidenceRow[];
  /** At the head of a sentence or in a heading any word is capitalised. */
  readonly isCapitalisedAnyway: boolean;
}

/** What all places together say of a name. */
export interface Weighed {
  readonly name: string;
  /** Everything for it, and everything against it; above 0 both. */
  readonly gain: number;
  readonly loss: number;
  /** Kinds of evidence for it. */
  readonly kinds: readonly string[];
  readonly isActor: boolean;
  /** Even if its words are common ones. */
  readonly isSure: boolean;
}

/** So far from a name its surroundings reach. */
const reach = 110;

const word = "\\p{Lu}[\\p{L}\\p{N}]{0,30}(?:[-_’'](?=[\\p{Lu}\\p{N}])[\\p{L}\\p{N}]{1,30}){0,3}";
/** Trackers number what they name in small letters, too: “ochre-tapir-3”. */
const label = "\\p{Ll}{3,15}(?:-\\p{Ll}{3,15}){1,2}-\\d{1,3}";
const isCode = /^\p{Lu}{2,6}-\d{2,5}$/u;
const isLabel = new RegExp(`^${label}$`, "u");
const run = new RegExp(
  `(?<![\\p{L}\\p{N}_.\\\\/@$%-])(?:${label}|${word}(?: (?:(?:o|y|e|de|del|da|do|dos) )?${word}| \\d{1,4}(?![\\p{L}\\p{N}.])){0,2})(?![\\p{L}\\p{N}_\\\\/@]|\\.\\p{L}|-\\p{L})`,
  "gu",
);

const rowsOnForm = evidence.filter((row) => row.name !== undefined);
const rowsOnPlace = evidence.filter((row) => row.name === undefined);

/** The names of a block of which its words say something; of all others nothing is known. */
export const candidatesIn = ofWords((words): readonly Candidate[] =>
  words.kind === "code" ? [] : findCandidates(words),
);

const possibleRows = gated(rowsOnPlace, ({ last, before, behind }) =>
  [last, before, behind].filter((pattern) => pattern !== undefined),
);
const possibleHandles = gated([handles, quotedHandles, calledHandles], (pattern) => pattern);

function findCandidates(words: Words): readonly Candidate[] {
  const { kind, text, sentences, inlineCode, emphases } = words;
  const found: Candidate[] = [];
  const asWritten = [...inlineCode, ...emphases];
  const ofHandles = possibleHandles(text);
  sentences.forEach(({ textStart, textEnd }, index) => {
    const sentence = text.slice(textStart, textEnd);
    const following = sentences[index + 1];
    const next = following
      ? text.slice(following.textStart, Math.min(following.textEnd, following.textStart + 60))
      : "";
    const opens = firstLetter(sentence);
    let possible: readonly EvidenceRow[] | undefined;
    for (const pattern of ofHandles)
      for (const match of matchesOf(sentence, pattern)) {
        const name = match.groups?.["name"] ?? "";
        if (noCoinedNames.has(name.toLowerCase()) || partyWords.has(name)) continue;
        // The name is the first word of the match, or its last.
        const at = textStart + match.index + (match[0].startsWith(name) ? 0 : match[0].length - name.length);
        found.push({ name, at, rows: [onHandle], isCapitalisedAnyway: false });
      }
    for (const { start, end } of asWritten) {
      const written = start >= textStart && end <= textEnd ? text.slice(start, end) : "";
      if (!handle.test(written) || !beforeHandle.test(text.slice(Math.max(textStart, start - 40), start))) continue;
      found.push({ name: written, at: start, rows: [onHandle], isCapitalisedAnyway: false });
    }
    for (const match of matchesOf(sentence, run)) {
      const part = withinEmphasis(emphases, textStart + match.index, match[0]);
      const isWhole = kind === "heading" && part.text === text.trim();
      const named = trimmed(part.text, isWhole || match.index + part.skipped > opens);
      if (!named) continue;
      const { name } = named;
      const at = match.index + part.skipped + named.skipped;
      if (inlineCode.some(({ start, end }) => start <= textStart + at && textStart + at < end)) continue;
      const end = at + name.length;
      const before = sentence.slice(Math.max(0, at - reach), at);
      const behind = sentence.slice(end, end + reach);
      const last = lastWord(before);
      possible ??= possibleRows(sentence);
      const said = possible.filter(
        (row) =>
          (row.heading === undefined || kind === "heading") &&
          (row.last?.test(last) ?? true) &&
          (row.before?.test(before) ?? true) &&
          (row.behind?.test(behind) ?? true) &&
          (row.next === undefined || (at < 90 && row.next.test(next))),
      );
      // A label's form alone does not make an actor, but another one of its series may.
      const set = setOff(words, textStart + at, name);
      if (said.length === 0 && set.length === 0 && seriesOf(name) === undefined) continue;
      const rows = [...said, ...set, ...rowsOnForm.filter((row) => row.name?.test(name))];
      found.push({ name, at: textStart + at, rows, isCapitalisedAnyway: kind === "heading" || at <= opens });
    }
  });
  return found;
}

/** What of a run of capitalised words stands on the side of a border of emphasis on which the run ends or begins: “Secondly *Velour*”. */
function withinEmphasis(
  emphases: Words["emphases"],
  at: number,
  text: string,
): { readonly text: string; readonly skipped: number } {
  for (const { start, end } of emphases) {
    if (at < start && start < at + text.length) return { text: text.slice(start - at), skipped: start - at };
    if (at < end && end < at + text.length) return { text: text.slice(0, end - at).trimEnd(), skipped: 0 };
  }
  return { text, skipped: 0 };
}

/** Italics and bold say that what they hold, and nothing more, is a name; at the head of a paragraph they are a heading. */
function setOff({ text, emphases, kind }: Words, at: number, name: string): readonly EvidenceRow[] {
  const around = emphases.find(({ start, end }) => start <= at && at + name.length <= end);
  if (!around || kind === "heading") return [];
  const rest = text.slice(at + name.length, around.end);
  if (text.slice(around.start, at).trim() !== "") return [];
  const isAlone = /^[.:,]?\s*$/u.test(rest);
  const heads = around.start === 0 && (isAlone ? around.end < text.length : /^[:–—] /u.test(rest));
  return [...(isAlone ? [isSetOff] : []), ...(heads ? [headsParagraph] : [])];
}

/** What people call themselves, written as code, and the words before it. */
const handle = /^(?=.*\p{L})[\p{L}\d][\p{L}\d_.-]{2,30}$/u;
const beforeHandle =
  /\b(?:(?:persons?|somebody|someone|sellers?|members?|users?|individuals?|criminals?) (?:(?:who )?(?:is |was )?known|calling (?:him|her|them)sel(?:f|ves))(?: [\p{L}-]+){0,3} as|(?:forum|market|marketplace|chat|channel|underground|dark ?web|darknet|Telegram|Discord|Exploit|XSS) (?:users?|members?|accounts?)|sellers?|vendors?|personas?|hackers?|brokers?|actors?|affiliates?|handle|moniker|alias|nick(?:name)?|pseudonym)(?: (?:named|called|nicknamed|known as|of))? ["“‘]?$|\b(?:sellers|vendors|personas|hackers|brokers|actors|affiliates)(?: ["“‘]?[\p{L}\d_.-]{3,30}["”’]?(?:,| and| or|, and)){1,3} ["“‘]?$/iu;

/** The last word of a text, articles and quotation marks skipped. */
function lastWord(before: string): string {
  let end = before.length;
  for (let words = 0; words < 4; words += 1) {
    while (end > 0 && marks.has(before.charAt(end - 1))) end -= 1;
    let start = end;
    while (start > 0 && !marks.has(before.charAt(start - 1))) start -= 1;
    const word = before.slice(start, end);
    if (!articles.has(word)) return word;
    end = start;
  }
  return "";
}

const marks: ReadonlySet<string> = new Set(' ("“‘*_');
const articles: ReadonlySet<string> = new Set(["the", "The", "a", "A", "an", "An", "certain"]);

const firstLetter = (sentence: string): number => Math.max(0, sentence.search(/[\p{L}\p{N}]/u));

/** The length of the words at a name's head that only open its sentence, or say where it is from. */
export function lengthOfFirstWords(name: string, hasOwnCapital = false): number {
  const [first = ""] = name.split(" ");
  if (first.length >= name.length || !noFirstWords.has(first.toLowerCase())) return 0;
  if (hasOwnCapital && numberWords.has(first.toLowerCase())) return 0;
  return first.length + 1 + lengthOfFirstWords(name.slice(first.length + 1));
}

/** A run of capitalised words without those that are nobody's name at its head, and without the noun at its end. */
function trimmed(
  whole: string,
  /** The run does not open its sentence, so that a number that it begins with may be a part of the name. */
  hasOwnCapital = false,
): { readonly name: string; readonly skipped: number } | undefined {
  const skipped = lengthOfFirstWords(whole, hasOwnCapital);
  const name = whole.slice(skipped).replace(kindTails, "");
  const last =
    name
      .replace(/[ \d]+$/, "")
      .split(" ")
      .at(-1) ?? "";
  // “SCCM Server 1” ends in what it is, and “XOR” has the length of a term.
  if (last.length < name.length && / /.test(name) && thingWords.has(last.toLowerCase())) return undefined;
  if (
    name.length < 3 ||
    name.split(/[ -]/).every((each) => noCoinedNames.has(each.toLowerCase()) || /^\d+$/.test(each))
  )
    return undefined;
  return { name, skipped };
}

/** From here on a name is somebody's, where nothing speaks against it and where something does. */
const enough = 4;
const doubted = 5;

/** Kinds of evidence that say what somebody is and what it does as a person would; software is the subject of other verbs, too. */
const persons: ReadonlySet<string> = new Set([
  "is called an intruder",
  "is called people",
  "is called a campaign",
  "is named as trackers name",
  "is a who",
  amongActors.kind,
  besideActor.kind,
  doesTechnique.kind,
  "is followed",
  "is laid at its door",
  "is one of others",
  "has kin",
  "does what people do",
]);

/** Kinds that say outright that somebody is meant. */
const outright: ReadonlySet<string> = new Set([
  "is called an intruder",
  "names itself",
  "is a who",
  "is followed",
  "is laid at its door",
  amongActors.kind,
]);

/** Kinds that say less of what another one says. */
const sameKind: ReadonlyMap<string, string> = new Map([
  ["is called people", "is called an intruder"],
  ["is given a name", "names itself"],
  ["has the form of a code name", "is named as trackers name"],
]);

const subjects: ReadonlySet<string> = new Set([
  "does something",
  "does what intruders do",
  "does what people do",
  doesTechnique.kind,
]);
/** Kinds that any word at the head of a sentence, a section or a cell may have. */
const places: ReadonlySet<string> = new Set([
  "heads a section",
  "is taken up as people",
  besideActor.kind,
  amongActors.kind,
]);
/** Kinds that tell of what is run. */
const ofThings: ReadonlySet<string> = new Set(["is a thing", "is run"]);
const doings: ReadonlySet<string> = new Set(["does what intruders do", "does what people do"]);

/** Weighs what all places together say: of each place the strongest row of a kind; each row in full once, and half the second time. */
export function weigh(
  candidates: readonly Candidate[],
  /** A capital letter inside of a sentence tells a name from a word. */
  report: Report,
): Weighed {
  const { text } = report;
  const times = new Map<EvidenceRow, number>();
  for (const { rows } of candidates) for (const row of strongest(rows)) times.set(row, (times.get(row) ?? 0) + 1);
  let gain = 0;
  let loss = 0;
  const kinds = new Set<string>();
  const isThingToo = [...times.keys()].some(({ kind }) => ofThings.has(kind));
  for (const [row, count] of times) {
    const { weight, kind, name } = row;
    // Whatever has a name is set off.
    if (row === isSetOff) {
      if (!isThingToo) gain += weight;
      continue;
    }
    const sum = weight * (count === 1 || name !== undefined ? 1 : count === 2 ? 1.5 : 2);
    if (weight > 0) {
      gain += sum;
      kinds.add(sameKind.get(kind) ?? kind);
    } else loss -= sum;
  }
  const namesItself = [...times.keys()].some(({ kind }) => kind === "names itself");
  const isPerson = namesItself || [...times.keys()].some(({ kind }) => persons.has(kind));
  const name = candidates[0]?.name ?? "";
  const inProse =
    candidates.some(({ isCapitalisedAnyway }) => !isCapitalisedAnyway) ||
    (gain >= enough - 1 && standsInside(text, name));
  // A machine is the subject of many verbs, too.
  const others = [...kinds].filter((kind) => !subjects.has(kind));
  const isPlain = !inProse && /^\p{Lu}\p{Ll}+$/u.test(name);
  const isSupported = isPlain
    ? others.some((kind) => !places.has(kind)) || (times.get(amongActors) ?? 0) > 1
    : others.length > 0 || kinds.has("does what people do");
  // Who acts under the name of software has much for and much against it.
  const isBrand = gain >= 10 && kinds.size >= 4 && kinds.has("is called an intruder") && gain > loss;
  // Machines have names in the form of labels, too; and journalists tell of people by name.
  const isSomebody = isLabel.test(name)
    ? [...kinds].some((kind) => outright.has(kind))
    : !addressedIn(report).has(name.slice(name.lastIndexOf(" ") + 1));
  // “X is a loader” leaves no doubt, unless somebody is called by the same name.
  const isCalledThing =
    !kinds.has("is called an intruder") &&
    [...times.keys()].some((row) => row === bystander || (row.kind === "is a thing" && row.weight <= -5));
  return {
    name,
    gain,
    loss,
    kinds: [...kinds],
    isActor:
      isSupported &&
      isSomebody &&
      !isCalledThing &&
      (!isTerm(name) || (gain >= 2 * enough && kinds.has("is called an intruder"))) &&
      (isBrand || (gain >= (loss === 0 ? enough : doubted) && gain >= 2 * loss)) &&
      isPerson &&
      (kinds.size >= 2 || namesItself || kinds.has("is followed") || kinds.has(amongActors.kind) || gain >= 2 * enough),
    isSure: gain >= 8 && kinds.size >= 3 && inProse,
  };
}

/** Names of people whom a report addresses: “Brekke” of “Mr Brekke”. */
const addressedIn = ofReport(({ blocks }): ReadonlySet<string> => {
  const titled = blocks.flatMap(titledIn);
  const speakers = blocks.flatMap(speakersIn);
  const surnames = new Set(speakers.length > 0 ? blocks.flatMap(surnamesIn) : []);
  return new Set([...titled, ...speakers.filter((name) => surnames.has(name))]);
});

/** Names in a block: behind “Mr”, of those who speak, and behind a first name. */
const titledIn = ofWords(({ text }) => findTitles(text).map(([, name = ""]) => name));
const speakersIn = ofWords(({ text }) =>
  findSpeakers(text).flatMap(({ groups }) => groups?.["before"] ?? groups?.["behind"] ?? []),
);
const surnamesIn = ofWords(({ text }) => matchesOf(text, surname).map(({ groups }) => groups?.["name"] ?? ""));

const surname = /(?<=[^.!?] )\p{Lu}\p{Ll}+ (?=(?<name>\p{Lu}\p{Ll}+)(?![\p{L}-]))/gu;

/** Who speaks in a newspaper: “says Sand”, “Sand laughs”. Those who have a first name, too, are people. */
const speaker =
  /(?<![\p{L}-])(?:says|said|asks|adds|recalls|explains),? (?:\p{Lu}\p{Ll}+ )?(?<behind>\p{Lu}\p{Ll}+)(?![\p{L}-])|(?<![\p{L}-])(?<before>\p{Lu}\p{Ll}+)(?:, [^,.]{1,60},)? (?:says|said|adds|explains|recalls|laughs|(?:asks|asked|tells|told) (?:us|me))(?![\p{L}-])/gu;
const findSpeakers = finderOf(speaker);

const title = /(?<![\p{L}-])(?:Mr|Mrs|Ms|Dr)\.? (\p{Lu}[\p{L}-]{1,40})/gu;
const findTitles = finderOf(title);

/** Short and all in capitals, as protocols and file types are: “XOR”, “APIs”. Or two words that lost the space between them. */
const isTerm = (name: string): boolean =>
  /^\p{Lu}{2,5}[\ds]?$/u.test(name) || /\p{Ll}(?:The|This|In|It|We)$/u.test(name);

/** Kinds that say that something is given a name. */
const namings: ReadonlySet<string> = new Set(["is followed", "is given a name", "names itself"]);

/** Kinds that say what somebody is. */
const called: ReadonlySet<string> = new Set(["is called an intruder", "is called people"]);

/** “The threat actor X” says what “the actor X” says. */
function strongest(rows: readonly EvidenceRow[]): readonly EvidenceRow[] {
  const byKind = new Map<string, EvidenceRow>();
  // “A ransomware service”: the noun that says more stands behind.
  const isSaid = rows.some(({ kind, weight }) => kind === "is called an intruder" && weight === 4);
  const isPeople = rows.includes(isSetOff) && rows.some((row) => called.has(row.kind));
  const isThing = !isSaid && rows.includes(calledMalware);
  for (const row of rows) {
    if (isSaid && row.kind === "is a thing") continue;
    // “The channel X announced” is no publisher's word.
    if (isPeople && row.kind === "publishes") continue;
    // “The implant that we call X”: the name is the implant's.
    if (isThing && namings.has(row.kind)) continue;
    const kind = sameKind.get(row.kind) ?? row.kind;
    const other = byKind.get(kind);
    if (!other || Math.abs(row.weight) > Math.abs(other.weight)) byKind.set(kind, row);
  }
  return [...byKind.values()];
}

/** Whether a report writes the words of a name in lower case, too: any of them may be any word. */
export const isCommon = (name: string, report: Report): boolean =>
  name.split(/[ -]/).every((each) => /^\p{Lu}\p{Ll}+$/u.test(each) && isSmallIn(report, each.toLowerCase()));

/** Words, and whether a report writes them in lower case. */
const smallOf = ofReport(() => new Map<string, boolean>());

function isSmallIn(report: Report, word: string): boolean {
  const words = smallOf(report);
  let known = words.get(word);
  if (known === undefined) words.set(word, (known = report.blocks.some((block) => smallWordsIn(block).has(word))));
  return known;
}

const smallWordsIn = ofWords(({ text }): ReadonlySet<string> => new Set(text.match(smallWords)));
const smallWords = /(?<![\p{L}\p{N}_])\p{Ll}+(?![\p{L}\p{N}_])/gu;

/** Whether a text writes a name inside of a sentence: behind a small letter or a comma. */
function standsInside(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
    if (
      /[\p{Ll},] ["“*_]*$/u.test(text.slice(Math.max(0, at - 4), at)) &&
      !/^[\p{L}\p{N}_]/u.test(text.charAt(at + name.length))
    )
      return true;
  return false;
}

/** Somebody whom the report names in words of its own. */
export interface Coined {
  readonly name: string;
  readonly type: CampaignType;
  readonly places: readonly CoinedPlace[];
}

export interface CoinedPlace {
  readonly block: Block;
  /** Offset into the block's text. */
  readonly at: number;
  /** Whether the words here introduce whom they name, or tell what it did: of whom no one else knows, the report tells. */
  readonly introduces: boolean;
}

/** What a report says of every name that it writes; names by which it calls anything else are the caller's to leave out. */
export type WeighedNames = ReadonlyMap<string, Weighed & Coined & { readonly candidates: readonly Candidate[] }>;

export function weighNames(
  report: Report,
  /** Whether a technique is told of beside an offset of a block's text. */
  tellsOfTechnique: (block: Block, at: number) => boolean = () => false,
): WeighedNames {
  const names = new Map<string, Found>();
  for (const block of report.blocks)
    for (const found of candidatesIn(block)) {
      const isDoer = found.rows.some(({ kind }) => doings.has(kind)) && tellsOfTechnique(block, found.at);
      const isAbove = thingBelow.test(paragraphBelow(report, block)?.text ?? "");
      const added = [
        ...(isDoer ? [doesTechnique] : []),
        ...(isAbove ? [isThingBelow] : []),
        ...(found.at <= longestMark && isInThingList(block, report) ? [isListedThing] : []),
      ];
      const candidate = added.length > 0 ? { ...found, rows: [...found.rows, ...added] } : found;
      const place = {
        block,
        at: candidate.at,
        introduces:
          isDoer ||
          candidate.rows.some(({ introduces }) => introduces) ||
          (candidate.rows.includes(isSetOff) && candidate.rows.some(({ kind }) => called.has(kind))),
      };
      const known = names.get(candidate.name);
      if (known) {
        known.candidates.push(candidate);
        known.places.push(place);
      } else names.set(candidate.name, { candidates: [candidate], places: [place] });
    }
  joinNumbered(names);
  return new Map(
    [...names].map(([name, { candidates, places }]) => [
      name,
      { candidates, places, type: typeOf(candidates), ...weigh(candidates, report) },
    ]),
  );
}

interface Found {
  readonly candidates: Candidate[];
  readonly places: CoinedPlace[];
}

/** “Nine Lanterns” at the head of a sentence were taken for nine “Lanterns”: where the report has the whole name elsewhere, it has it there, too. */
function joinNumbered(names: Map<string, Found>): void {
  for (const [whole, found] of [...names]) {
    const [number = "", ...others] = whole.split(" ");
    const name = others.join(" ");
    const short = numberWords.has(number.toLowerCase()) ? names.get(name) : undefined;
    if (!short) continue;
    const isWhole = ({ block, at }: CoinedPlace): boolean => block.text.slice(0, at).endsWith(`${number} `);
    if (!short.places.every(isWhole)) continue;
    const back = number.length + 1;
    found.candidates.push(...short.candidates.map((each) => ({ ...each, name: whole, at: each.at - back })));
    found.places.push(...short.places.map((each) => ({ ...each, at: each.at - back })));
    names.delete(name);
  }
}

/** Whether the block is an item or a cell under a heading such as “Plug-ins”. */
const isInThingList = ({ kind, section }: Block, { sections }: Report): boolean =>
  (kind === "list-item" || kind === "table-cell") && thingLists.test(headingKey(sections[section]?.title ?? ""));

/** Where an actor is named that the caller knows. */
export interface KnownPlace {
  readonly block: number;
  /** Offsets into the block's text. */
  readonly textStart: number;
  readonly textEnd: number;
}

/** The same with what company says: headings, cells and enumerations in which actors stand that the caller knows. */
export function withCompany(weighed: WeighedNames, report: Report, known: readonly KnownPlace[]): WeighedNames {
  const company = companyOf(report, known);
  if (company.length === 0) return weighed;
  const all = new Map(weighed);
  const added = new Map<string, Company[]>();
  for (const each of company) {
    const list = added.get(each.name);
    if (list) list.push(each);
    else added.set(each.name, [each]);
  }
  for (const [name, others] of added) {
    const before = all.get(name);
    const candidates = [
      ...(before?.candidates ?? []),
      ...others.map(({ block, at, row }): Candidate => ({
        name,
        at,
        rows: [row],
        isCapitalisedAnyway: row === amongActors || shelf(block, report) !== undefined,
      })),
    ];
    const places = [
      ...(before?.places ?? []),
      ...others.map(({ block, at }): CoinedPlace => ({ block, at, introduces: false })),
    ];
    all.set(name, { candidates, places, type: before?.type ?? "group", ...weigh(candidates, report) });
  }
  return all;
}

/** A number, a flag or another mark may stand before the name at the head of a heading. UTF-16 units. */
export const longestMark = 6;

interface Company {
  readonly name: string;
  readonly block: Block;
  readonly at: number;
  readonly row: EvidenceRow;
}

const shelf = (block: Block, { sections }: Report): string | undefined => {
  const { section, kind, table } = block;
  if (table) return table.row > 0 ? `column ${table.table}/${table.column}` : `head ${table.table}`;
  if (kind === "heading") return `sections of ${sections[section]?.parent ?? -1}`;
  return runInHead(block) === undefined ? undefined : `heads in ${section}`;
};

/** The words in bold or italics with which a paragraph begins, if they are its heading: “**Velour.** Active since …”. */
const runInHead = ofWords(({ text, emphases: [first] }): string | undefined => {
  if (first?.start !== 0 || first.end > longestRunIn || first.end >= text.length) return undefined;
  const head = text.slice(0, first.end).trimEnd();
  return /[.:]$/u.test(head) ? head.slice(0, -1) : /^\s*[:–—-]/u.test(text.slice(first.end)) ? head : undefined;
});

/** UTF-16 units. */
const longestRunIn = 60;

function companyOf(report: Report, known: readonly KnownPlace[]): readonly Company[] {
  const found: Company[] = [];
  const shelves = new Map<string, Set<number>>();
  for (const { block: index, textStart, textEnd } of known) {
    const block = report.blocks[index];
    if (!block) continue;
    const own = shelf(block, report);
    // The name is all that the cell or heading has, or its head.
    if (
      own !== undefined &&
      textStart <= longestMark &&
      (textEnd >= (runInHead(block) ?? block.text.trimEnd()).length || block.kind === "heading")
    ) {
      const blocks = shelves.get(own) ?? new Set();
      shelves.set(own, blocks.add(index));
    }
    for (const { name, at } of neighboursOf(block, { textStart, textEnd }))
      found.push({ name, block, at, row: besideActor });
  }
  addLevels(shelves, report);
  if (shelves.size > 0)
    for (const block of report.blocks) {
      const own = shelf(block, report);
      const others = own === undefined ? undefined : shelves.get(own);
      if (!others || others.has(block.index)) continue;
      const head = headOf(block);
      if (head) found.push({ ...head, block, row: others.size > 1 ? amongActors : besideActor });
    }
  return found;
}

/** The name that a heading, a cell or a paragraph has at its head. */
const headOf = ofWords((words): { readonly name: string; readonly at: number } | undefined => {
  const { kind, text } = words;
  const { run: alone, subject } =
    (kind === "heading" ? inHeading : onShelf).exec(runInHead(words) ?? text)?.groups ?? {};
  const run = alone ?? subject;
  const named = run === undefined ? undefined : trimmed(run, alone !== undefined);
  return run === undefined || !named ? undefined : { name: named.name, at: text.indexOf(run) + named.skipped };
});

/** Names that stand in one list with a name of the block: “Kimsuky and X”. Remembered: while an author types, few blocks change. */
const neighboursOf = ofPart(
  ({ textStart, textEnd }: { readonly textStart: number; readonly textEnd: number }) => `${textStart} ${textEnd}`,
  ({ kind, text }, { textStart, textEnd }): readonly { readonly name: string; readonly at: number }[] => {
    if (kind === "code") return [];
    const from = Math.max(0, textStart - 80);
    const sides = [
      [nextInList, text.slice(textEnd, textEnd + 80), textEnd],
      [lastInList, text.slice(from, textStart), from],
    ] as const;
    return sides.flatMap(([pattern, words, offset]) => {
      const match = pattern.exec(words);
      const run = match?.groups?.["run"];
      const named = run === undefined ? undefined : trimmed(run, true);
      return match && run !== undefined && named
        ? [{ name: named.name, at: offset + match.index + match[0].indexOf(run) + named.skipped }]
        : [];
    });
  },
);

/** So many headings of one level that name actors make it a level of actors, if they are more than half of it. */
const enoughHeadings = 3;

/** Where most headings of a level name actors, in whatever section, the others of that level do so, too. */
function addLevels(shelves: Map<string, Set<number>>, report: Report): void {
  const named = new Set([...shelves].flatMap(([own, blocks]) => (own.startsWith("sections of") ? [...blocks] : [])));
  const byLevel = new Map<number, Block[]>();
  for (const block of report.blocks)
    if (block.kind === "heading") byLevel.set(block.level ?? 1, [...(byLevel.get(block.level ?? 1) ?? []), block]);
  for (const headings of byLevel.values()) {
    const actors = headings.filter(({ index }) => named.has(index));
    if (actors.length < enoughHeadings || actors.length * 2 <= headings.length) continue;
    for (const heading of headings) {
      const own = shelf(heading, report);
      if (own !== undefined)
        shelves.set(own, new Set([...(shelves.get(own) ?? []), ...actors.map(({ index }) => index)]));
    }
  }
}

/** What may stand before a name at the head of a heading: a number, a flag. */
const mark = "\\s*(?:\\d{1,3}\\s?[.):·–—-] ?|[\\p{So}\\p{RI}\\uFE0F\\u200D]{1,6} ?)?";
const nextInList = new RegExp(
  `^["”’*_]*(?: \\([^()]{0,40}\\))?(?:,? and|,? or|,| &| as well as) (?:the |with )?["“‘*_]*(?<run>${word}(?: ${word}){0,2})(?![\\p{L}\\p{N}_])`,
  "u",
);
const lastInList = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(?<run>${word}(?: ${word}){0,2})["”’*_]*(?:,? and|,? or|,| &| as well as) (?:the |with )?["“‘*_]*$`,
  "u",
);
const onShelf = new RegExp(
  `^${mark}["“‘*_]*(?<run>${word}(?: ${word}| \\d{1,4}){0,2})["”’*_]*\\s*(?:$|[:,–—·•|(])`,
  "u",
);
/** A heading may go on with what its actor did, if the name has more than one word: “3 · Silent Velour reads mail”. */
const inHeading = new RegExp(
  `^${mark}["“‘*_]*(?:(?<run>${word}(?: ${word}| \\d{1,4}){0,2})["”’*_]*\\s*(?:$|[:,–—·•|(])|(?<subject>${word}(?: ${word}){1,2})["”’*_]* (?=\\p{Ll}))`,
  "u",
);

/** Whether a report that makes somebody of software in a sentence or two tells all the more of it as what is run. */
export function isRatherRun(weighed: WeighedNames, written: ReadonlySet<string>): boolean {
  const names = [...written].flatMap((name) => [name, `${name} RAT`].flatMap((each) => weighed.get(each) ?? []));
  const gain =
    names.reduce((sum, each) => sum + each.gain, 0) -
    names.filter(({ kinds }) => kinds.includes(doesTechnique.kind)).length * 2 * doesTechnique.weight;
  const loss = names.reduce((sum, each) => sum + each.loss, 0);
  return loss >= 8 && loss > 1.4 * gain;
}

/** Whether a report tells of a name as of a thing that is run, and less of somebody. */
export function isThing(weighed: WeighedNames, name: string): boolean {
  return thingWeight(weighed, name) > (weighed.get(name)?.gain ?? 0);
}

/** Whether a report introduces a name as that of somebody who was attacked, or tells of it. */
export const isBystander = (weighed: WeighedNames, name: string): boolean =>
  (weighed.get(name)?.candidates ?? []).some(({ rows }) => rows.includes(bystander));

/** How much a report tells of a name as of a thing that is run; 0 where it does not. */
export const thingWeight = (weighed: WeighedNames, name: string): number =>
  (weighed.get(name)?.candidates ?? [])
    .flatMap(({ rows }) => rows)
    .filter(({ kind }) => ofThings.has(kind))
    .reduce((sum, { weight }) => sum - weight, 0);

/** Those among them who act, by the report alone. */
export function coinedNames(weighed: WeighedNames, report: Report): readonly string[] {
  const actors = [...weighed.values()]
    .filter((each) => each.isActor && (each.isSure || !isCommon(each.name, report)))
    .map(({ name }) => name);
  const series = new Set(actors.flatMap((name) => seriesOf(name) ?? []));
  // Of labels that only count up, one is an actor's if another one is.
  const others = [...weighed.keys()].filter((name) => !actors.includes(name) && series.has(seriesOf(name) ?? ""));
  return [...actors, ...others];
}

/** “ochre-tapir” of “ochre-tapir-3”, “ACT” of “ACT-4471”, “NWC” of “NWC4471”. */
const seriesOf = (name: string): string | undefined =>
  isLabel.test(name) || isCode.test(name)
    ? name.slice(0, name.lastIndexOf("-"))
    : /^(\p{Lu}{2,6})\d{3,5}$/u.exec(name)?.[1];

function typeOf(candidates: readonly Candidate[]): CampaignType {
  const rows = candidates.flatMap((candidate) => candidate.rows);
  const isCalled = (kind: string): boolean => rows.some((row) => row.kind === kind);
  if (isCalled("is called a campaign") && !isCalled("is called an intruder")) return "campaign";
  return "group";
}
