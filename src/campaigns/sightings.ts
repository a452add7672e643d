import type { Catalogue } from "../attack/catalogue.ts";
import type { Mapping } from "../mapping/map-report.ts";
import { nameKey } from "../attack/names.ts";
import { placeKey, placeOf, rowOf, type PlaceKey } from "../mapping/place.ts";
import { matchesOf } from "../report/matches.ts";
import { firstFrom, overlapFinder } from "../report/ranges.ts";
import {
  isOfSentence,
  ofWords,
  paragraphBelow,
  sentenceHolding,
  toSource,
  toText,
  type Block,
  type Range,
  type Report,
  type Section,
} from "../report/report.ts";
import type { CampaignRole, CampaignType } from "./campaign.ts";
import { actingBrands } from "./brands.ts";
import { coinedNames, isCommon, isRatherRun, isThing, weighNames, withCompany, type Coined } from "./coined-names.ts";
import { comparisonsIn, type ComparedSpan } from "./compared.ts";
import {
  absences,
  attributions,
  attributionSections,
  backgrounds,
  citing,
  deeds,
  policeWork,
  returns,
  sidelines,
  takesUp,
} from "./rules/comparisons.ts";
import { isFollowedByDeed, makesDoer, oneOfThem, onlyRelates, tick, tools } from "./rules/telling.ts";
import {
  actorColumns,
  aliasColumns,
  nameRows,
  apposed,
  apposedWords,
  bracketedNames,
  clusterCodes,
  givenName,
  kindBehindName,
  noNames,
  othersName,
  sameAs,
  sameAsBefore,
  weakNamings,
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
  /** In a title, or in a sentence that tells of doings. */
  readonly acting: boolean;
  /** As the one who does it. */
  readonly doing: boolean;
  /** Beside a technique that the report states: whoever writes an id means it. */
  readonly stated: boolean;
  /** At the head of a paragraph of its own. */
  readonly opening: boolean;
  /** In a sentence that lays what the report tells at somebody's door. */
  readonly blamed: boolean;
  /** In the report's title or its first words. */
  readonly title: boolean;
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
    const key = placeKey(report, place);
    const isTicked = block.table?.row === 0 && columns.has(`${block.table.table}/${block.table.column}`);
    const tells = { described: isTicked || telling.has(key), stated: isTicked || stating.has(key) };
    actor.sightings.push(judge(report, block, place.sentence, range, text, introduced, tells, comparisonsIn(block)));
    if (text !== actor.name && nameKey(text) !== nameKey(actor.name)) actor.aliases.add(text.replace(/\s+/g, " "));
  };

  // Where a technique is named, something is told of whoever stands beside it.
  const placesOf = (some: Mapping["mentions"]): ReadonlySet<PlaceKey> =>
    new Set(
      some.flatMap(({ object, place }) => (object.type === "technique" && place ? [placeKey(report, place)] : [])),
    );
  const telling = placesOf(mapping.mentions);
  const stating = placesOf(mapping.mentions.filter(({ status }) => status === "stated"));
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

  const weighed = weighNames(report, (block, at) =>
    telling.has(placeKey(report, { block: block.index, sentence: sentenceHolding(block, at) })),
  );
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

  // What the world knows already is not introduced.
  const named = introductions(report, mapping).filter(
    ({ name, isApposed, isListed }) =>
      !brands.has(nameKey(name)) &&
      !(isListed && isThing(weighed, name)) &&
      !(isApposed && isCommon(name, report.text) && weighed.get(name)?.isSure !== true),
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
  const known = [...actors.values()].flatMap(({ sightings }) => sightings);
  const taken = overlapFinder<Range>([...mapping.mentions, ...mapping.actors, ...known]);
  // Whom the first look finds is company for others.
  const firstLook = withCompany(weighed, report, known);
  const foundFirst = coinedNames(firstLook, report);
  const company = foundFirst.flatMap((name) =>
    (firstLook.get(name)?.places ?? []).map(({ block, at }) => ({
      block: block.index,
      textStart: at,
      textEnd: at + name.length,
    })),
  );
  const inCompany = company.length === 0 ? firstLook : withCompany(weighed, report, [...known, ...company]);
  for (const name of new Set([...foundFirst, ...coinedNames(inCompany, report)])) {
    const coined = inCompany.get(name);
    const key = nameKey(name);
    if (!coined || keys.has(key) || actors.has(key)) continue;
    const free = occurrences(report, name).filter(({ range }) => taken(range).length === 0);
    // What mostly stands for something else is no name of its own.
    if (free.length * 2 < coined.places.length) continue;
    const introducing = introducingPlaces(coined);
    keys.set(key, key);
    for (const { range, place } of free)
      see(draft(key, name, coined.type), range, place, introducing.includes(range.start));
  }
  for (const { range, place, text } of comparedNeighbours(report, actors))
    see(draft(nameKey(text), text, "campaign"), range, place, false);

  const otherNames = (actor: Draft, names: readonly string[]): void => {
    for (const name of names) {
      if (keys.get(nameKey(name)) !== undefined || !wholeName.test(name)) continue;
      actor.aliases.add(name);
      for (const { range, place } of occurrences(report, name)) see(actor, range, place, true);
    }
  };
  const joined = joinSame([...actors.values()], report, otherNames);
  return withDoers(joinClusters(joined, report), report, catalogue, draft)
    .filter(({ sightings, role }) => sightings.length > 0 || role !== undefined)
    .map((actor) => ({
      ...actor,
      aliases: [...actor.aliases],
      sightings: [...actor.sightings].sort((a, b) => a.start - b.start),
    }));
}

