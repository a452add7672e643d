import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const open = "<!-- attack: table -->";
const close = "<!-- attack: /table -->";

/** A report, how many tables it has, what it mentions, and what is wrong with it. */
const reports: readonly (readonly [string, string, number, readonly string[], readonly RegExp[]])[] = [
  [
    "a table",
    `T1055.\n\n${open}\n\n| T1190 |\n|---|\n| Mimikatz, CVE-2021-44228 |\n\n${close}\n\nT1486.\n`,
    1,
    ["T1055", "T1486"],
    [],
  ],
  ["headings in a table", `${open}\n\n# FIN7\n\n${close}\n\nT1055.\n`, 1, ["T1055"], []],
  ["directives in a table", `${open}\n\n<!-- attack: T1190 -->\n\n${close}\n\nT1055.\n`, 1, ["T1055"], []],
  ["an indented comment and odd spacing", `  <!--attack:table-->\n\nT1190\n\n<!--  ATTACK : /table  -->\n`, 1, [], []],
  ["CRLF", `T1055.\r\n\r\n${open}\r\n\r\nT1190\r\n\r\n${close}\r\n`, 1, ["T1055"], []],
  ["two tables", `${open}\n\nT1190\n\n${close}\n\nT1055.\n\n${open}\n\nT1486\n\n${close}\n`, 2, ["T1055"], []],
  ["no end", `${open}\n\nT1055.\n`, 1, ["T1055"], [/has no <!-- attack: \/table -->/]],
  ["no end before the next", `${open}\n\nT1055.\n\n${open}\n\nT1190\n\n${close}\n`, 2, ["T1055"], [/has no/]],
  ["no beginning", `T1055.\n\n${close}\n`, 0, ["T1055"], [/closes no table/]],
  ["a comment in a line of text", `Here ${open} T1055.\n\nMore.\n`, 0, ["T1055"], [/can't make sense/]],
  ["a comment in code", `\`\`\`\n${open}\n\`\`\`\n\nT1055.\n`, 0, ["T1055"], []],
];

describe("technique tables in a report", () => {
  for (const [name, text, tables, mentions, problems] of reports) {
    it(`should be understood: ${name}`, () => {
      const report = parseReport(text, { path: "x.md" });
      assert.equal(report.tables.length, tables);
      assert.deepEqual(
        analyse(report, catalogue).mentions.map(({ object }) => object.id),
        mentions,
      );
      assert.equal(report.problems.length, problems.length, JSON.stringify(report.problems));
      problems.forEach((expected, index) => assert.match(report.problems[index]?.message ?? "", expected));
    });
  }

  it("should say what stands between the comments", () => {
    const text = `A.\n\n${open}\nB.\n${close}\n`;
    const [table] = parseReport(text, { path: "x.md" }).tables;
    assert.ok(table);
    assert.equal(text.slice(table.start, table.end), `${open}\nB.\n${close}`);
    assert.equal(text.slice(table.inner.start, table.inner.end), "\nB.\n");
  });
});
