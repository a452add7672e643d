import type { Range } from "../../report/report.ts";
import type { Rule } from "../rule.ts";

const versions =
  /\bATT&(?:amp;)?CK(?:®|™)?(?: (?:for )?(?:Enterprise|Mobile|ICS|Matrix|framework))*,? (?:version |v\.? ?)(\d{1,2})((?:\.\d)?)\b/giu;
/** UTF-16 units of a report that are read. */
const longest = 2_000_000;

/** Where a report says a version of ATT&CK, with the number as it is written: "15", "15.1". */
export const statedVersions = (text: string): readonly (Range & { readonly version: string })[] =>
  [...text.slice(0, longest).matchAll(versions)].map((match) => {
    const [whole, major = "", minor = ""] = match;
    const end = match.index + whole.length;
    return { start: end - major.length - minor.length, end, version: major + minor };
  });

/** So many techniques make a mapping that others will want to check. */
const aMapping = 5;

export const attackVersion: Rule = {
  id: "attack-version",
  severity: "info",
  description: "A mapping that does not say its version of ATT&CK, or that names several.",
  check: ({ report, catalogue, mapping }) => {
    const said = [...report.text.slice(0, longest).matchAll(versions)];
    const first = said[0]?.[1];
    const other = said.find(([, version]) => version !== first);
    if (other)
      return [
        {
          start: other.index,
          end: other.index + other[0].length,
          message: `the report speaks of version ${other[1] ?? ""} of ATT&CK here and of ${first ?? ""} elsewhere`,
        },
      ];
    const inTable = mapping.mentions.filter(
      ({ by, object, place }) =>
        by === "id" && object.type === "technique" && place !== undefined && report.blocks[place.block]?.table,
    );
    const [mention] = inTable;
    if (said.length > 0 || !mention || new Set(inTable.map(({ object }) => object.id)).size < aMapping) return [];
    const { start, end } = mention;
    return [
      {
        start,
        end,
        message: `the report does not say which version of ATT&CK it is mapped to (${catalogue.version} is loaded)`,
      },
    ];
  },
};
