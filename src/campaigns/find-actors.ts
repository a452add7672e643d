import type { Catalogue } from "../attack/catalogue.ts";
import type { Mapping } from "../mapping/map-report.ts";
import { nameKey } from "../attack/names.ts";
import { placeKey, techniquePlaces } from "../mapping/place.ts";
import { matchesOf } from "../report/matches.ts";
import { overlapFinder } from "../report/ranges.ts";
import { type Range, type Report, isOfSentence, sentenceHolding, toSource } from "../report/report.ts";
import type { Steps } from "../steps.ts";
import type { CampaignRole, CampaignType } from "./campaign.ts";
import { actingBrands } from "./brands.ts";
import {
  type Coined,
  coinedNames,
  isBystander,
  isCommon,
  isRatherRun,
  isThing,
  weighNames,
  type WeighedNames,
  withCompany,
} from "./coined-names.ts";
import { collectives } from "./rules/evidence.ts";
import { tick } from "./rules/telling.ts";
import type { Actor, Draft } from "./actor.ts";
import { introductions, wholeName } from "./given-names.ts";
import { joinClusters, joinSame } from "./same-actor.ts";
import { comparedNeighbours, occurrences } from "./occurrences.ts";
import { partsPlayed } from "./parts-played.ts";
import { sightingAt } from "./sightings.ts";

/** Everybody whom the report names: ATT&CK's groups and campaigns, others' names, its own names, its author's declarations. */
export function* findActors(report: Report, catalogue: Catalogue, mapping: Mapping): Steps<readonly Actor[]> {
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
    byPart = false,
  ): void => {
    const block = report.blocks[place.block];
    if (!block || actor.starts.has(range.start)) return;
    actor.starts.add(range.start);
    const text = report.text.slice(range.start, range.end);
    const key = placeKey(report, place);
    const isTicked = block.table?.row === 0 && columns.has(`${block.table.table}/${block.table.column}`);
    const tells = { described: isTicked || telling.has(key), stated: isTicked || stating.has(key) };
    actor.sightings.push(sightingAt(report, { block, sentence: place.sentence, range, text, introduced, tells }));
    if (!byPart && text !== actor.name && nameKey(text) !== nameKey(actor.name))
      actor.aliases.add(text.replace(/\s+/g, " "));
  };

  // Where a technique is named, something is told of whoever stands beside it.
  const telling = techniquePlaces(report, mapping.mentions);
  const stating = techniquePlaces(
    report,
    mapping.mentions.filter(({ status }) => status === "stated"),
  );
  // A heading of a column tells of whom its crosses stand for.
  const columns = new Set(
    report.blocks.flatMap(({ table, text, index }) =>
      table && tick.test(text.trim()) && stating.has(placeKey(report, { block: index, sentence: 0 }))
        ? [`${table.table}/${table.column}`]
        : [],
    ),
  );

  for (const declared of declaredCampaigns(report)) {
    const ids = declared.groups.flatMap((group) => groupId(catalogue, group) ?? []);
    const actor = draft(nameKey(declared.name), declared.name, "campaign");
    actors.set(actor.key, { ...actor, role: declared.role, attackIds: ids, aliases: new Set(declared.aliases) });
    for (const name of [declared.name, ...declared.aliases]) keys.set(nameKey(name), actor.key);
  }

  yield;
  const weighed = weighNames(report, (block, at) =>
    telling.has(placeKey(report, { block: block.index, sentence: sentenceHolding(block, at) })),
  );
  yield;
  // Some groups bear the name of their software.
  const isSoftware = (name: string): boolean => softwareNames(catalogue).has(nameKey(name)) && isThing(weighed, name);
  for (const mention of mapping.mentions) {
    const { type, id, name } = mention.object;
    if ((type !== "group" && type !== "campaign") || !mention.place || isSoftware(mention.text)) continue;
    const declaredKey = keys.get(nameKey(name)) ?? keys.get(nameKey(mention.text));
    const actor = draft(declaredKey ?? id, name, type);
    if (!actor.attackIds.includes(id)) actor.attackIds.push(id);
    see(actor, mention, mention.place, false);
  }
  for (const { name, start, end, place } of mapping.actors) {
    const key = keys.get(nameKey(name)) ?? nameKey(name);
    see(draft(key, name, "group"), { start, end }, place, false);
  }

  yield;
  const brands = new Set<string>();
  const groups = new Set([...actors.values()].flatMap(({ attackIds }) => attackIds));
  for (const { key: own, name, group, sightings } of actingBrands(report, catalogue, groups)) {
    const written = new Set(sightings.map(({ range }) => report.text.slice(range.start, range.end)));
    if (isRatherRun(weighed, written)) continue;
    const key = keys.get(nameKey(name)) ?? own;
    brands.add(key).add(nameKey(name));
    const actor = draft(key, name, group ? "group" : "cluster");
    if (group && !actor.attackIds.includes(group.id)) actor.attackIds.push(group.id);
    for (const { range, place } of sightings) {
      const writtenKey = nameKey(report.text.slice(range.start, range.end));
      keys.set(writtenKey, key);
      brands.add(writtenKey);
      see(actor, range, place, false);
    }
  }

  yield;
  // What the world knows already is not introduced.
  const named = introductions(report, mapping).filter(
    ({ name, isApposed, isListed }) =>
      !brands.has(nameKey(name)) &&
      !(isListed && isThing(weighed, name)) &&
      !isBystander(weighed, name) &&
      !(isApposed && isCommon(name, report) && weighed.get(name)?.isSure !== true),
  );
  for (const { name, type, short } of named) {
    const shortKey = nameKey(short ?? name);
    const key = keys.get(nameKey(name)) ?? keys.get(shortKey) ?? shortKey;
    keys.set(nameKey(name), key);
    keys.set(shortKey, key);
    const actor = draft(key, name, type);
    // One word alone may be any word.
    if (short?.includes(" ")) actor.aliases.add(short);
  }
  yield;
  const introducedAt = new Set(named.flatMap(({ name }) => introducingPlaces(weighed.get(name))));
  // Names that ATT&CK lacks are searched for letter by letter, as the report writes them.
  for (const actor of [...actors.values()]) {
    if ((actor.attackIds.length > 0 || brands.has(actor.key)) && actor.role === undefined) continue;
    for (const name of [actor.name, ...actor.aliases]) {
      for (const { range, place } of occurrences(report, name))
        see(
          actor,
          range,
          place,
          introducedAt.has(range.start) ||
            named.some((given) => given.byWords && given.start <= range.start && range.end <= given.end),
        );
    }
  }
  yield;
  const known = [...actors.values()].flatMap(({ sightings }) => sightings);
  const taken = overlapFinder<Range>([...mapping.mentions, ...mapping.actors, ...known]);
  // Whom the first look finds is company for others.
  const firstLook = withCompany(weighed, report, known);
  yield;
  const foundFirst = coinedNames(firstLook, report);
  const company = foundFirst.flatMap((name) =>
    (firstLook.get(name)?.places ?? []).map(({ block, at }) => ({
      block: block.index,
      textStart: at,
      textEnd: at + name.length,
    })),
  );
  const inCompany = company.length === 0 ? firstLook : withCompany(weighed, report, [...known, ...company]);
  yield;
  for (const short of new Set([...foundFirst, ...coinedNames(inCompany, report)])) {
    const coined = inCompany.get(short);
    const name = collectiveOf(short, inCompany) ?? short;
    const key = nameKey(name);
    if (!coined || keys.has(key) || actors.has(key)) continue;
    if (name !== short) keys.set(nameKey(short), key);
    const free = [...new Set([name, short])]
      .flatMap((each) => occurrences(report, each))
      .filter(({ range }) => taken(range).length === 0);
    // What mostly stands for something else is no name of its own.
    if (free.length * 2 < coined.places.length) continue;
    const introducing = introducingPlaces(coined);
    // “The Brigade” is Anvil Brigade, if there is one.
    const whole = [...actors.values()].filter((actor) => actor.name.endsWith(` ${name}`));
    const [longer] = whole;
    if (longer && whole.length === 1 && isShortForm(report, name)) {
      keys.set(key, longer.key);
      for (const { range, place } of free) see(longer, range, place, false);
      continue;
    }
    keys.set(key, key);
    for (const { range, place } of free)
      see(draft(key, name, coined.type), range, place, introducing.includes(range.start));
  }
  yield;
  for (const { range, place, text } of comparedNeighbours(report, actors))
    see(draft(nameKey(text), text, "campaign"), range, place, false);

  const otherNames = (actor: Draft, names: readonly string[]): void => {
    for (const name of names) {
      if (keys.get(nameKey(name)) !== undefined || !wholeName.test(name)) continue;
      actor.aliases.add(name);
      for (const { range, place } of occurrences(report, name)) see(actor, range, place, true);
    }
  };
  yield;
  const joined = joinSame([...actors.values()], report, otherNames);
  const apart = joinClusters(joined, report);
  for (const { actor, range, place } of partsPlayed(report, apart)) see(actor, range, place, false, true);
  return withDoers(apart, report, catalogue, draft)
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

