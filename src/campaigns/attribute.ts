import type { Mention } from "../mapping/mention.ts";
import { placeKey, rowKey, rowOf, type PlaceKey } from "../mapping/place.ts";
import { gated } from "../report/pattern-gate.ts";
import { overlapFinder } from "../report/ranges.ts";
import {
  ofWords,
  sectionsAround,
  toText,
  type Block,
  type Range,
  type Report,
  type Section,
} from "../report/report.ts";
import { caseOf } from "./case-sections.ts";
import { longestMark } from "./coined-names.ts";
import { doerOfRow, doersIn, type DoerColumn } from "./handles.ts";
import { comparisonsIn } from "./compared.ts";
import { takesUp } from "./rules/comparisons.ts";
import { partBefore } from "./rules/introductions.ts";
import { sharedSection, sharing } from "./rules/sharing.ts";
import { generalities, numberBefore, numberOfHeading, ofTwo, tick } from "./rules/telling.ts";
import { isSuspected, type Actor, type Sighting } from "./actor.ts";
import { isSubtitle } from "./sightings.ts";
import { sidelineOf } from "./sidelines.ts";
import { unusedSoftware } from "./software-use.ts";

/** To whom a mention belongs, and by which words. */
export interface Attribution {
  /** Keys of actors. */
  readonly actors: readonly string[];
  readonly why: string;
  /** 0–1: how sure the way is by which it was found. */
  readonly confidence: number;
}

/** How far each way can be trusted, in the order in which they are tried; set by hand, for ranking alone. */
const confidences = {
  named: 1,
  author: 1,
  sentence: 0.95,
  sharing: 0.85,
  table: 0.95,
  heading: 0.9,
  focus: 0.75,
  section: 0.65,
  subject: 0.6,
} as const;

export const nobodyNear = "nothing near it says who did it";

const nobody = (why: string): Attribution => ({ actors: [], why, confidence: 0 });

/** A sighting, and of whom. */
export interface Seen extends Sighting {
  readonly actor: string;
}

/** Everything that attribution asks of a report, computed once. */
export interface Scene {
  readonly report: Report;
  readonly actors: ReadonlyMap<string, Actor>;
  /** All sightings in document order. */
  readonly seen: readonly Seen[];
  readonly seenAt: (place: Range) => readonly Seen[];
  /** By sentence, or by row of a table. */
  readonly byPlace: ReadonlyMap<PlaceKey, readonly Seen[]>;
  /** By block, in the order of the text. */
  readonly byBlock: ReadonlyMap<number, readonly Seen[]>;
  /** Sightings in the headings, by section. */
  readonly byHeading: ReadonlyMap<number, readonly Seen[]>;
  /** Those of the doers who act in a section or in one below it. */
  readonly bySection: ReadonlyMap<number, ReadonlySet<string>>;
  readonly directives: readonly { readonly scope: Range; readonly actor: string; readonly name: string }[];
  /** The described campaigns that stand for the whole report when nothing nearer does. */
  readonly subjects: readonly string[];
  /** Described actors that no other one is part of: those who did things themselves. */
  readonly doers: readonly string[];
  /** Sections, by index, that tell of all of them alike. */
  readonly sharedSections: ReadonlySet<number>;
  /** Columns in which the author says who did what. */
  readonly doerColumns: readonly DoerColumn[];
  /** Sections that each tell of another case. */
  readonly cases: readonly Section[];
  /** Of whom the report only speaks in passing. */
  readonly referenced: ReadonlySet<string>;
}

