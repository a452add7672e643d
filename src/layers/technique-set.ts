import type { Analysis } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import type { SavedLayer } from "./read-layer.ts";

/** Techniques that somebody claims: a report, a layer, or ATT&CK of one of its objects. */
export interface TechniqueSet {
  readonly name: string;
  /** From a current technique's id to what is said of it; "" where nothing is. */
  readonly techniques: ReadonlyMap<string, string>;
}

/** What the report's described campaigns did, each technique with its first sentence. */
export function techniquesOfReport({ report, campaigns }: Analysis, catalogue: Catalogue): TechniqueSet {
  const described = campaigns.filter(({ role }) => role === "described");
  return {
    name: report.title,
    techniques: currentOnes(
      described.flatMap(({ techniques }) =>
        techniques.map(({ id, evidence }) => [id, evidence[0]?.text ?? ""] as const),
      ),
      catalogue,
    ),
  };
}

/** What a saved layer marks. */
export const techniquesOfLayer = ({ name, cells }: SavedLayer, catalogue: Catalogue): TechniqueSet => ({
  name,
  techniques: currentOnes(
    cells.map(({ techniqueID, comment }) => [techniqueID, comment ?? ""] as const),
    catalogue,
  ),
});

/** What ATT&CK knows a group, a piece of software or a campaign to use. */
export const techniquesOfObject = ({ id, name }: AttackObject, catalogue: Catalogue): TechniqueSet => ({
  name: `${name} (${id})`,
  techniques: currentOnes(
    catalogue.targets(id, "uses").map((target) => [target, ""] as const),
    catalogue,
  ),
});

/** Revoked ids become their successors; what the catalogue does not have is left out. The first note of an id holds. */
function currentOnes(pairs: readonly (readonly [string, string])[], catalogue: Catalogue): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [id, note] of pairs) {
    const technique = catalogue.resolve(id)?.current;
    if (technique?.type === "technique" && isCurrent(technique) && !found.has(technique.id))
      found.set(technique.id, note);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
