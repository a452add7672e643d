import { v5 as uuid5 } from "uuid";
import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue, DomainInfo } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import type { Campaign, Evidence } from "../campaigns/campaign.ts";
import { type ExportOptions } from "./export.ts";
import { cleanText, shortened } from "./text.ts";
import type { TlpLevel } from "./tlp.ts";
import { webUri } from "./uri.ts";

export interface StixBundle {
  readonly type: "bundle";
  readonly id: string;
  readonly objects: readonly StixObject[];
}

export interface StixObject {
  readonly type: string;
  readonly id: string;
  readonly spec_version: "2.1";
  readonly [property: string]: unknown;
}

/** Where the ids of our own objects come from: by STIX 2.1, section 2.9, not the namespace that is kept for observables. */
const idNamespace = "5f0b4c62-6f0e-5a58-9d4c-8f6e0a3f7c11";

/**
 * The markings of TLP 2.0, whose ids and times OASIS fixed for everybody ("STIX Best Practices" and its extension
 * definition for TLP 2.0).
 */
const tlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
const tlpMarkings: Readonly<Record<TlpLevel, string>> = {
  clear: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
};
const tlpCreated = "2022-10-01T00:00:00.000Z";

/** Quotations in a relationship's description, and characters of each. */
const quotations = { most: 5, longest: 600 } as const;

/** What all objects are made with. */
export interface Scene {
  readonly catalogue: Catalogue;
  readonly analysis: Analysis;
  /** Tells this report from others: its address, else its title. */
  readonly reportKey: string;
  readonly date: string;
  /** Properties that every object of the report's own carries. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The report as an external reference, where it has an address. */
  readonly references: readonly { readonly source_name: string; readonly url: string }[];
  readonly tlp: TlpLevel | undefined;
}

export function sceneOf(analysis: Analysis, catalogue: Catalogue, options: ExportOptions): Scene {
  const { report } = analysis;
  const { tlp, reportUrl } = options;
  const url = reportUrl === undefined ? undefined : webUri(reportUrl);
  return {
    catalogue,
    analysis,
    reportKey: url ?? report.title,
    date: dateOf(options, catalogue),
    own: tlp === undefined ? {} : { object_marking_refs: [tlpMarkings[tlp]] },
    references: url === undefined ? [] : [{ source_name: sourceName(report.title), url }],
    tlp,
  };
}

/** When the report was published; without a date of its own, that of the data is the only one that stays the same. */
export function dateOf({ date }: Pick<ExportOptions, "date">, { domains }: Catalogue): string {
  // Years beyond 9999 have a sign and six digits, which neither STIX nor MISP reads; nor do they read the year 0.
  const time = date !== undefined && /^(?!0000)\d{4}-/.test(date) ? date : undefined;
  return new Date(time ?? domains.map(({ source }) => source.modified).reduce((a, b) => (a > b ? a : b))).toISOString();
}

/** What calls itself "cve" or "capec" would have to give a number (STIX 2.1, section 2.5). */
function sourceName(title: string): string {
  const name = cleanText(title);
  return /^(?:cve|capec)?$/i.test(name.trim()) ? `report ${name}`.trim() : name;
}

/** A campaign as the object that stands for it: MITRE's own where it is one of ATT&CK's, else one of ours. */
export function actorOf(campaign: Campaign, scene: Scene): StixObject {
  const [known] = campaign.attackIds.length === 1 ? attackObjects(campaign, scene.catalogue) : [];
  if (known && known.type === campaign.type) return knownActor(known, scene);
  // Nobody who is named is no intrusion set; what they did is a campaign all the same.
  const type = campaign.type === "campaign" || campaign.unnamed === true ? "campaign" : "intrusion-set";
  // Two reports that speak of a named campaign mean the same one; what a report calls "cluster A" is its own.
  const key = campaign.type === "cluster" ? [scene.reportKey, campaign.name] : [nameKey(campaign.name)];
  const name = cleanText(campaign.name);
  const aliases = [...new Set(campaign.aliases.map(cleanText))].filter(
    (alias) => alias.trim() !== "" && alias !== name,
  );
  return {
    type,
    spec_version: "2.1",
    id: stixId(type, ...key),
    created: scene.date,
    modified: scene.date,
    name,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...references(scene),
    ...scene.own,
  };
}

/** A group or campaign of ATT&CK, without MITRE's sentences. */
export function knownActor(object: AttackObject, scene: Scene): StixObject {
  return {
    ...mitreProperties(object.type === "campaign" ? "campaign" : "intrusion-set", object, scene),
    ...(object.aliases.length > 0 ? { aliases: [object.name, ...object.aliases] } : {}),
    ...(object.firstSeen === undefined ? {} : { first_seen: timestamp(object.firstSeen) }),
    ...(object.lastSeen === undefined ? {} : { last_seen: timestamp(object.lastSeen) }),
  };
}

export const attackObjects = ({ attackIds }: Campaign, catalogue: Catalogue): readonly AttackObject[] =>
  attackIds
    .flatMap((id) => catalogue.get(id) ?? [])
    .filter(({ type, revoked, deprecated }) => (type === "group" || type === "campaign") && !revoked && !deprecated);

