import type { ObjectType } from "../../attack/kinds.ts";
import type { NameCondition } from "../name-index.ts";

/** How reports shorten the names of ATT&CK, a row a habit. */
const habits: readonly {
  readonly types: readonly ObjectType[];
  readonly pattern: RegExp;
  readonly keeps: string;
  readonly when?: NameCondition;
  readonly example: string;
}[] = [
  { types: ["group"], pattern: /^(.+) (?:Group|Team|Gang|APT)$/i, keeps: "$1", example: "Lazarus Group → Lazarus" },
  { types: ["group"], pattern: /^Threat (Group[- ]\d+)$/, keeps: "$1", example: "Threat Group-3390 → Group-3390" },
  { types: ["group"], pattern: /^The (\S{4,}.*)$/, keeps: "$1", example: "The White Company → White Company" },
  {
    types: ["campaign"],
    pattern: /^(\w[\w ]*) (?:Compromise|Supply Chain Attack|Intrusion|Campaign|Breach|Incident)s?$/,
    keeps: "$1",
    when: "context",
    example: "SolarWinds Compromise → SolarWinds",
  },
  {
    types: ["campaign", "group"],
    pattern: /^(?:Operation|Op) (\w+ \w[\w ]*)$/,
    keeps: "$1",
    example: "Operation Dust Storm → Dust Storm",
  },
  {
    types: ["software"],
    pattern: /^(\S{5,})(?:\.exe| Ransomware| Malware)$/i,
    keeps: "$1",
    example: "INC Ransomware → INC is too short, Avaddon Ransomware → Avaddon",
  },
];

export interface NameVariant {
  readonly name: string;
  /** Stricter than the name's own condition; else that one holds. */
  readonly when?: NameCondition;
}

/** Shorter forms under which reports know `name`. */
export function nameVariants(name: string, type: ObjectType): readonly NameVariant[] {
  return habits.flatMap(({ types, pattern, keeps, when }) => {
    if (!types.includes(type) || !pattern.test(name)) return [];
    return [{ name: name.replace(pattern, keeps), ...(when === undefined ? {} : { when }) }];
  });
}
