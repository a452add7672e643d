/**
 * Checks `data/lexicon/*.yaml` against docs/lexicon.md: one line for each fault, and exit code 1 if there is one.
 *
 *   npm run lexicon:check
 */
import { loadBundledCatalogue } from "../src/cli/bundled-data.ts";
import { faultLine, lexiconFaults } from "./lexicon/faults.ts";
import { dataDirectory, entriesOf, readLexiconFiles } from "./lexicon/source.ts";

const files = readLexiconFiles();
const faults = lexiconFaults(files, loadBundledCatalogue(dataDirectory));
for (const fault of faults) console.log(faultLine(fault));
console.log(
  `${files.length} files, ${entriesOf(files).size} techniques, ${faults.length} fault${faults.length === 1 ? "" : "s"}`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