/** Names of which the report says that they are one actor's: “X, which others call Y”, “X (also known as Y)”, columns of a table. */
function joinSame(
  drafts: readonly Draft[],
  report: Report,
  otherNames: (actor: Draft, names: readonly string[]) => void,
): readonly Draft[] {
  const homes = new Map(drafts.map((draft) => [draft, draft]));
  const home = (draft: Draft): Draft => homes.get(draft) ?? draft;
  /** Of whom “whom” is said is nobody's operation. */
  const join = (first: Draft, second: Draft, isWho = false): void => {
    const [one, other] = [home(first), home(second)];
    const known = [one, other].filter(({ attackIds }) => attackIds.length > 0);
    // Two of ATT&CK's own are two, and a campaign is nobody.
    const isOperation =
      one.type === "campaign" || (other.type === "campaign" && (!isWho || other.attackIds.length > 0));
    if (one === other || known.length > 1 || isOperation) return;
    const [stays, goes] = known[0] === other ? [other, one] : [one, other];
    for (const [draft, at] of homes) if (at === goes) homes.set(draft, stays);
    for (const name of [goes.name, ...goes.aliases]) if (name !== stays.name) stays.aliases.add(name);
    for (const sighting of goes.sightings) stays.starts.add(sighting.start);
    stays.sightings.push(...goes.sightings);
  };
  const addNames = (draft: Draft, written: readonly string[]): void => {
    for (const name of written.map((each) => each.replace(/["“”*_]/gu, "").trim())) {
      const known = drafts.find((other) =>
        [other.name, ...other.aliases].some((one) => nameKey(one) === nameKey(name)),
      );
      if (known) join(draft, known);
      else otherNames(home(draft), [name]);
    }
  };
  const seen = drafts
    .flatMap((draft) => draft.sightings.map((sighting) => ({ draft, sighting })))
    .sort((a, b) => a.sighting.start - b.sighting.start);
  let wasJoined = false;
  seen.forEach(({ draft, sighting }, index) => {
    const block = report.blocks[sighting.block];
    if (!block) return;
    const bracketed = bracketedNames.exec(block.text.slice(sighting.textEnd, sighting.textEnd + 200))?.groups?.[
      "names"
    ];
    if (bracketed !== undefined) addNames(draft, bracketed.split(/,|;|\/| or | and /u));
    const before = seen[index - 1];
    if (before?.sighting.block !== sighting.block) return;
    const between = block.text.slice(before.sighting.textEnd, sighting.textStart);
    const told = block.text.slice(Math.max(0, sighting.textStart - 80), sighting.textStart);
    const compared = before.sighting.compared !== undefined || sighting.compared !== undefined;
    const isSame =
      (before.sighting.compared === undefined && sameAsBefore.test(told)) ||
      (before.sighting.sentence === sighting.sentence &&
        !compared &&
        (sameAs.test(between) || (wasJoined && /^["”*_]*,? (?:or|and|\/) ["“*_]*$/u.test(between))));
    wasJoined = isSame;
    if (isSame) join(before.draft, draft, /\bwhom\b/u.test(between));
  });
  for (const block of report.blocks) {
    const { table } = block;
    if (!table || table.row === 0 || !aliasColumns.test(table.header.trim())) continue;
    const owner = seen.find(({ sighting }) => {
      const other = report.blocks[sighting.block]?.table;
      return other?.table === table.table && other.row === table.row && actorColumns.test(other.header.trim());
    });
    if (!owner) continue;
    for (const { draft, sighting } of seen) if (sighting.block === block.index) join(owner.draft, draft);
    addNames(owner.draft, block.text.split(/,|;|\//u));
  }
  for (const { names, beside } of aliasRows(report)) {
    const owner =
      seen.find(({ sighting }) => beside.includes(sighting.block)) ?? seen.find(({ sighting }) => sighting.title);
    if (owner) addNames(owner.draft, names);
  }
  return drafts.filter((draft) => home(draft) === draft);
}

/** Rows such as “Also known as | X (Vendor), Y” in a table of two columns, which is of one actor; `beside` are the cells in which its name may stand. */
function aliasRows(
  report: Report,
): readonly { readonly names: readonly string[]; readonly beside: readonly number[] }[] {
  return report.blocks.flatMap((block) => {
    if (block.table?.column !== 0 || !aliasColumns.test(block.text.trim())) return [];
    const [, names, other] = rowOf(report, block);
    if (!names || other) return [];
    const beside = report.blocks.flatMap(({ table, index, text }) => {
      const value = report.blocks[index + 1];
      const isNamed = table?.table === block.table?.table && table?.column === 0 && nameRows.test(text.trim());
      return isNamed && value?.table?.row === table.row ? [value.index] : [];
    });
    return [{ names: names.text.replace(/\([^()]{0,80}\)/gu, "").split(/,|;|\//u), beside }];
  });
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
            ({ block, compared, blamed, doing }) =>
              compared === undefined &&
              sections.includes(report.blocks[block]?.section ?? -1) &&
              // Whom a section names in passing is not the one of whom it tells.
              (blamed || doing || report.blocks[block]?.kind === "heading"),
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
function introductions(report: Report, mapping: Mapping): readonly Introduction[] {
  const overlapping = overlapFinder<Range>([...mapping.mentions, ...mapping.actors]);
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
      const name = block.text.trim();
      const type = thingIn(table.header)?.type;
      if (type !== undefined && wholeName.test(name) && mayBeName(name))
        // To list somebody in a table is not to tell of them.
        add({ at: block.text.indexOf(name), name, type, byWords: false, isListed: true });
    }
  }
  return found.map((each) => ({ ...each, ...withoutTail(each, found) }));
}

/** “Operation X Attack Vector” in a heading is Operation X, if the report speaks of that elsewhere. */
function withoutTail({ name, short }: Introduction, all: readonly Introduction[]): Partial<Introduction> {
  if (short === undefined) return {};
  const whole = all.find((other) => other.short !== undefined && name.startsWith(`${other.name} `));
  return whole?.short === undefined ? {} : { name: whole.name, short: whole.short };
}

const mayBeName = (name: string): boolean => name.length >= 3 && /\p{Lu}|\p{N}/u.test(name) && !noNames.test(name);

/** Names that a block gives, by its own words alone. */
const namesGivenIn = ofWords(({ text }): readonly Given[] => {
  const found: Given[] = [];
  for (const match of matchesOf(text, namings)) {
    const thing = thingNamed(text, { start: match.index, end: match.index + match[0].length });
    for (const { name, at } of namesFrom(text, match.index + match[0].length)) {
      const type = thing ?? (wholeNumber.test(name) ? "cluster" : undefined);
      if (type !== undefined) found.push({ at, name, type, byWords: true });
    }
  }
  for (const pattern of apposedWords.test(text) ? apposed : [])
    for (const match of matchesOf(text, pattern)) {
      const { name = "", thing = "" } = match.groups ?? {};
      found.push({
        at: match.index + match[0].indexOf(name),
        name: name.replace(kindBehindName, ""),
        type: thingIn(thing)?.type ?? "group",
        byWords: true,
        isApposed: true,
      });
    }
  for (const [pattern, type] of namesByForm)
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
const wholeName = /^\p{Lu}[\p{L}\p{N}-]*(?: (?:\p{Lu}|\p{N})[\p{L}\p{N}-]*){0,3}$/u;

/** One name or several behind the words that give them: “X or Y”, “X, Y and Z”. */
function namesFrom(text: string, from: number): readonly { readonly name: string; readonly at: number }[] {
  const names: { readonly name: string; readonly at: number }[] = [];
  for (let at = from; names.length < 4;) {
    const given = givenName.exec(text.slice(at, at + 80));
    const raw = given?.groups?.["quoted"] ?? given?.groups?.["capitals"];
    if (!given || raw === undefined) break;
    names.push({ name: raw.trim(), at: at + given[0].indexOf(raw) });
    const next = /^,? (?:or|and) |^, (?=["“*_]|\p{Lu})/u.exec(text.slice(at + given[0].length));
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

/** What is named: by the noun in front of the naming words, the noun behind the name, or what “them” and “it” take up. */
function thingNamed(text: string, naming: Range): CampaignType | undefined {
  const isWeak = weakNamings.test(text.slice(naming.start, naming.end));
  const before = text.slice(Math.max(0, naming.start - (isWeak ? 25 : 120)), naming.end);
  const sentence = before.slice(before.lastIndexOf(". ") + 1);
  const behind = /^\W?(?:\p{Lu}[\p{L}\p{N}-]*[\s"”’'*_)-]{1,3}){1,3}(?<noun>\p{Ll}+(?: \p{Ll}+)?)/u.exec(
    text.slice(naming.end),
  )?.groups?.["noun"];
  const taken = /\b(?:them|they|it|this)\b/iu.test(text.slice(naming.start, naming.end));
  const itself = behind === undefined ? undefined : thingIn(behind);
  // “Known as the Lime version” is nobody.
  if (itself && itself.type === undefined) return undefined;
  return (
    thingIn(sentence) ??
    itself ??
    (taken ? thingIn(text.slice(Math.max(0, naming.start - 300), naming.start)) : undefined)
  )?.type;
}

interface Occurrence {
  readonly range: Range;
  readonly place: { readonly block: number; readonly sentence: number };
  readonly text: string;
}

/** Where a report writes a name, letter by letter and as words of their own. */
function occurrences(report: Report, name: string): readonly Occurrence[] {
  if (name.length < 3) return [];
  const found: Occurrence[] = [];
  // To look for its first word in the whole source shows which blocks are worth looking at.
  const [first = name] = /[\p{L}\p{N}]+/u.exec(name) ?? [];
  for (let from = report.text.indexOf(first); from >= 0;) {
    const block = report.blocks[firstFrom(report.blocks, from + 1) - 1];
    const isInBlock = block !== undefined && from < block.end;
    if (isInBlock && block.kind !== "code") found.push(...occurrencesIn(report, block, name));
    from = report.text.indexOf(first, isInBlock ? block.end : from + first.length);
  }
  return found;
}

function occurrencesIn(report: Report, block: Block, name: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (let at = block.text.indexOf(name); at >= 0; at = block.text.indexOf(name, at + name.length)) {
    const alone =
      !/[\p{L}\p{N}]$/u.test(block.text.slice(Math.max(0, at - 2), at)) &&
      !/^[\p{L}\p{N}]/u.test(block.text.slice(at + name.length, at + name.length + 2));
    if (!alone) continue;
    const range = { start: toSource(block, at), end: toSource(block, at + name.length, "end") };
    const place = placeOf(report, range.start);
    if (place) found.push({ range, place, text: name });
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
        const range = { start: toSource(block, at), end: toSource(block, at + text.length, "end") };
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
  /** Whether a technique is described or stated beside it. */
  tells: { readonly described: boolean; readonly stated: boolean },
  spans: readonly ComparedSpan[],
): Sighting {
  const around = block.sentences[sentence];
  // Offsets of the name in the block's text, by way of its first letter: the map runs the other way.
  const textStart = toText(block, range.start);
  const textEnd = Math.max(textStart, toText(block, range.end - 1) + 1);
  const sideline = sidelineOf(report, block);
  const inSpan = spans.find((span) => span.textStart <= textStart && textStart < span.textEnd);
  const compared = inSpan?.reason ?? sideline;
  const before = block.text.slice(Math.max(around?.textStart ?? 0, textStart - 80), textStart);
  const isIntroduced = introduced && !othersName.test(before);
  const isTitle =
    block.kind === "heading" ||
    (block.index === firstBlock(report) && sentence === 0) ||
    (textStart <= 2 && isSubtitle(report, block));
  const words = around ? block.text.slice(around.textStart, around.textEnd) : block.text;
  const isToldOf =
    compared === undefined &&
    !onlyRelates.some(({ pattern }) => pattern.test(before)) &&
    !(oneOfThem.before.test(before) && oneOfThem.behind.test(block.text.slice(textEnd, textEnd + 40))) &&
    !saysAbsence(block.kind === "heading" ? (paragraphBelow(report, block)?.text ?? "") : words);
  const isBlamed =
    laysAtDoor(block.text.slice(Math.max(around?.textStart ?? 0, textStart - 70), textStart)) ||
    /^[^.;]{0,40}\bbehind\b/u.test(block.text.slice(textEnd, textEnd + 60));
  // Where a report asks who it was, those whom it weighs are told of in comparison.
  const isWeighed = attributionSections.test(report.sections[block.section]?.title.trim().toLowerCase() ?? "");
  const acting =
    isToldOf &&
    (isTitle ||
      isIntroduced ||
      (isWeighed ? isBlamed : tells.described || deeds.test(words) || attributions.test(words)));
  return {
    start: range.start,
    end: range.end,
    block: block.index,
    sentence,
    textStart,
    textEnd,
    text,
    introduced: isIntroduced,
    acting,
    doing:
      acting &&
      (tells.stated ||
        isFollowedByDeed(
          block.text.slice(textEnd, Math.min(around?.textEnd ?? textEnd, textEnd + 240)),
          tells.described,
        ) ||
        makesDoer.test(block.text.slice(Math.max(around?.textStart ?? 0, textStart - 160), textStart))),
    stated: acting && tells.stated,
    opening: isToldOf && !isWeighed && sentence === 0 && block.kind !== "heading" && opensParagraph(block, textStart),
    blamed: acting && isBlamed,
    title: isTitle,
    ...(compared === undefined ? {} : { compared }),
  };
}

/** A line right below a heading that says of whom the section tells: “FIN7, 22 cases”. UTF-16 units. */
const longestSubtitle = 80;

export function isSubtitle(report: Report, block: Block): boolean {
  const { text, sentences, index } = block;
  const above = report.blocks[index - 1];
  return (
    sentences.length === 1 &&
    text.length <= longestSubtitle &&
    !/[.!?:]["”’]?\s*$/u.test(text) &&
    above !== undefined &&
    paragraphBelow(report, above) === block
  );
}

const saysAbsence = (words: string): boolean => absences.test(words) && !returns.test(words);

/** Whether these words before a name lay a deed at its bearer's door, and not who wrote a tool. */
function laysAtDoor(words: string): boolean {
  const found = attributions.exec(words)?.[0];
  return found !== undefined && !tools.test(found);
}

/** Whether whoever is named at this offset of the first sentence is whom the paragraph tells of. */
function opensParagraph({ text, sentences, links }: Block, textStart: number): boolean {
  const [, ...others] = sentences;
  if (others.length === 0 || links.length > 0 || citing.test(text) || absences.test(text)) return false;
  return (
    textStart === 0 ||
    others.slice(0, 2).some((sentence) => {
      const words = text.slice(sentence.textStart, sentence.textEnd);
      return takesUp.test(words) && deeds.test(words);
    })
  );
}

const firstBlock = (report: Report): number | undefined =>
  report.blocks.find(({ kind }) => kind !== "html" && kind !== "code")?.index;

/** Why what stands in this block is not what the report tells of its actors; `undefined` where it is. */
export function sidelineOf(report: Report, block: Block): string | undefined {
  if (isLinkAlone(block)) return "in a link to something else";
  const section = report.sections[block.section];
  if (!section) return undefined;
  let known = sidelineOfSections.get(section);
  if (!known) sidelineOfSections.set(section, (known = { reason: sidelineUnder(section, report) }));
  return known.reason;
}

const sidelineOfSections = new WeakMap<Section, { readonly reason: string | undefined }>();

function sidelineUnder({ path, ...section }: Section, report: Report): string | undefined {
  for (const title of path) {
    const row = sidelines.find(({ pattern }) => pattern.test(title.trim().toLowerCase()));
    if (row) return `under “${title}” (${row.reason})`;
  }
  const title = path.at(-1) ?? "";
  const isPast = backgrounds.test(title.trim().toLowerCase()) && isBeforeAll(section, report);
  return isPast ? `under “${title}” (history)` : undefined;
}

/** The last year that a text names; 0 where it names none. */
const lastYearIn = (text: string): number =>
  matchesOf(text, fourDigits).reduce((last, [year]) => Math.max(last, Number(year)), 0);
const fourDigits = /(?<![\w-])(?:19|20)\d\d(?![\w-])/gu;

/** Whether a section names years, and none of the last one that the report names. */
function isBeforeAll({ start, end }: Range, { text }: Report): boolean {
  const own = lastYearIn(text.slice(start, end));
  return own > 0 && own < lastYearIn(text.slice(0, longestRead));
}

/** UTF-16 units of a report in which years are looked for. */
const longestRead = 200_000;

/** Whether such a reason is that the words tell of the past. */
export const isHistory = (reason: string): boolean => reason.endsWith("(history)");

/** A line that is nothing but a link advertises or cites. */
const isLinkAlone = ({ text, links, kind }: Block): boolean =>
  kind !== "heading" &&
  kind !== "table-cell" &&
  links.some(
    ({ textStart, textEnd, image }) =>
      !image && textEnd - textStart >= 12 && textEnd - textStart >= 0.9 * text.trim().length,
  );
