import { nameKey } from "../attack/names.ts";
import type { Campaign, CampaignTechnique, Evidence } from "./campaign.ts";
import { asidesLast } from "./campaign-evidence.ts";
import { addRelation, type Relation } from "./relation.ts";
import { letteredName } from "./rules/introductions.ts";

/** What one report tells, as far as several can be read as one. */
export interface ToldReport {
  readonly report: { readonly path: string; readonly title: string };
  readonly campaigns: readonly Campaign[];
  readonly relations: readonly Relation[];
}

/** Several reports read as one. */
export interface MergedReports extends ToldReport {
  /** Paths of the reports, in the order given. */
  readonly reports: readonly string[];
  readonly conflicts: readonly RoleConflict[];
}

/** A campaign that some reports describe and others only refer to; what the latter say of it is left out. */
export interface RoleConflict {
  /** Id of the merged campaign. */
  readonly campaign: string;
  readonly name: string;
  /** Paths of reports. */
  readonly described: readonly string[];
  readonly referenced: readonly string[];
}

interface Told {
  readonly campaign: Campaign;
  readonly report: ToldReport["report"];
  /** Index of the report. */
  readonly index: number;
}

/**
 * Joins campaigns that are the same by ATT&CK id, name or alias; every piece of evidence says which report it stands
 * in. Where any report describes a campaign, only those that do say what it did.
 */
export function mergeReports(reports: readonly ToldReport[]): MergedReports {
  const told = reports.flatMap(({ report, campaigns }, index) =>
    campaigns.map((campaign): Told => ({ campaign, report, index })),
  );
  const groups = sameOnes(told);
  const ids = uniqueIds(groups);
  const idOf = new Map(groups.flatMap((group) => group.map((one) => [memberKey(one), ids.get(group) ?? ""] as const)));
  const merged = groups.map((group) => mergeCampaign(group, ids.get(group) ?? "", idOf));
  const conflicts = groups.flatMap((group) => conflictOf(group, ids.get(group) ?? ""));
  const inOrder = [
    ...merged.filter(({ role }) => role === "described"),
    ...merged.filter(({ role }) => role === "referenced"),
  ];
  const paths = reports.map(({ report }) => report.path);
  const title = reports.length === 1 ? (reports[0]?.report.title ?? "") : `${reports.length} reports`;
  const relations = mergeRelations(reports, idOf);
  return { report: { path: "", title }, reports: paths, campaigns: inOrder, relations, conflicts };
}

/** What any report says of two campaigns; each sentence says in which. */
function mergeRelations(reports: readonly ToldReport[], idOf: ReadonlyMap<string, string>): readonly Relation[] {
  const merged = new Map<string, Relation>();
  for (const [index, { report, relations }] of reports.entries())
    for (const relation of relations) {
      const [from, to] = [relation.from, relation.to].map((id) => idOf.get(memberKey({ index, campaign: { id } })));
      if (from === undefined || to === undefined || from === to) continue;
      const evidence = relation.evidence.map((each): Evidence => ({ ...each, report: report.path }));
      addRelation(merged, { ...relation, from, to, evidence });
    }
  return [...merged.values()];
}

const memberKey = ({ index, campaign }: Pick<Told, "index"> & { readonly campaign: { readonly id: string } }): string =>
  `${index} ${campaign.id}`;

/** Keys by which a campaign of one report is known again in another. */
function identities({ campaign, report, index }: Told): readonly string[] {
  const { name, aliases, type, attackIds } = campaign;
  // A report's own activity, and a cluster known by its letter, are that report's alone.
  const isItsOwn = (word: string): boolean => nameKey(word) === nameKey(report.title) || letteredName.test(word);
  const names = [name, ...aliases].filter((word) => !isItsOwn(word)).map((word) => `name ${nameKey(word)}`);
  // The ids of groups that a campaign bears are its members'.
  const own = attackIds.filter((id) => type !== "campaign" || id.startsWith("C"));
  return [`${index} ${campaign.id}`, ...names, ...own.map((id) => `id ${id}`)];
}

