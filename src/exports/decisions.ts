import type { AnalysedMention } from "../analysis.ts";
import { normaliseId, type AttackObject } from "../attack/catalogue.ts";
import { nobodyNear } from "../campaigns/attribute.ts";
import { placeOf, sentenceAt } from "../mapping/place.ts";
import { isOfSentence, type Block, type Directive, type Range, type Report } from "../report/report.ts";
import { toLink } from "./link.ts";
import { behindMarkup, phraseEnd } from "./phrase-end.ts";

/** How an accepted technique is written into the report: a directive comment, its id, or a link, in brackets. */
export const acceptForms = ["comment", "id", "link"] as const;
export type AcceptForm = (typeof acceptForms)[number];

/** What to write in place of a range of the report's source. */
export interface ReportEdit extends Range {
  readonly text: string;
  /** Where it is a list that others may join that go to the same place; `text` is what it comes to. */
  readonly adds?: Addition;
}

/** A list with what stands before it, between its items, and behind it; nothing is written of an empty one. */
interface Addition {
  readonly before: string;
  readonly items: readonly string[];
  readonly between: string;
  readonly after: string;
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
export function acceptEdit(report: Report, span: Range, technique: AttackObject, form: AcceptForm): ReportEdit {
  const found = sentenceAt(report, placeOf(report, span.start));
  if (!found) return commentAt(span.end, "state", technique.id);
  const { block, sentence } = found;
  const isText = block.kind !== "code" && block.kind !== "html";
  const place = isText && form !== "comment" ? phraseEnd(report, block, sentence, span) : undefined;
  if (!place)
    return isText ? behindSentence(report, found, "state", technique.id) : stateOfCode(report, block, technique.id);
  const id = form === "link" ? toLink(technique, technique.id) : technique.id;
  return place.inBrackets === undefined
    ? additionAt(place.at, { before: " (", items: [id], between: ", ", after: ")" })
    : additionAt(place.at, { before: place.inBrackets, items: [id], between: ", ", after: "" });
}

/** Takes the technique out of the paragraph in which it is described; out of the whole report where that has no room for a comment. */
export function rejectEdit(report: Report, { start }: Range, id: string): ReportEdit {
  const found = sentenceAt(report, placeOf(report, start));
  if (!found || found.block.kind === "code" || found.block.kind === "html") return ignoreEverywhereEdit(report, id);
  return behindSentence(report, found, "ignore", id);
}

/** Takes the technique out of the whole report, by a comment at its end. */
export function ignoreEverywhereEdit(report: Report, id: string): ReportEdit {
  const { text } = report;
  const last = report.directives.at(-1);
  if (last?.kind === "ignore" && last.scope.start === 0 && text.slice(last.end).trim() === "")
    return longer(report, last, id);
  const line = lineEndOf(text);
  const gap = text.trim() === "" ? "" : /(?:\r\n|\n|\r)$/.test(text) ? line : line + line;
  return additionAt(text.length, {
    before: `${gap}<!-- attack: ignore `,
    items: [id],
    between: " ",
    after: ` -->${line}`,
  });
}

/**
 * Writes another technique in place of a suggested one, which is rejected. Where the report ignores the chosen technique, a
 * comment states it, whatever the form: of its sentence that wins; a list that ignores it for this sentence alone loses it.
 */
export function replaceEdits(
  report: Report,
  span: Range,
  suggested: string,
  technique: AttackObject,
  form: AcceptForm,
): readonly ReportEdit[] {
  const { id } = technique;
  const block = sentenceAt(report, placeOf(report, span.start))?.block;
  const ofSentence = (directive: Directive): boolean => isSame(directive.scope, block) && block?.sentences.length === 1;
  const ignoring = report.directives.filter(
    (directive) =>
      directive.kind === "ignore" &&
      directive.scope.start <= span.start &&
      span.start < directive.scope.end &&
      directive.ids.some((ignored) => isMeant(ignored, id)),
  );
  const isIgnored =
    report.frontMatter?.ignore.some((ignored) => isMeant(ignored, id)) === true ||
    ignoring.some((directive) => !ofSentence(directive));
  const rejection = rejectEdit(report, span, suggested);
  return [
    acceptEdit(report, span, technique, form),
    ...(isIgnored && form !== "comment" ? [acceptEdit(report, span, technique, "comment")] : []),
    rejection,
    ...ignoring.filter(ofSentence).flatMap((directive) => shorter(report, directive, id, rejection)),
  ];
}

/** Takes a technique out of the mapping, of a paragraph or of the whole report: what the author stated of it in comments goes, too. */
export const ignoreEdits = (report: Report, id: string, paragraph?: Range): readonly ReportEdit[] => {
  const block = paragraph && sentenceAt(report, placeOf(report, paragraph.start))?.block;
  const ignored = paragraph ? rejectEdit(report, paragraph, id) : ignoreEverywhereEdit(report, id);
  return [
    ...report.directives
      .filter(({ kind, scope }) => kind === "state" && (!block || isWithin(scope, block)))
      .flatMap((directive) => shorter(report, directive, id)),
    ignored,
  ];
};

/** What the author says of a sentence in a comment behind it, in the order in which several comments stand there. */
const commentOrder = ["state", "ignore", "by"] as const;
type SentenceComment = (typeof commentOrder)[number];

const commentOpenings: Readonly<Record<SentenceComment, string>> = { state: "", ignore: "ignore ", by: "by " };

const commentKind = (directive: Directive): SentenceComment | undefined =>
  directive.kind !== "campaign" ? directive.kind : isOfSentence(directive) ? "by" : undefined;

/**
 * Says something of a sentence in a comment behind it. A list of ids that is there already becomes longer; other comments
 * stand one behind the other, always in the same order.
 */
export function behindSentence(
  report: Report,
  { block, sentence }: NonNullable<ReturnType<typeof sentenceAt>>,
  kind: SentenceComment,
  item: string,
): ReportEdit {
  const scope = kind === "ignore" ? block : sentence;
  const known = report.directives.find(
    (directive) =>
      directive.kind === kind && directive.scope.start === scope.start && directive.scope.end === scope.end,
  );
  if (known) return longer(report, known, item);
  let at = behindMarkup(report, block, sentence.textEnd);
  for (const directive of report.directives) {
    const other = commentKind(directive);
    // A comment on another line is another matter: alone there, it may speak of the whole report.
    if (directive.start < at || /[^ \t]/.test(report.text.slice(at, directive.start)) || other === undefined) continue;
    if (commentOrder.indexOf(other) > commentOrder.indexOf(kind)) break;
    at = directive.end;
  }
  return commentAt(at, kind, item);
}

const commentAt = (at: number, kind: SentenceComment, item: string): ReportEdit =>
  additionAt(at, { before: ` <!-- attack: ${commentOpenings[kind]}`, items: [item], between: " ", after: " -->" });

/** Writes an id at the end of a directive's list; nothing where it is there. */
function longer({ text }: Report, { start, end, ...directive }: Directive, id: string): ReportEdit {
  const ids = directive.kind === "campaign" ? [] : directive.ids.map((one) => (typeof one === "string" ? one : one.id));
  const at = start + text.slice(start, end).replace(/\s*-->$/, "").length;
  return additionAt(at, { before: " ", items: ids.includes(id) ? [] : [id], between: " ", after: "" });
}

/** Takes an id out of a directive's list; all of the directive with the last one, unless `joining` is written into it. */
function shorter({ text }: Report, directive: Directive, id: string, joining?: ReportEdit): readonly ReportEdit[] {
  if (directive.kind === "campaign") return [];
  const { start, end } = directive;
  const ids = directive.ids.map((one) => (typeof one === "string" ? one : one.id));
  const gone = ids.filter((one) => isMeant(one, id));
  if (gone.length === 0) return [];
  const isJoined = joining !== undefined && start < joining.start && joining.start < end;
  if (gone.length === ids.length && !isJoined) return [wholeComment(text, directive)];
  const written = [...text.slice(start, end).matchAll(/[A-Z]{1,3}\d{4}(?:[./]\d{3})?/gi)];
  const behind = (match: RegExpExecArray | undefined): number => (match ? match.index + match[0].length : 0);
  const list = written.map((match, index) => ({
    written: match[0],
    separator: index === 0 ? "" : text.slice(start + behind(written[index - 1]), start + match.index),
  }));
  const kept = list.filter((one) => !isMeant(one.written, id));
  const first = start + (written[0]?.index ?? 0);
  const gap = kept.length > 0 ? 0 : (/\s*$/.exec(text.slice(start, first))?.[0].length ?? 0);
  const listed = kept.map((one, index) => (index === 0 ? "" : one.separator) + one.written);
  return [{ start: first - gap, end: start + behind(written.at(-1)), text: listed.join("") }];
}

/** With the spaces before it, or with its line where nothing else stands there. */
function wholeComment(text: string, { start, end }: Range): ReportEdit {
  const before = /[ \t]*$/.exec(text.slice(Math.max(0, start - longestGap), start))?.[0].length ?? 0;
  const opensLine = start === before || /[\r\n]/.test(text.charAt(start - before - 1));
  const lineEnd = /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end, end + longestGap))?.[0].length;
  return opensLine && lineEnd !== undefined
    ? { start: start - before, end: end + lineEnd, text: "" }
    : { start: start - before, end, text: "" };
}

