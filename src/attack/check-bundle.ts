import type { Catalogue } from "./catalogue.ts";
import type { DomainFacts } from "./facts.ts";
import type { ReadBundle } from "./stix.ts";
import { compareVersions } from "./versions.ts";

/** What a bundle was said to be. */
export interface ExpectedBundle {
  readonly domain?: string | undefined;
  readonly version?: string | undefined;
}

/** More unreadable objects than this share: damaged, or of a format to come. */
const mostSkipped = 0.1;
/** Fewer than this share of what should be there: only a part of ATT&CK. */
const leastShare = 0.5;

/**
 * Why a bundle that could be read is not to be used, in one sentence, or `undefined`. What is plausible is measured by
 * the bundle itself and by the catalogue in force, so that no number of ATT&CK's is written here.
 */
export function bundleFault(
  { facts, skipped }: ReadBundle,
  expected: ExpectedBundle = {},
  inForce?: Catalogue,
): string | undefined {
  const { domain, version } = facts;
  if (expected.domain !== undefined && expected.domain !== domain)
    return `holds ${domain}, where ${expected.domain} was expected`;
  if (expected.version !== undefined && expected.version !== version)
    return `holds ATT&CK ${version}, where ${expected.version} was expected`;
  const all = Object.values(facts.objects).reduce((sum, objects) => sum + objects.length, skipped.length);
  if (skipped.length > all * mostSkipped) return `${skipped.length} of its ${all} objects can't be read`;
  if (facts.tactics.length === 0) return "its matrix has no tactics";
  const current = currentTechniques(facts);
  const shortNames = new Set(facts.objects.tactic?.flatMap(({ tactics }) => tactics ?? []));
  const placed = current.filter(({ tactics }) => tactics?.some((name) => shortNames.has(name)));
  if (placed.length === 0 || placed.length < current.length * leastShare)
    return `only ${placed.length} of its ${current.length} techniques have a tactic of its matrix`;
  const versionInForce = inForce?.versionOf(domain);
  if (inForce && versionInForce !== undefined && compareVersions(version, versionInForce) >= 0) {
    const known = inForce
      .objects("technique")
      .filter(({ domains, revoked, deprecated }) => domains.includes(domain) && !revoked && !deprecated).length;
    if (current.length < known * leastShare)
      return `its ${current.length} techniques are less than half of the ${known} of version ${versionInForce}`;
  }
  return undefined;
}

const currentTechniques = ({ objects }: DomainFacts): NonNullable<DomainFacts["objects"]["technique"]> =>
  (objects.technique ?? []).filter(({ revoked, deprecated }) => !revoked && !deprecated);
