import type { Catalogue } from "../attack/catalogue.ts";
import type { Mapping } from "../mapping/map-report.ts";
import { nameKey } from "../attack/names.ts";
import { placeKey, placeOf } from "../mapping/place.ts";
import { overlapFinder } from "../report/ranges.ts";
import { isOfSentence, toSource, type Block, type Range, type Report } from "../report/report.ts";
import type { CampaignRole, CampaignType } from "./campaign.ts";
import { comparisonsIn, type ComparedSpan } from "./compared.ts";
import { attributions, deeds, sidelines } from "./rules/comparisons.ts";
import {
  givenName,
  letteredClusters,
  letteredName,
  namedThings,
  namings,
  numberedClusters,
  operationNames,
} from "./rules/introductions.ts";

/** Somebody of whom the report speaks, with every place where it does. */
export interface Actor {
  readonly key: string;
  readonly name: string;
  readonly type: CampaignType;
  readonly attackIds: readonly string[];
  readonly aliases: readonly string[];
  /** Set where the author declares it. */
  readonly role?: CampaignRole;
  readonly sightings: readonly Sighting[];
}

/** One place where the report names an actor; `start`/`end` are offsets into the source. */
export interface Sighting extends Range {
  readonly block: number;
  readonly sentence: number;
  /** Offsets into the block's text. */
  readonly textStart: number;
  readonly textEnd: number;
  readonly text: string;
  /** Set where the words around it only compare, cite or recall. */
  readonly compared?: string;
  /** The report's own words give this name to the actor here. */
  readonly introduced: boolean;
  /** In a title, or as the one who does something. */
  readonly acting: boolean;
}

type Draft = Omit<Actor, "sightings" | "aliases" | "attackIds"> & {
  /** Where the sightings begin: one place is seen once. */
  readonly starts: Set<number>;
  attackIds: string[];
  aliases: Set<string>;
  sightings: Sighting[];
};

/** Everybody whom the report names: ATT&CK's groups and campaigns, others' names, its own names, its author's declarations. */
export function findActors(report: Report, catalogue: Catalogue, mapping: Mapping): readonly Actor[] {
  const actors = new Map<string, Draft>();
  const keys = new Map<string, string>();
  const draft = (key: string, name: string, type: CampaignType): Draft => {
    let known = actors.get(key);
    if (!known)
      actors.set(
        key,
        (known = { key, name, type, attackIds: [], aliases: new Set(), sightings: [], starts: new Set() }),
      );
    return known;
  };
  const see = (
    actor: Draft,
    range: Range,
    place: { readonly block: number; readonly sentence: number },
    introduced: boolean,
  ): void => {
    const block = report.blocks[place.block];
    if (!block || actor.starts.has(range.start)) return;
    actor.starts.add(range.start);
    const text = report.text.slice(range.start, range.end);
    const tells = telling.has(placeKey(report, place));
    actor.sightings.push(judge(report, block, place.sentence, range, text, introduced, tells, comparisonsIn(block)));
    if (text !== actor.name && nameKey(text) !== nameKey(actor.name)) actor.aliases.add(text.replace(/\s+/g, " "));
  };

  // Where a technique is named, something is told of whoever stands beside it.
  const telling = new Set(
    mapping.mentions.flatMap(({ object, place }) =>
      object.type === "technique" && place ? [placeKey(report, place)] : [],
    ),
  );

  for (const declared of declaredCampaigns(report)) {
    const ids = declared.groups.flatMap((group) => groupId(catalogue, group) ?? []);
    const actor = draft(nameKey(declared.name), declared.name, "campaign");
    actors.set(actor.key, { ...actor, role: declared.role, attackIds: ids, aliases: new Set(declared.aliases) });
    for (const name of [declared.name, ...declared.aliases]) keys.set(nameKey(name), actor.key);
  }

  for (const mention of mapping.mentions) {
    const { type, id, name } = mention.object;
    if ((type !== "group" && type !== "campaign") || !mention.place) continue;
    const declaredKey = keys.get(nameKey(name)) ?? keys.get(nameKey(mention.text));
    const actor = draft(declaredKey ?? id, name, type);
    if (!actor.attackIds.includes(id)) actor.attackIds.push(id);
    see(actor, mention, mention.place, false);
  }
  for (const { name, start, end, place } of mapping.actors) {
    const key = keys.get(nameKey(name)) ?? nameKey(name);
    see(draft(key, name, "group"), { start, end }, place, false);
  }

  const named = introductions(report, mapping);
  for (const { name, type, short } of named) {
    const shortKey = nameKey(short ?? name);
    const key = keys.get(nameKey(name)) ?? keys.get(shortKey) ?? shortKey;
    keys.set(nameKey(name), key);
    keys.set(shortKey, key);
    const actor = draft(key, name, type);
    // One word alone may be any word.
    if (short?.includes(" ")) actor.aliases.add(short);
  }
  // Names that ATT&CK lacks are searched for letter by letter, as the report writes them.
  for (const actor of [...actors.values()]) {
    if (actor.attackIds.length > 0 && actor.role === undefined) continue;
    for (const name of [actor.name, ...actor.aliases]) {
      for (const { range, place } of occurrences(report, name))
        see(
          actor,
          range,
          place,
          named.some((given) => given.start <= range.start && range.end <= given.end),
        );
    }
  }
  for (const { range, place, text } of comparedNeighbours(report, actors))
    see(draft(nameKey(text), text, "campaign"), range, place, false);

  return withDoers(joinClusters([...actors.values()], report), report, catalogue, draft)
    .filter(({ sightings, role }) => sightings.length > 0 || role !== undefined)
    .map((actor) => ({
      ...actor,
      aliases: [...actor.aliases],
      sightings: [...actor.sightings].sort((a, b) => a.start - b.start),
    }));
}