export function setScene(
  report: Report,
  actors: readonly Actor[],
  judged: Pick<Scene, "subjects" | "doers" | "referenced" | "directives" | "cases">,
): Scene {
  const seen = actors
    .flatMap(({ key, sightings }) => sightings.map((sighting) => ({ actor: key, ...sighting })))
    .sort((a, b) => a.start - b.start);
  const byPlace = new Map<PlaceKey, Seen[]>();
  const byBlock = new Map<number, Seen[]>();
  const byHeading = new Map<number, Seen[]>();
  const bySection = new Map<number, Set<string>>();
  const doers = new Set(judged.doers);
  for (const sighting of seen) {
    push(byPlace, placeKey(report, sighting), sighting);
    push(byBlock, sighting.block, sighting);
    const block = report.blocks[sighting.block];
    const isHeading = block && (block.kind === "heading" || (sighting.title && isSubtitle(report, block)));
    if (isHeading && sighting.compared === undefined) push(byHeading, block.section, sighting);
    if (block && doers.has(sighting.actor) && sighting.compared === undefined && (sighting.acting || sighting.opening))
      for (const { index } of sectionsAround(report, block)) {
        const known = bySection.get(index);
        if (known) known.add(sighting.actor);
        else bySection.set(index, new Set([sighting.actor]));
      }
  }
  const counted = countedActors(report, seen);
  if (counted.size > 0)
    for (const { kind, text, section } of report.blocks) {
      const own = kind === "heading" && !byHeading.has(section) ? counted.get(numberOfHeading(text) ?? 0) : undefined;
      if (own) push(byHeading, section, own);
    }
  return {
    report,
    actors: new Map(actors.map((actor) => [actor.key, actor])),
    seen,
    seenAt: overlapFinder(seen),
    byPlace,
    byBlock,
    byHeading,
    bySection,
    doerColumns: doersIn(report, ({ index }) => byBlock.has(index)),
    sharedSections: doers.size < 2 ? new Set() : findSharedSections(report),
    ...judged,
  };
}

/** Whose each of several is where the report counts them: “we attribute the first to X”; nobody's where two are. */
function countedActors({ blocks }: Report, seen: readonly Seen[]): ReadonlyMap<number, Seen> {
  const found = new Map<number, Seen>();
  const unclear = new Set<number>();
  for (const each of seen) {
    if (each.compared !== undefined) continue;
    const { text = "", sentences = [] } = blocks[each.block] ?? {};
    const from = Math.max(sentences[each.sentence]?.textStart ?? 0, each.textStart - 160);
    const number = numberBefore(text.slice(from, each.textStart));
    if (number === undefined) continue;
    const other = found.get(number);
    if (other && other.actor !== each.actor) unclear.add(number);
    found.set(number, each);
  }
  for (const number of unclear) found.delete(number);
  return found;
}

function push<K>(map: Map<K, Seen[]>, key: K, value: Seen): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/**
 * To whom a mention belongs. The first of these that says something holds: the author's directive; what the section
 * is for; that software is not said to be used; the words of its own sentence or table row; the heading; who was in focus before; the report's only subject; the only one who acts in the section.
 */
export function attribute(mention: Mention, scene: Scene): Attribution {
  const { report } = scene;
  const own = scene.seenAt(mention);
  if (own.length > 0) return { actors: own.map(({ actor }) => actor), why: "names it", confidence: confidences.named };
  const directive = scene.directives.findLast(({ scope }) => scope.start <= mention.start && mention.start < scope.end);
  if (directive)
    return {
      actors: [directive.actor],
      why: `the author says so for this part: campaign ${directive.name}`,
      confidence: confidences.author,
    };
  const block = mention.place && report.blocks[mention.place.block];
  if (!block) return nobody("stands outside of the text");
  const sideline = sidelineOf(report, block);
  if (sideline !== undefined) return nobody(`stands ${sideline}`);
  const unused = unusedSoftware(mention, block, report);
  if (unused !== undefined) return nobody(unused);
  return (
    bySameSentence(mention, block, scene) ??
    byGenerality(mention, block) ??
    bySharing(mention, block, scene) ??
    byOrder(mention, block, scene) ??
    byRow(block, scene) ??
    byCompared(mention, block, scene) ??
    byOwnParagraph(mention, block, scene) ??
    bySharedSection(block, scene) ??
    byHeadings(block, scene) ??
    byFocus(mention, block, scene) ??
    bySubject(block, scene) ??
    bySection(block, scene) ??
    nobody(nobodyNear)
  );
}

