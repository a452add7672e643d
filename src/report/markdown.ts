import { GFM, parser, type MarkdownParser } from "@lezer/markdown";
import { decodeEntity } from "./entities.ts";
import { cutText, TextBuilder, type Cut, type MappedText } from "./mapped-text.ts";
import type { BlockKind, Link, Range, TablePlace } from "./report.ts";

/** A block as the parser finds it, before it has a section and sentences. */
export interface RawBlock extends Range {
  readonly kind: BlockKind;
  readonly content: MappedText;
  readonly inlineCode: readonly Range[];
  readonly links: readonly Link[];
  readonly quoteDepth: number;
  /** 1–6, of headings. */
  readonly level?: number;
  readonly language?: string;
  readonly table?: TablePlace;
  readonly listDepth?: number;
}

export interface RawMarkdown {
  readonly blocks: readonly RawBlock[];
  readonly comments: readonly Range[];
}

const markdown: MarkdownParser = parser.configure([GFM]);

/** The tree of @lezer/markdown is walked by this much of its node type. */
type Node = ReturnType<MarkdownParser["parse"]>["topNode"];

interface Walk {
  readonly source: string;
  readonly blocks: RawBlock[];
  readonly comments: Range[];
  readonly definitions: ReadonlyMap<string, LinkTarget>;
  tables: number;
}

interface LinkTarget extends Range {
  readonly url: string;
}

/** Markdown from `start` on, as blocks in document order. Positions are those of `source`. */
export function readMarkdown(source: string, start: number): RawMarkdown {
  const tree = markdown.parse(withoutOddities(source, start));
  const walk: Walk = {
    source,
    blocks: [],
    comments: [],
    definitions: linkDefinitions(tree.topNode, source),
    tables: 0,
  };
  walkBlocks(tree.topNode, walk);
  return { blocks: walk.blocks, comments: walk.comments.sort((a, b) => a.start - b.start) };
}

/**
 * The source as the parser likes it, every character in its place: front matter and byte order mark blanked out, lone
 * carriage returns as line ends, and no blanks behind a table's line of hyphens, which the parser would not take for one.
 */
function withoutOddities(source: string, start: number): string {
  const text = start === 0 ? source : source.slice(0, start).replace(/[^\r\n]/g, " ") + source.slice(start);
  return text
    .replaceAll("\r", "\n")
    .replace(
      /^([ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+)(:?[ \t]*\|[ \t]+)$/gm,
      (_, line: string, end: string) => line + "-".repeat(end.length),
    );
}

function linkDefinitions(top: Node, source: string): ReadonlyMap<string, LinkTarget> {
  const found = new Map<string, LinkTarget>();
  const cursor = top.cursor();
  do {
    if (cursor.name !== "LinkReference") continue;
    const label = cursor.node.getChild("LinkLabel");
    const url = cursor.node.getChild("URL");
    if (!label || !url) continue;
    const key = labelKey(source.slice(label.from, label.to));
    if (!found.has(key)) found.set(key, { start: url.from, end: url.to, url: source.slice(url.from, url.to) });
  } while (cursor.next());
  return found;
}

const labelKey = (label: string): string =>
  label
    .replace(/^\[|\]$/g, "")
    .trim()
    .replace(/\s+/g, " ")
    .toLowerCase();

/** A loop with a stack of its own: nesting in a report may be deeper than the call stack. */
function walkBlocks(top: Node, walk: Walk): void {
  const pending: { node: Node; quoteDepth: number; listDepth: number }[] = [{ node: top, quoteDepth: 0, listDepth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, quoteDepth, listDepth } = next;
    const place = { quoteDepth, ...(listDepth > 0 ? { listDepth } : {}) };
    if (leafBlock(node, place, walk)) continue;
    const children: typeof pending = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      children.push({
        node: child,
        quoteDepth: quoteDepth + (node.name === "Blockquote" ? 1 : 0),
        listDepth: listDepth + (node.name === "BulletList" || node.name === "OrderedList" ? 1 : 0),
      });
    }
    pending.push(...children.reverse());
  }
}

