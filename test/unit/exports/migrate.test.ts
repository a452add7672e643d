import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { Catalogue } from "../../../src/attack/catalogue.ts";
import type { DomainFacts, ObjectFacts } from "../../../src/attack/facts.ts";
import { readBundleFile } from "../../../src/cli/build-facts.ts";
import { applyEdits } from "../../../src/exports/decisions.ts";
import { migrate, migrationInWords, type Migration } from "../../../src/exports/migrate.ts";
import { mapReport } from "../../../src/mapping/map-report.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue as shipped } from "../catalogue.ts";
import { sharedFile } from "../shared.ts";

const facts = (
  version: string,
  technique: readonly Partial<ObjectFacts>[],
  tactic: readonly (readonly [id: string, name: string, short: string, more?: Partial<ObjectFacts>])[],
  group: readonly Partial<ObjectFacts>[] = [],
): DomainFacts => ({
  format: 1,
  domain: "enterprise-attack",
  name: "Enterprise ATT&CK",
  version,
  source: { file: "f", sha256: "", stix: "2.1", modified: "" },
  tactics: tactic.map(([id]) => id),
  objects: {
    technique: technique as readonly ObjectFacts[],
    tactic: tactic.map(([id, name, short, more]) => ({ id, name, stix: id, tactics: [short], ...more })),
    group: group as readonly ObjectFacts[],
  },
  relations: {},
});

const former = Catalogue.of([
  facts(
    "15.1",
    [
      { id: "T1086", name: "PowerShell", tactics: ["execution"] },
      { id: "T1059", name: "Command-Line Interface", tactics: ["execution"] },
      { id: "T1064", name: "Scripting", tactics: ["hiding", "execution"] },
      { id: "T1070", name: "Wiping", tactics: ["hiding"] },
      { id: "T1071", name: "Two Ways", tactics: ["hiding"] },
      { id: "T1300", name: "Gone", tactics: ["execution"] },
      { id: "T1055", name: "Process Injection", tactics: ["hiding"] },
    ],
    [
      ["TA0002", "Execution", "execution"],
      ["TA0005", "Hiding", "hiding"],
      ["TA0009", "Left", "left"],
    ],
    [
      { id: "G0118", name: "UNC0001" },
      { id: "G0016", name: "Bear" },
      { id: "G0077", name: "Vanished" },
    ],
  ),
]);
const wanted = Catalogue.of([
  facts(
    "18.1",
    [
      { id: "T1086", name: "PowerShell", revoked: true, successor: "T1059.001" },
      { id: "T1059", name: "Command and Scripting Interpreter", tactics: ["execution"] },
      { id: "T1059.001", name: "PowerShell", parent: "T1059", tactics: ["execution"] },
      { id: "T1064", name: "Scripting", deprecated: true },
      { id: "T1070", name: "Indicator Removal", tactics: ["concealing"] },
      { id: "T1071", name: "Two Ways", tactics: ["execution", "impairing"] },
      { id: "T1055", name: "Process Injection", tactics: ["concealing"] },
    ],
    [
      ["TA0002", "Execution", "execution"],
      ["TA0005", "Concealing", "concealing"],
      ["TA0112", "Impairing", "impairing"],
    ],
    [
      { id: "G0118", name: "UNC0001", revoked: true, successor: "G0016" },
      { id: "G0016", name: "Bear" },
    ],
  ),
]);

const run = (
  text: string,
  to = wanted,
  from: readonly Catalogue[] = [former],
): Migration & { readonly text: string } => {
  const migration = migrate(parseReport(text, { path: "r.md" }), to, from);
  return { ...migration, text: applyEdits(text, migration.edits) };
};

