import {
  isWhole,
  lineAt,
  ofPart,
  sectionsAround,
  sentenceRange,
  type Report,
  type Sentence,
} from "../report/report.ts";
import { evidenceAt } from "../mapping/place.ts";
import type { Evidence } from "./campaign.ts";
import type { Judged } from "./judge.ts";
import { addRelation, type Relation } from "./relation.ts";
import { relating, relationsIn, twoIn, type NamedHere, type SaidRelation } from "./sentence-relations.ts";
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
  const whole = wholeOf(judged, subjects);
  const relations = new Map<string, Relation>();
  for (let first = 0; first < seen.length;) {
    const here = seen[first];
    if (!here) break;
    let next = first + 1;
    while (seen[next]?.block === here.block && seen[next]?.sentence === here.sentence) next += 1;
    const named = seen.slice(first, next).filter(({ compared }) => compared !== denied);
    for (const { ofCampaign = false, ...said } of relationsAt(report, named)) {
      const from =
        said.from === "whole"
          ? whole
          : said.from === "focus"
            ? focusAt(report, seen, first, subjects)
            : said.from.actor;
      if (ofCampaign && !judged.some(({ actor }) => actor.key === from && isDeed(actor))) continue;
      // That a campaign has its own parts is said by them.
      if (from === undefined || from === said.to || (said.kind === "part-of" && parents.get(said.to) === from))
        continue;
      addRelation(relations, { ...said, from, evidence: [evidenceOf(report, here)] });
    }
    first = next;
  }
  for (const said of relationsOfTwo(report, seen)) addRelation(relations, said);
  for (const known of knownDoers(report, judged, seen, doersOf)) {
    // “It was carried out by X” says so of the campaign, whoever else the report is about.
    for (const [key, { kind, to, evidence }] of relations)
      if (
        kind === "attributed-to" &&
        to === known.to &&
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

/** A campaign, or what a report that names nobody tells. */
const isDeed = ({ type, sightings }: Actor): boolean => type === "campaign" || sightings.length === 0;

const isPair = (pair: readonly string[], one: string, other: string | undefined): boolean =>
  pair.includes(one) && other !== undefined && pair.includes(other);

function relationsAt(report: Report, seen: readonly Seen[]): readonly SaidRelation[] {
  const [first] = seen;
  const block = first && report.blocks[first.block];
  const sentence = block?.sentences[first?.sentence ?? 0];
  if (!first || !block || !sentence || block.kind === "heading" || block.table) return [];
  if (relating(block)[first.sentence] !== true) return [];
  // References and advice relate nobody; what a report tells of the past of its actors does.
  const sideline = sidelineOf(report, block);
  if (sideline !== undefined && !isHistory(sideline)) return [];
  const names = seen.map(({ textStart, textEnd, actor }) => ({
    start: textStart - sentence.textStart,
    end: textEnd - sentence.textStart,
    actor,
  }));
  return saidIn(block, { sentence, names });
}

/** What the words of a sentence say of those whom they name. Remembered: while an author types, few sentences change. */
const saidIn = ofPart(
  ({ sentence, names }: { readonly sentence: Sentence; readonly names: readonly NamedHere[] }) =>
    names.reduce((key, { start, end, actor }) => `${key} ${start} ${end} ${actor}`, String(sentence.textStart)),
  ({ text }, { sentence: { textStart, textEnd }, names }) => relationsIn(text.slice(textStart, textEnd), names),
);

/** Whoever was named last before these words in their section, else in the heading above, else the report's one subject. */
function focusAt(
  report: Report,
  seen: readonly Seen[],
  index: number,
  subjects: readonly string[],
): string | undefined {
  const here = seen[index];
  const block = report.blocks[here?.block ?? 0];
  const from = block ? (report.sections[block.section]?.start ?? 0) : 0;
  for (let at = index - 1; at >= 0; at -= 1) {
    const before = seen[at];
    if (!before || before.start < from) break;
    if (before.compared === undefined) return subjectBeside(before, seen, at).actor;
  }
  for (const { index: own } of block ? sectionsAround(report, block) : []) {
    const named = seen.find((each) => {
      const heading = report.blocks[each.block];
      return heading?.kind === "heading" && heading.section === own;
    });
    if (named) return named.actor;
  }
  return subjects.length === 1 ? subjects[0] : undefined;
}

/** Of the sentence of `last`, which stands at `index`, the first one of whom it tells anything; else `last`. */
function subjectBeside(last: Seen, seen: readonly Seen[], index: number): Seen {
  let first = index;
  while (seen[first - 1]?.block === last.block && seen[first - 1]?.sentence === last.sentence) first -= 1;
  const inSentence = seen.slice(first, index + 1).filter(({ compared }) => compared === undefined);
  return inSentence.find(({ acting, opening }) => acting || opening) ?? last;
}

/** Blocks behind those in which the two were named. */
const reach = { last: 1, other: 4 } as const;

/** “The two overlap”: those who were spoken of last, in the sentence itself or shortly before it. */
function relationsOfTwo(report: Report, seen: readonly Seen[]): readonly Relation[] {
  return report.blocks.flatMap((block) => {
    const said = twoIn(block);
    if (said.length === 0 || block.kind === "heading" || block.table) return [];
    const sideline = sidelineOf(report, block);
    if (sideline !== undefined && !isHistory(sideline)) return [];
    return said.flatMap(({ sentence, kind, certainty }): readonly Relation[] => {
      const { textStart = 0, textEnd = 0 } = block.sentences[sentence] ?? {};
      const { start, end } = sentenceRange(block, { textStart, textEnd });
      const near = seen.filter((each) => each.start < end && block.index - each.block <= reach.other);
      const last = near.at(-1);
      const other = near.findLast(({ actor }) => actor !== last?.actor);
      if (!last || !other || block.index - last.block > reach.last) return [];
      const evidence = evidenceOf(report, { block: block.index, sentence, start });
      return [{ from: other.actor, kind, to: last.actor, certainty, evidence: [evidence] }];
    });
  });
}

/** Headings under which a report tells of those who work for its subject, and of those who buy from it. */
const roles = [
  { kind: "affiliate-of", heading: /\b(?:affiliates?|partners?)\b/iu },
  { kind: "linked-to", heading: /\b(?:tenants?|customers?|users?|buyers?|subscribers?|clients?|licensees?)\b/iu },
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
    const sighting = actor.sightings.find(({ block }) => report.blocks[block]?.kind === "heading");
    const heading = sighting && report.blocks[sighting.block];
    if (!heading || role !== "described" || actor.key === subject) return [];
    const own = report.sections[heading.section];
    const around = own?.parent === undefined ? undefined : report.sections[own.parent];
    const words = `${heading.text.slice(0, sighting.textStart)} / ${around && !isWhole(report, around) ? around.title : ""}`;
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
  judged: readonly Judged[],
  seen: readonly Seen[],
  doersOf: (campaign: string) => readonly string[],
): readonly Relation[] {
  const actors = new Map(judged.map(({ actor }) => [actor.key, actor]));
  const doers = new Map(
    judged.flatMap(({ actor }) => {
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
