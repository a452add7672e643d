import assert from "node:assert/strict";
import * as vscode from "vscode";
import { MemoryFiles } from "../harness/memory-files.ts";
import { hoverOn, open } from "./editing.ts";

const workspaceFolder = (): vscode.Uri => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri;
};

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the settings file of a workspace says, and whether it is heard without trust. */
const workspaceSettings: readonly (readonly [string, unknown, "always" | "trusted" | "never"])[] = [
  ["acceptForm", "id", "always"],
  ["rules", { "unknown-id": "off" }, "trusted"],
  ["lint.allowedIndicators", ["evil-updates.com"], "trusted"],
  ["maxFileSize", 5000, "trusted"],
  ["layers.folder", "elsewhere", "trusted"],
  ["knowledgeBase.url", "https://attack.example/", "never"],
  ["knowledgeBase.timeout", 1, "never"],
];

describe("a workspace", () => {
  it("should decide by its settings what its trust allows", async () => {
    const file = vscode.Uri.joinPath(workspaceFolder(), ".vscode", "settings.json");
    const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("attackScribe");
    const heard = async (value: unknown): Promise<void> => {
      for (let wait = 0; configuration().get("acceptForm") !== value; wait += 1) {
        assert.ok(wait < 100, "the settings of the workspace are read");
        await new Promise((next) => setTimeout(next, 100));
      }
    };
    const usual = configuration().get("acceptForm");
    const said = Object.fromEntries(workspaceSettings.map(([name, value]) => [`attackScribe.${name}`, value]));
    await vscode.workspace.fs.writeFile(file, encoded(JSON.stringify(said)));
    try {
      await heard("id");
      for (const [name, value, when] of workspaceSettings) {
        const taken = when === "always" || (when === "trusted" && vscode.workspace.isTrusted);
        const expected = taken ? value : configuration().inspect(name)?.defaultValue;
        assert.deepEqual(configuration().get(name), expected, name);
      }
      const editor = await open("## Indicators\n\n- evil-updates.com\n- T9999\n- T1055\n");
      await hoverOn(editor, "T1055");
      const warned = (): readonly string[] =>
        vscode.languages.getDiagnostics(editor.document.uri).map(({ range }) => editor.document.getText(range));
      const expected = vscode.workspace.isTrusted ? [] : ["evil-updates.com", "T9999"];
      for (let wait = 0; warned().length !== expected.length && wait < 100; wait += 1)
        await new Promise((next) => setTimeout(next, 100));
      assert.deepEqual(warned(), expected);
    } finally {
      await vscode.workspace.fs.delete(file);
      await heard(usual);
    }
  });

  it("should have all its reports read, but none of what was only installed", async () => {
    const written = ["notes/2024/deep-report.md", "node_modules/x/README.md", "notes/no-report.txt"].map((path) =>
      vscode.Uri.joinPath(workspaceFolder(), path),
    );
    const out = vscode.Uri.joinPath(workspaceFolder(), "layers-deep");
    for (const uri of written) {
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, ".."));
      await vscode.workspace.fs.writeFile(uri, encoded("# More\n\nNaikon used T1486.\n"));
    }
    try {
      const layers = await vscode.commands.executeCommand<vscode.Uri[]>("attackScribe.generateLayersForWorkspace", {
        folder: out,
      });
      const naikon = layers.find(({ path }) => path.endsWith("/naikon-enterprise-attack.json"));
      assert.ok(naikon);
      const layer = new TextDecoder().decode(await vscode.workspace.fs.readFile(naikon));
      assert.match(layer, /"deep-report\.md, line 3: “Naikon used T1486\.”"/);
      assert.doesNotMatch(layer, /node_modules|no-report/);
    } finally {
      for (const name of ["notes", "node_modules"])
        await vscode.workspace.fs.delete(vscode.Uri.joinPath(workspaceFolder(), name), { recursive: true });
    }
  });
});

describe("a report that lies in no file of the disk", () => {
  const scheme = "test-memory";
  const files = new MemoryFiles({ "notes/report.md": "# Night\n\nFIN7 used T1055 and T1086.\n" });
  const report = vscode.Uri.from({ scheme, path: "/notes/report.md" });
  let registration: vscode.Disposable;

  before(() => {
    registration = vscode.workspace.registerFileSystemProvider(scheme, files);
  });

  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    registration.dispose();
  });

  it("should be annotated, mended and saved like any other", async () => {
    const editor = await vscode.window.showTextDocument(report);
    assert.match(await hoverOn(editor, "T1055"), /Process Injection/);
    const [problem] = vscode.languages.getDiagnostics(report);
    assert.ok(problem);
    assert.equal(editor.document.getText(problem.range), "T1086");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      report,
      problem.range,
    );
    const fix = actions.find(({ title }) => title.startsWith("Write T1059.001"));
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.ok(await editor.document.save());
    assert.equal(new TextDecoder().decode(files.readFile(report)), "# Night\n\nFIN7 used T1055 and T1059.001.\n");
  });

  it("should have its layers and exports beside it", async () => {
    await vscode.window.showTextDocument(report);
    const folder = vscode.Uri.joinPath(report, "..", "layers");
    const written = await vscode.commands.executeCommand<vscode.Uri[]>("attackScribe.generateLayers", { folder });
    assert.deepEqual(
      written.map(({ path }) => path),
      ["/notes/layers/fin7-enterprise-attack.json", "/notes/layers/combined-enterprise-attack.json"],
    );
    assert.match(new TextDecoder().decode(files.readFile(written[0] ?? report)), /"techniqueID": "T1055"/);
    const target = vscode.Uri.joinPath(report, "..", "mapping.csv");
    await vscode.commands.executeCommand("attackScribe.export", { format: "csv", target });
    assert.match(new TextDecoder().decode(files.readFile(target)), /^Campaign,[^]*FIN7,/);
  });
});
