import {
  isWhole,
  lineAt,
  ofPart,
  sectionsAround,
  sentenceRange,
  type Block,
  type Range,
  type Report,
  type Sentence,
} from "../report/report.ts";
import { evidenceAt } from "../mapping/place.ts";
import type { Evidence } from "./campaign.ts";
import type { Judged } from "./judge.ts";
import { addRelation, type Relation, type RelationKind } from "./relation.ts";
import { relating, relationsIn, twoIn, type Meant, type NamedHere, type SaidRelation } from "./sentence-relations.ts";
import { suspectedNext, takenBackNext } from "./rules/relations.ts";
import type { Seen } from "./attribute.ts";
import type { Actor, Sighting } from "./actor.ts";
import { denied } from "./sightings.ts";
import { isHistory, sidelineOf } from "./sidelines.ts";

/**
 * What the report says of how its campaigns stand to each other, in the order in which it does; `from` and `to` are
 * keys of actors. Whoever is part of a campaign is so by the report's build, where no sentence says more.
 */
export function findRelations(
  report: Report,
  judged: readonly Judged[],
  /** All sightings in document order. */
  seen: readonly Seen[],
  /** Those that the report is about. */
  subjects: readonly string[],
  /** Ids of the groups to which ATT&CK attributes a campaign. */
  doersOf: (campaign: string) => readonly string[],
): readonly Relation[] {
  const parents = new Map(judged.map(({ actor, partOf }) => [actor.key, partOf] as const));
  const actors = new Map(judged.map(({ actor }) => [actor.key, actor] as const));
  const whole = wholeOf(judged, subjects);
  const relations = new Map<string, Relation>();
  for (const place of placesOf(report, seen)) {
    const here = { report, seen, first: place.first, subjects, whole, actors };
    for (const said of saidAt(report, place)) {
      for (const { from, to } of pairsOf(here, place, said)) {
        const [one, other] = [actors.get(from), actors.get(to)];
        if (from === to || !canBe(said.kind, one, other)) continue;
        if ((said.ofCampaign && !isDeed(one)) || (said.to === "whole" && !isDeed(other))) continue;
        // That a campaign has its own parts is said by them.
        if (said.kind === "part-of" && parents.get(to) === from) continue;
        const kind = said.asDoer && isCampaign(one) && !isDeed(other) ? "attributed-to" : said.kind;
        const evidence = [evidenceOf(report, place)];
        addRelation(relations, { from, kind, to, certainty: said.certainty, evidence });
      }
    }
  }
  for (const said of relationsOfTwo(report, actors, seen, subjects)) addRelation(relations, said);
  for (const known of knownDoers(report, actors, seen, doersOf)) {
    // “It was carried out by X” says so of the campaign, whoever else the report is about.
    for (const [key, { from, kind, to, evidence }] of relations)
      if (
        kind === "attributed-to" &&
        to === known.to &&
        !isNamedIn(seen, from, known.evidence[0]) &&
        evidence.every(({ start }) => start === known.evidence[0]?.start)
      )
        relations.delete(key);
    addRelation(relations, known);
  }
  for (const said of relationsByHeading(report, judged, subjects)) addRelation(relations, said);
  for (const { actor, partOf } of judged) {
    const telling = actor.sightings.find(({ acting }) => acting) ?? actor.sightings[0];
    const isSaid = [...relations.values()].some(({ from, to }) => isPair([from, to], actor.key, partOf));
    if (partOf === undefined || !telling || isSaid) continue;
    const evidence = [evidenceOf(report, telling)];
    addRelation(relations, { from: actor.key, kind: "part-of", to: partOf, certainty: "said", evidence });
  }
  return [...relations.values()].sort((a, b) => (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0));
}

const isCampaign = (actor: Actor | undefined): boolean => actor?.type === "campaign" && actor.sightings.length > 0;

