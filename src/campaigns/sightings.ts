import {
  isHeadline,
  ofPart,
  ofWords,
  paragraphBelow,
  toText,
  type Block,
  type Range,
  type Report,
  type Section,
  type Words,
} from "../report/report.ts";
import { remembered } from "../remembered.ts";
import { gated } from "../report/pattern-gate.ts";
import { comparisonsIn } from "./compared.ts";
import {
  absences,
  blaming,
  attributionSections,
  attributions,
  citing,
  deeds,
  entrances,
  returns,
  takesUp,
  disbelieved,
  guesses,
  headingKey,
  identifies,
  linksDeeds,
  takesBack,
} from "./rules/comparisons.ts";
import {
  handedOver,
  isFollowedByDeed,
  makesDoer,
  oneOfThem,
  madeThings,
  onlyRelates,
  supplier,
} from "./rules/telling.ts";
import { othersName, ownNaming } from "./rules/introductions.ts";
import type { Sighting } from "./actor.ts";
import { sidelineOf } from "./sidelines.ts";

/** A place where somebody is named; `range` is in the source. */
interface Named {
  readonly block: Block;
  readonly sentence: number;
  readonly range: Range;
  readonly text: string;
  /** The report's own words give the name here. */
  readonly introduced: boolean;
  /** Whether a technique is described or stated beside it. */
  readonly tells: { readonly described: boolean; readonly stated: boolean };
}

/** Why somebody is not told of whom only others blame. */
export const denied = "denied";

/** What the words around a place say of whoever is named there. */
export function sightingAt(report: Report, { block, sentence, range, text, introduced, tells }: Named): Sighting {
  // Offsets of the name in the block's text, by way of its first letter: the map runs the other way.
  const textStart = toText(block, range.start);
  const textEnd = Math.max(textStart, toText(block, range.end - 1) + 1);
  const sideline = sidelineOf(report, block);
  const section = report.sections[block.section];
  const isWeighedAbove = isAttribution(report, report.sections[section?.parent ?? -1]);
  const isTitle =
    // To head a part of “Attribution” is to be weighed.
    (block.kind === "heading" && !isWeighedAbove) ||
    (block.index === firstBlock(report) && sentence === 0) ||
    (textStart <= 2 && isSubtitle(report, block));
  const below = block.kind === "heading" ? paragraphBelow(report, block) : undefined;
  const { comparison, ...said } = saidAt(block, {
    sentence,
    textStart,
    textEnd,
    introduced,
    isDescribed: tells.described,
    isStated: tells.stated,
    isAside: sideline !== undefined,
    isTitle,
    // Where a report asks who it was, those whom it weighs are told of in comparison.
    isWeighed: standsInAttribution(report, block),
    isAbsentBelow: below !== undefined && isAbsence(below),
    isLinking: block.links.length > 0,
  });
  const compared = comparison ?? sideline;
  return {
    start: range.start,
    end: range.end,
    block: block.index,
    sentence,
    textStart,
    textEnd,
    text,
    title: isTitle,
    ...said,
    ...(compared === undefined ? {} : { compared }),
  };
}

/** Whether a block stands where the report asks who it was: what it tells of somebody there is why it might be them. */
export function standsInAttribution(report: Report, { section: at }: Block): boolean {
  const section = report.sections[at];
  return isAttribution(report, section) || isAttribution(report, report.sections[section?.parent ?? -1]);
}

const isAttribution = (report: Report, section: Section | undefined): boolean =>
  section !== undefined && !isHeadline(report, section) && asksWho(section.title);

/** Remembered: it is asked for every name of a section. */
const asksWho = remembered((title) => attributionSections.test(headingKey(title)));

/** A name in a block's text, and what its surroundings say of it. */
interface NameHere {
  readonly sentence: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly introduced: boolean;
  readonly isDescribed: boolean;
  readonly isStated: boolean;
  /** The block is no part of what the report tells. */
  readonly isAside: boolean;
  readonly isTitle: boolean;
  readonly isWeighed: boolean;
  readonly isAbsentBelow: boolean;
  /** The block has links. */
  readonly isLinking: boolean;
}

type Said = Pick<
  Sighting,
  "introduced" | "acting" | "doing" | "stated" | "opening" | "takenUp" | "blamed" | "supplying"
> & {
  readonly comparison: string | undefined;
};

const possiblyRelates = gated(onlyRelates, ({ pattern }) => pattern);

const keyOf = (here: NameHere): string =>
  [
    here.introduced,
    here.isDescribed,
    here.isStated,
    here.isAside,
    here.isTitle,
    here.isWeighed,
    here.isAbsentBelow,
    here.isLinking,
  ].reduce((key, flag) => key + (flag ? "1" : "0"), `${here.textStart} ${here.textEnd} `);