/** Reads `node` where it is a block without blocks in it; says whether it was. */
function leafBlock(
  node: Node,
  place: { readonly quoteDepth: number; readonly listDepth?: number },
  walk: Walk,
): boolean {
  const { name } = node;
  const heading = /^(?:ATX|Setext)Heading([1-6])$/.exec(name);
  if (heading) addProse(node, { kind: "heading", level: Number(heading[1]), quoteDepth: place.quoteDepth }, walk);
  else if (name === "Paragraph" || name === "Task") addParagraph(node, place, walk);
  else if (name === "FencedCode" || name === "CodeBlock") addCode(node, place, walk);
  else if (name === "Table") addTable(node, place, walk);
  else if (name === "HTMLBlock" || name === "CommentBlock" || name === "ProcessingInstructionBlock")
    addHtml(node, place, walk);
  else if (name === "LinkReference") addDefinition(node, place, walk);
  else return name === "HorizontalRule" || name === "ListMark" || name === "QuoteMark";
  return true;
}

type Shape = Pick<RawBlock, "kind" | "quoteDepth"> & Partial<Pick<RawBlock, "level" | "table" | "listDepth">>;

function addParagraph(
  node: Node,
  place: { readonly quoteDepth: number; readonly listDepth?: number },
  walk: Walk,
): void {
  const kind = place.listDepth === undefined ? "paragraph" : "list-item";
  const notes = [...walk.source.slice(node.from, node.to).matchAll(/(?:^|\n[ \t>]*)(\[\^[^\]\s]{1,100}\]:[ \t]*)/g)];
  if (notes.length === 0) addProse(node, { kind, ...place }, walk);
  // Footnotes on lines one below the other are one paragraph to the parser.
  const starts = notes.map((match) => ({
    from: node.from + match.index + match[0].length - (match[1]?.length ?? 0),
    text: node.from + match.index + match[0].length,
  }));
  const [first] = starts;
  if (first && first.from > node.from) addProse(node, { kind, ...place }, walk, { start: node.from, end: first.from });
  starts.forEach(({ text }, index) =>
    addProse(node, { kind: "footnote", quoteDepth: place.quoteDepth }, walk, {
      start: text,
      end: starts[index + 1]?.from ?? node.to,
    }),
  );
}

function addDefinition(node: Node, place: { readonly quoteDepth: number }, walk: Walk): void {
  const url = node.getChild("URL");
  const label = node.getChild("LinkLabel");
  if (!url || !label || !walk.source.startsWith("[^", label.from)) return;
  const content = cutText(walk.source, url.from, url.to, []);
  const link = {
    start: url.from,
    end: url.to,
    url: content.text,
    textStart: 0,
    textEnd: content.text.length,
    image: false,
  };
  walk.blocks.push({
    kind: "footnote",
    start: url.from,
    end: url.to,
    content,
    inlineCode: [],
    links: [link],
    quoteDepth: place.quoteDepth,
  });
}

