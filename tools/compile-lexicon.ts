/**
 * Makes `data/lexicon.json` (glosses, cues, commands) and `data/lexicon-examples.json`, which ship, of
 * `data/lexicon/*.yaml`, which does not. Same sources, same bytes.
 *
 *   npm run lexicon:build
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { loadBundledCatalogue } from "../src/cli/bundled-data.ts";
import { compileLexicon, examplesToJson, lexiconToJson } from "./lexicon/compile.ts";
import { dataDirectory, entriesOf, readLexiconFiles } from "./lexicon/source.ts";

const files = readLexiconFiles();
for (const { name, error } of files) if (error !== undefined) console.error(`${name}: ${error}`);
const { lexicon, examples, skipped } = compileLexicon(entriesOf(files), loadBundledCatalogue(dataDirectory));
for (const line of skipped) console.error(`left out: ${line}`);
const json = lexiconToJson(lexicon);
writeFileSync(join(dataDirectory, "lexicon.json"), json);
const examplesJson = examplesToJson(examples);
writeFileSync(join(dataDirectory, "lexicon-examples.json"), examplesJson);
const patterns = lexicon.cues.reduce((count, [, ...lists]) => count + lists.flat().length, 0);
console.log(
  `data/lexicon.json: ${lexicon.cues.length} techniques, ${patterns} cues, ${Math.round(json.length / 1024)} KB, ` +
    `${Math.round(gzipSync(json).length / 1024)} KB compressed`,
);