/** Whoever the author gives a sentence to is told of; whom the report does not name is one more actor. */
function withDoers(
  actors: readonly Draft[],
  report: Report,
  catalogue: Catalogue,
  draft: (key: string, name: string, type: CampaignType) => Draft,
): readonly Draft[] {
  const doers = new Map(
    report.directives
      .filter(isOfSentence)
      .flatMap((directive) => (directive.kind === "campaign" ? [[nameKey(directive.name), directive.name]] : [])),
  );
  const isCalled = ({ name, aliases }: Draft, key: string): boolean =>
    [name, ...aliases].some((other) => nameKey(other) === key);
  const unnamed = [...doers].filter(([key]) => !actors.some((actor) => isCalled(actor, key)));
  return [
    // A campaign that is declared takes no members but those that its author names: only the report's own words make a roof.
    ...actors.map((actor): Draft =>
      actor.role === undefined && actor.type !== "campaign" && [...doers.keys()].some((key) => isCalled(actor, key))
        ? { ...actor, role: "described" }
        : actor,
    ),
    ...unnamed.map(([key, name]): Draft => {
      const id = groupId(catalogue, name);
      const actor = draft(key, name, id?.startsWith("G") ? "group" : "cluster");
      return { ...actor, role: "described", attackIds: id === undefined ? [] : [id] };
    }),
  ];
}

/** A cluster that the report tells apart by a letter is the group that stands in its heading, or of whom its section tells first. */
function joinClusters(drafts: readonly Draft[], report: Report): readonly Draft[] {
  const groups = drafts.filter(({ name, type }) => type === "group" && !letteredName.test(name));
  return drafts.filter((cluster) => {
    if (!letteredName.test(cluster.name) || cluster.role !== undefined) return true;
    const sections = cluster.sightings.flatMap(({ block }) => {
      const heading = report.blocks[block];
      return heading?.kind === "heading" ? [heading.section] : [];
    });
    const inSection = groups
      .flatMap((group) =>
        group.sightings
          .filter(
            ({ block, compared }) => compared === undefined && sections.includes(report.blocks[block]?.section ?? -1),
          )
          .map(({ start }) => ({ group, start })),
      )
      .sort((a, b) => a.start - b.start);
    const [is] = inSection;
    if (!is) return true;
    is.group.aliases.add(cluster.name);
    is.group.sightings.push(...cluster.sightings);
    return false;
  });
}

