import type { ObjectType } from "./kinds.ts";

/**
 * The facts of one ATT&CK domain, as they are stored: what a bundle states about its objects, without ATT&CK's
 * sentences. Fields that hold their default are left out.
 */
export interface DomainFacts {
  readonly format: 1;
  /** "enterprise-attack", … as the matrix's own id says. */
  readonly domain: string;
  /** The matrix's name. */
  readonly name: string;
  /** ATT&CK's version, "18.1". */
  readonly version: string;
  readonly source: BundleSource;
  /** Absent in facts that an older version of the program made. */
  readonly stix?: StixFrame;
  /** Ids of tactics in the order of the matrix's columns. */
  readonly tactics: readonly string[];
  readonly objects: Readonly<Partial<Record<ObjectType, readonly ObjectFacts[]>>>;
  readonly relations: Readonly<Partial<Record<RelationType, RelationFacts>>>;
}

export interface BundleSource {
  readonly file: string;
  /** SHA-256 of the bundle's JSON text, hexadecimal. */
  readonly sha256: string;
  /** STIX version of the bundle: "2.0" or "2.1". */
  readonly stix: string;
  /** The newest `modified` of its objects, ISO 8601. */
  readonly modified: string;
}

/** What every STIX object of a domain says beside its own facts: needed to write the object again. */
export interface StixFrame {
  /** Name of the kill chain whose phases the tactics are. */
  readonly killChain?: string;
  /** The newest version of ATT&CK's own specification that the objects follow, "3.3.0". */
  readonly specification?: string;
  /** Who publishes the objects, a STIX identity. */
  readonly identity?: {
    readonly id: string;
    readonly name: string;
    readonly identity_class: string;
    readonly created: string;
    readonly modified: string;
  };
  /** The marking that the objects carry: a STIX statement. */
  readonly marking?: { readonly id: string; readonly created: string; readonly statement: string };
}

export interface ObjectFacts {
  /** ATT&CK id; the STIX id for the few objects that older versions gave none. */
  readonly id: string;
  readonly stix: string;
  readonly name: string;
  /** Other names; never the name itself. */
  readonly aliases?: readonly string[];
  /** Only where the object is in more domains than this one. */
  readonly domains?: readonly string[];
  readonly platforms?: readonly string[];
  /** Short names of the tactics of a technique; a tactic's own short name. */
  readonly tactics?: readonly string[];
  /** Id of the parent of a sub-technique. */
  readonly parent?: string;
  /** Only where it is not the usual address. */
  readonly url?: string;
  readonly version?: string;
  /** ISO 8601: the day; of techniques, groups and campaigns, which are written as STIX objects again, the whole timestamp. */
  readonly created?: string;
  readonly modified?: string;
  readonly revoked?: true;
  /** Id of the object that replaced it. */
  readonly successor?: string;
  readonly deprecated?: true;
  readonly softwareType?: "malware" | "tool";
  /** Of campaigns: ISO days. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

/** `uses`, `mitigates`, `detects`, `attributed-to`, `targets` are STIX relations; the others are references inside objects. */
export type RelationType =
  "uses" | "mitigates" | "detects" | "attributed-to" | "targets" | "has-analytic" | "needs-data" | "part-of-source";

/** From an id to the ids it points to, in the order of their names. */
export type RelationFacts = Readonly<Record<string, readonly string[]>>;

/** Texts of a bundle, by ATT&CK id: only from a bundle that the user fetched, never shipped. */
export type BundleTexts = Readonly<Record<string, string>>;

/** Throws a one-sentence error when `value` is not {@link DomainFacts}; `where` names the file for the message. */
export function asDomainFacts(value: unknown, where: string): DomainFacts {
  const facts = value as Partial<DomainFacts> | null;
  if (
    typeof facts !== "object" ||
    facts === null ||
    typeof facts.domain !== "string" ||
    typeof facts.objects !== "object"
  ) {
    throw new Error(`${where}: no facts of an ATT&CK domain; make them with: attack-scribe data build`);
  }
  if (facts.format !== 1) {
    throw new Error(`${where}: facts in format ${String(facts.format)}, this program reads format 1; build them again`);
  }
  return facts as DomainFacts;
}
