import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, it } from "mocha";
import { toCsv } from "../../../src/exports/csv.ts";
import { renderText, twoGroups } from "./reports.ts";

const head =
  "Campaign,Type,ATT&CK ids of the campaign,Part of,Domain,Tactics,Technique,Name,Evidence is,Confidence,Line,Dates,Order,Evidence,ATT&CK page\r\n";

/** Fields, and how they are written. */
const fields: readonly (readonly [string | number, string])[] = [
  ["plain", "plain"],
  ["", ""],
  ["a, b", '"a, b"'],
  ['say "x"', '"say ""x"""'],
  ["two\nlines", '"two\nlines"'],
  ["=cmd()", "'=cmd()"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@x", "'@x"],
  ["  =1", "'  =1"],
  ["\t=1", "'\t=1"],
  ["=1,2", '"\'=1,2"'],
  [-1, "-1"],
  [0.85, "0.85"],
  ["bell \u0007", "bell \ufffd"],
  ["\ud800", "\ufffd"],
];

describe("CSV", () => {
  for (const [value, expected] of fields)
    it(`should write ${JSON.stringify(value)} as ${JSON.stringify(expected)}`, () =>
      assert.equal(toCsv([[value, 1]]), `${expected},1\r\n`));

  it("should say when it was, and in which order, where the text does", async () => {
    const rows = parse(
      await renderText(
        "csv",
        "First, FIN7 used T1486 in May 2024.\n\nThen FIN7 used T1490.\n\nFinally FIN7 used T1055.\n",
      ),
      { columns: true },
    ) as readonly Readonly<Record<string, string>>[];
    assert.deepEqual(
      rows.map(({ Technique, Dates, Order }) => [Technique, Dates, Order]),
      [
        ["T1055", "", "last"],
        ["T1486", "2024-05", "first"],
        ["T1490", "", "then"],
      ],
    );
  });

  it("should have one row a piece of evidence", async () => {
    assert.equal(
      await renderText("csv", "FIN7 used T1486.\n\nAgain, FIN7 used T1486.\n"),
      `${head}FIN7,group,G0046,,enterprise-attack,Impact,T1486,Data Encrypted for Impact,stated,1,1,,,FIN7 used T1486.,https://attack.mitre.org/techniques/T1486\r\nFIN7,group,G0046,,enterprise-attack,Impact,T1486,Data Encrypted for Impact,stated,1,3,,,"Again, FIN7 used T1486.",https://attack.mitre.org/techniques/T1486\r\n`,
    );
  });

  it("should list techniques in the order of the matrix's tactics, then by id", async () => {
    const csv = await renderText("csv", "FIN7 used T1486, T1059.003, T1485, T1566.001, T1071.001 and T1059.001.\n");
    assert.deepEqual(
      parse<{ Technique: string }>(csv, { columns: true }).map(({ Technique }) => Technique),
      ["T1566.001", "T1059.001", "T1059.003", "T1071.001", "T1485", "T1486"],
    );
  });

  it("should hold the campaigns that are asked for alone", async () => {
    const names = (csv: string): readonly unknown[] => [
      ...new Set(parse<{ Campaign: string }>(csv, { columns: true }).map(({ Campaign }) => Campaign)),
    ];
    assert.deepEqual(names(await renderText("csv", twoGroups)), ["Naikon", "FIN7"]);
    assert.deepEqual(names(await renderText("csv", twoGroups, { campaigns: ["fin7"] })), ["FIN7"]);
  });

  it("should be read again as it was written, without a formula, whatever it is", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("=", "+", "-", "@", ",", '"', "'", "\r", "\n", "\t", " ", "a") }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        const width = rows[0]?.length ?? 0;
        const even = rows.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? ""));
        const read = parse(toCsv(even), { record_delimiter: "\r\n" });
        assert.equal(read.length, even.length);
        read.forEach((row, at) =>
          row.forEach((value, column) => {
            assert.ok(!/^\s*[=+\-@]/.test(value), JSON.stringify(value));
            const given = even[at]?.[column] ?? "";
            const clean = value.startsWith("'") && !given.startsWith("'") ? value.slice(1) : value;
            assert.equal(clean.length, given.length);
          }),
        );
      }),
    );
  });
});
