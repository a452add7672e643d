import type { Mention } from "../mapping/mention.ts";
import { mentionsByPlace } from "../mapping/place.ts";
import type { Report } from "../report/report.ts";

/** A row of a table, and what it mentions; one that mentions nothing is none. */
export interface MentionedRow {
  /** The table's number in its report. */
  readonly table: number;
  readonly mentions: readonly Mention[];
}

/** The rows of all tables, in the order in which the mentions stand. */
export const mentionedRows = (report: Report, mentions: readonly Mention[]): readonly MentionedRow[] =>
  [...mentionsByPlace(report, mentions).values()].flatMap((inRow) => {
    const place = inRow[0]?.place;
    const table = place && report.blocks[place.block]?.table;
    return table ? [{ table: table.table, mentions: inRow }] : [];
  });

/** The same of what the text states. */
export const statedRows = (report: Report, mentions: readonly Mention[]): readonly MentionedRow[] =>
  mentionedRows(report, mentions).flatMap(({ table, mentions: inRow }) => {
    const stated = inRow.filter(({ status }) => status === "stated");
    return stated.length > 0 ? [{ table, mentions: stated }] : [];
  });
