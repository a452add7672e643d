import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hoverOn, open } from "./editing.ts";

describe("HTML that is made of a report", () => {
  it("should be as without the extension where it is not the preview that asks", async function () {
    // In a host without VS Code's own support of Markdown, nobody makes any.
    if (!(await vscode.commands.getCommands(true)).includes("markdown.api.render")) {
      this.skip();
      return;
    }
    const editor = await open("FIN7 used Mimikatz (T1055).\n\n```attack-matrix\n```\n");
    await hoverOn(editor, "T1055");
    for (const source of [editor.document, editor.document.getText()]) {
      const html = await vscode.commands.executeCommand<string>("markdown.api.render", source);
      assert.match(html, /FIN7 used Mimikatz \(T1055\)\./);
      assert.doesNotMatch(html, /attack-scribe|<svg/);
    }
  });

  it("should be annotated where its author asks for it", async function () {
    if (!(await vscode.commands.getCommands(true)).includes("markdown.api.render")) {
      this.skip();
      return;
    }
    const editor = await open("FIN7 used Mimikatz (T1055).\n\n```attack-matrix\n```\n");
    await hoverOn(editor, "T1055");
    const configuration = vscode.workspace.getConfiguration("attackScribe");
    await configuration.update("exportedHtml", true, vscode.ConfigurationTarget.Global);
    try {
      const html = await vscode.commands.executeCommand<string>("markdown.api.render", editor.document);
      assert.match(html, /class="[^"]*attack-scribe[^"]*"[^>]*>T1055</);
      assert.match(html, /<svg/);
      assert.doesNotMatch(html, /<script/);
    } finally {
      await configuration.update("exportedHtml", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
