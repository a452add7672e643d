import type { Analysis } from "../analysis.ts";
import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import type { Report } from "../report/report.ts";
import { tlpOf, type TlpLevel } from "./tlp.ts";

/** A form in which the mapping of a report leaves the program: a file of its own, and a row in `exports.ts`. */
export interface Export {
  /** As the terminal's `--as` calls it. */
  readonly id: string;
  /** As a person reads it in a list. */
  readonly title: string;
  /** Of its files, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** Drawn in light or dark colours. */
  readonly themed?: true;
  /** Says when the report was published. */
  readonly dated?: true;
  /** Pure and deterministic. Throws an error of one sentence where there is nothing to export. */
  readonly render: (
    analysis: Analysis,
    catalogue: Catalogue,
    options: ExportOptions,
  ) => string | Uint8Array | Promise<Uint8Array>;
}

export interface ExportOptions {
  /** Name and version of the program. */
  readonly generator: string;
  /** Ids of the campaigns wanted; all described ones by default. */
  readonly campaigns?: readonly string[];
  /** Where the report is published, with its protocol. */
  readonly reportUrl?: string;
  /** When the report was published or written, ISO 8601 in UTC; pure rooms have no clock. */
  readonly date?: string;
  readonly tlp?: TlpLevel;
  /** Of pictures; "light" by default. */
  readonly theme?: Theme;
  /** Of pictures: the most tactics beside each other, 4 or more; 7 by default. */
  readonly columns?: number;
  /** Turns an SVG picture into a PNG file. */
  readonly rasterise?: (svg: string) => Promise<Uint8Array>;
}

export type Theme = "light" | "dark";

/** What a report says of itself that exports print. */
export function optionsOf(report: Report): Pick<ExportOptions, "reportUrl" | "date" | "tlp"> {
  const { url, date } = report.frontMatter ?? {};
  const tlp = tlpOf(report);
  return {
    ...(url === undefined ? {} : { reportUrl: url }),
    ...(date === undefined ? {} : { date }),
    ...(tlp === undefined ? {} : { tlp }),
  };
}

/** The day of a moment (milliseconds since 1970), as a date of exports: a file's own time is no time of publication. */
export const dayOf = (time: number): string => `${new Date(time).toISOString().slice(0, 10)}T00:00:00.000Z`;

/** The described campaigns that are wanted, with those of their techniques that ATT&CK still has. */
export function campaignsToExport(
  analysis: Analysis,
  catalogue: Catalogue,
  { campaigns: wanted }: Pick<ExportOptions, "campaigns">,
): readonly Campaign[] {
  return analysis.campaigns.flatMap((campaign) => {
    if (campaign.role !== "described" || !(wanted?.includes(campaign.id) ?? true)) return [];
    const techniques = campaign.techniques.filter(({ id }) => {
      const technique = catalogue.get(id);
      return technique !== undefined && isCurrent(technique);
    });
    return techniques.length > 0 ? [{ ...campaign, techniques }] : [];
  });
}

/** The same; throws where there are none, since an empty picture or sheet would pass for a result. */
export function someCampaigns(analysis: Analysis, catalogue: Catalogue, options: ExportOptions): readonly Campaign[] {
  const campaigns = campaignsToExport(analysis, catalogue, options);
  if (campaigns.length === 0)
    throw new Error("no campaign with techniques is described, so there is nothing to export");
  return campaigns;
}
