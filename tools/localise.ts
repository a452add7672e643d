/**
 * Brings the texts for translators up to date:
 *
 *   npm run l10n
 *
 * Words of package.json's contributions go to package.nls.json, with `%keys%` in their place; those of src/editor, where
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
const { contributes, strings } = localise(
  manifest["contributes"] ?? {},
  read("package.nls.json") as Record<string, string>,
);
write("package.json", { ...manifest, contributes });
write("package.nls.json", strings);
mkdirSync(join(project, "l10n"), { recursive: true });
write("l10n/bundle.l10n.json", await bundleOf(join(project, "src", "editor")));
