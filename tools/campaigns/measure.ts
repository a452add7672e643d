/** Holds an analysis against the gold. Pure. */
import type { AnalysedMention } from "../../src/analysis.ts";
import type { Campaign, CampaignTechnique } from "../../src/campaigns/campaign.ts";
import type { Relation } from "../../src/campaigns/relation.ts";
import type { Gold, GoldCampaign, GoldRelation, GoldTechnique } from "./gold.ts";

/** What was found and is right, what was found and is wrong, what was missed. */
export interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export interface Measure {
  /** Everybody whom the report names, whatever the role. */
  readonly campaigns: Count;
  /** Those who are described, and are said to be. */
  readonly described: Count;
  /** Everybody with their role: one who is found in the wrong one is wrong, and missed. */
  readonly inRole: Count;
  /** Of the campaigns found, those with the right role; `wrong` are the others. */
  readonly roles: Count;
  readonly types: Count;
  /** (campaign, technique) of described campaigns, by exact id. */
  readonly pairs: Count;
  /** The same with each sub-technique taken as its parent. */
  readonly parents: Count;
  /** Techniques of the whole report, whoever used them: what attribution can reach at best. */
  readonly techniques: Count;
  /** Of reports whose gold has relations: kind, both ends and certainty. */
  readonly relations: Count;
  /** Of the right pairs, those with an evidence on a line of the gold's; `wrong` are the others. */
  readonly lines: Count;
}

export interface Match {
  readonly gold: GoldCampaign;
  readonly found: Campaign;
  /** Of the campaign and of those of its parts that are the same campaign to the gold. */
  readonly ids: readonly string[];
  /** What it found, with what its parts found that are the same campaign to the gold. */
  readonly techniques: readonly CampaignTechnique[];
}

/** Who of the gold was found as whom, and who was left over on either side. */
export interface Matching {
  readonly matches: readonly Match[];
  readonly missed: readonly GoldCampaign[];
  readonly extra: readonly Campaign[];
}

/** One pair of a described campaign and a technique, told to be right, wrong or missed. */
export interface Pair {
  readonly verdict: keyof Count;
  readonly campaign: string;
  readonly technique: string;
  readonly found?: CampaignTechnique;
  readonly gold?: GoldTechnique;
}

/** "hollowibis" for "the Hollow Ibis" */
const key = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^the\s+/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");

const keysOf = ({ name, aliases = [] }: { readonly name: string; readonly aliases?: readonly string[] }) =>
  new Set([name, ...aliases].map(key));

/** Ways in which two are the same, the surest first. */
const samenesses: readonly ((gold: GoldCampaign, found: Campaign) => boolean)[] = [
  (gold, found) => key(gold.name) === key(found.name),
  (gold, found) => [...keysOf(found)].some((name) => keysOf(gold).has(name)),
  (gold, found) => found.attackIds.some((id) => gold.attackIds?.includes(id)),
];

const same = (gold: GoldCampaign, found: Campaign): boolean => samenesses.some((holds) => holds(gold, found));

/**
 * Matches campaigns by name, then by any alias, then by ATT&CK id, each at most once. A group that the program keeps as
 * part of the campaign it was matched with counts as that campaign, since the gold has one entry for both.
 */
export function match(gold: Gold, found: readonly Campaign[]): Matching {
  const partner = new Map<GoldCampaign, Campaign>();
  const taken = new Set<Campaign>();
  for (const holds of samenesses) {
    for (const campaign of gold.campaigns) {
      if (partner.has(campaign)) continue;
      const other = found.find((candidate) => !taken.has(candidate) && holds(campaign, candidate));
      if (!other) continue;
      partner.set(campaign, other);
      taken.add(other);
    }
  }
  const matches = [...partner].map(([campaign, other]): Match => {
    const parts = found.filter((part) => !taken.has(part) && part.partOf === other.id && same(campaign, part));
    for (const part of parts) taken.add(part);
    const role = [other, ...parts].some((each) => each.role === "described") ? "described" : "referenced";
    return {
      gold: campaign,
      found: { ...other, role },
      ids: [other, ...parts].map(({ id }) => id),
      techniques: [other, ...parts].flatMap(({ techniques }) => techniques),
    };
  });
  return {
    matches,
    missed: gold.campaigns.filter((campaign) => !partner.has(campaign)),
    extra: found.filter((candidate) => !taken.has(candidate)),
  };
}

/**
 * The pairs of all described campaigns. A campaign that has parts in the gold may carry what its parts did, or not:
 * neither is counted.
 */
