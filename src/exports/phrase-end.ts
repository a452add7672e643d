import { matchesOf } from "../report/matches.ts";
import { toSource, toText, type Block, type Range, type Report, type Sentence } from "../report/report.ts";

/** Where an id may stand behind words: an offset of the source. */
export interface PhraseEnd {
  readonly at: number;
  /** What parts the id from the words before it, where round brackets stand around both already. */
  readonly inBrackets?: "; " | ", ";
}

/** Behind these a group of words goes on. */
const goesOn = wordSet(`
  a an the this that these those its his her their our your each every any some no all both another of to not very more most
  in on at by with from for into onto over under via through against across between among within without inside as than per
  and or nor but named called`);

/** Before these a group of words ends; “of” is none of them. */
const endsBefore = wordSet(`
  in on at by with from for to into onto over under via through against across between among within without inside outside
  after before during since until till while when where whenever once upon toward towards per using as than
  and or nor but then so because if although though whereas thereby which who whose whom that
  is are was were be been being has have had do does did can could may might must shall should will would
  it they he she we i you also already again later afterwards
  named called dubbed known written sent sold built held kept allow allows allowed let lets enable enables enabled give gives gave help helps helped make makes made cause
  causes caused lead leads led show shows showed follow follows followed took takes happened occurred began begins started`);

/** Of these, what also ends a group, behind a verb: “log in”, “hid it”. */
const verbsEnds = wordSet("in on over off by through it you");

/** “A week later”, “the next day”: says when, and belongs to nothing before it. */
const sayWhen =
  /(?:(?:the|an?|that|this|each|every|several|few|some|next|same|following|previous|last|one|two|three|four|five|six|\d{1,4}) ){0,3}(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|night|morning|afternoon|evening)(?![\p{L}\p{N}-])/iuy;

/** More words than that are not one group. */
const mostWords = 12;
/** UTF-16 units within which a bracket or a quotation ends. */
const longestAside = 200;

/**
 * The end of the group of words that a span of the source is the beginning of, in its sentence: what belongs together is
 * not torn apart (“the memory of LSASS”), and a quotation, code, a link or bold type stays as it is. `undefined` where
 * the span holds no word.
 */
