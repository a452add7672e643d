import { matchesOf } from "./matches.ts";
import type { Range, Sentence } from "./report.ts";

/** A sentence longer than this is cut at white space, so that whoever reads sentences has bounded work. UTF-16 units. */
export const longestSentence = 4000;

/** Abbreviations, lower case, whose full stop ends no sentence. */
const abbreviations = new Set(
  "e.g i.e vs cf etc approx al inc corp ltd co llc gmbh no nos fig figs sec ch vol ed eds pp mr mrs ms dr prof st sr jr jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun gen col sgt lt capt dept est max min misc ver rev ref refs resp incl excl tel u.s u.k u.n e.u a.m p.m ph.d a.k.a esp".split(
    " ",
  ),
);

/** Abbreviations that may end a sentence too: there, a capital letter behind them begins the next. */
const oftenLast = new Set("etc inc corp ltd llc co al u.s u.k a.m p.m".split(" "));

const mayEndSentence = /[.!?…]+["”’'»)\]*_]{0,3}(?=\s|$)|[。！？]+[”」』）]?|\n/gu;

/**
 * Cuts a text into sentences, in one pass. `whole` are ranges of the text (inline code) in which nothing ends.
 */
export function splitSentences(text: string, whole: readonly Range[] = []): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  const close = (end: number): void => {
    for (const [textStart, textEnd] of bounded(text, start, end)) sentences.push({ textStart, textEnd });
    start = end;
  };
  let inside = 0;
  const wrapped = isWrapped(text);
  const notes = !wrapped && isNotes(text);
  for (const match of matchesOf(text, mayEndSentence)) {
    const at = match.index;
    const end = at + match[0].length;
    while (inside < whole.length && (whole[inside]?.end ?? 0) <= at) inside += 1;
    if ((whole[inside]?.start ?? Infinity) <= at) continue;
    const ends =
      match[0] === "\n"
        ? (notes || (!wrapped && endsLine(text, start, at))) && !isBesideId(text, at)
        : endsSentence(text, start, at, end);
    if (ends) close(end);
  }
  close(text.length);
  return sentences;
}

/** Lines of code, each a "sentence", without the empty ones. */
export function splitLines(text: string): readonly Sentence[] {
  const lines: Sentence[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    for (const [textStart, textEnd] of bounded(text, start, end)) lines.push({ textStart, textEnd });
    start = end + 1;
  }
  return lines;
}

