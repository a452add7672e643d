import { TreeFragment, type Tree } from "@lezer/common";
import { GFM, parser, type MarkdownParser } from "@lezer/markdown";
import type { Steps } from "../steps.ts";
import { decodeEntity } from "./entities.ts";
import { cutText, TextBuilder, type Cut, type MappedText } from "./mapped-text.ts";
import {
  asLeaf,
  isStillSo,
  placeBlock,
  type Definitions,
  type Leaf,
  type LinkTarget,
  type RawBlock,
  type ReadBlock,
  type ReadLink,
} from "./raw-block.ts";
import type { Link, Range } from "./report.ts";

export interface RawMarkdown {
  readonly blocks: readonly RawBlock[];
  readonly comments: readonly Range[];
}

const markdown: MarkdownParser = parser.configure([GFM]);

/** The tree of @lezer/markdown is walked by this much of its node type. */
type Node = Tree["topNode"];

/** A node without blocks in it. */
interface LeafNode extends Place {
  readonly node: Node;
}

interface Place {
  readonly quoteDepth: number;
  readonly listDepth?: number;
}

/** The reading of one leaf. */
interface Reading {
  readonly source: string;
  readonly definitions: Definitions;
  readonly blocks: ReadBlock[];
  readonly comments: Range[];
  readonly asked: Map<string, string | undefined>;
}

/**
 * What the last reading of a text leaves for the next one: the parser parses again only what changed, and blocks of
 * trees that stay are not read again. A class because it guards that.
 */
export class MarkdownMemory {
  private text = "";
  private fragments: readonly TreeFragment[] = [];
  private readonly leaves = new WeakMap<Tree, Leaf & Place>();

  /** Trees of the last text, as far as `text` leaves them whole. */
  fragmentsFor(text: string): readonly TreeFragment[] {
    const change = changeBetween(this.text, text);
    return change ? TreeFragment.applyChanges(this.fragments, [change]) : this.fragments;
  }

  keep(text: string, tree: Tree): void {
    this.text = text;
    // The tree is whole: fragments of the one before would only keep that one in memory, all the more where the text has shrunk.
    this.fragments = TreeFragment.addTree(tree);
  }

  /** What was read of a leaf that is the same tree in the same place, if it still says the same. */
  recall({ node, quoteDepth, listDepth }: LeafNode, definitions: Definitions): Leaf | undefined {
    const known = node.tree ? this.leaves.get(node.tree) : undefined;
    return known?.quoteDepth === quoteDepth && known.listDepth === listDepth && isStillSo(known, definitions)
      ? known
      : undefined;
  }

  remember({ node, quoteDepth, listDepth }: LeafNode, leaf: Leaf): void {
    if (node.tree)
      this.leaves.set(node.tree, { quoteDepth, ...(listDepth === undefined ? {} : { listDepth }), ...leaf });
  }
}

/** A paragraph ends where the next two lines make a table, so a change reaches so many lines back. */
const linesAhead = 2;

/** The one stretch in which two texts differ, the lines before it that may depend on it, and the rest of its own; `undefined` for the same text. */
function changeBetween(
  before: string,
  after: string,
): { readonly fromA: number; readonly toA: number; readonly fromB: number; readonly toB: number } | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Long stretches are compared at once, the last one character by character.
  while (start + stretch < shorter && areSame(before, start, after, start)) start += stretch;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end + stretch < shorter - start &&
    areSame(before, before.length - end - stretch, after, after.length - end - stretch)
  )
    end += stretch;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  for (let line = 0; line <= linesAhead && start > 0; line += 1) start = after.lastIndexOf("\n", start - 1);
  start = Math.max(0, start);
  // What stands in a line depends on how it begins: the parser's trees begin behind the indentation that makes them code.
  const lineEnd = after.indexOf("\n", after.length - end);
  end = lineEnd < 0 ? 0 : after.length - lineEnd;
  return { fromA: start, toA: before.length - end, fromB: start, toB: after.length - end };
}

/** UTF-16 units that are compared at once. */
const stretch = 1024;

const areSame = (before: string, inBefore: number, after: string, inAfter: number): boolean =>
  before.slice(inBefore, inBefore + stretch) === after.slice(inAfter, inAfter + stretch);

/** Leaves that are read in one step. */
const leavesInStep = 50;

/**
 * Markdown from `start` on, as blocks in document order. Positions are those of `source`. With a memory of the last
 * reading the same comes out sooner.
 */
