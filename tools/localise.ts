/**
 * Brings the texts for translators up to date:
 *
 *   npm run l10n
 *
 * Words of package.json's contributions and capabilities go to package.nls.json, with `%keys%` in their place; those of src/editor, where
 * they stand in `vscode.l10n.t(…)`, to l10n/bundle.l10n.json.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleOf } from "./l10n/bundle.ts";
import { localise, type Json } from "./l10n/manifest-strings.ts";

const project = join(import.meta.dirname, "..");
const read = (name: string): Record<string, Json> => {
  try {
    return JSON.parse(readFileSync(join(project, name), "utf8")) as Record<string, Json>;
  } catch {
    return {};
  }
};
const write = (name: string, content: unknown): void =>
  writeFileSync(join(project, name), `${JSON.stringify(content, undefined, 2)}\n`);

const manifest = read("package.json");
const words = read("package.nls.json") as Record<string, string>;
const contributes = localise(manifest["contributes"] ?? {}, words);
const capabilities = localise(manifest["capabilities"] ?? {}, words);
write("package.json", { ...manifest, capabilities: capabilities.keyed, contributes: contributes.keyed });
write("package.nls.json", { ...contributes.strings, ...capabilities.strings });
mkdirSync(join(project, "l10n"), { recursive: true });
write("l10n/bundle.l10n.json", await bundleOf(join(project, "src", "editor")));
