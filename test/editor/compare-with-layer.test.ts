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
    await open("# A\n\nFIN7 used T1055 and T1486.\n");
    await vscode.commands.executeCommand("attackScribe.compareWithLayer", file);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? "";
    assert.match(shown, /^# A and last\\_year\n/);
    assert.match(shown, /## Both \(1\)\n\n- T1055 Process Injection: /);
    assert.match(shown, /## Only A \(1\)\n\n- T1486 /);
    assert.match(shown, /## Only last\\_year \(1\)\n\n- T1190 /);
  });
});