export function* readMarkdown(source: string, start: number, memory = new MarkdownMemory()): Steps<RawMarkdown> {
  const text = withoutOddities(source, start);
  const parse = markdown.startParse(text, memory.fragmentsFor(text));
  let tree = parse.advance();
  while (tree === null) {
    yield;
    tree = parse.advance();
  }
  memory.keep(text, tree);
  const { leaves, definitions } = leavesOf(tree.topNode, source);
  yield;
  const blocks: RawBlock[] = [];
  const comments: Range[] = [];
  let tables = 0;
  let fresh = 0;
  for (const leafNode of leaves) {
    const { from, name } = leafNode.node;
    let leaf = memory.recall(leafNode, definitions);
    if (!leaf) {
      leaf = readLeaf(leafNode, source, definitions);
      memory.remember(leafNode, leaf);
      fresh += 1;
      if (fresh % leavesInStep === 0) yield;
    }
    for (const block of leaf.blocks) blocks.push(placeBlock(block, from, tables, definitions));
    for (const { start: first, end } of leaf.comments) comments.push({ start: first + from, end: end + from });
    if (name === "Table") tables += 1;
  }
  return { blocks, comments: comments.sort((a, b) => a.start - b.start) };
}

/**
 * The source as the parser likes it, every character in its place: front matter and byte order mark blanked out, lone
 * carriage returns as line ends, no blanks behind a table's line of hyphens, which the parser would not take for one, and no list in place of a heading.
 */
function withoutOddities(source: string, start: number): string {
  let text = start === 0 ? source : source.slice(0, start).replace(/[^\r\n]/g, " ") + source.slice(start);
  if (text.includes("\r")) text = text.replaceAll("\r", "\n");
  // Hardly any report has the one or the other, and what shows it is found much sooner.
  if (/-:?[ \t]*\|[ \t]+$/m.test(text))
    text = text.replace(
      /^([ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+)(:?[ \t]*\|[ \t]+)$/gm,
      (_, line: string, end: string) => line + "-".repeat(end.length),
    );
  if (/\n {0,3}(?:---|===)/.test(text))
    text = text.replace(numberedHeading, (_, number: string, rest: string) => `${number} ${rest}`);
  return text;
}

/** “4. History” above a line of hyphens is meant as a heading; by Markdown's rules it is a list and a rule. */
const numberedHeading =
  /(?<=^|\n[ \t]{0,20}\n)( {0,3}\d{1,2})[.)]( [^\n]{1,100}[^\s.;:!?,]\n {0,3}(?:-{3,}|={3,})[ \t]*)(?![^\n])/g;

const labelKey = (label: string): string =>
  label
    .replace(/^\[|\]$/g, "")
    .trim()
    .replace(/\s+/g, " ")
    .toLowerCase();

/** Nodes in which no block stands, in document order, and what the links' definitions say; the first of a label holds. */
function leavesOf(
  top: Node,
  source: string,
): { readonly leaves: readonly LeafNode[]; readonly definitions: Definitions } {
  const leaves: LeafNode[] = [];
  const definitions = new Map<string, LinkTarget>();
  // A loop with a stack of its own: nesting in a report may be deeper than the call stack.
  const pending: { node: Node; quoteDepth: number; listDepth: number }[] = [{ node: top, quoteDepth: 0, listDepth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, quoteDepth, listDepth } = next;
    if (isLeaf(node.name)) {
      leaves.push({ node, quoteDepth, ...(listDepth > 0 ? { listDepth } : {}) });
      if (node.name === "LinkReference") define(node, source, definitions);
      continue;
    }
    const inner = {
      quoteDepth: quoteDepth + (node.name === "Blockquote" ? 1 : 0),
      listDepth: listDepth + (node.name === "BulletList" || node.name === "OrderedList" ? 1 : 0),
    };
    for (let child = node.lastChild; child; child = child.prevSibling) {
      if (!marks.has(child.name)) pending.push({ node: child, ...inner });
    }
  }
  return { leaves, definitions };
}

const headings = /^(?:ATX|Setext)Heading([1-6])$/;
const otherLeaves = new Set([
  "Paragraph",
  "Task",
  "FencedCode",
  "CodeBlock",
  "Table",
  "HTMLBlock",
  "CommentBlock",
  "ProcessingInstructionBlock",
  "LinkReference",
]);
/** Nodes that hold neither words nor blocks. */
const marks = new Set(["HorizontalRule", "ListMark", "QuoteMark"]);

