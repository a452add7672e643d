import type { AnalysedMention, Analysis } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";

/** Software that the report tells of campaigns, with the sentences. */
export interface SoftwareUse {
  readonly object: AttackObject;
  readonly users: readonly Campaign[];
  readonly mentions: readonly AnalysedMention[];
  /** 0–1, of the surest sentence: how sure it is that it is theirs. */
  readonly confidence: number;
}

/** Each once, in document order. */
export function softwareOf(
  campaigns: readonly Campaign[],
  { mentions }: Analysis,
  catalogue: Catalogue,
): readonly SoftwareUse[] {
  const uses = new Map<string, SoftwareUse>();
  for (const mention of mentions) {
    const object = mention.object.type === "software" ? catalogue.get(mention.object.id) : undefined;
    const users = campaigns.filter(({ id }) => mention.campaigns.includes(id));
    if (!object || !isCurrent(object) || users.length === 0) continue;
    const known = uses.get(object.id);
    uses.set(object.id, {
      object,
      users: [...new Set([...(known?.users ?? []), ...users])],
      mentions: [...(known?.mentions ?? []), mention],
      confidence: Math.max(known?.confidence ?? 0, mention.attributionConfidence),
    });
  }
  return [...uses.values()];
}
