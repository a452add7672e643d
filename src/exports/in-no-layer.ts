import type { Analysis, AnalysedMention } from "../analysis.ts";

/** A technique that the report tells of and that no layer holds, and why. */
export interface Outside {
  readonly mention: AnalysedMention;
  readonly why: string;
}

/** What nobody is told to have done, and what only those did of whom the report speaks in passing; under headings of guidance, too. In document order. */
export function inNoLayer({ mentions, setAside, campaigns }: Analysis): readonly Outside[] {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const told = new Set(mentions.map(lineAndId));
  const aside = setAside.filter((mention) => !told.has(lineAndId(mention)));
  const outside = mentions.flatMap((mention): readonly Outside[] => {
    if (mention.object.type !== "technique") return [];
    const doers = mention.campaigns.flatMap((id) => byId.get(id) ?? []);
    if (doers.length === 0) return [{ mention, why: mention.attribution }];
    if (doers.some(({ role }) => role === "described")) return [];
    const names = doers.map(({ name }) => name).join(" and ");
    return [{ mention, why: `done by ${names}, to whom the report only refers (${mention.attribution})` }];
  });
  return aside.length === 0
    ? outside
    : [...outside, ...aside.map((mention) => ({ mention, why: mention.attribution }))].sort(
        (a, b) => a.mention.start - b.mention.start,
      );
}

/** One entry a line says enough. */
const lineAndId = ({ line, object }: AnalysedMention): string => `${line} ${object.id}`;
