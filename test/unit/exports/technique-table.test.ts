import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { tableEdits, techniqueTable } from "../../../src/exports/technique-table.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon } from "../catalogue.ts";
import { analysisOf, hostileTexts, oneGroup, renderText, twoGroups } from "./reports.ts";

const tableOf = (text: string): string => techniqueTable(analysisOf(text), catalogue, {});

/** The report with its table inserted at `at`, or brought up to date. */
function updated(text: string, at?: number): string {
  const report = parseReport(text, { path: "x.md" });
  const table = techniqueTable(analyse(report, catalogue, { lexicon }), catalogue, {});
  return [...tableEdits(report, table, at)]
    .sort((a, b) => b.start - a.start)
    .reduce((before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end), text);
}

const head = "Techniques of Enterprise ATT\\&CK, version 18.1:\n\n";

describe("technique table", () => {
  it("should hold tactic, technique and use, by tactic in the data's order", () => {
    assert.equal(
      tableOf("FIN7 has T1486.\n\nThen FIN7 used T1059.001, and FIN7 used T1059.001 again.\n"),
      `${head}| Tactic | ID | Technique | Use |
| --- | --- | --- | --- |
| Execution | [T1059.001](https://attack.mitre.org/techniques/T1059/001) | Command and Scripting Interpreter: PowerShell | “Then FIN7 used T1059.001, and FIN7 used T1059.001 again.” |
| Impact | [T1486](https://attack.mitre.org/techniques/T1486) | Data Encrypted for Impact | “FIN7 has T1486.” |`,
    );
  });

  it("should say who used it where several did", () => {
    assert.equal(
      tableOf(twoGroups),
      `${head}| Tactic | ID | Technique | Used by | Use |
| --- | --- | --- | --- | --- |
| Execution | [T1059.001](https://attack.mitre.org/techniques/T1059/001) | Command and Scripting Interpreter: PowerShell | Naikon | “They used T1055 and T1059.001.” |
| Privilege Escalation, Defense Evasion | [T1055](https://attack.mitre.org/techniques/T1055) | Process Injection | Naikon, FIN7 | “They used T1055 and T1059.001.”<br>“They used T1055 and T1486.” |
| Impact | [T1486](https://attack.mitre.org/techniques/T1486) | Data Encrypted for Impact | FIN7 | “They used T1055 and T1486.” |`,
    );
  });

  it("should say of which domain a technique is where they are of several", () => {
    const table = tableOf("FIN7 has T1111 and T1456.\n");
    assert.match(table, /\n\| Domain \| Tactic \| ID /);
    assert.match(table, /\n\| Enterprise \| Credential Access \| \[T1111\]/);
    assert.match(table, /\n\| Mobile \| Initial Access \| \[T1456\]/);
  });

  it("should name a tactic only where the report does", () => {
    assert.match(tableOf("# Persistence\n\nFIN7 used T1078.\n"), /\n\| Persistence \| \[T1078\]/);
  });

  it("should say which are inferred, and how sure that is, where some are", () => {
    const table = tableOf("FIN7 has T1486.\n\nFIN7 exploited CVE-2021-44228.\n");
    assert.match(table, /\n\| Tactic \| ID \| Technique \| Basis \| Use \|\n/);
    assert.match(table, /\[T1190\].* \| described, 0\.\d\d(?:, unsure)? \| “FIN7 exploited/);
    assert.match(table, /\[T1486\].* \| stated \| “FIN7 has T1486\.” \|/);
  });

  describe("of the report's own tables", () => {
    /** The header and a row; what is quoted of it as T1003.001's use. */
    const rows: readonly (readonly [string, string])[] = [
      [
        "| Technique | ID | Use |\n|---|---|---|\n| OS Credential Dumping | T1003.001 | FIN7 read LSASS. |",
        "“FIN7 read LSASS.”",
      ],
      [
        "| Tactic | Technique | Use |\n|---|---|---|\n| Credential Access (TA0006) | OS Credential Dumping: LSASS Memory (T1003.001) | FIN7 read LSASS. |",
        "“FIN7 read LSASS.”",
      ],
      ["| Actor | ID | Use |\n|---|---|---|\n| FIN7 | T1003.001 | They read LSASS. |", "“They read LSASS.”"],
      ["| Actor | Technique |\n|---|---|\n| FIN7 | LSASS Memory, T1003.001 |", ""],
      [
        "| Date | ID | Use |\n|---|---|---|\n| 2025-01-12 | T1003.001 | FIN7 read LSASS. |",
        "“2025-01-12 \\| FIN7 read LSASS.”",
      ],
      [
        "| Technique | ID | Use |\n|---|---|---|\n| LSASS Memory | T1003.001 | FIN7 read it. |\n\nFIN7 took T1003.001 as well.",
        "“FIN7 took T1003.001 as well.”",
      ],
    ];
    for (const [text, expected] of rows)
      it(`should quote ${expected || "nothing"} of ${JSON.stringify(text)}`, () => {
        const row = tableOf(`FIN7 broke in.\n\n${text}\n`)
          .split("\n")
          .find((line) => line.includes("[T1003.001]"));
        assert.equal(
          row
            ?.replace(/\s*\|$/, "")
            .split(/(?<!\\)\|\s*/)
            .at(-1)
            ?.trim(),
          expected,
        );
      });
  });

  it("should say that there are none", () => assert.equal(tableOf("It rained.\n"), "No techniques are mapped."));

  it("should hold no markup of the report's", () => {
    for (const text of hostileTexts) {
      const table = tableOf(`FIN7 used T1486 with ${text}, did it not?\n`);
      const rows = table.split("\n").slice(2);
      assert.equal(rows.length, 3, table);
      for (const row of rows) assert.equal(row.replace(/\\./g, "").split("|").length, 6, row);
      assert.doesNotMatch(table, /(?<!\\)<(?!br>)|\p{Surrogate}/u);
    }
  });

  it("should be an appendix that can be updated where it is pasted", async () => {
    const appendix = await renderText("markdown", oneGroup);
    assert.ok(appendix.startsWith("## MITRE ATT&CK techniques\n\n<!-- attack: table -->\n\nTechniques of"));
    assert.ok(appendix.endsWith(" |\n\n<!-- attack: /table -->\n"));
  });
});

