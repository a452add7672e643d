import type { Mention } from "../mapping/mention.ts";
import type { RuleSubject } from "./rule.ts";

/** Words in a row, beside names and ids, that can pass for a description of what was done. */
const enoughWords = 4;

/** A technique and its sub-techniques: what is told of one is evidence enough for another. */
export const family = (id: string): string => id.slice(0, 5);

const known = new WeakMap<RuleSubject["mapping"], readonly Mention[]>();

/** Techniques that a table claims by their ids, when neither the row nor any sentence is found to say what was done. */
export function unprovedClaims({ report, mapping }: RuleSubject): readonly Mention[] {
  const found = known.get(mapping) ?? find();
  known.set(mapping, found);
  return found;

  function find(): readonly Mention[] {
    const told = new Set<string>();
    for (const { object, place } of mapping.mentions)
      if (object.type === "technique" && place && !report.blocks[place.block]?.table) told.add(family(object.id));
    const claims = mapping.mentions.flatMap((mention) => {
      const table = mention.place && report.blocks[mention.place.block]?.table;
      const isClaim =
        mention.by === "id" && mention.object.type === "technique" && !told.has(family(mention.object.id));
      return table && isClaim ? [{ mention, row: `${table.table}/${table.row}` }] : [];
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
    // A link holds its id twice.
    const seen = new Set<string>();
    return claims
      .filter(({ mention, row }) => {
        const key = `${row} ${mention.object.id}`;
        if (described.has(row) || seen.has(key)) return false;
        seen.add(key);
        return true;
      })
      .map(({ mention }) => mention);
  }
}
