/** ATT&CK's STIX bundles as they lie in a folder, for tools that read more of them than the facts that ship. */
import { readdirSync } from "node:fs";

export interface StixObject {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly x_mitre_aliases?: readonly string[];
  readonly description?: string;
  readonly relationship_type?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
  readonly revoked?: boolean;
  readonly x_mitre_deprecated?: boolean;
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
}

export interface StixBundle {
  readonly objects: readonly StixObject[];
}

/** Names of the bundles of one version of ATT&CK, one a domain, in order; of `domain` only, where it is given. */
export function bundleFiles(folder: string, version: string, domain = ""): readonly string[] {
  const found = readdirSync(folder)
    .filter((name) => name.startsWith(domain) && name.includes(`-attack-${version}.`) && name.endsWith(".json.gz"))
    .sort();
  if (found.length === 0) throw new Error(`${folder}: no ${domain || "*-attack"}-${version}.*.json.gz`);
  return found;
}

/** The id of a technique, as "T1055". */
export const techniqueId = ({ type, external_references }: StixObject): string | undefined =>
  type === "attack-pattern"
    ? external_references?.find(({ source_name }) => /^mitre-(?:mobile-|ics-)?attack$/.test(source_name))?.external_id
    : undefined;

/** Without links, citations and marks of code. */
export const withoutMarkup = (text: string): string =>
  text
    .replace(/\(Citation:[^)]*\)/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<\/?code>/g, " ");
