import type { Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import type { Mapping } from "../mapping/map-report.ts";
import type { Range, Report } from "../report/report.ts";

/** A hint is for the author while he writes; it is no fault. */
export const severities = ["error", "warning", "info", "hint"] as const;
export type Severity = (typeof severities)[number];

/** What to write in place of a range of the report's source. */
export interface Edit extends Range {
  readonly text: string;
}

/** One way to mend a fault that only the author can choose. */
export interface Choice {
  /** As a menu says it: "Write T1059.001 PowerShell". */
  readonly title: string;
  readonly edit: Edit;
}

/** A fault in the report; `start`/`end` are offsets into its source. */
export interface Fault extends Range {
  readonly message: string;
  /** What to write instead, where there is one answer; `lint --fix` writes it unasked. */
  readonly fix?: Edit;
  /** Other ways out, the likeliest first; nobody writes them unasked. */
  readonly choices?: readonly Choice[];
}

/** A check of a report. Add one by adding a file beside the others and a row in `rules.ts`. */
export interface Rule {
  /** As in findings and settings: "unknown-id". */
  readonly id: string;
  readonly severity: Severity;
  /** One line for the documentation. */
  readonly description: string;
  /** What to do about it; stands in docs/rules.md, too. */
  readonly help: string;
  readonly check: (subject: RuleSubject) => readonly Fault[];
}

export interface RuleSubject {
  readonly report: Report;
  readonly catalogue: Catalogue;
  readonly mapping: Mapping;
  readonly campaigns: readonly Campaign[];
  /** Domains, addresses and networks that may stand alive, beside those that the report's front matter allows. */
  readonly allowedIndicators: readonly string[];
}
