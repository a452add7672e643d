import assert from "node:assert/strict";
import * as vscode from "vscode";

const text = `# A night at the depot

The gang known as FIN7 used Process Injection, then T1190. APT29 used T1055.

## FIN7 again

FIN7 came back with T1566.001.

## Recommendations

Watch for T1003.
`;

async function open(content = text): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  return vscode.window.showTextDocument(document);
}

const at = (editor: vscode.TextEditor, words: string): vscode.Position =>
  editor.document.positionAt(editor.document.getText().indexOf(words) + 1);

async function withSetting<T>(name: string, value: unknown, run: () => Promise<T>): Promise<T> {
  const configuration = vscode.workspace.getConfiguration("attackScribe");
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  try {
    return await run();
  } finally {
    await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}

describe("CodeLens", () => {
  const lenses = async ({ document }: vscode.TextEditor): Promise<readonly (readonly [number, string])[]> => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
    );
    return found
      .filter(({ command }) => command?.command === "attackScribe.showMatrix")
      .map(({ range, command }) => [range.start.line, command?.title ?? ""] as const);
  };

  it("should say above each heading whose doing its section tells, and how many techniques", async () => {
    const found = await lenses(await open());
    assert.deepEqual(
      found.map(([line]) => line),
      [0, 4, 8],
    );
    assert.match(found[1]?.[1] ?? "", /FIN7 · 1 technique/);
    assert.match(found[2]?.[1] ?? "", /Unattributed · 1 technique/);
  });

  it("should give one number where all is suggested", async () => {
    const titles = async (text: string): Promise<readonly string[]> =>
      (await lenses(await open(text))).map(([, title]) => title);
    const [all] = await titles("# FIN7\n\nFIN7 exploited CVE-2021-44228 and FIN7 dumped LSASS with Mimikatz.\n");
    assert.match(all ?? "", /FIN7 · \d+ techniques, all suggested$/);
    const [some] = await titles("# FIN7\n\nFIN7 exploited CVE-2021-44228.\n\nFIN7 has T1055.\n");
    assert.match(some ?? "", /FIN7 · (\d+) techniques · (?!\1)\d+ suggested$/);
  });

  it("should name whom the report only refers to, where a section tells of nobody else", async () => {
    const found = await lenses(
      await open(
        "# FIN7\n\nFIN7 used T1055.\n\n## In context\n\nThe break-ins resemble the HAFNIUM attacks, in which T1190 was used.\n",
      ),
    );
    assert.match(found[1]?.[1] ?? "", /HAFNIUM \(only referenced\) · 1 technique/);
  });

  it("should say nothing when it is switched off", async () => {
    await withSetting("codeLens", false, async () => assert.deepEqual(await lenses(await open()), []));
  });

  it("should make no icon of a report's words", async () => {
    const [first] = await lenses(await open("# R\n\n<!-- attack: campaign $(bug) Moth -->\n\nThey used T1190.\n"));
    assert.doesNotMatch(first?.[1] ?? "", /\$\(bug\)/);
  });
});

describe("inlay hints", () => {
  const hints = async ({ document }: vscode.TextEditor): Promise<readonly string[]> => {
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      whole,
    );
    return found.map(
      ({ label, position }) =>
        `${document.lineAt(position.line).text.slice(0, position.character)}|${typeof label === "string" ? label : ""}`,
    );
  };

  it("should show nothing unless they are asked for", async () => assert.deepEqual(await hints(await open()), []));

  it("should show ids behind names", async () => {
    await withSetting("inlayHints", "stated", async () =>
      assert.deepEqual(await hints(await open()), ["The gang known as FIN7 used Process Injection|T1055"]),
    );
  });

  it("should show ids behind suggestions, too, where that is asked for, and say how sure they are", async () => {
    const { document } = await open("The loader uses process hollowing to run inside svchost.exe.\n");
    await withSetting("inlayHints", "all", async () => {
      const [hint] = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        document.uri,
        new vscode.Range(0, 0, 1, 0),
      );
      assert.equal(hint?.label, "T1055.012");
      const said = typeof hint.tooltip === "string" ? hint.tooltip : hint.tooltip?.value;
      assert.match(said ?? "", /^T1055\.012 Process Hollowing: described, 0\.\d\d$/);
    });
  });
});