/** Front matter, and the names of campaign directives that speak of more than a sentence. */
function declaredCampaigns(report: Report): readonly {
  readonly name: string;
  readonly groups: readonly string[];
  readonly aliases: readonly string[];
  readonly role: CampaignRole;
}[] {
  const declared = [...(report.frontMatter?.campaigns ?? [])];
  for (const directive of report.directives) {
    if (directive.kind !== "campaign" || isOfSentence(directive)) continue;
    const key = nameKey(directive.name);
    if (!declared.some(({ name, aliases }) => [name, ...aliases].some((other) => nameKey(other) === key))) {
      declared.push({ name: directive.name, groups: [], aliases: [], role: "described" });
    }
  }
  return declared;
}

/** The id of a group or campaign that an author names by id, name or alias. */
function groupId(catalogue: Catalogue, written: string): string | undefined {
  const byId = catalogue.resolve(written.trim().toUpperCase());
  if (byId) return byId.current.id;
  const key = nameKey(written);
  for (const object of [...catalogue.objects("group"), ...catalogue.objects("campaign")]) {
    if ([object.name, ...object.aliases].some((name) => nameKey(name) === key))
      return catalogue.resolve(object.id)?.current.id;
  }
  return catalogue.actors.find(
    ({ name, synonyms, group }) => group !== undefined && [name, ...synonyms].some((other) => nameKey(other) === key),
  )?.group;
}

interface Introduction extends Range {
  readonly name: string;
  readonly type: CampaignType;
  /** How the report may speak of it later: "Silent Harbor". */
  readonly short?: string;
}

/** Names that show by their form what they are. */
const namesByForm = [
  [numberedClusters, "cluster"],
  [letteredClusters, "cluster"],
  [operationNames, "campaign"],
] as const;

/** Names that the report gives itself: “a campaign dubbed X”, and numbered clusters. */
function introductions(report: Report, mapping: Mapping): readonly Introduction[] {
  const found: Introduction[] = [];
  const overlapping = overlapFinder<Range>([...mapping.mentions, ...mapping.actors]);
  const taken = (start: number, end: number): boolean => overlapping({ start, end }).length > 0;
  for (const block of report.blocks) {
    if (block.kind === "code") continue;
    for (const match of block.text.matchAll(namings)) {
      const nameAt = match.index + match[0].length;
      const given = givenName.exec(block.text.slice(nameAt, nameAt + 80));
      const name = (given?.groups?.["quoted"] ?? given?.groups?.["capitals"])?.trim();
      const type = thingNamed(block.text.slice(Math.max(0, match.index - 120), nameAt));
      if (!given || name === undefined || name.length < 3 || type === undefined || !/\p{Lu}|\p{N}/u.test(name))
        continue;
      const start = toSource(block.map, nameAt);
      const end = toSource(block.map, nameAt + given[0].length, "end");
      if (!taken(start, end)) found.push({ start, end, name, type });
    }
    for (const [pattern, type] of namesByForm) {
      for (const match of block.text.matchAll(pattern)) {
        const start = toSource(block.map, match.index);
        const end = toSource(block.map, match.index + match[0].length, "end");
        const short = match.groups?.["short"];
        if (!taken(start, end))
          found.push({ start, end, name: match[0], type, ...(short === undefined ? {} : { short }) });
      }
    }
  }
  return found;
}

/** What the words before a naming speak of: the nearest noun that can bear a name. */
function thingNamed(before: string): CampaignType | undefined {
  const sentence = before.slice(Math.max(before.lastIndexOf(". "), before.lastIndexOf("\n")) + 1);
  let nearest = -1;
  let type: CampaignType | undefined;
  for (const row of namedThings) {
    for (const match of sentence.matchAll(row.pattern)) {
      if (match.index > nearest) {
        nearest = match.index;
        type = row.type;
      }
    }
  }
  return type;
}

interface Occurrence {
  readonly range: Range;
  readonly place: { readonly block: number; readonly sentence: number };
  readonly text: string;
}

function occurrences(report: Report, name: string): readonly Occurrence[] {
  if (name.length < 3) return [];
  const found: Occurrence[] = [];
  for (const block of report.blocks) {
    if (block.kind === "code") continue;
    for (let at = block.text.indexOf(name); at >= 0; at = block.text.indexOf(name, at + name.length)) {
      const alone =
        !/[\p{L}\p{N}]$/u.test(block.text.slice(0, at).slice(-2)) &&
        !/^[\p{L}\p{N}]/u.test(block.text.slice(at + name.length, at + name.length + 2));
      if (!alone) continue;
      const range = { start: toSource(block.map, at), end: toSource(block.map, at + name.length, "end") };
      const place = placeOf(report, range.start);
      if (place) found.push({ range, place, text: name });
    }
  }
  return found;
}

