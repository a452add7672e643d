import { placeKey } from "../../mapping/place.ts";
import type { Mention } from "../../mapping/mention.ts";
import type { Rule } from "../rule.ts";

export const tacticMismatch: Rule = {
  id: "tactic-mismatch",
  severity: "warning",
  description: "A table's row with a tactic that its technique does not have in this version of ATT&CK.",
  check: ({ report, catalogue, mapping }) => {
    const rows = new Map<string, Mention[]>();
    for (const mention of mapping.mentions) {
      const block = mention.place && report.blocks[mention.place.block];
      if (!mention.place || !block?.table || mention.status !== "stated") continue;
      const key = placeKey(report, mention.place);
      rows.set(key, [...(rows.get(key) ?? []), mention]);
    }
    return [...rows.values()].flatMap((row) => {
      const tactics = row.filter(({ object }) => object.type === "tactic");
      const techniques = row.filter(({ object, by }) => object.type === "technique" && by === "id");
      const [tactic] = tactics;
      const technique = techniques[0] && catalogue.get(techniques[0].object.id);
      // Of several on either side nobody can tell which belong together.
      const isOne =
        new Set(tactics.map(({ object }) => object.name)).size === 1 &&
        new Set(techniques.map(({ object }) => object.id)).size === 1;
      if (!tactic || !technique || !isOne) return [];
      const own = catalogue.tacticsOf(technique).map(({ name }) => name);
      if (own.length === 0 || own.includes(tactic.object.name)) return [];
      return [
        {
          start: tactic.start,
          end: tactic.end,
          message: `${technique.id} ${technique.name} does not serve ${tactic.object.name} in ATT&CK ${catalogue.version}, but ${own.join(", ")}`,
        },
      ];
    });
  },
};
