import { firstFrom } from "./ranges.ts";
import {
  isOfSentence,
  sentenceRange,
  toSource,
  type Block,
  type Directive,
  type DirectiveId,
  type Range,
  type ReportProblem,
  type Section,
} from "./report.ts";

/** Where directives stand and what stands around them. */
export interface DirectiveSurroundings {
  readonly text: string;
  readonly comments: readonly Range[];
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** Reads the comments that speak to the program: `<!-- attack: … -->`. */
export function readDirectives(around: DirectiveSurroundings): {
  readonly directives: readonly Directive[];
  readonly problems: readonly ReportProblem[];
} {
  const directives: Directive[] = [];
  const problems: ReportProblem[] = [];
  for (const comment of around.comments) {
    const source = around.text.slice(comment.start, comment.end);
    const opening = /^<!--\s*attack\s*:\s*/i.exec(source);
    if (!opening) continue;
    const body = source.slice(opening[0].length).replace(/\s*-->$/, "");
    const read = readDirective(body, comment.start + opening[0].length, comment, around);
    if ("message" in read) problems.push({ ...comment, ...read });
    else directives.push(read);
  }
  return { directives: endCampaigns(directives), problems };
}

/** With which a directive may begin, beside ids. */
const words = ["campaign", "by", "ignore"];

function readDirective(
  body: string,
  at: number,
  comment: Range,
  around: DirectiveSurroundings,
): Directive | Pick<ReportProblem, "message" | "unknown"> {
  const campaign = /^(campaign|by)\b\s*:?\s*(.*)$/is.exec(body);
  if (campaign) {
    const [, word = "", rest = ""] = campaign;
    const name = rest
      .replace(/\s+/g, " ")
      .trim()
      .replace(/^["'“‘](.*)["'”’]$/, "$1");
    if (name === "") return { message: "attack: campaign needs a name, as in <!-- attack: campaign Night Heron -->" };
    const scope = word.toLowerCase() === "by" ? stateScope(comment, around) : campaignScope(comment, around);
    return { kind: "campaign", name, ...comment, scope };
  }
  const ignore = /^ignore\b\s*:?/i.exec(body);
  const list = idsIn(body.slice(ignore?.[0].length ?? 0), at + (ignore?.[0].length ?? 0));
  if (list === undefined || list.length === 0) {
    const start = at + body.length - body.trimStart().length;
    const [word = ""] = /^[\p{L}-]+/u.exec(body.trimStart()) ?? [];
    return {
      ...(word === "" ? {} : { unknown: { start, end: start + word.length, takes: words } }),
      message: `attack: can't make sense of “${body.slice(0, 60).trim()}”; it takes: campaign NAME, by NAME, ignore IDS, or IDS`,
    };
  }
  if (ignore) return { kind: "ignore", ids: list.map(({ id }) => id), ...comment, scope: ignoreScope(comment, around) };
  return { kind: "state", ids: list, ...comment, scope: stateScope(comment, around) };
}

/** Ids with spaces, commas or brackets between them; `undefined` where anything else stands there. */
function idsIn(body: string, at: number): readonly DirectiveId[] | undefined {
  if (/[^\s,;[\]\w./-]/.test(body)) return undefined;
  const ids: DirectiveId[] = [];
  for (const match of body.matchAll(/[\w./-]+/g)) {
    if (!/^[A-Z]{1,3}\d{4}(?:[./]\d{3})?$/i.test(match[0])) return undefined;
    ids.push({
      id: match[0].toUpperCase().replace("/", "."),
      start: at + match.index,
      end: at + match.index + match[0].length,
    });
  }
  return ids;
}

/** A comment in a line of text stands in or behind a block. */
function blockBeside({ start, end }: Range, { text, blocks }: DirectiveSurroundings): Block | undefined {
  // The report need not have both kinds of line ends: what it has not, is not to be sought through all of it.
  const afterFeed = text.lastIndexOf("\n", start - 1) + 1;
  const lineStart = afterFeed + text.slice(afterFeed, start).lastIndexOf("\r") + 1;
  const lineEnd = /[\r\n]|$/.exec(text.slice(end, end + 100_000));
  const alone =
    /^[\s>*+-]*$/.test(text.slice(lineStart, start)) && text.slice(end, end + (lineEnd?.index ?? 0)).trim() === "";
  if (alone) return undefined;
  const behind = firstFrom(blocks, end);
  const before = blocks[behind - 1];
  return before && start <= before.end + (start - lineStart) ? before : blocks[behind];
}

/** The innermost section that holds an offset. */
function sectionAt(sections: readonly Section[], offset: number): Section | undefined {
  return sections[Math.max(0, firstFrom(sections, offset + 1) - 1)];
}

function campaignScope(comment: Range, { sections, blocks, text }: DirectiveSurroundings): Range {
  const next = blocks[firstFrom(blocks, comment.end)];
  const marks = /<!--[\s\S]*?-->|^[ \t]*#+[ \t]*|[#=*_-]+/gm;
  const opens =
    next?.kind === "heading" &&
    next.start - comment.end < 1000 &&
    !/\S/.test(text.slice(comment.end, next.start).replace(marks, ""));
  const section = opens ? sections[next.section] : sectionAt(sections, comment.start);
  return { start: opens ? next.start : comment.start, end: section?.end ?? text.length };
}

function ignoreScope(comment: Range, around: DirectiveSurroundings): Range {
  const block = blockBeside(comment, around);
  return block ? { start: block.start, end: block.end } : { start: 0, end: around.text.length };
}

function stateScope(comment: Range, around: DirectiveSurroundings): Range {
  const { sections, blocks } = around;
  const section = sectionAt(sections, comment.start);
  const behind = firstFrom(blocks, comment.end);
  const before = blocks[firstFrom(blocks, comment.start) - 1];
  const inSection = before && before.kind !== "heading" && before.start >= (section?.start ?? 0) ? before : undefined;
  const block = blockBeside(comment, around) ?? inSection ?? blocks[behind];
  if (!block) return comment;
  const sentence =
    block.sentences.findLast(({ textStart }) => toSource(block, textStart) <= comment.start) ?? block.sentences[0];
  return sentence ? sentenceRange(block, sentence) : { start: block.start, end: block.end };
}

/** A campaign directive holds until the next one; one that speaks of a single sentence ends nothing. */
function endCampaigns(directives: readonly Directive[]): readonly Directive[] {
  let next: Range | undefined;
  return directives
    .toReversed()
    .map((directive) => {
      const { scope } = directive;
      if (directive.kind !== "campaign" || isOfSentence(directive)) return directive;
      const end = next && next.start < scope.end ? Math.max(scope.start, next.start) : scope.end;
      next = scope;
      return { ...directive, scope: { start: scope.start, end } };
    })
    .toReversed();
}