export function phraseEnd(report: Report, block: Block, sentence: Sentence, span: Range): PhraseEnd | undefined {
  const text = masked(block).slice(0, sentence.textEnd);
  const start = Math.max(sentence.textStart, toText(block, span.start));
  const end = Math.min(sentence.textEnd, toText(block, span.end - 1) + 1);
  const words = behindGroup(text, start, end);
  if (words === undefined) return undefined;
  const quoted = behindQuotation(text, sentence.textStart, words);
  const bracket = bracketAround(text, sentence.textStart, quoted) ?? bracketBehind(text, quoted);
  if (bracket === undefined) return { at: behindMarkup(report, block, quoted) };
  const holdsIds = /\(\[?[A-Z]{1,3}\d{4}[^()]*$/.test(block.text.slice(Math.max(0, bracket - longestAside), bracket));
  return { at: behindMarkup(report, block, bracket), inBrackets: holdsIds ? ", " : "; " };
}

/**
 * The source offset behind an offset of a block's text, and behind the marks of what ends there: bold type, code, a link.
 * Comments stay behind it.
 */
export function behindMarkup(report: Report, block: Block, textOffset: number): number {
  const at = toSource(block, textOffset, "end");
  const ends = [...block.emphases, ...block.inlineCode, ...labelsOf(block)].some(({ end }) => end === textOffset);
  if (!ends) return at;
  const last = textOffset >= block.text.length;
  const next = last ? block.end : toSource(block, textOffset);
  const comment = report.comments.find(({ start }) => at <= start && start < next);
  const gap = report.text.slice(at, comment?.start ?? next);
  // A heading ends in marks of its own; what is escaped behind the place begins with a backslash.
  const marks = last && block.kind === "heading" ? gap.replace(/[\r\n][^]*$| +#+ *$/, "") : gap.replace(/\\$/, "");
  return at + marks.trimEnd().length;
}

const labelsOf = ({ links }: Block): readonly Range[] =>
  links.flatMap(({ textStart, textEnd }) => (textEnd > textStart ? [{ start: textStart, end: textEnd }] : []));

/** The block's text with one long word for each piece of code, label of a link and address: nothing is written into them. */
const masked = (block: Block): string =>
  [...block.inlineCode, ...labelsOf(block)]
    .reduce((text, { start, end }) => text.slice(0, start) + "x".repeat(end - start) + text.slice(end), block.text)
    .replace(/\b(?:https?|hxxps?|ftp):\/\/[^\s<>"”]+(?<![.,;:!?)\]’'])/giu, (address) => "x".repeat(address.length));

/** A word, without the marks around it. */
interface Word extends Range {
  readonly word: string;
  /** A mark stands before it. */
  readonly opens: boolean;
  /** A mark stands behind it. */
  readonly closes: boolean;
}

const blackRun = /[^\s—–]+/gu;

const wordsIn = (text: string, from: number): readonly Word[] =>
  matchesOf(text.slice(from), blackRun).flatMap(({ 0: run, index }) => {
    const start = from + index;
    const opening = /^[(["“«„*'‘]*/u.exec(run)?.[0].length ?? 0;
    let end = start + run.length;
    while (end > start + opening && isClosing(text, start, end - 1)) end -= 1;
    const dash = /^\s*[—–]/u.test(text.slice(start + run.length, start + run.length + 3));
    const closes = dash || end < start + run.length;
    const word = text.slice(start + opening, end).toLowerCase();
    return word === "" ? [] : [{ word, start, end, opens: opening > 0, closes }];
  });

/** Whether the mark at an offset closes something and is no part of the word: “process(es)”, “the users’ files”. */
function isClosing(text: string, start: number, at: number): boolean {
  const mark = text.charAt(at);
  if (mark === ")") return !text.slice(start + 1, at).includes("(");
  if (mark === "'" || mark === "’") return text.charAt(at - 1) !== "s";
  return /[.,;:!?…\]"”»*]/u.test(mark);
}

/** Where the group of words ends of which `[start, end)` of a sentence's text is a part. */
function behindGroup(text: string, start: number, end: number): number | undefined {
  const words = wordsIn(text, start);
  const inSpan = words.filter((word) => word.start < end).length;
  let at = inSpan - 1;
  while (at > 0 && goesOn.has(words[at]?.word ?? "") && words[at - 1]?.closes === false) at -= 1;
  // “the VPN; from”: the last words begin something else. Otherwise they lead on.
  const before = words[at - 1];
  if (before?.closes === true && goesOn.has(words[at]?.word ?? "")) return before.end;
  at = inSpan - 1;
  const most = at + mostWords;
  while (at < most && words[at]?.closes === false && words[at + 1] && !endsBehind(text, words, at)) at += 1;
  return words[at]?.end;
}

/** Whether a group of words ends behind one of them. */
function endsBehind(text: string, words: readonly Word[], at: number): boolean {
  const [before, last, next, afterNext] = [words[at - 1], words[at], words[at + 1], words[at + 2]];
  if (!last || !next || goesOn.has(last.word)) return false;
  sayWhen.lastIndex = next.start;
  if (next.opens || sayWhen.test(text)) return true;
  const isFollowed = !next.closes && afterNext !== undefined;
  if (endsBefore.has(next.word)) {
    // “log in to the VPN”, and “in order to move between hosts”.
    const endsVerb = verbsEnds.has(next.word) && (!isFollowed || endsBefore.has(afterNext.word));
    return !endsVerb && !(before?.word === "to" && goesOn.has(next.word));
  }
  // “a script deleting the backups”, “files encrypted with AES”; not “a port scanning tool”.
  return isFollowed && /(?:ing|ed)$/.test(next.word) && (goesOn.has(afterNext.word) || endsBefore.has(afterNext.word));
}

/** Quotations are left as they are: behind the one that is open at an offset, if it ends in the same sentence. */
function behindQuotation(text: string, from: number, at: number): number {
  for (const [opening, closing] of [
    ["“", "”"],
    ["«", "»"],
    ['"', '"'],
  ] as const) {
    const open = text.slice(from, at);
    const isOpen =
      opening === closing
        ? open.split(opening).length % 2 === 0
        : open.lastIndexOf(opening) > open.lastIndexOf(closing);
    const close = isOpen ? text.indexOf(closing, at) : -1;
    if (close >= 0) return close + 1;
  }
  return /^['’](?![\p{L}\p{N}])/u.test(text.slice(at, at + 3)) ? at + 1 : at;
}

/** Where the round brackets end that are open at an offset, in the same sentence. */
function bracketAround(text: string, from: number, at: number): number | undefined {
  const open = text.slice(from, at);
  if (open.lastIndexOf("(") <= open.lastIndexOf(")")) return undefined;
  const rest = /^[^()]*\)/.exec(text.slice(at, at + longestAside));
  return rest ? at + rest[0].length - 1 : undefined;
}

/** Where the round brackets end that open right behind an offset. */
function bracketBehind(text: string, at: number): number | undefined {
  const found = /^ ?\([^()]*\)/.exec(text.slice(at, at + longestAside));
  return found ? at + found[0].length - 1 : undefined;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
