import { lineAt, ofWords, type Block, type Report, type Words } from "../report/report.ts";
import { hasNoDeed } from "../mapping/rules/no-deed.ts";
import type { CampaignRole } from "./campaign.ts";
import { digests } from "./rules/comparisons.ts";
import { letteredName } from "./rules/introductions.ts";
import { asides, intruders, past, tools } from "./rules/telling.ts";
import { datesIn } from "./when.ts";
import { firstStart, sentencesOn, type Actor, type Sighting } from "./actor.ts";
import { sidelineOf } from "./sidelines.ts";

/** Whether a report tells what an actor did, and why the program thinks so. */
export interface Judged {
  readonly actor: Actor;
  readonly role: CampaignRole;
  readonly reason: string;
  /** Key of the actor that it is part of. */
  readonly partOf?: string;
  /** How much the report tells of it; compared with others of the same report only. */
  readonly weight: number;
}

/** From here on an actor is told of, whatever else the report tells. */
const told = 3;

/** An actor that the report has this much of makes a passing word of another one a passing word. */
const mainly = 5;

/** So many actors with a paragraph of their own make a report an overview, which tells of each. */
const overview = 3;

/** In a report of so many sentences a word or two on somebody is a word in passing. */
const long = 30;

/** Sentences on “the attackers” that make a report tell of somebody whom it does not name. */
const unnamedThread = 3;

/**
 * Described: in a heading or introduced, or the report tells of it again and again. A sentence or two on somebody else
 * in a report that tells of another actor, or of “the attackers”, is a word in passing.
 */
export function judgeActors(
  report: Report,
  actors: readonly Actor[],
  /** Where techniques are told of, as offsets into the source. */
  deeds: readonly number[],
): readonly Judged[] {
  const openers = actors.filter(({ sightings }) => sightings.some(({ opening }) => opening));
  const isDigest = digests.test(report.title);
  const isOverview = openers.length >= overview || isShared(report, actors);
  const weights = new Map(actors.map((actor) => [actor, weightOf(report, actor, isOverview)]));
  const weigh = (actor: Actor): number => weights.get(actor) ?? 0;
  const most = Math.max(0, ...weights.values());
  // A campaign is a roof over several groups: whoever acts below it may be one of them.
  const hasRoof = actors.some((actor) => actor.type === "campaign" && weigh(actor) >= told);
  const thread = intruderSentences(report);
  const isLong = countSentences(report) >= long;
  // An overview tells of each in a sentence or two.
  const hasOther =
    (most >= mainly && !isOverview) ||
    (most < told && (thread >= unnamedThread || isLong)) ||
    report.frontMatter?.campaigns.some(({ role }) => role === "described") === true;
  // But where some of them are told of at length, a word on another is one in passing.
  const members = actors.filter((actor) => actor.type !== "campaign" && weigh(actor) >= told).length;
  const least = hasRoof && members < 2 ? 1 : hasOther ? told : 2;
  // Where “the attackers” fill the report, its subject is one of them only if the report says so.
  const isUnnamed = !hasRoof && thread >= unnamedThread && thread >= 3 * most;
  // Whoever comes up in a word when much has been told is not the one who did it.
  const isStoryOfNobody = !isOverview && deedsBeforeAnybody(actors, deeds) >= storyOfNobody;
  const recalled = recalledActors(report, actors, (actor) => (weigh(actor) >= least ? weigh(actor) : 0));
  return actors.map((actor): Judged => {
    const weight = weigh(actor);
    if (recalled.has(actor)) {
      const [first] = actor.sightings;
      return {
        actor,
        weight,
        role: "referenced",
        reason: `recalled from long before (line ${first ? lineAt(report, first.start) : 1})`,
      };
    }
    if (isDigest && actor.role === undefined)
      return { actor, weight, role: "referenced", reason: "the report only passes on what others have published" };
    return { actor, weight, ...judge(report, actor, weight, neededBy(actor)) };
  });
  /** The weight from which the report describes an actor. */
  function neededBy(actor: Actor): number {
    if (!isOverview && isNamedOnce(actor, (other) => other.type !== "campaign" && weigh(other) >= mainly, actors))
      return Infinity;
    if (isSubject(report, actor)) return least;
    if (isUnnamed) return Infinity;
    return isStoryOfNobody ? Math.max(least, told + 1) : least;
  }
}

