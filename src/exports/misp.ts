import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { relationText } from "../campaigns/relation.ts";
import { jsonText } from "../json-text.ts";
import { someCampaigns, type Export, type ExportOptions } from "./export.ts";
import { toNameAndId } from "./link.ts";
import { usersOf } from "./matrix.ts";
import { inOrderOfTactics } from "./order-of-tactics.ts";
import { softwareOf, type SoftwareUse } from "./software.ts";
import { attackObjects, ownUuid, quotationsOf, sceneOf, stixId, type Scene } from "./stix-objects.ts";
import { cleanText } from "./text.ts";

/** The report as one event of MISP, its techniques and actors as tags of MISP's galaxies, its evidence as attributes. */
export const misp: Export = {
  id: "misp",
  title: "MISP event",
  extension: "misp.json",
  mediaType: "application/json",
  dated: true,
  render: (analysis, catalogue, options) => jsonText({ Event: buildEvent(analysis, catalogue, options) }),
};

/** In MISP's core format numbers are written as strings. */
export interface MispEvent {
  readonly uuid: string;
  readonly info: string;
  /** A day. */
  readonly date: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly threat_level_id: string;
  readonly analysis: string;
  readonly distribution: string;
  readonly published: boolean;
  readonly Tag: readonly MispTag[];
  readonly Attribute: readonly MispAttribute[];
}

export interface MispTag {
  readonly name: string;
}

export interface MispAttribute {
  readonly uuid: string;
  readonly category: string;
  readonly type: string;
  readonly value: string;
  readonly comment: string;
  readonly to_ids: boolean;
  readonly distribution: string;
  readonly timestamp: string;
  readonly disable_correlation: boolean;
  readonly Tag?: readonly MispTag[];
}

/** MISP's numbers for what the report doesn't say, and for what an importer should widen rather than narrow. */
const undefinedThreat = "4";
const completed = "2";
const yourOrganisationOnly = "0";
const asTheEvent = "5";

/**
 * One event a report, as its readers cite it. The same report yields the same uuids; the event's is that of the report in
 * the STIX bundle.
 */
export function buildEvent(analysis: Analysis, catalogue: Catalogue, options: ExportOptions): MispEvent {
  const campaigns = someCampaigns(analysis, catalogue, options);
  const scene = sceneOf(analysis, catalogue, options);
  const software = softwareOf(campaigns, analysis, catalogue);
  const attributes = [
    ...linkOf(scene),
    ...campaigns.map((campaign) => actorAttribute(campaign, catalogue)),
    ...relationAttributes(campaigns, analysis),
    ...campaigns.flatMap((campaign) => techniqueAttributes(campaign, campaigns, catalogue)),
    ...software.map(softwareAttribute),
    ...vulnerabilities(campaigns, analysis),
  ];
  const objects = [
    ...campaigns.flatMap((campaign) => attackObjects(campaign, catalogue)),
    ...software.filter(isSure).map(({ object }) => object),
    ...inOrderOfTactics(
      campaigns.flatMap(({ techniques }) => techniques),
      catalogue,
    ).flatMap(({ id }) => catalogue.get(id) ?? []),
  ];
  return {
    uuid: stixId("report", scene.reportKey).replace("report--", ""),
    info: cleanText(analysis.report.title).trim() || "Report",
    date: scene.date.slice(0, 10),
    timestamp: secondsOf(scene),
    threat_level_id: undefinedThreat,
    analysis: completed,
    distribution: yourOrganisationOnly,
    published: false,
    Tag: uniqueTags([...(scene.tlp === undefined ? [] : [{ name: `tlp:${scene.tlp}` }]), ...objects.map(clusterTag)]),
    Attribute: finished(attributes, scene),
  };
}

/** What tells one attribute from another; an event has no two with the same category, type and value. */
interface Draft extends Pick<MispAttribute, "category" | "type" | "value" | "comment"> {
  readonly tags?: readonly MispTag[];
  /** Worth being found in other events. */
  readonly correlates?: true;
}

const linkOf = ({ references: [reference] }: Scene): readonly Draft[] =>
  reference === undefined
    ? []
    : [{ category: "External analysis", type: "link", value: reference.url, comment: "the report", correlates: true }];

function actorAttribute(campaign: Campaign, catalogue: Catalogue): Draft {
  const { name, type, aliases, dates } = campaign;
  const unnamed = campaign.unnamed === true;
  const said = [
    ...(unnamed ? ["the report names nobody; this is its title"] : []),
    ...(type === "cluster" && !unnamed ? ["a cluster of activity"] : []),
    ...(aliases.length > 0 ? [`also ${aliases.join(", ")}`] : []),
    ...(dates === undefined ? [] : [dates.first === dates.last ? dates.first : `${dates.first} to ${dates.last}`]),
  ];
  return {
    category: "Attribution",
    type: type === "campaign" || unnamed ? "campaign-name" : "threat-actor",
    value: name,
    comment: said.join("; "),
    tags: attackObjects(campaign, catalogue).map(clusterTag),
    ...(unnamed ? {} : { correlates: true }),
  };
}

