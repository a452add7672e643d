/** What threat actors are called outside ATT&CK. */
export interface ActorFacts {
  readonly format: 1;
  readonly source: { readonly file: string; readonly sha256: string; readonly version: string };
  readonly actors: readonly Actor[];
}

export interface Actor {
  readonly name: string;
  readonly synonyms: readonly string[];
  /** ATT&CK id, where all that is known of the actor leads to exactly one group. */
  readonly group?: string;
}

/** Which vulnerabilities say which technique their exploitation is. */
export interface VulnerabilityFacts {
  readonly format: 1;
  readonly source: { readonly file: string; readonly sha256: string; readonly attackVersion: string };
  /** CVE id to the ids of the techniques by which it is exploited. */
  readonly cves: Readonly<Record<string, readonly string[]>>;
}

/** A vulnerability that reports call by a name. */
export interface NamedVulnerability {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly cves: readonly string[];
  /** How its exploitation begins: ids of techniques, checked by hand. */
  readonly techniques: readonly string[];
}
