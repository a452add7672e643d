import { isRecord } from "../json.ts";
import { hashOf } from "../hash.ts";
import type { BundleSource, DomainFacts } from "./facts.ts";
import { compareVersions, isVersion } from "./versions.ts";

/**
 * A version of ATT&CK that the user fetched or imported, in a folder of its own that never changes:
 *
 *     about.json             KnowledgeInfo
 *     attack/DOMAIN.json     DomainFacts
 *     texts/DOMAIN.json      BundleTexts
 *
 * It is written under a draft's name and then renamed, so what bears a version's name is whole.
 */
export interface KnowledgeInfo {
  readonly format: 1;
  /** In the order of preference, as a catalogue takes them. */
  readonly domains: readonly KnowledgeDomain[];
  /** ISO 8601, when it was fetched or imported. */
  readonly added: string;
  /** Address of the index, or name of the imported file. */
  readonly from: string;
}

export interface KnowledgeDomain {
  readonly domain: string;
  readonly name: string;
  readonly version: string;
  readonly source: BundleSource;
  /** When the index says that the bundle was changed. */
  readonly released?: string;
}

export const knowledgeDomain = (
  { domain, name, version, source }: DomainFacts,
  released?: string,
): KnowledgeDomain => ({ domain, name, version, source, ...(released === undefined ? {} : { released }) });

/** "18.1"; joined by ", " where domains differ, the newest first. */
export const versionOf = ({ domains }: Pick<KnowledgeInfo, "domains">): string =>
  [...new Set(domains.map(({ version }) => version))].sort((a, b) => compareVersions(b, a)).join(", ");

/** The name of its folder: the version, and a hash of the bundles, so that other bundles get another folder. */
export function folderName({ domains }: Pick<KnowledgeInfo, "domains">): string {
  const sources = domains.map(({ domain, version, source }) => `${domain} ${version} ${source.sha256}`).sort();
  return `attack-${versionOf({ domains }).replace(/[^\w.-]+/g, "_")}-${hashOf(sources.join("\n")).toString(36)}`;
}

const folderPattern = /^attack-[\w.-]{1,80}$/;

/** Whether a name can be that of a version's folder: no path, nothing hidden. */
export const isFolderName = (name: string): boolean => folderPattern.test(name);

/** The name of a folder that is being written; `time` in milliseconds. */
export const draftName = (time: number, mark: string): string => `.draft-${time}-${mark}`;

/** A draft that is older belongs to a program that was killed, milliseconds: writing takes seconds. */
const oldDraft = 10 * 60_000;

/** Whether a folder was left behind by a program that was killed while it wrote. */
export function isLeftover(name: string, now: number): boolean {
  const time = /^\.draft-(\d{1,16})-/.exec(name)?.[1];
  return time !== undefined && Math.abs(now - Number(time)) > oldDraft;
}

/** Throws a one-sentence error where `value` is no {@link KnowledgeInfo}; `where` names the file. */
export function asKnowledgeInfo(value: unknown, where: string): KnowledgeInfo {
  const domains = isRecord(value) ? value["domains"] : undefined;
  if (!isRecord(value) || value["format"] !== 1 || !Array.isArray(domains) || domains.length === 0)
    throw new Error(`${where}: does not say which version of ATT&CK lies there`);
  const isWhole = (domain: unknown): domain is KnowledgeDomain =>
    isRecord(domain) &&
    ["domain", "name", "version"].every((field) => typeof domain[field] === "string") &&
    isDomain(domain["domain"] as string) &&
    isVersion(domain["version"] as string) &&
    isRecord(domain["source"]) &&
    typeof domain["source"]["sha256"] === "string";
  if (!domains.every(isWhole)) throw new Error(`${where}: one of its domains is not described as it should be`);
  const text = (field: string): string => (typeof value[field] === "string" ? value[field] : "");
  return { format: 1, domains, added: text("added"), from: text("from") };
}

/** "enterprise-attack": it becomes the name of a file. */
export const isDomain = (text: string): boolean => /^[a-z\d]{1,30}(?:-[a-z\d]{1,30}){0,4}$/.test(text);