/** “the SolarWinds and Kaseya attacks”: a capitalised neighbour of an actor who is only compared with is one, too. */
function comparedNeighbours(report: Report, actors: ReadonlyMap<string, Draft>): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const overlapping = overlapFinder([...actors.values()].flatMap(({ sightings }) => sightings));
  for (const { sightings } of actors.values()) {
    for (const { compared, block: index, textStart, textEnd, sentence } of sightings) {
      const block = report.blocks[index];
      if (compared === undefined || !block) continue;
      const event = "(?:[\\w-]+ )?(?:attacks?|hacks?|breach(?:es)?|compromises?|incidents?|campaigns?|intrusions?)\\b";
      const name = "(\\p{Lu}[\\p{L}\\p{N}]+(?: \\p{Lu}[\\p{L}\\p{N}]+)?)";
      const after = new RegExp(`^(?:,? (?:and|or) |, )(?:the )?${name} ${event}`, "u").exec(
        block.text.slice(textEnd, textEnd + 120),
      );
      const before = new RegExp(`${name}(?:,? (?:and|or) |, )(?:the )?$`, "u").exec(
        block.text.slice(Math.max(0, textStart - 80), textStart),
      );
      const followed = new RegExp(`^ ${event}`, "u").test(block.text.slice(textEnd, textEnd + 60));
      const spans: (readonly [number, string])[] = [];
      if (after?.[1] !== undefined) spans.push([textEnd + after[0].indexOf(after[1]), after[1]]);
      if (before?.[1] !== undefined && followed) spans.push([Math.max(0, textStart - 80) + before.index, before[1]]);
      for (const [at, text] of spans) {
        const range = { start: toSource(block.map, at), end: toSource(block.map, at + text.length, "end") };
        if (overlapping(range).length === 0) found.push({ range, place: { block: index, sentence }, text });
      }
    }
  }
  return found;
}

function judge(
  report: Report,
  block: Block,
  sentence: number,
  range: Range,
  text: string,
  introduced: boolean,
  tells: boolean,
  spans: readonly ComparedSpan[],
): Sighting {
  const around = block.sentences[sentence];
  // Offsets of the name in the block's text, by way of its first letter: the map runs the other way.
  const textStart = textOffsetOf(block, range.start);
  const textEnd = Math.max(textStart, textOffsetOf(block, range.end - 1) + 1);
  const sideline = sidelineOf(report, block);
  const inSpan = spans.find((span) => span.textStart <= textStart && textStart < span.textEnd);
  const compared = sideline ?? inSpan?.reason;
  const isTitle = block.kind === "heading" || (block.index === firstBlock(report) && sentence === 0);
  const words = around ? block.text.slice(around.textStart, around.textEnd) : block.text;
  const acting =
    compared === undefined && (isTitle || introduced || tells || deeds.test(words) || attributions.test(words));
  return {
    ...range,
    block: block.index,
    sentence,
    textStart,
    textEnd,
    text,
    introduced,
    acting,
    ...(compared === undefined ? {} : { compared }),
  };
}

const firstBlock = (report: Report): number | undefined =>
  report.blocks.find(({ kind }) => kind !== "html" && kind !== "code")?.index;

/** Why what stands in this block is not what the report tells of its actors; `undefined` where it is. */
export function sidelineOf(report: Report, block: Block): string | undefined {
  const titles = report.sections[block.section]?.path ?? [];
  for (const title of titles) {
    const row = sidelines.find(({ pattern }) => pattern.test(title.trim().toLowerCase()));
    if (row) return `under “${title}” (${row.reason})`;
  }
  return undefined;
}

/** The inverse of `toSource`: the offset in the block's text that a source offset comes from. */
export function textOffsetOf(block: Block, sourceOffset: number): number {
  const { map } = block;
  let low = 0;
  let high = map.length >>> 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((map[middle * 2 + 1] ?? 0) <= sourceOffset) low = middle;
    else high = middle;
  }
  return Math.max(0, (map[low * 2] ?? 0) + sourceOffset - (map[low * 2 + 1] ?? 0));
}
