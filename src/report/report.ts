/**
 * A report as the rooms behind see it: blocks, sections and sentences with exact places in the source.
 *
 * Every `start` and `end` without another word is a half-open range of UTF-16 code units in {@link Report.text}.
 * Everything here is plain readonly data that survives JSON.
 */
export interface Report {
  /** As the caller named it; only for messages and links. */
  readonly path: string;
  /** Front matter `title`, else the first heading, else the first line of text, else the file's name. */
  readonly title: string;
  /** The source, byte order mark and line ends as they came. */
  readonly text: string;
  /** Offset of the first character of each line; line n (from 1) starts at `lineStarts[n - 1]`. */
  readonly lineStarts: readonly number[];
  /** `sections[0]` is the whole report (level 0, no title); the others follow in document order. */
  readonly sections: readonly Section[];
  /** In document order; blocks do not overlap. */
  readonly blocks: readonly Block[];
  readonly frontMatter?: FrontMatter;
  /** What the author says to the program in comments, in document order. */
  readonly directives: readonly Directive[];
  /** Tables of techniques that the program writes into the report; they have no blocks. */
  readonly tables: readonly TechniqueTable[];
  /** HTML comments, directives and technique tables included: nothing in them is part of the text. */
  readonly comments: readonly Range[];
  /** What is wrong with front matter or a directive. */
  readonly problems: readonly ReportProblem[];
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** `<!-- attack: table -->`, what was written from the report, `<!-- attack: /table -->`. Without the second comment, the first one alone. */
export interface TechniqueTable extends Range {
  /** What stands between the two comments. */
  readonly inner: Range;
}

/** A heading and all that stands below it, up to the next heading of its level or above. */
export interface Section extends Range {
  readonly index: number;
  /** Index of the section around it; the root has none. */
  readonly parent?: number;
  /** 0 for the root, 1–6 for headings. */
  readonly level: number;
  /** The heading's text without markup; empty for the root. */
  readonly title: string;
  /** Titles from the outermost section to this one. */
  readonly path: readonly string[];
}

/**
 * What a block says, wherever it stands: all that a rule about words may go by. `own` is the same object for as long as
 * they are the same words, from one version of a report to the next; see {@link ofWords}.
 */
export type Words = Pick<
  Block,
  "kind" | "text" | "sentences" | "inlineCode" | "emphases" | "level" | "language" | "own"
>;

/**
 * Stands for the words of a block and keeps what was computed of them; as data it is empty. The notes lie here and not in
 * weak maps, a table a rule: of thousands of blocks these take the collector of garbage longer than the rules take.
 */
export class WordNotes {
  /** Notes themselves and not objects round them: with thousands of blocks each look into memory counts. */
  readonly #notes: unknown[] = [];