/** A block of prose: markup out, links and inline code noted. `part` narrows it to a piece of the node. */
function addProse(node: Node, shape: Shape, walk: Walk, part: Range = { start: node.from, end: node.to }): void {
  const { source } = walk;
  const cuts: Cut[] = [];
  const code: Range[] = [];
  const literal = new Set<number>();
  const links: (LinkTarget & { readonly label: Range; readonly image: boolean })[] = [];
  const cut = (start: number, end: number, instead = ""): void => void cuts.push({ start, end, instead });
  node.cursor().iterate((cursor) => {
    const { name, from, to } = cursor;
    if (to <= part.start || from >= part.end) return name === node.name;
    switch (name) {
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
        walk.comments.push({ start: from, end: to });
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
        const read = readLink(cursor.node, name === "Image", walk);
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
  walk.blocks.push({
    ...shape,
    start: part.start,
    end,
    content,
    inlineCode: code.map(inText),
    links: links
      .filter(({ label }) => label.end > part.start && label.start < part.end)
      .map(({ start, end, url, label, image }) => {
        const text = inText(label);
        return { start, end, url, textStart: text.start, textEnd: text.end, image };
      }),
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

interface ReadLink {
  readonly footnote: boolean;
  /** What is not the label: address and title. */
  readonly cuts: readonly Range[];
  /** Starts of brackets that stand for themselves, since nothing defines the link: `evil[.]com`. */
  readonly literal: readonly number[];
  readonly link?: LinkTarget & { readonly label: Range; readonly image: boolean };
}

function readLink(node: Node, image: boolean, { source, definitions }: Walk): ReadLink {
  const nothing = { footnote: false, cuts: [], literal: [] };
  if (/^\[\^[^\]\s]+\]$/.test(source.slice(node.from, Math.min(node.to, node.from + 200))))
    return { ...nothing, footnote: true };
  const marks = node.getChildren("LinkMark");
  const label = { start: marks[0]?.to ?? node.from, end: marks[1]?.from ?? node.to };
  const url = node.getChild("URL");
  // Inline: the marks of the label, then those round the address.
  if (url)
    return {
      ...nothing,
      cuts: [{ start: label.end, end: node.to }],
      link: { start: url.from, end: url.to, url: source.slice(url.from, url.to), label, image },
    };
  const reference = node.getChild("LinkLabel");
  const wanted =
    reference && reference.to - reference.from > 2
      ? source.slice(reference.from, reference.to)
      : source.slice(label.start, label.end);
  const target = definitions.get(labelKey(wanted));
  if (target)
    return {
      ...nothing,
      cuts: reference ? [{ start: reference.from, end: reference.to }] : [],
      link: { ...target, label, image },
    };
  return marks.length >= 4
    ? { ...nothing, cuts: [{ start: label.end, end: node.to }] }
    : { ...nothing, literal: marks.map(({ from }) => from) };
}

function addCode(node: Node, place: { readonly quoteDepth: number; readonly listDepth?: number }, walk: Walk): void {
  const info = node.getChild("CodeInfo");
  const builder = new TextBuilder(walk.source);
  for (const part of node.getChildren("CodeText")) {
    for (let at = part.from; at < part.to;) {
      const cr = walk.source.indexOf("\r", at);
      const end = cr < 0 || cr >= part.to ? part.to : cr;
      builder.take(at, end);
      at = end;
      if (at < part.to) {
        const pair = walk.source[at + 1] === "\n";
        if (!pair) builder.put("\n", at);
        at += 1;
      }
    }
  }
  const content = builder.done();
  if (content.text.trim() === "") return;
  const language = info ? (/^\S+/.exec(walk.source.slice(info.from, info.to))?.[0].toLowerCase() ?? "") : "";
  walk.blocks.push({
    kind: "code",
    start: node.from,
    end: node.to,
    content,
    inlineCode: [],
    links: [],
    language,
    quoteDepth: place.quoteDepth,
  });
}

function addTable(node: Node, place: { readonly quoteDepth: number }, walk: Walk): void {
  const table = walk.tables;
  walk.tables += 1;
  const headers: string[] = [];
  let row = 0;
  for (let line = node.firstChild; line; line = line.nextSibling) {
    if (line.name !== "TableHeader" && line.name !== "TableRow") continue;
    let column = walk.source[line.from] === "|" ? -1 : 0;
    for (let cell = line.firstChild; cell; cell = cell.nextSibling) {
      if (cell.name === "TableDelimiter") column += 1;
      if (cell.name !== "TableCell") continue;
      const before = walk.blocks.length;
      addProse(
        cell,
        {
          kind: "table-cell",
          quoteDepth: place.quoteDepth,
          table: { table, row, column, header: headers[column] ?? "" },
        },
        walk,
      );
      const added = walk.blocks[before];
      if (row === 0 && added) headers[column] = added.content.text;
    }
    row += 1;
  }
}

/** HTML: what stands between the tags, without scripts and styles; comments noted. */
function addHtml(node: Node, place: { readonly quoteDepth: number }, walk: Walk): void {
  const source = walk.source.slice(node.from, node.to);
  const cuts: Cut[] = [];
  const pattern = /<!--|<(script|style)\b|<\/?[a-z!?][^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    const start = node.from + match.index;
    let end = start + match[0].length;
    let instead = "";
    if (match[0] === "<!--") {
      const close = source.indexOf("-->", match.index + 4);
      end = close < 0 ? node.to : node.from + close + 3;
      walk.comments.push({ start, end });
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
  const content = cutText(walk.source, node.from, node.to, cuts);
  if (content.text.trim() === "") return;
  walk.blocks.push({
    kind: "html",
    start: node.from,
    end: node.to,
    content,
    inlineCode: [],
    links: hrefs(walk.source, node.from, node.to, content),
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