/** “Tern Collective” of “Tern”, where the report writes it, and no other name that begins so. */
function collectiveOf(name: string, weighed: WeighedNames): string | undefined {
  const [whole, other] = [...weighed.keys()].filter((each) => each.startsWith(`${name} `));
  return whole !== undefined && other === undefined && isCollective.test(whole) ? whole : undefined;
}

const isCollective = new RegExp(` ${collectives}$`, "u");

/** Whether a word stands behind an article wherever it stands alone, as the noun does that ends a name. */
const isShortForm = ({ text }: Report, word: string): boolean => {
  const alone = new RegExp(`(?<!\\p{Lu}[\\p{L}\\d-]{0,40} )(?<![\\p{L}\\d-])${word}(?![\\p{L}\\d-])`, "gu");
  return matchesOf(text, alone).every(({ index }) =>
    /\b[Tt]he ["“*_]*$/u.test(text.slice(Math.max(0, index - 8), index)),
  );
};

/** Where in the source a report introduces somebody by a name. */
const introducingPlaces = (named: Coined | undefined): readonly number[] =>
  (named?.places ?? []).flatMap(({ block, at, introduces }) => (introduces ? [toSource(block, at)] : []));

const namesOfSoftware = new WeakMap<Catalogue, ReadonlySet<string>>();

function softwareNames(catalogue: Catalogue): ReadonlySet<string> {
  let names = namesOfSoftware.get(catalogue);
  if (!names) {
    names = new Set(
      catalogue.objects("software").flatMap(({ name, aliases }) => [name, ...aliases].map((each) => nameKey(each))),
    );
    namesOfSoftware.set(catalogue, names);
  }
  return names;
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