/** A campaign, or what a report that names nobody tells. */
const isDeed = (actor: Actor | undefined): boolean =>
  actor !== undefined && (actor.type === "campaign" || actor.sightings.length === 0);

const isNamedIn = (seen: readonly Seen[], actor: string, range: Range | undefined): boolean =>
  range !== undefined &&
  seen.some((each) => each.actor === actor && range.start <= each.start && each.end <= range.end);

/** A campaign is no group. */
const canBe = (kind: RelationKind, one: Actor | undefined, other: Actor | undefined): boolean =>
  kind !== "same-as" || isCampaign(one) === isCampaign(other);

const isPair = (pair: readonly string[], one: string, other: string | undefined): boolean =>
  pair.includes(one) && other !== undefined && pair.includes(other);

/** A sentence that has words of a relation; `named` are those of whom it speaks, `first` is where they begin among all sightings. */
interface Place {
  readonly block: number;
  readonly sentence: number;
  readonly start: number;
  readonly first: number;
  readonly named: readonly Seen[];
}

function placesOf(report: Report, seen: readonly Seen[]): readonly Place[] {
  let next = 0;
  return report.blocks.flatMap((block): readonly Place[] => {
    while ((seen[next]?.block ?? Infinity) < block.index) next += 1;
    const places: Place[] = [];
    const isRelating = block.kind === "heading" || block.table ? [] : relating(block);
    for (const [sentence, range] of block.sentences.entries()) {
      const first = next;
      while (seen[next]?.block === block.index && (seen[next]?.sentence ?? 0) <= sentence) next += 1;
      if (isRelating[sentence] !== true) continue;
      const named = seen.slice(first, next).filter(({ compared }) => compared !== denied);
      places.push({ block: block.index, sentence, start: sentenceRange(block, range).start, first, named });
    }
    // References and advice relate nobody; what a report tells of the past of its actors does.
    const sideline = places.length > 0 ? sidelineOf(report, block) : undefined;
    return sideline === undefined || isHistory(sideline) ? places : [];
  });
}

/** What a sentence says, as far as the next one leaves it standing. */
function saidAt(report: Report, { block: index, sentence: at, named }: Place): readonly SaidRelation[] {
  const block = report.blocks[index];
  const sentence = block?.sentences[at];
  if (!block || !sentence) return [];
  // Of “Operation Grey Gull”, “Grey Gull” is the same name again.
  const isInner = (one: Seen): boolean =>
    named.some(
      (other) =>
        other !== one &&
        other.textStart <= one.textStart &&
        one.textEnd <= other.textEnd &&
        other.textEnd - other.textStart > one.textEnd - one.textStart,
    );
  const names = named
    .filter((one) => !isInner(one))
    .map(({ textStart, textEnd, actor }) => ({
      start: textStart - sentence.textStart,
      end: textEnd - sentence.textStart,
      actor,
    }));
  const said = saidIn(block, { sentence, names });
  if (said.length === 0) return said;
  const next = block.sentences[at + 1];
  const words = next ? block.text.slice(next.textStart, next.textEnd) : "";
  if (takenBackNext.test(words)) return [];
  return suspectedNext.test(words) ? said.map((each) => ({ ...each, certainty: "suspected" })) : said;
}

/** What the words of a sentence say of those whom they name. Remembered: while an author types, few sentences change. */
const saidIn = ofPart(
  ({ sentence, names }: { readonly sentence: Sentence; readonly names: readonly NamedHere[] }) =>
    names.reduce((key, { start, end, actor }) => `${key} ${start} ${end} ${actor}`, String(sentence.textStart)),
  ({ text }, { sentence: { textStart, textEnd }, names }) => relationsIn(text.slice(textStart, textEnd), names),
);

interface Here {
  readonly report: Report;
  readonly seen: readonly Seen[];
  /** The first sighting of the sentence or behind it. */
  readonly first: number;
  readonly subjects: readonly string[];
  readonly whole: string | undefined;
  readonly actors: ReadonlyMap<string, Actor>;
}

