import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { readBundle, BundleError, type ReadBundle } from "../attack/stix.ts";
import { versionInName } from "../attack/versions.ts";

/** Larger than any ATT&CK bundle (Enterprise is some 50 MB); a guard against being fed something else. */
const maxBundleBytes = 256 * 1024 * 1024;

/**
 * Reads an ATT&CK bundle from a file, gzipped or not.
 *
 * The version comes from the bundle, else from `version`, else from a file name like `enterprise-attack-18.1.json`.
 * Throws a {@link BundleError} whose message names the file.
 */
export function readBundleFile(path: string, version?: string): ReadBundle {
  const { size } = statSync(path);
  if (size > maxBundleBytes) throw new BundleError(`${path}: ${size} bytes is too large for an ATT&CK bundle`);
  const bytes = readFileSync(path);
  const json = decode(path, bytes);
  const named = version ?? versionInName(basename(path));
  return readBundle(json, {
    file: basename(path),
    sha256: createHash("sha256").update(json).digest("hex"),
    ...(named === undefined ? {} : { version: named }),
  });
}

function decode(path: string, bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBundleBytes }).toString("utf8");
  } catch (error) {
    throw new BundleError(`${path}: a damaged gzip file (${error instanceof Error ? error.message : String(error)})`);
  }
}
