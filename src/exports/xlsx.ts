import { evidenceColumns, evidenceRows } from "./evidence.ts";
import { someCampaigns, type Export } from "./export.ts";
import { buildMatrices, type Cell, type Matrix } from "./matrix.ts";
import { toWorkbook, type Sheet, type SheetCell } from "./workbook.ts";

/** A sheet for the matrix of each domain, and one for the evidence. */
export const xlsx: Export = {
  id: "xlsx",
  title: "Excel workbook: matrix and evidence",
  extension: "xlsx",
  mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  render: (analysis, catalogue, options) => {
    const campaigns = someCampaigns(analysis, catalogue, options);
    const matrices = buildMatrices(campaigns, catalogue);
    const several = campaigns.length > 1;
    const rows = evidenceRows(campaigns, catalogue);
    const evidence: Sheet = {
      name: "Evidence",
      widths: evidenceColumns.map(({ width }) => width),
      frozen: 1,
      filter: true,
      landscape: true,
      rows: [
        evidenceColumns.map(({ title }): SheetCell => ({ value: title, style: "head" })),
        ...rows.map((row) => evidenceColumns.map(({ value }): SheetCell => ({ value: value(row), style: "text" }))),
      ],
    };
    return toWorkbook([...matrices.map((matrix) => matrixSheet(matrix, analysis.report.title, several)), evidence]);
  },
};

/** Title, tactics, then each tactic's techniques below it; with who uses them where there are several. */
function matrixSheet({ domain, columns }: Matrix, title: string, several: boolean): Sheet {
  const stacks = columns.map(({ cells }) =>
    cells.flatMap((cell) => [
      toCell(cell, false, several),
      ...cell.subtechniques.map((sub) => toCell(sub, true, several)),
    ]),
  );
  const deepest = Math.max(...stacks.map(({ length }) => length));
  return {
    name: domain.name,
    widths: columns.map(() => 26),
    frozen: 3,
    landscape: true,
    rows: [
      [{ value: title, style: "title" }],
      [{ value: `${domain.name} ${domain.version}`, style: "muted" }],
      columns.map(({ tactic }): SheetCell => ({ value: tactic.name, style: "head" })),
      ...Array.from({ length: deepest }, (_, row) => stacks.map((stack) => stack[row])),
      [],
      [
        { value: "stated by the report", style: "stated" },
        { value: "inferred from its words", style: "described" },
      ],
    ],
  };
}

function toCell({ technique, use }: Cell, sub: boolean, several: boolean): SheetCell {
  const who = several && use ? `\n${use.users.map(({ campaign }) => campaign.name).join(", ")}` : "";
  const value = `${technique.name}\n${technique.id}${who}`;
  if (!use) return { value, style: "parent" };
  if (use.status === "stated") return { value, style: sub ? "statedSub" : "stated" };
  return { value, style: sub ? "describedSub" : "described" };
}
