import { readFileSync } from "node:fs";
import { join } from "node:path";
import vulnerabilityNames from "../../data/vulnerability-names.json" with { type: "json" };
import type { ActorFacts, VulnerabilityFacts } from "../attack/actors.ts";
import { Catalogue } from "../attack/catalogue.ts";
import { asDomainFacts, type DomainFacts } from "../attack/facts.ts";

/** The domains whose facts ship with the program. */
export const bundledDomains = ["enterprise-attack", "mobile-attack", "ics-attack"] as const;

/**
 * The catalogue of the facts in `dataDirectory` (the package's `data/`), of all domains or of those named.
 * Throws a one-sentence error that names the file.
 */
export function loadBundledCatalogue(dataDirectory: string, domains: readonly string[] = bundledDomains): Catalogue {
  const facts = domains.map((domain): DomainFacts =>
    asDomainFacts(readJson(join(dataDirectory, "attack", `${domain}.json`)), `data/attack/${domain}.json`),
  );
  return Catalogue.of(facts, {
    actors: (readJson(join(dataDirectory, "actors.json")) as ActorFacts).actors,
    vulnerabilities: readJson(join(dataDirectory, "cve.json")) as VulnerabilityFacts,
    namedVulnerabilities: vulnerabilityNames,
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
