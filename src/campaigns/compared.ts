import { matchesOf } from "../report/matches.ts";
import { ofWords, type Words } from "../report/report.ts";
import { gated } from "../report/pattern-gate.ts";
import { comparisons, headingComparisons } from "./rules/comparisons.ts";

/** A stretch of a block's text that only compares, cites or recalls; offsets into the block's text. */
export interface ComparedSpan {
  readonly textStart: number;
  readonly textEnd: number;
  readonly reason: string;
  /** Only whoever is named in it is compared with; nothing else that it tells is somebody else's: “tools such as …”. */
  readonly onlyNames?: true;
}

/** The comparisons of a block. */
export const comparisonsIn = ofWords(findComparisons);

const possibleIn = gated(comparisons, ({ pattern }) => pattern);
const possibleInHeading = gated(headingComparisons, ({ pattern }) => pattern);

/** A comparison reaches to the end of its clause, or of the aside that it opens. */
function findComparisons(block: Words): readonly ComparedSpan[] {
  const spans: ComparedSpan[] = block.kind === "heading" ? [...comparedInHeading(block)] : [];
  for (const sentence of block.sentences) {
    const text = block.text.slice(sentence.textStart, sentence.textEnd);
    for (const { pattern, reason, of } of possibleIn(text)) {
      for (const match of matchesOf(text, pattern)) {
        const end = endOfComparison(text, match.index, match.index + match[0].length);
        spans.push({
          textStart: sentence.textStart + match.index,
          textEnd: sentence.textStart + end,
          reason: `${reason} (“${match[0].replace(/\s+/g, " ").trim()}”)`,
          ...(of && !of.test(text.slice(0, match.index)) ? { onlyNames: true } : {}),
        });
      }
    }
  }
  return spans;
}

/** Where what a heading compares ends; a comma inside a list of names goes on with it. */
const endInHeading =
  /[:;]|\s[–—-]{1,2}\s|—|,? but(?![\p{L}-])|,(?! (?:(?:and|or|nor) )?["“]?\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)?(?:,| (?:and|or|nor) ))| (?:used |sent |run )?(?:by|from) (?=["“]?\p{Lu})/u;

/** What a heading denies, asks or likens. */
function comparedInHeading({ text }: Words): readonly ComparedSpan[] {
  return possibleInHeading(text).flatMap(({ pattern, reason }) =>
    matchesOf(text, pattern).map(({ index, 0: words }): ComparedSpan => {
      const rest = text.slice(index + words.length).search(endInHeading);
      return {
        textStart: index,
        textEnd: rest < 0 ? text.length : index + words.length + rest,
        reason: `${reason} (“${words.replace(/\s+/g, " ").trim()}”)`,
      };
    }),
  );
}

/** A comma with the subject of the sentence and its verb behind it: “…, Night Heron exploited”. */
const subjectBehind =
  /,(?= \p{Lu}[\p{L}\d-]*(?: [\p{Lu}\d][\p{L}\d-]*){0,2} (?!(?:and|or|of|in|from|as|at|with|who|which|that|where|when|for|to|on)(?![\p{L}-]))\p{Ll})/gu;

/** Before a comparison: its sentence begins with how or when something was done. */
const leads =
  /^\W*(?:Using|With|Through|Via|By|In|After|Before|During|Employing|Reusing|Having|Following|From|Based)\b[^,;:]*$/u;

const dash = /\s[–—-]{1,2}\s|—/g;

function endOfComparison(text: string, start: number, from: number): number {
  const before = text.slice(0, start);
  const opensSentence = !/[\p{L}\p{N}]/u.test(before);
  if (/(?:\s[–—-]{1,2}|—|\()\s*$/u.test(before)) {
    // An aside between dashes or brackets ends with it.
    const bracket = /\(\s*$/.test(before);
    const close = bracket ? text.indexOf(")", from) : nextMatch(dash, text, from);
    return close < 0 ? text.length : close;
  }
  // "Unlike X, the actors …", "…, similar to X, …" and "…, which overlaps with X, …": the comma ends it, but not one inside a list of names.
  const subject = opensSentence || leads.test(before) ? nextMatch(subjectBehind, text, from) : -1;
  if (subject >= 0) return subject;
  if (opensSentence || /,\s*(?:(?:which|who|whose)\s(?:[\w-]+\s){0,3})?$/.test(before)) {
    const comma = nextMatch(
      /,(?! (?:and |or |which|who|that|where|when)?\p{Lu})(?! (?:which|who|that|where|when)\b)/gu,
      text,
      from,
    );
    if (comma >= 0) return comma;
  }
  const clause = nextMatch(/;|, (?:but|while|whereas|although|though)\b|\bhowever\b/gu, text, from);
  if (clause >= 0) return clause;
  // A dash goes on with the comparison only where a relative clause follows: "– which …", "– that …".
  for (const close of matchesOf(text.slice(from), dash)) {
    const after = text.slice(from + close.index + close[0].length);
    if (!/^(?:which|that|who|whose|where|when)\b/.test(after)) return from + close.index;
  }
  return text.length;
}

function nextMatch(pattern: RegExp, text: string, from: number): number {
  const found = new RegExp(pattern.source, pattern.flags.replace("g", "")).exec(text.slice(from));
  return found ? from + found.index : -1;
}