/** So many blanks beside a comment are looked at. */
const longestGap = 100;

/** Whether an id of a list, as its author wrote it, stands for a technique. */
const isMeant = (written: string, id: string): boolean => normaliseId(written) === id;

const isWithin = (inner: Range, outer: Range): boolean => outer.start <= inner.start && inner.end <= outer.end;
const isSame = (one: Range, other: Range | undefined): boolean => one.start === other?.start && one.end === other.end;

/** A comment can't stand in code: it gets the line below, with the marks of quotes and lists that stand before the code. */
function stateOfCode(report: Report, block: Block, id: string): ReportEdit {
  const { text, lineStarts } = report;
  const known = report.directives.find(
    ({ kind, scope }) => kind === "state" && block.start <= scope.start && scope.end <= block.end,
  );
  if (known) return longer(report, known, id);
  const lineStart = lineStarts.findLast((start) => start <= block.start) ?? 0;
  const before = text.slice(lineStart, block.start);
  // What is code by its indentation begins behind it: as far in, the comment would be code, too.
  const isFenced = /^(?:```|~~~)/.test(text.slice(block.start, block.start + 3));
  const prefix = (isFenced ? before : before.replace(/(?: {4}|\t)$/, "")).replace(/[^\s>]/g, " ");
  const rest = /[\r\n]|$/.exec(text.slice(block.end));
  return additionAt(block.end + (rest?.index ?? 0), {
    before: `${lineEndOf(text)}${prefix}<!-- attack: `,
    items: [id],
    between: " ",
    after: " -->",
  });
}

const additionAt = (at: number, adds: Addition): ReportEdit => ({ start: at, end: at, text: written(adds), adds });

const written = ({ before, items, between, after }: Addition): string =>
  items.length === 0 ? "" : before + items.join(between) + after;

/** Several decisions as one: lists that go to the same place become one list, without doubles; what else goes there stands side by side. */
export function joinEdits(edits: readonly ReportEdit[]): readonly ReportEdit[] {
  const joined = new Map<string, ReportEdit[]>();
  for (const edit of edits) {
    const key = `${edit.start} ${edit.end}`;
    const here = joined.get(key) ?? [];
    const { adds } = edit;
    const like = here.findIndex((one) => adds && one.adds?.before === adds.before && one.adds.after === adds.after);
    const known = here[like]?.adds;
    if (adds && known) {
      const items = [...new Set([...known.items, ...adds.items])];
      here[like] = { ...edit, text: written({ ...adds, items }), adds: { ...adds, items } };
    } else here.push(edit);
    joined.set(key, here);
  }
  return [...joined.values()]
    .flatMap((here) => {
      const text = [...here].sort((a, b) => rank(a) - rank(b)).map((edit) => edit.text);
      const [first] = here;
      return first ? [{ start: first.start, end: first.end, text: text.join("") }] : [];
    })
    .filter(({ start, end, text }) => start < end || text !== "")
    .sort((a, b) => a.start - b.start);
}

/** Comments stand behind what is written for readers, in their own order. */
const rank = ({ text }: ReportEdit): number =>
  1 + commentOrder.findLastIndex((kind) => text.startsWith(` <!-- attack: ${commentOpenings[kind]}`));

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

const lineEndOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
