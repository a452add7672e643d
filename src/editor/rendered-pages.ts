import * as vscode from "vscode";

/** Locked: it stays with its page when a report beside it gets the focus. */
const previewCommand = "markdown.showLockedPreviewToSide";

/** Pages of ours under one scheme: read-only Markdown that VS Code's preview shows, so that nobody takes it for a report. */
export class RenderedPages implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly provider: vscode.Disposable;

  constructor(scheme: string, contentOf: (page: vscode.Uri) => Promise<string>) {
    this.provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: contentOf,
    });
  }

  /** Beside the editor of `report`, or the one in front, which gets the focus back; as source where there is no preview. */
  async show(page: vscode.Uri, report?: vscode.TextDocument): Promise<void> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editor = activeTextEditor ?? visibleTextEditors.find(({ document }) => document === report);
    const { uri } = await vscode.workspace.openTextDocument(page);
    // “Beside” is counted from what has the focus: another page may have it.
    if (!activeTextEditor && editor) await giveFocusTo(editor);
    if (await showPreview(uri)) {
      if (editor) await giveFocusTo(editor);
      return;
    }
    await vscode.window.showTextDocument(uri, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: editor !== undefined,
      preview: true,
    });
  }

  /** What a page says has changed; one that nobody looks at is left alone. */
  refresh(page: vscode.Uri): void {
    // VS Code closes a document that no editor shows; its preview reads it anew.
    if (isOpen(page)) this.changed.fire(page);
    else if (previewTab(page)) run("markdown.preview.refresh");
  }

  dispose(): void {
    this.provider.dispose();
    this.changed.dispose();
  }
}

/** Whether VS Code's Markdown preview shows a page: it can be disabled, and a virtual workspace may not run it. */
async function showPreview(page: vscode.Uri): Promise<boolean> {
  const isShown = (): boolean => previewTab(page)?.isActive ?? false;
  if (isShown()) return true;
  try {
    await vscode.commands.executeCommand(previewCommand, page);
  } catch {
    return false;
  }
  // The preview takes the focus when it is there, which is later than the command says; its tab comes even before.
  const { onDidChangeTabs, onDidChangeTabGroups } = vscode.window.tabGroups;
  await until(() => isShown() && previewTab(page)?.group.isActive === true, [onDidChangeTabs, onDidChangeTabGroups]);
  return true;
}

/** A page that has loaded takes the focus once more, when it had been given away meanwhile. */
async function giveFocusTo({ document, viewColumn }: vscode.TextEditor): Promise<void> {
  const has = (): boolean => vscode.window.activeTextEditor?.document === document;
  const changes = [vscode.window.onDidChangeActiveTextEditor];
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    await vscode.window.showTextDocument(document, viewColumn);
    // That it has the focus is heard of later than that it is shown.
    await until(has, changes);
    await until(() => !has(), changes, calm);
    if (has()) return;
  }
}

const mostAttempts = 3;

/** Milliseconds after which a page that has not taken the focus back does not any more. */
const calm = 200;

/** Milliseconds after which nobody waits for a tab any more. */
const patience = 3_000;

function until(
  isSo: () => boolean,
  changes: readonly vscode.Event<unknown>[],
  longest: number = patience,
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, longest);
    const listeners = changes.map((onChange) =>
      onChange(() => {
        if (isSo()) done();
      }),
    );
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

/** The name of a file without its folders and its ending. */
export const stemOf = ({ path }: vscode.Uri): string => path.replace(/^.*\//, "").replace(/\.\w+$/, "");
