import { isCurrent, type AttackObject } from "../../attack/catalogue.ts";
import { fullName } from "../../attack/full-name.ts";
import { nameBeside } from "../name-beside-id.ts";
import type { Rule } from "../rule.ts";

export const nameIdMismatch: Rule = {
  id: "name-id-mismatch",
  severity: "warning",
  description: "A name beside an id that is another object's: “PowerShell (T1059.003)”, “T1055 Process Hollowing”.",
  help: "Readers believe the name, tools the id: write either the name's id or the id's name.",
  check: ({ report, catalogue, mapping }) =>
    mapping.mentions.flatMap(({ start, end, object, by, written, text }) => {
      const meant = catalogue.get(written ?? object.id);
      const beside = by === "id" && meant && nameBeside(report.text, { start, end }, catalogue, meant.type);
      if (!beside || beside.called.some((other) => isKin(other, meant))) return [];
      // A name of another domain or of former times may have been this one's once.
      const others = beside.called.filter(
        (one) => isCurrent(one) && one.domains.some((domain) => meant.domains.includes(domain)),
      );
      // A slip within the family is the likelier one.
      const other = others.find(({ parent }) => parent !== undefined && parent === meant.parent) ?? others[0];
      if (!other) return [];
      const nameOf = (one: AttackObject): string => (beside.full ? fullName(one, catalogue) : one.name);
      return [
        {
          start,
          end,
          message: `${meant.id} is ${nameOf(meant)}; ${nameOf(other)} is ${other.id}`,
          choices: [
            {
              title: `Write ${other.id}, the id of ${nameOf(other)}`,
              edit: { start, end, text: inShape(other.id, text) },
            },
            {
              title: `Write ${nameOf(meant)}, the name of ${meant.id}`,
              edit: { start: beside.start, end: beside.end, text: nameOf(meant) },
            },
          ],
        },
      ];
    }),
};

/** An id in the shape in which the author wrote another one. */
export function inShape(id: string, written: string): string {
  const shaped = written.includes("/") ? id.replace(".", "/") : written.includes("\\.") ? id.replace(".", "\\.") : id;
  return written === written.toLowerCase() ? shaped.toLowerCase() : shaped;
}

/** The same object, a parent and its sub-technique, or one that replaced the other. */
const isKin = (one: AttackObject, other: AttackObject): boolean =>
  one.id === other.id ||
  one.parent === other.id ||
  other.parent === one.id ||
  one.successor === other.id ||
  other.successor === one.id;
