import { rowOf } from "../mapping/place.ts";
import { lengthOfFirstWords } from "./coined-names.ts";
import { handlesOf } from "./handles.ts";
import { noCoinedNames, thingWords } from "./rules/evidence.ts";
import type { Mapping } from "../mapping/map-report.ts";
import { matchesOf } from "../report/matches.ts";
import { finderOf, gated } from "../report/pattern-gate.ts";
import { overlapFinder } from "../report/ranges.ts";
import { type Block, type Range, type Report, ofWords, toSource } from "../report/report.ts";
import type { CampaignType } from "./campaign.ts";
import { policeWork } from "./rules/comparisons.ts";
import {
  actorColumns,
  partyColumns,
  apposed,
  clusterCodes,
  givenName,
  kindBehindName,
  letteredClusters,
  namedThings,
  namings,
  noNames,
  numberedClusters,
  operationNames,
  weakNamings,
} from "./rules/introductions.ts";

interface Introduction extends Range, Omit<Given, "at"> {}

/** A name that the words around it give, or its form; `at` is an offset into the block's text. */
interface Given {
  readonly at: number;
  readonly name: string;
  readonly type: CampaignType;
  /** How the report may speak of it later: "Silent Harbor". */
  readonly short?: string;
  /** The words around it give the name; others are known by their form wherever they stand. */
  readonly byWords: boolean;
  /** By a noun beside it alone, which may belong to something else. */
  readonly isApposed?: true;
  /** By its place in a table alone. */
  readonly isListed?: true;
}

/** Names that show by their form what they are. */
const namesByForm = [
  [numberedClusters, "cluster"],
  [letteredClusters, "cluster"],
  [operationNames, "campaign"],
] as const;

/** Names that the report gives itself: “a campaign dubbed X”, “X, a ransomware gang”, a table's actors, numbered clusters. */
export function introductions(report: Report, mapping: Mapping): readonly Introduction[] {
  // What words only describe takes no name: they may be part of it.
  const overlapping = overlapFinder<Range>([
    ...mapping.mentions.filter(({ by }) => by !== "lexicon" && by !== "model"),
    ...mapping.actors,
  ]);
  const found: Introduction[] = [];
  for (const block of report.blocks) {
    if (block.kind === "code") continue;
    const add = ({ at, ...given }: Given): void => {
      const range = { start: toSource(block, at), end: toSource(block, at + given.name.length, "end") };
      const isTaken =
        overlapping(range).length > 0 || found.some((other) => other.start < range.end && range.start < other.end);
      if (!isTaken) found.push({ start: range.start, end: range.end, ...given });
    };
    namesGivenIn(block).forEach(add);
    const codes = codesIn(block);
    if (codes.length > 0 && headsCluster(block, report)) codes.forEach(add);
    const { table } = block;
    if (table && table.row > 0 && actorColumns.test(table.header.trim())) {
      const name = block.text.trim().replace(/ \([^()]{0,60}\)$/u, "");
      const ofParty = rowOf(report, block).some((cell) => partyColumns.test(cell.table?.header.trim() ?? ""));
      const type = thingIn(table.header)?.type ?? (ofParty ? "group" : undefined);
      if (type !== undefined && wholeName.test(name) && mayBeName(name))
        // To list somebody in a table is not to tell of them.
        add({
          at: block.text.indexOf(name),
          name,
          type,
          ...(ofParty ? { byWords: true } : { byWords: false, isListed: true }),
        });
    }
  }
  const somebody = overlapFinder<Range>([
    ...mapping.mentions.filter(({ object }) => object.type === "group" || object.type === "campaign"),
    ...mapping.actors,
    ...found,
  ]);
  for (const { block, at, name, isListed } of handlesOf(report, (cell) => somebody(cell).length > 0)) {
    const range = { start: toSource(block, at), end: toSource(block, at + name.length, "end") };
    if (overlapping(range).length > 0 || somebody(range).length > 0) continue;
    found.push({ ...range, name, type: "group", byWords: !isListed, ...(isListed ? { isListed } : {}) });
  }
  return found.map((each) => ({ ...each, ...withoutTail(each, found) }));
}

/** “Operation X Attack Vector” in a heading is Operation X, if the report speaks of that elsewhere. */
function withoutTail({ name, short }: Introduction, all: readonly Introduction[]): Partial<Introduction> {
  if (short === undefined) return {};
  const whole = all.find((other) => other.short !== undefined && name.startsWith(`${other.name} `));
  return whole?.short === undefined ? {} : { name: whole.name, short: whole.short };
}

const mayBeName = (name: string): boolean =>
  name.length >= 3 && /\p{Lu}|\p{N}/u.test(name) && !noNames.test(name) && !isKindOfThing(name);

/** “DLL”, “Server”: what the words name is a kind, and nobody. “Actor North” is somebody. */
const isKindOfThing = (name: string): boolean =>
  name.split(/[ -]/).every((word) => thingWords.has(word.toLowerCase())) ||
  (/^\p{Lu}{2,5}s?$/u.test(name) && noCoinedNames.has(name.toLowerCase()));

const namingsIn = finderOf(namings);
const possibleApposed = gated(apposed, (pattern) => pattern);
const possibleForms = gated(namesByForm, ([pattern]) => pattern);