function bySameSentence(mention: Mention, block: Block, scene: Scene): Attribution | undefined {
  if (!mention.place || block.table) return undefined;
  const seen = scene.byPlace.get(placeKey(scene.report, mention.place)) ?? [];
  const at = toText(block, mention.start);
  const span = comparisonsIn(block).find(({ textStart, textEnd }) => textStart <= at && at < textEnd);
  if (span) {
    const inSpan = seen.filter(({ textStart, textEnd }) => span.textStart <= textStart && textEnd <= span.textEnd);
    if (inSpan.length > 0) return said(inSpan, "stands in a comparison with", "sentence");
    if (span.onlyNames !== true) return nobody(span.reason);
  }
  const plain = seen.filter(({ compared, supplying }) => compared === undefined && !supplying);
  const before = plain.filter(({ textEnd }) => textEnd <= at);
  const nearest = before.findLast(
    (each, index) =>
      !isAside(each, before[index - 1], at, block) &&
      !isOnObject(each, before[index - 1], at, block) &&
      !isInBrackets(each, before[0], at, block),
  );
  if (nearest) return said(coordinated(before, nearest, block), "in the sentence on", "sentence");
  const by = plain.find(
    ({ textStart }) => textStart > at && /\bby (?:the |an? )?(?:[\w-]+ ){0,4}$/iu.test(block.text.slice(at, textStart)),
  );
  if (by) return said([by], "done by", "sentence");
  const after = plain[0];
  return after ? said([after], "in the sentence on", "sentence") : undefined;
}

/** “A subgroup of X, which we track as Y, dumped …”: this aside names the one who did it. */
const namesPart =
  /^["”*_]*, (?:which|that|whom) (?:(?!that )[\p{L}\d-]+ ){1,5}(?:as|under|calls?|names?|dubs?) ["“*_]*$/u;

/** “X, which rents from Y, dumped …”: whom only an aside on somebody else names, behind which the sentence goes on. */
const isAside = ({ textStart, textEnd }: Seen, before: Seen | undefined, at: number, { text }: Block): boolean =>
  before !== undefined &&
  !(namesPart.test(text.slice(before.textEnd, textStart)) && partBefore.test(text.slice(0, before.textStart))) &&
  /^(?: \([^()]{0,80}\))?, (?:which|who|whose|whom)(?![\p{L}-])[^,;:.]*$/u.test(
    text.slice(before.textEnd, textStart),
  ) &&
  /^[^,;:.]{0,80},(?! (?:and|or|which|who|where) )/u.test(text.slice(textEnd, at));

