import type { AnalysedMention } from "../analysis.ts";
import type { AttackObject } from "../attack/catalogue.ts";
import { nobodyNear } from "../campaigns/attribute.ts";
import { placeOf, sentenceAt } from "../mapping/place.ts";
import { toSource, type Block, type Range, type Report } from "../report/report.ts";
import { toLink } from "./link.ts";

/** How an accepted technique is written into the report: a directive comment, its id, or a link, in brackets. */
export const acceptForms = ["comment", "id", "link"] as const;
export type AcceptForm = (typeof acceptForms)[number];

/** What to write in place of a range of the report's source. */
export interface ReportEdit extends Range {
  readonly text: string;
}

/**
 * Techniques that the report describes without naming them: the author has not decided about them yet. A vulnerability
 * keeps its technique where the sentence states it, but there is nothing left to decide.
 */
export function suggestionsIn(mentions: readonly AnalysedMention[]): readonly AnalysedMention[] {
  const key = ({ object, evidence }: AnalysedMention): string => `${object.id} ${evidence}`;
  const stated = new Set(mentions.filter(({ status }) => status === "stated").map(key));
  return mentions.filter(
    (mention) => mention.status === "inferred" && mention.object.type === "technique" && !stated.has(key(mention)),
  );
}

/**
 * Whether the words tell of nobody: advice, a comparison, what anybody might do. To accept a technique there would
 * give it to no campaign, so it can only be rejected.
 */
export const isAside = ({ campaigns, attribution }: Pick<AnalysedMention, "campaigns" | "attribution">): boolean =>
  campaigns.length === 0 && attribution !== nobodyNear;

/** The suggestions that wait for the author: what all counts count, what one goes through in turn, what can be accepted. */
export const openSuggestions = (mentions: readonly AnalysedMention[]): readonly AnalysedMention[] =>
  suggestionsIn(mentions).filter((mention) => !isAside(mention));

/** The suggestions that rows of techniques and of their evidence stand for, each once. */
export function suggestionsAmong(
  rows: readonly { readonly technique?: string; readonly evidence: readonly Range[] }[],
  mentions: readonly AnalysedMention[],
): readonly AnalysedMention[] {
  return suggestionsIn(mentions).filter((mention) =>
    rows.some(
      ({ technique, evidence }) =>
        technique === mention.object.id && evidence.some(({ start }) => start === mention.start),
    ),
  );
}

/** Writes the technique beside the words that describe it, so that it is stated from then on. */
export function acceptEdit(
  report: Report,
  { start, end }: Range,
  technique: AttackObject,
  form: AcceptForm,
): ReportEdit {
  const found = sentenceAt(report, placeOf(report, start));
  const comment = `<!-- attack: ${technique.id} -->`;
  if (!found) return insertAt(end, ` ${comment}`);
  const { block, sentence } = found;
  if (block.kind === "code" || block.kind === "html") return ownLineBehind(report, block, comment);
  if (form === "comment") return insertAt(sentence.end, ` ${comment}`);
  const words = form === "id" ? `(${technique.id})` : `(${toLink(technique, technique.id)})`;
  const beside = [Math.min(wordEnd(report.text, end), sentence.end), beforeFullStop(report.text, sentence)].find(
    (at) => !isInsideMarkup(block, at),
  );
  return beside === undefined ? insertAt(sentence.end, ` ${comment}`) : insertAt(beside, ` ${words}`);
}

/** Takes the technique out of the paragraph in which it is described; out of the whole report where that has no room for a comment. */
export function rejectEdit(report: Report, { start }: Range, id: string): ReportEdit {
  const found = sentenceAt(report, placeOf(report, start));
  if (!found || found.block.kind === "code" || found.block.kind === "html") return ignoreEverywhereEdit(report, id);
  return insertAt(found.sentence.end, ` <!-- attack: ignore ${id} -->`);
}

/** Takes the technique out of the whole report, by a comment at its end. */
export function ignoreEverywhereEdit(report: Report, id: string): ReportEdit {
  const { text } = report;
  const last = report.directives.at(-1);
  // A list that already stands there becomes longer.
  if (last?.kind === "ignore" && last.scope.start === 0 && text.slice(last.end).trim() === "")
    return insertAt(text.slice(0, last.end).lastIndexOf("-->"), `${id} `);
  const line = lineEndOf(text);
  const gap = text.trim() === "" ? "" : /(?:\r\n|\n|\r)$/.test(text) ? line : line + line;
  return insertAt(text.length, `${gap}<!-- attack: ignore ${id} -->${line}`);
}

/** Several decisions as one: what goes to the same place is written side by side, in the order given. */
export function joinEdits(edits: readonly ReportEdit[]): readonly ReportEdit[] {
  const joined = new Map<string, ReportEdit>();
  for (const edit of edits) {
    const key = `${edit.start} ${edit.end}`;
    const known = joined.get(key);
    joined.set(key, known ? { ...known, text: known.text + edit.text } : edit);
  }
  return [...joined.values()].sort((a, b) => a.start - b.start);
}

/** The report's text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly ReportEdit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: written } of joinEdits(edits)) {
    result += text.slice(at, start) + written;
    at = end;
  }
  return result + text.slice(at);
}

const insertAt = (at: number, text: string): ReportEdit => ({ start: at, end: at, text });

const lineEndOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";

/** The end of the word, file name or path in which an offset stands. */
function wordEnd(text: string, from: number): number {
  const run = /^(?:[\p{L}\p{N}_]|[.\\/@:-](?=[\p{L}\p{N}_])){0,200}/u.exec(text.slice(from, from + 200));
  return from + (run?.[0].length ?? 0);
}

/** Before the mark that ends a sentence, else at its end. */
const beforeFullStop = (text: string, { end }: Range): number =>
  /[.!?]/.test(text.charAt(end - 1)) && !/[.!?]/.test(text.charAt(end - 2)) ? end - 1 : end;

/** Inside inline code or a link nothing may be written: it would be part of the command or the label. */
function isInsideMarkup(block: Block, at: number): boolean {
  return [
    ...block.inlineCode.map(({ start, end }) => [start, end] as const),
    ...block.links.map((link) => [link.textStart, link.textEnd] as const),
  ].some(([start, end]) => start < end && toSource(block, start) <= at && at <= toSource(block, end, "end") + 1);
}

/** A comment can't stand in code: it gets the line below, with the marks of quotes and lists that stand before the code. */
function ownLineBehind({ text, lineStarts }: Report, block: Block, comment: string): ReportEdit {
  const lineStart = lineStarts.findLast((start) => start <= block.start) ?? 0;
  const before = text.slice(lineStart, block.start);
  const prefix = /^[\s>]*$/.test(before) ? before : before.replace(/[^\s>]/g, " ");
  const rest = /[\r\n]|$/.exec(text.slice(block.end));
  return insertAt(block.end + (rest?.index ?? 0), `${lineEndOf(text)}${prefix}${comment}`);
}
