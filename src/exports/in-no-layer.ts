import type { Analysis, AnalysedMention } from "../analysis.ts";

/** A technique that the report tells of and that no layer holds, and why. */
export interface Outside {
  readonly mention: AnalysedMention;
  readonly why: string;
}

/** What nobody is told to have done, and what only those did of whom the report speaks in passing. In document order. */
export function inNoLayer({ mentions, campaigns }: Analysis): readonly Outside[] {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return mentions.flatMap((mention): readonly Outside[] => {
    if (mention.object.type !== "technique") return [];
    const doers = mention.campaigns.flatMap((id) => byId.get(id) ?? []);
    if (doers.length === 0) return [{ mention, why: mention.attribution }];
    if (doers.some(({ role }) => role === "described")) return [];
    const names = doers.map(({ name }) => name).join(" and ");
    return [{ mention, why: `done by ${names}, to whom the report only refers (${mention.attribution})` }];
  });
}
