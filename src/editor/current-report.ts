import * as vscode from "vscode";
import { isReport, rangeOf } from "./analyses.ts";
import type { Range } from "../report/report.ts";

/** The report that views speak of: the one in front, or the last one that was, while it is open. */
export class CurrentReport implements vscode.Disposable {
  private last: vscode.TextDocument | undefined;
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument | undefined>();
  private readonly subscriptions: readonly vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor() {
    this.last = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors]
      .map((editor) => editor?.document)
      .find((document) => document && isReport(document));
    this.subscriptions = [
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isReport(editor.document)) this.set(editor.document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document !== this.last) return;
        this.set(vscode.window.visibleTextEditors.map((editor) => editor.document).find(isReport));
      }),
    ];
  }

  get document(): vscode.TextDocument | undefined {
    return this.last;
  }

  set(document: vscode.TextDocument | undefined): void {
    if (document === this.last) return;
    this.last = document;
    this.changed.fire(document);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}

/** Selects a range in the report's own editor, beside whatever was clicked. */
export async function reveal(document: vscode.TextDocument, place: Range, preserveFocus = false): Promise<void> {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const inTab = vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString()),
  );
  const viewColumn = open?.viewColumn ?? inTab?.viewColumn ?? vscode.ViewColumn.One;
  const range = rangeOf(document, place);
  const editor = await vscode.window.showTextDocument(document, { viewColumn, preserveFocus, selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
