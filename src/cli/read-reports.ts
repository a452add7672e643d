import { existsSync, readFileSync, statSync } from "node:fs";
import { globSync, isDynamicPattern } from "tinyglobby";
import { parseReport } from "../report/parse.ts";
import type { Report } from "../report/report.ts";
import { exitCodes, Failure, fileTrouble } from "./failure.ts";

/** Larger than any report; what is larger is a log or a disk image. */
const maxBytes = 16 * 1024 * 1024;

/** The files that arguments name: paths, globs, and `-` for standard input; “report (1).md” is a file where there is one. Throws a {@link Failure}. */
export function expandPaths(patterns: readonly string[]): readonly string[] {
  const paths = patterns.flatMap((pattern) => {
    if (pattern === "-" || !isDynamicPattern(pattern) || existsSync(pattern)) return [pattern];
    const found = globSync(pattern.replace(/\\/g, "/"), { dot: false }).sort();
    if (found.length === 0) throw new Failure(`${pattern}: no file matches`, exitCodes.usage);
    return found;
  });
  return [...new Set(paths)];
}

/** Reads one report; throws a {@link Failure} that names the file and what is wrong with it. */
export function readReport(path: string): Report {
  const name = path === "-" ? "stdin.md" : path;
  return parseReport(readText(path), { path: name });
}

function readText(path: string): string {
  const shown = path === "-" ? "standard input" : path;
  let bytes: Buffer;
  try {
    if (path !== "-") {
      const { size } = statSync(path);
      if (size > maxBytes)
        throw new Failure(
          `${shown}: ${Math.round(size / 1024 / 1024)} MB is too large for a report; the limit is ${maxBytes / 1024 / 1024} MB`,
        );
    }
    bytes = readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${shown}: ${fileTrouble(error)}`);
  }
  if (bytes.length > maxBytes)
    throw new Failure(`${shown}: too large for a report; the limit is ${maxBytes / 1024 / 1024} MB`);
  return decode(bytes, shown);
}

/** UTF-8, or UTF-16 with a byte order mark. */
function decode(bytes: Buffer, shown: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  if (encoding === "utf-8" && bytes.subarray(0, 8192).includes(0))
    throw new Failure(`${shown}: a binary file, not a report`);
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Failure(`${shown}: not text in UTF-8; save it in that encoding`);
  }
}
