import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describe, it } from "mocha";
import { frontMatterEdit } from "../../../src/lint/front-matter-edit.ts";
import { isOneSlip } from "../../../src/lint/rules/unknown-id.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { lexicon, model } from "../catalogue.ts";
import { findingsIn } from "./findings.ts";

const apply = (text: string, { start, end, text: words }: { start: number; end: number; text: string }): string =>
  text.slice(0, start) + words + text.slice(end);

/** Text; rule; each choice as "title ⇒ the text then". */
const cases: readonly (readonly [string, string, readonly string[]])[] = [
  // The name beside it says best what was meant; then what is one slip away; then the family.
  [
    "They ran PowerShell (T1059.099).",
    "unknown-id",
    [
      "Write T1059.001 PowerShell ⇒ They ran PowerShell (T1059.001).",
      "Write T1059.009 Cloud API ⇒ They ran PowerShell (T1059.009).",
      "Write T1059 Command and Scripting Interpreter ⇒ They ran PowerShell (T1059).",
      "Write T1059.002 AppleScript ⇒ They ran PowerShell (T1059.002).",
      "Write T1059.003 Windows Command Shell ⇒ They ran PowerShell (T1059.003).",
    ],
  ],
  [
    "[PowerShell](https://attack.mitre.org/techniques/T1486/001)",
    "unknown-id",
    [
      "Write T1486 Data Encrypted for Impact ⇒ [PowerShell](https://attack.mitre.org/techniques/T1486)",
      "Write T1480.001 Environmental Keying ⇒ [PowerShell](https://attack.mitre.org/techniques/T1480/001)",
      "Write T1484.001 Group Policy Modification ⇒ [PowerShell](https://attack.mitre.org/techniques/T1484/001)",
      "Write T1485.001 Lifecycle-Triggered Deletion ⇒ [PowerShell](https://attack.mitre.org/techniques/T1485/001)",
      "Write T1496.001 Compute Hijacking ⇒ [PowerShell](https://attack.mitre.org/techniques/T1496/001)",
    ],
  ],
  // Revoked, in the report's own format, and with the name that goes with it.
  ["They used T1086 there.", "revoked-id", ["fix ⇒ They used T1059.001 there."]],
  ["PowerShell (T1086)", "revoked-id", ["fix ⇒ PowerShell (T1059.001)"]],
  ["Multilayer Encryption (T1079)", "revoked-id", ["fix ⇒ Encrypted Channel (T1573)"]],
  ["- T1079: Multilayer Encryption", "revoked-id", ["fix ⇒ - T1573: Encrypted Channel"]],
  [
    "| T1079 | Multilayer Encryption |\n|---|---|\n",
    "revoked-id",
    ["fix ⇒ | T1573 | Encrypted Channel |\n|---|---|\n"],
  ],
  [
    "[x](https://attack.mitre.org/techniques/T1086/)",
    "revoked-id",
    ["fix ⇒ [x](https://attack.mitre.org/techniques/T1059/001/)"],
  ],
  // A slip in a word that the program takes.
  [
    "<!-- attack: campain Foo -->\n\nT1190.",
    "directive",
    ["Write “campaign” ⇒ <!-- attack: campaign Foo -->\n\nT1190."],
  ],
  ["<!-- attack: something else -->\n\nT1190.", "directive", []],
  [
    "---\nattack:\n  domain: [ics-attack]\n---\n\nT1190.",
    "directive",
    ["Write “domains” ⇒ ---\nattack:\n  domains: [ics-attack]\n---\n\nT1190."],
  ],
  [
    "---\nattack: { campaigns: [{name: A}, {name: B, gruops: [G0046]}] }\n---\n\nT1190.",
    "directive",
    ["Write “groups” ⇒ ---\nattack: { campaigns: [{name: A}, {name: B, groups: [G0046]}] }\n---\n\nT1190."],
  ],
  ["---\nattack: { nonsense: 1 }\n---\n\nT1190.", "directive", []],
  // Either may be right.
  [
    "PowerShell (T1059.003)",
    "name-id-mismatch",
    [
      "Write T1059.001, the id of PowerShell ⇒ PowerShell (T1059.001)",
      "Write Windows Command Shell, the name of T1059.003 ⇒ Windows Command Shell (T1059.003)",
    ],
  ],
  [
    "- T1566: **Process Injection**",
    "name-id-mismatch",
    [
      "Write T1055, the id of Process Injection ⇒ - T1055: **Process Injection**",
      "Write Phishing, the name of T1566 ⇒ - T1566: **Phishing**",
    ],
  ],
  [
    "The FIN7 (G0007) group",
    "name-id-mismatch",
    [
      "Write G0046, the id of FIN7 ⇒ The FIN7 (G0046) group",
      "Write APT28, the name of G0007 ⇒ The APT28 (G0007) group",
    ],
  ],
  // Of several of one name, the one that the parent's name or the id's family points to.
  [
    "Create Account: Domain Account (T1136.001)",
    "name-id-mismatch",
    [
      "Write T1136.002, the id of Create Account: Domain Account ⇒ Create Account: Domain Account (T1136.002)",
      "Write Create Account: Local Account, the name of T1136.001 ⇒ Create Account: Local Account (T1136.001)",
    ],
  ],
  [
    "Domain Account (T1136.001)",
    "name-id-mismatch",
    [
      "Write T1136.002, the id of Domain Account ⇒ Domain Account (T1136.002)",
      "Write Local Account, the name of T1136.001 ⇒ Local Account (T1136.001)",
    ],
  ],
  // A tactic that its technique does not serve.
  [
    "| Tactic | Technique |\n|---|---|\n| Impact | T1566.001 |\n",
    "tactic-mismatch",
    ["Write Initial Access ⇒ | Tactic | Technique |\n|---|---|\n| Initial Access | T1566.001 |\n"],
  ],
  [
    "| Tactic | Technique |\n|---|---|\n| TA0040 | T1566.001 |\n",
    "tactic-mismatch",
    ["Write TA0001 Initial Access ⇒ | Tactic | Technique |\n|---|---|\n| TA0001 | T1566.001 |\n"],
  ],
  [
    "- Impact: Mails came (T1566.001)",
    "tactic-mismatch",
    ["Write Initial Access ⇒ - Initial Access: Mails came (T1566.001)"],
  ],
  [
    "They injected code by process hollowing (T1055).",
    "parent-of-sub",
    ["fix ⇒ They injected code by process hollowing (T1055.012)."],
  ],
  [
    "| Technique |\n|---|\n| T1566.001 |\n",
    "unproved-claim",
    [
      "Leave T1566.001 of this cell out of the mapping ⇒ | Technique |\n|---|\n| T1566.001 <!-- attack: ignore T1566.001 --> |\n",
    ],
  ],
  // What a comment states is taken back in the comment.
  ["| Technique |\n|---|\n| Mails <!-- attack: T1566.001 --> |\n", "unproved-claim", []],
  [
    "| Technique | Use |\n|---|---|\n| T1055 | Mails with a sheet came |\n| T1055 | Mails with a sheet came again |\n\nEnd.\n",
    "duplicate-in-table",
    ["Delete this row ⇒ | Technique | Use |\n|---|---|\n| T1055 | Mails with a sheet came |\n\nEnd.\n"],
  ],
  [
    "We saw T1055, T1078, T1105, T1190 and T1486.",
    "attack-version",
    [
      "Say in front matter that it is ATT&CK 18.1 ⇒ ---\nattack: { version: 18.1 }\n---\n\nWe saw T1055, T1078, T1105, T1190 and T1486.",
    ],
  ],
  [
    "---\nattack: {campaigns: [Night Tide]}\n---\n\nIt rained.",
    "empty-campaign",
    [
      "Declare Night Tide as referenced ⇒ ---\nattack: {campaigns: [{ name: Night Tide, role: referenced }]}\n---\n\nIt rained.",
    ],
  ],
  [
    "---\nattack:\n  campaigns:\n    - Night Tide\n---\n\nIt rained.",
    "empty-campaign",
    [
      "Declare Night Tide as referenced ⇒ ---\nattack:\n  campaigns:\n    - { name: Night Tide, role: referenced }\n---\n\nIt rained.",
    ],
  ],
  ["<!-- attack: campaign Night Tide -->\nIt rained.", "empty-campaign", ["Remove the comment ⇒ It rained."]],
  [
    "Sednit was here.",
    "other-name",
    ["Write APT28 (Sednit) ⇒ APT28 (Sednit) was here.", "Write APT28 ⇒ APT28 was here."],
  ],
  ["Sednit (also APT28) was here.", "other-name", []],
];

