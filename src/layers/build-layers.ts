import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import type { Campaign, CampaignTechnique } from "../campaigns/campaign.ts";
import { mergeTechnique, type ToldReport } from "../campaigns/merge-reports.ts";
import { relationsOf } from "../campaigns/relation.ts";
import { jsonText } from "../json-text.ts";
import { withFingerprints } from "./fingerprints.ts";
import type { Layer, LayerLink, LayerMetadata, LayerTechnique } from "./layer.ts";
import { campaignColours, overlapColour, ramps, type RampId } from "./palette.ts";
import { legendOf, scorings, type Scoring, type ScoringId } from "./scoring.ts";

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
  /** Where the reports are published. */
  readonly sources?: readonly ReportSource[];
  /** Platforms that the reports say; no cell of a layer is hidden by them. */
  readonly platforms?: readonly string[];
  /** What scores mean; "confidence" by default. */
  readonly scoring?: ScoringId;
  /** Of one campaign's layer; "blues" by default. */
  readonly colours?: RampId;
}

export interface ReportSource {
  readonly title: string;
  /** With its protocol. */
  readonly url: string;
}

/** The version of the program whose format this is; Navigator asks for 4.9.0 or later. */
const navigatorVersion = "5.1.0";
const layerFormat = "4.5";

/** Quotations in one comment; Navigator shows it in a tooltip. */
const mostQuotations = 5;

/** Relations in the metadata of a layer; a report on everybody may have dozens. */
const mostRelations = 12;

/**
 * One layer for each described campaign and domain that it has techniques of, and one combined for each domain. The
 * same campaigns give the same layers, whatever else the report says.
 */
export function buildLayers(told: ToldReport, catalogue: Catalogue, options: LayerOptions): readonly LayerFile[] {
  const wanted = told.campaigns.filter(
    ({ id, role, techniques }) =>
      role === "described" && techniques.length > 0 && (options.campaigns?.includes(id) ?? true),
  );
  const drawn: Drawn = { told, catalogue, options, fileOf: fileNames(told) };
  return catalogue.domains.flatMap(({ domain }) => {
    const inDomain = wanted.flatMap((campaign) => {
      const techniques = campaign.techniques.filter(({ id }) => isIn(domain, id, catalogue));
      return techniques.length > 0 ? [{ ...campaign, techniques }] : [];
    });
    const single = inDomain.map((campaign): LayerFile => ({
      fileName: `${fileSafe(campaign.id)}-${domain}.json`,
      layer: withFingerprints(campaignLayer(campaign, domain, drawn)),
      campaigns: [campaign.id],
      combined: false,
    }));
    if (inDomain.length === 0) return single;
    const combined: LayerFile = {
      fileName: `combined-${domain}.json`,
      layer: withFingerprints(combinedLayer(inDomain, domain, drawn)),
      campaigns: inDomain.map(({ id }) => id),
      combined: true,
    };
    return [...single, combined];
  });
}

/** What all layers of a run are drawn from. */
interface Drawn {
  readonly told: ToldReport;
  readonly catalogue: Catalogue;
  readonly options: LayerOptions;
  /** How comments call a report by its path. */
  readonly fileOf: ReadonlyMap<string, string>;
}

