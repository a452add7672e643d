import type { Catalogue } from "../attack/catalogue.ts";
import { attackLink, frame, withParents, type LayerFile } from "./build-layers.ts";
import type { LayerTechnique } from "./layer.ts";
import { campaignColours } from "./palette.ts";
import type { TechniqueSet } from "./technique-set.ts";

export type Side = "first" | "second" | "both";

/** A technique and who claims it. */
export interface ComparedTechnique {
  readonly id: string;
  readonly side: Side;
  /** What each side says of it. */
  readonly notes: readonly string[];
}

/** Every technique of either side, by id. */
export function compareSets(first: TechniqueSet, second: TechniqueSet): readonly ComparedTechnique[] {
  const ids = [...new Set([...first.techniques.keys(), ...second.techniques.keys()])].sort();
  return ids.map((id) => {
    const [one, two] = [first.techniques.get(id), second.techniques.get(id)];
    const side = one === undefined ? "second" : two === undefined ? "first" : "both";
    return { id, side, notes: [one, two].filter((note) => note !== undefined && note !== "") as readonly string[] };
  });
}

const [firstColour, secondColour, bothColour] = campaignColours;
const colours: Readonly<Record<Side, string>> = { first: firstColour, second: secondColour, both: bothColour };

/** The comparison as layers, one for each domain that has any of the techniques. */
export function comparisonLayers(
  first: TechniqueSet,
  second: TechniqueSet,
  catalogue: Catalogue,
  generator: string,
): readonly LayerFile[] {
  const compared = compareSets(first, second);
  const labels: Readonly<Record<Side, string>> = {
    first: `only ${first.name}`,
    second: `only ${second.name}`,
    both: "both",
  };
  return catalogue.domains.flatMap(({ domain }): readonly LayerFile[] => {
    const here = compared.filter(({ id }) => catalogue.get(id)?.domains.includes(domain));
    if (here.length === 0) return [];
    const entries = here.map(({ id, side, notes }): LayerTechnique => ({
      techniqueID: id,
      enabled: true,
      color: colours[side],
      comment: [labels[side], ...notes].join("\n"),
      links: [attackLink(id, catalogue)],
    }));
    return [
      {
        fileName: `comparison-${domain}.json`,
        campaigns: [],
        combined: true,
        layer: {
          ...frame(domain, catalogue),
          name: `${first.name} and ${second.name}`,
          description: `Techniques of ${first.name} compared with those of ${second.name}.`,
          techniques: withParents(entries, catalogue),
          legendItems: (["first", "second", "both"] as const)
            .filter((side) => here.some((one) => one.side === side))
            .map((side) => ({ label: labels[side], color: colours[side] })),
          metadata: [{ name: "generator", value: generator }],
          links: [],
        },
      },
    ];
  });
}