describe("quick fixes", () => {
  for (const [text, rule, expected] of cases)
    it(`${rule}: ${text}`, () => {
      const [finding] = findingsIn(text, { lexicon, model }).filter((one) => one.rule === rule);
      const { fix, choices } = finding ?? { fix: null, choices: [] };
      const offered = [...(fix ? [{ title: "fix", edit: fix }] : []), ...choices];
      assert.deepEqual(
        offered.map(({ title, edit }) => `${title} ⇒ ${apply(text, edit)}`),
        expected,
      );
      // Whatever is chosen, the fault is gone.
      const count = (source: string): number =>
        findingsIn(source, { lexicon, model }).filter((one) => one.rule === rule).length;
      for (const { edit } of offered) assert.ok(count(apply(text, edit)) < count(text), edit.text);
    });
});

describe("a slip", () => {
  for (const [one, other, expected] of [
    ["T1059", "T1059", false],
    ["T1059", "T1058", true],
    ["T1059", "T1095", true],
    ["T1059", "T0159", true],
    ["T1059", "T105", true],
    ["T1059", "T10590", true],
    ["T1059", "T1160", false],
    ["T1059", "T1950", false],
    ["T1059.001", "T1059.010", true],
  ] as const)
    it(`${one} ${other}`, () => assert.deepEqual([isOneSlip(one, other), isOneSlip(other, one)], [expected, expected]));
});

