import * as vscode from "vscode";

/** Opens the sample that ships as a new document: nobody's folder gets a file. */
export const registerSampleReport = (extensionUri: vscode.Uri): vscode.Disposable =>
  vscode.commands.registerCommand("attackScribe.openSample", async (): Promise<void> => {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "samples", "deadringer.md"));
    const content = new TextDecoder().decode(bytes);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "markdown", content }));
  });
