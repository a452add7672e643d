import * as vscode from "vscode";
import { techniqueCount } from "../analysis.ts";
import { isReport, isTooLarge, type Analyses } from "./analyses.ts";
import type { CurrentReport } from "./current-report.ts";
import { openSuggestions } from "../exports/decisions.ts";
import { suggestionsInWords, techniquesInWords } from "./in-words.ts";

/** How many techniques the report in front maps, also while its matrix or preview has the keys; a click shows the mapping. */
export function registerStatusBar(analyses: Analyses, current: CurrentReport): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("attackScribe.mapped", vscode.StatusBarAlignment.Right, 90);
  item.name = "ATT&CK Scribe";
  const update = (): void => {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const beside = visibleTextEditors.find((editor) => editor.document === current.document);
    const document = (activeTextEditor ?? beside)?.document;
    if (!document || !isReport(document)) {
      item.hide();
      return;
    }
    item.command = {
      command: "attackScribe.showMapping",
      title: vscode.l10n.t("Show Mapping"),
      arguments: [document.uri],
    };
    const found = analyses.latest(document);
    if (isTooLarge(document)) {
      const words = vscode.l10n.t("ATT&CK: too large");
      item.text = `$(shield) ${words}`;
      item.accessibilityInformation = { label: words };
      item.tooltip = vscode.l10n.t(
        "This report is larger than attackScribe.maxFileSize, so it is not analysed as you type.",
      );
    } else if (found) {
      const count = techniqueCount(found.analysis, found.catalogue);
      const open = openSuggestions(found.analysis.mentions).length;
      const described = found.analysis.campaigns.filter(({ role }) => role === "described").map(({ name }) => name);
      item.text = `$(shield) ATT&CK: ${count}`;
      item.tooltip = [
        vscode.l10n.t("{0} mapped to ATT&CK {1}.", techniquesInWords(count), found.catalogue.version),
        described.length > 0
          ? vscode.l10n.t("Described: {0}.", described.join(", "))
          : vscode.l10n.t("No campaign described."),
        ...(open > 0 ? [vscode.l10n.t("{0} to accept or reject.", suggestionsInWords(open))] : []),
        vscode.l10n.t("Click to show the mapping."),
      ].join(" ");
      item.accessibilityInformation = { label: vscode.l10n.t("ATT&CK: {0} mapped", techniquesInWords(count)) };
    } else {
      item.text = "$(loading~spin) ATT&CK";
      item.tooltip = vscode.l10n.t("Reading ATT&CK");
      item.accessibilityInformation = { label: vscode.l10n.t("Reading ATT&CK") };
    }
    item.show();
  };
  update();
  return vscode.Disposable.from(
    item,
    analyses.onDidAnalyse(update),
    current.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeVisibleTextEditors(update),
  );
}
