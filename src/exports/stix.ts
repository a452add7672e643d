import { v5 as uuid5 } from "uuid";
import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue, DomainInfo } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import type { Campaign, CampaignTechnique, Evidence } from "../campaigns/campaign.ts";
import { relationText, type Relation } from "../campaigns/relation.ts";
import { someCampaigns, type Export, type ExportOptions } from "./export.ts";
import { cleanText, shortened } from "./text.ts";
import type { TlpLevel } from "./tlp.ts";

/** Report, campaigns, intrusion sets and the techniques that they use, as a bundle of STIX 2.1. */
export const stix: Export = {
  id: "stix",
  title: "STIX 2.1 bundle",
  extension: "stix.json",
  mediaType: "application/stix+json;version=2.1",
  render: (analysis, catalogue, options) =>
    `${JSON.stringify(buildBundle(analysis, catalogue, options), undefined, 2)}\n`,
};

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

/**
 * The same report yields the same ids, so that a platform updates what it has. What ATT&CK knows bears MITRE's own ids,
 * times and marking; what only the report knows bears ids made of its name.
 */
export function buildBundle(analysis: Analysis, catalogue: Catalogue, options: ExportOptions): StixBundle {
  const campaigns = someCampaigns(analysis, catalogue, options);
  const scene = sceneOf(analysis, catalogue, options);
  const wanted = new Set(campaigns.map(({ id }) => id));
  const relations = analysis.relations.filter(({ from, to }) => wanted.has(from) || wanted.has(to));
  // Whom a campaign is said to stand to goes with it, though the report only refers to them.
  const partners = analysis.campaigns.filter(
    ({ id }) => !wanted.has(id) && relations.some(({ from, to }) => from === id || to === id),
  );
  const actors = new Map([...campaigns, ...partners].map((campaign) => [campaign.id, actorOf(campaign, scene)]));
  const members = campaigns.flatMap((campaign) => membersOf(campaign, campaigns, actors, scene));
  const techniques = [...new Set(campaigns.flatMap(({ techniques: own }) => own.map(({ id }) => id)))]
    .sort()
    .flatMap((id) => catalogue.get(id) ?? [])
    .map((technique) => attackPattern(technique, scene));
  const uses = campaigns.flatMap((campaign) =>
    campaign.techniques.flatMap((technique) => {
      const source = actors.get(campaign.id);
      const target = catalogue.get(technique.id);
      return source && target ? [useOf(source.id, target.stixId, technique, scene)] : [];
    }),
  );
  const told = unique([
    ...actors.values(),
    ...members.map(({ object }) => object),
    ...techniques,
    ...relationsOf(relations, actors, analysis, scene),
    ...members.map(({ relationship }) => relationship),
    ...uses,
  ]);
  const report = reportOf(told, analysis, scene);
  const objects = unique([...frameObjects(told, scene), report, ...told]);
  return { type: "bundle", id: stixId("bundle", scene.reportKey, ...objects.map(({ id }) => id)), objects };
}

/** What all objects are made with. */
interface Scene {
  readonly catalogue: Catalogue;
  /** Tells this report from others: its address, else its title. */
  readonly reportKey: string;
  readonly date: string;
  /** Properties that every object of the report's own carries. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The report as an external reference, where it has an address. */
  readonly references: readonly object[];
  readonly tlp: TlpLevel | undefined;
}

function sceneOf({ report }: Analysis, catalogue: Catalogue, { date, tlp, reportUrl }: ExportOptions): Scene {
  // Without a date of the report, that of the data is the only one at hand that stays the same.
  const time = date ?? catalogue.domains.map(({ source }) => source.modified).reduce((a, b) => (a > b ? a : b));
  const url = reportUrl !== undefined && /^https?:\/\//.test(reportUrl) ? reportUrl : undefined;
  return {
    catalogue,
    reportKey: url ?? report.title,
    date: new Date(time).toISOString(),
    own: tlp === undefined ? {} : { object_marking_refs: [tlpMarkings[tlp]] },
    references: url === undefined ? [] : [{ source_name: cleanText(report.title) || "report", url }],
    tlp,
  };
}

/** A campaign as the object that stands for it: MITRE's own where it is one of ATT&CK's, else one of ours. */
function actorOf(campaign: Campaign, scene: Scene): StixObject {
  const [known] = campaign.attackIds.length === 1 ? attackObjects(campaign, scene.catalogue) : [];
  if (known && known.type === campaign.type) return knownActor(known, scene);
  const type = campaign.type === "campaign" ? "campaign" : "intrusion-set";
  // Two reports that speak of a named campaign mean the same one; what a report calls "cluster A" is its own.
  const key = campaign.type === "cluster" ? [scene.reportKey, campaign.name] : [nameKey(campaign.name)];
  const aliases = [...new Set(campaign.aliases.map(cleanText))].filter((alias) => alias !== campaign.name);
  return {
    type,
    spec_version: "2.1",
    id: stixId(type, ...key),
    created: scene.date,
    modified: scene.date,
    name: cleanText(campaign.name),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...references(scene),
    ...scene.own,
  };
}

/** A group or campaign of ATT&CK, without MITRE's sentences. */
function knownActor(object: AttackObject, scene: Scene): StixObject {
  return {
    ...mitreProperties(object.type === "campaign" ? "campaign" : "intrusion-set", object, scene),
    ...(object.aliases.length > 0 ? { aliases: [object.name, ...object.aliases] } : {}),
    ...(object.firstSeen === undefined ? {} : { first_seen: timestamp(object.firstSeen) }),
    ...(object.lastSeen === undefined ? {} : { last_seen: timestamp(object.lastSeen) }),
  };
}

