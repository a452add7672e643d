import type { AnalysedMention, Analysis } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { placeOf } from "../mapping/place.ts";
import type { Range, Report } from "../report/report.ts";

/** A group, campaign or software of the report that ATT&CK knows to use a technique, and where it is first named. */
export interface KnownUser extends Range {
  readonly id: string;
  readonly name: string;
  /** From 1. */
  readonly line: number;
  /** Of groups and campaigns, what the report does with them; software is only named. */
  readonly role: Campaign["role"] | "named";
}

/** In the order in which the report names them. */
export function knownUsers(technique: string, analysis: Analysis, catalogue: Catalogue): readonly KnownUser[] {
  const users = new Set(catalogue.sources(technique, "uses"));
  const found = new Map<string, KnownUser>();
  for (const { object, start, end, line } of analysis.mentions) {
    const user = users.has(object.id) && !found.has(object.id) ? catalogue.get(object.id) : undefined;
    if (user) found.set(user.id, { id: user.id, name: user.name, start, end, line, role: roleOf(user, analysis) });
  }
  return [...found.values()];
}

function roleOf(object: AttackObject, analysis: Analysis): KnownUser["role"] {
  if (object.type === "software") return "named";
  return ownCampaigns(object, analysis).some(({ role }) => role === "described") ? "described" : "referenced";
}

/** The report's campaigns that are this group or campaign; not those of which it is only a part. */
export const ownCampaigns = ({ id, name }: AttackObject, { campaigns }: Analysis): readonly Campaign[] =>
  campaigns.filter(
    (campaign) =>
      nameKey(campaign.name) === nameKey(name) || (campaign.attackIds.length === 1 && campaign.attackIds[0] === id),
  );

/** Ids of techniques, each once. */
export interface KnownTechniques {
  /** What ATT&CK knows of it. */
  readonly known: readonly string[];
  /** Those of them that the report gives to it. */
  readonly shown: readonly string[];
  /** What the report gives to it, but ATT&CK does not know of. */
  readonly beyond: readonly string[];
}

/** What a report shows of the techniques of a group, campaign or software: only what is its own doing there. */
export function knownTechniques(
  object: AttackObject,
  analysis: Analysis,
  report: Report,
  catalogue: Catalogue,
): KnownTechniques {
  const isCurrentId = (id: string): boolean => {
    const technique = catalogue.get(id);
    return technique?.type === "technique" && isCurrent(technique);
  };
  const known = catalogue.targets(object.id, "uses").filter(isCurrentId);
  const own = [...new Set(mentionsOf(object, analysis, report).map(({ object: { id } }) => id))].filter(isCurrentId);
  return {
    known,
    shown: own.filter((id) => known.includes(id)),
    beyond: own.filter((id) => !known.includes(id)),
  };
}

/** A group's by attribution; software's, which nothing is attributed to, by the paragraphs that name it. */
function mentionsOf(object: AttackObject, analysis: Analysis, report: Report): readonly AnalysedMention[] {
  const blockOf = ({ start }: Range): number | undefined => placeOf(report, start)?.block;
  if (object.type === "software") {
    const blocks = new Set(analysis.mentions.filter((mention) => mention.object.id === object.id).map(blockOf));
    blocks.delete(undefined);
    return analysis.mentions.filter((mention) => blocks.has(blockOf(mention)));
  }
  const ids = new Set(ownCampaigns(object, analysis).map(({ id }) => id));
  return analysis.mentions.filter(({ campaigns }) => campaigns.some((id) => ids.has(id)));
}