/** An operation that is named once, behind somebody who is told of at length, is one of before. */
const isNamedOnce = (actor: Actor, isTold: (other: Actor) => boolean, actors: readonly Actor[]): boolean =>
  actor.type === "campaign" &&
  sentencesOn(actor) === 1 &&
  !actor.sightings.some(({ title, opening, stated }) => title || opening || stated) &&
  actors.some((other) => isTold(other) && firstStart(other) < firstStart(actor));

/** So many techniques told of before anybody is named make a story of somebody without a name. */
const storyOfNobody = 2;

function deedsBeforeAnybody(actors: readonly Actor[], deeds: readonly number[]): number {
  const first = Math.min(...actors.map(firstStart));
  return deeds.filter((at) => at < first).length;
}

/** Whether several actors have a paragraph of their own, and the report tells of none of them far more than of the others. */
function isShared(report: Report, actors: readonly Actor[]): boolean {
  const inBlock = new Map<number, Set<Actor>>();
  for (const actor of actors)
    for (const { block, compared } of actor.sightings)
      if (compared === undefined) inBlock.set(block, (inBlock.get(block) ?? new Set()).add(actor));
  const owners = actors.filter((actor) => actor.sightings.some((sighting) => ownsParagraph(report, sighting, inBlock)));
  const [first, , third] = owners.map((actor) => weightOf(report, actor, false)).sort((a, b) => b - a);
  return first !== undefined && third !== undefined && first <= evenly * third;
}

const evenly = 3;

/** Whether an actor does something in a paragraph that speaks of nobody else. */
function ownsParagraph(
  { blocks }: Report,
  { block, doing }: Sighting,
  inBlock: ReadonlyMap<number, ReadonlySet<Actor>>,
): boolean {
  const { kind, sentences = [] } = blocks[block] ?? {};
  return doing && kind === "paragraph" && sentences.length > 1 && inBlock.get(block)?.size === 1;
}

/** Actors of whom all that is told was long ago; where more than a word is told in a paragraph of their own, it may be an entry of an overview, which may tell of any time. */
function recalledActors(report: Report, actors: readonly Actor[], weigh: (actor: Actor) => number): ReadonlySet<Actor> {
  const shown = actors.filter((actor) => weigh(actor) > 0);
  if (shown.length < 2) return new Set();
  const latest = latestYear(report);
  return new Set(
    shown.filter(
      (actor) =>
        actor.role === undefined &&
        (weigh(actor) < told || !actor.sightings.some(({ opening }) => opening)) &&
        isLongAgo(report, actor, latest),
    ),
  );
}

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** Years after which what somebody did is history to a report. */
const history = 2;

/** Whether all that a report tells of an actor happened long before what else it tells. */
function isLongAgo(report: Report, { sightings }: Actor, latest: number): boolean {
  const acting = sightings.filter(({ acting: acts, opening, takenUp }) => acts || (opening && takenUp));
  return acting.every(({ block, sentence, textEnd }) => {
    const at = report.blocks[block]?.sentences[sentence];
    const words = report.blocks[block]?.text ?? "";
    // “X, as we believe those who in 2023 …”: what an aside tells of was another time.
    const aside = at ? words.slice(textEnd, at.textEnd).search(asides) : -1;
    const until = aside < 0 ? at?.textEnd : textEnd + aside;
    const years = at ? datesIn(words.slice(at.textStart, until)).map(yearOf) : [];
    return years.length > 0 && Math.max(...years) <= latest - history;
  });
}

/** Why somebody is described whom no heading names and nothing introduces. */
export const toldDeed = "the report tells what it did";

