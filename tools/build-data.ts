/**
 * Builds what ships in data/ from its sources: ATT&CK bundles, MISP's threat actors, the mapping of known exploited
 * vulnerabilities. Facts only, no sentences; same sources, same bytes.
 *
 *   npm run data:build -- DIR      DIR holds attack/, actors/ and cve/ as described in CONTRIBUTING.md
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Actor, ActorFacts, VulnerabilityFacts } from "../src/attack/actors.ts";
import { Catalogue } from "../src/attack/catalogue.ts";
import { factsToJson, lines } from "../src/attack/serialise.ts";
import { readBundleFile } from "../src/cli/build-facts.ts";
import type { DomainFacts } from "../src/attack/facts.ts";

const dataDirectory = join(import.meta.dirname, "..", "data");

/** Of each domain, the bundle of the newest version. */
function newestBundles(directory: string): readonly DomainFacts[] {
  const newest = new Map<string, DomainFacts>();
  for (const name of readdirSync(directory).sort()) {
    if (!/\.json(?:\.gz)?$/.test(name)) continue;
    const { facts, skipped } = readBundleFile(join(directory, name));
    for (const { index, id, reason } of skipped) console.error(`${name}: object ${index} (${id}) left out: ${reason}`);
    const known = newest.get(facts.domain);
    if (!known || versionNumber(facts) > versionNumber(known)) newest.set(facts.domain, facts);
  }
  // The largest domain comes first: its words win where two domains describe one object.
  return [...newest.values()].sort((a, b) => (b.objects.technique?.length ?? 0) - (a.objects.technique?.length ?? 0));
}

const versionNumber = ({ version }: DomainFacts): number => Number.parseFloat(version);

interface MispActor {
  readonly value: string;
  readonly uuid: string;
  readonly meta?: { readonly synonyms?: readonly string[]; readonly "name-attribution"?: readonly string[] };
  readonly related?: readonly {
    readonly "dest-uuid": string;
    readonly tags?: readonly string[];
    readonly type: string;
  }[];
}

const isGroupId = (name: string): boolean => /^G\d{4}$/.test(name);
const key = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
/** MISP qualifies some names: "Confucius (India)" says where, not what it is called. */
const bare = (name: string): string => name.replace(/\s*\([^)]*\)\s*$/, "").trim();

/**
 * MISP's actors, each with the ATT&CK group to which everything known of it leads: ids and names among its synonyms, and
 * actors that MISP calls almost certainly the same. Where that is more than one group, none is named.
 */