/** The range without white space at its ends, in pieces of at most {@link longestSentence}; nothing for a blank range. */
function bounded(text: string, start: number, end: number): readonly (readonly [number, number])[] {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  const pieces: (readonly [number, number])[] = [];
  while (to - from > longestSentence) {
    // In a slice of its own: a search backwards in the whole text would not stop at the sentence's start.
    const space = from + text.slice(from, from + longestSentence).lastIndexOf(" ");
    let cut = space > from + longestSentence / 2 ? space : from + longestSentence;
    if (isLowSurrogate(text.charCodeAt(cut))) cut += 1;
    pieces.push([from, cut]);
    from = cut;
    while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  }
  if (to > from) pieces.push([from, to]);
  return pieces;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 160 || code === 0xfeff;
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Whether the stop at `at` (its marks and closing quotes end at `end`) ends the sentence that began at `start`. */
function endsSentence(text: string, start: number, at: number, end: number): boolean {
  const next = nextWord(text, end);
  if (next === "" || /[。！？]/.test(text.slice(at, end))) return true;
  // A stop before a closing bracket or quotation mark, and the sentence goes on in small letters.
  if (end > at + 1 && /[)\]”’"']/.test(text.slice(at, end)) && /^\p{Ll}/u.test(next)) return false;
  if (text[at] !== ".") return !/^[a-z,;]/.test(next) || text[at] === "…" ? /^[\p{Lu}\p{N}"“‘'([]/u.test(next) : true;
  const before = lastWord(text, start, at);
  // A numbered item's own number: "1. Initial access".
  if (/^\(?\d{1,3}$/.test(before.word) && before.first) return false;
  const known = before.word.toLowerCase().replace(/^["“‘'([]+/, "");
  if (abbreviations.has(known)) {
    if (/^(?:no|nos|fig|figs|sec|ch|vol|pp)$/.test(known) && /^\d/.test(next)) return false;
    if (/^[ap]\.m$/.test(known) && /^(?:[A-Z]{2,5}\b|\()/.test(next)) return false;
    return oftenLast.has(known) && /^[\p{Lu}"“]/u.test(next) && !/^(?:u\.s|u\.k)$/.test(known)
      ? startsLikeSentence(next)
      : /^(?:no|sec|max|min|co|st|sun|mar|ed|ch)$/.test(known) && startsLikeSentence(next);
  }
  // Initials: "J. Smith", "U.S. Treasury".
  if (/^(?:\p{Lu}\.)*\p{Lu}$/u.test(known.toUpperCase()) && known.length > 0 && /^\p{Lu}/u.test(before.word))
    return known.length > 1 && startsLikeSentence(next) && /^(?:The|This|These|It|In|On|At|They|We|A|An)\b/.test(next);
  if (/^[\p{Lu}\p{N}\p{Lo}"“‘'«([*_`•–-]/u.test(next)) return true;
  // Names that begin small: "iptables", "hxxp://", "cmd.exe" after a full stop and a space.
  return /^\p{Ll}/u.test(next) && !/[.,]$/.test(before.word) && before.word.length > 1;
}

const startsLikeSentence = (next: string): boolean => /^["“‘'([]?\p{Lu}/u.test(next);

function nextWord(text: string, from: number): string {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
  return text.slice(at, at + 24);
}

function lastWord(text: string, start: number, at: number): { readonly word: string; readonly first: boolean } {
  let from = at;
  while (from > start && at - from < 40 && !isSpace(text.charCodeAt(from - 1))) from -= 1;
  return { word: text.slice(from, at), first: text.slice(start, from).trim() === "" };
}

/**
 * Whether the lines of a text were broken to fit a width: every line but the last is so full that the next one's first
 * word would not have fitted.
 */
function isWrapped(text: string): boolean {
  const lines = text.split("\n");
  const width = lines.reduce((most, { length }) => Math.max(most, length), 0);
  return (
    lines.length > 2 &&
    lines.every(
      (line, at) =>
        at === lines.length - 1 || line.length + 1 + (/^\S*/.exec(lines[at + 1] ?? "")?.[0].length ?? 0) > width - 2,
    )
  );
}

/** So many lines of which two in three end in no mark, none of them longer, are notes: a ticket, a log, a timeline. */
const fewestNotes = 3;
const longestNote = 100;

/** Whether each line of a text is one on its own, as people write in tickets. */
function isNotes(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const width = lines.reduce((most, { length }) => Math.max(most, length), 0);
  // Lines that a page has broken are of about one length.
  const isRagged = lines.slice(0, -1).filter(({ length }) => length < 0.7 * width).length * 3 >= lines.length - 1;
  return (
    lines.length >= fewestNotes &&
    width <= longestNote &&
    isRagged &&
    lines.filter((line) => !/[.,;:!?…–—-]["”’')\]*_]{0,3}\s*$/u.test(line) && !endsOpen.test(line)).length * 3 >=
      lines.length * 2
  );
}

/** Whether the line before or behind a line break is nothing but an id: in a table that was pasted as text, it belongs to its neighbours. */
function isBesideId(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, text.lastIndexOf("\n", at - 1) + 1), at);
  return idAlone.test(before) || idAlone.test(/^[^\n]{0,40}/u.exec(text.slice(at + 1, at + 42))?.[0] ?? "");
}

const idAlone = /^\s*[[(]?(?:T|TA|S|G|M|C|DS|DET)\d{4}(?:\.\d{3})?[\])]?\s*$/u;

/** The head of a line of a log: a time, a date, a host. */
const lineHead =
  /^["“‘'«([*]?(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?![\p{L}\d])|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)|[\p{Lu}\d][\p{Lu}\d_-]{2,19}: )/u;

/** Words behind which a sentence can't end. */
const endsOpen =
  /\b(?:the|a|an|of|to|in|and|or|by|with|for|from|as|on|at|into|its|their|that|which|named|called|dubbed)\s*$/iu;

/** Longer than lines are when an editor or a person wraps prose by hand. */
const longerThanWrapped = 120;

/**
 * Whether a line break ends a sentence that has no full stop. In prose wrapped by hand it does not: there all lines are
 * of a middling length. In text pasted from the web every paragraph is one long line and titles stand on lines of their
 * own: there it does, if the next line begins like a sentence.
 */
function endsLine(text: string, start: number, at: number): boolean {
  const lineStart = Math.max(start, text.lastIndexOf("\n", at - 1) + 1);
  const nextEnd = text.indexOf("\n", at + 1);
  const length = at - lineStart;
  const nextLength = (nextEnd < 0 ? text.length : nextEnd) - at - 1;
  const next = nextWord(text, at + 1);
  if (lineHead.test(next) && lineHead.test(text.slice(lineStart, lineStart + 24))) return true;
  if (!/^["“‘'«([*•–-]?[\p{Lu}\p{N}\p{Lo}•]/u.test(next)) return false;
  if (/[,;–—-]\s*$/.test(text.slice(Math.max(lineStart, at - 3), at))) return false;
  if (endsOpen.test(text.slice(Math.max(lineStart, at - 24), at))) return false;
  if (length > longerThanWrapped || nextLength > longerThanWrapped) return true;
  // A list without marks, or a title above prose: clearly shorter than the line behind it would have allowed.
  const firstWord = /^\S+/.exec(next)?.[0].length ?? 0;
  return length + 1 + firstWord < 60 && nextLength > 0 && /^["“]?\p{Lu}/u.test(next) && nextLength > length + 20;
}