/** Sets of campaigns that share an identity, in the order in which they are first told of. */
function sameOnes(told: readonly Told[]): readonly (readonly Told[])[] {
  const groupOf = new Map<string, Told[]>();
  const groups = new Set<Told[]>();
  for (const one of told) {
    const keys = identities(one);
    const [home = [], ...others] = new Set(
      keys.flatMap((key) => [groupOf.get(key) ?? []]).filter(({ length }) => length > 0),
    );
    groups.add(home);
    for (const other of others) groups.delete(other);
    home.push(...others.flat(), one);
    for (const key of home.flatMap(identities)) groupOf.set(key, home);
  }
  return [...groups];
}

/** The first report's id; the same one for different campaigns gets a number. */
function uniqueIds(groups: readonly (readonly Told[])[]): ReadonlyMap<readonly Told[], string> {
  const taken = new Set<string>();
  return new Map(
    groups.map((group) => {
      const wanted = group[0]?.campaign.id ?? "campaign";
      let id = wanted;
      for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
      taken.add(id);
      return [group, id];
    }),
  );
}

function mergeCampaign(group: readonly Told[], id: string, idOf: ReadonlyMap<string, string>): Campaign {
  const describing = group.filter(({ campaign }) => campaign.role === "described");
  const counted = describing.length > 0 ? describing : group;
  const [first] = counted;
  if (!first) throw new Error("a merged campaign needs at least one report");
  const names = group.flatMap(({ campaign }) => [campaign.name, ...campaign.aliases]);
  const { name, type, role } = first.campaign;
  const parents = counted.flatMap(({ campaign, index }) =>
    campaign.partOf === undefined ? [] : (idOf.get(memberKey({ index, campaign: { id: campaign.partOf } })) ?? []),
  );
  const parent = parents.find((each) => each !== id);
  const dates = counted.flatMap(({ campaign }) => (campaign.dates ? [campaign.dates.first, campaign.dates.last] : []));
  const [earliest] = dates.sort();
  const latest = dates.at(-1);
  return {
    id,
    name,
    type,
    attackIds: [...new Set(group.flatMap(({ campaign }) => campaign.attackIds))],
    aliases: [...new Map(names.map((each) => [nameKey(each), each])).entries()]
      .filter(([key]) => key !== nameKey(name))
      .map(([, each]) => each),
    role,
    reason: counted.map(({ campaign, report }) => `${report.path}: ${campaign.reason}`).join("; "),
    ...(counted.every(({ campaign }) => campaign.unnamed === true) ? { unnamed: true } : {}),
    ...(parent === undefined ? {} : { partOf: parent }),
    ...(earliest === undefined || latest === undefined ? {} : { dates: { first: earliest, last: latest } }),
    techniques: mergeTechniques(counted),
  };
}

function mergeTechniques(group: readonly Told[]): readonly CampaignTechnique[] {
  const byId = new Map<string, CampaignTechnique[]>();
  for (const { campaign, report } of group)
    for (const technique of campaign.techniques) {
      const sourced = technique.evidence.map((each): Evidence => ({ ...each, report: report.path }));
      byId.set(technique.id, [...(byId.get(technique.id) ?? []), { ...technique, evidence: sourced }]);
    }
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...others]]) => (first ? [others.reduce(mergeTechnique, first)] : []));
}

/** Both statements of one technique as one; the surer one's confidence holds. */
export const mergeTechnique = (one: CampaignTechnique, other: CampaignTechnique): CampaignTechnique => ({
  ...one,
  saidTactics: one.tactics.filter((tactic) => [...one.saidTactics, ...other.saidTactics].includes(tactic)),
  status: one.status === "stated" || other.status === "stated" ? "stated" : "inferred",
  confidence: Math.max(one.confidence, other.confidence),
  evidence: asidesLast([...one.evidence, ...other.evidence]),
});

function conflictOf(group: readonly Told[], id: string): readonly RoleConflict[] {
  const paths = (role: Campaign["role"]): readonly string[] => [
    ...new Set(group.filter(({ campaign }) => campaign.role === role).map(({ report }) => report.path)),
  ];
  const [described, referenced] = [paths("described"), paths("referenced")];
  if (described.length === 0 || referenced.length === 0) return [];
  const name = group.find(({ campaign }) => campaign.role === "described")?.campaign.name ?? id;
  return [{ campaign: id, name, described, referenced }];
}