function actorFacts(path: string, catalogue: Catalogue): ActorFacts {
  const { json, source } = load(path);
  const galaxy = JSON.parse(json) as { readonly version: number; readonly values: readonly MispActor[] };
  const groupOfName = new Map<string, Set<string>>();
  for (const group of catalogue.objects("group")) {
    const current = catalogue.resolve(group.id)?.current;
    if (!current || current.deprecated) continue;
    for (const name of [group.name, ...group.aliases]) addTo(groupOfName, key(name), current.id);
  }
  const own = new Map<string, ReadonlySet<string>>();
  for (const actor of galaxy.values) {
    const ids = new Set<string>();
    for (const name of [actor.value, ...(actor.meta?.synonyms ?? [])]) {
      const id = isGroupId(name) ? catalogue.resolve(name)?.current.id : undefined;
      if (id !== undefined) ids.add(id);
      for (const group of groupOfName.get(key(bare(name))) ?? []) ids.add(group);
    }
    own.set(actor.uuid, ids);
  }
  const groupsOf = (actor: MispActor): ReadonlySet<string> => {
    const ids = own.get(actor.uuid) ?? new Set<string>();
    if (ids.size > 0) return ids;
    const same = (actor.related ?? []).filter(
      ({ type, tags }) => type === "similar" && tags?.some((tag) => tag.includes('"almost-certain"')),
    );
    return new Set(same.flatMap((related) => [...(own.get(related["dest-uuid"]) ?? [])]));
  };

  const seen = new Map<string, number>();
  const namesOf = (actor: MispActor): readonly string[] =>
    [...new Set([actor.value, ...(actor.meta?.synonyms ?? [])].map(bare))].filter(
      (name) => name.length > 2 && !isGroupId(name),
    );
  for (const actor of galaxy.values)
    for (const name of new Set(namesOf(actor).map(key))) seen.set(name, (seen.get(name) ?? 0) + 1);
  const actors: Actor[] = galaxy.values.map((actor) => {
    const groups = [...groupsOf(actor)];
    // A name that two actors bear tells neither.
    const [name = bare(actor.value), ...synonyms] = namesOf(actor).filter(
      (candidate, index) => index === 0 || seen.get(key(candidate)) === 1,
    );
    const operation = /^Operation (?=\S+ \S)/.exec(name)?.[0];
    if (operation !== undefined) synonyms.push(name.slice(operation.length));
    const [group] = groups;
    return { name, synonyms, ...(groups.length === 1 && group !== undefined ? { group } : {}) };
  });
  return {
    format: 1,
    source: { ...source, version: String(galaxy.version) },
    actors: actors.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}

/** How known exploited vulnerabilities are exploited; their impacts are left aside, since a report tells them itself. */
function vulnerabilityFacts(path: string, catalogue: Catalogue): VulnerabilityFacts {
  const { json, source } = load(path);
  const mapping = JSON.parse(json) as {
    readonly source: string;
    readonly mappings: readonly {
      readonly capability_id: string;
      readonly mapping_type: string;
      readonly attack_object_id: string;
    }[];
  };
  const cves = new Map<string, Set<string>>();
  for (const { capability_id, mapping_type, attack_object_id } of mapping.mappings) {
    if (mapping_type !== "exploitation_technique") continue;
    const current = catalogue.resolve(attack_object_id)?.current;
    if (current?.type === "technique" && !current.deprecated) addTo(cves, capability_id, current.id);
  }
  return {
    format: 1,
    source: { ...source, attackVersion: /ATT&CK (\d+\.\d+)/.exec(mapping.source)?.[1] ?? "unknown" },
    cves: Object.fromEntries(
      [...cves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([cve, ids]) => [cve, [...ids].sort()]),
    ),
  };
}

function addTo(map: Map<string, Set<string>>, name: string, value: string): void {
  const set = map.get(name);
  if (set) set.add(value);
  else map.set(name, new Set([value]));
}

function load(path: string): {
  readonly json: string;
  readonly source: { readonly file: string; readonly sha256: string };
} {
  const bytes = readFileSync(path);
  const json = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return { json, source: { file: basename(path), sha256: createHash("sha256").update(json).digest("hex") } };
}

function fileIn(directory: string): string {
  const [name] = readdirSync(directory)
    .filter((entry) => /\.json(?:\.gz)?$/.test(entry))
    .sort();
  if (name === undefined) throw new Error(`${directory}: no JSON file`);
  return join(directory, name);
}

function write(name: string, content: string): void {
  const path = join(dataDirectory, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  console.log(`data/${name}: ${content.length} characters`);
}

const [sources] = process.argv.slice(2);
if (sources === undefined) {
  console.error("usage: npm run data:build -- DIR (a folder with attack/, actors/ and cve/)");
  process.exit(2);
}
const domains = newestBundles(join(sources, "attack"));
const catalogue = Catalogue.of(domains);
for (const facts of domains) write(`attack/${facts.domain}.json`, factsToJson(facts));
const { actors, ...actorHead } = actorFacts(fileIn(join(sources, "actors")), catalogue);
write(
  "actors.json",
  `{\n"format":1,\n"source":${JSON.stringify(actorHead.source)},\n"actors":[\n${lines(actors)}\n]\n}\n`,
);
const { cves, ...cveHead } = vulnerabilityFacts(fileIn(join(sources, "cve")), catalogue);
write(
  "cve.json",
  `{\n"format":1,\n"source":${JSON.stringify(cveHead.source)},\n"cves":{\n${Object.entries(cves)
    .map(([cve, ids]) => `${JSON.stringify(cve)}:${JSON.stringify(ids)}`)
    .join(",\n")}\n}\n}\n`,
);
