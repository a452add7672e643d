import ip from "ipaddr.js";
import table from "../../data/citable-indicators.json" with { type: "json" };

/** What reports cite so often that nobody takes it for an indicator: data/citable-indicators.json, each row with its reason. */
export const citableIndicators: readonly string[] = table.flatMap(({ indicators }) => indicators);

/** Which hosts may stand alive in a report. */
export interface AllowList {
  /** `host` is a domain or an address, as it is written. */
  readonly allows: (host: string) => boolean;
}

/** An entry of an allow list as a person writes it: a domain with all below it, an address, or a network in CIDR. */
type Entry =
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "network"; readonly address: ip.IPv4 | ip.IPv6; readonly bits: number };

/** `undefined` where it makes no sense. "*.contoso.com" and ".contoso.com" mean "contoso.com"; of a URL its host counts. */
export function readEntry(written: string): Entry | undefined {
  const text = refang(written.trim().toLowerCase()).slice(0, 300);
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)/u.exec(text)?.[1] ?? text;
  const address = host.replace(/^\[(.*)\]$/u, "$1");
  if (ip.isValidCIDR(address)) {
    const [base, bits] = ip.parseCIDR(address);
    return { kind: "network", address: base, bits };
  }
  if (isAddress(address)) {
    const one = ip.parse(address);
    return { kind: "network", address: one, bits: one.kind() === "ipv4" ? 32 : 128 };
  }
  const domain = host.replace(/^(?:\*\.|\.)/u, "").replace(/\.$/u, "");
  return /^(?=.{1,253}$)(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?)(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?)*$/u.test(
    domain,
  ) && !/^[\d.]+$/u.test(domain)
    ? { kind: "domain", domain }
    : undefined;
}

/** Entries that make no sense allow nothing. */
export function allowList(entries: readonly string[]): AllowList {
  const domains = new Set<string>();
  const networks: (readonly [ip.IPv4 | ip.IPv6, number])[] = [];
  for (const entry of entries.map(readEntry)) {
    if (entry?.kind === "domain") domains.add(entry.domain);
    else if (entry) networks.push([entry.address, entry.bits]);
  }
  return {
    allows: (host) => {
      const name = host.toLowerCase().replace(/\.$/u, "");
      if (isAddress(name)) {
        const address = ip.parse(name);
        return networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));
      }
      const labels = name.split(".");
      return labels.some((_, at) => domains.has(labels.slice(at).join(".")));
    },
  };
}

/** Four decimal numbers, or IPv6: `ipaddr.js` alone would take "1.2" and "0x7f.1", too. */
export const isAddress = (text: string): boolean => ip.IPv4.isValidFourPartDecimal(text) || ip.IPv6.isValid(text);

/**
 * Whether an address is somebody's on the Internet: not private, loop-back, link-local, shared, multicast, reserved, or
 * of the documentation's ranges (RFC 1918, 3849, 5737, 6598, 6890, 9637).
 */
export function isPublic(address: string): boolean {
  const parsed = ip.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed instanceof ip.IPv4) return !parsed.match(ip.IPv4.parse("198.18.0.0"), 15);
  // All that is given out of IPv6 lies in 2000::/3; the rest may be anything with colons.
  return parsed.match(ip.IPv6.parse("2000::"), 3) && !parsed.match(ip.IPv6.parse("3fff::"), 20);
}

/** "evil[.]com" and "hxxp://…" as they were before they were defanged. */
const refang = (text: string): string =>
  text
    .replace(/^hxxp/u, "http")
    .replace(/\[(\.|:|:\/\/|@)\]|\((\.)\)/gu, "$1$2")
    .replace(/\[dot\]|\(dot\)/gu, ".");
