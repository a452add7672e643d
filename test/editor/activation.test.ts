import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("activation", () => {
  it("should happen when a Markdown document is opened", async () => {
    const extension = vscode.extensions.getExtension("attack-scribe.attack-scribe");
    assert.ok(extension);
    const [file] = await vscode.workspace.findFiles("report.md");
    assert.ok(file);
    await vscode.window.showTextDocument(file);
    await extension.activate();
    assert.ok(extension.isActive);
    // What an extension exports is seen in its own host alone: the tests run where it runs.
    assert.equal(typeof (extension.exports as { extendMarkdownIt?: unknown }).extendMarkdownIt, "function");
  });
});
