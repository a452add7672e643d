import { readDirectives } from "./directives.ts";
import { readFrontMatter } from "./front-matter.ts";
import { finish, type Steps } from "../steps.ts";
import type { MarkdownMemory } from "./markdown.ts";
import { readMarkdown, type RawMarkdown } from "./markdown.ts";
import { restoreLineEnds } from "./line-ends.ts";
import { matchesOf } from "./matches.ts";
import { readPlainText } from "./plain-text.ts";
import type { RawBlock } from "./raw-block.ts";
import type { Block, Range, Report, ReportProblem, Section } from "./report.ts";
import { findTechniqueTables } from "./technique-tables.ts";

export interface ParseOptions {
  /** Names the report; its ending decides the format where none is given. */
  readonly path: string;
  readonly format?: "markdown" | "text";
}

/** Reads a report. Any string is one: what is no Markdown is text, and faults are in `problems`. */
export function parseReport(text: string, options: ParseOptions): Report {
  return finish(readReport(text, options));
}

/** As {@link parseReport}, in steps; with a memory, what has not changed since the last reading is not read again. */
export function* readReport(text: string, options: ParseOptions, memory?: MarkdownMemory): Steps<Report> {
  const format = options.format ?? (/\.te?xt$/i.test(options.path) ? "text" : "markdown");
  const { range, frontMatter, problems } = readFrontMatter(text);
  const start = range?.end ?? (text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const tooHard = format === "markdown" ? whyTooHard(text) : undefined;
  const plain = format === "text" || tooHard !== undefined;
  const raw = plain
    ? { blocks: readPlainText(text, start), comments: [] }
    : yield* readWithAnyLineEnds(text, start, memory);
  yield;
  const { tables, comments, problems: mismatched } = findTechniqueTables(text, raw.comments);
  const own =
    tables.length === 0 ? raw.blocks : raw.blocks.filter((block) => !tables.some((table) => lies(block, table)));
  const sections = cutSections(own, text.length);
  const blocks = placeBlocks(own, sections);
  const { directives, problems: misread } = readDirectives({ text, comments, blocks, sections });
  const guard: readonly ReportProblem[] =
    tooHard === undefined ? [] : [{ start: 0, end: 0, message: `read as plain text: ${tooHard}` }];
  return {
    path: options.path,
    title: titleOf(frontMatter?.title, blocks, options.path),
    text,
    lineStarts: lineStartsOf(text),
    sections,
    blocks,
    ...(frontMatter ? { frontMatter } : {}),
    directives,
    tables,
    comments:
      tables.length === 0
        ? comments
        : [...comments, ...tables.map(({ start, end }) => ({ start, end }))].sort((a, b) => a.start - b.start),
    problems: [...problems, ...misread, ...mismatched, ...guard].sort((a, b) => a.start - b.start),
  };
}

const lies = (block: Range, { start, end }: Range): boolean => start <= block.start && block.end <= end;

function* readWithAnyLineEnds(text: string, start: number, memory?: MarkdownMemory): Steps<RawMarkdown> {
  if (!text.includes("\r\n")) return yield* readMarkdown(text, start, memory);
  const returnsBefore = text.slice(0, start).split("\r\n").length - 1;
  const read = yield* readMarkdown(text.replaceAll("\r\n", "\n"), start - returnsBefore, memory);
  return restoreLineEnds(text, read);
}

/** Inline Markdown takes time that grows with the square of a run of brackets or stars, nested blocks with their depth: past these no person wrote it. */
const limits = { line: 200_000, marksInParagraph: 5_000, nesting: 100, characters: 20_000_000 } as const;

/** What a character of ASCII may be to the parser; all others are words. */
const characterKind = { word: 0, blank: 1, nesting: 2, mark: 4 } as const;

/** Kinds by character code: every character of a report is looked up at every key. */
const kindsOfCharacters = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (" \t\r".includes(character)) return characterKind.blank;
  return (
    (">+-*".includes(character) ? characterKind.nesting : 0) | ("[]*_`<~".includes(character) ? characterKind.mark : 0)
  );
});

