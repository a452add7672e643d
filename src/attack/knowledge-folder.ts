import { isRecord } from "../json.ts";
import { hashOf } from "../hash.ts";
import type { BundleSource, DomainFacts } from "./facts.ts";
import type { Release } from "./releases.ts";
import { compareVersions, isVersion } from "./versions.ts";

/**
 * A version of ATT&CK that the user fetched or imported, in a folder of its own that never changes:
 *
 *     attack/DOMAIN.json     DomainFacts
 *     texts/DOMAIN.json      BundleTexts
 *     about.json             KnowledgeInfo
 *
 * `about.json` is written last, under another name, and then renamed: a folder without it is no version, but what a
 * program left that was killed. (Folders themselves can't be renamed in every place where an editor stores things.)
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

/** The name of its folder: the version, and a hash of the files in it, so that other content gets another folder. */
export function folderName({ domains }: Pick<KnowledgeInfo, "domains">, files: readonly string[]): string {
  const hashes = files.map(hashOf).sort((a, b) => a - b);
  return `attack-${versionOf({ domains }).replace(/[^\w.-]+/g, "_")}-${hashOf(hashes.join(" ")).toString(36)}`;
}

const folderPattern = /^attack-[\w.-]{1,80}$/;

/** Whether a name can be that of a version's folder: no path, nothing hidden. */
export const isFolderName = (name: string): boolean => folderPattern.test(name);

/** A folder without its `about.json` that has lain so long, milliseconds, was left behind: writing takes seconds. */
const longWriting = 10 * 60_000;

/** Whether a folder without `about.json`, last changed at `changed`, is no longer being written. */
export const isLeftover = (changed: number, now: number): boolean => Math.abs(now - changed) > longWriting;

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

/** Of the domains that one version has and of others added to it, which stand in the end; an added one replaces its like. */
export const joinedDomains = (
  known: readonly KnowledgeDomain[],
  added: readonly KnowledgeDomain[],
): readonly KnowledgeDomain[] => [
  ...known.filter(({ domain }) => !added.some((other) => other.domain === domain)),
  ...added,
];

/** Whether domains can be added to a stored version: all of them are of one version of ATT&CK. */
export const isSameVersion = (info: Pick<KnowledgeInfo, "domains">, added: readonly KnowledgeDomain[]): boolean =>
  new Set([...info.domains, ...added].map(({ version }) => version)).size === 1;

/** Whether a stored version is what the releases offer, and they have not been changed since. */
export function isUpToDate({ domains }: Pick<KnowledgeInfo, "domains">, releases: readonly Release[]): boolean {
  return (
    releases.length <= domains.length &&
    releases.every((release) =>
      domains.some(
        ({ domain, version, released }) =>
          domain === release.domain && version === release.version && released === release.modified,
      ),
    )
  );
}
