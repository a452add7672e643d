import type { Analysis } from "../analysis.ts";
import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import type { Campaign, CampaignTechnique } from "../campaigns/campaign.ts";
import type { Layer, LayerLink, LayerMetadata, LayerTechnique } from "./layer.ts";
import { campaignColours, evidenceGradient, overlapColour } from "./palette.ts";

/** A layer and the name of the file that it belongs in. */
export interface LayerFile {
  readonly fileName: string;
  readonly layer: Layer;
  /** Ids of the campaigns in it; several in a combined layer. */
  readonly campaigns: readonly string[];
  readonly combined: boolean;
}

export interface LayerOptions {
  /** Name and version of the program, for the layer's metadata. */
  readonly generator: string;
  /** Ids of the campaigns wanted; all described ones by default. */
  readonly campaigns?: readonly string[];
  /** Where the report is published, with its protocol. */
  readonly reportUrl?: string;
}

/** The version of the program whose format this is; Navigator asks for 4.9.0 or later. */
const navigatorVersion = "5.1.0";
const layerFormat = "4.5";

/** Quotations in one comment; Navigator shows it in a tooltip. */
const mostQuotations = 5;

/** One layer for each described campaign and domain that it has techniques of, and one combined for each domain. */
export function buildLayers(analysis: Analysis, catalogue: Catalogue, options: LayerOptions): readonly LayerFile[] {
  const wanted = analysis.campaigns.filter(
    ({ id, role, techniques }) =>
      role === "described" && techniques.length > 0 && (options.campaigns?.includes(id) ?? true),
  );
  return catalogue.domains.flatMap(({ domain }) => {
    const inDomain = wanted.flatMap((campaign) => {
      const techniques = campaign.techniques.filter(({ id }) => isIn(domain, id, catalogue));
      return techniques.length > 0 ? [{ ...campaign, techniques }] : [];
    });
    const single = inDomain.map((campaign): LayerFile => ({
      fileName: `${fileSafe(campaign.id)}-${domain}.json`,
      layer: campaignLayer(campaign, domain, analysis, catalogue, options),
      campaigns: [campaign.id],
      combined: false,
    }));
    if (inDomain.length === 0) return single;
    const combined: LayerFile = {
      fileName: `combined-${domain}.json`,
      layer: combinedLayer(inDomain, domain, analysis, catalogue, options),
      campaigns: inDomain.map(({ id }) => id),
      combined: true,
    };
    return [...single, combined];
  });
}

/** Layer files of one folder never collide with a folder above: letters, digits and hyphens only. */
const fileSafe = (id: string): string =>
  id
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}-]+/gu, "-")
    .replace(/^-+|-+$/g, "") || "campaign";

function isIn(domain: string, id: string, catalogue: Catalogue): boolean {
  const technique = catalogue.get(id);
  return technique !== undefined && isCurrent(technique) && technique.domains.includes(domain);
}

function campaignLayer(
  campaign: Campaign,
  domain: string,
  analysis: Analysis,
  catalogue: Catalogue,
  options: LayerOptions,
): Layer {
  const entries = campaign.techniques.flatMap((technique) =>
    cells(technique, (cell) => ({
      ...cell,
      score: score(technique),
      comment: comment(technique),
      metadata: [
        { name: "evidence", value: technique.status },
        { name: "confidence", value: technique.confidence.toFixed(2) },
      ],
      links: [attackLink(technique.id, catalogue)],
    })),
  );
  return {
    ...frame(domain, catalogue),
    name: campaign.name,
    description: `Techniques of ${campaign.name} as described in “${analysis.report.title}”.`,
    techniques: withParents(entries, catalogue),
    legendItems: [
      { label: "described, weak evidence", color: evidenceGradient[0] },
      { label: "described, good evidence", color: evidenceGradient[1] },
      { label: "stated by the report", color: evidenceGradient[2] },
    ],
    metadata: metadata([
      ["campaign", campaign.name],
      ["also known as", campaign.aliases.join(", ")],
      ["groups", campaign.attackIds.map((id) => `${id} ${catalogue.get(id)?.name ?? ""}`.trim()).join(", ")],
      ["confidence", confidenceRange(campaign.techniques)],
      ["report", analysis.report.title],
      ["generator", options.generator],
    ]),
    links: layerLinks(campaign.attackIds, catalogue, options),
  };
}

function combinedLayer(
  campaigns: readonly Campaign[],
  domain: string,
  analysis: Analysis,
  catalogue: Catalogue,
  options: LayerOptions,
): Layer {
  const colours = new Map(
    campaigns.map(({ id }, index) => [id, campaignColours[index % campaignColours.length] ?? overlapColour]),
  );
  const ids = [...new Set(campaigns.flatMap(({ techniques }) => techniques.map(({ id }) => id)))].sort();
  const entries = ids.flatMap((id) => {
    const users = usersOf(id, campaigns);
    const [first] = users;
    if (!first) return [];
    const merged = merge(
      users.map(({ technique }) => technique),
      first.technique,
    );
    return cells(merged, (cell) => ({
      ...cell,
      score: score(merged),
      color: users.length > 1 ? overlapColour : (colours.get(first.campaign.id) ?? overlapColour),
      comment: users.map(({ campaign, technique }) => `${campaign.name}\n${comment(technique)}`).join("\n\n"),
      metadata: [
        { name: "campaigns", value: users.map(({ campaign }) => campaign.name).join(", ") },
        { name: "evidence", value: merged.status },
        { name: "confidence", value: merged.confidence.toFixed(2) },
      ],
      links: [attackLink(id, catalogue)],
    }));
  });
  const overlap = ids.some((id) => usersOf(id, campaigns).length > 1);
  const used = new Set(ids.flatMap((id) => usersOf(id, campaigns).map(({ campaign }) => campaign.id)));
  return {
    ...frame(domain, catalogue),
    name: `${analysis.report.title} (combined)`,
    description: `Techniques of every campaign described in “${analysis.report.title}”, coloured by campaign.`,
    techniques: withParents(entries, catalogue),
    legendItems: [
      ...campaigns
        .filter(({ id }) => used.has(id))
        .map(({ id, name }) => ({ label: name, color: colours.get(id) ?? overlapColour })),
      ...(overlap ? [{ label: "several campaigns", color: overlapColour }] : []),
    ],
    metadata: metadata([
      ["campaigns", campaigns.map(({ name }) => name).join(", ")],
      ["report", analysis.report.title],
      ["generator", options.generator],
    ]),
    links: layerLinks([...new Set(campaigns.flatMap(({ attackIds }) => attackIds))], catalogue, options),
  };
}