/** Behind the subject and before a name: its bearer did something with what the sentence tells of. */
const onObject = /[\p{L}\d] (?:that|which|whom) (?:the )?["“*_]*$/u;

/** “Y logged in with the passwords that X had handed over”: it is Y of whom is told. */
const isInClauseOnObject = (
  { block, sentence, actor, textStart }: Seen,
  before: Seen | undefined,
  text: string,
): boolean =>
  before?.block === block &&
  before.sentence === sentence &&
  before.actor !== actor &&
  onObject.test(text.slice(before.textEnd, textStart));

/** “X came over the access that Y had won, and dumped …”: whom only such a clause names, behind which the sentence goes on. */
const isOnObject = (seen: Seen, before: Seen | undefined, at: number, { text }: Block): boolean =>
  isInClauseOnObject(seen, before, text) &&
  /^["”*_]* (?:(?:had|has|have) )?[^,;:.]{1,80}?(?:,| and (?:then |later |also )?\p{Ll}{2,}ed(?![\p{L}-]))/u.test(
    text.slice(seen.textEnd, at),
  );

/** “X (part of it is called Y) dumped …”: whom only a remark in brackets names, behind which the sentence goes on. */
function isInBrackets({ textStart, textEnd }: Seen, first: Seen | undefined, at: number, { text }: Block): boolean {
  const open = text.lastIndexOf("(", textStart);
  const words = text.slice(open, textStart);
  return (
    first !== undefined &&
    open >= first.textEnd &&
    /^\([^()]*\p{Ll} \p{Ll}[^()]*$/u.test(words) &&
    /^[^()]*\)/u.test(text.slice(textEnd, at))
  );
}

/** “X and Y used …”: those joined to the nearest share what it did. */
function coordinated(before: readonly Seen[], nearest: Seen, block: Block): readonly Seen[] {
  const joined = [nearest];
  for (let at = before.length - 2; at >= 0; at -= 1) {
    const other = before[at];
    const next = joined[0];
    if (
      !other ||
      !next ||
      !/^(?: \w+)?(?:,? and |, | or | & |\/| as well as |,? along with )(?:the )?(?:\w+ )?$/u.test(
        block.text.slice(other.textEnd, next.textStart),
      )
    )
      break;
    joined.unshift(other);
  }
  return joined;
}

/** What anybody might do is nobody's doing. */
function byGenerality(mention: Mention, block: Block): Attribution | undefined {
  const reason = turnsAround(mention, block)?.general;
  return reason === undefined ? undefined : nobody(reason);
}

/** “The former …, the latter …”: one of the two whom the text named last. */
function byOrder(mention: Mention, block: Block, { report, seen }: Scene): Attribution | undefined {
  const which = turnsAround(mention, block)?.ofTwo;
  const sentence = block.sentences[mention.place?.sentence ?? 0];
  if (which === undefined || !sentence) return undefined;
  const from = report.sections[block.section]?.start ?? 0;
  const before = seen.filter(
    ({ start, textStart, block: index }) =>
      from <= start && (index < block.index || (index === block.index && textStart < sentence.textStart)),
  );
  const second = before.at(-1);
  const first = before.findLast(({ actor }) => actor !== second?.actor);
  if (!first || !second || second.block - first.block > 1 || block.index - second.block > 1) return undefined;
  return said([which === "former" ? first : second], `“the ${which}” is`, "focus");
}

/** “All three clusters …”, “both groups …”: everybody of whom the report tells did it. */
function bySharing(mention: Mention, block: Block, { doers, actors }: Scene): Attribution | undefined {
  const shared = turnsAround(mention, block)?.shared;
  // “Both” of more than two are two that the program can't tell, and so are “all three” of five.
  if (shared === undefined || doers.length < 2 || doers.length > countIn(shared)) return undefined;
  const names = doers.flatMap((key) => actors.get(key)?.name ?? []);
  return { actors: doers, why: `“${shared}” are ${names.join(", ")}`, confidence: confidences.sharing };
}

/** How many “both groups” or “all three” are; endless many where no number is said. */
const countIn = (words: string): number =>
  counts.find(([pattern]) => pattern.test(words))?.[1] ?? (Number(/\d/.exec(words)?.[0]) || Infinity);

const counts: readonly (readonly [pattern: RegExp, count: number])[] = [
  [/\b(?:both|two)\b/iu, 2],
  [/\bthree\b/iu, 3],
  [/\bfour\b/iu, 4],
  [/\bfive\b/iu, 5],
  [/\bsix\b/iu, 6],
  [/\bseven\b/iu, 7],
];

/** “This part holds for all three clusters.” */
function bySharedSection(
  { section: at }: Block,
  { report, doers, actors, sharedSections }: Scene,
): Attribution | undefined {
  const section = report.sections[at];
  if (!section || doers.length < 2 || !sharedSections.has(at)) return undefined;
  const names = doers.flatMap((key) => actors.get(key)?.name ?? []);
  return {
    actors: doers,
    why: `“${section.title}” tells of ${names.join(", ")} alike`,
    confidence: confidences.sharing,
  };
}

/** Sections that say at their beginning that they tell of everybody. */
const findSharedSections = ({ blocks }: Report): ReadonlySet<number> =>
  new Set(
    blocks.flatMap((block, index) =>
      blocks[index - 1]?.kind === "heading" && block.kind === "paragraph" && saysShared(block) ? [block.section] : [],
    ),
  );

const saysShared = ofWords(({ text, sentences: [, , third] }) => sharedSection.test(text.slice(0, third?.textStart)));

/** So much of a table's cell is repeated. UTF-16 units. */
const longestWho = 40;

function byRow(block: Block, scene: Scene): Attribution | undefined {
  if (!block.table) return undefined;
  const { table } = block.table;
  const inRow = (scene.byPlace.get(rowKey(block.table)) ?? []).filter(({ compared }) => compared === undefined);
  const doer = doerOfRow(block, scene.report, scene.doerColumns);
  if (doer?.who === "somebody") {
    // Whom the author puts down is meant, and not whom another cell of the row happens to name.
    const own = inRow.filter((seen) => doer.cell.index === seen.block);
    return own.length > 0
      ? said(own, "in the table's row on", "table")
      : nobody(`the table gives it to “${doer.cell.text.trim().slice(0, longestWho)}”`);
  }
  if (inRow.length > 0) return said(inRow, "in the table's row on", "table");
  if (doer?.who === "everybody") {
    const all = doer.cells.flatMap(({ index }) => scene.byBlock.get(index) ?? []);
    if (all.length > 0) return said(all, `“${doer.cell.text.trim()}” in the table's row are`, "table");
  }
  const headers = (scene.byPlace.get(rowKey({ table, row: 0 })) ?? []).map((seen) => ({
    seen,
    column: scene.report.blocks[seen.block]?.table?.column,
  }));
  const own = headers.filter(({ column }) => column === block.table?.column);
  if (own.length > 0)
    return said(
      own.map(({ seen }) => seen),
      "in the table's column on",
      "table",
    );
  const ticked = headers.filter(({ column }) => column !== undefined && isTicked(block, column, scene.report));
  return ticked.length > 0
    ? said(
        ticked.map(({ seen }) => seen),
        "ticked in the table's column on",
        "table",
      )
    : undefined;
}

/** Whether a column's cell in the row of this block says yes. */
function isTicked(block: Block, column: number, report: Report): boolean {
  const cell = rowOf(report, block).find(({ table }) => table?.column === column);
  return cell !== undefined && tick.test(cell.text.trim());
}

/** “X is the obvious comparison. It has …”: what goes on about somebody with whom it is only compared is nobody's here. */
function byCompared({ place, start }: Mention, block: Block, { byBlock, referenced }: Scene): Attribution | undefined {
  const sentence = block.sentences[place?.sentence ?? 0];
  if (block.kind !== "paragraph" || !sentence || !goesOn.test(block.text.slice(sentence.textStart, sentence.textEnd)))
    return undefined;
  const last = byBlock.get(block.index)?.findLast((each) => each.start < start);
  if (last === undefined || isBehindSubject(last, block, byBlock)) return undefined;
  return last.compared !== undefined && referenced.has(last.actor) && last.sentence + 1 === (place?.sentence ?? 0)
    ? nobody(`goes on about ${last.text.replace(/\s+/g, " ")}, which is ${last.compared}`)
    : undefined;
}

/** “X is the same as Y”, “it overlaps with Y”: what goes on does so about the subject. */
function isBehindSubject({ actor, sentence, textStart }: Seen, block: Block, byBlock: Scene["byBlock"]): boolean {
  const from = block.sentences[sentence]?.textStart ?? 0;
  return (
    takesUp.test(block.text.slice(from, textStart)) ||
    byBlock
      .get(block.index)
      ?.some(
        (other) =>
          other.actor !== actor &&
          other.compared === undefined &&
          from <= other.textStart &&
          other.textStart < textStart,
      ) === true
  );
}

const goesOn = /^\W{0,3}(?:(?:but|and|also|then),? )?(?:it|they|its|their|that (?:group|gang|crew|team))(?![\p{L}-])/iu;

/** A paragraph that opens on one of the doers tells of that one, whoever stands in the heading above. */
function byOwnParagraph({ place }: Mention, block: Block, scene: Scene): Attribution | undefined {
  if (block.kind !== "paragraph" || (place?.sentence ?? 0) === 0) return undefined;
  const first = scene.byPlace.get(placeKey(scene.report, { block: block.index, sentence: 0 })) ?? [];
  const [opener] = first.filter(({ opening, compared }) => opening && compared === undefined);
  // “A week later X came. It …”: another one has taken over.
  const isPassedOn = scene.byBlock
    .get(block.index)
    ?.some(
      ({ sentence, actor, doing }) =>
        sentence > 0 && sentence < (place?.sentence ?? 0) && actor !== opener?.actor && doing,
    );
  return opener && scene.doers.includes(opener.actor) && opener.textStart < 40 && !isPassedOn
    ? said([opener], "in the paragraph on", "focus")
    : undefined;
}

/** The report's own title names what it is about, not who did each thing in it. */
function byHeadings(block: Block, scene: Scene): Attribution | undefined {
  for (const { index } of sectionsAround(scene.report, block)) {
    const named = scene.byHeading.get(index) ?? [];
    if (named.length === 0) continue;
    return isOnlyTopic(named, block, scene) ? undefined : said(named, "under the heading on", "heading");
  }
  return undefined;
}

/** “Ransomware: Akira comes through the firewall” above a section that begins with whom it tells of, and that is somebody else. */
function isOnlyTopic(named: readonly Seen[], { section }: Block, scene: Scene): boolean {
  const heading = scene.report.blocks[named[0]?.block ?? 0];
  if (!heading || heading.section !== section || named.some(({ textStart }) => textStart <= longestMark)) return false;
  return [heading.index + 1, heading.index + 2].some((index) =>
    scene.byBlock
      .get(index)
      ?.some(
        (each) =>
          each.introduced && scene.doers.includes(each.actor) && named.every(({ actor }) => actor !== each.actor),
      ),
  );
}

/** Sentences behind a word in passing that may still tell of whom it names. */
const passing = 2;

/** Who was last spoken of as doing something, in this block or before it in the same section. */
function byFocus(mention: Mention, block: Block, scene: Scene): Attribution | undefined {
  const turns = turnsAround(mention, block);
  // “The attacks show …” speaks of all that the report tells, not of the last actor.
  if (turns?.isOfAll) return undefined;
  const section = scene.report.sections[block.section];
  let low = 0;
  let high = scene.seen.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((scene.seen[middle]?.start ?? 0) < mention.start) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at -= 1) {
    const seen = scene.seen[at];
    if (!seen || seen.start < (section?.start ?? 0)) return undefined;
    if (
      !(seen.acting || seen.opening) ||
      seen.compared !== undefined ||
      scene.report.blocks[seen.block]?.kind === "heading" ||
      seen.supplying ||
      isBesideSubject(seen, scene.report) ||
      // “We link it to X with moderate confidence. The operators …”: they are whoever did it.
      (seen.blamed && !seen.doing && !seen.introduced && isSuspected(seen, scene.report)) ||
      isInClauseOnObject(seen, scene.seen[at - 1], scene.report.blocks[seen.block]?.text ?? "")
    )
      continue;
    // A word in passing does not reach beyond the next sentences of its paragraph.
    const reaches = seen.block === block.index && (mention.place?.sentence ?? 0) - seen.sentence <= passing;
    if (scene.referenced.has(seen.actor) && !reaches) continue;
    // Far from the last name, only a word that takes it up ("the group", "they") still means it.
    const near = seen.block === block.index || block.index - seen.block <= 2;
    if (!near && !turns?.isTakenUp) return undefined;
    return said([seen], "after the sentence on", "focus");
  }
  return undefined;
}

