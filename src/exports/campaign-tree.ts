import type { AnalysedMention, Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Campaign, CampaignTechnique, Evidence } from "../campaigns/campaign.ts";
import { relationsOf } from "../campaigns/relation.ts";
import type { Range } from "../report/report.ts";
import { isAside } from "./decisions.ts";
import { buildMatrices } from "./matrix.ts";
import { roleInWords } from "./role-in-words.ts";
import { scoreOf } from "./sureness.ts";

/** A row of the views: what it stands for, and what stands below it. */
export interface TreeRow {
  readonly kind: "campaign" | "tactic" | "technique" | "evidence";
  /** The same for the same thing after an edit elsewhere, so that an open row stays open. */
  readonly key: string;
  readonly label: string;
  /** UTF-16 offsets in the label of the words that stand for the technique. */
  readonly highlight?: readonly [from: number, to: number];
  readonly description: string;
  /** Plain text. */
  readonly tooltip: string;
  /** Techniques at or below the row that the text only describes. */
  readonly suggestions: number;
  /** Suggested by words that tell of nobody, so that there is nothing to accept. */
  readonly aside?: boolean;
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
  { campaigns, relations, mentions }: Pick<Analysis, "campaigns" | "relations" | "mentions">,
  catalogue: Catalogue,
): readonly TreeRow[] {
  const words = wordsOf(mentions);
  const known = new Set(campaigns.map(({ id }) => id));
  const row = (campaign: Campaign, above: readonly string[]): TreeRow => {
    const members = campaigns.filter(({ id, partOf }) => partOf === campaign.id && !above.includes(id));
    const below = members.map((member) => row(member, [...above, campaign.id]));
    // What a member is known to have done is shown there alone.
    const own = campaign.techniques.filter(
      ({ id }) => !members.some(({ techniques }) => techniques.some((other) => other.id === id)),
    );
    const tactics = tacticRows({ ...campaign, techniques: own }, catalogue, words);
    const count = campaign.techniques.length;
    const suggested =
      own.filter(({ status }) => status === "inferred").length + below.reduce((sum, each) => sum + each.suggestions, 0);
    return withChildren(
      {
        kind: "campaign",
        key: campaign.id,
        label: campaign.name,
        description: [
          campaign.role === "referenced"
            ? "only referenced"
            : count > 0
              ? withSuggested(techniquesIn(count), count, suggested)
              : "no techniques",
          campaign.attackIds.join(", "),
        ]
          .filter((part) => part !== "")
          .join(" · "),
        tooltip: [
          `${campaign.name} (${roleInWords(campaign)})`,
          ...(campaign.attackIds.length > 0 ? [campaign.attackIds.join(", ")] : []),
          ...(campaign.aliases.length > 0 ? [`Also: ${campaign.aliases.join(", ")}`] : []),
          campaign.reason,
          ...relationsOf(campaign.id, { campaigns, relations }).map(
            ({ text, relation }) => `${text} (line ${relation.evidence[0]?.line ?? 1})`,
          ),
        ].join("\n"),
        campaign: campaign.id,
      },
      [...below, ...tactics],
      suggested,
    );
  };
  return campaigns
    .filter(({ partOf }) => partOf === undefined || !known.has(partOf))
    .map((campaign) => row(campaign, [campaign.id]));
}

/** Techniques of the report that belong to nobody, with the reason why. */
export function unattributedRows({ mentions }: Pick<Analysis, "mentions">, catalogue: Catalogue): readonly TreeRow[] {
  const words = wordsOf(mentions);
  const orphans = mentions.filter(({ campaigns, object }) => object.type === "technique" && campaigns.length === 0);
  const ids = [...new Set(orphans.map(({ object }) => object.id))];
  return ids.map((id) => {
    const own = orphans.filter(({ object }) => object.id === id);
    const object = catalogue.get(id);
    const children = own.map((mention, index) => {
      const { start, end, line, evidence: text, attribution } = mention;
      const key = `?/${id}/${index}`;
      return evidenceRow(
        { start, end, line, text },
        { key, technique: id, words, attribution, aside: mention.status === "inferred" && isAside(mention) },
      );
    });
    const suggested = own.every(({ status }) => status === "inferred");
    const how = suggested ? inWords(Math.max(...own.map(({ confidence }) => confidence))) : "stated";
    const why = own[0]?.attribution ?? "";
    return withChildren(
      {
        kind: "technique",
        key: `?/${id}`,
        label: `${id} ${object?.name ?? ""}`,
        description: [...(suggested ? [how] : []), inShort(why)].join(" · "),
        tooltip: `${id} ${object ? fullName(object, catalogue) : ""}\n${how}\n${why}`,
        technique: id,
        aside: suggested && own.every(isAside),
      },
      children,
      suggested ? 1 : 0,
    );
  });
}

