import { lineAt, type Range, type Report } from "../../report/report.ts";
import { statedRows } from "../rows.ts";
import type { Rule } from "../rule.ts";

export const duplicateInTable: Rule = {
  id: "duplicate-in-table",
  severity: "info",
  description: "The same technique twice in a table, for the same tactic and the same actor.",
  help: "Put both uses into one row. A technique of two tactics, or of two actors, has a row for each.",
  check: ({ report, mapping }) => {
    const seen = new Set<string>();
    return statedRows(report, mapping.mentions).flatMap(({ table, mentions }) => {
      const techniques = mentions.filter(({ object, by }) => object.type === "technique" && by === "id");
      const [technique] = techniques;
      // A row of several techniques is a list, and says nothing of each.
      if (!technique || new Set(techniques.map(({ object }) => object.id)).size > 1) return [];
      const beside = mentions.filter(({ object }) => object.type !== "technique").map(({ object }) => object.id);
      const key = [table, technique.object.id, ...new Set(beside.sort())].join(" ");
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      const { start, end, object } = technique;
      const row = lineAround(report, start);
      return [
        {
          start,
          end,
          message: `${object.id} ${object.name} has a row in this table already`,
          choices: [{ title: "Delete this row", edit: { ...row, text: "" } }],
        },
      ];
    });
  },
};

/** A row of a Markdown table is one line; its line end goes with it. */
function lineAround({ lineStarts, text }: Report, offset: number): Range {
  const line = lineAt({ lineStarts }, offset);
  return { start: lineStarts[line - 1] ?? 0, end: lineStarts[line] ?? text.length };
}
