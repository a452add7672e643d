import * as vscode from "vscode";
import { fullName } from "../attack/full-name.ts";
import { escapeMarkdown } from "../exports/markdown.ts";
import { compareSets, type Side } from "../layers/compare.ts";
import { readLayer } from "../layers/read-layer.ts";
import { techniquesOfLayer, techniquesOfReport } from "../layers/technique-set.ts";
import { isReport, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { messageOf } from "./in-words.ts";
import { RenderedPages, stemOf } from "./rendered-pages.ts";

const scheme = "attack-comparison";

/** Registers *Compare with Layer…*: what the report and a saved layer have in common, as a page that follows the report. */
export function registerCompareWithLayer(analyses: Analyses): vscode.Disposable {
  const shown = new Map<string, vscode.Uri>();
  const compare = async (page: vscode.Uri): Promise<string> => {
    const [of, layer] = sidesOf(page);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === of);
    const found = document && (await analyses.of(document));
    if (!found) return `${vscode.l10n.t("The report is closed; open it again to see the comparison.")}\n`;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(layer));
    return comparison(text, vscode.workspace.asRelativePath(layer), found);
  };
  const pages = new RenderedPages(scheme, async (page) => {
    try {
      return await compare(page);
    } catch (error) {
      return `${escapeMarkdown(messageOf(error))}\n`;
    }
  });
  return vscode.Disposable.from(
    pages,
    analyses.onDidSettle(({ uri }) => {
      for (const page of shown.values()) if (sidesOf(page)[0] === uri.toString()) pages.refresh(page);
    }),
    vscode.commands.registerCommand("attackScribe.compareWithLayer", async (layer?: vscode.Uri): Promise<void> => {
      const document = vscode.window.activeTextEditor?.document;
      if (!document || !isReport(document)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Open a report in Markdown to compare it with a layer."),
        );
        return;
      }
      const file = layer ?? (await chooseLayer());
      if (!file) return;
      const page = comparisonUri(document.uri, file);
      try {
        // What is no layer is said before anything opens.
        await compare(page);
        shown.set(page.toString(), page);
        pages.refresh(page);
        await pages.show(page);
      } catch (error) {
        void vscode.window.showErrorMessage(messageOf(error));
      }
    }),
  );
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

const comparisonUri = (report: vscode.Uri, layer: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({
    scheme,
    path: `/${stemOf(report)} and ${stemOf(layer)} (comparison).md`,
    query: JSON.stringify([report.toString(), layer.toString()]),
  });

/** The address of the report and that of the layer. */
function sidesOf({ query }: vscode.Uri): readonly [report: string, layer: vscode.Uri] {
  const sides: unknown = JSON.parse(query);
  const [report, layer] = Array.isArray(sides) ? (sides as readonly unknown[]) : [];
  return [String(report), vscode.Uri.parse(String(layer))];
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
  const [ours, theirs, file] = [report.name, layer.name, where].map(escapeMarkdown);
  return [
    `# ${vscode.l10n.t("Report and layer compared")}\n`,
    `- ${vscode.l10n.t("Report: {0}", ours ?? "")}\n- ${vscode.l10n.t("Layer: {0} ({1})", theirs ?? "", file ?? "")}\n`,
    part(vscode.l10n.t("In both"), "both"),
    part(vscode.l10n.t("Only in the report"), "first"),
    part(vscode.l10n.t("Only in the layer"), "second"),
  ].join("\n");
}
