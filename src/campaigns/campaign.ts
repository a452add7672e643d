import type { Range } from "../report/report.ts";
import type { Step } from "./when.ts";

export type CampaignType = "campaign" | "group" | "cluster";

/** *Described*: the report tells what it did. *Referenced*: it is only compared with, cited or listed. */
export type CampaignRole = "described" | "referenced";

/** Who did something in a report: an operation, a group, or an unnamed cluster of activity. */
export interface Campaign {
  /** Stable within a report: made of the name. */
  readonly id: string;
  readonly name: string;
  readonly type: CampaignType;
  /** ATT&CK ids of groups and campaigns that it is, or that are part of it. */
  readonly attackIds: readonly string[];
  /** Under which other names the report or its author speaks of it. */
  readonly aliases: readonly string[];
  readonly role: CampaignRole;
  /** Why it has this role, with the words that say so. */
  readonly reason: string;
  /** The report names nobody: it is called as the report is. */
  readonly unnamed?: true;
  /** Id of the campaign that it belongs to. */
  readonly partOf?: string;
  /** From when to when its evidence tells of it, as exact as the text: "2021", "2021-03" or "2021-03-04". */
  readonly dates?: { readonly first: string; readonly last: string };
  readonly techniques: readonly CampaignTechnique[];
}

export interface CampaignTechnique {
  readonly id: string;
  readonly name: string;
  /** Short names of the technique's tactics. */
  readonly tactics: readonly string[];
  /** Those of them that the report itself names beside it. */
  readonly saidTactics: readonly string[];
  readonly status: "stated" | "inferred";
  /** 0–1, of the surest evidence. */
  readonly confidence: number;
  /** In document order, asides behind the others: the first is the one to quote. */
  readonly evidence: readonly Evidence[];
}

export interface Evidence extends Range {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Path of the report that it stands in, where several reports are read as one. */
  readonly report?: string;
  /** Dates that the sentence tells, or else the nearest heading, in order of time. */
  readonly dates?: readonly string[];
  readonly step?: Step;
  /** Addresses that the sentence links to, with their protocol. */
  readonly links?: readonly string[];
  /** A heading, or a sentence that mostly compares or contrasts. */
  readonly aside?: true;
}