const isLeaf = (name: string): boolean => otherLeaves.has(name) || headings.test(name);

function define(node: Node, source: string, definitions: Map<string, LinkTarget>): void {
  const label = node.getChild("LinkLabel");
  const url = node.getChild("URL");
  if (!label || !url) return;
  const key = labelKey(source.slice(label.from, label.to));
  if (!definitions.has(key))
    definitions.set(key, { start: url.from, end: url.to, url: source.slice(url.from, url.to) });
}

function readLeaf({ node, ...place }: LeafNode, source: string, definitions: Definitions): Leaf {
  const reading: Reading = { source, definitions, blocks: [], comments: [], asked: new Map() };
  const { name } = node;
  const heading = headings.exec(name);
  if (heading) addProse(node, { kind: "heading", level: Number(heading[1]), quoteDepth: place.quoteDepth }, reading);
  else if (name === "Paragraph" || name === "Task") addParagraph(node, place, reading);
  else if (name === "FencedCode" || name === "CodeBlock") addCode(node, place, reading);
  else if (name === "Table") addTable(node, place, reading);
  else if (name === "LinkReference") addDefinition(node, place, reading);
  else addHtml(node, place, reading);
  return asLeaf(node.from, reading.blocks, reading.comments, reading.asked);
}

type Shape = Pick<ReadBlock, "kind" | "quoteDepth"> & Partial<Pick<ReadBlock, "level" | "table" | "listDepth">>;

function addParagraph(node: Node, place: Place, reading: Reading): void {
  const kind = place.listDepth === undefined ? "paragraph" : "list-item";
  const notes = [...reading.source.slice(node.from, node.to).matchAll(/(?:^|\n[ \t>]*)(\[\^[^\]\s]{1,100}\]:[ \t]*)/g)];
  if (notes.length === 0) addProse(node, { kind, ...place }, reading);
  // Footnotes on lines one below the other are one paragraph to the parser.
  const starts = notes.map((match) => ({
    from: node.from + match.index + match[0].length - (match[1]?.length ?? 0),
    text: node.from + match.index + match[0].length,
  }));
  const [first] = starts;
  if (first && first.from > node.from)
    addProse(node, { kind, ...place }, reading, { start: node.from, end: first.from });
  starts.forEach(({ text }, index) =>
    addProse(node, { kind: "footnote", quoteDepth: place.quoteDepth }, reading, {
      start: text,
      end: starts[index + 1]?.from ?? node.to,
    }),
  );
}

function addDefinition(node: Node, place: Place, reading: Reading): void {
  const url = node.getChild("URL");
  const label = node.getChild("LinkLabel");
  if (!url || !label || !reading.source.startsWith("[^", label.from)) return;
  const content = cutText(reading.source, url.from, url.to, []);
  const link = {
    start: url.from,
    end: url.to,
    url: content.text,
    textStart: 0,
    textEnd: content.text.length,
    image: false,
  };
  reading.blocks.push({
    kind: "footnote",
    start: url.from,
    end: url.to,
    content,
    inlineCode: [],
    emphases: [],
    links: [link],
    quoteDepth: place.quoteDepth,
  });
}

