import assert from "node:assert/strict";
import * as vscode from "vscode";
import { open } from "./editing.ts";

describe("Compare with Layer", () => {
  it("should list what report and layer have in common", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, "saved-layer.json");
    const layer = {
      name: "last_year",
      domain: "enterprise-attack",
      versions: { layer: "4.4" },
      techniques: [
        { techniqueID: "T1055", score: 1 },
        { techniqueID: "T1190", score: 1 },
      ],
    };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(layer)));
    const editor = await open("# A\n\nFIN7 used T1055 and T1486.\n");
    await vscode.commands.executeCommand("attackScribe.compareWithLayer", file);
    const pages = (): readonly vscode.TextDocument[] =>
      vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === "attack-comparison");
    const [page] = pages();
    assert.ok(page);
    const shown = page.getText();
    assert.match(shown, /- Report: A\n- Layer: last\\_year \(.*saved-layer\.json\)\n/);
    assert.match(shown, /## In both \(1\)\n\n- T1055 Process Injection: /);
    assert.match(shown, /## Only in the report \(1\)\n\n- T1486 /);
    assert.match(shown, /## Only in the layer \(1\)\n\n- T1190 /);
    // The report stays in front; the page is none, and nothing is found wrong with it.
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    assert.equal(page.isUntitled, false);
    assert.deepEqual(vscode.languages.getDiagnostics(page.uri), []);
    const commands = await vscode.commands.getCommands(true);
    const previews = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ label, input }) => label.includes("(comparison)") && input instanceof vscode.TabInputWebview);
    assert.equal(previews.length, commands.includes("markdown.showLockedPreviewToSide") ? 1 : 0);
  });

  it("should open nothing for what is no layer", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, "no-layer.json");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("[]"));
    await open("# A\n\nFIN7 used T1055.\n");
    await vscode.commands.executeCommand("attackScribe.compareWithLayer", file);
    const pages = vscode.workspace.textDocuments.filter(({ uri }) => uri.path.includes("no-layer"));
    assert.deepEqual(pages, []);
  });
});
