import { isRecord } from "../json.ts";
import type { BundleTexts, DomainFacts, ObjectFacts, RelationFacts, RelationType, StixFrame } from "./facts.ts";
import { isDomain } from "./knowledge-folder.ts";
import { canonicalUrl, kindOfStixType, objectKinds, type ObjectType } from "./kinds.ts";
import { compareVersions, isVersion } from "./versions.ts";

/** What a bundle holds: its facts, its texts, and the objects that could not be read. */
export interface ReadBundle {
  readonly facts: DomainFacts;
  readonly texts: BundleTexts;
  readonly skipped: readonly SkippedObject[];
}

export interface SkippedObject {
  /** Position in the bundle's `objects`, from 0. */
  readonly index: number;
  readonly id: string;
  readonly reason: string;
}

export interface BundleOptions {
  /** Names the bundle in messages and in its facts. */
  readonly file: string;
  readonly sha256: string;
  /** ATT&CK's version, for bundles that do not say it themselves (those in STIX 2.0). */
  readonly version?: string;
}

/** A bundle that can't be used at all; the message is one sentence that names the file and the place. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/** Nothing says which version of ATT&CK a bundle holds: whoever reads it has to ask. */
export class UnknownVersionError extends BundleError {}

/** Versions of STIX and of ATT&CK's own specification that this reader was written for. */
const stixVersions = ["2.0", "2.1"];
const specificationMajor = 3;

/** UTF-16 units of a description; ATT&CK's own are a few thousand. */
const longestText = 20_000;

const relationTypes = ["uses", "mitigates", "detects", "attributed-to", "targets"] as const;

type StixObject = Readonly<Record<string, unknown>>;

/**
 * Reads an ATT&CK bundle in STIX 2.0 or 2.1.
 *
 * Single bad objects are left out and listed; a bundle that is no ATT&CK bundle throws a {@link BundleError}.
 */
export function readBundle(json: string, options: BundleOptions): ReadBundle {
  const { file } = options;
  const { objects, stixVersion } = openBundle(json, file);

  const skipped: SkippedObject[] = [];
  const good: GoodObject[] = [];
  const relations: StixObject[] = [];
  let matrixOrder: readonly string[] = [];
  let matrix: StixObject | undefined;
  let collection: StixObject | undefined;
  let identity: StixObject | undefined;
  let marking: StixObject | undefined;
  let modified = "";
  objects.forEach((value, index) => {
    const fault = faultOf(value);
    if (fault !== undefined) {
      skipped.push({ index, id: idOf(value), reason: fault });
      return;
    }
    const object = value as StixObject;
    const changed = text(object["modified"]) ?? "";
    if (changed > modified) modified = changed;
    if (object["type"] === "relationship") relations.push(object);
    else if (object["type"] === "x-mitre-collection") collection = object;
    else if (object["type"] === "identity") identity ??= object;
    else if (object["type"] === "marking-definition") marking ??= object;
    else if (object["type"] === "x-mitre-matrix") {
      if (object["x_mitre_deprecated"] === true || object["revoked"] === true) return;
      matrix ??= object;
      matrixOrder = [...matrixOrder, ...texts(object["tactic_refs"])];
    } else {
      const kind = kindOfStixType(object["type"] as string);
      if (!kind) return;
      const read = readObject(object, kind.type);
      if ("reason" in read) skipped.push({ index, id: idOf(value), reason: read.reason });
      else if (read.id !== undefined) good.push({ ...read, id: read.id, type: kind.type, object });
    }
  });

  if (!good.some(({ type }) => type === "technique")) {
    throw new BundleError(
      `${file}: a STIX bundle, but not of ATT&CK: none of its ${objects.length} objects is a technique with an ATT&CK id`,
    );
  }
  const domain = externalId(matrix) ?? domainOfMost(good);
  if (domain === undefined)
    throw new BundleError(
      `${file}: nothing in the bundle says which ATT&CK domain it is: it has no matrix and its objects have no x_mitre_domains`,
    );
  const version = text(collection?.["x_mitre_version"]) ?? options.version;
  if (version === undefined) {
    throw new UnknownVersionError(
      `${file}: a STIX ${stixVersion} bundle does not say which version of ATT&CK it holds, and neither does its file name: name it with --attack-version`,
    );
  }
  // Both become names of files.
  if (!isDomain(domain))
    throw new BundleError(`${file}: “${domain.slice(0, 40)}” is no name of a domain, such as enterprise-attack`);
  if (!isVersion(version))
    throw new BundleError(`${file}: “${version.slice(0, 40)}” is no version of ATT&CK, such as 18.1`);

  const active = onePerId(good);
  const idByStix = new Map(active.map(({ id, object }) => [object["id"] as string, id]));
  for (const { id, object } of good)
    if (!idByStix.has(object["id"] as string)) idByStix.set(object["id"] as string, id);

  const context: Context = {
    domain,
    idByStix,
    parents: pairs(relations, "subtechnique-of", idByStix),
    successors: pairs(relations, "revoked-by", idByStix),
    shortNames: shortNamesInOrder(active, matrixOrder),
  };
  const named = [...active].sort((a, b) => compare(a.id, b.id));
  const factObjects: Partial<Record<ObjectType, readonly ObjectFacts[]>> = {};
  const bundleTexts: Record<string, string> = {};
  for (const { type } of objectKinds) {
    const ofKind = named.filter((read) => read.type === type);
    if (ofKind.length > 0) factObjects[type] = ofKind.map((read) => toFacts(read, context));
    for (const { id, object } of ofKind) {
      const description = text(object["description"]);
      if (description !== undefined && description !== "") bundleTexts[id] = description.slice(0, longestText);
    }
  }
  return {
    facts: {
      format: 1,
      domain,
      name: text(matrix?.["name"]) ?? domain,
      version,
      source: { file, sha256: options.sha256, stix: stixVersion, modified },
      ...frameOf(active, identity, marking),
      tactics: matrixOrder.flatMap((ref) => idByStix.get(ref) ?? []),
      objects: factObjects,
      relations: readRelations(relations, active, idByStix),
    },
    texts: bundleTexts,
    skipped,
  };
}

