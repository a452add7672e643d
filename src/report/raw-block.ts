import { ownCopy } from "../own-copy.ts";
import type { MappedText } from "./mapped-text.ts";
import { splitLines, splitSentences } from "./sentences.ts";
import { WordNotes, type Block, type Link, type Range, type TablePlace } from "./report.ts";

/** A block as the parser finds it; its number and its section are filled in when all blocks are known. */
export type RawBlock = Omit<Block, "index" | "section"> & { index: number; section: number };

/** A block just read; every offset is one of the source. */
export interface ReadBlock extends Pick<
  Block,
  "kind" | "start" | "end" | "inlineCode" | "emphases" | "quoteDepth" | "level" | "language" | "listDepth"
> {
  readonly content: MappedText;
  readonly links: readonly ReadLink[];
  readonly table?: Omit<TablePlace, "table">;
}

/** A link; `defined` is the label under which the report says elsewhere where it leads. */
export interface ReadLink extends Link {
  readonly defined?: string;
}

/** Where a label's definition stands, and what it says. */
export interface LinkTarget extends Range {
  readonly url: string;
}

export type Definitions = ReadonlyMap<string, LinkTarget>;

/** What stands between two borders of blocks, wherever that is: offsets are counted from its beginning, but for what is defined elsewhere. */
export interface Leaf {
  readonly blocks: readonly LeafBlock[];
  readonly comments: readonly Range[];
  /** What it asked of the definitions, and the addresses that they gave. */
  readonly asked: ReadonlyMap<string, string | undefined>;
}

type LeafBlock = Omit<Block, "index" | "section" | "links" | "table"> & Pick<ReadBlock, "links" | "table">;

/** The read blocks as they may be remembered: without any hold on the source that they were read from. */
export function asLeaf(
  from: number,
  blocks: readonly ReadBlock[],
  comments: readonly Range[],
  asked: Leaf["asked"],
): Leaf {
  return {
    blocks: blocks.map(({ content, start, end, links, ...block }) => {
      const text = ownCopy(content.text);
      return {
        own: new WordNotes(),
        start: start - from,
        end: end - from,
        text,
        map: content.map.map((offset, at) => (at % 2 === 0 ? offset : offset - start)),
        sentences: block.kind === "code" ? splitLines(text) : splitSentences(text, block.inlineCode),
        links: links.map((link) => ({ ...moveRange(link, -from), url: ownCopy(link.url) })),
        ...block,
      };
    }),
    comments: comments.map((comment) => moveRange(comment, -from)),
    asked,
  };
}

/** Whether the definitions still say what they said when the leaf was read. */
export function isStillSo({ asked }: Leaf, definitions: Definitions): boolean {
  // Most ask nothing, and to go through an empty map takes time, too.
  if (asked.size === 0) return true;
  for (const [label, url] of asked) if (definitions.get(label)?.url !== url) return false;
  return true;
}

/** A leaf's block in a source in which the leaf begins at `from`; `table` is the number of the table that it stands in. */
export function placeBlock(block: LeafBlock, from: number, table: number, definitions: Definitions): RawBlock {
  const { links, kind, text, map, own, sentences, inlineCode, emphases, language, level, listDepth, quoteDepth } =
    block;
  // All blocks have the same properties in the same order: engines read thousands of such objects much faster.
  return {
    index: 0,
    section: 0,
    kind,
    start: block.start + from,
    end: block.end + from,
    text,
    map,
    own,
    sentences,
    inlineCode,
    emphases,
    links: links.length === 0 ? links : links.map((link) => placeLink(link, from, definitions)),
    language,
    level,
    table: block.table && { table, ...block.table },
    listDepth,
    quoteDepth,
  };
}

function placeLink({ defined, ...link }: ReadLink, from: number, definitions: Definitions): Link {
  const target = defined === undefined ? undefined : definitions.get(defined);
  return target ? { ...link, start: target.start, end: target.end } : moveRange(link, from);
}

const moveRange = <T extends Range>(range: T, by: number): T => ({
  ...range,
  start: range.start + by,
  end: range.end + by,
});
