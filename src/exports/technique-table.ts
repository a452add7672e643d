import type { Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Range, Report } from "../report/report.ts";
import { campaignsToExport, type ExportOptions } from "./export.ts";
import { toLink } from "./link.ts";
import { escapeMarkdown } from "./markdown.ts";
import { evidenceOf, usersOf } from "./matrix.ts";
import { cleanText, shortened } from "./text.ts";

/** Between these two comments the program writes; see `src/report/technique-tables.ts`. */
const marks = { opening: "<!-- attack: table -->", closing: "<!-- attack: /table -->" } as const;

/** Quotations in one row, and characters of each. */
const quotations = { most: 3, longest: 300 } as const;

/**
 * Tactic, technique and its use, as agencies print them: by tactic in the order of the data, then by name. No lines of
 * the report are named, since the table itself moves them: the same report yields the same table for ever.
 */
export function techniqueTable(
  analysis: Analysis,
  catalogue: Catalogue,
  options: Pick<ExportOptions, "campaigns">,
): string {
  const campaigns = campaignsToExport(analysis, catalogue, options);
  const ids = [...new Set(campaigns.flatMap(({ techniques }) => techniques.map(({ id }) => id)))];
  if (ids.length === 0) return "No techniques are mapped.";
  const order = catalogue.domains.flatMap(({ domain }) => catalogue.tactics(domain));
  const rows = ids.flatMap((id) => {
    const technique = catalogue.get(id);
    if (!technique) return [];
    const users = usersOf(id, campaigns);
    const said = users.flatMap(({ technique: used }) => used.saidTactics);
    const tactics = catalogue
      .tacticsOf(technique)
      .filter(({ tactics: [shortName = ""] }) => said.length === 0 || said.includes(shortName));
    const [first] = tactics;
    const evidence = evidenceOf(users)
      .slice(0, quotations.most)
      .map(({ text }) => `“${cell(shortened(text, quotations.longest))}”`);
    return [
      {
        key: [first ? order.indexOf(first) : order.length, fullName(technique, catalogue), id] as const,
        cells: [
          tactics.map(({ name }) => cell(name)).join(", "),
          toLink(technique, id),
          cell(fullName(technique, catalogue)),
          users.map(({ campaign }) => cell(campaign.name)).join(", "),
          evidence.join("<br>"),
        ],
      },
    ];
  });
  rows.sort(
    ({ key: [a, aName, aId] }, { key: [b, bName, bId] }) => a - b || compare(aName, bName) || compare(aId, bId),
  );
  const actors = new Set(rows.map(({ cells: [, , , users] }) => users));
  // One actor alone needs no column.
  const columns = actors.size > 1 ? [0, 1, 2, 3, 4] : [0, 1, 2, 4];
  const line = (cells: readonly string[]): string => `| ${columns.map((column) => cells[column] ?? "").join(" | ")} |`;
  const versions = catalogue.domains
    .filter(({ domain }) => ids.some((id) => catalogue.get(id)?.domains.includes(domain)))
    .map(({ name, version }) => `${cell(name)}, version ${cell(version)}`);
  return [
    `Techniques of ${versions.join("; ")}:`,
    "",
    line(["Tactic", "ID", "Technique", "Used by", "Use"]),
    line(["---", "---", "---", "---", "---"]),
    ...rows.map(({ cells }) => line(cells)),
  ].join("\n");
}

/** The table between its two comments: what is inserted into a report. */
export const markedTable = (table: string): string => `${marks.opening}\n\n${table}\n\n${marks.closing}`;

/** A replacement of source text; `start === end` inserts. */
export interface TableEdit extends Range {
  readonly text: string;
}

/**
 * What brings the report's tables up to date; where it has none, what inserts one behind the paragraph at `at` (UTF-16
 * offset), by default at the end. Line ends are the report's own. Empty where nothing would change.
 */
export function tableEdits(report: Report, table: string, at = report.text.length): readonly TableEdit[] {
  const { text, tables } = report;
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const marked = markedTable(table).replaceAll("\n", lineEnd);
  if (tables.length > 0)
    return tables
      .map(({ start, end }) => ({ start, end, text: marked }))
      .filter(({ start, end }) => text.slice(start, end) !== marked);
  const place = behindParagraph(report, at);
  const before = text.slice(0, place);
  const after = text.slice(place);
  const blank = (side: string, gap: RegExp): string => (side.trim() === "" || gap.test(side) ? "" : lineEnd);
  const lead = before === "" || /[\r\n]$/.test(before) ? "" : lineEnd;
  return [
    {
      start: place,
      end: place,
      text: `${lead}${blank(before, /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))$/)}${marked}${lineEnd}${blank(after, /^[ \t]*(?:\r\n|\n|\r(?!\n))/)}`,
    },
  ];
}

/** Start of the first empty line behind the block at `at`, so that no paragraph, list, table or code is torn. */
function behindParagraph({ text, blocks, frontMatter }: Report, at: number): number {
  const around = blocks.filter(({ start, end }) => start <= at && at <= end).map(({ end }) => end);
  const from = Math.max(at, frontMatter?.end ?? 0, ...around);
  const gap = /(?:\r\n|\n|\r(?!\n))(?=[ \t]*(?:\r\n|\n|\r|$))/g;
  gap.lastIndex = Math.max(0, from - 1);
  const found = gap.exec(text);
  return found ? found.index + found[0].length : text.length;
}

/** One line of a table's cell. */
const cell = (text: string): string => escapeMarkdown(cleanText(text)).trim();

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
