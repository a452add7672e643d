import type { AnalysedMention } from "../analysis.ts";
import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import { classify, type ClassifyOptions } from "../mapping/classify.ts";

/** What else a suggested technique may be, as ids. */
export interface Alternatives {
  /** Those that its sentence resembles, the likeliest first. */
  readonly alike: readonly string[];
  /** Its parent and its sub-techniques, or those that share its parent. */
  readonly family: readonly string[];
}

/** A technique that a sentence describes with a smaller probability has nothing to do with it. */
const leastAlike = 0.02;
const mostAlike = 8;

/** Neither holds the suggested technique itself, nor what its sentence is mapped to already. */
export function alternativesTo(
  { object: { id }, evidence }: Pick<AnalysedMention, "object" | "evidence">,
  mentions: readonly AnalysedMention[],
  catalogue: Catalogue,
  options: Pick<ClassifyOptions, "lexicon" | "model">,
): Alternatives {
  const mapped = new Set([
    id,
    ...mentions.filter((mention) => mention.evidence === evidence).map(({ object }) => object.id),
  ]);
  const alike = classify(evidence, catalogue, { ...options, top: mostAlike + mapped.size })
    .filter((one) => one.score >= leastAlike && !mapped.has(one.id))
    .map((one) => one.id)
    .slice(0, mostAlike);
  const head = catalogue.get(id)?.parent ?? id;
  const family = catalogue
    .objects("technique")
    .filter((one) => isCurrent(one) && (one.id === head || one.parent === head))
    .map((one) => one.id)
    .filter((one) => !mapped.has(one) && !alike.includes(one));
  return { alike, family };
}