/** Names that a block gives, by its own words alone. */
const namesGivenIn = ofWords(({ text }): readonly Given[] => {
  const found: Given[] = [];
  for (const match of namingsIn(text)) {
    const thing = thingNamed(text, { start: match.index, end: match.index + match[0].length });
    for (const { name, at } of namesFrom(text, match.index + match[0].length)) {
      const type = thing ?? (wholeNumber.test(name) ? "cluster" : undefined);
      if (type !== undefined) found.push({ at, name, type, byWords: true });
    }
  }
  for (const pattern of possibleApposed(text))
    for (const match of matchesOf(text, pattern)) {
      const { name = "", thing = "" } = match.groups ?? {};
      const skipped = lengthOfFirstWords(name);
      found.push({
        at: match.index + match[0].indexOf(name) + skipped,
        name: name.slice(skipped).replace(kindBehindName, ""),
        type: thingIn(thing)?.type ?? "group",
        byWords: true,
        isApposed: true,
      });
    }
  for (const [pattern, type] of possibleForms(text))
    for (const match of matchesOf(text, pattern)) {
      const short = match.groups?.["short"];
      if (short !== undefined && policeWork.test(text)) continue;
      found.push({ at: match.index, name: match[0], type, byWords: false, ...(short === undefined ? {} : { short }) });
    }
  // “Operation In(ter)ception” is not called “In”.
  return found.filter(({ name, at }) => mayBeName(name) && !/^\(\p{Ll}/u.test(text.slice(at + name.length)));
});

/** Codes in a heading that may be those of clusters. */
const codesIn = ofWords(({ kind, text }): readonly Given[] =>
  kind === "heading"
    ? matchesOf(text, clusterCodes)
        .map((match): Given => ({ at: match.index, name: match[0], type: "cluster", byWords: true }))
        .filter(({ name }) => mayBeName(name))
    : [],
);

/** Whether the section that a code heads speaks of a cluster, group or actor. */
const headsCluster = ({ section }: Block, report: Report): boolean => {
  const { start, end } = report.sections[section] ?? { start: 0, end: 0 };
  return report.blocks.some(
    (block) =>
      block.start >= start &&
      block.end <= end &&
      /\b(?:clusters?|groups?|subgroup|actors?|operators?)\b/iu.test(block.text),
  );
};

const wholeNumber = new RegExp(`^${numberedClusters.source}$`, "u");
export const wholeName = /^\p{Lu}[\p{L}\p{N}-]*(?: (?:\p{Lu}|\p{N})[\p{L}\p{N}-]*){0,3}$/u;

/** One name or several behind the words that give them: “X or Y”, “X, Y and Z”. */
function namesFrom(text: string, from: number): readonly { readonly name: string; readonly at: number }[] {
  const names: { readonly name: string; readonly at: number }[] = [];
  for (let at = from; names.length < 4;) {
    const given = givenName.exec(text.slice(at, at + 80));
    const raw = given?.groups?.["quoted"] ?? given?.groups?.["capitals"];
    if (!given || raw === undefined) break;
    names.push({ name: raw.trim(), at: at + given[0].indexOf(raw) });
    const next = /^,? (?:or|and) (?:as )?|^, (?:as )?(?=["“*_]|\p{Lu})/u.exec(text.slice(at + given[0].length));
    if (!next) break;
    at += given[0].length + next[0].length;
  }
  return names;
}

/** What the words before a naming speak of: the nearest noun that can bear a name. Absent where there is none. */
function thingIn(words: string): { readonly type: CampaignType | undefined } | undefined {
  let nearest = -1;
  let found: { readonly type: CampaignType | undefined } | undefined;
  for (const { pattern, type } of namedThings) {
    for (const match of matchesOf(words, pattern)) {
      if (match.index > nearest) {
        nearest = match.index;
        found = { type };
      }
    }
  }
  return found;
}

/** “The actors behind the campaign”: of the two nouns the first is named. */
const behindIt =
  / (?:behind|responsible for) (?:the |this |these |that )?(?:[\p{L}-]+ ){0,2}?(?:campaigns?|operations?|attacks?|intrusions?|activity|waves?)(?![\p{L}-])/giu;

/** What is named: by the noun in front of the naming words, the noun behind the name, or what “them” and “it” take up. */
function thingNamed(text: string, naming: Range): CampaignType | undefined {
  const isWeak = weakNamings.test(text.slice(naming.start, naming.end));
  const before = text.slice(Math.max(0, naming.start - (isWeak ? 25 : 120)), naming.end);
  const sentence = before.slice(before.lastIndexOf(". ") + 1).replace(behindIt, "");
  const behind = /^\W?(?:\p{Lu}[\p{L}\p{N}-]*[\s"”’'*_)-]{1,3}){1,3}(?<noun>\p{Ll}+(?: \p{Ll}+)?)/u.exec(
    text.slice(naming.end),
  )?.groups?.["noun"];
  const taken = /\b(?:them|they|it|this)\b/iu.test(text.slice(naming.start, naming.end));
  const itself = behind === undefined ? undefined : thingIn(behind);
  // “Known as the Lime version” is nobody.
  if (itself && itself.type === undefined) return undefined;
  const told = text.slice(Math.max(0, naming.start - 300), naming.start);
  return (thingIn(sentence) ?? itself ?? (taken ? (thingFound(told) ?? thingIn(told)) : undefined))?.type;
}

/** “We found a backdoor on servers of an operator. We call it”: what was found, and not the last noun. */
const thingFound = (text: string): ReturnType<typeof thingIn> => thingIn(matchesOf(text, finds).at(-1)?.[0] ?? "");

const finds =
  /(?<![\p{L}-])(?:[Ff]ound|discover(?:ed|s)?|identif(?:ied|ies|y)|observed?|uncover(?:ed|s)?|detect(?:ed|s)?|analy[sz]ed?|came across|encountered|obtained|recovered|saw|see) (?:an?|the|this|another|one|two) (?:[\p{L}\d'’-]+,? ){0,4}?[\p{L}-]+(?= (?:on|in|at|from|of|by|that|which|used|whose|for|with|among)(?![\p{L}-])|[.,;:])/gu;