describe("a word put into front matter", () => {
  /** Source; source with "contoso.com" allowed. */
  const places: readonly (readonly [string, string | undefined])[] = [
    ["Text.\n", "---\nattack: { allow: [contoso.com] }\n---\n\nText.\n"],
    ["\uFEFFText.\r\n", "\uFEFF---\r\nattack: { allow: [contoso.com] }\r\n---\r\n\r\nText.\r\n"],
    ["---\ntitle: A\n---\nText.\n", "---\ntitle: A\nattack: { allow: [contoso.com] }\n---\nText.\n"],
    ["---\n---\nText.\n", "---\nattack: { allow: [contoso.com] }\n---\nText.\n"],
    ["---\nattack: {}\n---\n", "---\nattack: { allow: [contoso.com] }\n---\n"],
    ["---\nattack: {ignore: [T1190]}\n---\n", "---\nattack: { allow: [contoso.com],ignore: [T1190]}\n---\n"],
    ["---\nattack: { allow: [a.org] }\n---\n", "---\nattack: { allow: [a.org, contoso.com] }\n---\n"],
    ["---\nattack:\n  allow: []\n---\n", "---\nattack:\n  allow: [contoso.com]\n---\n"],
    [
      "---\nattack:\n  ignore:\n    - T1190\ntitle: A\n---\n",
      "---\nattack:\n  allow: [contoso.com]\n  ignore:\n    - T1190\ntitle: A\n---\n",
    ],
    [
      "---\nattack:\n  allow:\n    - a.org\n    - b.org\n---\n",
      "---\nattack:\n  allow:\n    - contoso.com\n    - a.org\n    - b.org\n---\n",
    ],
    ["---\nattack:\n  allow: a.org\n---\n", undefined],
    ["---\nattack: [\n---\n", undefined],
    ["---\n- a\n---\n", undefined],
  ];
  for (const [source, expected] of places)
    it(JSON.stringify(source), () => {
      const edit = frontMatterEdit(parseReport(source, { path: "x.md" }), "allow", "contoso.com", true);
      assert.equal(edit && apply(source, edit), expected);
    });

  it("should be read back beside all else that stood there", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.(?:com|org)$/u);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), fc.boolean(), fc.boolean(), word, (words, flow, others, added) => {
        const list = flow ? ` [${words.join(", ")}]` : words.map((one) => `\n    - ${one}`).join("");
        const source = `---\ntitle: A\nattack:\n  ignore: [T1190]\n${words.length > 0 ? `  allow:${list}\n` : ""}${others ? "tlp: clear\n" : ""}---\n\nText.\n`;
        const edit = frontMatterEdit(parseReport(source, { path: "x.md" }), "allow", added, true);
        assert.ok(edit);
        const { frontMatter, problems } = parseReport(apply(source, edit), { path: "x.md" });
        assert.deepEqual(problems, []);
        assert.deepEqual([...(frontMatter?.allow ?? [])].sort(), [...words, added].sort());
        assert.deepEqual(
          [frontMatter?.ignore, frontMatter?.title, frontMatter?.tlp],
          [["T1190"], "A", others ? "clear" : undefined],
        );
      }),
    );
  });
});