function judge(report: Report, actor: Actor, weight: number, least: number): Pick<Judged, "role" | "reason"> {
  if (actor.role !== undefined) return { role: actor.role, reason: "the author declares it" };
  const telling = actor.sightings.find(({ acting, opening }) => acting || opening);
  const onLine = (sighting: Sighting | undefined): string => `(line ${sighting ? lineAt(report, sighting.start) : 1})`;
  if (telling && weight >= least) {
    const how =
      report.blocks[telling.block]?.kind === "heading"
        ? "a heading names it"
        : telling.introduced
          ? "the report introduces it"
          : toldDeed;
    return { role: "described", reason: `${how} ${onLine(telling)}` };
  }
  const [first] = actor.sightings;
  const compared = actor.sightings.find((sighting) => sighting.compared !== undefined) ?? first;
  const how = telling ? "named in passing" : (compared?.compared ?? "named in passing");
  return { role: "referenced", reason: `${how} ${onLine(telling ?? compared)}` };
}

/** Named in a title or heading, introduced, blamed, or beside what the report states. */
const isSubject = (report: Report, { sightings }: Actor): boolean =>
  sightings.some(
    ({ acting, title, introduced, blamed, stated, block }) =>
      acting && (title || introduced || blamed || stated || report.blocks[block]?.kind === "heading"),
  );

/** Each sentence counts once, by the strongest thing that it says. */
function weightOf(report: Report, { sightings }: Actor, isOverview: boolean): number {
  const bySentence = new Map<string, number>();
  for (const sighting of sightings) {
    const key = `${sighting.block}.${sighting.sentence}`;
    bySentence.set(key, Math.max(bySentence.get(key) ?? 0, weightOfSighting(report, sighting, isOverview)));
  }
  return [...bySentence.values()].reduce((sum, weight) => sum + weight, 0);
}

function weightOfSighting(
  report: Report,
  { acting, blamed, stated, doing, introduced, block, title, text, opening, takenUp }: Sighting,
  isOverview: boolean,
): number {
  if (opening && isOverview) return 3;
  if (!acting) return opening && takenUp ? 2 : 0;
  if (title || blamed || stated || introduced || letteredName.test(text) || report.blocks[block]?.kind === "heading")
    return 3;
  if (doing) return 2;
  return 1;
}

/** Sentences in which somebody without a name acts. */
const intruderSentences = (report: Report): number =>
  report.blocks.reduce((sum, block) => {
    const count = intrudersIn(block);
    return count > 0 && isText(report, block) ? sum + count : sum;
  }, 0);

const intrudersIn = ofWords((words) => sentencesOf(words).filter((sentence) => intruders.test(sentence)).length);

const countSentences = (report: Report): number =>
  report.blocks.reduce((sum, block) => (isText(report, block) ? sum + block.sentences.length : sum), 0);

/** The last year of which the report tells, or in which it was published; 0 where it names none. */
const latestYear = ({ blocks, frontMatter }: Report): number =>
  blocks.reduce(
    (latest, block) => Math.max(latest, latestYearIn(block)),
    frontMatter?.date === undefined ? 0 : yearOf(frontMatter.date),
  );

const latestYearIn = ofWords(({ text }) => Math.max(0, ...datesIn(text).map(yearOf)));

/** Whether a report that describes nobody by name tells of an intrusion at all, and not only how such things are done. */
export const tellsStory = (report: Report): boolean =>
  report.blocks.some((block) => tellsOfDeeds(block) && isText(report, block));

const tellsOfDeeds = ofWords((words) =>
  sentencesOf(words).some(
    (sentence) => (intruders.test(sentence) || tools.test(sentence) || past.test(sentence)) && !hasNoDeed(sentence),
  ),
);

const sentencesOf = ({ sentences, text }: Words): readonly string[] =>
  sentences.map(({ textStart, textEnd }) => text.slice(textStart, textEnd));

/** Whether the block is of the text proper. */
const isText = (report: Report, block: Block): boolean =>
  block.kind !== "code" && block.kind !== "heading" && sidelineOf(report, block) === undefined;
