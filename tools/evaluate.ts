/**
 * Computes the figures of docs/mapping.md and writes them there: those of the model that ships, and by cross-validation
 * over reports what it would find in reports that it has not seen, beside a simple baseline.
 *
 *   npm run evaluate -- DIR [--quick]      DIR holds corpora/ (annotated reports) and attack/ (STIX bundles)
 *
 * `--quick` leaves out the cross-validation, which trains five models and takes most of the time.
 */
import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "../src/cli/bundled-data.ts";
import { dataDirectory } from "./lexicon/source.ts";
import { writeMeasures } from "./measures/measures-page.ts";
import { crossValidate } from "./train/cross-validate.ts";
import { readCorpus } from "./train/examples.ts";
import { writeFigures } from "./train/figures-page.ts";

const directory = process.argv[2];
if (directory === undefined) {
  console.error("usage: npm run evaluate -- DIR [--quick]");
  process.exit(2);
}
const began = Date.now();
const say = (line: string): void => {
  console.error(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
};
const catalogue = loadBundledCatalogue(dataDirectory);
const lexicon = loadBundledLexicon(dataDirectory);
if (!lexicon) throw new Error("data/lexicon.json is not there: npm run lexicon:build makes it");
const corpus = readCorpus(directory, catalogue);
writeMeasures(corpus, directory, { catalogue, lexicon, model: loadBundledModel(dataDirectory) });
say("measures of the model that ships: written into docs/mapping.md");
if (!process.argv.includes("--quick")) {
  await writeFigures(corpus, await crossValidate(corpus, lexicon, say), catalogue);
  say("figures of the cross-validation: written into docs/mapping.md");
}
