import { isRecord } from "../json.ts";
import { compareVersions, isFinal, isVersion } from "./versions.ts";

/** A bundle that a repository of releases offers. */
export interface Release {
  /** "enterprise-attack", from the name of the file; absent where that does not say it. */
  readonly domain?: string;
  /** As the index calls the collection: "Enterprise ATT&CK". */
  readonly name: string;
  readonly version: string;
  readonly url: string;
  /** When the bundle was last changed, as the index says it. */
  readonly modified?: string;
}

/** An address or an index that nothing is fetched from; the message is one sentence that names it. */
export class ReleaseError extends Error {
  override readonly name = "ReleaseError";
}

/** More entries than any index has. */
const mostReleases = 2_000;

/**
 * The address that a text gives, seen from the page it stands on: https, or http on this machine, to which only a page
 * of this machine may lead. Throws a {@link ReleaseError}.
 */
export function addressOf(text: string, from?: URL): URL {
  const shown = text.slice(0, 200);
  let address: URL;
  try {
    address = new URL(text, from);
  } catch {
    throw new ReleaseError(`“${shown}” is no address; it takes one such as https://example.org/attack-stix-data`);
  }
  if (address.username !== "" || address.password !== "")
    throw new ReleaseError(`${address.host}: an address with a user's name or password in it is not used`);
  const isLocal = address.protocol === "http:" && isThisMachine(address);
  const mayBeLocal = from === undefined || isThisMachine(from);
  if (address.protocol === "https:" || (isLocal && mayBeLocal)) return address;
  throw new ReleaseError(
    `${shown}: only https addresses are fetched${from ? ` (${from.href.slice(0, 200)} leads there)` : ""}`,
  );
}

const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Where the index of a repository lies: the address itself where that is a JSON file, else index.json below it. */
export function indexAddress(base: string): URL {
  const address = addressOf(base.trim());
  if (address.pathname.endsWith(".json")) return address;
  address.pathname = `${address.pathname.replace(/\/+$/, "")}/index.json`;
  return address;
}

/**
 * Reads a collection index, as MITRE's repository of STIX data has it
 * (github.com/center-for-threat-informed-defense/attack-workbench-frontend, docs/collections.md): every version of every
 * collection, the newest first. Throws a {@link ReleaseError}.
 */
export function readIndex(json: string, address: URL): readonly Release[] {
  let index: unknown;
  try {
    index = JSON.parse(json);
  } catch {
    throw new ReleaseError(`${address.href}: not JSON, so no index of ATT&CK's releases`);
  }
  const collections = isRecord(index) ? index["collections"] : undefined;
  if (!Array.isArray(collections))
    throw new ReleaseError(`${address.href}: no index of ATT&CK's releases: it has no "collections"`);
  const releases = collections.filter(isRecord).flatMap((collection) => {
    const { name, versions } = collection;
    if (!Array.isArray(versions)) return [];
    return versions.filter(isRecord).flatMap(({ version, url, modified }): readonly Release[] => {
      if (typeof version !== "string" || !isVersion(version) || typeof url !== "string") return [];
      const full = addressOf(url, address).href;
      const domain = /\/([a-z]{1,30}-attack)[^/]*$/.exec(new URL(full).pathname)?.[1];
      return [
        {
          name: typeof name === "string" ? name.slice(0, 100) : (domain ?? full),
          version,
          url: full,
          ...(domain === undefined ? {} : { domain }),
          ...(typeof modified === "string" ? { modified: modified.slice(0, 40) } : {}),
        },
      ];
    });
  });
  if (releases.length === 0) throw new ReleaseError(`${address.href}: an index that lists no version of ATT&CK`);
  if (releases.length > mostReleases)
    throw new ReleaseError(`${address.href}: an index of ${releases.length} versions is none of ATT&CK`);
  return [...releases].sort((a, b) => compareVersions(b.version, a.version));
}

/** Versions that an index offers, the newest first. */
export const versionsIn = (releases: readonly Release[]): readonly string[] => [
  ...new Set(releases.map(({ version }) => version)),
];

/**
 * What to fetch: of each collection the newest version that is no draft, or the version asked for. Throws a {@link ReleaseError} where there is none.
 */
export function chooseReleases(
  releases: readonly Release[],
  {
    version,
    domains,
  }: { readonly version?: string | undefined; readonly domains?: readonly string[] | undefined } = {},
): readonly Release[] {
  const wanted = releases.filter(
    (release) =>
      (version === undefined ? isFinal(release.version) : release.version === version) &&
      (domains === undefined || release.domain === undefined || domains.includes(release.domain)),
  );
  const chosen = new Map<string, Release>();
  for (const release of wanted) {
    if (!chosen.has(release.name)) chosen.set(release.name, release);
  }
  if (chosen.size > 0) return [...chosen.values()];
  const offered = versionsIn(releases);
  throw new ReleaseError(
    version === undefined
      ? "the index offers no version of the domains asked for"
      : `the index offers no version ${version}, but ${offered.slice(0, 5).join(", ")}${offered.length > 5 ? ", …" : ""}`,
  );
}
