import type { AttackObject, Catalogue, DomainInfo } from "../attack/catalogue.ts";
import type { Campaign, CampaignTechnique, Evidence } from "../campaigns/campaign.ts";
import { asidesLast } from "../campaigns/campaign-evidence.ts";
import { shownTactics } from "./order-of-tactics.ts";

/** The part of one domain's matrix that campaigns use. */
export interface Matrix {
  readonly domain: DomainInfo;
  /** Tactics with at least one technique, in the order of the data. */
  readonly columns: readonly Column[];
  /** Tactics that no campaign uses, in the order of the data. */
  readonly unused: readonly AttackObject[];
  /** How many techniques and sub-techniques are used, each counted once. */
  readonly count: number;
}

export interface Column {
  readonly tactic: AttackObject;
  /** By name, as ATT&CK prints them. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly technique: AttackObject;
  /** Absent where only sub-techniques are used. */
  readonly use?: Use;
  /** Used sub-techniques, by id. */
  readonly subtechniques: readonly Cell[];
}

/** What campaigns do with a technique. */
export interface Use {
  readonly status: CampaignTechnique["status"];
  /** 0–1, of the surest evidence. */
  readonly confidence: number;
  readonly users: readonly User[];
}

export interface User {
  readonly campaign: Campaign;
  readonly technique: CampaignTechnique;
}

/** One matrix for each domain that the campaigns have techniques of, in the order of the catalogue. */
export function buildMatrices(campaigns: readonly Campaign[], catalogue: Catalogue): readonly Matrix[] {
  const ids = [...new Set(campaigns.flatMap(({ techniques }) => techniques.map(({ id }) => id)))];
  return catalogue.domains.flatMap((domain): readonly Matrix[] => {
    const used = ids.filter((id) => catalogue.get(id)?.domains.includes(domain.domain));
    if (used.length === 0) return [];
    const uses = new Map(used.map((id) => [id, usersOf(id, campaigns)]));
    const tactics = catalogue.tactics(domain.domain);
    const columns = tactics.flatMap((tactic): readonly Column[] => {
      const cells = cellsOf(tactic, uses, catalogue);
      return cells.length > 0 ? [{ tactic, cells }] : [];
    });
    const unused = tactics.filter((tactic) => !columns.some((column) => column.tactic === tactic));
    return [{ domain, columns, unused, count: used.length }];
  });
}

/** Who uses a technique; a campaign steps back where one of its own members is known to be the one. */
export function usersOf(id: string, campaigns: readonly Campaign[]): readonly User[] {
  const users = campaigns.flatMap((campaign) => {
    const technique = campaign.techniques.find((other) => other.id === id);
    return technique ? [{ campaign, technique }] : [];
  });
  return users.filter(({ campaign }) => !users.some(({ campaign: member }) => member.partOf === campaign.id));
}

/** The evidence of all users, each sentence once, in document order with asides behind the others. */
export function evidenceOf(users: readonly User[]): readonly Evidence[] {
  const seen = new Set<string>();
  const evidence = users.flatMap(({ technique }) => technique.evidence).sort((a, b) => a.start - b.start);
  return asidesLast(evidence).filter(({ text }) => !seen.has(text) && seen.add(text));
}

function cellsOf(
  tactic: AttackObject,
  uses: ReadonlyMap<string, readonly User[]>,
  catalogue: Catalogue,
): readonly Cell[] {
  const shortName = tactic.tactics[0] ?? "";
  const here = new Map<string, Use>();
  for (const [id, users] of uses) {
    const using = users.filter(({ technique }) => shownTactics(technique).includes(shortName));
    if (using.length > 0) here.set(id, mergeUses(using));
  }
  const heads = [...new Set([...here.keys()].map((id) => catalogue.get(id)?.parent ?? id))];
  return heads
    .flatMap((id): readonly Cell[] => {
      const technique = catalogue.get(id);
      if (!technique) return [];
      const use = here.get(id);
      const subtechniques = [...here].flatMap(([sub, subUse]): readonly Cell[] => {
        const object = catalogue.get(sub);
        return object?.parent === id ? [{ technique: object, use: subUse, subtechniques: [] }] : [];
      });
      subtechniques.sort((a, b) => compare(a.technique.id, b.technique.id));
      return [{ technique, ...(use ? { use } : {}), subtechniques }];
    })
    .sort((a, b) => compare(a.technique.name, b.technique.name) || compare(a.technique.id, b.technique.id));
}

const mergeUses = (users: readonly User[]): Use => ({
  status: users.some(({ technique }) => technique.status === "stated") ? "stated" : "inferred",
  confidence: Math.max(...users.map(({ technique }) => technique.confidence)),
  users,
});

/** By code units: the same on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
