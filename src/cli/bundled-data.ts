import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import vulnerabilityNames from "../../data/vulnerability-names.json" with { type: "json" };
import type { ActorFacts, VulnerabilityFacts } from "../attack/actors.ts";
import { Catalogue } from "../attack/catalogue.ts";
import { asDomainFacts, type DomainFacts } from "../attack/facts.ts";
import { asLexicon, type Lexicon } from "../mapping/lexicon/lexicon.ts";
import { readModel, type Model } from "../mapping/model/model.ts";

/**
 * The catalogue of the facts in `dataDirectory` (the package's `data/`), of all domains or of those named;
 * `factsDirectory` holds other facts of ATT&CK than those that ship.
 * Throws a one-sentence error that names the file.
 */
export function loadBundledCatalogue(
  dataDirectory: string,
  domains?: readonly string[],
  factsDirectory = dataDirectory,
): Catalogue {
  const facts = (domains ?? domainsIn(factsDirectory)).map((domain): DomainFacts => {
    const path = join(factsDirectory, "attack", `${domain}.json`);
    return asDomainFacts(readJson(path), path);
  });
  return Catalogue.of(facts, {
    actors: (readJson(join(dataDirectory, "actors.json")) as ActorFacts).actors,
    vulnerabilities: readJson(join(dataDirectory, "cve.json")) as VulnerabilityFacts,
    namedVulnerabilities: vulnerabilityNames,
  });
}

/** The lexicon in `dataDirectory`; `undefined` where none lies there. Throws a one-sentence error that names the file. */
export function loadBundledLexicon(dataDirectory: string): Lexicon | undefined {
  const path = join(dataDirectory, "lexicon.json");
  if (!existsSync(path)) return undefined;
  const lexicon = asLexicon(readJson(path), path);
  const examples = join(dataDirectory, "lexicon-examples.json");
  return existsSync(examples)
    ? { ...lexicon, examples: readJson(examples) as NonNullable<Lexicon["examples"]> }
    : lexicon;
}

/** The model in `dataDirectory`; `undefined` where none lies there. Throws a one-sentence error that names the file. */
export function loadBundledModel(dataDirectory: string): Model | undefined {
  const path = join(dataDirectory, "model.bin");
  return existsSync(path) ? readModel(readFileSync(path), path) : undefined;
}

/** The domains that a folder has facts of, the largest first: its words win where two domains describe one object. */
export function domainsIn(directory: string): readonly string[] {
  const folder = join(directory, "attack");
  if (!existsSync(folder)) throw new Error(`${folder}: no such folder; \`data build\` makes one`);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (files.length === 0) throw new Error(`${folder}: no facts of ATT&CK in it`);
  const sized = files.map((name) => ({ name, size: statSync(join(folder, name)).size }));
  return sized.sort((a, b) => b.size - a.size).map(({ name }) => name.replace(/\.json$/, ""));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
