import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getL10nJson, type l10nJsonFormat } from "@vscode/l10n-dev";

/** What stands in `vscode.l10n.t(…)` in a folder's sources, as VS Code wants it, in the order of the alphabet. */
export async function bundleOf(folder: string): Promise<l10nJsonFormat> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const found = await getL10nJson(
    files.map((name) => ({ extension: ".ts", contents: readFileSync(join(folder, name), "utf8") })),
  );
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}
