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
    const named = new Set(
      mapping.mentions.filter(({ status, by }) => status === "stated" && by !== "cve").map(({ place }) => place?.block),
    );
    const rowWords = new Map<string, number>();
    for (const { table, text, index } of report.blocks) {
      if (!table || table.row === 0) continue;
      const isNamed = named.has(index);
      const words = isNamed && text.length < 80 ? 0 : (text.match(/\p{L}{2,}/gu) ?? []).length;
      const key = `${table.table}/${table.row}`;
      rowWords.set(key, Math.max(rowWords.get(key) ?? 0, words));
    }
    return mapping.mentions.flatMap(({ object, by, place, start, end }) => {
      const table = place && report.blocks[place.block]?.table;
      if (by !== "id" || object.type !== "technique" || !table || told.has(family(object.id))) return [];
      if ((rowWords.get(`${table.table}/${table.row}`) ?? 0) >= enoughWords) return [];
      return [{ start, end, message: `no sentence is found that says how ${object.id} ${object.name} was used` }];
    });
  },
};
