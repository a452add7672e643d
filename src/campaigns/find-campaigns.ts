import type { Catalogue } from "../attack/catalogue.ts";
import type { Mapping } from "../mapping/map-report.ts";
import { isTechnique, type Mention } from "../mapping/mention.ts";
import { nameKey } from "../attack/names.ts";
import { placeKey } from "../mapping/place.ts";
import { ofWords, WordNotes, type Report } from "../report/report.ts";
import { attribute, nobodyNear, setScene, type Attribution, type Scene } from "./attribute.ts";
import { blocksInStep, type Steps } from "../steps.ts";
import { caseSections } from "./case-sections.ts";
import { candidatesIn } from "./coined-names.ts";
import type { Campaign } from "./campaign.ts";
import { headingKey } from "./rules/comparisons.ts";
import { sharedMalware } from "./rules/sharing.ts";
import { operatesIt, tracksAll } from "./rules/telling.ts";
import { sidelineOf } from "./sidelines.ts";
import { findRelations } from "./find-relations.ts";
import type { Relation } from "./relation.ts";
import { judgeActors, toldDeed, type Judged } from "./judge.ts";
import { firstStart, isInTitle, isSuspected, sentencesOn, type Actor } from "./actor.ts";
import { findActors } from "./find-actors.ts";
import { malwareSubject } from "./malware-subject.ts";
import { standsInAttribution } from "./sightings.ts";
import { storiesOfNobody, unnamedCampaigns } from "./unnamed-campaigns.ts";
import { withOwnOperation, withUmbrella } from "./umbrella.ts";
import { datesOf, tacticsSaid, techniquesOf } from "./campaign-evidence.ts";

/** Who did what. `attributions` runs parallel to the mapping's mentions. */
export interface Campaigns {
  readonly campaigns: readonly Campaign[];
  readonly relations: readonly Relation[];
  readonly attributions: readonly MentionAttribution[];
}

export interface MentionAttribution {
  /** Ids of campaigns, in the order of {@link Campaigns.campaigns}. */
  readonly campaigns: readonly string[];
  readonly why: string;
  /** 0–1. */
  readonly confidence: number;
}

/** Mentions that are given to somebody in one step. */
const mentionsInStep = 200;