interface GoodObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly object: StixObject;
}

interface Context {
  readonly domain: string;
  readonly idByStix: ReadonlyMap<string, string>;
  readonly parents: ReadonlyMap<string, string>;
  readonly successors: ReadonlyMap<string, string>;
  /** Short names of the tactics in the matrix's order. */
  readonly shortNames: readonly string[];
}

function openBundle(json: string, file: string): { objects: readonly unknown[]; stixVersion: string } {
  let bundle: unknown;
  try {
    bundle = JSON.parse(json.charCodeAt(0) === 0xfeff ? json.slice(1) : json);
  } catch (error) {
    throw new BundleError(`${file}: not JSON: ${placeOfJsonError(json, error)}`);
  }
  if (!isRecord(bundle) || bundle["type"] !== "bundle") {
    const type = isRecord(bundle) ? text(bundle["type"]) : undefined;
    throw new BundleError(
      `${file}: no STIX bundle: its "type" is ${type === undefined ? "missing" : JSON.stringify(type.slice(0, 40))}, not "bundle"`,
    );
  }
  const { objects } = bundle;
  if (!Array.isArray(objects) || objects.length === 0)
    throw new BundleError(`${file}: the bundle's "objects" is not a list with something in it`);
  // STIX 2.1 took the version from the bundle and gave it to each object.
  const first = objects.find((object) => isRecord(object) && typeof object["spec_version"] === "string") as
    StixObject | undefined;
  const stixVersion = text(bundle["spec_version"]) ?? text(first?.["spec_version"]) ?? "2.0";
  if (!stixVersions.includes(stixVersion)) {
    throw new BundleError(
      `${file}: STIX ${stixVersion.slice(0, 20)}; this program reads ${stixVersions.join(" and ")}`,
    );
  }
  const newest = objects.reduce<number>(
    (most, object) =>
      Math.max(
        most,
        isRecord(object) ? Number.parseInt(text(object["x_mitre_attack_spec_version"]) ?? "0", 10) || 0 : 0,
      ),
    0,
  );
  if (newest > specificationMajor) {
    throw new BundleError(
      `${file}: written for version ${newest} of the ATT&CK specification; this program reads up to version ${specificationMajor}: update it`,
    );
  }
  return { objects, stixVersion };
}

