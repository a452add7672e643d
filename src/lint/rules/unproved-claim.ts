import type { Rule } from "../rule.ts";

/** Words in a row, beside names and ids, that can pass for a description of what was done. */
const enoughWords = 4;

export const unprovedClaim: Rule = {
  id: "unproved-claim",
  severity: "hint",
  description: "A technique in a table, when neither its row nor any sentence is found to say what was done.",
  check: ({ report, mapping }) => {
    const family = (id: string): string => id.slice(0, 5);
    const told = new Set<string>();
    for (const { object, place } of mapping.mentions)
      if (object.type === "technique" && place && !report.blocks[place.block]?.table) told.add(family(object.id));
    const claims = mapping.mentions.flatMap((mention) => {
      const table = mention.place && report.blocks[mention.place.block]?.table;
      const isClaim =
        mention.by === "id" && mention.object.type === "technique" && !told.has(family(mention.object.id));
      return table && isClaim ? [{ ...mention, row: `${table.table}/${table.row}` }] : [];
    });
    if (claims.length === 0) return [];
    const named = new Set(
      mapping.mentions.filter(({ status, by }) => status === "stated" && by !== "cve").map(({ place }) => place?.block),
    );
    const rows = new Set(claims.map(({ row }) => row));
    const described = new Set<string>();
    for (const { table, text, index } of report.blocks) {
      const row = table ? `${table.table}/${table.row}` : "";
      if (!rows.has(row) || (named.has(index) && text.length < 80)) continue;
      if ((text.match(/\p{L}{2,}/gu) ?? []).length >= enoughWords) described.add(row);
    }
    return claims
      .filter(({ row }) => !described.has(row))
      .map(({ object, start, end }) => ({
        start,
        end,
        message: `no sentence is found that says how ${object.id} ${object.name} was used`,
      }));
  },
};