/** Tells the campaigns of a report apart and gives every mention to those that it belongs to. */
export function* findCampaigns(source: Report, catalogue: Catalogue, mapping: Mapping): Steps<Campaigns> {
  const report = withoutLineBreaks(source);
  yield;
  yield* readCandidates(report);
  const seen = joinMembers(yield* findActors(report, catalogue, mapping), catalogue);
  yield;
  const doersOf = (id: string): readonly string[] => catalogue.targets(id, "attributed-to");
  const deeds = deedsIn(report, mapping);
  const seenJudged = withUmbrella(judgeActors(report, seen, deeds), report, doersOf);
  const known = withOwnOperation(seen, seenJudged, report);
  const malware = malwareAlone(seenJudged, report, () => malwareSubject(report, catalogue, mapping, seen));
  const actors = malware ? [malware, ...known] : known;
  const judged =
    actors === seen
      ? seenJudged
      : withUmbrella(judgeActors(report, actors, deeds), report, doersOf).map((each) =>
          each.role === "described" && each.actor.key === malware?.key
            ? { ...each, reason: `the report is about the malware ${malware.name}` }
            : each,
        );
  const main = mainSubjects(
    judged.filter(({ role, partOf }) => role === "described" && partOf === undefined),
    report,
  ).map(({ actor }) => actor);
  // What was told before is not the doing of somebody who comes up in one section.
  const isOfNobody = main.length === 1 && main.every((actor) => comesLate(actor, report, deeds));
  const subjects = isOfNobody ? [] : main.map(({ key }) => key);
  const referenced = judged.filter(({ role }) => role === "referenced").map(({ actor }) => actor.key);
  const roofs = new Set(judged.map(({ partOf }) => partOf));
  const doers = judged
    .filter(({ role, actor }) => role === "described" && !roofs.has(actor.key))
    .map(({ actor }) => actor.key);
  const cases = caseSections(report);
  const scene = setScene(report, actors, {
    subjects,
    doers,
    referenced: new Set(referenced),
    directives: campaignDirectives(report, actors),
    cases,
  });
  yield;
  const found: Attribution[] = [];
  for (const mention of mapping.mentions) {
    found.push(attribute(mention, scene));
    if (found.length % mentionsInStep === 0) yield;
  }

  const settled = withPrevailing(found, mapping, subjects, scene);

  yield;
  const nobodyDescribed = !judged.some(({ role }) => role === "described");
  const isUntold = nobodyDescribed || isOfNobody;
  const nameless = isUntold || cases.length > 0 ? cases : storiesOfNobody(report, mapping, settled, scene);
  const unnamed =
    isUntold || nameless.length > 0 ? unnamedCampaigns(report, mapping, settled, scene, nameless) : undefined;
  const ownKeys = new Set(unnamed?.judged.map(({ actor }) => actor.key));
  const named = unnamed ? [...unnamed.judged, ...judged] : judged;
  const attributed = unnamed ? unnamed.attributions : settled;

  const all = withoutIdle(
    named,
    new Set(
      attributed.flatMap(({ actors: own }, index) => {
        const mention = mapping.mentions[index];
        const block = report.blocks[mention?.place?.block ?? -1];
        return isTechnique(mention) && !(block && standsInAttribution(report, block)) ? own : [];
      }),
    ),
    report,
  );
  yield;
  const ids = idsOf(all);
  const parents = new Map(
    all.flatMap(({ actor, partOf }) => (partOf === undefined ? [] : [[actor.key, partOf] as const])),
  );
  const keys = attributed.map(({ actors: own }) => withParents(own, parents));
  const mentionsOf = new Map<string, Mention[]>();
  mapping.mentions.forEach((mention, index) => {
    for (const key of keys[index] ?? []) {
      const list = mentionsOf.get(key);
      if (list) list.push(mention);
      else mentionsOf.set(key, [mention]);
    }
  });
  const rank = new Map(all.map(({ actor }, index) => [actor.key, index]));

  const tactics = tacticsSaid(mapping, report, catalogue);
  yield;
  const campaigns: Campaign[] = [];
  for (const { actor, role, reason, partOf } of all) {
    const own = mentionsOf.get(actor.key) ?? [];
    const parentId = partOf === undefined ? undefined : ids.get(partOf);
    const techniques = techniquesOf(own, report, catalogue, tactics);
    campaigns.push({
      id: ids.get(actor.key) ?? actor.key,
      name: actor.name,
      type: actor.type,
      attackIds: actor.attackIds,
      aliases: actor.aliases,
      role,
      reason,
      ...(ownKeys.has(actor.key) ? { unnamed: true } : {}),
      ...(parentId === undefined ? {} : { partOf: parentId }),
      ...datesOf(techniques, actor, report),
      techniques,
    });
    yield;
  }
  const idOf = (key: string): string => ids.get(key) ?? key;
  yield;
  const relations = findRelations(report, all, scene.seen, nobodyDescribed ? [...ownKeys] : subjects, (id) =>
    catalogue.targets(id, "attributed-to"),
  );
  return {
    campaigns,
    relations: relations.map((each) => ({ ...each, from: idOf(each.from), to: idOf(each.to) })),
    attributions: mapping.mentions.map((_, index) => {
      const inOrder = [...(keys[index] ?? [])].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
      return {
        campaigns: inOrder.flatMap((key) => ids.get(key) ?? []),
        why: attributed[index]?.why ?? "",
        confidence: attributed[index]?.confidence ?? 0,
      };
    }),
  };
}