/** The words that stand for a technique, by its id and their start. */
type Words = ReadonlyMap<string, string>;

const wordsOf = (mentions: readonly AnalysedMention[]): Words =>
  new Map(mentions.map(({ object, start, text }) => [`${object.id} ${start}`, text]));

/** What rows below a campaign ask of it. */
interface Around {
  readonly campaign: Campaign;
  readonly catalogue: Catalogue;
  readonly words: Words;
}

/** Characters of a sentence that are in sight, and how many of them may stand before the words that matter. */
const inSight = 32;
const longestLead = 16;

/** A sentence so that these words of it are in sight in a narrow view, and where they stand in it. */
export function excerpt(sentence: string, words: string): Pick<TreeRow, "label" | "highlight"> {
  const wanted = words.replace(/\s+/g, " ").trim();
  const at = wanted === "" ? -1 : sentence.indexOf(wanted);
  if (at < 0) return { label: sentence };
  if (at <= longestLead || at + wanted.length <= inSight)
    return { label: sentence, highlight: [at, at + wanted.length] };
  const space = sentence.indexOf(" ", at - longestLead);
  const from = space < 0 || space >= at ? at : space + 1;
  const label = `…${sentence.slice(from)}`;
  return { label, highlight: [1 + at - from, 1 + at - from + wanted.length] };
}

/** “described, 0.80”. */
const inWords = (confidence: number): string => `described, ${scoreOf({ confidence })}`;

/** “5 techniques, 3 suggested”; “2, all suggested”. */
const withSuggested = (count: string, techniques: number, suggested: number): string =>
  suggested === 0
    ? count
    : `${count}, ${suggested < techniques ? `${suggested} ` : techniques > 1 ? "all " : ""}suggested`;

/** “stands under “Recommendations” (advice)” begins with what matters: “advice, under “Recommendations””. */
const inShort = (why: string): string => why.replace(/^stands (under “.*”) \(([^()]+)\)$/u, "$2, $1");

/** “ATT&CK for ICS” is “ICS” here. */
const shortDomain = (name: string): string => name.replace(/\s*\bATT&CK\b(?: for)?\s*/u, "") || name;

/** A technique under two tactics has a row in both, as in the matrix. */
function tacticRows(campaign: Campaign, catalogue: Catalogue, words: Words): readonly TreeRow[] {
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
        { campaign, catalogue, words },
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
    : [...rows, tacticRow(`${campaign.id}/-`, "Without a tactic", "", rest, { campaign, catalogue, words })];
}

function tacticRow(
  key: string,
  label: string,
  id: string,
  used: readonly { readonly object: AttackObject; readonly own: CampaignTechnique }[],
  around: Around,
  domain?: string,
): TreeRow {
  const children = used.map(({ object, own }) => techniqueRow(`${key}/${own.id}`, object, own, around));
  const suggested = children.filter(({ suggestions }) => suggestions > 0).length;
  return withChildren(
    {
      kind: "tactic",
      key,
      label,
      // In a narrow side bar, what tells two rows apart comes first; the tooltip has it in full.
      description: [
        ...(domain === undefined ? [] : [shortDomain(domain)]),
        withSuggested(String(children.length), children.length, suggested),
      ].join(" · "),
      tooltip: [
        [label, id].join(" ").trim(),
        ...(domain === undefined ? [] : [domain]),
        withSuggested(techniquesIn(children.length), children.length, suggested),
      ].join("\n"),
      campaign: around.campaign.id,
    },
    children,
    suggested,
  );
}

function techniqueRow(
  key: string,
  object: AttackObject,
  { id, status, confidence, evidence }: CampaignTechnique,
  { campaign, catalogue, words }: Around,
): TreeRow {
  const suggested = status === "inferred";
  const parent = object.parent === undefined ? undefined : catalogue.get(object.parent);
  const how = suggested ? inWords(confidence) : "stated";
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
    evidence.map((each, index) =>
      evidenceRow(each, { key: `${key}/${index}`, campaign: campaign.id, technique: id, words }),
    ),
    suggested ? 1 : 0,
  );
}

function evidenceRow(
  evidence: Evidence,
  {
    key,
    campaign,
    technique,
    words,
    attribution,
    aside = false,
  }: {
    readonly key: string;
    readonly campaign?: string;
    readonly technique: string;
    readonly words: Words;
    readonly attribution?: string;
    readonly aside?: boolean;
  },
): TreeRow {
  return {
    kind: "evidence",
    key,
    ...excerpt(evidence.text, words.get(`${technique} ${evidence.start}`) ?? ""),
    description: `line ${evidence.line}`,
    tooltip: [evidence.text, `line ${evidence.line}`, ...(attribution === undefined ? [] : [attribution])].join("\n"),
    suggestions: 0,
    place: evidence,
    ...(campaign === undefined ? {} : { campaign }),
    technique,
    aside,
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
