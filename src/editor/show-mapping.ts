import * as vscode from "vscode";
import { toMarkdown } from "../exports/markdown.ts";
import { type Analyses, isReport } from "./analyses.ts";

const scheme = "attack-mapping";

/** The analysis of a report as a document of its own, which follows the report as it changes. */
export function registerShowMapping(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changed,
    analyses.onDidSettle((document) => changed.fire(mappingUri(document.uri))),
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const report = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.query);
        const found = report && (await analyses.of(report));
        return found
          ? toMarkdown(found.analysis)
          : `${vscode.l10n.t("The report is closed; open it again to see its mapping.")}\n`;
      },
    }),
    vscode.commands.registerCommand("attackScribe.showMapping", async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (!document || !isReport(document)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Open a report in Markdown to see its ATT&CK mapping."),
        );
        return;
      }
      const mapping = await vscode.workspace.openTextDocument(mappingUri(document.uri));
      await vscode.window.showTextDocument(mapping, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
        preview: true,
      });
    }),
  );
}

function mappingUri(report: vscode.Uri): vscode.Uri {
  const name = report.path.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return vscode.Uri.from({ scheme, path: `/${name} (ATT&CK mapping).md`, query: report.toString() });
}