function relationAttributes(campaigns: readonly Campaign[], { campaigns: all, relations }: Analysis): readonly Draft[] {
  const wanted = new Set(campaigns.map(({ id }) => id));
  const nameOf = (id: string): string => all.find((campaign) => campaign.id === id)?.name ?? id;
  return relations
    .filter(({ from, to }) => wanted.has(from) || wanted.has(to))
    .map((relation) => ({
      category: "Attribution",
      type: "text",
      value: `${nameOf(relation.from)} ${relationText(relation, nameOf(relation.to))}`,
      comment: quotationsOf(relation.evidence).join("\n"),
    }));
}

function techniqueAttributes(
  campaign: Campaign,
  campaigns: readonly Campaign[],
  catalogue: Catalogue,
): readonly Draft[] {
  return inOrderOfTactics(campaign.techniques, catalogue).flatMap(
    ({ id, evidence, status, confidence }): readonly Draft[] => {
      const object = catalogue.get(id);
      if (!object || !usersOf(id, campaigns).some((user) => user.campaign === campaign)) return [];
      return [
        {
          category: "External analysis",
          type: "text",
          value: `${campaign.name}: ${fullName(object, catalogue)} (${id})`,
          comment: [`${status}, confidence ${Math.round(confidence * 100)} %`, ...quotationsOf(evidence)].join("\n"),
          tags: [clusterTag(object)],
        },
      ];
    },
  );
}

/** Vulnerabilities by whose number the report tells a technique. */
const vulnerabilities = (campaigns: readonly Campaign[], { mentions }: Analysis): readonly Draft[] =>
  mentions
    .filter(
      ({ by, text, campaigns: users }) =>
        by === "cve" && /^CVE-\d{4}-\d{4,7}$/i.test(text) && campaigns.some(({ id }) => users.includes(id)),
    )
    .map(({ text, line, evidence }) => ({
      category: "External analysis",
      type: "vulnerability",
      value: text.toUpperCase(),
      comment: quotationsOf([{ line, text: evidence }]).join("\n"),
      correlates: true,
    }));

/** Below it, software belongs to a campaign only because the report tells of nobody else. */
const sureEnoughToTag = 0.7;

/** Where nobody is named, there is nobody else whose it might be. */
const isSure = ({ confidence, users }: SoftwareUse): boolean =>
  confidence >= sureEnoughToTag || users.some((user) => user.unnamed === true);

function softwareAttribute({ object, users, mentions, confidence }: SoftwareUse): Draft {
  const sentences = new Map(mentions.map(({ line, evidence }) => [evidence, { line, text: evidence }]));
  return {
    category: "External analysis",
    type: "text",
    value: toNameAndId(object),
    comment: [
      `of ${users.map(({ name }) => name).join(", ")}, confidence ${Math.round(confidence * 100)} %`,
      ...quotationsOf([...sentences.values()]),
    ].join("\n"),
    tags: [clusterTag(object)],
  };
}

/** MISP's galaxies of ATT&CK; those of ICS are apart, and name their clusters without an id. */
const galaxies: Readonly<Record<string, readonly [usual: string, ics: string]>> = {
  technique: ["mitre-attack-pattern", "mitre-ics-techniques"],
  group: ["mitre-intrusion-set", "mitre-ics-groups"],
  campaign: ["mitre-campaign", "mitre-campaign"],
  malware: ["mitre-malware", "mitre-ics-software"],
  tool: ["mitre-tool", "mitre-ics-software"],
};

function clusterTag({ id, name, type, softwareType, domains }: AttackObject): MispTag {
  const [usual, ics] = galaxies[type === "software" ? (softwareType ?? "malware") : type] ?? [`mitre-${type}`, ""];
  const isIcs = ics.startsWith("mitre-ics-") && domains.every((domain) => domain === "ics-attack");
  // A quotation mark would end the value.
  const value = cleanText(isIcs ? name : `${name} - ${id}`).replace(/[\s"]+/g, (mark) =>
    mark.includes('"') ? "'" : " ",
  );
  return { name: `misp-galaxy:${isIcs ? ics : usual}="${value}"` };
}

function finished(drafts: readonly Draft[], scene: Scene): readonly MispAttribute[] {
  const made = new Map<string, MispAttribute>();
  for (const { category, type, value, comment, tags = [], correlates } of drafts) {
    const clean = cleanText(value).trim();
    const key = [category, type, clean];
    if (clean === "" || made.has(key.join("\n"))) continue;
    made.set(key.join("\n"), {
      uuid: ownUuid("misp-attribute", scene.reportKey, ...key),
      category,
      type,
      value: clean,
      comment: cleanText(comment),
      // Nothing of these is an indicator that a sensor could look for.
      to_ids: false,
      distribution: asTheEvent,
      timestamp: secondsOf(scene),
      disable_correlation: correlates !== true,
      ...(tags.length > 0 ? { Tag: uniqueTags(tags) } : {}),
    });
  }
  return [...made.values()];
}

const secondsOf = ({ date }: Scene): string => String(Math.floor(Date.parse(date) / 1000));

const uniqueTags = (tags: readonly MispTag[]): readonly MispTag[] =>
  [...new Set(tags.map(({ name }) => name))].map((name) => ({ name }));
