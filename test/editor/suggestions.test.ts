import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hoverOn, open } from "./editing.ts";

const sentence = "The loader uses process hollowing to run inside svchost.exe.";
const text = `# Night shift\n\n${sentence}\n\nShadow copies were deleted with vssadmin delete shadows /all /quiet.\n`;

function putCursorOn(editor: vscode.TextEditor, words: string): void {
  const at = editor.document.positionAt(editor.document.getText().indexOf(words) + 1);
  editor.selection = new vscode.Selection(at, at);
}

async function actionsOn(editor: vscode.TextEditor, words: string): Promise<readonly vscode.CodeAction[]> {
  const start = editor.document.getText().indexOf(words);
  const range = new vscode.Range(editor.document.positionAt(start), editor.document.positionAt(start + words.length));
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    range,
  );
}

describe("suggestions", () => {
  it("should be accepted by a command, in one undo step", async () => {
    const editor = await open(text);
    const said = await hoverOn(editor, "process hollowing");
    assert.match(said, /Suggestion \(described, 0\.\d\d\): the text says “process hollowing”/);
    assert.match(said, /Accept.*Reject.*Not this, but/);
    putCursorOn(editor, "process hollowing");
    await vscode.commands.executeCommand("attackScribe.acceptSuggestion");
    assert.equal(editor.document.getText(), text.replace(sentence, `${sentence} <!-- attack: T1055.012 -->`));
    assert.doesNotMatch(await hoverOn(editor, "process hollowing"), /Reject/);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), text);
  });

  it("should be rejected by a command, and be gone from then on", async () => {
    const editor = await open(text);
    putCursorOn(editor, "process hollowing");
    await vscode.commands.executeCommand("attackScribe.rejectSuggestion");
    assert.equal(editor.document.getText(), text.replace(sentence, `${sentence} <!-- attack: ignore T1055.012 -->`));
    assert.equal(await hoverOn(editor, "process hollowing"), "");
  });

  it("should be offered by the light bulb", async () => {
    const editor = await open(text);
    const titles = (await actionsOn(editor, "process hollowing")).map(({ title }) => title);
    for (const wanted of [
      /^Accept T1055\.012/,
      /^Reject T1055\.012/,
      /^Not T1055\.012/,
      /^Reject T1055\.012.* in the whole report$/,
    ])
      assert.ok(
        titles.some((title) => wanted.test(title)),
        `${String(wanted)} in ${titles.join(", ")}`,
      );
  });

  it("should lead on to the next one after a decision, where the setting says so", async () => {
    const configuration = vscode.workspace.getConfiguration("attackScribe");
    const editor = await open(text);
    putCursorOn(editor, "process hollowing");
    const before = editor.selection.active;
    await vscode.commands.executeCommand("attackScribe.acceptSuggestion");
    assert.ok(editor.selection.active.isEqual(before), "it stays by default");
    await vscode.commands.executeCommand("undo");
    await configuration.update("afterDeciding", "next", vscode.ConfigurationTarget.Global);
    try {
      putCursorOn(editor, "process hollowing");
      await vscode.commands.executeCommand("attackScribe.rejectSuggestion");
      assert.match(editor.document.lineAt(editor.selection.start.line).text, /Shadow copies/);
    } finally {
      await configuration.update("afterDeciding", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("should be visited in turn, round the end", async () => {
    const editor = await open(text);
    const visited: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      await vscode.commands.executeCommand("attackScribe.nextSuggestion");
      visited.push(String(editor.document.offsetAt(editor.selection.start)));
    }
    assert.ok(new Set(visited).size >= 2, visited.join(" "));
    assert.ok(visited.indexOf(visited[0] ?? "", 1) > 0, "it comes back to the first");
    await vscode.commands.executeCommand("attackScribe.previousSuggestion");
    assert.equal(String(editor.document.offsetAt(editor.selection.start)), visited.at(-2));
  });
});

const ruleIn = (code: vscode.Diagnostic["code"]): unknown => (typeof code === "object" ? code.value : code);

describe("problems", () => {
  it("should be shown with their rule, and mended by a quick fix", async () => {
    const editor = await open("# A\n\nThey used T1086 and T9999.\n");
    await hoverOn(editor, "T1086");
    const found = vscode.languages.getDiagnostics(editor.document.uri);
    assert.deepEqual(
      found.map(({ code, source, severity }) => [ruleIn(code), source, severity]),
      [
        ["revoked-id", "ATT&CK Scribe", vscode.DiagnosticSeverity.Warning],
        ["unknown-id", "ATT&CK Scribe", vscode.DiagnosticSeverity.Error],
      ],
    );
    const fix = (await actionsOn(editor, "T1086")).find(({ title }) => title === "Write T1059.001 PowerShell");
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(editor.document.getText(), "# A\n\nThey used T1059.001 and T9999.\n");
  });

  it("should lead to the documentation of their rule", async () => {
    const editor = await open("They used T9999.\n");
    await hoverOn(editor, "T9999");
    const [problem] = vscode.languages.getDiagnostics(editor.document.uri);
    const target = typeof problem?.code === "object" ? problem.code.target.toString(true) : "";
    assert.match(target, /\/docs\/rules\.md#unknown-id$/);
  });

  it("should offer what only the author can choose", async () => {
    const editor = await open("- T1566: Process Injection\n");
    await hoverOn(editor, "T1566");
    const choices = await actionsOn(editor, "T1566");
    const choice = choices.find(({ title }) => title === "Write Phishing, the name of T1566");
    assert.ok(choice?.edit && choices.some(({ title }) => title === "Write T1055, the id of Process Injection"));
    await vscode.workspace.applyEdit(choice.edit);
    assert.equal(editor.document.getText(), "- T1566: Phishing\n");
  });

  it("should let a live indicator stand that the report or the setting allows", async () => {
    const text = "## Indicators\n\n- evil-updates.com\n- 45.77.1.9\n- T1055\n";
    const editor = await open(text);
    await hoverOn(editor, "T1055");
    const alive = (): readonly string[] =>
      vscode.languages
        .getDiagnostics(editor.document.uri)
        .filter(({ code }) => ruleIn(code) === "live-indicator")
        .map(({ range }) => editor.document.getText(range));
    assert.deepEqual(alive(), ["evil-updates.com", "45.77.1.9"]);
    const allow = (await actionsOn(editor, "evil-updates.com")).find(
      ({ title }) => title === "Allow evil-updates.com in this report",
    );
    assert.ok(allow?.edit);
    await vscode.workspace.applyEdit(allow.edit);
    assert.equal(editor.document.getText(), `---\nattack: { allow: [evil-updates.com] }\n---\n\n${text}`);
    const configuration = vscode.workspace.getConfiguration("attackScribe", editor.document.uri);
    await configuration.update("lint.allowedIndicators", ["45.77.0.0/16"], vscode.ConfigurationTarget.Global);
    try {
      await hoverOn(editor, "T1055");
      assert.deepEqual(alive(), []);
    } finally {
      await configuration.update("lint.allowedIndicators", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("should let the author look up an id that there is not, and turn a rule off", async () => {
    const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("attackScribe");
    const editor = await open("They used T9999.\n");
    await hoverOn(editor, "T9999");
    const actions = await actionsOn(editor, "T9999");
    assert.ok(actions.some(({ title }) => title === "Look up another id…"));
    const off = actions.find(({ title }) => title.startsWith("Turn off the rule unknown-id"));
    assert.ok(off?.command);
    const { command, arguments: args = [] } = off.command;
    try {
      await vscode.commands.executeCommand(command, ...(args as readonly unknown[]));
      await hoverOn(editor, "T9999");
      assert.deepEqual(vscode.languages.getDiagnostics(editor.document.uri), []);
    } finally {
      for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.Global])
        await configuration().update("rules", undefined, target);
    }
  });

  it("should follow the setting", async () => {
    const configuration = vscode.workspace.getConfiguration("attackScribe");
    await configuration.update(
      "rules",
      { "unknown-id": "off", "revoked-id": "hint" },
      vscode.ConfigurationTarget.Global,
    );
    try {
      const editor = await open("They used T1086 and T9999.\n");
      await hoverOn(editor, "T1086");
      assert.deepEqual(
        vscode.languages.getDiagnostics(editor.document.uri).map(({ code, severity }) => [ruleIn(code), severity]),
        [["revoked-id", vscode.DiagnosticSeverity.Hint]],
      );
    } finally {
      await configuration.update("rules", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
