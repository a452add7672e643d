import { isCurrent, type AttackObject, type Catalogue } from "../../attack/catalogue.ts";
import { kindOfId } from "../../attack/kinds.ts";
import { nameBeside } from "../name-beside-id.ts";
import type { Rule } from "../rule.ts";
import { inShape } from "./name-id-mismatch.ts";

/** More to choose from helps nobody. */
const mostChoices = 5;

export const unknownId: Rule = {
  id: "unknown-id",
  severity: "error",
  description: "An id that looks like ATT&CK's, but that no loaded domain has.",
  help: "A slip of the finger, or an id of a domain that is not loaded: choose one of the nearest, or look it up by its name.",
  check: ({ report, mapping, catalogue }) =>
    mapping.unknownIds.map(({ start, end, id, readAs }) => {
      const meant = readAs === undefined ? undefined : catalogue.get(readAs);
      if (meant)
        return {
          start,
          end,
          message: `${id} is not in ATT&CK ${catalogue.version}; it is read as ${meant.id} ${meant.name}`,
          fix: { start, end, text: inShape(meant.id, report.text.slice(start, end)) },
        };
      const parent = catalogue.get(id.replace(/\..*$/, ""));
      const hint = parent && parent.id !== id ? `; its parent is ${parent.id} ${parent.name}` : "";
      const type = kindOfId(id.replace(/\..*$/, ""))?.type;
      const named = (type && nameBeside(report.text, { start, end }, catalogue, type, true)?.called) ?? [];
      const near = [...new Set([...named.filter(isCurrent), ...nearest(id, type, catalogue)])].slice(0, mostChoices);
      return {
        start,
        end,
        message: `${id} is not in ATT&CK ${catalogue.version}${hint}`,
        choices: near.map((object) => ({
          title: `Write ${object.id} ${object.name}`,
          edit: { start, end, text: inShape(object.id, report.text.slice(start, end)) },
        })),
      };
    }),
};

/** Objects whose ids are one slip away: a digit changed, two exchanged; and the parent with its sub-techniques. */
function nearest(id: string, type: AttackObject["type"] | undefined, catalogue: Catalogue): readonly AttackObject[] {
  if (type === undefined) return [];
  const current = catalogue.objects(type).filter(isCurrent);
  const parent = id.replace(/\..*$/, "");
  const slips = current.filter((object) => isOneSlip(object.id, id));
  const family = id.includes(".") ? current.filter((object) => object.id.startsWith(parent)) : [];
  // A slip in the part behind the full stop is the likelier one: the family is known then.
  return [...slips.filter((object) => family.includes(object)), ...family.slice(0, 1), ...slips, ...family];
}

/** One character changed, two neighbours exchanged, or one too many or too few. */
export function isOneSlip(one: string, other: string): boolean {
  if (one === other) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let from = 0;
  while (from < short.length && short.charAt(from) === long.charAt(from)) from += 1;
  if (long.length > short.length) return long.slice(from + 1) === short.slice(from);
  return (
    long.slice(from + 1) === short.slice(from + 1) ||
    (short.charAt(from) === long.charAt(from + 1) &&
      short.charAt(from + 1) === long.charAt(from) &&
      short.slice(from + 2) === long.slice(from + 2))
  );
}
