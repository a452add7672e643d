import type { Catalogue } from "../attack/catalogue.ts";
import type { Mapping } from "../mapping/map-report.ts";
import type { Mention } from "../mapping/mention.ts";
import { nameKey } from "../attack/names.ts";
import { placeKey, sentenceAt, type PlaceKey } from "../mapping/place.ts";
import type { Block, Report, Sentence } from "../report/report.ts";
import type { Actor, Sighting } from "./actor.ts";
import type { Campaign, CampaignTechnique, Evidence } from "./campaign.ts";
import { comparisonsIn } from "./compared.ts";
import { asides } from "./rules/telling.ts";
import { datesIn, daysIn, onlyYear, stepOf } from "./when.ts";

export function techniquesOf(
  mentions: readonly Mention[],
  report: Report,
  catalogue: Catalogue,
  tactics: SaidTactics,
): readonly CampaignTechnique[] {
  const byId = new Map<string, Mention[]>();
  for (const mention of mentions) {
    if (mention.object.type !== "technique") continue;
    const known = byId.get(mention.object.id);
    if (known) known.push(mention);
    else byId.set(mention.object.id, [mention]);
  }
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, list]) => {
      const technique = catalogue.get(id);
      const own = technique?.tactics ?? [];
      const said = new Set(list.flatMap((mention) => tactics(mention)));
      return {
        id,
        name: technique?.name ?? id,
        tactics: own,
        saidTactics: own.filter((tactic) => said.has(tactic)),
        status: list.some(({ status }) => status === "stated") ? "stated" : "inferred",
        confidence: list.reduce((most, { confidence }) => Math.max(most, confidence), 0),
        evidence: evidenceOf(list, report),
      };
    });
}

/** Where a mention stands, as a key; outside of the text, its line. */
const keyOf = ({ place, line }: Mention, report: Report): PlaceKey | string =>
  place ? placeKey(report, place) : `line ${line}`;

/** One evidence a sentence or table row, in document order; asides stand behind the others. */
function evidenceOf(mentions: readonly Mention[], report: Report): readonly Evidence[] {
  const seen = new Set<PlaceKey | string>();
  const evidence: Evidence[] = [];
  for (const mention of mentions) {
    const key = keyOf(mention, report);
    if (seen.has(key)) continue;
    seen.add(key);
    const { line, evidence: text, start, end } = mention;
    evidence.push({ line, text, start, end, ...circumstances(mention, report) });
  }
  return asidesLast(evidence);
}

/** What tells the deed before what only names or contrasts it, otherwise in the order given: readers may see the first alone. */
export const asidesLast = (evidence: readonly Evidence[]): readonly Evidence[] => [
  ...evidence.filter(({ aside }) => aside !== true),
  ...evidence.filter(({ aside }) => aside === true),
];

/** Headings, titles among them, and sentences that begin with a comparison or are mostly one. */
function isAside({ block, sentence: { textStart, textEnd } }: NonNullable<ReturnType<typeof sentenceAt>>): boolean {
  if (block.kind === "heading") return true;
  const inside = comparisonsIn(block).filter(
    (span) => span.onlyNames !== true && textStart <= span.textStart && span.textStart < textEnd,
  );
  const longest = Math.max(0, ...inside.map((span) => span.textEnd - span.textStart));
  return (
    longest * 2 > textEnd - textStart ||
    inside.some((span) => !/[\p{L}\p{N}]/u.test(block.text.slice(textStart, span.textStart)))
  );
}

/** When it was, what the sentence cites, and whether it only names or contrasts. */
function circumstances(
  { place, evidence }: Mention,
  report: Report,
): Pick<Evidence, "dates" | "step" | "links" | "aside"> {
  const found = sentenceAt(report, place);
  const headings = found ? (report.sections[found.block.section]?.path ?? []) : [];
  const dates = [evidence, ...headings.toReversed()]
    .map((words) => datesWithDays(words, report))
    .find((some) => some.length > 0);
  const step = stepOf(evidence);
  const links = found ? linksIn(found.block, found.sentence) : [];
  return {
    ...(dates ? { dates } : {}),
    ...(step ? { step } : {}),
    ...(links.length > 0 ? { links } : {}),
    ...(found && isAside(found) ? { aside: true } : {}),
  };
}

/** Dates that words tell; a day without a year is of the only one that it can be. */
function datesWithDays(words: string, report: Report): readonly string[] {
  const dates = datesIn(words);
  const days = dates.length > 0 ? [] : daysIn(words);
  const year = days.length > 0 ? onlyYear(report) : undefined;
  return year === undefined ? dates : days.map((each) => `${year}-${each}`);
}

/** Addresses behind words; one that stands in the text itself may be an indicator of what the report warns of. */
function linksIn({ text, links }: Block, { textStart, textEnd }: Sentence): readonly string[] {
  const cited = links.filter((link) => {
    const label = text.slice(link.textStart, link.textEnd);
    const inside = textStart <= link.textStart && link.textEnd <= textEnd;
    return (
      inside && !link.image && /[^\s\d[\]]/u.test(label) && !label.includes("://") && /^https?:\/\//.test(link.url)
    );
  });
  return [...new Set(cited.map(({ url }) => url))];
}

/** From the first to the last date of all its evidence, and of the sentences that tell what its actor did or name the campaign. */
export function datesOf(
  techniques: readonly CampaignTechnique[],
  actor: Actor,
  report: Report,
): Pick<Campaign, "dates"> {
  const dates = [
    ...techniques.flatMap(({ evidence }) => evidence.flatMap((each) => each.dates ?? [])),
    ...actor.sightings.flatMap((sighting) => datesBeside(sighting, actor, report)),
  ].sort();
  const [first] = dates;
  const last = dates.at(-1);
  return first === undefined || last === undefined ? {} : { dates: { first, last } };
}

/** When it was that somebody did what a sentence tells; the date on which others wrote of it is none. */
function datesBeside(
  { block: index, sentence: at, textEnd, compared, doing, introduced }: Sighting,
  { type }: Actor,
  report: Report,
): readonly string[] {
  const block = report.blocks[index];
  const sentence = block?.sentences[at];
  if (!block || !sentence || block.kind === "heading" || compared !== undefined) return [];
  if (!doing && !(introduced && type === "campaign")) return [];
  const aside = asides.exec(block.text.slice(textEnd, sentence.textEnd));
  return datesIn(block.text.slice(sentence.textStart, aside ? textEnd + aside.index : sentence.textEnd));
}

/** Short names of the tactics that the report names beside a mention. */
type SaidTactics = (mention: Mention) => readonly string[];

/** Tactics count that the same table row or sentence names, or a heading above. */
export function tacticsSaid(mapping: Mapping, report: Report, catalogue: Catalogue): SaidTactics {
  const beside = new Map<PlaceKey | string, string[]>();
  for (const mention of mapping.mentions) {
    if (mention.object.type !== "tactic") continue;
    const key = keyOf(mention, report);
    const names = catalogue.get(mention.object.id)?.tactics ?? [];
    beside.set(key, [...(beside.get(key) ?? []), ...names]);
  }
  const byName = new Map<string, string[]>();
  for (const { name, tactics } of catalogue.objects("tactic"))
    byName.set(nameKey(name), [...(byName.get(nameKey(name)) ?? []), ...tactics]);
  const inHeadings = report.sections.map(({ path }) => path.flatMap((heading) => byName.get(nameKey(heading)) ?? []));
  return (mention) => {
    const block = mention.place && report.blocks[mention.place.block];
    return [...(beside.get(keyOf(mention, report)) ?? []), ...(block ? (inHeadings[block.section] ?? []) : [])];
  };
}