/** Of whom a sentence says it, by their keys. */
function pairsOf(
  here: Here,
  place: Place,
  { from: said, kind, to, ofCampaign }: SaidRelation,
): readonly { readonly from: string; readonly to: string }[] {
  const { subjects } = here;
  const subject = subjects.length === 1 ? subjects[0] : undefined;
  const meant = (end: Meant): string | undefined => {
    if (typeof end !== "string") return end.actor;
    switch (end) {
      case "focus":
        return (
          (ofCampaign || kind === "attributed-to" ? campaignBefore(here, place) : undefined) ?? focusAt(here, place)
        );
      case "whole":
        return isDeed(here.actors.get(here.whole ?? "")) ? here.whole : (campaignBefore(here, place) ?? here.whole);
      case "near":
        return objectBefore(here, place) ?? subject;
      case "subject":
        return subject;
      case "both":
        return undefined;
    }
  };
  return (said === "both" ? bothBefore(here, place) : [meant(said)]).flatMap((each) => {
    // “It's the same team as ours” speaks of somebody else.
    const isOther = said === "focus" && to === "subject" && each === subject;
    const from = isOther ? objectBefore(here, place, each) : each;
    const other =
      to === "focus" ? (objectBefore(here, place, from) ?? (ofCampaign ? focusAt(here, place) : undefined)) : meant(to);
    return from === undefined || other === undefined ? [] : [{ from, to: other }];
  });
}

/** Whoever was named last before these words in their section, else in the heading above, else the report's one subject. */
function focusAt({ report, seen, first, subjects }: Here, { block: at }: Pick<Place, "block">): string | undefined {
  const block = report.blocks[at];
  const from = block ? (report.sections[block.section]?.start ?? 0) : 0;
  for (let at = first - 1; at >= 0; at -= 1) {
    const before = seen[at];
    if (!before || before.start < from) break;
    if (before.compared === undefined) return subjectBeside(before, seen, at).actor;
  }
  return (block && inHeading(report, seen, block)) ?? (subjects.length === 1 ? subjects[0] : undefined);
}

/** Whom the nearest heading above a block names. */
function inHeading(report: Report, seen: readonly Seen[], block: Block): string | undefined {
  for (const { index: own } of sectionsAround(report, block)) {
    const named = seen.find((each) => {
      const heading = report.blocks[each.block];
      return heading?.kind === "heading" && heading.section === own;
    });
    if (named) return named.actor;
  }
  return undefined;
}

/** For whom “it” stands behind the words of a relation that is said of `from`: somebody else who was named last in the paragraph, else in the heading. */
function objectBefore({ report, seen, first }: Here, { block: index }: Place, from?: string): string | undefined {
  for (let at = first - 1; seen[at]?.block === index; at -= 1)
    if (seen[at]?.actor !== from && seen[at]?.compared !== denied) return seen[at]?.actor;
  const block = report.blocks[index];
  return block && inHeading(report, seen, block);
}

/** The campaign that was named last in the paragraph; to be recalled is enough. */
function campaignBefore({ seen, first, actors }: Here, { block }: Place): string | undefined {
  const last = seen[first - 1];
  return last?.block === block && isCampaign(actors.get(last.actor)) ? last.actor : undefined;
}

/** “X and Y are apart. Both pay Z”: the two of the last sentence before that names somebody, if it names two. */
function bothBefore({ seen, first }: Here, { block }: Place): readonly string[] {
  const last = seen[first - 1];
  if (last?.block !== block) return [];
  const actors = [...new Set(seen.slice(startOfSentence(seen, first - 1), first).map(({ actor }) => actor))];
  return actors.length === 2 ? actors : [];
}

/** Where the sightings begin that are in the sentence of the one at `index`. */
function startOfSentence(seen: readonly Seen[], index: number): number {
  const last = seen[index];
  let first = index;
  while (last && seen[first - 1]?.block === last.block && seen[first - 1]?.sentence === last.sentence) first -= 1;
  return first;
}