describe("symbols, references, links", () => {
  it("should list campaigns with their techniques in the outline", async () => {
    const { document } = await open();
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const ours = symbols.filter(({ kind }) => kind === vscode.SymbolKind.Namespace);
    assert.deepEqual(
      ours.map(({ name }) => name),
      ["FIN7", "APT29"],
    );
    assert.deepEqual(
      ours[0]?.children.map(({ name }) => name.split(" ")[0]),
      ["T1055", "T1190", "T1566.001"],
    );
  });

  for (const [outline, campaigns, techniques] of [
    ["campaigns", ["FIN7", "APT29"], 0],
    ["off", [], 0],
    ["nonsense", ["FIN7", "APT29"], 3],
  ] as const)
    it(`should list in the outline what the setting says: ${outline}`, async () => {
      const { document } = await open();
      await withSetting("outline", outline, async () => {
        const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
          "vscode.executeDocumentSymbolProvider",
          document.uri,
        );
        const ours = (symbols ?? []).filter(({ kind }) => kind === vscode.SymbolKind.Namespace);
        assert.deepEqual(
          ours.map(({ name }) => name),
          campaigns,
        );
        assert.equal(ours[0]?.children.length ?? 0, techniques);
      });
    });

  it("should find campaigns of open reports by name and id, under what was asked for", async () => {
    const { document } = await open();
    // VS Code shows a symbol only where its name holds what was asked for.
    for (const [query, expected] of [
      ["apt29", "APT29"],
      ["G0016", "G0016 (APT29)"],
    ] as const) {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        "vscode.executeWorkspaceSymbolProvider",
        query,
      );
      assert.deepEqual(
        found.filter(({ location }) => location.uri.toString() === document.uri.toString()).map(({ name }) => name),
        [expected],
      );
    }
  });

  it("should find every place of a technique", async () => {
    const editor = await open();
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      editor.document.uri,
      at(editor, "Process Injection"),
    );
    assert.deepEqual(
      found.map(({ range }) => editor.document.getText(range)),
      ["Process Injection", "T1055"],
    );
  });

  it("should lead from ids to their pages", async () => {
    const { document } = await open("T1190 and [T1055](https://attack.mitre.org/techniques/T1055/)\n");
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    assert.deepEqual(
      links.filter(({ tooltip }) => tooltip?.startsWith("T1")).map(({ target }) => target?.toString()),
      ["https://attack.mitre.org/techniques/T1190"],
    );
  });
});

describe("Rename Symbol", () => {
  const rename = (editor: vscode.TextEditor, words: string, name: string): Thenable<vscode.WorkspaceEdit> =>
    vscode.commands.executeCommand(
      "vscode.executeDocumentRenameProvider",
      editor.document.uri,
      at(editor, words),
      name,
    );

  it("should write a campaign's new name everywhere, in one step", async () => {
    const editor = await open("# Night Heron\n\n<!-- attack: campaign Night Heron -->\n\nNight Heron used T1190.\n");
    await vscode.workspace.applyEdit(await rename(editor, "Night Heron used", "Grey Owl"));
    assert.equal(
      editor.document.getText(),
      "# Grey Owl\n\n<!-- attack: campaign Grey Owl -->\n\nGrey Owl used T1190.\n",
    );
  });

  it("should refuse a name that would end a comment", async () => {
    const editor = await open("<!-- attack: campaign Night Heron -->\n\nNight Heron used T1190.\n");
    await assert.rejects(async () => rename(editor, "Night Heron used", "x --> <script>"));
  });
});

