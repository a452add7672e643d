import * as vscode from "vscode";
import { tableEdits, techniqueTable } from "../exports/technique-table.ts";
import { suggestionCount } from "../stated-only.ts";
import { forPublishing, rangeOf, type Analyses } from "./analyses.ts";

/** Registers *Insert or Update Technique Table*: a table behind the cursor's paragraph, or the report's own tables made anew. */
export function registerTechniqueTable(analyses: Analyses): vscode.Disposable {
  return vscode.commands.registerCommand("attackScribe.updateTechniqueTable", async (): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    const found = editor && (await analyses.of(editor.document));
    if (!found) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Open a report in Markdown to write a table of its techniques."),
      );
      return;
    }
    const { report, analysis, catalogue, version } = forPublishing(found);
    const { document, selection } = editor;
    if (document.version !== version) return;
    const edits = tableEdits(report, techniqueTable(analysis, catalogue, {}), document.offsetAt(selection.active));
    if (edits.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("The table of techniques is up to date."));
      return;
    }
    await editor.edit((builder) => {
      for (const edit of edits) builder.replace(rangeOf(document, edit), edit.text);
    });
    const suggested = suggestionCount(analysis);
    if (suggested > 0) void offerStatedOnly(suggested);
  });
}

/** Says what of the table nobody has accepted, and offers to leave it out from now on. */
async function offerStatedOnly(suggested: number): Promise<void> {
  const leaveOut = vscode.l10n.t("Leave Them Out");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t("{0} techniques of the table are suggestions that you have not accepted.", suggested),
    leaveOut,
  );
  if (answer !== leaveOut) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration("attackScribe").update("publish", "stated", target);
  await vscode.commands.executeCommand("attackScribe.updateTechniqueTable");
}
