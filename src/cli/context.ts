import { existsSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import type { Catalogue } from "../attack/catalogue.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import type { Model } from "../mapping/model/model.ts";
import { domainsIn, loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "./bundled-data.ts";
import { exitCodes, Failure, messageOf } from "./failure.ts";

export const version = manifest.version;

/** Name and version, as layers and reports of errors carry it. */
export const generator = `ATT&CK Scribe ${version}`;

/** The package's `data/`: beside `dist/`, and two folders up from the sources. */
export function dataDirectory(from: string): string {
  const found = [join(from, "..", "data"), join(from, "..", "..", "data")].find((path) =>
    existsSync(join(path, "attack")),
  );
  if (found === undefined) throw new Failure(`${from}: the program's data folder is missing; install it again`);
  return found;
}

/** What the terminal's options say of the catalogue. */
export interface CatalogueOptions {
  /** A folder with `attack/*.json`, made by `data build`, to use instead of the facts that ship. */
  readonly data?: string;
  readonly domain?: readonly string[];
}

export function openLexicon(directory: string): Lexicon | undefined {
  try {
    return loadBundledLexicon(directory);
  } catch (error) {
    throw new Failure(messageOf(error));
  }
}

export function openModel(directory: string): Model | undefined {
  try {
    return loadBundledModel(directory);
  } catch (error) {
    throw new Failure(messageOf(error));
  }
}

export function openCatalogue(directory: string, { data, domain }: CatalogueOptions): Catalogue {
  try {
    const known = domainsIn(data ?? directory);
    const unknown = domain?.find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new Failure(`no domain is called ${unknown}: there are ${known.join(", ")}`, exitCodes.usage);
    return loadBundledCatalogue(directory, domain, data);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(messageOf(error));
  }
}