const marked = (text: string): string => `<!-- attack: table -->\n\n${tableOf(text)}\n\n<!-- attack: /table -->`;

/** Where the cursor is (a bar), and what stands around the table then. */
const places: readonly (readonly [string, string, string, string])[] = [
  ["in a paragraph", "One T1055\nt|wo.\n\nThree.\n", "One T1055\ntwo.\n\n", "\n\nThree.\n"],
  ["at the end", "T1055.\n|", "T1055.\n\n", "\n"],
  ["at the end without a line end", "T1055.|", "T1055.\n\n", "\n"],
  ["between paragraphs", "T1055.\n|\nTwo.\n", "T1055.\n\n", "\n\nTwo.\n"],
  [
    "in a code block with an empty line",
    "T1055\n\n```\na|\n\nb\n```\n\nEnd.\n",
    "T1055\n\n```\na\n\nb\n```\n\n",
    "\n\nEnd.\n",
  ],
  [
    "in a table",
    "T1055\n\n| a |\n|---|\n| |b |\n| c |\n\nEnd.\n",
    "T1055\n\n| a |\n|---|\n| b |\n| c |\n\n",
    "\n\nEnd.\n",
  ],
  ["in front matter", "---\nti|tle: x\n---\n\nT1055.\n", "---\ntitle: x\n---\n\n", "\n\nT1055.\n"],
  ["in an empty report", "|", "", "\n"],
];

describe("inserting the table", () => {
  for (const [where, source, before, after] of places) {
    it(`should tear nothing, ${where}`, () => {
      // The last bar is the cursor where a table has bars of its own.
      const at = where === "in a table" ? source.indexOf("|b") : source.lastIndexOf("|");
      const text = source.slice(0, at) + source.slice(at + 1);
      assert.equal(updated(text, at), before + marked(text) + after);
      const crlf = (part: string): string => part.replaceAll("\n", "\r\n");
      if (text.includes("\n"))
        assert.equal(updated(crlf(text), crlf(text.slice(0, at)).length), crlf(before + marked(text) + after));
    });
  }

  /** Reports; what stands before the table where no place is said. */
  const ends: readonly (readonly [string, string, string, string])[] = [
    ["at the end", "FIN7 used T1055.\n", "FIN7 used T1055.\n\n", "\n"],
    [
      "under a heading of its own where the report has headings",
      "# FIN7\n\nFIN7 used T1055.\n\n## Mitigations\n\n- Patch.\n",
      "# FIN7\n\nFIN7 used T1055.\n\n## Mitigations\n\n- Patch.\n\n## MITRE ATT&CK techniques\n\n",
      "\n",
    ],
    [
      "behind the report's own table of techniques",
      "# FIN7\n\n| ID | Use |\n|---|---|\n| T1055 | FIN7 did |\n| T1486 | FIN7 did so |\n\n## Mitigations\n\nPatch.\n",
      "# FIN7\n\n| ID | Use |\n|---|---|\n| T1055 | FIN7 did |\n| T1486 | FIN7 did so |\n\n",
      "\n\n## Mitigations\n\nPatch.\n",
    ],
  ];
  for (const [where, text, before, after] of ends)
    it(`should stand ${where} when no place is said`, () => {
      assert.equal(updated(text), before + marked(text) + after);
      assert.equal(updated(updated(text)), updated(text));
    });

  it("should use the report's line ends", () => {
    const text = updated("FIN7 used T1055.\r\n\r\nMore.\r\n", 3);
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.equal(updated(text), text);
  });

  it("should bring every table up to date, and nothing else", () => {
    const old = "<!-- attack: table -->\n\n| T1190 |\n|---|\n\n<!-- attack: /table -->";
    assert.equal(
      updated(`Before T1055.\n\n${old}\n\nBetween.\n\n${old}\n`),
      `Before T1055.\n\n${marked("Before T1055.")}\n\nBetween.\n\n${marked("Before T1055.")}\n`,
    );
    assert.equal(updated("T1055.\n\n<!-- attack: table -->\n\nEnd.\n"), `T1055.\n\n${marked("T1055.")}\n\nEnd.\n`);
  });

  it("should change nothing the second time, wherever it was inserted and whatever the report", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "FIN7 used T1055.",
        "They dumped LSASS with Mimikatz.",
        "# Naikon",
        "- a list\n- with T1486",
        "| a | b |\n|---|---|\n| T1190 | x |",
        "```\npowershell -enc AAAA\n\nT1105\n```",
        "> quoted T1566",
        "<!-- attack: T1003 -->",
        "<!-- attack: ignore T1055 -->",
        "<div>\nT1021\n</div>",
        "Scheduled tasks kept it alive. <!-- attack: campaign Night Heron -->",
      ),
      fc.constantFrom(...hostileTexts),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pieces, share) => {
          const text = pieces.join("\n\n") + "\n";
          const at = Math.floor(share * text.length);
          const once = updated(text, at);
          assert.equal(updated(once), once);
          // The table proves nothing of itself: with it and without it the report says the same.
          assert.equal(tableOf(once), tableOf(text));
        },
      ),
      { numRuns: 60 },
    );
  });
});
