import type { Evidence } from "./campaign.ts";

/** How two campaigns of a report stand to each other, read from left to right: “X is a subgroup of Y”. */
export const relationWords = {
  "same-as": "is the same as",
  "part-of": "is part of",
  "subgroup-of": "is a subgroup of",
  "affiliate-of": "is an affiliate of",
  "attributed-to": "is attributed to",
  "successor-of": "is a successor of",
  "overlaps-with": "overlaps with",
  "linked-to": "is linked to",
} as const;

export type RelationKind = keyof typeof relationWords;

/** What the report says of two of its campaigns. */
export interface Relation {
  /** Ids of campaigns. */
  readonly from: string;
  readonly kind: RelationKind;
  readonly to: string;
  /** Laid down as true, or only believed, likely or claimed. */
  readonly certainty: "said" | "suspected";
  /** The sentences that say so. */
  readonly evidence: readonly Evidence[];
}

/** Kinds that say the same of both. */
const mutualKinds: ReadonlySet<RelationKind> = new Set<RelationKind>(["same-as", "overlaps-with", "linked-to"]);

/** “is a subgroup of APT10 (suspected)”; `to` is a name. */
export const relationText = ({ kind, certainty }: Pick<Relation, "kind" | "certainty">, to: string): string =>
  `${relationWords[kind]} ${to}${certainty === "suspected" ? " (suspected)" : ""}`;

/** Adds to relations that are each kept once, with every sentence that says so; what one of them lays down is said. */
export function addRelation(relations: Map<string, Relation>, relation: Relation): void {
  const key = ({ from, kind, to }: Relation): string => JSON.stringify([from, kind, to]);
  const turned = { ...relation, from: relation.to, to: relation.from };
  const own = mutualKinds.has(relation.kind) && relations.has(key(turned)) ? turned : relation;
  const known = relations.get(key(own));
  relations.set(key(own), known ? mergeRelation(known, own) : own);
}

const mergeRelation = (one: Relation, other: Relation): Relation => ({
  ...one,
  certainty: one.certainty === "said" || other.certainty === "said" ? "said" : "suspected",
  evidence: [
    ...one.evidence,
    ...other.evidence.filter(
      ({ start, report }) => !one.evidence.some((each) => each.start === start && each.report === report),
    ),
  ],
});

/** A relation as one of its campaigns would tell it. */
export interface OwnRelation {
  /** “is a subgroup of APT10 (suspected)”, or “Velvet Rook is a subgroup of it” of the other side. */
  readonly text: string;
  readonly relation: Relation;
}

/** What a report says of how one campaign stands to the others. */
export function relationsOf(
  id: string,
  {
    campaigns,
    relations,
  }: {
    readonly campaigns: readonly { readonly id: string; readonly name: string }[];
    readonly relations: readonly Relation[];
  },
): readonly OwnRelation[] {
  const nameOf = (other: string): string => campaigns.find((each) => each.id === other)?.name ?? other;
  return relations.flatMap((relation): readonly OwnRelation[] => {
    if (relation.from === id || (relation.to === id && mutualKinds.has(relation.kind)))
      return [{ text: relationText(relation, nameOf(relation.from === id ? relation.to : relation.from)), relation }];
    return relation.to === id ? [{ text: `${nameOf(relation.from)} ${relationText(relation, "it")}`, relation }] : [];
  });
}
