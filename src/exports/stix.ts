import type { Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Campaign, CampaignTechnique } from "../campaigns/campaign.ts";
import { relationText, type Relation } from "../campaigns/relation.ts";
import { jsonText } from "../json-text.ts";
import { someCampaigns, type Export, type ExportOptions } from "./export.ts";
import { softwareOf, type SoftwareUse } from "./software.ts";
import {
  actorOf,
  attackObjects,
  attackPattern,
  frameObjects,
  knownActor,
  quotationsOf,
  references,
  relationship,
  sceneOf,
  softwareObject,
  stixId,
  unique,
  type Scene,
  type StixBundle,
  type StixObject,
} from "./stix-objects.ts";
import { cleanText } from "./text.ts";

/** Report, campaigns, intrusion sets and the techniques and software that they use, as a bundle of STIX 2.1. */
export const stix: Export = {
  id: "stix",
  title: "STIX 2.1 bundle",
  extension: "stix.json",
  mediaType: "application/stix+json;version=2.1",
  dated: true,
  render: (analysis, catalogue, options) => jsonText(buildBundle(analysis, catalogue, options)),
};

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
  const software = softwareOf(campaigns, analysis, catalogue);
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
    ...software.map(({ object }) => softwareObject(object, scene)),
    ...relationsOf(relations, actors, analysis, scene),
    ...members.map(({ relationship }) => relationship),
    ...uses,
    ...software.flatMap((use) => softwareUses(use, actors, scene)),
  ]);
  const report = reportOf(told, analysis, scene);
  const objects = unique([...frameObjects(told, scene), report, ...told]);
  return { type: "bundle", id: stixId("bundle", scene.reportKey, ...objects.map(({ id }) => id)), objects };
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

function useOf(source: string, target: string, technique: CampaignTechnique, scene: Scene): StixObject {
  const about = {
    description: quotationsOf(technique.evidence).join("\n"),
    confidence: Math.round(technique.confidence * 100),
  };
  return relationship("uses", source, target, about, scene);
}

/** Who uses a piece of software, by which sentences. */
function softwareUses(
  { object, users, mentions }: SoftwareUse,
  actors: ReadonlyMap<string, StixObject>,
  scene: Scene,
): readonly StixObject[] {
  return users.flatMap(({ id }) => {
    const source = actors.get(id);
    const own = mentions.filter((mention) => mention.campaigns.includes(id));
    const sentences = new Map(own.map(({ line, evidence }) => [evidence, { line, text: evidence }]));
    const about = {
      description: quotationsOf([...sentences.values()]).join("\n"),
      confidence: Math.round(100 * Math.max(...own.map(({ attributionConfidence }) => attributionConfidence))),
    };
    return source ? [relationship("uses", source.id, object.stixId, about, scene)] : [];
  });
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
