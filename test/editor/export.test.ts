import assert from "node:assert/strict";
import * as vscode from "vscode";
import { open } from "./editing.ts";

const text = `# A night at the depot

The gang known as FIN7 used Mimikatz (T1003.001).

T1059.001 came next.
`;

const target = (name: string): vscode.Uri => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, "export-out", name);
};

const run = (format: string, name: string, more: object = {}): Thenable<vscode.Uri | undefined> =>
  vscode.commands.executeCommand("attackScribe.export", { format, target: target(name), ...more });

/** What each format's file begins with. */
const formats: readonly (readonly [string, string, RegExp])[] = [
  ["svg", "m.svg", /^<svg xmlns/],
  ["xlsx", "m.xlsx", /^PK/],
  ["csv", "m.csv", /^Campaign,/],
  ["stix", "m.stix.json", /^\{\s+"type": "bundle"/],
  ["flow", "m.flow.json", /^\{\s+"type": "bundle"/],
  ["misp", "m.misp.json", /^\{\s+"Event": \{/],
  ["markdown", "m.md", /^## MITRE ATT&CK techniques\n\n<!-- attack: table -->/],
  ["png", "m.png", /^.PNG\r\n/],
  ["navigator", "m.json", /^\{\s+"versions"/],
];

describe("Export", () => {
  for (const [format, name, beginning] of formats) {
    it(`should write ${format} where it is told to`, async () => {
      await open(text);
      const written = await run(format, name);
      assert.equal(written?.toString(), target(name).toString());
      const bytes = await vscode.workspace.fs.readFile(target(name));
      assert.match(new TextDecoder("latin1").decode(bytes.slice(0, 80)), beginning);
    });
  }

  it("should draw in the theme that is asked for", async () => {
    await open(text);
    const page = async (theme: string): Promise<string> => {
      await run("svg", `${theme}.svg`, { theme });
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(target(`${theme}.svg`)));
    };
    assert.notEqual(await page("light"), await page("dark"));
  });

  it("should write nothing for a report that describes nothing, nor in a form that it does not have", async () => {
    await open("# Weather\n\nIt rained.\n");
    assert.equal(await run("csv", "none.csv"), undefined);
    await open(text);
    assert.equal(await run("pdf", "none.pdf"), undefined);
    const names = (await vscode.workspace.fs.readDirectory(target("."))).map(([name]) => name);
    assert.ok(!names.some((name) => name.startsWith("none")));
  });
});

describe("Insert or Update Technique Table", () => {
  it("should insert the table behind the cursor's paragraph, in one undo step, and change nothing again", async () => {
    const editor = await open(text);
    editor.selection = new vscode.Selection(2, 4, 2, 4);
    await vscode.commands.executeCommand("attackScribe.updateTechniqueTable");
    const once = editor.document.getText();
    assert.match(
      once,
      /\(T1003\.001\)\.\n\n<!-- attack: table -->\n\n.*\n\n<!-- attack: \/table -->\n\nT1059\.001 came next\.\n$/s,
    );
    await vscode.commands.executeCommand("attackScribe.updateTechniqueTable");
    assert.equal(editor.document.getText(), once);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), text);
  });

  it("should bring the table up to date when the report has changed", async () => {
    const editor = await open(text);
    await vscode.commands.executeCommand("attackScribe.updateTechniqueTable");
    assert.doesNotMatch(editor.document.getText(), /T1486/);
    await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount, 0), "FIN7 used T1486.\n"));
    await vscode.commands.executeCommand("attackScribe.updateTechniqueTable");
    assert.match(editor.document.getText(), /\| \[T1486\]\(https/);
    assert.equal(editor.document.getText().split("<!-- attack: table -->").length, 2);
  });
});
