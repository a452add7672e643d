import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import manifest from "../../../package.json" with { type: "json" };
import words from "../../../package.nls.json" with { type: "json" };
import { analyse } from "../../../src/analysis.ts";
import { rules } from "../../../src/lint/rules.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";
import { found } from "./findings.ts";

const deprecated = catalogue.objects("technique").find((technique) => technique.deprecated)?.id ?? "";

const hint = "hint unproved-claim: T1566.001";
const useTable = `| Technique | Use |\n|---|---|\n${["T1055", "T1078", "T1105", "T1190", "T1486"].map((id) => `| ${id} | They did it on every host there |`).join("\n")}`;

/** Text; findings as "severity rule: marked words → fix". */
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["T1055", []],
  ["T9999", ["error unknown-id: T9999"]],
  ["T1059.999", ["error unknown-id: T1059.999"]],
  // A sub-technique that lacks its first nought is read as the one that is meant.
  ["They made a task (T1053.05).", ["error unknown-id: T1053.05 → T1053.005"]],
  ["They made a task (t1053/05).", []],
  ["T1059.99", ["error unknown-id: T1059.99"]],
  ["They were seen in T1059.2 hosts.", ["error unknown-id: T1059.2"]],
  ["T1086", ["warning revoked-id: T1086 → T1059.001"]],
  ["t1086", ["warning revoked-id: t1086 → t1059.001"]],
  ["https://attack.mitre.org/techniques/T1086/", ["warning revoked-id: T1086 → T1059/001"]],
  [deprecated, [`warning deprecated-id: ${deprecated}`]],
  ["<!-- attack: nonsense here! -->", ["warning directive: <!-- attack: nonsense here! -->"]],
  ["<!-- attack: T9999 -->", ["error unknown-id: T9999"]],
  // To ignore what ATT&CK does not have ignores nothing, unless the text has it.
  ["FIN7 used T1055. <!-- attack: ignore T9999 -->", ["warning directive: T9999"]],
  ["FIN7 used T1055. <!-- attack: ignore T1190 T1086 -->", []],
  ["---\nattack: {ignore: [T1059.999, T1190]}\n---\n\nFIN7 used T1055.", ["warning directive: T1059.999"]],
  ["---\nattack: {ignore: [nonsense]}\n---\n\nFIN7 used T1055.", ["warning directive: nonsense"]],
  // A name and an id that don't belong together.
  ["They used Windows Command Shell (T1059.001).", ["warning name-id-mismatch: T1059.001"]],
  ["PowerShell (T1059.003)", ["warning name-id-mismatch: T1059.003"]],
  ["- T1055: Process Hollowing\n- T1566 Spearphishing Link\n", []],
  ["- T1566: Process Injection\n", ["warning name-id-mismatch: T1566"]],
  ["| T1566 | Process Injection |\n|---|---|\n", ["warning name-id-mismatch: T1566", "hint unproved-claim: T1566"]],
  ["The FIN7 (G0007) group", ["warning name-id-mismatch: G0007"]],
  [
    "Process Injection: Reflective DLL (T1055), Process Injection (T1055.012), Sednit (G0007)",
    ["hint other-name: Sednit"],
  ],
  ["Execution: PowerShell (T1059.001), Create Account: Domain Account (T1136.002)", []],
  ["| Create Account: Domain Account | T1136.002 | They made one more of their own |\n|---|---|---|\n", []],
  ["T1136.001: Create Account: Domain Account", ["warning name-id-mismatch: T1136.001"]],
  ["Execution: PowerShell (T1059.003)", ["warning name-id-mismatch: T1059.003"]],
  ["It ran over SSH (T1572) and with a tool (T1105).", []],
  // The name may stand in brackets, too.
  ["They served TA0043 (Initial Access).", ["warning name-id-mismatch: TA0043"]],
  ["They served TA0001 (Initial Access) and TA0040 (impact on all).", []],
  ["They used T1055 (Process Hollowing) and T1059.003 (PowerShell, at first).", []],
  ["They used T1059.003 (PowerShell).", ["warning name-id-mismatch: T1059.003"]],
  ["FIN7 used S0154 (Mimikatz was there, too).", []],
  // A group's name beside the id of software, and a name that nobody knows beside a group's.
  ["FIN7 (S0154) was here.", ["warning name-id-mismatch: S0154"]],
  ["FIN7 used Cobalt Strike (S0154).", []],
  ["Grey Tern (G0143) used T1055.", ["warning name-id-mismatch: G0143"]],
  ["Grey Tern (G0143), also known as Aquatic Panda, used T1055.", []],
  ["Grey Tern, which others call Aquatic Panda (G0143), used T1055.", []],
  ["---\nattack: {campaigns: [{name: Grey Tern, groups: [G0143]}]}\n---\n\nGrey Tern (G0143) used T1055.", []],
  ["The Attackers (G0143) used T1055.", []],
  ["[Process Injection](https://attack.mitre.org/techniques/T1055)", []],
  // A row's own name for the technique that ATT&CK has for none.
  [
    "| Tactic | Technique | ID | Use |\n|---|---|---|---|\n| Execution | Bash | T1059.001 | Scripts were run on each host |\n",
    ["warning name-id-mismatch: T1059.001"],
  ],
  [
    "| Technique | ID | Use |\n|---|---|---|\n| Scripting with PowerShell | T1059.001 | Scripts were run on each host |\n| Command Interpreter | T1059 | Scripts were run again |\n| They ran a script of their own | T1059.003 | Scripts were run for a third time |\n| A; B | T1105 | More tools came by the same way |\n",
    [],
  ],
  ["| Use | ID |\n|---|---|\n| Bash | T1059.001 |\n", ["hint unproved-claim: T1059.001"]],
  ["| Technique | ID | Use |\n|---|---|---|\n| Bash | T1059.001, T1059.004 | Scripts were run on each host |\n", []],
  // A tactic that its technique does not serve.
  ["| Tactic | Technique |\n|---|---|\n| Impact | T1566.001 |\n", ["warning tactic-mismatch: Impact", hint]],
  ["| Tactic | Technique |\n|---|---|\n| Initial Access | T1566.001 |\n", [hint]],
  ["| Tactic | Technique |\n|---|---|\n| Impact | T1566.001, T1486 |\n", [hint, "hint unproved-claim: T1486"]],
  ["Under Impact they used T1566.001.", []],
  // One row twice.
  [
    "| Technique | Use |\n|---|---|\n| T1566.001 | Mails with a sheet came |\n| T1566.001 | Mails with a sheet came again |\n",
    ["info duplicate-in-table: T1566.001"],
  ],
  [
    "| Tactic | Technique | Use |\n|---|---|---|\n| Persistence | T1078 | They used old accounts again |\n| Initial Access | T1078 | They logged on with old accounts |\n",
    [],
  ],
  [
    "| Actor | Technique | Use |\n|---|---|---|\n| FIN7 | T1078 | They used old accounts again |\n| Naikon | T1078 | They logged on with old accounts |\n",
    [],
  ],
  // A claim of which nothing is told.
  ["| Technique |\n|---|\n| T1566.001 |\n\nMails came with a sheet (T1566.001).", []],
  ["| Technique |\n|---|\n| Process Injection (T1055) |\n", ["hint unproved-claim: T1055"]],
  // The cell that tells of the use is judged by itself, whatever it names.
  [
    "| Tactic | Technique | ID | Use |\n|---|---|---|---|\n| Credential Access | OS Credential Dumping: LSASS Memory | T1003.001 | LSASS was dumped with Mimikatz. |\n",
    [],
  ],
  ["| ID | Use |\n|---|---|\n| T1059.001 | Scripts were run. |\n", []],
  [
    "| Tactic | Technique | ID | Use |\n|---|---|---|---|\n| Command and Control | Command and Scripting Interpreter | T1059.001 | see above |\n",
    ["warning tactic-mismatch: Command and Control", "hint unproved-claim: T1059.001"],
  ],
  [
    "| ID | Use |\n|---|---|\n| T1003.001 | Mimikatz |\n",
    ["hint tool-only: T1003.001", "hint unproved-claim: T1003.001"],
  ],
  // The version of ATT&CK.
  [
    "Mapped to ATT&CK v17.\n\nSee MITRE ATT&CK® for Enterprise, version 18.1.",
    ["info attack-version: ATT&CK v17", "info attack-version: MITRE ATT&CK® for Enterprise, version 18.1"],
  ],
  ["Mapped to ATT&CK v18 and ATT&CK version 18.1.", []],
  [useTable, ["info attack-version: T1055"]],
  [`${useTable}\n\nMITRE ATT&CK v18`, []],
  // Addresses that have moved.
  [
    "[x](https://attack.mitre.org/versions/v12/techniques/T1055/012/)",
    [
      "info old-link: https://attack.mitre.org/versions/v12/techniques/T1055/012/ → https://attack.mitre.org/techniques/T1055/012",
    ],
  ],
  [
    "[x](https://attack.mitre.org/wiki/Group/G0007)",
    ["info old-link: https://attack.mitre.org/wiki/Group/G0007 → https://attack.mitre.org/groups/G0007"],
  ],
  [
    "[x](http://attack.mitre.org/software/S0154)",
    ["info old-link: http://attack.mitre.org/software/S0154 → https://attack.mitre.org/software/S0154"],
  ],
  ["[x](https://attack.mitre.org/software/S0154/) and [y](https://attack.mitre.org/versions/)", []],
  // Addresses that are alive.
  ["It beaconed to 45.77.1.9 on port 443.", ["warning live-indicator: 45.77.1.9 → 45.77.1[.]9"]],
  // A page beside a live address is theirs, too.
  [
    "They came from 45.77.1.9, via https://evil-site.top/a.php.",
    [
      "warning live-indicator: 45.77.1.9 → 45.77.1[.]9",
      "warning live-indicator: https://evil-site.top/a.php → hxxps://evil-site[.]top/a.php",
    ],
  ],
  ["They came from 45.77.1[.]9, via https://evil-site.top/a.php.", []],
  [
    "They came from 45.77.1.9 (see https://www.contoso.com/report).",
    ["warning live-indicator: 45.77.1.9 → 45.77.1[.]9"],
  ],
  ["10.0.0.1, 192.168.1.1, 203.0.113.7, 127.0.0.1, 8.8.8.8, 45.77.1[.]9, 1.2.3.4.5, version 4.1.22.7", []],
  [
    "## Indicators of compromise\n\n- evil-updates.com\n- http://evil-updates.com/a.php\n- files.exe\n- cdn.example.com\n",
    [
      "warning live-indicator: evil-updates.com → evil-updates[.]com",
      "warning live-indicator: http://evil-updates.com/a.php → hxxp://evil-updates[.]com/a.php",
    ],
  ],
  ["See evil-updates.com and https://www.contoso.com/report.", []],
  ["## IOCs\n\nAs [Contoso](https://www.contoso.com/report) wrote.", []],
  // A parent where the sentence names the sub-technique.
  ["They hollowed a process (T1055).", []],
  // A campaign of which nothing is told.
  ["---\nattack: {campaigns: [Night Tide]}\n---\n\nIt rained.", ["info empty-campaign: Night Tide"]],
  ["---\nattack: {campaigns: [Night Tide]}\n---\n\nThey used T1055.", []],
  ["<!-- attack: campaign Night Tide -->\n\nIt rained.", ["info empty-campaign: Night Tide"]],
  ["---\nattack: {campaigns: [{name: Night Tide, role: referenced}]}\n---\n\nIt rained.", []],
  // Another name than ATT&CK's, once.
  ["Sednit used T1055. Sednit left. APT28 stayed.", ["hint other-name: Sednit"]],
];