describe("the views' commands", () => {
  it("should ignore a technique of a row in the whole report, and a sentence in its paragraph", async () => {
    const editor = await open();
    await vscode.commands.executeCommand("attackScribe.ignoreMapping", { row: { key: "?/T1003" } });
    assert.match(editor.document.getText(), /Watch for T1003\.\n\n<!-- attack: ignore T1003 -->\n$/);
    await vscode.commands.executeCommand("undo");
    await vscode.commands.executeCommand("attackScribe.ignoreHere", { row: { key: "?/T1003/0" } });
    assert.match(editor.document.getText(), /Watch for T1003\. <!-- attack: ignore T1003 -->\n$/);
  });

  const described =
    "<!-- attack: campaign Grey Moth -->\n\nThe loader uses process hollowing to run inside svchost.exe.\n\nThen process hollowing again hid the loader in svchost.exe.\n";

  const key = "grey-moth/enterprise-attack/TA0005/T1055.012";

  it("should accept a suggested technique of a row wherever it is described, and one sentence alone", async () => {
    const editor = await open(described);
    await vscode.commands.executeCommand("attackScribe.acceptRow", { row: { key } });
    assert.equal(editor.document.getText(), described.replace(/\.\n/g, ". <!-- attack: T1055.012 -->\n"));
    await vscode.commands.executeCommand("undo");
    await vscode.commands.executeCommand("attackScribe.acceptRow", { row: { key: `${key}/1` } });
    assert.equal(editor.document.getText(), described.replace(/\.\n$/, ". <!-- attack: T1055.012 -->\n"));
  });

  it("should reject a suggested technique of a row, and leave stated ones alone", async () => {
    const editor = await open(described);
    await vscode.commands.executeCommand("attackScribe.rejectRow", { row: { key: `${key}/0` } });
    assert.equal(editor.document.getText(), described.replace(/\.\n/, ". <!-- attack: ignore T1055.012 -->\n"));
    await vscode.commands.executeCommand("undo");
    await vscode.commands.executeCommand("attackScribe.rejectEverywhere", { row: { key } });
    assert.equal(editor.document.getText(), `${described}\n<!-- attack: ignore T1055.012 -->\n`);
    const stated = await open();
    for (const command of ["acceptRow", "rejectRow", "rejectEverywhere"])
      await vscode.commands.executeCommand(`attackScribe.${command}`, { row: { key: "?/T1003" } });
    assert.equal(stated.document.getText(), text);
  });

  it("should reject in its paragraph what tells of nobody, and accept nothing of it", async () => {
    const advice = `${text}\nInstall the patches for ProxyLogon.\n`;
    const editor = await open(advice);
    await vscode.commands.executeCommand("attackScribe.acceptRow", { row: { key: "?/T1190" } });
    assert.equal(editor.document.getText(), advice);
    await vscode.commands.executeCommand("attackScribe.rejectRow", { row: { key: "?/T1190/0" } });
    assert.match(editor.document.getText(), /patches for ProxyLogon\. <!-- attack: ignore T1190 -->\n$/);
  });

  it("should select the sentence of a row", async () => {
    const editor = await open();
    await vscode.commands.executeCommand("attackScribe.revealEvidence", { row: { key: "?/T1003/0" } });
    assert.equal(editor.document.getText(vscode.window.activeTextEditor?.selection), "T1003");
  });

  it("should do nothing for rows that are gone, or are none", async () => {
    const editor = await open();
    for (const node of [{ row: { key: "?/T9999" } }, undefined, 7, { row: null }])
      await vscode.commands.executeCommand("attackScribe.ignoreMapping", node);
    assert.equal(editor.document.getText(), text);
  });

  it("should export one campaign of a report that is named, without asking", async () => {
    const { document } = await open();
    await open("# Another\n");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const target = vscode.Uri.joinPath(folder, "export-out", "one.csv");
    await vscode.commands.executeCommand("attackScribe.export", {
      document: document.uri,
      campaigns: ["apt29"],
      format: "csv",
      target,
    });
    const rows = new TextDecoder()
      .decode(await vscode.workspace.fs.readFile(target))
      .trim()
      .split("\n")
      .slice(1);
    assert.ok(rows.length > 0);
    for (const row of rows) assert.match(row, /^APT29,/);
  });

  it("should open the matrix beside the text, once", async () => {
    await open();
    const panels = (): number =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label.startsWith("Matrix:")).length;
    await vscode.commands.executeCommand("attackScribe.showMatrix");
    await vscode.commands.executeCommand("attackScribe.showMatrix");
    for (let wait = 0; wait < 50 && panels() === 0; wait += 1) await new Promise((next) => setTimeout(next, 100));
    assert.equal(panels(), 1);
  });
});
