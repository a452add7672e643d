import { lineAt, type Block, type Range, type Report, type Sentence } from "../report/report.ts";
import type { Mention } from "./mention.ts";

/** Finds where in a report's blocks and sentences a source offset lies, by bisection. */
export function placeOf(report: Report, offset: number): Mention["place"] {
  const block = lastStartingAt(report.blocks, offset);
  if (block === undefined) return undefined;
  const found = report.blocks[block];
  if (!found || offset >= found.end) return undefined;
  const sentence = lastStartingAt(found.sentences, offset);
  return { block, sentence: sentence ?? 0 };
}

function lastStartingAt(ranges: readonly Range[], offset: number): number | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? low - 1 : undefined;
}

export function sentenceAt(report: Report, place: Mention["place"]): { block: Block; sentence: Sentence } | undefined {
  const block = place && report.blocks[place.block];
  const sentence = block?.sentences[place?.sentence ?? 0];
  return block && sentence && { block, sentence };
}

/** A sentence as a key, or the whole row in a table: its cells speak of one thing. */
export function placeKey(report: Report, { block, sentence }: NonNullable<Mention["place"]>): string {
  const table = report.blocks[block]?.table;
  return table ? `row ${table.table}/${table.row}` : `${block}.${sentence}`;
}

/** Longest evidence that is quoted whole; the rest is cut at a word with an ellipsis. */
const longestEvidence = 600;

/** The words around a place as a reader sees them: the sentence, else the line of the source. */
export function evidenceAt(report: Report, place: Mention["place"], offset: number): string {
  const found = sentenceAt(report, place);
  if (found?.block.table) return shorten(rowText(report, found.block));
  if (found)
    return shorten(
      found.block.text.slice(found.sentence.textStart, found.sentence.textEnd).replace(/\s+/g, " ").trim(),
    );
  const line = lineAt(report, offset);
  const start = report.lineStarts[line - 1] ?? 0;
  return shorten(
    report.text
      .slice(start, Math.min(report.lineStarts[line] ?? report.text.length, start + 4 * longestEvidence))
      .replace(/\s+/g, " ")
      .trim(),
  );
}

/** A cell alone says little: the words of its whole row, with bars between the cells. */
const rowText = (report: Report, block: Block): string =>
  rowOf(report, block)
    .map(({ text }) => text.replace(/\s+/g, " ").trim())
    .join(" | ");

/** The cells of the row that a cell stands in, itself included. */
export function rowOf(report: Report, { index, table }: Block): readonly Block[] {
  const inRow = (at: number): boolean => {
    const other = report.blocks[at]?.table;
    return other !== undefined && other.table === table?.table && other.row === table.row;
  };
  let first = index;
  let last = index;
  while (inRow(first - 1)) first -= 1;
  while (inRow(last + 1)) last += 1;
  return report.blocks.slice(first, last + 1);
}

function shorten(text: string): string {
  if (text.length <= longestEvidence) return text;
  const cut = text.lastIndexOf(" ", longestEvidence);
  return `${text.slice(0, cut > longestEvidence / 2 ? cut : longestEvidence)} …`;
}