/** Of the sentence of `last`, which stands at `index`, the first one of whom it tells anything; else `last`. */
function subjectBeside(last: Seen, seen: readonly Seen[], index: number): Seen {
  const inSentence = seen
    .slice(startOfSentence(seen, index), index + 1)
    .filter(({ compared }) => compared === undefined);
  return inSentence.find(({ acting, opening }) => acting || opening) ?? last;
}

/** Blocks behind those in which the two were named. */
const reach = { last: 1, other: 4 } as const;

/** “The two overlap”: those who were spoken of last, in the sentence itself or shortly before it. */
function relationsOfTwo(
  report: Report,
  actors: ReadonlyMap<string, Actor>,
  seen: readonly Seen[],
  subjects: readonly string[],
): readonly Relation[] {
  return report.blocks.flatMap((block) => {
    const said = twoIn(block);
    if (said.length === 0 || block.kind === "heading" || block.table) return [];
    const sideline = sidelineOf(report, block);
    if (sideline !== undefined && !isHistory(sideline)) return [];
    return said.flatMap(({ sentence, kind, certainty }): readonly Relation[] => {
      const { textStart = 0, textEnd = 0 } = block.sentences[sentence] ?? {};
      const { start, end } = sentenceRange(block, { textStart, textEnd });
      const before = seen.filter((each) => each.start < end && block.index - each.block <= reach.other);
      const own = before.filter((each) => each.block === block.index);
      // An item of a list speaks of those whom it names, and so does a paragraph that begins with a name which is nobody's here.
      const isApart = block.kind === "list-item" || (own.length === 0 && setsOffAName(block));
      const near = isApart ? own : before;
      const last = near.at(-1);
      // Of one alone: with the one whom its heading names, or whom the report is about.
      const isOnly = own.length > 0 && own.every(({ actor }) => actor === last?.actor);
      const theirs = [inHeading(report, seen, block), ...(subjects.length === 1 ? subjects : [])];
      const other =
        (isOnly ? theirs.find((each) => each !== undefined && each !== last?.actor) : undefined) ??
        near.findLast(({ actor }) => actor !== last?.actor)?.actor;
      if (!last || other === undefined || block.index - last.block > reach.last) return [];
      if (!canBe(kind, actors.get(other), actors.get(last.actor))) return [];
      const evidence = evidenceOf(report, { block: block.index, sentence, start });
      return [{ from: other, kind, to: last.actor, certainty, evidence: [evidence] }];
    });
  });
}

/** Whether a block sets a capitalised name off. */
const setsOffAName = ({ text, emphases }: Block): boolean =>
  emphases.some(({ start, end }) => /^\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*){0,3}\.?$/u.test(text.slice(start, end)));

/** Headings under which a report tells of those who work for its subject, and of those who buy from it. */
const roles = [
  { kind: "affiliate-of", heading: /\b(?:affiliates?|partners?)\b/iu },
  {
    kind: "linked-to",
    heading:
      /\b(?:tenants?|customers?|users?|buyers?|subscribers?|clients?|licensees?|who (?:uses|rents|buys|is (?:using|renting|buying)) it)\b/iu,
  },
] as const;

