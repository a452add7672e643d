import type { Catalogue } from "../attack/catalogue.ts";
import { indexAddress, readIndex, type Release } from "../attack/releases.ts";
import type { ReadBundle } from "../attack/stix.ts";
import { download, type DownloadOptions } from "./download.ts";
import { largestBundle, openBundle } from "./open-bundle.ts";

/** Where ATT&CK itself publishes its bundles; settings and options may name another place. */
export const usualRepository = "https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master";

/** Bytes of an index: MITRE's has some 30,000. */
const largestIndex = 4_000_000;

/** Milliseconds without a byte that mean that none will come. */
export const usualIdle = 30_000;

export interface FetchOptions {
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly idle?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Progress {
  readonly release: Release;
  /** How many of how many bundles are there. */
  readonly done: number;
  readonly of: number;
  /** Bytes of this one; 0 when it begins. */
  readonly received: number;
  readonly total?: number | undefined;
}

export interface FetchedBundle extends ReadBundle {
  readonly release: Release;
}

/** What the repository at `base` offers, the newest versions first. Throws one-sentence errors. */
export async function fetchIndex(base: string, options: FetchOptions): Promise<readonly Release[]> {
  const address = indexAddress(base);
  const bytes = await download(address, { ...limits(options), bytes: largestIndex });
  return readIndex(new TextDecoder().decode(bytes), address);
}

/** Fetches bundles one after the other and checks each before the next; all of them or none. Throws one-sentence errors. */
export async function fetchBundles(
  releases: readonly Release[],
  {
    inForce,
    onProgress,
    ...options
  }: FetchOptions & {
    readonly inForce?: Catalogue | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
  },
): Promise<readonly FetchedBundle[]> {
  const deadline = performance.now() + options.timeout;
  const fetched: FetchedBundle[] = [];
  for (const [done, release] of releases.entries()) {
    const tell = (received: number, total?: number): void =>
      onProgress?.({ release, done, of: releases.length, received, total });
    tell(0);
    const left = Math.max(1, deadline - performance.now());
    const bytes = await download(new URL(release.url), {
      ...limits({ ...options, timeout: left }),
      bytes: largestBundle,
      onProgress: tell,
    });
    const { domain, version } = release;
    const file = new URL(release.url).pathname.replace(/^.*\//, "");
    fetched.push({
      ...(await openBundle(bytes, { file, version, expected: { domain, version }, inForce })),
      release,
    });
  }
  return fetched;
}

const limits = ({ timeout, idle = usualIdle, signal }: FetchOptions): Omit<DownloadOptions, "bytes"> => ({
  timeout,
  idle: Math.min(idle, timeout),
  signal,
});
