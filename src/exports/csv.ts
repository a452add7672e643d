import { evidenceColumns, evidenceRows } from "./evidence.ts";
import { someCampaigns, type Export } from "./export.ts";
import { cleanText } from "./text.ts";

/** One row a piece of evidence, as RFC 4180 has it. */
export const csv: Export = {
  id: "csv",
  title: "CSV of the evidence",
  extension: "csv",
  mediaType: "text/csv",
  render: (analysis, catalogue, options) =>
    toCsv([
      evidenceColumns.map(({ title }) => title),
      ...evidenceRows(someCampaigns(analysis, catalogue, options), catalogue).map((row) =>
        evidenceColumns.map(({ value }) => value(row)),
      ),
    ]),
};

/**
 * Rows as CSV: commas, CRLF, quotes where need be. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it (OWASP, "CSV Injection"); numbers stay numbers.
 */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = cleanText(value);
  const harmless = /^[=+\-@\t\r\n]|^\s+[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
