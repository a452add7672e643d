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

  /** Beside the editor in front, which keeps the focus; as source where there is no preview. */
  async show(page: vscode.Uri): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const { uri } = await vscode.workspace.openTextDocument(page);
    if (await showPreview(uri)) {
      if (editor) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
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

/** Milliseconds after which nobody waits for a tab any more. */
const patience = 3_000;

function until(isSo: () => boolean, changes: readonly vscode.Event<unknown>[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, patience);
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