export function attackPattern(technique: AttackObject, scene: Scene): StixObject {
  const killChain = domainOf(technique, scene.catalogue)?.stix.killChain;
  return {
    ...mitreProperties("attack-pattern", technique, scene),
    ...(killChain === undefined || technique.tactics.length === 0
      ? {}
      : {
          kill_chain_phases: technique.tactics.map((phase) => ({ kill_chain_name: killChain, phase_name: phase })),
        }),
    ...(technique.platforms.length > 0 ? { x_mitre_platforms: technique.platforms } : {}),
    x_mitre_is_subtechnique: technique.parent !== undefined,
  };
}

/** Malware or a tool, as MITRE writes it; ATT&CK knows families, not single samples. */
export function softwareObject(object: AttackObject, scene: Scene): StixObject {
  const type = object.softwareType ?? "malware";
  return {
    ...mitreProperties(type, object, scene),
    ...(type === "malware" ? { is_family: true } : {}),
    ...(object.platforms.length > 0 ? { x_mitre_platforms: object.platforms } : {}),
    x_mitre_aliases: [object.name, ...object.aliases],
  };
}

/** What MITRE's objects have in common. */
function mitreProperties(type: string, object: AttackObject, { catalogue }: Scene): StixObject {
  const domain = domainOf(object, catalogue);
  const { identity, marking, specification } = domain?.stix ?? {};
  return {
    type,
    spec_version: "2.1",
    id: object.stixId,
    ...(identity ? { created_by_ref: identity.id } : {}),
    created: timestamp(object.created),
    modified: timestamp(object.modified ?? object.created),
    name: object.name,
    external_references: [{ source_name: "mitre-attack", external_id: object.id, url: object.url }],
    ...(marking ? { object_marking_refs: [marking.id] } : {}),
    x_mitre_domains: object.domains,
    ...(object.version === undefined ? {} : { x_mitre_version: object.version }),
    ...(specification === undefined ? {} : { x_mitre_attack_spec_version: specification }),
  };
}

export const quotationsOf = (evidence: readonly Pick<Evidence, "line" | "text">[]): readonly string[] =>
  evidence
    .slice(0, quotations.most)
    .map(({ line, text }) => `line ${line}: “${cleanText(shortened(text, quotations.longest))}”`);

export function relationship(type: string, source: string, target: string, about: object, scene: Scene): StixObject {
  return {
    type: "relationship",
    spec_version: "2.1",
    id: stixId("relationship", scene.reportKey, type, source, target),
    created: scene.date,
    modified: scene.date,
    relationship_type: type,
    source_ref: source,
    target_ref: target,
    ...about,
    ...references(scene),
    ...scene.own,
  };
}

/** Markings, and the identity of MITRE: whatever the others refer to. */
export function frameObjects(objects: readonly StixObject[], { catalogue, tlp }: Scene): readonly StixObject[] {
  const referred = new Set(
    objects.flatMap(({ created_by_ref: creator, object_marking_refs: markings }) => [
      creator,
      ...(Array.isArray(markings) ? (markings as readonly unknown[]) : []),
    ]),
  );
  const frames = catalogue.domains.flatMap(({ stix: { identity, marking } }): readonly StixObject[] => [
    ...(marking
      ? [
          {
            type: "marking-definition",
            spec_version: "2.1" as const,
            id: marking.id,
            ...(identity ? { created_by_ref: identity.id } : {}),
            created: marking.created,
            definition_type: "statement",
            definition: { statement: marking.statement },
          },
        ]
      : []),
    ...(identity ? [{ type: "identity", spec_version: "2.1" as const, ...identity }] : []),
  ]);
  return [...(tlp === undefined ? [] : [tlpMarking(tlp)]), ...frames.filter(({ id }) => referred.has(id))];
}

const tlpMarking = (tlp: TlpLevel): StixObject => ({
  type: "marking-definition",
  spec_version: "2.1",
  id: tlpMarkings[tlp],
  created: tlpCreated,
  name: `TLP:${tlp.toUpperCase()}`,
  extensions: { [tlpExtension]: { extension_type: "property-extension", tlp_2_0: tlp } },
});

export const references = ({ references: list }: Scene): { readonly external_references?: readonly object[] } =>
  list.length > 0 ? { external_references: list } : {};

const domainOf = (object: AttackObject, catalogue: Catalogue): DomainInfo | undefined =>
  catalogue.domains.find(({ domain }) => object.domains.includes(domain));

/** A day as the moment at which it began. */
const timestamp = (time: string | undefined): string => new Date(time ?? 0).toISOString();

export const stixId = (type: string, ...parts: readonly string[]): string => `${type}--${ownUuid(type, ...parts)}`;

/** Parts are joined as JSON, so that no two lists of them make one string. */
export const ownUuid = (...parts: readonly string[]): string => uuid5(JSON.stringify(parts), idNamespace);

/** Each object once, in the order in which they came. */
export function unique(objects: readonly StixObject[]): readonly StixObject[] {
  const seen = new Set<string>();
  return objects.filter(({ id }) => !seen.has(id) && seen.add(id));
}
