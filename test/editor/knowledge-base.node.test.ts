import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { indexOf, json, serve, smallBundle, type SmallBundle, type TestServer } from "../harness/release-server.ts";
import { hoverOn, open } from "./editing.ts";

interface InForce {
  readonly version: string;
  readonly folder: string;
  readonly uri: vscode.Uri;
}

/** So many that a version newer than the one that ships is believed. */
const many = (description: string): NonNullable<SmallBundle["techniques"]> => [
  ["T1190", "Exploit Public-Facing Application", `${description} <b>Bold</b> [x](command:evil).(Citation: Y)\n\nMore.`],
  ...Array.from({ length: 700 }, (_, at) => [`T${2000 + at}`, `Name ${at}`] as const),
];
const text = "# Night\n\nFIN7 used T1190 and T1055.\n";

describe("the knowledge base", () => {
  let server: TestServer;
  const run = (command: string, ...args: readonly unknown[]): Thenable<InForce | undefined> =>
    vscode.commands.executeCommand<InForce | undefined>(`attackScribe.${command}`, ...args);
  const configure = async (key: string, value: unknown): Promise<void> =>
    vscode.workspace
      .getConfiguration("attackScribe")
      .update(`knowledgeBase.${key}`, value, vscode.ConfigurationTarget.Global);
  const from = (path: string): Promise<void> => configure("url", server.base + path);
  const page = async (): Promise<string> => {
    await run("showKnowledgeBase");
    const [shown] = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === "attack-knowledge");
    assert.ok(shown);
    // The page is made anew after each change; the document follows.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return shown.getText();
  };

  before(async () => {
    const page = "<!doctype html><title>Sign in</title>";
    server = await serve((base) => ({
      "/good/index.json": json(indexOf([["Enterprise", "99.1", `${base}/good/enterprise-attack-99.1.json`]])),
      "/good/enterprise-attack-99.1.json": json(smallBundle({ techniques: many("Our words of 99.1.") })),
      "/newer/index.json": json(indexOf([["Enterprise", "99.2", "enterprise-attack-99.2.json"]])),
      "/newer/enterprise-attack-99.2.json": json(
        smallBundle({ version: "99.2", techniques: many("Our words of 99.2.") }),
      ),
      "/page/index.json": (response) => response.end(page),
      "/wrong/index.json": json(indexOf([["Enterprise", "99.3", "enterprise-attack-99.3.json"]])),
      "/wrong/enterprise-attack-99.3.json": (response) => response.end(page),
      "/killed/index.json": json(indexOf([["Enterprise", "99.3", "enterprise-attack-99.3.json"]])),
      "/killed/enterprise-attack-99.3.json": (response) => {
        response.writeHead(200, { "content-length": "100000" }).write('{"type": "bundle"');
        setTimeout(() => response.socket?.destroy(), 100);
      },
      "/loop/index.json": (response) => response.writeHead(302, { location: "/loop/index.json" }).end(),
      "/slow/index.json": (response) => response.writeHead(200, { "content-length": "9" }).write("{"),
      "/small/index.json": json(indexOf([["Enterprise", "99.3", "enterprise-attack-99.3.json"]])),
      "/small/enterprise-attack-99.3.json": json(smallBundle({ version: "99.3" })),
    }));
  });
  after(async () => {
    await run("selectKnowledgeBase", "bundled");
    await configure("url", undefined);
    await configure("timeout", undefined);
    await server.stop();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("should use no network before it is asked to, and show glosses of our own", async () => {
    await from("/good");
    const said = await hoverOn(await open(text), "T1190");
    assert.match(said, /Exploit Public-Facing Application/);
    assert.doesNotMatch(said, /Our words/);
    assert.deepEqual(server.asked, []);
  });

  it("should be updated from a repository; open reports are mapped anew, hovers show the official text", async () => {
    await from("/good");
    const editor = await open(text);
    await hoverOn(editor, "T1190");
    const inForce = await run("updateKnowledgeBase");
    assert.equal(inForce?.version, "99.1");
    const said = await hoverOn(editor, "T1190");
    assert.match(said, /Our words of 99\\?\.1\\?\. Bold x\\?\./);
    assert.doesNotMatch(said, /Citation|command:evil|More/);
    assert.equal(await hoverOn(editor, "T1055"), "", "99.1 has no T1055");
    assert.match(await page(), /In force: ATT&CK 99\.1, from .*1 objects have ATT&CK.s own text/);
  });

  it("should ask for the index alone where it is up to date", async () => {
    await from("/good");
    const before = server.asked.length;
    assert.equal((await run("updateKnowledgeBase"))?.version, "99.1");
    assert.deepEqual(server.asked.slice(before), ["/good/index.json"]);
  });

  const failures: readonly (readonly [string, string, RegExp])[] = [
    ["a repository that is not there", "/missing", /index\\?\.json: the server answered 404/],
    ["a web page", "/page", /not JSON, so no index/],
    ["a web page in place of a bundle", "/wrong", /a web page, not a STIX bundle/],
    ["a connection killed in the middle", "/killed", /broke off after/],
    ["a redirect loop", "/loop", /redirected more than 5 times/],
    ["a server that sends nothing", "/slow", /took longer than the time limit|has sent nothing/],
    ["a bundle that lacks most", "/small", /less than half/],
  ];
  for (const [name, path, said] of failures)
    it(`should keep the version in force after ${name}, and show the error`, async () => {
      await from(path);
      await configure("timeout", path === "/slow" ? 1 : 20);
      assert.equal(await run("updateKnowledgeBase"), undefined);
      assert.match(await hoverOn(await open(text), "T1190"), /Our words of 99\\?\.1/);
      const shown = await page();
      assert.match(shown, said);
      assert.match(shown, /Last error/);
      assert.match(shown, /In force: ATT&CK 99\.1/);
    });

  it("should keep older versions, which can be selected, and the one that ships", async () => {
    await from("/newer");
    await configure("timeout", 20);
    const newer = await run("updateKnowledgeBase");
    assert.equal(newer?.version, "99.2");
    assert.doesNotMatch(await page(), /Last error/);
    const editor = await open(text);
    assert.match(await hoverOn(editor, "T1190"), /Our words of 99\\?\.2/);
    const older = readdirSync(join(newer.uri.fsPath, "..")).find((name) => name.startsWith("attack-99.1-"));
    assert.ok(older);
    assert.equal((await run("selectKnowledgeBase", older))?.version, "99.1");
    assert.match(await hoverOn(editor, "T1190"), /Our words of 99\\?\.1/);
    await run("selectKnowledgeBase", "bundled");
    const said = await hoverOn(editor, "T1190");
    assert.doesNotMatch(said, /Our words/);
    assert.match(await hoverOn(editor, "T1055"), /Process Injection/);
  });

  it("should take a bundle from a file, and add a domain to the same version", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const importBundle = async (name: string, bundle: SmallBundle): Promise<InForce | undefined> => {
      const file = vscode.Uri.joinPath(folder.uri, name);
      writeFileSync(file.fsPath, JSON.stringify(smallBundle(bundle)));
      return run("importKnowledgeBase", file);
    };
    const first = await importBundle("a.json", {
      version: "7.0",
      techniques: [["T1190", "Exploit Public-Facing Application", "Seven."]],
    });
    assert.equal(first?.version, "7.0");
    assert.match(await hoverOn(await open(text), "T1190"), /Seven\\?\./);
    const second = await importBundle("b.json", {
      version: "7.0",
      domain: "mobile-attack",
      techniques: [["T1404", "Exploit of a Phone", "Phone."]],
    });
    assert.ok(second && second.folder !== first.folder);
    assert.ok(!existsSync(first.uri.fsPath), "the one with fewer domains gives way");
    const editor = await open("# A\n\nT1190 and T1404.\n");
    assert.match(await hoverOn(editor, "T1404"), /Phone\\?\./);
    assert.match(await hoverOn(editor, "T1190"), /Seven\\?\./);
    writeFileSync(vscode.Uri.joinPath(folder.uri, "bad.json").fsPath, "{");
    assert.equal(await run("importKnowledgeBase", vscode.Uri.joinPath(folder.uri, "bad.json")), undefined);
    assert.match(await page(), /bad\\?\.json: not JSON/);
    assert.match(await hoverOn(editor, "T1404"), /Phone\\?\./);
  });

  it("should show in a diff what a migration changes, and apply it in one undo step", async () => {
    const stored = (await run("selectKnowledgeBase", "bundled"))?.version;
    assert.equal(stored, "bundled");
    const before = "# A\n\nPowerShell (T1086) and T1055, in ATT&CK v15.\n";
    const editor = await open(before);
    await vscode.commands.executeCommand("attackScribe.migrateReport", "bundled");
    const tabs = (): readonly vscode.TabInputTextDiff[] =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .flatMap(({ input }) =>
          input instanceof vscode.TabInputTextDiff && input.modified.scheme === "attack-migration" ? [input] : [],
        );
    const [diff] = tabs();
    assert.ok(diff);
    assert.equal(diff.original.toString(), editor.document.uri.toString());
    const outcome = await vscode.workspace.openTextDocument(diff.modified);
    const after = "# A\n\nPowerShell (T1059.001) and T1055, in ATT&CK v18.\n";
    assert.equal(outcome.getText(), after);
    assert.equal(editor.document.getText(), before, "nothing is changed before it is asked for");
    assert.equal(await vscode.commands.executeCommand("attackScribe.applyMigration", diff.modified), true);
    assert.equal(editor.document.getText(), after);
    assert.deepEqual(tabs(), []);
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), before);
  });

  it("should name what a stored version calls otherwise, and say what is left to the author", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, "renamed.json");
    const bundle = smallBundle({ version: "6.0", techniques: [["T1190", "Our Other Name"]] });
    writeFileSync(file.fsPath, JSON.stringify(bundle));
    const older = await run("importKnowledgeBase", file);
    assert.ok(older);
    await run("selectKnowledgeBase", "bundled");
    const editor = await open("Exploit Public-Facing Application (T1190) and T1055.\n");
    await vscode.commands.executeCommand("attackScribe.migrateReport", older.folder);
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(tab instanceof vscode.TabInputTextDiff);
    await vscode.commands.executeCommand("attackScribe.applyMigration", tab.modified);
    assert.equal(editor.document.getText(), "Our Other Name (T1190) and T1055.\n");
    const notes = vscode.window.visibleTextEditors.map(({ document }) => document.getText());
    assert.ok(
      notes.some((words) => /Left to you\n\nline 1: T1055 Process Injection is not in ATT&CK 6\.0/.test(words)),
      notes.join("\n"),
    );
  });

  it("should remove what a killed update left behind, and not what is being written", async () => {
    await from("/good");
    const inForce = await run("updateKnowledgeBase");
    assert.ok(inForce);
    const root = join(inForce.uri.fsPath, "..");
    for (const [name, age] of [
      ["attack-98.0-old", 3_600],
      ["attack-98.0-new", 0],
    ] as const) {
      mkdirSync(join(root, name, "attack"), { recursive: true });
      writeFileSync(join(root, name, "attack", "enterprise-attack.json"), "{");
      const time = Date.now() / 1_000 - age;
      utimesSync(join(root, name), time, time);
    }
    await from("/newer");
    await run(
      "importKnowledgeBase",
      vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? inForce.uri, "a.json"),
    );
    assert.ok(!existsSync(join(root, "attack-98.0-old")));
    assert.ok(existsSync(join(root, "attack-98.0-new")));
    assert.doesNotMatch(await page(), /98\.0/);
  });

  it("should fall back on the version that ships where the chosen one is damaged", async () => {
    await from("/good");
    const inForce = await run("updateKnowledgeBase");
    assert.ok(inForce);
    await run("selectKnowledgeBase", "bundled");
    const file = join(inForce.uri.fsPath, "attack", "enterprise-attack.json");
    const whole = readFileSync(file, "utf8");
    writeFileSync(file, whole.slice(0, 1_000));
    await run("selectKnowledgeBase", inForce.folder);
    assert.match(await hoverOn(await open(text), "T1055"), /Process Injection/);
    assert.match(await page(), /can't be used/);
    writeFileSync(file, whole);
  });
});