export function pairsOf(gold: Gold, { matches, missed, extra }: Matching): readonly Pair[] {
  return [
    ...matches.flatMap(({ gold: campaign, found, techniques }) =>
      compare(campaign, found.role === "described" ? techniques : [], techniquesOfParts(campaign, gold)),
    ),
    ...missed.flatMap((campaign) => compare(campaign, [], new Set())),
    ...extra
      .filter(({ role }) => role === "described")
      .flatMap(({ name, techniques }) =>
        techniques.map((found): Pair => ({ verdict: "wrong", campaign: name, technique: found.id, found })),
      ),
  ];
}

function compare(
  { name: campaign, techniques = [] }: GoldCampaign,
  found: readonly CampaignTechnique[],
  neutral: ReadonlySet<string>,
): readonly Pair[] {
  const ids = new Set(techniques.map(({ id }) => id));
  const foundIds = new Set(found.map(({ id }) => id));
  return [
    ...techniques.flatMap((technique): readonly Pair[] => {
      const all = found.filter(({ id }) => id === technique.id);
      const [first] = all;
      const pair = { campaign, technique: technique.id, gold: technique };
      if (!first) return [{ verdict: "missed", ...pair }];
      return [{ verdict: "right", ...pair, found: { ...first, evidence: all.flatMap(({ evidence }) => evidence) } }];
    }),
    ...[...foundIds]
      .filter((id) => !ids.has(id) && !neutral.has(id))
      .map((id): Pair => {
        const first = found.find((technique) => technique.id === id);
        return { verdict: "wrong", campaign, technique: id, ...(first ? { found: first } : {}) };
      }),
  ];
}

function techniquesOfParts({ name }: GoldCampaign, { campaigns }: Gold): ReadonlySet<string> {
  const parts = campaigns.filter(({ partOf }) => partOf === name);
  return new Set(parts.flatMap(({ techniques = [] }) => techniques.map(({ id }) => id)));
}

/** What is measured of an analysis. */
export interface Measurable {
  readonly campaigns: readonly Campaign[];
  readonly relations?: readonly Relation[];
  readonly mentions: readonly { readonly object: Pick<AnalysedMention["object"], "id" | "type"> }[];
}

/** `text` is the report's: evidence is held against its lines. */
export function measure(gold: Gold, { campaigns, mentions, relations = [] }: Measurable, text: string): Measure {
  const matching = match(gold, campaigns);
  const { matches, missed, extra } = matching;
  const pairs = pairsOf(gold, matching);
  const isDescribed = ({ role }: { readonly role: string }): boolean => role === "described";
  const inRole = matches.filter((pair) => pair.gold.role === pair.found.role).length;
  const both = matches.filter((pair) => isDescribed(pair.gold) && isDescribed(pair.found)).length;
  return {
    campaigns: { right: matches.length, wrong: extra.length, missed: missed.length },
    described: {
      right: both,
      wrong: [...matches.map(({ found }) => found), ...extra].filter(isDescribed).length - both,
      missed: gold.campaigns.filter(isDescribed).length - both,
    },
    inRole: {
      right: inRole,
      wrong: matches.length + extra.length - inRole,
      missed: matches.length + missed.length - inRole,
    },
    roles: share(matches, ({ gold: campaign, found }) => campaign.role === found.role),
    types: share(matches, ({ gold: campaign, found }) => campaign.type === found.type),
    pairs: tally(pairs),
    parents: tally(asParents(pairs)),
    techniques: overlap(
      new Set(gold.campaigns.flatMap(({ techniques = [] }) => techniques.map(({ id }) => id))),
      new Set(mentions.filter(({ object }) => object.type === "technique").map(({ object }) => object.id)),
    ),
    relations: gold.relations ? overlap(...relationKeys(gold.relations, relations, matching)) : nothing,
    lines: share(
      pairs.filter(({ verdict }) => verdict === "right"),
      (pair) => isOnTheLines(pair, text),
    ),
  };
}

const nothing: Count = { right: 0, wrong: 0, missed: 0 };

/**
 * Both sides' relations as keys, the campaigns by their place in the gold. Who is part of whom is left out: it is
 * measured as `partOf` of the campaigns. What a campaign has with its own part is one entry to the gold, and is left out, too.
 * Where the gold only says that two are linked, saying how is as right.
 */
