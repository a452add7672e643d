import { fullName } from "../attack/full-name.ts";
import * as vscode from "vscode";
import { escapeMarkdown } from "../exports/markdown.ts";
import { compareSets, type Side } from "../layers/compare.ts";
import { readLayer } from "../layers/read-layer.ts";
import { techniquesOfLayer, techniquesOfReport } from "../layers/technique-set.ts";
import type { Analyses, DocumentAnalysis } from "./analyses.ts";

/** Registers *Compare with Layer…*: what the report and a saved layer have in common, as a document of its own. */
export function registerCompareWithLayer(analyses: Analyses): vscode.Disposable {
  return vscode.commands.registerCommand("attackScribe.compareWithLayer", async (layer?: vscode.Uri): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    const found = document && (await analyses.of(document));
    if (!found) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open a report in Markdown to compare it with a layer."));
      return;
    }
    const file = layer ?? (await chooseLayer());
    if (!file) return;
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      const content = comparison(text, vscode.workspace.asRelativePath(file), found);
      const shown = await vscode.workspace.openTextDocument({ language: "markdown", content });
      await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
}

async function chooseLayer(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Compare with Layer"),
      openLabel: vscode.l10n.t("Compare"),
      filters: { [vscode.l10n.t("ATT&CK Navigator layers")]: ["json"] },
    })) ?? [];
  return chosen;
}

/** Markdown with a list for each side. Throws a one-sentence error where `text` is no layer. */
function comparison(text: string, where: string, { analysis, catalogue }: DocumentAnalysis): string {
  const report = techniquesOfReport(analysis, catalogue);
  const layer = techniquesOfLayer(readLayer(text, where), catalogue);
  const compared = compareSets(report, layer);
  const part = (title: string, wanted: Side): string => {
    const rows = compared.filter(({ side }) => side === wanted);
    const lines = rows.map(({ id, notes }) => {
      const technique = catalogue.get(id);
      const name = technique ? fullName(technique, catalogue) : "";
      const [note = ""] = notes;
      return `- ${id} ${escapeMarkdown(name)}${note === "" ? "" : `: ${escapeMarkdown(note.replace(/\s+/g, " ").slice(0, 300))}`}`;
    });
    return `## ${title} (${rows.length})\n\n${lines.length === 0 ? vscode.l10n.t("None.") : lines.join("\n")}\n`;
  };
  const [ours, theirs] = [escapeMarkdown(report.name), escapeMarkdown(layer.name)];
  return [
    `# ${vscode.l10n.t("{0} and {1}", ours, theirs)}\n`,
    part(vscode.l10n.t("Both"), "both"),
    part(vscode.l10n.t("Only {0}", ours), "first"),
    part(vscode.l10n.t("Only {0}", theirs), "second"),
  ].join("\n");
}
