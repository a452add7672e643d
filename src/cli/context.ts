import { existsSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json" with { type: "json" };
import type { Catalogue } from "../attack/catalogue.ts";
import { loadBundledCatalogue } from "./bundled-data.ts";
import { Failure, messageOf } from "./failure.ts";

/** Name and version, as layers and reports of errors carry it. */
export const generator = `ATT&CK Scribe ${version}`;
export { version };

/** The package's `data/`: beside `dist/`, and two folders up from the sources. */
export function dataDirectory(from: string): string {
  const found = [join(from, "..", "data"), join(from, "..", "..", "data")].find((path) =>
    existsSync(join(path, "attack")),
  );
  if (found === undefined) throw new Failure(`${from}: the program's data folder is missing; install it again`);
  return found;
}

/** The catalogue of the data that ships, or of `--data DIR`. */
export function openCatalogue(directory: string, domains?: readonly string[]): Catalogue {
  try {
    return loadBundledCatalogue(directory, domains);
  } catch (error) {
    throw new Failure(messageOf(error));
  }
}