/** Told of so little, an actor of whom no technique is told is only spoken of. */
const hardlyTold = 5;

/** Whether a report lays something at an actor's door without being sure, and tells nothing of it. */
const isOnlyBlamed = (actor: Actor, report: Report): boolean =>
  isOnlySuspected(actor, report) && !actor.sightings.some(({ doing, title }) => doing || title);

/** A report that tells what some did only speaks of those to whom it gives no technique, unless it does so at length, or lays a campaign at their door. */
function withoutIdle(
  judged: readonly Judged[],
  withTechniques: ReadonlySet<string>,
  report: Report,
): readonly Judged[] {
  const roofs = new Set(judged.map(({ partOf }) => partOf));
  const isIdle = ({ actor, role, weight, partOf }: Judged): boolean =>
    role === "described" &&
    actor.role === undefined &&
    (partOf === undefined ? weight < hardlyTold : isOnlyBlamed(actor, report)) &&
    !roofs.has(actor.key) &&
    !withTechniques.has(actor.key);
  const idle = new Set(judged.filter(isIdle));
  if (!judged.some((each) => each.role === "described" && !idle.has(each) && withTechniques.has(each.actor.key)))
    return judged;
  return judged.map((each) => {
    if (!idle.has(each)) return each;
    const { partOf: _, ...apart } = each;
    return {
      ...apart,
      role: "referenced",
      // What it did is no technique.
      reason: `no technique is told of it; ${each.reason.replace(toldDeed, "a sentence speaks of it")}`,
    };
  });
}

/** Where techniques are told of: one place a sentence or row that tells what was done. */
const deedsIn = (report: Report, { mentions }: Mapping): readonly number[] => [
  ...new Map(
    mentions.flatMap(({ object, place, start }) => {
      const block = place && report.blocks[place.block];
      return object.type === "technique" && block && sidelineOf(report, block) === undefined
        ? [[placeKey(report, place), start] as const]
        : [];
    }),
  ).values(),
];

/** What the words of blocks say of names is remembered: this reads them a few at a time. */
function* readCandidates({ blocks }: Report): Steps<void> {
  for (const block of blocks) {
    candidatesIn(block);
    if (block.index % blocksInStep === blocksInStep - 1) yield;
  }
}

/** Prose is wrapped anywhere: what the rules read as a space may be an end of line. Offsets stay. */
const withoutLineBreaks = (report: Report): Report => ({
  ...report,
  blocks: report.blocks.map((block) => {
    const flat = flatWords(block);
    return flat ? { ...block, text: flat.text, own: flat.own } : block;
  }),
});

/** Other words in place of those with line breaks. */
const flatWords = ofWords(({ kind, text }) =>
  kind === "code" || !/[\n\r\t\u00a0]/.test(text)
    ? undefined
    : { text: text.replace(/[\n\r\t\u00a0]/g, " "), own: new WordNotes() },
);

/**
 * Of the subjects of a report the one that it is about: the one that its author declares, the one as which it tracks all of it, the one of which it tells far more than of any other, the one
 * in its title if all the others have sections of their own, or the only one that is not confined to a section. All of them where there is none such.
 */