/** A block of prose: markup out, links and inline code noted. `part` narrows it to a piece of the node. */
function addProse(node: Node, shape: Shape, reading: Reading, part: Range = { start: node.from, end: node.to }): void {
  const { source } = reading;
  const cuts: Cut[] = [];
  const code: Range[] = [];
  const emphases: Range[] = [];
  const literal = new Set<number>();
  const links: FoundLink[] = [];
  const cut = (start: number, end: number, instead = ""): void => void cuts.push({ start, end, instead });
  node.cursor().iterate((cursor) => {
    const { name, from, to } = cursor;
    if (to <= part.start || from >= part.end) return name === node.name;
    switch (name) {
      case "Emphasis":
      case "StrongEmphasis":
        emphases.push({ start: from, end: to });
        break;
      case "EmphasisMark":
      case "CodeMark":
      case "StrikethroughMark":
      case "LinkTitle":
        cut(from, to);
        break;
      case "LinkMark":
        if (!literal.has(from)) cut(from, to);
        break;
      case "HeaderMark":
      case "TaskMarker":
      case "QuoteMark":
        cut(from, endOfBlanks(source, to));
        break;
      case "HTMLTag":
      case "ProcessingInstruction":
        cut(from, to, /^<br\b/i.test(source.slice(from, from + 4)) ? "\n" : "");
        break;
      case "Comment":
        reading.comments.push({ start: from, end: to });
        cut(from, to);
        break;
      case "Escape":
        cut(from, from + 1);
        break;
      case "Entity": {
        const decoded = decodeEntity(source.slice(from, to));
        if (decoded !== undefined) cut(from, to, decoded);
        break;
      }
      case "HardBreak":
        cut(from, to, "\n");
        break;
      case "InlineCode":
        code.push({ start: from, end: to });
        break;
      case "Link":
      case "Image": {
        const read = readLink(cursor.node, name === "Image", reading);
        if (read.footnote) {
          cut(from, to);
          return false;
        }
        for (const range of read.cuts) cut(range.start, range.end);
        for (const mark of read.literal) literal.add(mark);
        if (read.link) links.push(read.link);
        break;
      }
      case "URL":
        if (cursor.node.parent?.name !== "Link" && cursor.node.parent?.name !== "Image") {
          links.push({
            start: from,
            end: to,
            url: source.slice(from, to),
            label: { start: from, end: to },
            image: false,
          });
        }
        break;
    }
    return true;
  });

  const end = part.start + source.slice(part.start, part.end).trimEnd().length;
  const content = cutText(source, part.start, end, orderly(cuts));
  if (content.text.trim() === "") return;
  const inText = (range: Range): Range => ({
    start: textOffset(content, range.start),
    end: textOffset(content, range.end),
  });
  reading.blocks.push({
    start: part.start,
    end,
    content,
    inlineCode: code.map(inText),
    emphases: emphases.map(inText),
    links: links
      .filter(({ label }) => label.end > part.start && label.start < part.end)
      .map(({ label, ...link }): ReadLink => {
        const text = inText(label);
        return { textStart: text.start, textEnd: text.end, ...link };
      }),
    ...shape,
  });
}

function endOfBlanks(source: string, at: number): number {
  let end = at;
  while (source[end] === " " || source[end] === "\t") end += 1;
  return end;
}

/** Cuts in order, those inside of others dropped. */
function orderly(cuts: readonly Cut[]): readonly Cut[] {
  const sorted = [...cuts].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Cut[] = [];
  for (const cut of sorted) if (cut.start >= (kept.at(-1)?.end ?? -1)) kept.push(cut);
  return kept;
}

/** The offset in a text at which `source` offset stands, or would stand if it were not cut away. */
function textOffset({ text, map }: MappedText, source: number): number {
  let low = 0;
  let high = map.length >>> 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((map[middle * 2 + 1] ?? 0) <= source) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const runEnd = low * 2 < map.length ? (map[low * 2] ?? 0) : text.length;
  return Math.min(runEnd, (map[low * 2 - 2] ?? 0) + source - (map[low * 2 - 1] ?? 0));
}

interface FoundLink extends LinkTarget, Pick<ReadLink, "defined" | "image"> {
  /** Where its words stand in the source. */
  readonly label: Range;
}

interface LinkParts {
  readonly footnote: boolean;
  /** What is not the label: address and title. */
  readonly cuts: readonly Range[];
  /** Starts of brackets that stand for themselves, since nothing defines the link: `evil[.]com`. */
  readonly literal: readonly number[];
  readonly link?: FoundLink;
}

function readLink(node: Node, image: boolean, { source, definitions, asked }: Reading): LinkParts {
  const nothing = { footnote: false, cuts: [], literal: [] };
  if (/^\[\^[^\]\s]+\]$/.test(source.slice(node.from, Math.min(node.to, node.from + 200))))
    return { ...nothing, footnote: true };
  const marks = node.getChildren("LinkMark");
  const label = { start: marks[0]?.to ?? node.from, end: marks[1]?.from ?? node.to };
  const url = node.getChild("URL");
  // Inline: the marks of the label, then those round the address.
  if (url)
    return {
      footnote: false,
      literal: [],
      cuts: [{ start: label.end, end: node.to }],
      link: { start: url.from, end: url.to, url: source.slice(url.from, url.to), label, image },
    };
  const reference = node.getChild("LinkLabel");
  const wanted =
    reference && reference.to - reference.from > 2
      ? source.slice(reference.from, reference.to)
      : source.slice(label.start, label.end);
  const key = labelKey(wanted);
  const target = definitions.get(key);
  asked.set(key, target?.url);
  if (target)
    return {
      footnote: false,
      literal: [],
      cuts: reference ? [{ start: reference.from, end: reference.to }] : [],
      link: { defined: key, label, image, ...target },
    };
  return marks.length >= 4
    ? { ...nothing, cuts: [{ start: label.end, end: node.to }] }
    : { ...nothing, literal: marks.map(({ from }) => from) };
}

