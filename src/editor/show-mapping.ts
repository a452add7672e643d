import * as vscode from "vscode";
import { toMarkdown } from "../exports/markdown.ts";
import { ownSoftware } from "../exports/own-software.ts";
import { type Analyses, isReport } from "./analyses.ts";

const scheme = "attack-mapping";

/** Locked: it stays with the mapping when the report beside it gets the focus. */
const previewCommand = "markdown.showLockedPreviewToSide";

/** The analysis of a report as a document of its own in VS Code's Markdown preview, which follows the report as it changes. */
export function registerShowMapping(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  return vscode.Disposable.from(
    changed,
    analyses.onDidSettle((document) => {
      const mapping = mappingUri(document.uri);
      // VS Code closes a document that no editor shows; its preview reads it anew.
      if (isOpen(mapping)) changed.fire(mapping);
      else if (previewTab(mapping)) run("markdown.preview.refresh");
    }),
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const report = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.query);
        const found = report && (await analyses.of(report));
        return found
          ? toMarkdown(found.analysis, ownSoftware(found.report, found.analysis, found.catalogue))
          : `${vscode.l10n.t("The report is closed; open it again to see its mapping.")}\n`;
      },
    }),
    vscode.commands.registerCommand("attackScribe.showMapping", async (asked?: unknown) => {
      const { activeTextEditor, visibleTextEditors } = vscode.window;
      // The status bar asks for the report beside a matrix or preview that has the keys.
      const isAsked = ({ document }: vscode.TextEditor): boolean =>
        asked instanceof vscode.Uri && document.uri.toString() === asked.toString();
      const editor =
        activeTextEditor && (asked === undefined || isAsked(activeTextEditor))
          ? activeTextEditor
          : (visibleTextEditors.find(isAsked) ?? activeTextEditor);
      const document = editor?.document;
      if (!editor || !document || !isReport(document)) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Open a report in Markdown to see its ATT&CK mapping."),
        );
        return;
      }
      const mapping = await vscode.workspace.openTextDocument(mappingUri(document.uri));
      if (await showPreview(mapping.uri)) {
        await vscode.window.showTextDocument(document, editor.viewColumn);
        return;
      }
      await vscode.window.showTextDocument(mapping, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
        preview: true,
      });
    }),
  );
}

/** Whether VS Code's Markdown preview shows a document: it can be disabled, and a virtual workspace may not run it. */
async function showPreview(mapping: vscode.Uri): Promise<boolean> {
  const isShown = (): boolean => previewTab(mapping)?.isActive ?? false;
  if (isShown()) return true;
  try {
    await vscode.commands.executeCommand(previewCommand, mapping);
  } catch {
    return false;
  }
  // The preview takes the focus when it is there, which is later than the command says.
  await until(isShown, vscode.window.tabGroups.onDidChangeTabs);
  return true;
}

/** Milliseconds after which nobody waits for a tab any more. */
const patience = 3_000;

function until(isSo: () => boolean, onChange: vscode.Event<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, patience);
    const listener = onChange(() => {
      if (isSo()) done();
    });
    if (isSo()) done();
  });
}

const run = (command: string): void => {
  vscode.commands.executeCommand(command).then(undefined, () => undefined);
};

const isOpen = (wanted: vscode.Uri): boolean =>
  vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === wanted.toString());

/** Tabs of previews are known by their names alone. */
const previewTab = ({ path }: vscode.Uri): vscode.Tab | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes(path.slice(1)));

function mappingUri(report: vscode.Uri): vscode.Uri {
  const name = report.path.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return vscode.Uri.from({ scheme, path: `/${name} (ATT&CK mapping).md`, query: report.toString() });
}
