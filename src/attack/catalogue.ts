import type { Actor, NamedVulnerability, VulnerabilityFacts } from "./actors.ts";
import type { BundleSource, BundleTexts, DomainFacts, ObjectFacts, RelationType, StixFrame } from "./facts.ts";
import { canonicalUrl, kindOfId, objectKinds, type ObjectType } from "./kinds.ts";

/** One ATT&CK object, as the loaded domains together describe it. */
export interface AttackObject {
  readonly id: string;
  /** MITRE's own STIX id. */
  readonly stixId: string;
  readonly type: ObjectType;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly domains: readonly string[];
  readonly platforms: readonly string[];
  /** Of a technique: short names of its tactics, in the matrix's order. Of a tactic: its own short name. */
  readonly tactics: readonly string[];
  readonly parent?: string;
  readonly url: string;
  readonly version?: string;
  readonly created?: string;
  readonly modified?: string;
  readonly revoked: boolean;
  readonly successor?: string;
  readonly deprecated: boolean;
  readonly softwareType?: "malware" | "tool";
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** ATT&CK's own description; only where the user installed a bundle. */
  readonly description?: string;
}

export interface DomainInfo {
  readonly domain: string;
  readonly name: string;
  readonly version: string;
  readonly source: BundleSource;
  /** What its STIX objects say beside their own facts. */
  readonly stix: StixFrame;
}

/** What belongs to a catalogue beside the domains. */
export interface CatalogueExtras {
  readonly actors?: readonly Actor[];
  readonly vulnerabilities?: VulnerabilityFacts;
  readonly namedVulnerabilities?: readonly NamedVulnerability[];
  /** ATT&CK's descriptions by id, where the user installed a bundle. */
  readonly texts?: BundleTexts;
}

/** What an id stands for today. */
export interface Resolution {
  /** The object with the id that was asked for. */
  readonly asked: AttackObject;
  /** Where its chain of revocations ends; `asked` itself when it is not revoked. */
  readonly current: AttackObject;
  /** Ids from `asked` to `current`, both included. */
  readonly chain: readonly string[];
}

/**
 * Every ATT&CK object of the loaded domains, its names, relations and history.
 *
 * A class because it guards indexes that are built when they are first asked for; what it hands out never changes.
 */
export class Catalogue {
  readonly domains: readonly DomainInfo[];
  private readonly byId = new Map<string, AttackObject>();
  private readonly ofType = new Map<ObjectType, readonly AttackObject[]>();
  private readonly incoming = new Map<RelationType, ReadonlyMap<string, readonly string[]>>();

  private constructor(
    private readonly facts: readonly DomainFacts[],
    private readonly extras: CatalogueExtras,
  ) {
    const texts = extras.texts ?? {};
    this.domains = facts.map(({ domain, name, version, source, stix = {} }) => ({
      domain,
      name,
      version,
      source,
      stix,
    }));
    for (const domain of facts) {
      for (const { type } of objectKinds) {
        for (const object of domain.objects[type] ?? []) this.add(type, object, domain, texts);
      }
    }
  }

  /** Domains in the order of preference: where two describe one object, the first one's words win and lists are joined. */
  static of(facts: readonly DomainFacts[], extras: CatalogueExtras = {}): Catalogue {
    return new Catalogue(facts, extras);
  }

  /** Threat actors by the names that others give them. */
  get actors(): readonly Actor[] {
    return this.extras.actors ?? [];
  }

  get namedVulnerabilities(): readonly NamedVulnerability[] {
    return this.extras.namedVulnerabilities ?? [];
  }

  /** Ids of the techniques by which a vulnerability ("CVE-2021-44228") is known to be exploited. */
  techniquesOfCve(cve: string): readonly string[] {
    return this.extras.vulnerabilities?.cves[cve] ?? [];
  }

  /** ATT&CK's version; joined by ", " where the loaded domains differ. */
  get version(): string {
    return [...new Set(this.domains.map(({ version }) => version))].join(", ");
  }

  versionOf(domain: string): string | undefined {
    return this.domains.find((info) => info.domain === domain)?.version;
  }

  /** The object with exactly this id, revoked and deprecated ones included. */
  get(id: string): AttackObject | undefined {
    return this.byId.get(id);
  }

