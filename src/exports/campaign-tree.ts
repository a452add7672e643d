import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Campaign, CampaignTechnique, Evidence } from "../campaigns/campaign.ts";
import { relationsOf } from "../campaigns/relation.ts";
import type { Range } from "../report/report.ts";
import { buildMatrices } from "./matrix.ts";
import { roleInWords } from "./role-in-words.ts";

/** A row of the views: what it stands for, and what stands below it. */
export interface TreeRow {
  readonly kind: "campaign" | "tactic" | "technique" | "evidence";
  /** The same for the same thing after an edit elsewhere, so that an open row stays open. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  /** Plain text. */
  readonly tooltip: string;
  /** Techniques at or below the row that the text only describes. */
  readonly suggestions: number;
  /** Where a click leads; a row of a campaign that is only named has none. */
  readonly place?: Range;
  /** Id of the campaign above it; absent for what is nobody's. */
  readonly campaign?: string;
  /** Id of the technique, for techniques and evidence. */
  readonly technique?: string;
  /** The pieces of evidence at and below it. */
  readonly evidence: readonly Evidence[];
  readonly children: readonly TreeRow[];
}

/** Campaigns, described ones first; below each its members, then its tactics in the order of the matrix. */
export function campaignRows(
  { campaigns, relations }: Pick<Analysis, "campaigns" | "relations">,
  catalogue: Catalogue,
): readonly TreeRow[] {
  const known = new Set(campaigns.map(({ id }) => id));
  const row = (campaign: Campaign, above: readonly string[]): TreeRow => {
    const members = campaigns.filter(({ id, partOf }) => partOf === campaign.id && !above.includes(id));
    const below = members.map((member) => row(member, [...above, campaign.id]));
    // What a member is known to have done is shown there alone.
    const own = campaign.techniques.filter(
      ({ id }) => !members.some(({ techniques }) => techniques.some((other) => other.id === id)),
    );
    const tactics = tacticRows({ ...campaign, techniques: own }, catalogue);
    const count = campaign.techniques.length;
    return withChildren(
      {
        kind: "campaign",
        key: campaign.id,
        label: campaign.name,
        description: [
          campaign.attackIds.join(", "),
          campaign.role === "referenced" ? "only referenced" : count > 0 ? techniquesIn(count) : "no techniques",
        ]
          .filter((part) => part !== "")
          .join(" · "),
        tooltip: [
          `${campaign.name} (${roleInWords(campaign)})`,
          ...(campaign.aliases.length > 0 ? [`Also: ${campaign.aliases.join(", ")}`] : []),
          campaign.reason,
          ...relationsOf(campaign.id, { campaigns, relations }).map(
            ({ text, relation }) => `${text} (line ${relation.evidence[0]?.line ?? 1})`,
          ),
        ].join("\n"),
        campaign: campaign.id,
      },
      [...below, ...tactics],
      own.filter(({ status }) => status === "inferred").length + below.reduce((sum, each) => sum + each.suggestions, 0),
    );
  };
  return campaigns
    .filter(({ partOf }) => partOf === undefined || !known.has(partOf))
    .map((campaign) => row(campaign, [campaign.id]));
}

/** Techniques of the report that belong to nobody, with the reason why. */
export function unattributedRows({ mentions }: Analysis, catalogue: Catalogue): readonly TreeRow[] {
  const orphans = mentions.filter(({ campaigns, object }) => object.type === "technique" && campaigns.length === 0);
  const ids = [...new Set(orphans.map(({ object }) => object.id))];
  return ids.map((id) => {
    const own = orphans.filter(({ object }) => object.id === id);
    const object = catalogue.get(id);
    const children = own.map(({ start, end, line, evidence: text, attribution }, index) =>
      evidenceRow({ start, end, line, text }, { key: `?/${id}/${index}`, technique: id, attribution }),
    );
    const suggested = own.every(({ status }) => status === "inferred");
    return withChildren(
      {
        kind: "technique",
        key: `?/${id}`,
        label: `${id} ${object?.name ?? ""}`,
        description: own[0]?.attribution ?? "",
        tooltip: `${id} ${object ? fullName(object, catalogue) : ""}\n${own[0]?.attribution ?? ""}`,
        technique: id,
      },
      children,
      suggested ? 1 : 0,
    );
  });
}

