import type { Analysis } from "./analysis.ts";

/** What leaves the program: all that is mapped, or only what the report states, which is what its author has accepted. */
export const publishable = ["all", "stated"] as const;
export type Publishable = (typeof publishable)[number];

/** The analysis without techniques that the report only describes. Where nothing is stated, its campaigns have none. */
export function published(analysis: Analysis, what: Publishable): Analysis {
  if (what === "all") return analysis;
  return {
    ...analysis,
    mentions: analysis.mentions.filter(({ object, status }) => object.type !== "technique" || status === "stated"),
    setAside: [],
    campaigns: analysis.campaigns.map((campaign) => ({
      ...campaign,
      techniques: campaign.techniques.filter(({ status }) => status === "stated"),
    })),
  };
}

/** How many techniques of described campaigns are suggestions that nobody has accepted. */
export function suggestionCount({ campaigns }: Analysis): number {
  const described = campaigns.filter(({ role }) => role === "described").flatMap(({ techniques }) => techniques);
  const stated = new Set(described.filter(({ status }) => status === "stated").map(({ id }) => id));
  return new Set(described.filter(({ id }) => !stated.has(id)).map(({ id }) => id)).size;
}
