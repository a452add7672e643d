import { firstFrom } from "../report/ranges.ts";
import {
  lineAt,
  ofReport,
  ofWords,
  sentenceRange,
  toSource,
  type Block,
  type Range,
  type Report,
  type Sentence,
  type TablePlace,
} from "../report/report.ts";
import type { AttackObject } from "../attack/catalogue.ts";
import { mentioned, type Mention } from "./mention.ts";

/** Finds where in a report's blocks and sentences a source offset lies, by bisection. */
export function placeOf(report: Report, offset: number): Mention["place"] {
  const block = firstFrom(report.blocks, offset + 1) - 1;
  const found = report.blocks[block];
  if (!found || offset >= found.end) return undefined;
  const { sentences } = found;
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (toSource(found, sentences[middle]?.textStart ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return { block, sentence: Math.max(0, low - 1) };
}

/** What a mention says, wherever it stands. */
interface Said extends Pick<Mention, "by" | "status" | "confidence" | "why" | "written"> {
  readonly object: AttackObject;
}

/**
 * A mention that stands at a range of the source and speaks of the sentence around `about`.
 * All mentions have the same properties in the same order: engines read thousands of such objects much faster.
 */
export function mentionAt(
  report: Report,
  { start, end }: Range,
  place: Mention["place"],
  { object, by, status, confidence, why, written }: Said,
  about = start,
): Mention {
  return {
    start,
    end,
    line: lineAt(report, about),
    text: report.text.slice(start, end),
    object: mentioned(object),
    by,
    status,
    confidence,
    evidence: evidenceAt(report, place, about),
    why,
    place,
    written,
  };
}

/** The block and the sentence at a place, and where the sentence stands in the source. */
export function sentenceAt(
  report: Report,
  place: Mention["place"],
): { readonly block: Block; readonly sentence: Sentence & Range } | undefined {
  const block = place && report.blocks[place.block];
  const sentence = block?.sentences[place?.sentence ?? 0];
  if (!block || !sentence) return undefined;
  const { textStart, textEnd } = sentence;
  const { start, end } = sentenceRange(block, sentence);
  return { block, sentence: { textStart, textEnd, start, end } };
}

/** Stands for a sentence, or for the whole row in a table: its cells speak of one thing. Says nothing beyond its report. */
export type PlaceKey = number;

export function placeKey(report: Report, { block, sentence }: NonNullable<Mention["place"]>): PlaceKey {
  const found = report.blocks[block];
  // Blocks do not overlap, and none has more sentences than characters; rows count below 0.
  return found?.table ? rowKey(found.table) : (found?.start ?? 0) + sentence;
}

/** The same for a row that is known by its numbers. */
export const rowKey = ({ table, row }: Pick<TablePlace, "table" | "row">): PlaceKey => -1 - (table * mostRows + row);

/** No table has more rows than this. */
const mostRows = 2 ** 22;

const placed = new WeakMap<readonly Mention[], ReadonlyMap<PlaceKey, readonly Mention[]>>();

/** Where techniques are mentioned. */
export const techniquePlaces = (report: Report, mentions: readonly Mention[]): ReadonlySet<PlaceKey> =>
  new Set(
    mentions.flatMap(({ object, place }) => (object.type === "technique" && place ? [placeKey(report, place)] : [])),
  );

/** All mentions by the sentence or row in which they stand. */
export function mentionsByPlace(
  report: Report,
  mentions: readonly Mention[],
): ReadonlyMap<PlaceKey, readonly Mention[]> {
  const known = placed.get(mentions);
  if (known) return known;
  const found = new Map<PlaceKey, Mention[]>();
  for (const mention of mentions) {
    if (!mention.place) continue;
    const key = placeKey(report, mention.place);
    const list = found.get(key);
    if (list) list.push(mention);
    else found.set(key, [mention]);
  }
  placed.set(mentions, found);
  return found;
}

/** Longest evidence that is quoted whole; the rest is cut at a word with an ellipsis. */
const longestEvidence = 600;

/** The words around a place as a reader sees them: the sentence, else the line of the source. */
export function evidenceAt(report: Report, place: Mention["place"], offset: number): string {
  const found = place && report.blocks[place.block];
  if (found?.table) return rowText(report, found, found.table);
  const quote = found && quotes(found)[place.sentence];
  if (quote !== undefined) return quote;
  const line = lineAt(report, offset);
  const start = report.lineStarts[line - 1] ?? 0;
  return shorten(
    report.text
      .slice(start, Math.min(report.lineStarts[line] ?? report.text.length, start + 4 * longestEvidence))
      .replace(/\s+/g, " ")
      .trim(),
  );
}

/** The sentences of a block as they are quoted. */
const quotes = ofWords(({ text, sentences }) =>
  sentences.map(({ textStart, textEnd }) => shorten(text.slice(textStart, textEnd).replace(/\s+/g, " ").trim())),
);

const rowTextsOf = ofReport(() => new Map<PlaceKey, string>());

/** A cell alone says little: the words of its whole row, with bars between the cells. */
function rowText(report: Report, block: Block, table: TablePlace): string {
  const texts = rowTextsOf(report);
  const key = rowKey(table);
  let text = texts.get(key);
  if (text === undefined) texts.set(key, (text = shorten(rowOf(report, block).map(inOneLine).join(" | "))));
  return text;
}

const inOneLine = ofWords(({ text }) => text.replace(/\s+/g, " ").trim());

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
