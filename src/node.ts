/** What needs a file system: the catalogue of the facts that ship, and bundles from files. */
export { loadBundledCatalogue, loadBundledLexicon } from "./cli/bundled-data.ts";
export { readBundleFile } from "./cli/build-facts.ts";