/** What a block's words say of a name in them. Remembered: while an author types, few blocks change. */
const saidAt = ofPart(keyOf, (block, here): Said => {
  const { sentence, textStart, textEnd, isDescribed, isStated } = here;
  const { kind, text, sentences } = block;
  const around = sentences[sentence];
  const from = around?.textStart ?? 0;
  const until = around?.textEnd ?? text.length;
  const before = (length: number): string => text.slice(Math.max(from, textStart - length), textStart);
  const behind = (length: number): string => text.slice(textEnd, textEnd + length);
  const inSpan = comparisonsIn(block).find((span) => span.textStart <= textStart && textStart < span.textEnd);
  const comparison = inSpan?.reason ?? (isTakenBack(block, sentence, textEnd) ? denied : undefined);
  // “They suspect a group that they track as X”: nothing is told of X by that.
  const introduced =
    (here.introduced || ownNaming.test(before(60))) && !othersName.test(before(80)) && !guesses.test(before(80));
  const words = text.slice(from, until);
  const isToldOf =
    comparison === undefined &&
    !here.isAside &&
    !possiblyRelates(before(80)).some(({ pattern }) => pattern.test(before(80))) &&
    !(oneOfThem.before.test(before(80)) && oneOfThem.behind.test(behind(40))) &&
    !(kind === "heading" ? here.isAbsentBelow : saysAbsence(words));
  const isBlamed =
    !guesses.test(words) &&
    !ofOther.test(before(160)) &&
    (laysAtDoor(before(70)) ||
      linksDeeds.test(before(90)) ||
      (identifies.test(before(110)) && !/^["”*_]*['’]s? /u.test(behind(4))) ||
      /^[^.;]{0,40}\bbehind\b(?! (?:last|earlier|previous|past|older|other|another|several|many|an? (?:earlier|previous|older|different|wave|series|string)|the (?:earlier|previous|older|other|last|(?:19|20)\d\d))(?![\p{L}-]))/u.test(
        behind(80),
      ));
  const isEntering =
    entrances.test(behind(40)) || (handedOver.before.test(before(80)) && handedOver.behind.test(behind(40)));
  const acting =
    isToldOf &&
    (here.isTitle ||
      introduced ||
      (here.isWeighed
        ? isBlamed
        : isBlamed ||
          isDescribed ||
          deeds.test(words) ||
          (attributions.test(words) && !guesses.test(words)) ||
          isEntering));
  return {
    comparison,
    introduced,
    acting,
    doing:
      acting &&
      (isStated ||
        isEntering ||
        isFollowedByDeed(text.slice(textEnd, Math.min(until, textEnd + 240)), isDescribed) ||
        makesDoer.test(before(160))),
    stated: acting && isStated,
    opening:
      isToldOf &&
      !here.isWeighed &&
      !here.isLinking &&
      sentence === 0 &&
      kind !== "heading" &&
      opensParagraph(block, textStart),
    takenUp: isToldOf && !here.isWeighed && kind === "paragraph" && isTakenUp(block, sentence, { textStart, textEnd }),
    blamed: acting && isBlamed,
    supplying: supplier.test(before(120)),
  };
});

/** Whether a paragraph says that there is nothing to tell. */
const isAbsence = ofWords(({ text }) => saysAbsence(text));

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

/** “X, which was the work of”: not what the report tells is laid at anybody's door, but X. */
const ofOther = /(?<=\s)["“*_]*\p{Lu}[^,.;]{2,80}, (?:which|who) [^,.;]{2,60}$/u;

/** Whether these words before a name lay a deed at its bearer's door, and not who wrote a tool. */
function laysAtDoor(words: string): boolean {
  const found = attributions.exec(words);
  return found !== null && !madeThings.test(found[0]) && !isOfThing.test(words.slice(0, found.index));
}

/** “A wiper that we” before “attribute to”. */
const isOfThing =
  /\b(?:malware|loader|implant|backdoor|ransomware|sample|script|spyware|trojan|worm|dropper|stealer|wiper|encryptor|tool|server|domain|certificate|infrastructure|framework)s? (?:that|which) (?:\p{L}+ ){1,3}$/iu;

/** Whether the words behind a name, or the next sentence, say that whoever names it here is not believed. */
function isTakenBack({ text, sentences }: Words, sentence: number, textEnd: number): boolean {
  const own = sentences[sentence];
  const next = sentences[sentence + 1];
  if (own && disbelieved.test(text.slice(textEnd, own.textEnd))) return true;
  return (
    next !== undefined &&
    takesBack.test(text.slice(next.textStart, next.textEnd)) &&
    blaming.test(text.slice(own?.textStart, own?.textEnd))
  );
}

/** Whether whoever is named at this offset of the first sentence is whom the paragraph tells of. */
function opensParagraph({ text, sentences }: Words, textStart: number): boolean {
  const [, ...others] = sentences;
  if (others.length === 0 || citing.test(text) || absences.test(text)) return false;
  return (
    textStart === 0 ||
    others.slice(0, 2).some((sentence) => {
      const words = text.slice(sentence.textStart, sentence.textEnd);
      return takesUp.test(words) && deeds.test(words);
    })
  );
}

/** Whether the next sentence tells what somebody named in this one did: “It stole …”, and “X. Stole …”. */
function isTakenUp(
  { text, sentences }: Words,
  sentence: number,
  name: { readonly textStart: number; readonly textEnd: number },
): boolean {
  const own = sentences[sentence];
  const next = sentences[sentence + 1];
  if (!own || !next) return false;
  const words = text.slice(next.textStart, next.textEnd);
  const around = text.slice(own.textStart, name.textStart) + text.slice(name.textEnd, own.textEnd);
  return (takesUp.test(words) || !/[\p{L}\p{N}]/u.test(around)) && deeds.test(words);
}

const firstBlock = (report: Report): number | undefined =>
  report.blocks.find(({ kind }) => kind !== "html" && kind !== "code")?.index;
