import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hoverOn, open } from "./editing.ts";

const text = `# A night at the depot

The gang known as FIN7 used Mimikatz (T1003.001) against [it](https://attack.mitre.org/software/S0154/).

T1086 is old, and <b>T1055</b> is not.
`;

const workspaceFolder = (): vscode.Uri => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri;
};

/** What stands under the pointer, and what the hover says of it. */
const hovers: readonly (readonly [string, readonly RegExp[]])[] = [
  [
    "T1003.001",
    [
      /T1003\.001 · OS Credential Dumping: LSASS Memory/,
      /Credential Access/,
      /Windows/,
      /Stated/,
      /Open page/,
      /Insert link/,
      /FIN7/,
    ],
  ],
  ["FIN7", [/G0046/, /Group/, /Also/]],
  ["Mimikatz", [/S0002/, /Software \(tool\)/]],
  ["T1086", [/T1059\.001/, /revoked/]],
];

describe("hover", () => {
  for (const [words, expected] of hovers) {
    it(`should explain ${words}`, async () => {
      const said = await hoverOn(await open(text), words);
      for (const pattern of expected) assert.match(said, pattern);
    });
  }

  it("should count for a group what the report gives to it, not what others did", async () => {
    const editor = await open("# Two\n\nFIN7 sent T1566.001 and left T1207.\n\n## APT29\n\nAPT29 came by T1190.\n");
    const group = await hoverOn(editor, "FIN7");
    assert.match(group, /This report shows 1 of \d+ techniques that ATT&CK knows of it: \[T1566\\?\.001 /);
    assert.match(group, /New to ATT&CK: \[T1207 /);
    assert.match(
      await hoverOn(editor, "T1190"),
      /Known of, in this report: \[FIN7\]\(command:[^)]*\) \(line 3\), \[APT29\]/,
    );
  });

  it("should say of a technique its tactics, parent, detection and mitigations", async () => {
    const said = await hoverOn(await open(text), "T1003.001");
    for (const part of [
      /Sub-technique of \[T1003 OS Credential Dumping\]\(https:/,
      /Tactics: Credential Access/,
      /Detected by: /,
      /Mitigated by: /,
    ])
      assert.match(said, part);
  });

  it("should cut a long sentence at a word", async () => {
    const sentence = `The gang known as FIN7 used T1055${" against the depot".repeat(9)}.`;
    const said = await hoverOn(await open(`# A\n\n${sentence}\n`), "T1055");
    const [, quoted = ""] = /\$\(quote\) (.*?) …/.exec(said) ?? [];
    assert.ok(quoted.length > 100 && sentence.startsWith(`${quoted} `), said);
  });

  it("should explain a campaign that only the report knows", async () => {
    const editor = await open(
      "# Night Heron\n\n<!-- attack: campaign Night Heron -->\n\nThe Night Heron crew used T1190.\n",
    );
    const said = await hoverOn(editor, "Night Heron crew");
    for (const part of [/\*\*.*Night Heron/, /Described: /, /1 technique: \[T1190 Exploit/, /Show matrix/])
      assert.match(said, part);
  });

  it("should say nothing where nothing is mentioned, and in other languages", async () => {
    assert.equal(await hoverOn(await open(text), "depot"), "");
    assert.equal(await hoverOn(await open(text, "plaintext"), "T1003.001"), "");
  });

  it("should let no markup of the report through", async () => {
    const said = await hoverOn(
      await open("Before ![x](https://example.com/x.png) <img src=x> [go](command:evil) T1055 `$(zap)`.\n"),
      "T1055",
    );
    assert.match(said, /T1055/);
    assert.ok(!/\]\(command:evil|<img|!\[x\]/.test(said), said);
  });

  it("should offer no link inside a link", async () => {
    const said = await hoverOn(await open(text), "S0154");
    assert.match(said, /Open page/);
    assert.ok(!said.includes("Insert link"));
  });
});

describe("Insert Link", () => {
  it("should turn the id at every cursor into a link, in one undo step", async () => {
    const editor = await open(text);
    const at = (words: string): vscode.Selection => {
      const position = editor.document.positionAt(text.indexOf(words) + 2);
      return new vscode.Selection(position, position);
    };
    editor.selections = [at("T1003.001"), at("T1055")];
    await vscode.commands.executeCommand("attackScribe.insertLink");
    const changed = editor.document.getText();
    assert.ok(changed.includes("[T1003.001](https://attack.mitre.org/techniques/T1003/001)"), changed);
    assert.ok(changed.includes("[T1055](https://attack.mitre.org/techniques/T1055)"), changed);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), text);
  });

  it("should link a selected name under its own words", async () => {
    const editor = await open("The tool Emissary Panda likes.\n");
    editor.selection = new vscode.Selection(0, 9, 0, 23);
    await vscode.commands.executeCommand("attackScribe.insertLink");
    assert.equal(
      editor.document.getText(),
      "The tool [Emissary Panda](https://attack.mitre.org/groups/G0027) likes.\n",
    );
  });

  it("should do what the hover's link says, but not for a document that has changed", async () => {
    const editor = await open(text);
    await hoverOn(editor, "T1055");
    const start = text.indexOf("T1055");
    const run = (version: number): Thenable<unknown> =>
      vscode.commands.executeCommand(
        "attackScribe.replaceWithLink",
        editor.document.uri.toString(),
        start,
        start + 5,
        "T1055",
        version,
      );
    await run(editor.document.version + 1);
    assert.equal(editor.document.getText(), text);
    await run(editor.document.version);
    assert.ok(editor.document.getText().includes("<b>[T1055](https://"));
  });
});

describe("Generate Navigator Layers", () => {
  it("should write valid layers of the described campaigns into the folder", async () => {
    await open(text);
    const folder = vscode.Uri.joinPath(workspaceFolder(), "layers-out");
    const written = await vscode.commands.executeCommand<vscode.Uri[]>("attackScribe.generateLayers", { folder });
    assert.deepEqual(
      written.map((uri) => uri.path.split("/").at(-1)),
      ["fin7-enterprise-attack.json", "combined-enterprise-attack.json"],
    );
    const [first] = written;
    assert.ok(first);
    const layer = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(first))) as {
      name: string;
      domain: string;
      techniques: { techniqueID: string; comment?: string }[];
    };
    assert.deepEqual([layer.name, layer.domain], ["FIN7", "enterprise-attack"]);
    const cell = layer.techniques.find(({ techniqueID }) => techniqueID === "T1003.001");
    assert.match(cell?.comment ?? "", /line 3: “The gang known as FIN7/);
    const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
    assert.deepEqual(names, ["combined-enterprise-attack.json", "fin7-enterprise-attack.json"]);
  });

  it("should update a layer that is there, and keep what a hand has changed", async () => {
    const editor = await open("# R\n\nFIN7 used T1055.\n");
    const folder = vscode.Uri.joinPath(workspaceFolder(), "layers-updated");
    const generate = (): Thenable<vscode.Uri[]> =>
      vscode.commands.executeCommand<vscode.Uri[]>("attackScribe.generateLayers", { folder });
    const [file] = await generate();
    assert.ok(file);
    const read = async (): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const edited = (await read()).replace('"score": 100', '"score": 42');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(edited));
    await editor.edit((edit) => edit.insert(new vscode.Position(3, 0), "\nIt also used T1486.\n"));
    await generate();
    const { techniques } = JSON.parse(await read()) as { techniques: { techniqueID: string; score?: number }[] };
    assert.deepEqual(
      techniques.map(({ techniqueID, score }) => [techniqueID, score]),
      [
        ["T1055", 42],
        ["T1486", 100],
      ],
    );
  });

  it("should leave a file alone that is no layer", async () => {
    await open("# R\n\nFIN7 used T1055.\n");
    const folder = vscode.Uri.joinPath(workspaceFolder(), "layers-other");
    const file = vscode.Uri.joinPath(folder, "fin7-enterprise-attack.json");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode("my notes"));
    assert.deepEqual(await vscode.commands.executeCommand("attackScribe.generateLayers", { folder }), []);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), "my notes");
  });

  it("should read all reports of the workspace as one", async () => {
    const report = vscode.Uri.joinPath(workspaceFolder(), "zz-more-on-naikon.md");
    await vscode.workspace.fs.writeFile(report, new TextEncoder().encode("# More\n\nNaikon used T1486.\n"));
    const folder = vscode.Uri.joinPath(workspaceFolder(), "layers-all");
    try {
      const written = await vscode.commands.executeCommand<vscode.Uri[]>("attackScribe.generateLayersForWorkspace", {
        folder,
      });
      const naikon = written.find(({ path }) => path.endsWith("/naikon-enterprise-attack.json"));
      assert.ok(naikon);
      const layer = new TextDecoder().decode(await vscode.workspace.fs.readFile(naikon));
      assert.match(layer, /"zz-more-on-naikon\.md, line 3: “Naikon used T1486\.”"/);
      assert.match(layer, /"deadringer\.md, line \d+: “/);
    } finally {
      await vscode.workspace.fs.delete(report);
    }
  });

  it("should write nothing for a report that describes nothing", async () => {
    await open("# Weather\n\nIt rained.\n");
    const folder = vscode.Uri.joinPath(workspaceFolder(), "layers-none");
    assert.deepEqual(await vscode.commands.executeCommand("attackScribe.generateLayers", { folder }), []);
  });
});

