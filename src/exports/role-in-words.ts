import type { Campaign } from "../campaigns/campaign.ts";

/** What a campaign is, and whether the report tells of it. */
export function roleInWords({ type, role, unnamed }: Pick<Campaign, "type" | "role" | "unnamed">): string {
  if (unnamed) return "named after the report, which names nobody";
  const kind = type === "cluster" ? "cluster of activity" : type;
  return role === "described" ? `${kind}, described here` : `${kind}, only referred to here`;
}