/** "at line 3, column 7 (…)", from the offset that V8 names, or that the text ends too early. */
function placeOfJsonError(json: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const named = /at position (\d+)/.exec(message)?.[1] ?? placeOfExcerpt(json, message);
  const short = message.replace(/ in JSON at position.*| at position.*|, ?(?:\.\.\.)?".*/su, "");
  if (named === undefined)
    return json.trim() === "" ? "it is empty" : `it ends too early, at character ${json.length} (truncated?)`;
  const offset = Number(named);
  if (offset >= json.trimEnd().length) return `it ends too early, at character ${json.length} (truncated?)`;
  const before = json.slice(0, offset);
  const line = before.split("\n").length;
  return `${short} at line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}

/** V8 names no position where it quotes the text instead: ten characters before the fault and ten behind. */
function placeOfExcerpt(json: string, message: string): number | undefined {
  const quoted = /^Unexpected token '?(.)'?, (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/su.exec(message);
  const [, token = "", cut, excerpt = ""] = quoted ?? [];
  const at = quoted ? json.indexOf(excerpt) : -1;
  if (at < 0) return undefined;
  return cut === undefined ? at + excerpt.indexOf(token) : at + 10;
}

/** Why an object of the bundle can't be used, or `undefined`. */
function faultOf(value: unknown): string | undefined {
  if (!isRecord(value)) return "not an object";
  if (text(value["type"]) === undefined) return 'no "type"';
  if (text(value["id"]) === undefined) return 'no "id"';
  if (value["type"] === "relationship") {
    for (const field of ["relationship_type", "source_ref", "target_ref"]) {
      if (text(value[field]) === undefined) return `a relationship without "${field}"`;
    }
  }
  return undefined;
}

/** `id: undefined` means that the object is left out on purpose, without a word. */
function readObject(
  object: StixObject,
  type: ObjectType,
): { readonly id: string | undefined } | { readonly reason: string } {
  const name = text(object["name"]);
  if (name === undefined || name.trim() === "") return { reason: 'no "name"' };
  const id = externalId(object);
  const kind = objectKinds.find((row) => row.type === type);
  if (id === undefined) {
    // Before version 18 data components had no ids of their own.
    return type === "data-component"
      ? { id: object["id"] as string }
      : { reason: "no ATT&CK id in its external references" };
  }
  if (kind?.idPattern.test(id)) return { id };
  // Mitigations of the years before 2019 carry the id of their technique; they are deprecated and of no use.
  if (object["x_mitre_deprecated"] === true || object["revoked"] === true) return { id: undefined };
  return { reason: `"${id.slice(0, 40)}" is no id of a ${kind?.label.toLowerCase() ?? type}` };
}

/** Where a bundle has two objects with one id, the one still in use stands for it. */
function onePerId(good: readonly GoodObject[]): readonly GoodObject[] {
  const byId = new Map<string, GoodObject>();
  const current = ({ object }: GoodObject): boolean =>
    object["revoked"] !== true && object["x_mitre_deprecated"] !== true;
  for (const read of good) {
    const known = byId.get(read.id);
    if (!known || (!current(known) && current(read))) byId.set(read.id, read);
  }
  return [...byId.values()];
}

/** Objects of one bundle have one publisher, one marking and one kill chain. */
function frameOf(
  objects: readonly GoodObject[],
  identity: StixObject | undefined,
  marking: StixObject | undefined,
): { readonly stix?: StixFrame } {
  const phases = objects.flatMap(({ object }) => records(object["kill_chain_phases"]));
  const specifications = objects.flatMap(({ object }) => text(object["x_mitre_attack_spec_version"]) ?? []);
  const fields = (object: StixObject | undefined, names: readonly string[]): StixObject | undefined => {
    const found = names.map((name) => [name, text(object?.[name])] as const);
    return found.every(([, value]) => value !== undefined) ? Object.fromEntries(found) : undefined;
  };
  const [definition] = records([marking?.["definition"]]);
  const frame = defined({
    killChain: text(phases[0]?.["kill_chain_name"]),
    specification: specifications.sort(compareVersions).at(-1),
    identity: fields(identity, ["id", "name", "identity_class", "created", "modified"]),
    marking: fields(marking && { ...marking, ...definition }, ["id", "created", "statement"]),
  });
  return Object.keys(frame).length > 0 ? { stix: frame } : {};
}

function toFacts({ id, type, object }: GoodObject, context: Context): ObjectFacts {
  const name = (object["name"] as string).trim();
  const aliases = [
    ...new Set([...texts(object["aliases"]), ...texts(object["x_mitre_aliases"]), ...relatedAssetNames(object)]),
  ].filter((alias) => alias !== name && alias.trim() !== "");
  const domains = texts(object["x_mitre_domains"]);
  const platforms = texts(object["x_mitre_platforms"]).filter((platform) => platform !== "None");
  const tactics = type === "tactic" ? [text(object["x_mitre_shortname"]) ?? slug(name)] : tacticsIn(object, context);
  const parent = context.parents.get(id);
  const url = externalReference(object)?.["url"];
  const usualUrl = canonicalUrl(type, id);
  const revoked = object["revoked"] === true;
  const time = type === "technique" || type === "group" || type === "campaign" ? text : day;
  const successor = context.successors.get(id);
  const optional = {
    aliases: some(aliases),
    domains: domains.length > 1 ? domains : undefined,
    platforms: some(platforms),
    tactics: some(tactics),
    parent,
    url: typeof url === "string" && /^https:\/\//.test(url) && url.replace(/\/$/, "") !== usualUrl ? url : undefined,
    version: text(object["x_mitre_version"]),
    created: time(object["created"]),
    modified: time(object["modified"]),
    revoked: revoked || undefined,
    successor: revoked ? successor : undefined,
    deprecated: object["x_mitre_deprecated"] === true || undefined,
    softwareType: type === "software" ? object["type"] : undefined,
    firstSeen: day(object["first_seen"]),
    lastSeen: day(object["last_seen"]),
  };
  return { id, stix: object["id"] as string, name, ...defined(optional) };
}

function tacticsIn(object: StixObject, context: Context): readonly string[] {
  const phases = Array.isArray(object["kill_chain_phases"]) ? object["kill_chain_phases"] : [];
  const named = new Set(phases.flatMap((phase: unknown) => (isRecord(phase) ? (text(phase["phase_name"]) ?? []) : [])));
  const known = context.shortNames.filter((name) => named.has(name));
  return [...known, ...[...named].filter((name) => !known.includes(name))];
}

function shortNamesInOrder(active: readonly GoodObject[], matrixOrder: readonly string[]): readonly string[] {
  const byRef = new Map(
    active
      .filter(({ type }) => type === "tactic")
      .map(({ object }) => [object["id"] as string, text(object["x_mitre_shortname"]) ?? ""]),
  );
  return matrixOrder.flatMap((ref) => byRef.get(ref) ?? []);
}

function readRelations(
  relations: readonly StixObject[],
  active: readonly GoodObject[],
  idByStix: ReadonlyMap<string, string>,
): DomainFacts["relations"] {
  const found: Partial<Record<RelationType, RelationFacts>> = {};
  for (const type of relationTypes) {
    const edges = relations.filter(
      (relation) =>
        relation["relationship_type"] === type &&
        relation["revoked"] !== true &&
        relation["x_mitre_deprecated"] !== true,
    );
    found[type] = group(
      edges.map((edge) => [edge["source_ref"], edge["target_ref"]] as const),
      idByStix,
    );
  }
  const references = (type: ObjectType, refsOf: (object: StixObject) => readonly string[]): RelationFacts =>
    group(
      active
        .filter((read) => read.type === type)
        .flatMap(({ object }) => refsOf(object).map((ref) => [object["id"], ref] as const)),
      idByStix,
    );
  found["has-analytic"] = references("detection-strategy", (object) => texts(object["x_mitre_analytic_refs"]));
  found["needs-data"] = references("analytic", (object) =>
    records(object["x_mitre_log_source_references"]).flatMap(
      (source) => text(source["x_mitre_data_component_ref"]) ?? [],
    ),
  );
  found["part-of-source"] = references("data-component", (object) => texts([object["x_mitre_data_source_ref"]]));
  return Object.fromEntries(Object.entries(found).filter(([, edges]) => Object.keys(edges).length > 0));
}

function group(edges: readonly (readonly [unknown, unknown])[], idByStix: ReadonlyMap<string, string>): RelationFacts {
  const grouped = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    const source = idByStix.get(from as string);
    const target = idByStix.get(to as string);
    if (source === undefined || target === undefined) continue;
    const targets = grouped.get(source);
    if (targets) targets.add(target);
    else grouped.set(source, new Set([target]));
  }
  return Object.fromEntries(
    [...grouped].sort(([a], [b]) => compare(a, b)).map(([source, targets]) => [source, [...targets].sort(compare)]),
  );
}

/** From id to id, by a relation that an object has once. */
function pairs(
  relations: readonly StixObject[],
  type: string,
  idByStix: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const relation of relations) {
    if (
      relation["relationship_type"] !== type ||
      relation["revoked"] === true ||
      relation["x_mitre_deprecated"] === true
    )
      continue;
    const source = idByStix.get(relation["source_ref"] as string);
    const target = idByStix.get(relation["target_ref"] as string);
    if (source !== undefined && target !== undefined && source !== target) found.set(source, target);
  }
  return found;
}

function domainOfMost(good: readonly GoodObject[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { object } of good)
    for (const domain of texts(object["x_mitre_domains"])) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]))[0]?.[0];
}

function externalReference(object: StixObject | undefined): StixObject | undefined {
  return records(object?.["external_references"]).find(
    (reference) => /^mitre-/.test(text(reference["source_name"]) ?? "") && text(reference["external_id"]) !== undefined,
  );
}

const externalId = (object: StixObject | undefined): string | undefined =>
  text(externalReference(object)?.["external_id"]);

/** ICS assets have no aliases but "related assets": other names for the same thing in other sectors. */
const relatedAssetNames = (object: StixObject): readonly string[] =>
  records(object["x_mitre_related_assets"]).flatMap((asset) => text(asset["name"]) ?? []);

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
const records = (value: unknown): readonly StixObject[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const idOf = (value: unknown): string => (isRecord(value) ? (text(value["id"]) ?? "(no id)") : "(no id)");
const day = (value: unknown): string | undefined => text(value)?.slice(0, 10);
const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const defined = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