describe("Show Mapping", () => {
  it("should open the analysis beside the report and follow its changes", async () => {
    const editor = await open(text);
    await vscode.commands.executeCommand("attackScribe.showMapping");
    // Asked for again, with another page before it, it is brought to the front.
    await vscode.commands.executeCommand("attackScribe.showMatrix");
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await vscode.commands.executeCommand("attackScribe.showMapping");
    const commands = await vscode.commands.getCommands(true);
    const previews = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ label, input }) => label.includes("(ATT&CK mapping)") && input instanceof vscode.TabInputWebview);
    assert.equal(previews.length, commands.includes("markdown.showLockedPreviewToSide") ? 1 : 0);
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    const mapping = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === "attack-mapping" && uri.query === editor.document.uri.toString(),
    );
    assert.ok(mapping);
    assert.match(mapping.getText(), /## FIN7 \(G0046\)/);
    const changed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== mapping || !document.getText().includes("T1190")) return;
        subscription.dispose();
        resolve();
      });
    });
    await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), "They exploited T1190. "));
    await changed;
  });
});

describe("first run", () => {
  it("should open a sample that is mapped", async () => {
    await vscode.commands.executeCommand("attackScribe.openSample");
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document.isUntitled);
    assert.match(await hoverOn(editor, "ProxyLogon"), /T1190/);
  });

  it("should lead only to pictures and commands that there are", async () => {
    const extension = vscode.extensions.getExtension("attack-scribe.attack-scribe");
    assert.ok(extension);
    const { walkthroughs } = (
      extension.packageJSON as {
        contributes: { walkthroughs: { steps: { description: string; media: { image: Record<string, string> } }[] }[] };
      }
    ).contributes;
    const commands = await vscode.commands.getCommands(true);
    for (const { description, media } of walkthroughs.flatMap(({ steps }) => steps)) {
      for (const [, command = ""] of description.matchAll(/\(command:([\w.]+)\)/g))
        assert.ok(commands.includes(command), command);
      for (const path of Object.values(media.image))
        await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension.extensionUri, path));
    }
  });
});

