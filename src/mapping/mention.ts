import type { AttackObject } from "../attack/catalogue.ts";
import type { ObjectType } from "../attack/kinds.ts";
import type { Range } from "../report/report.ts";

/** What made the program see a mention. */
export type MentionBy = "id" | "name" | "alias" | "cve" | "command" | "lexicon" | "model";

/**
 * A span of the report that refers to an ATT&CK object. *Stated*: the text names it; *inferred*: it describes it.
 * `start`/`end` are UTF-16 offsets into the report's source.
 */
export interface Mention extends Range {
  /** From 1. */
  readonly line: number;
  /** The source between `start` and `end`. */
  readonly text: string;
  readonly object: MentionedObject;
  readonly by: MentionBy;
  readonly status: "stated" | "inferred";
  /** 0–1. */
  readonly confidence: number;
  /** The sentence around it, without markup. */
  readonly evidence: string;
  /** Why it matched, as a person would say it. */
  readonly why: string;
  /** Index into the report's blocks and the block's sentences; absent for what stands outside of them, such as link definitions. */
  readonly place?: { readonly block: number; readonly sentence: number } | undefined;
  /** The id as it was written, where the object meant is another one (a successor). */
  readonly written?: string | undefined;
}

export interface MentionedObject {
  readonly id: string;
  readonly name: string;
  readonly type: ObjectType;
}

export const mentioned = ({ id, name, type }: AttackObject): MentionedObject => ({ id, name, type });

/** Document order; at one place the longer first, then by id, so that every run gives the same list. */
export function compareMentions(a: Mention, b: Mention): number {
  return a.start - b.start || b.end - a.end || (a.object.id < b.object.id ? -1 : a.object.id > b.object.id ? 1 : 0);
}

export const isTechnique = (mention: Mention | undefined): boolean => mention?.object.type === "technique";