function relationKeys(
  gold: NonNullable<Gold["relations"]>,
  found: readonly Relation[],
  { matches }: Matching,
): readonly [ReadonlySet<string>, ReadonlySet<string>] {
  const names = new Map(matches.flatMap((pair) => pair.ids.map((id) => [id, pair.gold.name] as const)));
  const mutual = new Set<string>(["same-as", "overlaps-with", "linked-to"]);
  const keyOf = ({ from, kind, to, certainty }: Omit<GoldRelation, "kind"> & { readonly kind: string }): string => {
    const ends = mutual.has(kind) ? [from, to].sort() : [from, to];
    return JSON.stringify([...ends, kind, certainty]);
  };
  const pairOf = ({ from, to }: Pick<GoldRelation, "from" | "to">): string => JSON.stringify([from, to].sort());
  const linked = new Set(gold.filter(({ kind }) => kind === "linked-to").map(pairOf));
  const said = new Set(gold.filter(({ kind }) => kind !== "linked-to").map(pairOf));
  const ways = new Set<string>(["affiliate-of", "subgroup-of", "part-of"]);
  const mine = found
    .map(({ kind, certainty, ...relation }) => {
      const ends = { from: names.get(relation.from) ?? relation.from, to: names.get(relation.to) ?? relation.to };
      const isLinked = ways.has(kind) && linked.has(pairOf(ends)) && !said.has(pairOf(ends));
      return { ...ends, kind: isLinked ? "linked-to" : kind, certainty };
    })
    .filter(({ from, to, kind }) => from !== to && kind !== "part-of");
  return [new Set(gold.filter(({ kind }) => kind !== "part-of").map(keyOf)), new Set(mine.map(keyOf))];
}

/** Every pair once with the parent's id; one that is right in any way is right. */
function asParents(pairs: readonly Pair[]): readonly Pair[] {
  const sides = new Map<string, { gold: boolean; found: boolean; pair: Pair }>();
  for (const pair of pairs) {
    const technique = pair.technique.slice(0, 5);
    const id = `${pair.campaign}\n${technique}`;
    const before = sides.get(id);
    sides.set(id, {
      gold: pair.verdict !== "wrong" || before?.gold === true,
      found: pair.verdict !== "missed" || before?.found === true,
      pair: { ...pair, technique },
    });
  }
  return [...sides.values()].map(({ gold, found, pair }) => ({
    ...pair,
    verdict: gold && found ? "right" : gold ? "missed" : "wrong",
  }));
}

/** A sentence may run over several lines. */
function isOnTheLines({ gold, found }: Pair, text: string): boolean {
  return (found?.evidence ?? []).some(({ line, start, end }) => {
    const last = line + text.slice(start, end).split("\n").length - 1;
    return gold?.evidence.some((piece) => line <= piece.line && piece.line <= last);
  });
}

const tally = (pairs: readonly Pair[]): Count => ({
  right: pairs.filter(({ verdict }) => verdict === "right").length,
  wrong: pairs.filter(({ verdict }) => verdict === "wrong").length,
  missed: pairs.filter(({ verdict }) => verdict === "missed").length,
});

function overlap(gold: ReadonlySet<string>, found: ReadonlySet<string>): Count {
  const right = [...gold].filter((id) => found.has(id)).length;
  return { right, wrong: found.size - right, missed: gold.size - right };
}

function share<T>(all: readonly T[], isRight: (one: T) => boolean | undefined): Count {
  const right = all.filter(isRight).length;
  return { right, wrong: all.length - right, missed: 0 };
}

export function sum(measures: readonly Measure[]): Measure {
  const add = (part: keyof Measure): Count =>
    measures.reduce(
      (total, one) => ({
        right: total.right + one[part].right,
        wrong: total.wrong + one[part].wrong,
        missed: total.missed + one[part].missed,
      }),
      { right: 0, wrong: 0, missed: 0 },
    );
  return {
    campaigns: add("campaigns"),
    described: add("described"),
    inRole: add("inRole"),
    roles: add("roles"),
    types: add("types"),
    pairs: add("pairs"),
    parents: add("parents"),
    techniques: add("techniques"),
    relations: add("relations"),
    lines: add("lines"),
  };
}

/** 0–1; 1 where there was nothing to find and nothing was found. */
export const precision = ({ right, wrong }: Count): number => (right + wrong === 0 ? 1 : right / (right + wrong));
export const recall = ({ right, missed }: Count): number => (right + missed === 0 ? 1 : right / (right + missed));
export function f1(count: Count): number {
  const [p, r] = [precision(count), recall(count)];
  return p + r === 0 ? 0 : (2 * p * r) / (p + r);
}