/** Why a text had better not be read as Markdown; `undefined` for what people write. */
function whyTooHard(text: string): string | undefined {
  if (text.length > limits.characters) return `longer than ${limits.characters} characters`;
  let marks = 0;
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (end - start > limits.line) return `a line of more than ${limits.line} characters`;
    let depth = 0;
    let indent = 0;
    let leading = true;
    let blank = true;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      const kind = code < 128 ? (kindsOfCharacters[code] as number) : characterKind.word;
      if (kind === characterKind.blank) {
        if (leading) indent += 1;
        continue;
      }
      blank = false;
      if (leading && (kind & characterKind.nesting) !== 0) depth += 1;
      else leading = false;
      if ((kind & characterKind.mark) !== 0) marks += 1;
    }
    if (!blank && indent > limits.nesting * 4) return `blocks nested more than ${limits.nesting} deep`;
    if (depth > limits.nesting && end - start > 0 && !isRule(text, start, end))
      return `blocks nested more than ${limits.nesting} deep`;
    if (blank) marks = 0;
    if (marks > limits.marksInParagraph) return `more than ${limits.marksInParagraph} marks in one paragraph`;
    start = end + 1;
  }
  return undefined;
}

/** A line of hyphens or stars is a rule, however long. */
const isRule = (text: string, start: number, end: number): boolean => /^[-*\s]*$/.test(text.slice(start, end));

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  // Carriage returns alone ended lines on the first Macs.
  const alone = matchesOf(text, /\r(?!\n)/g);
  if (alone.length === 0) return starts;
  return [...starts, ...alone.map(({ index }) => index + 1)].sort((a, b) => a - b);
}

/** Sections from headings: each runs to the next heading of its level or above. */
function cutSections(blocks: readonly RawBlock[], length: number): readonly Section[] {
  type Open = { -readonly [K in keyof Section]: Section[K] };
  const sections: Open[] = [{ index: 0, level: 0, title: "", path: [], start: 0, end: length }];
  let current: Open | undefined = sections[0];
  for (const { kind, level = 1, start, text } of blocks) {
    if (kind !== "heading") continue;
    while (current && current.level >= level) {
      current.end = start;
      current = current.parent === undefined ? undefined : sections[current.parent];
    }
    const title = text.replace(/\s+/g, " ").trim();
    const parent: Open | undefined = current ?? sections[0];
    const section: Open = {
      index: sections.length,
      level,
      title,
      path: [...(parent?.path ?? []), title],
      start,
      end: length,
      ...(parent ? { parent: parent.index } : {}),
    };
    sections.push(section);
    current = section;
  }
  return sections;
}

/** Numbers the blocks, which nobody else holds yet, and tells them their sections. */
function placeBlocks(raw: readonly RawBlock[], sections: readonly Section[]): readonly Block[] {
  let section = 0;
  raw.forEach((block, index) => {
    if (block.kind === "heading") {
      while ((sections[section + 1]?.start ?? Infinity) <= block.start) section += 1;
    }
    block.index = index;
    block.section = section;
  });
  return raw;
}

/** A heading with a number, as parts have. */
const isPart = /^(?:\d{1,2}|[IVX]{1,4})[.)]? \S/u;
/** UTF-16 units of a title that stands without a mark. */
const longestPlainTitle = 120;

const shortLine = (line: string | undefined): string | undefined =>
  line !== undefined && line.length <= longestPlainTitle && !/[.:;,]\s*$/u.test(line) ? line : undefined;

/** Titles longer than this are cut for messages and layers. */
const longestTitle = 200;

function titleOf(declared: string | undefined, blocks: readonly Block[], path: string): string {
  const heading = blocks.find(({ kind }) => kind === "heading");
  const first = blocks.find(({ kind }) => kind !== "code");
  const sentence = first?.sentences[0];
  // A sentence that becomes a name has no full stop.
  const line =
    first && sentence
      ? first.text
          .slice(sentence.textStart, sentence.textEnd)
          .trim()
          .replace(/(?<=[\p{L}\p{N})])\.$/u, "")
      : undefined;
  // Whose first heading is that of its first part has its title above.
  const above =
    heading && first && first.start < heading.start && isPart.test(heading.text) ? shortLine(line) : undefined;
  const title = declared ?? above ?? heading?.text ?? line ?? path.replace(/^.*[\\/]/, "").replace(/\.\w+$/, "");
  return title.replace(/\s+/g, " ").trim().slice(0, longestTitle);
}