/** “## Affiliates” above “### X”, in a report on the brand for which they work; “## First affiliate: X”. */
function relationsByHeading(
  report: Report,
  judged: readonly Judged[],
  subjects: readonly string[],
): readonly Relation[] {
  const [subject, other] = subjects;
  const brand = judged.find(({ actor }) => actor.key === subject)?.actor;
  if (subject === undefined || other !== undefined || !brand || brand.type === "campaign") return [];
  return judged.flatMap(({ actor, role }): readonly Relation[] => {
    const sighting =
      actor.sightings.find(({ block }) => report.blocks[block]?.kind === "heading") ??
      actor.sightings.find(
        ({ sentence, textStart, block }) => sentence === 0 && textStart <= 2 && !report.blocks[block]?.table,
      );
    const block = sighting && report.blocks[sighting.block];
    if (!block || role !== "described" || actor.key === subject) return [];
    const own = report.sections[block.section];
    const isHeading = block.kind === "heading";
    const around = !isHeading ? own : own?.parent === undefined ? undefined : report.sections[own.parent];
    const words = `${isHeading ? block.text.slice(0, sighting.textStart) : ""} / ${around && !isWhole(report, around) ? around.title : ""}`;
    const found = roles.find((each) => each.heading.test(words));
    if (!found) return [];
    const evidence = [evidenceOf(report, sighting)];
    return [{ from: actor.key, kind: found.kind, to: subject, certainty: "said", evidence }];
  });
}

/** Words by which a sentence parts a campaign from a group, or leaves open whose it is. */
const parted = /\b(?:not|never|no|nor|neither|unlike|wrongly|falsely|whether)\b|n['’]t\b/iu;

/**
 * A group named beside a campaign that ATT&CK attributes to it: in the same sentence, or in a section on the campaign.
 * The sentence need not say so in words that a rule knows.
 */
function knownDoers(
  report: Report,
  actors: ReadonlyMap<string, Actor>,
  seen: readonly Seen[],
  doersOf: (campaign: string) => readonly string[],
): readonly Relation[] {
  const doers = new Map(
    [...actors.values()].flatMap((actor) => {
      const ids = actor.type === "campaign" ? actor.attackIds.flatMap((id) => [...doersOf(id)]) : [];
      return ids.length > 0 ? [[actor.key, ids] as const] : [];
    }),
  );
  if (doers.size === 0) return [];
  const isDoer = (campaign: string, group: string): boolean =>
    (actors.get(group)?.type === "group" &&
      doers.get(campaign)?.some((id) => actors.get(group)?.attackIds.includes(id))) === true;
  return seen.flatMap((campaign, at): readonly Relation[] => {
    if (!doers.has(campaign.actor)) return [];
    const block = report.blocks[campaign.block];
    const isHeading = block?.kind === "heading";
    const beside = [...seen.slice(Math.max(0, at - nearby), at), ...seen.slice(at + 1, at + 1 + nearby)].find(
      (group) =>
        isDoer(campaign.actor, group.actor) &&
        (isHeading
          ? group.start > campaign.start && report.blocks[group.block]?.section === block.section
          : group.block === campaign.block &&
            (group.sentence === campaign.sentence || group.sentence === campaign.sentence + 1)),
    );
    const around = beside && report.blocks[beside.block];
    const sentence = around?.sentences[beside?.sentence ?? 0];
    if (!beside || !sentence || parted.test(around.text.slice(sentence.textStart, sentence.textEnd))) return [];
    const evidence = [evidenceOf(report, beside)];
    return [{ from: campaign.actor, kind: "attributed-to", to: beside.actor, certainty: "said", evidence }];
  });
}

/** So many sightings away a group may stand from its campaign. */
const nearby = 4;

/** For what “the campaign” and “these attacks” stand: the one operation that is told of, else the one subject. */
function wholeOf(judged: readonly Judged[], subjects: readonly string[]): string | undefined {
  const [roof, second] = judged.filter(({ actor, role }) => actor.type === "campaign" && role === "described");
  if (roof && !second) return roof.actor.key;
  return subjects.length === 1 ? subjects[0] : undefined;
}

function evidenceOf(
  report: Report,
  { block: index, sentence: at, start: seenAt }: Pick<Sighting, "block" | "sentence" | "start">,
): Evidence {
  const block = report.blocks[index];
  const sentence = block?.sentences[at];
  const { start, end } = block && sentence ? sentenceRange(block, sentence) : { start: seenAt, end: seenAt };
  return { line: lineAt(report, start), text: evidenceAt(report, { block: index, sentence: at }, seenAt), start, end };
}