describe("lint rules", () => {
  it("should stand in the setting of severities, each with its own as the default", () => {
    const { properties } = manifest.contributes.configuration.properties["attackScribe.rules"];
    assert.deepEqual(
      Object.entries(properties).map(([id, { default: severity, description }]) => ({
        id,
        severity,
        description: (words as Readonly<Record<string, string>>)[description.slice(1, -1)],
      })),
      rules.map(({ id, severity, description }) => ({ id, severity, description })),
    );
  });

  for (const [text, expected] of cases) {
    it(text, () => {
      const { findings } = analyse(parseReport(text, { path: "x.md" }), catalogue);
      assert.deepEqual(
        findings.map(
          ({ severity, rule, start, end, fix }) =>
            `${severity} ${rule}: ${text.slice(start, end)}${fix ? ` → ${fix.text}` : ""}`,
        ),
        expected,
      );
    });
  }

  it("should say which sub-technique a sentence tells of", () => {
    const text = "They injected code by process hollowing (T1055).";
    const { findings } = analyse(parseReport(text, { path: "x.md" }), catalogue, { lexicon, model });
    assert.deepEqual(
      findings.map(({ rule, fix }) => [rule, fix?.text]),
      [["parent-of-sub", "T1055.012"]],
    );
  });

  const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "rules.md"), "utf8");
  for (const { id, severity, description, help } of rules) {
    const [, chapter = ""] = page.split(`## ${id}\n\n*${severity}.* ${description}\n`);
    const examples = [
      ...(chapter.split(/\n## [a-z-]+\n\n\*/u)[0] ?? "").matchAll(/(Wrong|Right):\n\n```markdown\n([^]*?)```\n/gu),
    ];
    it(`${id} should have a chapter in docs/rules.md, with a row, help and examples`, () => {
      assert.ok(page.includes(`| [${id}](#${id}) | ${severity} |`));
      assert.ok(chapter.replaceAll("\n", " ").includes(help));
      assert.deepEqual([...new Set(examples.map(([, verdict]) => verdict))].sort(), ["Right", "Wrong"]);
    });
    for (const [, verdict, text = ""] of examples)
      it(`${id} should find ${verdict === "Wrong" ? "a fault" : "none"} in the documentation's example`, () =>
        assert.equal(found(id, text, { lexicon, model }).length > 0, verdict === "Wrong", text));
  }

  it("should each have an id of its own and a description", () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    assert.ok(rules.every(({ description }) => description.length > 20));
  });
});