  /** All objects of a kind, or of every kind, revoked and deprecated ones included, in the order of the data. */
  objects(type?: ObjectType): readonly AttackObject[] {
    if (type === undefined) return [...this.byId.values()];
    let found = this.ofType.get(type);
    if (!found) {
      found = [...this.byId.values()].filter((object) => object.type === type);
      this.ofType.set(type, found);
    }
    return found;
  }

  /** Follows revocations to the object that stands today; `undefined` for an unknown id. */
  resolve(id: string): Resolution | undefined {
    const asked = this.byId.get(id);
    if (!asked) return undefined;
    const chain = [asked.id];
    let current = asked;
    while (current.revoked && current.successor !== undefined && !chain.includes(current.successor)) {
      const next = this.byId.get(current.successor);
      if (!next) break;
      chain.push(next.id);
      current = next;
    }
    return { asked, current, chain };
  }

  /** Ids that `id` points to by this relation. */
  targets(id: string, relation: RelationType): readonly string[] {
    const lists = this.facts.flatMap((domain) => domain.relations[relation]?.[id] ?? []);
    return this.facts.length > 1 ? [...new Set(lists)] : lists;
  }

  /** Ids that point to `id` by this relation. */
  sources(id: string, relation: RelationType): readonly string[] {
    let index = this.incoming.get(relation);
    if (!index) {
      const built = new Map<string, string[]>();
      for (const domain of this.facts) {
        for (const [source, targets] of Object.entries(domain.relations[relation] ?? {})) {
          for (const target of targets) {
            const list = built.get(target);
            if (!list) built.set(target, [source]);
            else if (!list.includes(source)) list.push(source);
          }
        }
      }
      this.incoming.set(relation, (index = built));
    }
    return index.get(id) ?? [];
  }

  /** Tactics of a domain in the order of its matrix. */
  tactics(domain: string): readonly AttackObject[] {
    const order = this.facts.find((facts) => facts.domain === domain)?.tactics ?? [];
    return order.flatMap((id) => this.byId.get(id) ?? []);
  }

  /** The tactics of a technique as objects, in the order of the matrix. */
  tacticsOf(technique: AttackObject): readonly AttackObject[] {
    const domain = technique.domains.find((name) => this.versionOf(name) !== undefined);
    if (domain === undefined) return [];
    return this.tactics(domain).filter((tactic) => technique.tactics.includes(tactic.tactics[0] ?? ""));
  }

  /** Sub-techniques of a technique that are neither revoked nor deprecated. */
  subtechniques(id: string): readonly AttackObject[] {
    return this.objects("technique").filter((object) => object.parent === id && isCurrent(object));
  }

  private add(type: ObjectType, facts: ObjectFacts, domain: DomainFacts, texts: BundleTexts): void {
    const known = this.byId.get(facts.id);
    const object = asObject(type, facts, domain, texts);
    this.byId.set(facts.id, known ? merge(known, object) : object);
  }
}

/** Neither revoked nor deprecated. */
export const isCurrent = (object: AttackObject): boolean => !object.revoked && !object.deprecated;

/** "T1059.001" for "t1059/001", "TA0001" for "ta0001"; `undefined` for what is no ATT&CK id. */
export function normaliseId(text: string): string | undefined {
  const id = text.trim().toUpperCase().replace("/", ".");
  return kindOfId(id) ? id : undefined;
}

function asObject(type: ObjectType, facts: ObjectFacts, domain: DomainFacts, texts: BundleTexts): AttackObject {
  const { id, stix, aliases, domains, platforms, tactics, url, revoked, deprecated, ...rest } = facts;
  const description = texts[id];
  return {
    ...rest,
    id,
    type,
    stixId: stix,
    aliases: aliases ?? [],
    domains: domains ?? [domain.domain],
    platforms: platforms ?? [],
    tactics: tactics ?? [],
    url: url ?? canonicalUrl(type, id),
    revoked: revoked ?? false,
    deprecated: deprecated ?? false,
    ...(description === undefined ? {} : { description }),
  };
}

function merge(first: AttackObject, second: AttackObject): AttackObject {
  const both = (field: "aliases" | "domains" | "platforms" | "tactics"): readonly string[] => [
    ...new Set([...first[field], ...second[field]]),
  ];
  // An id that one domain withdrew and another still has is in use.
  const primary = isCurrent(first) || !isCurrent(second) ? first : second;
  return {
    ...primary,
    aliases: both("aliases").filter((alias) => alias !== primary.name),
    domains: both("domains"),
    platforms: both("platforms"),
    tactics: both("tactics"),
  };
}
