import * as vscode from "vscode";
import { techniqueCount } from "../analysis.ts";
import { isReport, isTooLarge, type Analyses } from "./analyses.ts";
import { openSuggestions } from "../exports/decisions.ts";
import { suggestionsInWords, techniquesInWords } from "./in-words.ts";

/** How many techniques the report in front maps; a click shows the mapping. */
export function registerStatusBar(analyses: Analyses): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("attackScribe.mapped", vscode.StatusBarAlignment.Right, 90);
  item.name = "ATT&CK Scribe";
  item.command = "attackScribe.showMapping";

  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isReport(document)) {
      item.hide();
      return;
    }
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
  return vscode.Disposable.from(item, analyses.onDidAnalyse(update), vscode.window.onDidChangeActiveTextEditor(update));
}
