import { cutText } from "./mapped-text.ts";
import { asLeaf, placeBlock, type RawBlock } from "./raw-block.ts";

const none = new Map();

/** Text without any marks, from `start` on: paragraphs with blank lines between them. */
export function readPlainText(source: string, start: number): readonly RawBlock[] {
  const blocks: RawBlock[] = [];
  const add = (from: number, until: number): void => {
    const to = from + source.slice(from, until).trimEnd().length;
    const content = cutText(source, from, to, []);
    if (content.text.trim() === "") return;
    const block = {
      kind: "paragraph",
      start: from,
      end: to,
      content,
      inlineCode: [],
      emphases: [],
      links: [],
      quoteDepth: 0,
    } as const;
    for (const read of asLeaf(from, [block], [], none).blocks) blocks.push(placeBlock(read, from, 0, none));
  };
  let from = start;
  for (const match of source.slice(start).matchAll(/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*/g)) {
    add(from, start + match.index);
    from = start + match.index + match[0].length;
  }
  add(from, source.length);
  return blocks;
}
