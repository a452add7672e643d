import { isLabel } from "../attack/labels.ts";
import type { Mention } from "../mapping/mention.ts";
import { matchesOf } from "../report/matches.ts";
import { toSource, type Block } from "../report/report.ts";
import type { RuleSubject } from "./rule.ts";

/** Words of a cell, beside names and ids, that can pass for a description of what was done. */
const enoughWords = 4;

/** The same in a column for just that. */
const enoughWordsOfUse = 3;
const usedFor = /\b(?:us(?:e|age)|procedures?|descriptions?|details?|comments?|evidence|observ\p{L}+|how)\b/iu;

/** Words of a cell that do not belong to the names and ids of techniques, tactics and mitigations in it. */
function wordsBeside(block: Block, mentions: readonly Mention[]): number {
  const labels = mentions.filter(({ object: { type } }) => labelKinds.has(type));
  return matchesOf(block.text, words).filter(({ index }) => {
    const at = toSource(block, index);
    return !labels.some(({ start, end }) => start <= at && at < end);
  }).length;
}

const words = /\p{L}{2,}/gu;
const labelKinds: ReadonlySet<string> = new Set(["technique", "tactic", "mitigation"]);

/** A technique and its sub-techniques: what is told of one is evidence enough for another. */
export const family = (id: string): string => id.slice(0, 5);

const known = new WeakMap<RuleSubject["mapping"], readonly Mention[]>();

/** Techniques that a table claims by their ids, when neither the row nor any sentence is found to say what was done. */
export function unprovedClaims({ report, mapping, catalogue }: RuleSubject): readonly Mention[] {
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
    const rows = new Set(claims.map(({ row }) => row));
    const named = new Map<number, Mention[]>();
    for (const mention of mapping.mentions)
      if (mention.place && mention.status === "stated" && mention.by !== "cve")
        named.set(mention.place.block, [...(named.get(mention.place.block) ?? []), mention]);
    const described = new Set<string>();
    for (const block of report.blocks) {
      const { table, index } = block;
      const row = table ? `${table.table}/${table.row}` : "";
      if (!table || !rows.has(row) || isLabel(block.text, catalogue)) continue;
      const least = usedFor.test(table.header) ? enoughWordsOfUse : enoughWords;
      if (wordsBeside(block, named.get(index) ?? []) >= least) described.add(row);
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