/** Reports by their file's name; by their whole path where two have the same. */
function fileNames({ report, campaigns }: ToldReport): ReadonlyMap<string, string> {
  const cited = campaigns.flatMap(({ techniques }) => techniques.flatMap(({ evidence }) => evidence));
  const paths = [...new Set([report.path, ...cited.flatMap(({ report: path }) => path ?? [])])];
  const nameOf = (path: string): string => path.replace(/^.*[\\/]/, "");
  return new Map(
    paths.map((path) => [
      path,
      paths.filter((other) => nameOf(other) === nameOf(path)).length > 1 ? path : nameOf(path),
    ]),
  );
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

function campaignLayer(campaign: Campaign, domain: string, drawn: Drawn): Layer {
  const { told, catalogue, options } = drawn;
  const scoring: Scoring = scorings[options.scoring ?? "confidence"];
  const ramp = ramps[options.colours ?? "blues"];
  const most = scoring.most(campaign.techniques);
  const entries = campaign.techniques.flatMap((technique) =>
    cells(technique, (cell) => ({
      ...cell,
      score: scoring.score(technique),
      comment: comment(technique, drawn),
      metadata: factsOf(technique, drawn),
      links: cellLinks(technique, catalogue),
    })),
  );
  return {
    ...frame(domain, catalogue),
    ...platformFilter(campaign.techniques, drawn),
    gradient: { colors: ramp, minValue: 0, maxValue: most },
    name: campaign.name,
    description: `Techniques of ${campaign.name} as described in “${told.report.title}”.`,
    techniques: withParents(entries, catalogue),
    legendItems: legendOf(scoring, most, ramp),
    metadata: metadata([
      ["campaign", campaign.name],
      ["also known as", campaign.aliases.join(", ")],
      ["groups", campaign.attackIds.map((id) => `${id} ${catalogue.get(id)?.name ?? ""}`.trim()).join(", ")],
      ["relations", relationsIn(campaign, drawn)],
      ["dates", campaign.dates ? rangeOf(campaign.dates.first, campaign.dates.last) : ""],
      ["confidence", confidenceRange(campaign.techniques)],
      ["score", scoring.title],
      ["report", told.report.title],
      ["generator", options.generator],
    ]),
    links: layerLinks(campaign.attackIds, catalogue, options),
  };
}

function combinedLayer(campaigns: readonly Campaign[], domain: string, drawn: Drawn): Layer {
  const { told, catalogue, options } = drawn;
  const scoring: Scoring = scorings[options.scoring ?? "confidence"];
  const colours = new Map(
    campaigns.map(({ id }, index) => [id, campaignColours[index % campaignColours.length] ?? overlapColour]),
  );
  const ids = [...new Set(campaigns.flatMap(({ techniques }) => techniques.map(({ id }) => id)))].sort();
  const entries = ids.flatMap((id) => {
    const users = usersOf(id, campaigns);
    const [first] = users;
    if (!first) return [];
    const merged = users.slice(1).reduce((sum, { technique }) => mergeTechnique(sum, technique), first.technique);
    return cells(merged, (cell) => ({
      ...cell,
      score: scoring.score(merged),
      color: users.length > 1 ? overlapColour : (colours.get(first.campaign.id) ?? overlapColour),
      comment: users.map(({ campaign, technique }) => `${campaign.name}\n${comment(technique, drawn)}`).join("\n\n"),
      metadata: [
        { name: "campaigns", value: users.map(({ campaign }) => campaign.name).join(", ") },
        ...factsOf(merged, drawn),
      ],
      links: cellLinks(merged, catalogue),
    }));
  });
  const overlap = ids.some((id) => usersOf(id, campaigns).length > 1);
  const used = new Set(ids.flatMap((id) => usersOf(id, campaigns).map(({ campaign }) => campaign.id)));
  return {
    ...frame(domain, catalogue),
    ...platformFilter(
      campaigns.flatMap(({ techniques }) => techniques),
      drawn,
    ),
    name: `${told.report.title} (combined)`,
    description: `Techniques of every campaign described in “${told.report.title}”, coloured by campaign.`,
    techniques: withParents(entries, catalogue),
    legendItems: [
      ...campaigns
        .filter(({ id }) => used.has(id))
        .map(({ id, name }) => ({ label: name, color: colours.get(id) ?? overlapColour })),
      ...(overlap ? [{ label: "several campaigns", color: overlapColour }] : []),
    ],
    metadata: metadata([
      ["campaigns", campaigns.map(({ name }) => name).join(", ")],
      ["report", told.report.title],
      ["generator", options.generator],
    ]),
    links: layerLinks([...new Set(campaigns.flatMap(({ attackIds }) => attackIds))], catalogue, options),
  };
}

/** How the campaign stands to the others that the report names; without lines, which move with every edit. */
const relationsIn = ({ id }: Campaign, { told }: Drawn): string =>
  relationsOf(id, told)
    .slice(0, mostRelations)
    .map(({ text }) => text)
    .join("; ");

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
    gradient: { colors: ramps.blues, minValue: 0, maxValue: 100 },
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

function comment({ evidence }: CampaignTechnique, { told, fileOf }: Drawn): string {
  const quoted = evidence.slice(0, mostQuotations).map(({ report, line, text }) => {
    const file = fileOf.get(report ?? told.report.path) ?? "";
    return `${file === "" ? "" : `${file}, `}line ${line}: “${text}”`;
  });
  const more = evidence.length - mostQuotations;
  return [...quoted, ...(more > 0 ? [`(and ${more} more)`] : [])].join("\n");
}

/** What a cell says of itself in a few words. */
function factsOf({ status, confidence, evidence }: CampaignTechnique, { fileOf }: Drawn): readonly LayerMetadata[] {
  const reports = [
    ...new Set(evidence.flatMap(({ report }) => (report === undefined ? [] : (fileOf.get(report) ?? report)))),
  ];
  const dates = evidence.flatMap((each) => each.dates ?? []).sort();
  return metadata([
    ["evidence", status],
    ["confidence", confidence.toFixed(2)],
    ["dates", dates.length > 0 ? rangeOf(dates[0] ?? "", dates.at(-1) ?? "") : ""],
    ["reports", reports.join(", ")],
  ]);
}

/** ATT&CK's page, and what the quoted sentences cite. */
function cellLinks({ id, evidence }: CampaignTechnique, catalogue: Catalogue): readonly LayerLink[] {
  const cited = [...new Set(evidence.slice(0, mostQuotations).flatMap(({ links }) => links ?? []))];
  return [attackLink(id, catalogue), ...cited.map((url) => ({ label: `cited: ${hostOf(url)}`, url }))];
}

const hostOf = (url: string): string => /^https?:\/\/([^/?#]{1,80})/.exec(url)?.[1] ?? "source";

/** The said platforms, if every cell has one of them: a filter may not hide what the report shows. */
function platformFilter(
  techniques: readonly CampaignTechnique[],
  { catalogue, options }: Drawn,
): Pick<Layer, "filters"> {
  const platforms = options.platforms ?? [];
  const isShown = ({ id }: CampaignTechnique): boolean =>
    catalogue.get(id)?.platforms.some((platform) => platforms.includes(platform)) ?? false;
  return platforms.length > 0 && techniques.every(isShown) ? { filters: { platforms } } : {};
}

function confidenceRange(techniques: readonly CampaignTechnique[]): string {
  const all = techniques.map(({ confidence }) => confidence);
  return rangeOf(Math.min(...all).toFixed(2), Math.max(...all).toFixed(2));
}

/** From one to another, which may be the same. */
export const rangeOf = (first: string, last: string): string => (first === last ? first : `${first} to ${last}`);

/** Navigator refuses empty values. */
const metadata = (rows: readonly (readonly [string, string])[]): readonly LayerMetadata[] =>
  rows.filter(([, value]) => value !== "").map(([name, value]) => ({ name, value }));

export const attackLink = (id: string, catalogue: Catalogue): LayerLink => ({
  label: `ATT&CK: ${id}`,
  url: catalogue.get(id)?.url ?? "https://attack.mitre.org",
});

function layerLinks(
  ids: readonly string[],
  catalogue: Catalogue,
  { sources = [] }: LayerOptions,
): readonly LayerLink[] {
  const reports = sources
    .filter(({ url }) => /^https?:\/\//.test(url))
    .map(({ title, url }) => ({ label: sources.length === 1 ? "Report" : `Report: ${title}`, url }));
  return [...reports, ...ids.map((id) => attackLink(id, catalogue))];
}

/** A layer as it is written to a file: the same layer, the same bytes. */
export const layerToJson = (layer: Layer): string => jsonText(layer);
