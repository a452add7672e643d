import { rowOf } from "../mapping/place.ts";
import { ofWords, type Block, type Report, type Words } from "../report/report.ts";
import { noCoinedNames } from "./rules/evidence.ts";
import { anybody, doerColumns, everybody, handleName, partyHeadings, partyWords } from "./rules/introductions.ts";

/** A name in small letters in a block; `at` is an offset into its text. */
export interface Handle {
  readonly block: Block;
  readonly at: number;
  readonly name: string;
  /** By its place in a table alone. */
  readonly isListed: boolean;
}

/**
 * Names in small letters that no word around them gives to somebody: headings that number the parties, and the column in which an
 * author says who did what stands beside it, if the program knows another one in it.
 */
export function handlesOf(
  report: Report,
  /** Whether the program knows an actor in a cell. */
  isKnown: (cell: Block) => boolean,
): readonly Handle[] {
  const columns = doersIn(report, isKnown);
  const listed = columns.flatMap(({ cells }) =>
    cells.flatMap((block) => partsOf(block).map((part) => ({ block, ...part }))),
  );
  const inTable = new Set(listed.map(({ name }) => name));
  return [
    ...report.blocks.flatMap((block): readonly Handle[] => {
      const part = inHeading(block);
      return part && (part.isSetOff || inTable.has(part.name) || opensSentence(report, part.name))
        ? [{ block, at: part.at, name: part.name, isListed: false }]
        : [];
    }),
    ...listed.map((each) => ({ ...each, isListed: true })),
  ];
}

/** A column of a table whose cells say who did what stands beside them. */
export interface DoerColumn {
  readonly table: number;
  readonly column: number;
  readonly cells: readonly Block[];
}

/** Columns of which the header says that their cells say who it was, and in which an actor stands whom the program knows. */
export function doersIn(report: Report, isKnown: (cell: Block) => boolean): readonly DoerColumn[] {
  const columns = new Map<string, { readonly table: number; readonly column: number; readonly cells: Block[] }>();
  for (const block of report.blocks) {
    const { table } = block;
    if (!table || !doerColumns.test(table.header.trim())) continue;
    const key = `${table.table}/${table.column}`;
    const known = columns.get(key) ?? { table: table.table, column: table.column, cells: [] };
    columns.set(key, known);
    if (table.row > 0) known.cells.push(block);
  }
  return [...columns.values()].filter(({ cells }) => cells.some(isKnown));
}

/** Whom a row's cell in one of these columns means; absent where the row has no such cell. */
export function doerOfRow(block: Block, report: Report, columns: readonly DoerColumn[]): DoerOfRow | undefined {
  const column = columns.find(({ table }) => table === block.table?.table);
  if (!column || block.table?.row === 0) return undefined;
  const cell = rowOf(report, block).find(({ table }) => table?.column === column.column);
  const text = cell?.text.trim() ?? "";
  if (!cell || anybody.test(text)) return undefined;
  return { who: everybody.test(text) ? "everybody" : "somebody", cell, cells: column.cells };
}

interface DoerOfRow {
  readonly who: "everybody" | "somebody";
  readonly cell: Block;
  /** All that the column has. */
  readonly cells: readonly Block[];
}

/** The names in small letters of a cell: “copperline, callers”. */
const partsOf = ofWords(({ text }): readonly { readonly name: string; readonly at: number }[] =>
  text.length > longestCell
    ? []
    : [...text.matchAll(/[^,;/&\s]+(?: (?!and )[^,;/&\s]+)*/gu)].flatMap((match) => {
        const name = match[0];
        return handleName.test(name) && mayBeHandle(name) ? [{ name, at: match.index }] : [];
      }),
);

/** UTF-16 units. */
const longestCell = 80;

const mayBeHandle = (name: string): boolean =>
  !partyWords.has(name) &&
  !noCoinedNames.has(name) &&
  !anybody.test(name) &&
  !everybody.test(name) &&
  !/^[\d.-]+$/u.test(name);

/** The name in small letters of a heading that numbers its party. */
const inHeading = ofWords(
  (words): { readonly name: string; readonly at: number; readonly isSetOff: boolean } | undefined => {
    const match = words.kind === "heading" ? partyHeadings.exec(words.text) : null;
    const name = match?.groups?.["name"] ?? "";
    if (!match || !handleName.test(name) || !mayBeHandle(name)) return undefined;
    const at = match[0].lastIndexOf(name);
    return { name, at, isSetOff: isSetOff(words, at, name) };
  },
);

/** Whether a name is no word of the language: in quotation marks, as code, or with a digit or a line in it. */
const isSetOff = ({ text, inlineCode }: Words, at: number, name: string): boolean =>
  /[\d_]/u.test(name) ||
  (/["“‘]/u.test(text.charAt(at - 1)) && /["”’]/u.test(text.charAt(at + name.length))) ||
  inlineCode.some(({ start, end }) => start <= at && at < end);

/** Whether a report begins a sentence with a name in small letters, as it would with no word of the language. */
const opensSentence = ({ blocks }: Report, name: string): boolean =>
  blocks.some((block) => block.kind === "paragraph" && openersIn(block).has(name));

/** The words in small letters with which sentences begin. */
const openersIn = ofWords(
  ({ text, sentences }): ReadonlySet<string> =>
    new Set(
      sentences.flatMap(
        ({ textStart, textEnd }) =>
          opener.exec(text.slice(textStart, Math.min(textEnd, textStart + 40)))?.groups?.["word"] ?? [],
      ),
    ),
);
const opener = /^(?<word>[\p{Ll}\d][\p{L}\d_-]{2,30})(?=['’]s |,? )/u;
