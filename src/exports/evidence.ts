import type { Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Campaign, CampaignTechnique } from "../campaigns/campaign.ts";
import { usersOf } from "./matrix.ts";
import { inOrderOfTactics, shownTactics } from "./order-of-tactics.ts";

/** One sentence by which a campaign has a technique: the row of CSV and of the evidence sheet. */
export interface EvidenceRow {
  readonly campaign: Campaign;
  readonly technique: CampaignTechnique;
  readonly techniqueName: string;
  readonly domains: readonly string[];
  /** Name of the campaign that this one is part of; "" where it is none's. */
  readonly partOf: string;
  /** Names of the tactics that it stands under. */
  readonly tactics: readonly string[];
  readonly url: string;
  /** From 1. */
  readonly line: number;
  /** As exact as the text tells them. */
  readonly dates: readonly string[];
  /** "first", "then" or "last", where the text says it. */
  readonly step: string;
  readonly text: string;
}

/** Campaign by campaign, techniques in the order of tactics, then by id, the sentences to quote first; what a member did is not told twice. */
export function evidenceRows(campaigns: readonly Campaign[], catalogue: Catalogue): readonly EvidenceRow[] {
  return campaigns.flatMap((campaign) =>
    inOrderOfTactics(campaign.techniques, catalogue).flatMap((technique): readonly EvidenceRow[] => {
      const object = catalogue.get(technique.id);
      if (!object || !usersOf(technique.id, campaigns).some((user) => user.campaign === campaign)) return [];
      const shown = shownTactics(technique);
      return technique.evidence.map(({ line, text, dates = [], step = "" }) => ({
        campaign,
        technique,
        techniqueName: fullName(object, catalogue),
        partOf: campaigns.find(({ id }) => id === campaign.partOf)?.name ?? "",
        domains: object.domains.filter((domain) => catalogue.versionOf(domain) !== undefined),
        tactics: catalogue
          .tacticsOf(object)
          .filter(({ tactics }) => shown.includes(tactics[0] ?? ""))
          .map(({ name }) => name),
        url: object.url,
        line,
        dates,
        step,
        text,
      }));
    }),
  );
}

/** The columns of a table of evidence, one row each. */
export const evidenceColumns: readonly {
  readonly title: string;
  readonly value: (row: EvidenceRow) => string | number;
  /** In a spreadsheet, characters. */
  readonly width: number;
}[] = [
  { title: "Campaign", value: ({ campaign }) => campaign.name, width: 24 },
  { title: "Type", value: ({ campaign }) => campaign.type, width: 10 },
  { title: "ATT&CK ids of the campaign", value: ({ campaign }) => campaign.attackIds.join(", "), width: 16 },
  { title: "Part of", value: ({ partOf }) => partOf, width: 16 },
  { title: "Domain", value: ({ domains }) => domains.join(", "), width: 18 },
  { title: "Tactics", value: ({ tactics }) => tactics.join(", "), width: 26 },
  { title: "Technique", value: ({ technique }) => technique.id, width: 12 },
  { title: "Name", value: ({ techniqueName }) => techniqueName, width: 36 },
  { title: "Evidence is", value: ({ technique }) => technique.status, width: 10 },
  { title: "Confidence", value: ({ technique }) => Math.round(technique.confidence * 100) / 100, width: 11 },
  { title: "Line", value: ({ line }) => line, width: 7 },
  { title: "Dates", value: ({ dates }) => dates.join(", "), width: 12 },
  { title: "Order", value: ({ step }) => step, width: 7 },
  { title: "Evidence", value: ({ text }) => text, width: 80 },
  { title: "ATT&CK page", value: ({ url }) => url, width: 44 },
];