/** “It came in with accounts that X had stolen”: whoever was spoken of before stays the one of whom is told. */
function isBesideSubject({ block, sentence, textStart, blamed, introduced }: Seen, { blocks }: Report): boolean {
  const { text = "", sentences = [] } = blocks[block] ?? {};
  const { textStart: from = 0 } = sentences[sentence] ?? {};
  return !blamed && !introduced && from < textStart && takesUp.test(text.slice(from, textStart));
}

/** A section that tells of one actor alone tells what that one did, before it names them as well as behind. */
function bySection(block: Block, { report, bySection: acting, actors }: Scene): Attribution | undefined {
  for (const { index, title } of sectionsAround(report, block)) {
    const [key, other] = acting.get(index) ?? [];
    const actor = key === undefined ? undefined : actors.get(key);
    if (other !== undefined) return undefined;
    if (actor)
      return {
        actors: [actor.key],
        why: `“${title}” tells of nobody but ${actor.name}`,
        confidence: confidences.section,
      };
  }
  return undefined;
}

function bySubject(block: Block, scene: Scene): Attribution | undefined {
  const [only, other] = scene.subjects;
  const actor = only === undefined || other !== undefined ? undefined : scene.actors.get(only);
  // Where a report is built of cases, each that does not name the subject is somebody else's.
  const own = caseOf(scene.report, block, scene.cases);
  if (own && !actor?.sightings.some(({ start }) => own.start <= start && start < own.end)) return undefined;
  return actor && { actors: [actor.key], why: `the report is about ${actor.name}`, confidence: confidences.subject };
}

