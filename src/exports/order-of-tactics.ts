import type { Catalogue } from "../attack/catalogue.ts";
import type { CampaignTechnique } from "../campaigns/campaign.ts";

/** Short names of the tactics under which a technique stands: where the report names some beside it, these alone. */
export const shownTactics = ({ tactics, saidTactics }: CampaignTechnique): readonly string[] =>
  saidTactics.length > 0 ? saidTactics : tactics;

/** As an intrusion goes, by the data's order of tactics; those of one tactic by id. */
export function inOrderOfTactics(
  techniques: readonly CampaignTechnique[],
  catalogue: Catalogue,
): readonly CampaignTechnique[] {
  const order = catalogue.domains.flatMap(({ domain }) => catalogue.tactics(domain).map(({ tactics: [name] }) => name));
  const placeOf = (technique: CampaignTechnique): number =>
    Math.min(
      ...shownTactics(technique).map((name) => {
        const place = order.indexOf(name);
        return place < 0 ? order.length : place;
      }),
      order.length,
    );
  return [...techniques].sort((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
