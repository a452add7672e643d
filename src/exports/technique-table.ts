import type { Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { isLabel } from "../attack/labels.ts";
import { nameKey } from "../attack/names.ts";
import type { Block, Range, Report } from "../report/report.ts";
import type { Evidence } from "../campaigns/campaign.ts";
import { campaignsToExport, type ExportOptions } from "./export.ts";
import { toLink } from "./link.ts";
import { escapeMarkdown } from "./markdown.ts";
import { evidenceOf, usersOf, type User } from "./matrix.ts";
import { surenessInWords } from "./sureness.ts";
import { cleanText, shortened } from "./text.ts";

/** Between these two comments the program writes; see `src/report/technique-tables.ts`. */
const marks = { opening: "<!-- attack: table -->", closing: "<!-- attack: /table -->" } as const;

/** Of an appendix, and of a table at a report's end. */
export const tableHeading = "## MITRE ATT&CK techniques";

/** Quotations in one row, and characters of each. */
const quotations = { most: 3, longest: 300 } as const;

/**
 * Tactic, technique and its use, as agencies print them: by tactic in the order of the data, one domain after the other, then by name. No lines of
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
  const domainsOf = (own: readonly string[]): string =>
    catalogue.domains
      .filter(({ domain }) => own.includes(domain))
      .map(({ name }) => cell(name.replace(/ ATT&CK$/u, "")))
      .join(", ");
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
    const evidence = usesIn(evidenceOf(users), users, catalogue)
      .slice(0, quotations.most)
      .map((text) => `“${cell(shortened(text, quotations.longest))}”`);
    return [
      {
        key: [first ? order.indexOf(first) : order.length, fullName(technique, catalogue), id] as const,
        cells: [
          domainsOf(technique.domains),
          tactics.map(({ name }) => cell(name)).join(", "),
          toLink(technique, id),
          cell(fullName(technique, catalogue)),
          users.map(({ campaign }) => cell(campaign.name)).join(", "),
          basisOf(users),
          evidence.join("<br>"),
        ],
      },
    ];
  });
  rows.sort(
    ({ key: [a, aName, aId] }, { key: [b, bName, bId] }) => a - b || compare(aName, bName) || compare(aId, bId),
  );
  // Where all is of one domain, one actor did it all, or the report states it all, a column of it says nothing.
  const tells = (column: string, cells: readonly string[]): boolean =>
    column === "Basis"
      ? cells.some((one) => one !== stated)
      : !["Domain", "Used by"].includes(column) || new Set(cells).size > 1;
  const columns = header.flatMap((column, at) =>
    tells(
      column,
      rows.map(({ cells }) => cells[at] ?? ""),
    )
      ? [at]
      : [],
  );
  const line = (cells: readonly string[]): string => `| ${columns.map((column) => cells[column] ?? "").join(" | ")} |`;
  const versions = catalogue.domains
    .filter(({ domain }) => ids.some((id) => catalogue.get(id)?.domains.includes(domain)))
    .map(({ name, version }) => `${cell(name)}, version ${cell(version)}`);
  return [
    `Techniques of ${versions.join("; ")}:`,
    "",
    line(header),
    line(header.map(() => "---")),
    ...rows.map(({ cells }) => line(cells)),
  ].join("\n");
}

const header = ["Domain", "Tactic", "ID", "Technique", "Used by", "Basis", "Use"] as const;

const stated = "stated";

/** Whether the report states it, or how likely it describes it. */
function basisOf(users: readonly User[]): string {
  if (users.some(({ technique }) => technique.status === "stated")) return stated;
  const confidence = Math.max(...users.map(({ technique }) => technique.confidence));
  return surenessInWords({ status: "inferred", confidence });
}

/** Sentences of the text before rows of its tables; of rows, the cells that say more than who and which technique. */
function usesIn(evidence: readonly Evidence[], users: readonly User[], catalogue: Catalogue): readonly string[] {
  const actors = new Set(users.flatMap(({ campaign: { name, aliases } }) => [name, ...aliases].map(nameKey)));
  const said = evidence.map(({ text }) => {
    const cells = text.split(" | ");
    const rest = cells.filter((each) => !isLabel(each, catalogue, actors));
    return { text: rest.join(" | "), isRow: rest.length < cells.length };
  });
  const sentences = said.filter(({ isRow }) => !isRow);
  return [...new Set((sentences.length > 0 ? sentences : said).map(({ text }) => text))].filter((text) => text !== "");
}

/** The table between its two comments: what is inserted into a report. */
export const markedTable = (table: string): string => `${marks.opening}\n\n${table}\n\n${marks.closing}`;

/** A replacement of source text; `start === end` inserts. */
export interface TableEdit extends Range {
  readonly text: string;
}

/**
 * What brings the report's tables up to date; where it has none, what inserts one behind the paragraph at `at` (UTF-16
 * offset), by default behind the author's own table of techniques, else at the end under a heading of its own. Line ends
 * are the report's own. Empty where nothing would change.
 */
export function tableEdits(report: Report, table: string, at?: number): readonly TableEdit[] {
  const { text, tables } = report;
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const inLineEnds = (part: string): string => part.replaceAll("\n", lineEnd);
  const marked = inLineEnds(markedTable(table));
  if (tables.length > 0)
    return tables
      .map(({ start, end }) => ({ start, end, text: marked }))
      .filter(({ start, end }) => text.slice(start, end) !== marked);
  const own = at === undefined ? ownTable(report) : undefined;
  const place = behindParagraph(report, at ?? own?.end ?? text.length);
  // At the end the last section would have it, if there are more than the title's.
  const heading = at === undefined && !own && report.sections.length > 2 ? inLineEnds(`${tableHeading}\n\n`) : "";
  const before = text.slice(0, place);
  const after = text.slice(place);
  const blank = (side: string, gap: RegExp): string => (side.trim() === "" || gap.test(side) ? "" : lineEnd);
  const lead = before === "" || /[\r\n]$/.test(before) ? "" : lineEnd;
  return [
    {
      start: place,
      end: place,
      text: `${lead}${blank(before, /(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))$/)}${heading}${marked}${lineEnd}${blank(after, /^[ \t]*(?:\r\n|\n|\r(?!\n))/)}`,
    },
  ];
}

/** Last cell of the last table in which the author lists techniques: ids stand in two of its rows or more. */
export function ownTable({ blocks }: Report): Block | undefined {
  const rows = new Map<number, Set<number>>();
  for (const { table, text } of blocks) {
    if (!table || !/\bT\d{4}\b/.test(text)) continue;
    const found = rows.get(table.table) ?? new Set();
    rows.set(table.table, found.add(table.row));
  }
  const own = [...rows].findLast(([, { size }]) => size > 1)?.[0];
  return own === undefined ? undefined : blocks.findLast(({ table }) => table?.table === own);
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
