import type { Catalogue } from "../../attack/catalogue.ts";
import type { Mention } from "../../mapping/mention.ts";
import { family, unprovedClaims } from "../claims.ts";
import type { Rule } from "../rule.ts";

/** Fewer techniques than this may agree with a profile by chance, and so may a smaller part of them. */
const enough = { claims: 5, share: 0.8 } as const;

export const profileClaim: Rule = {
  id: "profile-claim",
  severity: "hint",
  description:
    "Techniques of a table that no sentence shows, and that ATT&CK lists for a group or software of the report.",
  help: "A profile tells what was seen elsewhere: keep what this report shows, and point to the profile for the rest.",
  check: (subject) => {
    const { report, catalogue, mapping } = subject;
    const claims = unprovedClaims(subject);
    if (claims.length < enough.claims) return [];
    const named = new Map(
      mapping.mentions
        .filter(({ object, status }) => status === "stated" && (object.type === "group" || object.type === "software"))
        .map(({ object }) => [object.id, object]),
    );
    const tables = new Map<number | undefined, Mention[]>();
    for (const claim of claims) {
      const table = claim.place && report.blocks[claim.place.block]?.table?.table;
      tables.set(table, [...(tables.get(table) ?? []), claim]);
    }
    return [...tables.values()].flatMap((inTable) => {
      const ids = [...new Set(inTable.map(({ object }) => object.id))];
      const [first] = inTable;
      if (!first || ids.length < enough.claims) return [];
      const listed = [...named.values()].map((object) => ({
        object,
        count: ids.filter((id) => isInProfile(object.id, id, catalogue)).length,
      }));
      const best = listed.sort((a, b) => b.count - a.count)[0];
      if (!best || best.count < enough.claims || best.count < enough.share * ids.length) return [];
      return [
        {
          start: first.start,
          end: first.end,
          message: `no sentence shows ${ids.length} techniques of this table; ATT&CK lists ${best.count} of them for ${best.object.name}: are they taken from its profile?`,
        },
      ];
    });
  },
};

const isInProfile = (who: string, id: string, catalogue: Catalogue): boolean =>
  catalogue.targets(who, "uses").some((used) => used === id || (!id.includes(".") && family(used) === id));
