import { ofWords, type Words } from "./report.ts";
import { wordsOf } from "./text-words.ts";

/** Numbers of rows, of all tables, by the words that open them. */
const rowsBy = new Map<string, number[]>();
let count = 0;

/** Rows that a block's words open, of those that were known when it was read. */
const openedBy = ofWords(({ text }) => {
  const opened = new Set<number>();
  for (const { lower } of wordsOf(text)) for (const row of rowsBy.get(lower) ?? none) opened.add(row);
  return { rows: [...opened].sort((a, b) => a - b), known: count };
});

const none: readonly number[] = [];

/**
 * Of the rows of a table of rules those that a block may satisfy: it has one of the words (lower case, letters and digits
 * alone) without which the row never holds. However many tables there are, a block's words are looked through once.
 */
export function gated<Row>(
  table: readonly Row[],
  opening: (row: Row) => readonly string[],
): (words: Words) => readonly Row[] {
  const first = count;
  count += table.length;
  table.forEach((row, index) => {
    for (const word of opening(row)) {
      const known = rowsBy.get(word);
      if (known) known.push(first + index);
      else rowsBy.set(word, [first + index]);
    }
  });
  return (words) => {
    const { rows, known } = openedBy(words);
    // A table that came later was not asked.
    if (known <= first) return table;
    return rows.flatMap((row) => {
      const found = row >= first ? table[row - first] : undefined;
      return found === undefined ? [] : [found];
    });
  };
}