interface User {
  readonly campaign: Campaign;
  readonly technique: CampaignTechnique;
}

/** Who uses a technique; a campaign steps back where one of its own members is known to be the one. */
function usersOf(id: string, campaigns: readonly Campaign[]): readonly User[] {
  const users = campaigns.flatMap((campaign) => {
    const technique = campaign.techniques.find((other) => other.id === id);
    return technique ? [{ campaign, technique }] : [];
  });
  return users.filter(({ campaign }) => !users.some(({ campaign: member }) => member.partOf === campaign.id));
}

function merge(techniques: readonly CampaignTechnique[], first: CampaignTechnique): CampaignTechnique {
  return {
    ...first,
    saidTactics: first.tactics.filter((tactic) => techniques.some(({ saidTactics }) => saidTactics.includes(tactic))),
    status: techniques.some(({ status }) => status === "stated") ? "stated" : "inferred",
    confidence: Math.max(...techniques.map(({ confidence }) => confidence)),
  };
}

/** What is the same in all layers of a domain. */
export function frame(
  domain: string,
  catalogue: Catalogue,
): Omit<Layer, "name" | "description" | "techniques" | "legendItems" | "metadata" | "links"> {
  return {
    versions: {
      attack: (catalogue.versionOf(domain) ?? "").split(".")[0] ?? "",
      navigator: navigatorVersion,
      layer: layerFormat,
    },
    domain,
    sorting: 0,
    layout: {
      layout: "side",
      showID: true,
      showName: true,
      showAggregateScores: false,
      countUnscored: false,
      aggregateFunction: "max",
      expandedSubtechniques: "annotated",
    },
    hideDisabled: false,
    gradient: { colors: evidenceGradient, minValue: 0, maxValue: 100 },
    showTacticRowBackground: false,
    tacticRowBackground: "#dddddd",
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
    selectVisibleTechniques: false,
  };
}

/** One entry for every tactic that the report says, or one for all of the technique's tactics. */
function cells(
  technique: CampaignTechnique,
  make: (cell: LayerTechnique) => LayerTechnique,
): readonly LayerTechnique[] {
  const base = { techniqueID: technique.id, enabled: true };
  if (technique.saidTactics.length === 0) return [make(base)];
  return technique.saidTactics.map((tactic) => make({ ...base, tactic }));
}

/** Navigator hides a scored sub-technique unless its parent has an entry that shows it. */
export function withParents(entries: readonly LayerTechnique[], catalogue: Catalogue): readonly LayerTechnique[] {
  const shown = new Set(entries.flatMap(({ techniqueID }) => catalogue.get(techniqueID)?.parent ?? []));
  const own = entries.map((entry) => (shown.has(entry.techniqueID) ? { ...entry, showSubtechniques: true } : entry));
  const present = new Set(own.map(({ techniqueID }) => techniqueID));
  const parents = [...shown]
    .filter((id) => !present.has(id))
    .map((id): LayerTechnique => ({ techniqueID: id, enabled: true, showSubtechniques: true }));
  return [...own, ...parents].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

const sortKey = ({ techniqueID, tactic }: LayerTechnique): string => `${techniqueID} ${tactic ?? ""}`;

/** 0–100: how sure the surest evidence is. */
const score = ({ confidence }: CampaignTechnique): number => Math.round(confidence * 100);

function comment({ evidence }: CampaignTechnique): string {
  const quoted = evidence.slice(0, mostQuotations).map(({ line, text }) => `line ${line}: “${text}”`);
  const more = evidence.length - mostQuotations;
  return [...quoted, ...(more > 0 ? [`(and ${more} more)`] : [])].join("\n");
}

function confidenceRange(techniques: readonly CampaignTechnique[]): string {
  const all = techniques.map(({ confidence }) => confidence);
  const [low, high] = [Math.min(...all).toFixed(2), Math.max(...all).toFixed(2)];
  return low === high ? low : `${low} to ${high}`;
}

/** Navigator refuses empty values. */
const metadata = (rows: readonly (readonly [string, string])[]): readonly LayerMetadata[] =>
  rows.filter(([, value]) => value !== "").map(([name, value]) => ({ name, value }));

export const attackLink = (id: string, catalogue: Catalogue): LayerLink => ({
  label: `ATT&CK: ${id}`,
  url: catalogue.get(id)?.url ?? "https://attack.mitre.org",
});

function layerLinks(ids: readonly string[], catalogue: Catalogue, { reportUrl }: LayerOptions): readonly LayerLink[] {
  const report = reportUrl !== undefined && /^https?:\/\//.test(reportUrl) ? [{ label: "Report", url: reportUrl }] : [];
  return [...report, ...ids.map((id) => attackLink(id, catalogue))];
}

/** A layer as it is written to a file: the same layer, the same bytes. */
export const layerToJson = (layer: Layer): string => `${JSON.stringify(layer, undefined, 2)}\n`;