function mainSubjects(subjects: readonly Judged[], report: Report): readonly Judged[] {
  const declared = subjects.filter(({ actor }) => isOfFrontMatter(actor, report));
  if (declared.length > 0) return declared;
  const tracked = subjects.filter(({ actor }) => isNamedBefore(actor, report, tracksAll));
  if (tracked.length > 0) return tracked;
  const [first, second] = [...subjects].sort((a, b) => b.weight - a.weight);
  if (first && second && first.weight >= 3 * second.weight) return [first];
  const titled = subjects.filter(({ actor }) => isInTitle(actor, report.title));
  const [titular] = titled;
  const sections = new Map(subjects.map((each) => [each, sectionsOf(each.actor, report).size]));
  const spread = (each: Judged): number => sections.get(each) ?? 0;
  // Of the titular one more is told, and in more places.
  const isApart = (each: Judged): boolean =>
    spread(each) === 1 ||
    hasOwnHeading(each.actor, report) ||
    (titular !== undefined && titular.weight > each.weight && spread(titular) > spread(each));
  if (titular && titled.length === 1 && subjects.every((each) => each === titular || isApart(each))) return titled;
  // “We attribute it to X”: of others it tells in passing, or in sections of their own.
  const [blamed, another] = subjects.filter(({ actor }) => actor.sightings.some((sighting) => sighting.blamed));
  if (blamed && !another && subjects.every((each) => each === blamed || each.weight < blamed.weight)) return [blamed];
  const [wide, ...others] = [...subjects].sort((a, b) => spread(b) - spread(a));
  return wide &&
    spread(wide) >= 3 &&
    others.every((each) => spread(each) === 1 || (spread(wide) >= 2 * spread(each) && wide.weight > each.weight))
    ? [wide]
    : subjects;
}

/** Whether the author declares the actor for the whole report; directives speak of parts. */
const isOfFrontMatter = ({ key, role }: Actor, { frontMatter }: Report): boolean =>
  role !== undefined && frontMatter?.campaigns.some(({ name }) => nameKey(name) === key) === true;

/** So many techniques told of before somebody comes up are a story of its own. */
const ownStory = 8;

/** Headings, in the form of {@link headingKey}, under which a report says who it was. */
const whose =
  /^(?:attribution|assessment|who(?:se)?|origin|authors?|operators?|behind|the (?:people|actors?|group|crew|gang|operators?) behind)(?![\p{L}-])/u;

/** Whether a report tells at length, and only then, in one section, of somebody whom neither its title names nor it blames. */
function comesLate(actor: Actor, report: Report, deeds: readonly number[]): boolean {
  const { role, sightings } = actor;
  const [section, another] = sectionsOf(actor, report);
  if (section === undefined || another !== undefined || role !== undefined || isInTitle(actor, report.title))
    return false;
  if (sightings.some(({ blamed, title }) => blamed || title)) return false;
  if (whose.test(headingKey(report.sections[section]?.title ?? ""))) return false;
  return deeds.filter((at) => at < firstStart(actor)).length >= ownStory;
}

/** Whether a heading below the title names the actor. */
const hasOwnHeading = ({ sightings }: Actor, { blocks, title }: Report): boolean =>
  sightings.some(({ block }) => blocks[block]?.kind === "heading" && blocks[block].text.trim() !== title);

/** So much more than of all others together a report tells of the one who is meant where it names nobody. */
const farMore = 4;
const leastTold = 5;

