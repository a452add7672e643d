import { join } from "node:path";
import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "../../src/cli/bundled-data.ts";

/** The catalogue that ships, loaded once for all tests. */
export const catalogue = loadBundledCatalogue(join(import.meta.dirname, "..", "..", "data"));

/** The compiled lexicon that ships. */
export const lexicon = loadBundledLexicon(join(import.meta.dirname, "..", "..", "data"));

/** The trained model that ships. */
export const model = loadBundledModel(join(import.meta.dirname, "..", "..", "data"));