interface Membership {
  readonly object: StixObject;
  readonly relationship: StixObject;
}

/** Who is behind a campaign: its parts in the report, and the groups whose ids it bears. */
function membersOf(
  campaign: Campaign,
  campaigns: readonly Campaign[],
  actors: ReadonlyMap<string, StixObject>,
  scene: Scene,
): readonly Membership[] {
  const self = actors.get(campaign.id);
  if (!self) return [];
  const parts = campaigns.flatMap(({ id, partOf }) => (partOf === campaign.id ? (actors.get(id) ?? []) : []));
  const groups = attackObjects(campaign, scene.catalogue).map((object) => knownActor(object, scene));
  return unique([...parts, ...groups])
    .filter(({ id }) => id !== self.id)
    .map((object) => {
      // The only relation that the standard has between the two; anything else is merely related.
      const type = self.type === "campaign" && object.type === "intrusion-set" ? "attributed-to" : "related-to";
      return { object, relationship: relationship(type, self.id, object.id, {}, scene) };
    });
}

/** How sure a relation is on the scale of none, low, medium and high (STIX 2.1, appendix A). */
const confidences = { said: 85, suspected: 50 } as const;

/** What the report says of two actors; several things of the same two make one relationship. */
function relationsOf(
  relations: readonly Relation[],
  actors: ReadonlyMap<string, StixObject>,
  { campaigns }: Analysis,
  scene: Scene,
): readonly StixObject[] {
  const nameOf = (id: string): string => campaigns.find((campaign) => campaign.id === id)?.name ?? id;
  const made = new Map<string, { ends: readonly [string, string, string]; lines: string[]; confidence: number }>();
  for (const relation of relations) {
    const [source, target] = [actors.get(relation.from), actors.get(relation.to)];
    if (!source || !target || source.id === target.id) continue;
    const ends = [relationType(relation, source, target), source.id, target.id] as const;
    const one = made.get(ends.join()) ?? { ends, lines: [], confidence: 0 };
    one.lines.push(
      `${nameOf(relation.from)} ${relationText(relation, nameOf(relation.to))}`,
      ...quotationsOf(relation.evidence),
    );
    one.confidence = Math.max(one.confidence, confidences[relation.certainty]);
    made.set(ends.join(), one);
  }
  return [...made.values()].map(({ ends: [type, source, target], lines, confidence }) =>
    relationship(type, source, target, { description: cleanText(lines.join("\n")), confidence }, scene),
  );
}

/** The standard's own types where they fit; whatever else it is stands in the description. */
function relationType({ kind, certainty }: Relation, source: StixObject, target: StixObject): string {
  const isBehind = kind === "attributed-to" || kind === "part-of";
  if (isBehind && source.type === "campaign" && target.type === "intrusion-set") return "attributed-to";
  if (kind === "successor-of" && source.type === target.type) return "derived-from";
  if (kind === "same-as" && certainty === "said" && source.type === target.type) return "duplicate-of";
  return "related-to";
}

const attackObjects = ({ attackIds }: Campaign, catalogue: Catalogue): readonly AttackObject[] =>
  attackIds
    .flatMap((id) => catalogue.get(id) ?? [])
    .filter(({ type, revoked, deprecated }) => (type === "group" || type === "campaign") && !revoked && !deprecated);

function attackPattern(technique: AttackObject, scene: Scene): StixObject {
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

function useOf(source: string, target: string, technique: CampaignTechnique, scene: Scene): StixObject {
  const about = {
    description: quotationsOf(technique.evidence).join("\n"),
    confidence: Math.round(technique.confidence * 100),
  };
  return relationship("uses", source, target, about, scene);
}

const quotationsOf = (evidence: readonly Evidence[]): readonly string[] =>
  evidence
    .slice(0, quotations.most)
    .map(({ line, text }) => `line ${line}: “${cleanText(shortened(text, quotations.longest))}”`);

function relationship(type: string, source: string, target: string, about: object, scene: Scene): StixObject {
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

function reportOf(objects: readonly StixObject[], { report }: Analysis, scene: Scene): StixObject {
  return {
    type: "report",
    spec_version: "2.1",
    id: stixId("report", scene.reportKey),
    created: scene.date,
    modified: scene.date,
    name: cleanText(report.title) || "Report",
    report_types: ["threat-report"],
    published: scene.date,
    object_refs: objects.map(({ id }) => id),
    ...references(scene),
    ...scene.own,
  };
}

/** Markings, and the identity of MITRE: whatever the others refer to. */
function frameObjects(objects: readonly StixObject[], { catalogue, tlp }: Scene): readonly StixObject[] {
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

const references = ({ references: list }: Scene): { readonly external_references?: readonly object[] } =>
  list.length > 0 ? { external_references: list } : {};

const domainOf = (object: AttackObject, catalogue: Catalogue): DomainInfo | undefined =>
  catalogue.domains.find(({ domain }) => object.domains.includes(domain));

/** A day as the moment at which it began. */
const timestamp = (time: string | undefined): string => new Date(time ?? 0).toISOString();

/** Parts are joined as JSON, so that no two lists of them make one string. */
const stixId = (type: string, ...parts: readonly string[]): string =>
  `${type}--${uuid5(JSON.stringify([type, ...parts]), idNamespace)}`;

/** Each object once, in the order in which they came. */
function unique(objects: readonly StixObject[]): readonly StixObject[] {
  const seen = new Set<string>();
  return objects.filter(({ id }) => !seen.has(id) && seen.add(id));
}
