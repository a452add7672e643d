import type { Catalogue } from "../attack/catalogue.ts";
import { bundleFault, type ExpectedBundle } from "../attack/check-bundle.ts";
import { BundleError, readBundle, type ReadBundle } from "../attack/stix.ts";
import { versionInName } from "../attack/versions.ts";

/** Bytes of a bundle, unpacked. The largest of ATT&CK's is some 50 MB. */
export const largestBundle = 256_000_000;

export interface OpenOptions {
  /** Names the bundle in messages and in its facts. */
  readonly file: string;
  /** ATT&CK's version, for bundles that don't say it. */
  readonly version?: string | undefined;
  readonly expected?: ExpectedBundle | undefined;
  /** What the bundle's size is measured by. */
  readonly inForce?: Catalogue | undefined;
}

/** Reads a bundle, gzipped or not, and checks that it can be used. Throws a {@link BundleError}. */
export async function openBundle(
  bytes: Uint8Array,
  { file, version, expected, inForce }: OpenOptions,
): Promise<ReadBundle> {
  const unpacked = await unpack(bytes, file);
  let json: string;
  try {
    json = new TextDecoder("utf-8", { fatal: true }).decode(unpacked);
  } catch {
    throw new BundleError(`${file}: not text in UTF-8, so no STIX bundle`);
  }
  if (/^\s*<(?:!doctype|html)/i.test(json.slice(0, 200)))
    throw new BundleError(`${file}: a web page, not a STIX bundle`);
  const named = version ?? versionInName(file);
  const read = readBundle(json, {
    file,
    sha256: await sha256(unpacked),
    ...(named === undefined ? {} : { version: named }),
  });
  const fault = bundleFault(read, expected, inForce);
  if (fault !== undefined) throw new BundleError(`${file}: ${fault}`);
  return read;
}

/** What gzip packed, else the bytes themselves; not without end. */
async function unpack(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
    const reader = packed.pipeThrough(new DecompressionStream("gzip")).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.byteLength;
      if (length > largestBundle) {
        await reader.cancel();
        break;
      }
      pieces.push(value);
    }
  } catch (error) {
    throw new BundleError(`${file}: a damaged gzip file (${error instanceof Error ? error.message : String(error)})`);
  }
  if (length > largestBundle) throw new BundleError(`${file}: larger than any ATT&CK bundle when it is unpacked`);
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
