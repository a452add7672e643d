import * as vscode from "vscode";
import type { Analyses, DocumentAnalysis } from "./analyses.ts";

/** When nothing was heard of an analysis for so long, it is asked for, milliseconds. */
const patience = 2000;

/**
 * The analysis of the document as it stands, once typing has paused: VS Code asks for lenses, hints, links and symbols
 * after every key, and none of them is worth an analysis of its own. `undefined` when the request was cancelled meanwhile.
 */
export async function settled(
  analyses: Analyses,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<DocumentAnalysis | undefined> {
  const present = (): DocumentAnalysis | undefined => {
    const found = analyses.latest(document);
    return found?.version === document.version ? found : undefined;
  };
  if (!present()) {
    const subscriptions: vscode.Disposable[] = [];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      subscriptions.push(
        new vscode.Disposable(() => clearTimeout(timer)),
        token.onCancellationRequested(() => resolve()),
        analyses.onDidAnalyse((analysed) => {
          if (analysed === document) resolve();
        }),
      );
    });
    vscode.Disposable.from(...subscriptions).dispose();
  }
  if (token.isCancellationRequested) return undefined;
  const found = present() ?? (await analyses.of(document));
  return found?.version === document.version ? found : undefined;
}
