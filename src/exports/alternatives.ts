import type { AnalysedMention } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import { classify, type ClassifyOptions } from "../mapping/classify.ts";

/** What else a suggested technique may be, as ids; none stands twice. */
export interface Alternatives {
  /** What is suggested for the same sentence, the surest first. */
  readonly here: readonly string[];
  /** Those that its sentence resembles, the likeliest first. */
  readonly alike: readonly string[];
  /** Its parent and its sub-techniques, or those that share its parent, and its namesakes in other domains; the likeliest first. */
  readonly family: readonly string[];
  /** What else serves one of its tactics in its domains; the likeliest first. */
  readonly tactic: readonly string[];
}

/** A technique that a sentence describes with a smaller probability has nothing to do with it. */
const leastAlike = 0.05;
const mostAlike = 8;
/** Beyond these, the ranking holds nothing but noise. */
const mostRanked = 60;

/**
 * The ways out of a suggestion: what else its sentence is mapped to, then what it resembles, but for the kin of those
 * mappings, which are what the other half of the sentence resembles, and for techniques of other domains.
 */
export function alternativesTo(
  { object: { id }, evidence }: Pick<AnalysedMention, "object" | "evidence">,
  mentions: readonly AnalysedMention[],
  catalogue: Catalogue,
  options: Pick<ClassifyOptions, "lexicon" | "model">,
): Alternatives {
  const own = catalogue.get(id);
  const others = mentions.filter(
    ({ object, evidence: words }) => object.type === "technique" && object.id !== id && words === evidence,
  );
  const stated = new Set(others.filter(({ status }) => status === "stated").map(({ object }) => object.id));
  const mapped = new Set(others.map(({ object }) => object.id));
  const ranking = classify(evidence, catalogue, { ...options, top: mostRanked });
  const scores = new Map(ranking.map((one) => [one.id, one.score]));
  const byScore = (a: string, b: string): number => (scores.get(b) ?? 0) - (scores.get(a) ?? 0);

  const surest = [...others].sort((a, b) => b.confidence - a.confidence).map(({ object }) => object.id);
  const here = [...new Set(surest)].filter((other) => !stated.has(other));
  const headOf = (one: string): string => catalogue.get(one)?.parent ?? one;
  const head = headOf(id);
  const headsOfOthers = new Set([...mapped].map(headOf));
  const alike = ranking
    .filter(({ id: other, score }) => score >= leastAlike && other !== id && !mapped.has(other))
    .map((one) => one.id)
    .filter((other) => headOf(other) === head || !headsOfOthers.has(headOf(other)))
    .filter((other) => sharesDomain(catalogue.get(other), own))
    .slice(0, mostAlike);
  const family = catalogue
    .objects("technique")
    .filter((one) => isCurrent(one) && (headOf(one.id) === head || isNamesake(one, own)))
    .map((one) => one.id)
    .filter((other) => other !== id && !mapped.has(other) && !alike.includes(other))
    .sort(byScore);
  const known = new Set([id, ...mapped, ...alike, ...family]);
  const tactic = catalogue
    .objects("technique")
    .filter((one) => isCurrent(one) && !known.has(one.id) && sharesDomain(one, own) && sharesTactic(one, own))
    .map((one) => one.id)
    .sort(byScore);
  return { here, alike, family, tactic };
}

const sharesDomain = (one: AttackObject | undefined, other: AttackObject | undefined): boolean =>
  one?.domains.some((domain) => other?.domains.includes(domain)) ?? false;

const sharesTactic = (one: AttackObject, other: AttackObject | undefined): boolean =>
  one.tactics.some((tactic) => other?.tactics.includes(tactic));

const isNamesake = ({ name }: AttackObject, other: AttackObject | undefined): boolean =>
  other !== undefined && nameKey(name) === nameKey(other.name);