  /** The note in a slot, which belongs to one rule alone; written at the first question. */
  recall<T>(slot: number, compute: (words: Words) => T, words: Words): T {
    const known = this.#notes[slot];
    if (known !== undefined) return (known === nothing ? undefined : known) as T;
    const is = compute(words);
    this.#notes[slot] = is === undefined ? nothing : is;
    return is;
  }
}

/** What stands for `undefined` among the notes, where that is what was computed. */
const nothing = Symbol("nothing");

let slots = 0;

/**
 * Remembers what was computed of a block's words: while an author types, only the blocks that changed are looked at again.
 * What it returns must depend on the words alone.
 */
export function ofWords<T>(compute: (words: Words) => T): (words: Words) => T {
  const slot = slots;
  slots += 1;
  return (words) => words.own.recall(slot, compute, words);
}

/** The same for questions about a whole report: one reading of it is asked once. */
export function ofReport<T>(compute: (report: Report) => T): (report: Report) => T {
  const notes = new WeakMap<Report, { readonly is: T }>();
  return (report) => {
    let known = notes.get(report);
    if (!known) notes.set(report, (known = { is: compute(report) }));
    return known.is;
  };
}

/** As {@link ofWords}, for questions about a part of a block: `key` tells one from all others, and what is computed depends on the words and on it alone. */
export function ofPart<Part, T>(
  key: (part: Part) => string,
  compute: (words: Words, part: Part) => T,
): (words: Words, part: Part) => T {
  const notesOf = ofWords(() => new Map<string, { readonly is: T }>());
  return (words, part) => {
    const notes = notesOf(words);
    const own = key(part);
    let known = notes.get(own);
    if (!known) notes.set(own, (known = { is: compute(words, part) }));
    return known.is;
  };
}

export type BlockKind = "heading" | "paragraph" | "list-item" | "table-cell" | "code" | "html" | "footnote";

export interface Block extends Range {
  readonly index: number;
  readonly kind: BlockKind;
  /** Index into {@link Report.sections} of the innermost section; a heading belongs to the section that it opens. */
  readonly section: number;
  /** What a reader sees: inline markup removed, entities and escapes decoded, alt texts kept, comments left out. Code as it stands. */
  readonly text: string;
  /** Where `text` comes from, counted from the block's start; see {@link toSource}. */
  readonly map: OffsetMap;
  /** Stands for the words themselves, see {@link Words}. */
  readonly own: WordNotes;
  /** Cover all of `text` that is not white space. Code has one "sentence" a non-empty line. */
  readonly sentences: readonly Sentence[];
  /** Inline code, as ranges of `text`. */
  readonly inlineCode: readonly Range[];
  /** What is set in italics or bold, as ranges of `text`; one in the other gives both. */
  readonly emphases: readonly Range[];
  readonly links: readonly Link[];
  /** Info string of a fenced block, first word, lower case; "" where there is none. Only for `code`. */
  readonly language?: string | undefined;
  /** 1–6, of headings. */
  readonly level?: number | undefined;
  readonly table?: TablePlace | undefined;
  /** Nesting of the list, from 1. Only for `list-item`. */
  readonly listDepth?: number | undefined;
  /** How many block quotes stand around it. */
  readonly quoteDepth: number;
}

export interface TablePlace {
  /** Tables are numbered from 0 in document order; rows from 0, the header row being 0; columns from 0. */
  readonly table: number;
  readonly row: number;
  readonly column: number;
  /** Text of the header cell of this column, "" where there is none. */
  readonly header: string;
}

/** A sentence, a heading, a list item's or table cell's run of words, or a line of code: a range of the block's `text`. */
export interface Sentence {
  readonly textStart: number;
  readonly textEnd: number;
}

/** A link or an image: `start`/`end` are the URL's place in the source (for a reference link: in its definition, if it has one). */
export interface Link extends Range {
  readonly url: string;
  /** The label, as a range of the block's `text`; empty for a bare URL's own range. */
  readonly textStart: number;
  readonly textEnd: number;
  readonly image: boolean;
}

/**
 * Pairs `textOffset, sourceOffset, textOffset, sourceOffset, …`, both rising: from each pair on, text and source
 * run in step until the next pair.
 */
export type OffsetMap = readonly number[];

/** What front matter says under `attack:`. */
export interface FrontMatter extends Range {
  /** Where the report is published, with its protocol: `canonical_url`, `canonical`, `url` or `link`. */
  readonly url?: string;
  readonly title?: string;
  /** When it is published, ISO 8601 with milliseconds in UTC: `published` or `date`. */
  readonly date?: string;
  /** Who may read it, as written: `tlp`. */
  readonly tlp?: string;
  readonly domains: readonly string[];
  readonly campaigns: readonly DeclaredCampaign[];
  /** Names of platforms that the report speaks of, as written. */
  readonly platforms: readonly string[];
  readonly ignore: readonly string[];
  /** Domains, addresses and networks that may stand alive in the report, as written. */
  readonly allow: readonly string[];
  /** The version of ATT&CK that it is mapped to, as written: "18.1". */
  readonly version?: string;
}

/** A campaign as its author declares it. `groups` are ids or names. */
export interface DeclaredCampaign {
  readonly name: string;
  readonly groups: readonly string[];
  readonly aliases: readonly string[];
  readonly role: "described" | "referenced";
}

/** `<!-- attack: … -->`; `scope` is where it holds. */
export type Directive =
  | (DirectivePlace & { readonly kind: "campaign"; readonly name: string })
  | (DirectivePlace & { readonly kind: "ignore"; readonly ids: readonly string[] })
  | (DirectivePlace & { readonly kind: "state"; readonly ids: readonly DirectiveId[] });

export interface DirectivePlace extends Range {
  /**
   * campaign: to the end of its section or the next campaign directive, whichever comes first; right before a heading,
   * it belongs to the section that the heading opens; before the first heading, the whole report.
   * by: the sentence, as state has it; such a directive is a campaign's too.
   * ignore: the block around it when it stands in a line of text, else the whole report.
   * state (wins over ignore): the sentence that it stands in or behind; alone on its line, the last sentence before it in its section,
   * else the first one behind it.
   */
  readonly scope: Range;
}

/** Whether a directive stands behind what it speaks of: `by`, not `campaign`. */
export const isOfSentence = ({ scope, start }: DirectivePlace): boolean => scope.start < start;

export interface DirectiveId extends Range {
  readonly id: string;
}

export interface ReportProblem extends Range {
  readonly message: string;
  /** The word that is not known, and those that may stand in its place. */
  readonly unknown?: Range & { readonly takes: readonly string[] };
}

/** Index of the sentence that holds an offset of a block's text, or of the next one; of the last one behind them all. */
export function sentenceHolding({ sentences }: Pick<Block, "sentences">, textOffset: number): number {
  const at = sentences.findIndex(({ textEnd }) => textOffset < textEnd);
  return at < 0 ? Math.max(0, sentences.length - 1) : at;
}

/** The paragraph right below a heading, if there is one. */
export function paragraphBelow({ blocks }: Pick<Report, "blocks">, heading: Block): Block | undefined {
  const next = heading.kind === "heading" ? blocks[heading.index + 1] : undefined;
  return next?.kind === "paragraph" ? next : undefined;
}

/** Whether an offset lies in an HTML comment: what the program itself reads and writes there is no text of the author's. */
export const isInComment = ({ comments }: Pick<Report, "comments">, offset: number): boolean =>
  comments.some(({ start, end }) => start <= offset && offset < end);

/** The line (from 1) that holds `offset`. */
export function lineAt(report: Pick<Report, "lineStarts">, offset: number): number {
  const { lineStarts } = report;
  let low = 0;
  let high = lineStarts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

/**
 * Source offset of `textOffset`, an offset into a block's text. With `side` "end" an offset on a seam belongs to the
 * run before it, so that the end of a marked span does not swallow the markup behind it.
 */
export function toSource(
  { start, map }: Pick<Block, "start" | "map">,
  textOffset: number,
  side: "start" | "end" = "start",
): number {
  const wanted = side === "end" && textOffset > 0 ? textOffset - 1 : textOffset;
  let low = 0;
  let high = map.length >>> 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((map[middle * 2] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  const at = start + (map[low * 2 + 1] ?? 0) + wanted - (map[low * 2] ?? 0);
  return wanted === textOffset ? at : at + 1;
}

/** The inverse of {@link toSource}: the offset in the block's text that a source offset comes from. */
export function toText({ start, map }: Pick<Block, "start" | "map">, sourceOffset: number): number {
  const wanted = sourceOffset - start;
  let low = 0;
  let high = map.length >>> 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((map[middle * 2 + 1] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return Math.max(0, (map[low * 2] ?? 0) + wanted - (map[low * 2 + 1] ?? 0));
}

/** A sentence's place in the source. */
export const sentenceRange = (block: Pick<Block, "start" | "map">, { textStart, textEnd }: Sentence): Range => ({
  start: toSource(block, textStart),
  end: toSource(block, textEnd, "end"),
});

const ownTitles = new WeakMap<Report["sections"], number | undefined>();

/** The section below the report's own title: the only one of the first level, or the one that is called as the report is. */
function titleSection({ sections, title }: Pick<Report, "sections" | "title">): number | undefined {
  if (!ownTitles.has(sections)) {
    const [first, second] = sections.filter(({ level }) => level === 1);
    ownTitles.set(
      sections,
      second ? sections.find((section) => section.level === 1 && section.title === title)?.index : first?.index,
    );
  }
  return ownTitles.get(sections);
}

/** Whether a section is the whole report, or all that stands below its own title: its heading says nothing of a part. */
export const isWhole = (report: Pick<Report, "sections" | "title">, { level, index }: Section): boolean =>
  level === 0 || index === titleSection(report);

const headlines = new WeakMap<Report["sections"], number | undefined>();

/** UTF-16 units of a line above a title: a publisher, a date. */
const longestAbove = 120;

/** The section below the heading that is the whole report's title, of whatever level; none where something is told before it. */
function headlineSection({ sections, title, blocks }: Report): number | undefined {
  if (!headlines.has(sections)) {
    const top = sections.reduce((least, { level }) => (level > 0 ? Math.min(least, level) : least), Infinity);
    const [first, second] = sections.filter(({ level }) => level === top);
    const own = second ? (first?.level === 1 && first.title === title ? first : undefined) : first;
    const isLine = ({ text, sentences }: Block): boolean =>
      sentences.length <= 1 && text.length <= longestAbove && !/[.!?:]["”’]?\s*$/u.test(text);
    const isFirst =
      own !== undefined && blocks.every((block) => block.start >= own.start || block.kind === "html" || isLine(block));
    // One heading below which nothing is divided is that of a part, unless it is of the first level.
    const isOfAll = own !== undefined && (own.level === 1 || sections.some(({ parent }) => parent === own.index));
    headlines.set(sections, isFirst && isOfAll ? own.index : undefined);
  }
  return headlines.get(sections);
}

/** Whether a section's heading is the title of the whole report, which sets none of its parts aside. */
export const isHeadline = (report: Report, { index }: Section): boolean => index === headlineSection(report);

/** The sections that hold a block, from the innermost; neither the whole report nor what stands under its own title. */
export function sectionsAround(report: Pick<Report, "sections" | "title">, { section }: Block): readonly Section[] {
  const { sections } = report;
  const around: Section[] = [];
  for (
    let at = sections[section];
    at && !isWhole(report, at);
    at = at.parent === undefined ? undefined : sections[at.parent]
  )
    around.push(at);
  return around;
}
