import type { AnalysedMention } from "../analysis.ts";
import type { AttackObject } from "../attack/catalogue.ts";
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
    if (directive.start < at || report.text.slice(at, directive.start).trim() !== "" || other === undefined) continue;
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
