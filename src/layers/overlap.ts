import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import type { TechniqueSet } from "./technique-set.ts";

/** How much of what a report describes ATT&CK knows of one group or campaign. */
export interface Overlap {
  readonly id: string;
  readonly name: string;
  readonly type: "group" | "campaign";
  /** 0–1: the weight of what both have, in relation to the weights of what each has. */
  readonly score: number;
  /** Techniques of both, the rarest first. */
  readonly shared: readonly string[];
  /** How many techniques ATT&CK knows of it. */
  readonly known: number;
}

/** So many techniques make an overlap: one or two are anybody's, and ATT&CK knows some campaigns by no more. */
export const leastShared = 3;

/** To be shown with every ranking. */
export const overlapWarning =
  "Overlap is no attribution: most techniques are common to many actors, and ATT&CK knows only what was published.";

/**
 * Groups and campaigns of ATT&CK by overlap with a set of techniques, the greatest first; none that share fewer than
 * {@link leastShared}.
 *
 * The score is the cosine of two sets whose members weigh ln(1 + N / n), N being all groups and campaigns and n those that
 * use the technique: what few use says more. A sub-technique stands for its parent too, so that a report and ATT&CK
 * agree in part where one of them is less precise.
 */
export function rankOverlap({ techniques }: TechniqueSet, catalogue: Catalogue): readonly Overlap[] {
  const actors = catalogue
    .objects()
    .filter((object) => (object.type === "group" || object.type === "campaign") && isCurrent(object))
    .map((actor) => {
      const direct = catalogue.targets(actor.id, "uses");
      return { actor, direct, used: withParents(direct, catalogue) };
    })
    .filter(({ used }) => used.size > 0);
  const users = new Map<string, number>();
  for (const { used } of actors) for (const id of used) users.set(id, (users.get(id) ?? 0) + 1);
  const weight = (id: string): number => Math.log(1 + actors.length / (users.get(id) ?? 1)) ** 2;
  const total = (ids: Iterable<string>): number => [...ids].reduce((sum, id) => sum + weight(id), 0);
  const ours = withParents([...techniques.keys()], catalogue);
  const whole = total(ours);
  return actors
    .flatMap(({ actor, direct, used }): readonly Overlap[] => {
      const shared = direct.filter((id) => ours.has(id) && techniques.has(id));
      if (shared.length < leastShared) return [];
      const common = [...used].filter((id) => ours.has(id));
      return [
        {
          id: actor.id,
          name: actor.name,
          type: actor.type === "group" ? "group" : "campaign",
          score: Number((total(common) / Math.sqrt(whole * total(used))).toFixed(4)),
          shared: shared.sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1)),
          known: direct.filter((id) => catalogue.get(id)?.type === "technique").length,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Current techniques among the ids, with the parents of sub-techniques. */
function withParents(ids: readonly string[], catalogue: Catalogue): ReadonlySet<string> {
  return new Set(
    ids.flatMap((id) => {
      const technique = catalogue.get(id);
      if (technique?.type !== "technique" || !isCurrent(technique)) return [];
      return technique.parent === undefined ? [id] : [id, technique.parent];
    }),
  );
}