describe("settings and commands", () => {
  it("should all be registered as package.json says", async () => {
    const extension = vscode.extensions.getExtension("attack-scribe.attack-scribe");
    const manifest = extension?.packageJSON as {
      contributes: {
        commands: { command: string; category: string }[];
        configuration: { properties: Record<string, { description?: string; markdownDescription?: string }> };
      };
    };
    const registered = await vscode.commands.getCommands(true);
    for (const { command, category } of manifest.contributes.commands) {
      assert.ok(registered.includes(command), command);
      assert.equal(category, "ATT&CK");
    }
    for (const [name, { description, markdownDescription }] of Object.entries(
      manifest.contributes.configuration.properties,
    )) {
      assert.match(description ?? markdownDescription ?? "", /^[^%].{20}/u, name);
      assert.notEqual(vscode.workspace.getConfiguration().inspect(name)?.defaultValue, undefined, name);
    }
  });

  it("should leave a report alone that is larger than the setting allows", async () => {
    const configuration = vscode.workspace.getConfiguration("attackScribe");
    await configuration.update("maxFileSize", 1000, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await hoverOn(await open(`T1055\n${"word ".repeat(400)}`), "T1055"), "");
    } finally {
      await configuration.update("maxFileSize", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("should analyse a report again once the setting allows it", async () => {
    const configuration = vscode.workspace.getConfiguration("attackScribe");
    const editor = await open(`T1055\n${"word ".repeat(400)}`);
    assert.match(await hoverOn(editor, "T1055"), /Process Injection/);
    await configuration.update("maxFileSize", 1000, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await hoverOn(editor, "T1055"), "");
      const tooLong = new vscode.Range(1, 0, 1, 1500);
      assert.ok(await editor.edit((edit) => edit.delete(tooLong)));
      assert.match(await hoverOn(editor, "T1055"), /Process Injection/);
    } finally {
      await configuration.update("maxFileSize", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("should say in a hover what the newest version says, though an analysis is under way", async () => {
    const editor = await open(`T1055\n\n${"The loader uses process hollowing. It then dumped LSASS.\n\n".repeat(600)}`);
    for (const [id, name] of [
      ["T1190", /Exploit Public-Facing Application/],
      ["T1566", /Phishing/],
      ["T1486", /Data Encrypted for Impact/],
    ] as const) {
      const range = editor.document.lineAt(0).range;
      // Asked before the edit, so that the analysis of the older version is still under way when the edit comes.
      const older = hoverOn(editor, "T1");
      assert.ok(await editor.edit((edit) => edit.replace(range, id)));
      const newer = await hoverOn(editor, id);
      assert.match(newer, name);
      assert.doesNotMatch(newer, /Process Injection/);
      await older;
    }
  });

  it("should map to the domains of the setting alone", async () => {
    const configuration = vscode.workspace.getConfiguration("attackScribe");
    await configuration.update("domains", ["ics-attack"], vscode.ConfigurationTarget.Global);
    try {
      const editor = await open("T1055 and T0883\n");
      assert.equal(await hoverOn(editor, "T1055"), "");
      assert.match(await hoverOn(editor, "T0883"), /Internet Accessible Device/);
    } finally {
      await configuration.update("domains", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
