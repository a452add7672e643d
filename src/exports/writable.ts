import { GFM, parser } from "@lezer/markdown";
import { nameKey } from "../attack/names.ts";

/** What one pass over a report's lines tells; cheap enough for every key. Offsets are UTF-16. */
export interface LinesBefore {
  /** Start of the line of a fence that is still open. */
  readonly openFence?: number;
  /** Start of the last paragraph that stands at the margin behind an empty line: Markdown can be parsed from there alone. */
  readonly paragraph: number;
  /** Labels of link definitions, as keys. */
  readonly labels: ReadonlySet<string>;
}

/** Quotes, bullets and numbers before a line's own text. */
const containers = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))*/;

/** Reads the lines from one offset to another, both at the beginning of a line or the end of the text. */
export function linesBefore(text: string, from: number, to: number): LinesBefore {
  let fence: { readonly marks: string; readonly quotes: number; readonly start: number } | undefined;
  let paragraph = from;
  let afterEmpty = true;
  const labels = new Set<string>();
  for (let start = from; start < to;) {
    const end = lineEnd(text, start);
    const line = text.slice(start, Math.min(end, start + 1_000));
    const before = containers.exec(line)?.[0] ?? "";
    const quotes = before.split(">").length - 1;
    const rest = line.slice(before.length);
    if (fence && quotes < fence.quotes) fence = undefined;
    const marks = /^[ \t]*(`{3,}(?!.*`)|~{3,})/.exec(rest)?.[1];
    const isEmpty = line.trim() === "";
    if (fence) {
      const closes = marks !== undefined && marks[0] === fence.marks[0] && marks.length >= fence.marks.length;
      if (closes && /^[ \t]*[`~]+[ \t]*$/.test(rest)) fence = undefined;
    } else if (marks !== undefined) {
      fence = { marks, quotes, start };
    } else {
      if (afterEmpty && !isEmpty && before === "" && !/^[ \t]/.test(line)) paragraph = start;
      const label = /^ {0,3}\[([^\][\n]{1,200})\]:/.exec(rest)?.[1];
      if (label !== undefined) labels.add(nameKey(label));
    }
    // What stands behind a fence is read with it.
    afterEmpty = isEmpty && !fence;
    start = nextLine(text, end);
  }
  return { ...(fence ? { openFence: fence.start } : {}), paragraph, labels };
}

/** Of a paragraph longer than this, no more is parsed. UTF-16. */
const longestParagraph = 20_000;

/** Nothing of ATT&CK is written in these. */
const closed = new Set(["FencedCode", "CodeBlock", "InlineCode", "Comment", "CommentBlock", "HTMLTag", "URL"]);

const markdown = parser.configure([GFM]);

/** Whether an id or a name can be written at an offset: not in code, comments, addresses, tags and link definitions. */
export function isWritable(text: string, from: number, offset: number): boolean {
  const lineStart = startOfLine(text, offset);
  const { openFence, paragraph } = linesBefore(text, from, lineStart);
  if (openFence !== undefined) return false;
  const line = text.slice(lineStart, lineEnd(text, offset));
  if (/^[ \t>]*\[[^\][]*\]:/.test(line)) return false;
  // The line alone, where the paragraph is too long to be a person's.
  const start = offset - paragraph > longestParagraph ? lineStart : paragraph;
  const gap = /\r?\n[ \t>]*\r?\n|\r[ \t>]*\r|$/.exec(text.slice(offset, offset + longestParagraph));
  const source = text
    .slice(start, offset + (gap?.index ?? 0))
    .replaceAll("\r\n", " \n")
    .replaceAll("\r", "\n");
  const tree = markdown.parse(source);
  const at = offset - start;
  for (let node: ReturnType<typeof tree.resolve> | null = tree.resolveInner(at, -1); node; node = node.parent)
    if (closed.has(node.name) && (node.to > at || node.name.endsWith("Block") || node.name === "URL")) return false;
  return !opensSpan(source, lineStart - start, at);
}

/** Whether a code span, a tag or the target of a link begins before the cursor, without being closed yet. */
function opensSpan(source: string, lineStart: number, at: number): boolean {
  let words = "";
  const tree = markdown.parse(source.slice(0, at));
  let read = lineStart;
  tree.iterate({
    from: lineStart,
    to: at,
    enter: ({ name, from, to }) => {
      if (name !== "InlineCode") return;
      words += source.slice(read, Math.max(read, from));
      read = to;
    },
  });
  words += source.slice(Math.min(read, at), at);
  return (
    /(?<!\\)`|<[a-z][^<>]*$/iu.test(words) || /(?:https?:\/\/|www\.)\S*$/iu.test(words) || /\]\([^)\s]*$/u.test(words)
  );
}

export const startOfLine = (text: string, offset: number): number =>
  Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  const end = feed < 0 ? text.length : feed;
  const back = text.slice(from, end).indexOf("\r");
  return back < 0 ? end : from + back;
}

const nextLine = (text: string, end: number): number => end + (text.startsWith("\r\n", end) ? 2 : 1);