/** Turns of speech in a sentence that say whom it speaks of. */
interface Turns {
  /** Why it speaks of nobody in particular. */
  readonly general: string | undefined;
  /** “All three clusters”. */
  readonly shared: string | undefined;
  /** “The attacks”. */
  readonly isOfAll: boolean;
  /** “The former”, “the latter”. */
  readonly ofTwo: string | undefined;
  /** “They”, “the group”. */
  readonly isTakenUp: boolean;
}

const ofAll = /\b(?:the|these|all) (?:attacks|campaigns?|operations?|intrusions)\b/iu;
const takenUp = /\b(?:they|their|the (?:group|gang|actors?|attackers?|operators?|adversary|campaign))\b/iu;

/** Of all turns those that a sentence may have: most have none. */
const possibleTurns = gated(
  [...generalities.map(({ pattern }) => pattern), sharing, ofTwo, ofAll, takenUp],
  (pattern) => pattern,
);

const turnsIn = ofWords(({ text, sentences }) =>
  sentences.map(({ textStart, textEnd }): Turns => {
    const words = text.slice(textStart, textEnd);
    const possible = possibleTurns(words);
    const found = (pattern: RegExp): RegExpExecArray | null =>
      possible.includes(pattern) ? pattern.exec(words) : null;
    return {
      general: generalities.find(({ pattern }) => found(pattern))?.reason,
      shared: found(sharing)?.[0],
      ofTwo: found(ofTwo)?.groups?.["which"]?.toLowerCase(),
      isOfAll: found(ofAll) !== null,
      isTakenUp: found(takenUp) !== null,
    };
  }),
);

const turnsAround = ({ place }: Mention, block: Block): Turns | undefined => turnsIn(block)[place?.sentence ?? 0];

const said = (seen: readonly Seen[], how: string, way: keyof typeof confidences): Attribution => ({
  actors: [...new Set(seen.map(({ actor }) => actor))],
  why: `${how} ${[...namesIn(seen)].join(" and ")}`,
  confidence: confidences[way],
});

/** How the report writes whom it names, each actor once: a cluster's letter gives way to the name behind it. */
const namesIn = (seen: readonly Seen[]): Iterable<string> =>
  new Map(seen.map(({ actor, text }) => [actor, text.replace(/\s+/g, " ")])).values();
