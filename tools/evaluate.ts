/**
 * Cross-validates the mapping over annotated reports, beside a simple baseline in the same run, and writes the figures
 * into docs/mapping.md. Nothing that is measured has been seen in training, neither its sentence nor its report.
 *
 *   npm run evaluate -- DIR      DIR holds corpora/ (annotated reports) and attack/ (STIX bundles)
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurrent } from "../src/attack/catalogue.ts";
import { loadBundledCatalogue } from "../src/cli/bundled-data.ts";
import { asLexicon } from "../src/mapping/lexicon/lexicon.ts";
import { dataDirectory } from "./lexicon/source.ts";
import { crossValidate } from "./train/cross-validate.ts";
import { readCorpus } from "./train/examples.ts";
import { writeFigures } from "./train/figures-page.ts";

const directory = process.argv[2];
if (directory === undefined) {
  console.error("usage: npm run evaluate -- DIR");
  process.exit(2);
}
const began = Date.now();
const say = (line: string): void => {
  console.error(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
};
const catalogue = loadBundledCatalogue(dataDirectory);
const current = new Set(
  catalogue
    .objects("technique")
    .filter(isCurrent)
    .map(({ id }) => id),
);
const lexicon = asLexicon(JSON.parse(readFileSync(join(dataDirectory, "lexicon.json"), "utf8")), "data/lexicon.json");
const corpus = readCorpus(directory, current);
const validation = await crossValidate(corpus, lexicon, say);
await writeFigures(corpus, validation, catalogue);
say("written into docs/mapping.md");
