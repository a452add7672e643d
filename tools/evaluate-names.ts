/**
 * How well names of groups and software are linked. Only prints; nothing of the texts is kept.
 *
 *   npm run evaluate:names -- BUNDLE
 */
import { loadBundledCatalogue } from "../src/cli/bundled-data.ts";
import { dataDirectory } from "./lexicon/source.ts";
import { share } from "./measures/knowledge.ts";
import { measureNames } from "./measures/names.ts";

const [bundle] = process.argv.slice(2);
if (bundle === undefined) {
  console.error("usage: npm run evaluate:names -- BUNDLE");
  process.exit(2);
}
const count = measureNames(bundle, loadBundledCatalogue(dataDirectory));
console.log(`names that ATT&CK links       ${count.links}`);
console.log(`found with the right id       ${share(count.found, count.links)}`);
console.log(`found at exactly their place  ${share(count.exact, count.links)}`);
console.log(
  `mentions that are so linked   ${share(count.right, count.mentions)} of ${count.mentions} (ATT&CK does not link every name)`,
);