function addCode(node: Node, place: Place, reading: Reading): void {
  const info = node.getChild("CodeInfo");
  const builder = new TextBuilder(reading.source);
  for (const part of node.getChildren("CodeText")) {
    const code = reading.source.slice(part.from, part.to);
    for (let at = 0; at < code.length;) {
      const cr = code.indexOf("\r", at);
      const end = cr < 0 ? code.length : cr;
      builder.take(part.from + at, part.from + end);
      at = end;
      if (at < code.length) {
        const pair = reading.source[part.from + at + 1] === "\n";
        if (!pair) builder.put("\n", part.from + at);
        at += 1;
      }
    }
  }
  const content = builder.done();
  if (content.text.trim() === "") return;
  const language = info ? (/^\S+/.exec(reading.source.slice(info.from, info.to))?.[0].toLowerCase() ?? "") : "";
  reading.blocks.push({
    kind: "code",
    start: node.from,
    end: node.to,
    content,
    inlineCode: [],
    emphases: [],
    links: [],
    language,
    quoteDepth: place.quoteDepth,
  });
}

function addTable(node: Node, place: Place, reading: Reading): void {
  const headers: string[] = [];
  let row = 0;
  for (let line = node.firstChild; line; line = line.nextSibling) {
    if (line.name !== "TableHeader" && line.name !== "TableRow") continue;
    let column = reading.source[line.from] === "|" ? -1 : 0;
    for (let cell = line.firstChild; cell; cell = cell.nextSibling) {
      if (cell.name === "TableDelimiter") column += 1;
      if (cell.name !== "TableCell") continue;
      const before = reading.blocks.length;
      addProse(
        cell,
        {
          kind: "table-cell",
          quoteDepth: place.quoteDepth,
          table: { row, column, header: headers[column] ?? "" },
        },
        reading,
      );
      const added = reading.blocks[before];
      if (row === 0 && added) headers[column] = added.content.text;
    }
    row += 1;
  }
}

/** HTML: what stands between the tags, without scripts and styles; comments noted. */
function addHtml(node: Node, place: Place, reading: Reading): void {
  const source = reading.source.slice(node.from, node.to);
  const cuts: Cut[] = [];
  const pattern = /<!--|<(script|style)\b|<\/?[a-z!?][^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    const start = node.from + match.index;
    let end = start + match[0].length;
    let instead = "";
    if (match[0] === "<!--") {
      const close = source.indexOf("-->", match.index + 4);
      end = close < 0 ? node.to : node.from + close + 3;
      reading.comments.push({ start, end });
    } else if (match[1] !== undefined) {
      const close = new RegExp(`</${match[1]}[^>]*>`, "i").exec(source.slice(match.index));
      end = close ? start + close.index + close[0].length : node.to;
    } else if (match[0].startsWith("&")) instead = decodeEntity(match[0]) ?? match[0];
    else if (
      /^<\/?(?:br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|summary|details|section|blockquote|pre)\b/i.test(match[0])
    )
      instead = "\n";
    cuts.push({ start, end, instead });
    pattern.lastIndex = end - node.from;
  }
  const content = cutText(reading.source, node.from, node.to, cuts);
  if (content.text.trim() === "") return;
  reading.blocks.push({
    kind: "html",
    start: node.from,
    end: node.to,
    content,
    inlineCode: [],
    emphases: [],
    links: hrefs(reading.source, node.from, node.to, content),
    quoteDepth: place.quoteDepth,
  });
}

function hrefs(source: string, from: number, to: number, content: MappedText): readonly Link[] {
  return [...source.slice(from, to).matchAll(/\b(?:href|src)\s*=\s*["']([^"'<>]{1,2000})["']/gi)].map((match) => {
    const url = match[1] ?? "";
    const start = from + match.index + match[0].length - 1 - url.length;
    const at = textOffset(content, start);
    return { start, end: start + url.length, url, textStart: at, textEnd: at, image: false };
  });
}
