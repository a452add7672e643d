import { type Block, type Range, type Report, paragraphBelow, toText } from "../report/report.ts";
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
  takesBack,
} from "./rules/comparisons.ts";
import { handedOver, isFollowedByDeed, makesDoer, oneOfThem, madeThings, onlyRelates } from "./rules/telling.ts";
import { othersName } from "./rules/introductions.ts";
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
  const around = block.sentences[sentence];
  // Offsets of the name in the block's text, by way of its first letter: the map runs the other way.
  const textStart = toText(block, range.start);
  const textEnd = Math.max(textStart, toText(block, range.end - 1) + 1);
  const sideline = sidelineOf(report, block);
  const inSpan = comparisonsIn(block).find((span) => span.textStart <= textStart && textStart < span.textEnd);
  const compared = inSpan?.reason ?? (isTakenBack(block, sentence, textEnd) ? denied : sideline);
  const before = block.text.slice(Math.max(around?.textStart ?? 0, textStart - 80), textStart);
  // “They suspect a group that they track as X”: nothing is told of X by that.
  const isIntroduced = introduced && !othersName.test(before) && !guesses.test(before);
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
    !guesses.test(words) &&
    (laysAtDoor(block.text.slice(Math.max(around?.textStart ?? 0, textStart - 70), textStart)) ||
      identifies.test(block.text.slice(Math.max(around?.textStart ?? 0, textStart - 110), textStart)) ||
      /^[^.;]{0,40}\bbehind\b/u.test(block.text.slice(textEnd, textEnd + 60)));
  // Where a report asks who it was, those whom it weighs are told of in comparison.
  const isWeighed = attributionSections.test(headingKey(report.sections[block.section]?.title ?? ""));
  const next = block.text.slice(textEnd, textEnd + 40);
  const isEntering = entrances.test(next) || (handedOver.before.test(before) && handedOver.behind.test(next));
  const acting =
    isToldOf &&
    (isTitle ||
      isIntroduced ||
      (isWeighed
        ? isBlamed
        : isBlamed ||
          tells.described ||
          deeds.test(words) ||
          (attributions.test(words) && !guesses.test(words)) ||
          isEntering));
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
        isEntering ||
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
  const found = attributions.exec(words);
  return found !== null && !madeThings.test(found[0]) && !isOfThing.test(words.slice(0, found.index));
}

/** “A wiper that we” before “attribute to”. */
const isOfThing =
  /\b(?:malware|loader|implant|backdoor|ransomware|sample|script|spyware|trojan|worm|dropper|stealer|wiper|encryptor|tool|server|domain|certificate|infrastructure|framework)s? (?:that|which) (?:\p{L}+ ){1,3}$/iu;

/** Whether the words behind a name, or the next sentence, say that whoever names it here is not believed. */
function isTakenBack({ text, sentences }: Block, sentence: number, textEnd: number): boolean {
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
