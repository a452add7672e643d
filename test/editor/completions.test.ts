import assert from "node:assert/strict";
import * as vscode from "vscode";
import { open } from "./editing.ts";

async function complete(editor: vscode.TextEditor, trigger?: string): Promise<readonly vscode.CompletionItem[]> {
  const end = editor.document.positionAt(editor.document.getText().length);
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    editor.document.uri,
    end,
    trigger,
    5,
  );
  return items.filter(({ label }) => typeof label !== "string");
}

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === "string" ? label : label.label);

describe("completions", () => {
  it("should follow the beginning of an id, with documentation", async () => {
    const [first] = await complete(await open("They used T1059.001"), "1");
    assert.ok(first);
    assert.equal(labelOf(first), "T1059.001 Command and Scripting Interpreter: PowerShell");
    assert.equal(first.insertText, "PowerShell (T1059.001)");
    assert.match((first.documentation as vscode.MarkdownString).value, /PowerShell/);
  });

  it("should replace the brackets that asked for them", async () => {
    const editor = await open("by [[soft cell");
    const [first] = await complete(editor, "[");
    assert.equal(first?.insertText, "GALLIUM (G0093)");
    assert.ok(first.range instanceof vscode.Range);
    assert.equal(editor.document.getText(first.range), "[[soft cell");
  });

  it("should define a reference link at the end of the report", async () => {
    const settings = vscode.workspace.getConfiguration("attackScribe");
    await settings.update("completionFormat", "reference", vscode.ConfigurationTarget.Global);
    try {
      const [first] = await complete(await open("They used T1059.001"), "1");
      assert.equal(first?.insertText, "[PowerShell][T1059.001]");
      assert.match(first.additionalTextEdits?.[0]?.newText ?? "", /\[T1059\.001\]: https:\/\//);
    } finally {
      await settings.update("completionFormat", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("should leave code alone", async () => assert.deepEqual(await complete(await open("```\nT1059"), "9"), []));
});