describe("migrate", () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    ["an id", "They ran T1086 twice.\n", "They ran T1059.001 twice.\n"],
    ["its separator and letters", "T1086 in t1086 and *T1086*.\n", "T1059.001 in t1059.001 and *T1059.001*.\n"],
    [
      "an address, and the id in front of it",
      "[T1086](https://attack.mitre.org/techniques/T1086/) <https://attack.mitre.org/techniques/T1086>\n",
      "[T1059.001](https://attack.mitre.org/techniques/T1059/001/) <https://attack.mitre.org/techniques/T1059/001>\n",
    ],
    [
      "a link to one version",
      "[x](https://attack.mitre.org/versions/v15/techniques/T1086/)\n",
      "[x](https://attack.mitre.org/versions/v18/techniques/T1059/001/)\n",
    ],
    ["a name before an id", "Wiping (T1070).\n", "Indicator Removal (T1070).\n"],
    ["a name behind an id", "T1070 Wiping, T1070: Wiping\n", "T1070 Indicator Removal, T1070: Indicator Removal\n"],
    [
      "markup around a name",
      "**Wiping** (`T1070`), “Wiping” – T1070\n",
      "**Indicator Removal** (`T1070`), “Indicator Removal” – T1070\n",
    ],
    [
      "a link's text",
      "[Wiping](https://attack.mitre.org/techniques/T1070)\n",
      "[Indicator Removal](https://attack.mitre.org/techniques/T1070)\n",
    ],
    ["small letters", "by wiping (T1070)\n", "by indicator removal (T1070)\n"],
    [
      "id and name together",
      "Command-Line Interface (T1059) and PowerShell (T1086)\n",
      "Command and Scripting Interpreter (T1059) and PowerShell (T1059.001)\n",
    ],
    ["a group", "UNC0001 (G0118) came.\n", "Bear (G0016) came.\n"],
    [
      "directives",
      "It ran.<!-- attack: T1086 T1070 -->\n\n<!-- attack: ignore T1086 -->\n",
      "It ran.<!-- attack: T1059.001 T1070 -->\n\n<!-- attack: ignore T1059.001 -->\n",
    ],
    [
      "front matter",
      "---\nattack: { ignore: [T1086], campaigns: [{name: A, groups: [G0118]}] }\nurl: https://example.org/T1086\n---\nText.\n",
      "---\nattack: { ignore: [T1059.001], campaigns: [{name: A, groups: [G0016]}] }\nurl: https://example.org/T1086\n---\nText.\n",
    ],
    ["the version that is said", "Mapped to ATT&CK v15.1.\n", "Mapped to ATT&CK v18.1.\n"],
    [
      "the version that is said shortly",
      "ATT&CK version 15, that is ATT&CK v15.\n",
      "ATT&CK version 18, that is ATT&CK v18.\n",
    ],
    [
      "a table",
      "| Tactic | Technique | Name |\n|---|---|---|\n| Hiding | T1070 | Wiping |\n| Execution | T1086 | PowerShell |\n",
      "| Tactic | Technique | Name |\n|---|---|---|\n| Concealing | T1070 | Indicator Removal |\n| Execution | T1059.001 | PowerShell |\n",
    ],
    ["a heading", "## Hiding\n\nThey used T1055.\n", "## Concealing\n\nThey used T1055.\n"],
    [
      "line ends and byte order marks",
      "\ufeffT1086\r\n\r\nWiping (T1070)\r\n",
      "\ufeffT1059.001\r\n\r\nIndicator Removal (T1070)\r\n",
    ],
  ];
  for (const [name, before, after] of cases)
    it(`should change ${name}`, () => {
      const { text } = run(before);
      assert.equal(text, after);
      assert.deepEqual(run(after).edits, [], "what was migrated needs no more");
    });

  for (const text of [
    "T1059.001 PowerShell (T1059.001) is fine.\n",
    "Wiping is a word, and so is Hiding. Disk Wiping (T1055), Wiping-Tool T1070x.\n",
    "Rewiping (T1070).\n",
    "<!-- a comment of the author's on T1086 -->\n",
    "<!-- attack: table -->\n\n| T1086 |\n|---|\n\n<!-- attack: /table -->\n",
    "Execution and T1055.\n",
    "",
  ])
    it(`should leave alone ${JSON.stringify(text.slice(0, 50))}`, () => assert.deepEqual(run(text).edits, []));

  const notes: readonly (readonly [string, readonly string[]])[] = [
    ["x\n\nT1300 Gone.\n", ["3: T1300 Gone is not in ATT&CK 18.1"]],
    ["T1064.\n", ["1: T1064 Scripting is deprecated in ATT&CK 18.1"]],
    ["T9999.\n", ["1: T9999 is not in ATT&CK 18.1"]],
    ["Vanished (G0077).\n", ["1: G0077 Vanished is not in ATT&CK 18.1"]],
    [
      "| Tactic | Technique |\n|---|---|\n| Hiding | T1071 |\n",
      ["3: T1071 Two Ways serves Execution, Impairing in ATT&CK 18.1, not Hiding"],
    ],
    ["# Left\n\nT1055\n", ["1: ATT&CK 18.1 has no tactic Left"]],
    [
      "ATT&CK v15 and ATT&CK v12.\n",
      [
        "1: the report speaks of ATT&CK 15 here and of another version elsewhere",
        "1: the report speaks of ATT&CK 12 here and of another version elsewhere",
      ],
    ],
  ];
  for (const [text, expected] of notes)
    it(`should leave to the author ${JSON.stringify(text.slice(0, 50))}`, () => {
      const migration = run(text);
      assert.deepEqual(migration.edits, []);
      assert.deepEqual(
        migration.notes.map(({ line, message }) => `${line}: ${message}`),
        expected,
      );
    });

  it("should name the tables that the program has to write anew", () => {
    const table = "<!-- attack: table -->\n\n| T1086 |\n|---|\n\n<!-- attack: /table -->\n";
    const { text, notes: left } = run(`T1086\n\n${table}`);
    assert.equal(text, `T1059.001\n\n${table}`);
    assert.deepEqual(
      left.map(({ line, message }) => `${line}: ${message.slice(0, 41)}`),
      ["3: bring the table of techniques up to date "],
    );
    assert.deepEqual(run(table).notes, []);
  });

  it("should say why, with lines", () => {
    const { edits } = run("a\n\nT1086 and Wiping (T1070) under https://attack.mitre.org/versions/v15/groups/G0016/\n");
    assert.deepEqual(
      edits.map(({ line, reason }) => `${line}: ${reason}`),
      [
        "3: T1086 PowerShell was replaced by T1059.001 PowerShell",
        "3: ATT&CK 18.1 calls T1070 Indicator Removal",
        "3: the link leads to version 15 of ATT&CK's pages",
      ],
    );
    assert.match(
      migrationInWords(run("T1086 T1300\n")),
      /^Changed for ATT&CK 18\.1\n\nline 1: T1059\.001 \(.*\)\n\nLeft to you\n\nline 1: T1300 Gone is not/,
    );
  });

  it("should tell from the wanted version alone what it can", () => {
    assert.equal(
      run("PowerShell (T1086), Wiping (T1070)\n", wanted, []).text,
      "PowerShell (T1059.001), Wiping (T1070)\n",
    );
  });

  it("should go back to an older version, as far as that knows", () => {
    const back = run("PowerShell (T1059.001), Indicator Removal (T1070), ATT&CK v18.1\n", former, [wanted]);
    assert.equal(back.text, "PowerShell (T1059.001), Wiping (T1070), ATT&CK v15.1\n");
    assert.deepEqual(
      back.notes.map(({ message }) => message),
      ["T1059.001 PowerShell is not in ATT&CK 15.1"],
    );
  });

  it("should take no more than linear time", function () {
    this.timeout(10_000);
    run("| T1086 | Wiping ".repeat(3_000));
    run("[Wiping](https://attack.mitre.org/techniques/T1070) ".repeat(3_000));
  });

  it("should change nothing in reports of the version that ships, unless they write ids of another one", function () {
    this.timeout(20_000);
    const folder = join(import.meta.dirname, "..", "..", "fixtures", "reports");
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
      const report = parseReport(readFileSync(join(folder, name), "utf8"), { path: name });
      const old = mapReport(report, shipped).mentions.flatMap(({ written }) => written ?? []);
      const changed = migrate(report, shipped).edits.map(({ start, end }) => report.text.slice(start, end));
      // With an old id goes its name, and the version that the report says.
      assert.deepEqual(old.length === 0 ? changed : changed.filter((words) => old.includes(words)), old, name);
    }
  });
});

const bundle = sharedFile("attack", "enterprise-attack-15.1.stix20.json.gz");

describe("migrate between ATT&CK's own versions (needs ../shared)", function () {
  this.timeout(120_000);
  before(function () {
    if (!existsSync(bundle)) this.skip();
  });

  it("should rename what was renamed, and find its way back", () => {
    const old = Catalogue.of([readBundleFile(bundle).facts]);
    const renamed = old.objects("technique").filter(({ id, name, revoked, deprecated }) => {
      const today = shipped.get(id);
      return !revoked && !deprecated && today && !today.revoked && !today.deprecated && today.name !== name;
    });
    assert.ok(renamed.length > 0);
    for (const technique of renamed) {
      const text = `They did it by ${technique.name} (${technique.id}).\n`;
      const { text: after } = run(text, shipped, [old]);
      assert.equal(after, `They did it by ${shipped.get(technique.id)?.name ?? ""} (${technique.id}).\n`);
      assert.equal(run(after, old, [shipped]).text, text);
    }
  });
});
