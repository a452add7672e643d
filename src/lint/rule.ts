import type { Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import type { Mapping } from "../mapping/map-report.ts";
import type { Range, Report } from "../report/report.ts";

/** A hint is for the author while he writes; it is no fault. */
export type Severity = "error" | "warning" | "info" | "hint";

/** A fault in the report; `start`/`end` are offsets into its source. */
export interface Fault extends Range {
  readonly message: string;
  /** What to write instead. */
  readonly fix?: Range & { readonly text: string };
}

/** A check of a report. Add one by adding a file beside the others and a row in `rules.ts`. */
export interface Rule {
  /** As in findings and settings: "unknown-id". */
  readonly id: string;
  readonly severity: Severity;
  /** One line for the documentation. */
  readonly description: string;
  readonly check: (subject: RuleSubject) => readonly Fault[];
}

export interface RuleSubject {
  readonly report: Report;
  readonly catalogue: Catalogue;
  readonly mapping: Mapping;
  readonly campaigns: readonly Campaign[];
}
