import * as vscode from "vscode";
import { techniqueCount } from "../analysis.ts";
import { isReport, isTooLarge, type Analyses } from "./analyses.ts";

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
      item.text = "$(shield) ATT&CK: too large";
      item.tooltip = "This report is larger than attackScribe.maxFileSize, so it is not analysed as you type.";
    } else if (found) {
      const count = techniqueCount(found.analysis, found.catalogue);
      const described = found.analysis.campaigns.filter(({ role }) => role === "described").map(({ name }) => name);
      item.text = `$(shield) ATT&CK: ${count}`;
      item.tooltip = `${count} technique${count === 1 ? "" : "s"} mapped to ATT&CK ${found.catalogue.version}. ${described.length > 0 ? `Described: ${described.join(", ")}.` : "No campaign described."} Click to show the mapping.`;
      item.accessibilityInformation = { label: `ATT&CK: ${count} techniques mapped` };
    } else {
      item.text = "$(loading~spin) ATT&CK";
      item.tooltip = "Reading ATT&CK";
    }
    item.show();
  };
  update();
  return vscode.Disposable.from(item, analyses.onDidAnalyse(update), vscode.window.onDidChangeActiveTextEditor(update));
}
