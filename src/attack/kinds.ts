/**
 * The kinds of ATT&CK objects, one row each: add a kind by adding a row.
 *
 * Sources: ATT&CK's "Data & Tools" pages for the id prefixes and the STIX types, and the URLs that the bundles
 * themselves carry for the paths.
 */
export interface ObjectKind {
  readonly type: ObjectType;
  /** As a person says it. */
  readonly label: string;
  readonly plural: string;
  /** STIX object types that are of this kind. */
  readonly stixTypes: readonly string[];
  /** What an id of this kind looks like; also what tells one kind from the other when an id is typed by hand. */
  readonly idPattern: RegExp;
  /** Folder of this kind on attack.mitre.org. */
  readonly urlPath: string;
  /** Codicon that stands for it in lists. */
  readonly icon: string;
}

export type ObjectType =
  | "technique"
  | "tactic"
  | "group"
  | "software"
  | "campaign"
  | "mitigation"
  | "data-source"
  | "data-component"
  | "detection-strategy"
  | "analytic"
  | "asset";

const kind = (
  type: ObjectType,
  label: string,
  plural: string,
  stixTypes: readonly string[],
  idPattern: RegExp,
  urlPath: string,
  icon: string,
): ObjectKind => ({ type, label, plural, stixTypes, idPattern, urlPath, icon });

export const objectKinds: readonly ObjectKind[] = [
  kind(
    "technique",
    "Technique",
    "techniques",
    ["attack-pattern"],
    /^T\d{4}(?:\.\d{3})?$/,
    "techniques",
    "symbol-event",
  ),
  kind("tactic", "Tactic", "tactics", ["x-mitre-tactic"], /^TA\d{4}$/, "tactics", "milestone"),
  kind("group", "Group", "groups", ["intrusion-set"], /^G\d{4}$/, "groups", "organization"),
  kind("software", "Software", "software", ["malware", "tool"], /^S\d{4}$/, "software", "bug"),
  kind("campaign", "Campaign", "campaigns", ["campaign"], /^C\d{4}$/, "campaigns", "flame"),
  kind("mitigation", "Mitigation", "mitigations", ["course-of-action"], /^M\d{4}$/, "mitigations", "shield"),
  kind("data-source", "Data source", "data sources", ["x-mitre-data-source"], /^DS\d{4}$/, "datasources", "database"),
  kind(
    "data-component",
    "Data component",
    "data components",
    ["x-mitre-data-component"],
    /^DC\d{4}$/,
    "datacomponents",
    "list-tree",
  ),
  kind(
    "detection-strategy",
    "Detection strategy",
    "detection strategies",
    ["x-mitre-detection-strategy"],
    /^DET\d{4}$/,
    "detectionstrategies",
    "eye",
  ),
  kind("analytic", "Analytic", "analytics", ["x-mitre-analytic"], /^AN\d{4}$/, "analytics", "graph"),
  kind("asset", "Asset", "assets", ["x-mitre-asset"], /^A\d{4}$/, "assets", "server"),
];

const byType = new Map(objectKinds.map((row) => [row.type, row]));
const byStixType = new Map(objectKinds.flatMap((row) => row.stixTypes.map((stix) => [stix, row] as const)));

export function kindOf(type: ObjectType): ObjectKind {
  const row = byType.get(type);
  if (!row) throw new Error(`unknown kind of ATT&CK object: ${type}`);
  return row;
}

export const kindOfStixType = (stixType: string): ObjectKind | undefined => byStixType.get(stixType);

/** The kind that an id (upper case, dotted) is written in, whether or not the object exists. */
export const kindOfId = (id: string): ObjectKind | undefined => objectKinds.find((row) => row.idPattern.test(id));

/** Where ATT&CK shows an object; the data may say otherwise. */
export function canonicalUrl(type: ObjectType, id: string): string {
  return `https://attack.mitre.org/${kindOf(type).urlPath}/${id.replace(".", "/")}`;
}