/** A technique under two tactics has a row in both, as in the matrix. */
function tacticRows(campaign: Campaign, catalogue: Catalogue): readonly TreeRow[] {
  const shown = new Set<string>();
  const matrices = buildMatrices([campaign], catalogue);
  const rows = matrices.flatMap(({ columns, domain }) =>
    columns.map(({ tactic, cells }) => {
      const used = cells
        .flatMap((cell) => [cell, ...cell.subtechniques])
        .flatMap(({ technique, use }) =>
          (use?.users ?? []).map((user) => ({ object: technique, own: user.technique })),
        );
      for (const { own } of used) shown.add(own.id);
      return tacticRow(
        `${campaign.id}/${domain.domain}/${tactic.id}`,
        tactic.name,
        tactic.id,
        used,
        campaign,
        catalogue,
        // Domains have tactics of one name.
        matrices.length > 1 ? domain.name : undefined,
      );
    }),
  );
  // What ATT&CK withdrew stands in no matrix, but it stands in the report.
  const rest = campaign.techniques
    .filter(({ id }) => !shown.has(id))
    .flatMap((own) => {
      const object = catalogue.get(own.id);
      return object ? [{ object, own }] : [];
    });
  return rest.length === 0
    ? rows
    : [...rows, tacticRow(`${campaign.id}/-`, "Without a tactic", "", rest, campaign, catalogue)];
}

function tacticRow(
  key: string,
  label: string,
  id: string,
  used: readonly { readonly object: AttackObject; readonly own: CampaignTechnique }[],
  campaign: Campaign,
  catalogue: Catalogue,
  domain?: string,
): TreeRow {
  const children = used.map(({ object, own }) => techniqueRow(`${key}/${own.id}`, object, own, campaign, catalogue));
  return withChildren(
    {
      kind: "tactic",
      key,
      label,
      description: [techniquesIn(children.length), ...(domain === undefined ? [] : [domain])].join(" · "),
      tooltip: [label, id].join(" ").trim(),
      campaign: campaign.id,
    },
    children,
    children.filter(({ suggestions }) => suggestions > 0).length,
  );
}

function techniqueRow(
  key: string,
  object: AttackObject,
  { id, status, confidence, evidence }: CampaignTechnique,
  campaign: Campaign,
  catalogue: Catalogue,
): TreeRow {
  const suggested = status === "inferred";
  const parent = object.parent === undefined ? undefined : catalogue.get(object.parent);
  const how = suggested ? `suggested, ${Math.round(confidence * 100)} %` : "stated";
  return withChildren(
    {
      kind: "technique",
      key,
      // In a narrow side bar its parent's name would push its own out of sight.
      label: `${id} ${object.name}`,
      description: [...(suggested ? [how] : []), ...(parent ? [parent.name] : [])].join(" · "),
      tooltip: `${id} ${fullName(object, catalogue)}\n${how} · ${campaign.name}`,
      campaign: campaign.id,
      technique: id,
    },
    evidence.map((each, index) => evidenceRow(each, { key: `${key}/${index}`, campaign: campaign.id, technique: id })),
    suggested ? 1 : 0,
  );
}

function evidenceRow(
  evidence: Evidence,
  {
    key,
    campaign,
    technique,
    attribution,
  }: {
    readonly key: string;
    readonly campaign?: string;
    readonly technique: string;
    readonly attribution?: string;
  },
): TreeRow {
  return {
    kind: "evidence",
    key,
    label: evidence.text,
    description: `line ${evidence.line}`,
    tooltip: [evidence.text, ...(attribution === undefined ? [] : [attribution])].join("\n"),
    suggestions: 0,
    place: evidence,
    ...(campaign === undefined ? {} : { campaign }),
    technique,
    evidence: [evidence],
    children: [],
  };
}

function withChildren(
  row: Omit<TreeRow, "children" | "evidence" | "suggestions" | "place">,
  children: readonly TreeRow[],
  suggestions: number,
): TreeRow {
  const evidence = children
    .flatMap((child) => child.evidence)
    .filter((each, at, all) => all.findIndex(({ start }) => start === each.start) === at)
    .sort((a, b) => a.start - b.start);
  const [first] = evidence;
  return { ...row, suggestions, ...(first ? { place: first } : {}), evidence, children };
}

const techniquesIn = (count: number): string => `${count} technique${count === 1 ? "" : "s"}`;
