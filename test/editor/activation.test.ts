import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("activation", () => {
  it("should happen when a Markdown document is opened", async () => {
    const extension = vscode.extensions.getExtension("attack-scribe.attack-scribe");
    assert.ok(extension);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, "report.md"));
    await extension.activate();
    assert.ok(extension.isActive);
    // What an extension exports is seen in its own host alone: the tests run where it runs.
    assert.equal(typeof (extension.exports as { extendMarkdownIt?: unknown }).extendMarkdownIt, "function");
  });
});
