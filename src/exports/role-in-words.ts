import type { Campaign } from "../campaigns/campaign.ts";
import { surenessOf } from "./sureness.ts";

/** What a campaign is, and whether the report tells of it. */
export function roleInWords({
  type,
  role,
  unnamed,
  techniques,
}: Pick<Campaign, "type" | "role" | "unnamed" | "techniques">): string {
  if (unnamed) return "called by its heading, as nobody is named";
  const kind = type === "cluster" ? "cluster of activity" : type;
  if (role === "referenced") return `${kind}, only referred to here`;
  const isThin = techniques.length > 0 && techniques.every((one) => surenessOf(one) === "unsure");
  return `${kind}, described here${isThin ? ", by unsure techniques alone" : ""}`;
}