/** Where several might be meant, it is the one whose deeds nearly all the others are. */
function withPrevailing(
  found: readonly Attribution[],
  { mentions }: Mapping,
  subjects: readonly string[],
  { actors }: Scene,
): readonly Attribution[] {
  if (subjects.length < 2) return found;
  const counts = new Map(subjects.map((key) => [key, 0]));
  found.forEach(({ actors: own }, index) => {
    if (isTechnique(mentions[index]))
      for (const key of own) if (counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const [first, ...others] = [...counts].sort(([, a], [, b]) => b - a);
  const actor = first && actors.get(first[0]);
  if (!first || !actor || first[1] < leastTold) return found;
  if (first[1] < farMore * others.reduce((sum, [, count]) => sum + count, 0)) return found;
  return found.map((attribution) =>
    attribution.why === nobodyNear
      ? { actors: [actor.key], why: `nearly all that the report tells is ${actor.name}’s doing`, confidence: 0.5 }
      : attribution,
  );
}

/** The sections in which an actor is told of. */
const sectionsOf = ({ sightings }: Actor, report: Report): ReadonlySet<number | undefined> =>
  new Set(sightings.filter(({ compared }) => compared === undefined).map(({ block }) => report.blocks[block]?.section));

/** Groups that an author declares as members are not actors beside their campaign, unless the text tells of them. */
function joinMembers(actors: readonly Actor[], catalogue: Catalogue): readonly Actor[] {
  const known = new Map(
    actors.flatMap((actor) => (actor.type === "group" ? actor.attackIds.map((id) => [id, actor] as const) : [])),
  );
  return actors.map((actor) => {
    if (actor.role === undefined || actor.attackIds.length === 0) return actor;
    const names = actor.attackIds.flatMap((id) => (known.has(id) ? [] : (catalogue.get(id)?.name ?? [])));
    return { ...actor, aliases: [...new Set([...actor.aliases, ...(actor.attackIds.length === 1 ? names : [])])] };
  });
}

/** So many sentences on malware for one on the only actor of whom the report tells make the malware its subject, if it is not that one's alone. */
const mainlyMalware = 3;

/** Where it is nobody's alone, malware that a report is about is told of as somebody would be. */
function malwareAlone(judged: readonly Judged[], report: Report, subject: () => Actor | undefined): Actor | undefined {
  const [only, ...others] = judged.filter(({ role }) => role === "described").map(({ actor }) => actor);
  if ([only, ...others].some((actor) => actor?.type === "campaign" || actor?.role !== undefined)) return undefined;
  // Whom the report tracks all of it as did what the malware does, too.
  if (judged.some(({ actor }) => isNamedBefore(actor, report, tracksAll))) return undefined;
  const isShared = report.blocks.some(tellsOfSharing);
  // Whoever is said to operate it, and nobody else, did what it does.
  if (!isShared && [only, ...others].some((actor) => actor && isNamedBefore(actor, report, operatesIt)))
    return undefined;
  const malware = subject();
  if (!malware || !only || others.length > 0 || isOnlySuspected(only, report)) return malware;
  return sentencesOn(malware) < mainlyMalware * sentencesOn(only) || !isShared ? undefined : malware;
}

/** Whether such words stand right before an actor's name. */
const isNamedBefore = ({ sightings }: Actor, { blocks }: Report, words: RegExp): boolean =>
  sightings.some(
    ({ block, textStart, compared }) =>
      compared === undefined && words.test(blocks[block]?.text.slice(Math.max(0, textStart - 120), textStart) ?? ""),
  );

/** Whether all that is laid at the door of an actor is only suspected. */
function isOnlySuspected({ sightings }: Actor, report: Report): boolean {
  const blamed = sightings.filter((sighting) => sighting.blamed);
  return blamed.length > 0 && blamed.every((sighting) => isSuspected(sighting, report));
}

const tellsOfSharing = ofWords(({ text }) => sharedMalware.test(text));

function campaignDirectives(report: Report, actors: readonly Actor[]): Scene["directives"] {
  return report.directives.flatMap((directive) => {
    if (directive.kind !== "campaign") return [];
    const key = nameKey(directive.name);
    const actor = actors.find(
      ({ name, aliases, key: own }) => own === key || [name, ...aliases].some((other) => nameKey(other) === key),
    );
    return actor ? [{ scope: directive.scope, actor: actor.key, name: actor.name }] : [];
  });
}

function withParents(keys: readonly string[], parents: ReadonlyMap<string, string>): readonly string[] {
  if (!keys.some((key) => parents.has(key))) return keys.length < 2 ? keys : [...new Set(keys)];
  return [...new Set(keys.flatMap((key) => [parents.get(key) ?? key, key]))];
}

/** Ids made of the names: "DeadRinger" is deadringer; a second one of the same name gets a number. */
function idsOf(judged: readonly Judged[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const { actor } of judged) {
    const slug =
      actor.name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 60) || "campaign";
    let id = slug;
    for (let number = 2; taken.has(id); number += 1) id = `${slug}-${number}`;
    taken.add(id);
    ids.set(actor.key, id);
  }
  return ids;
}
