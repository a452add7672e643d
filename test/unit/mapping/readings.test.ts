import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isCurrent } from "../../../src/attack/catalogue.ts";
import { parseReadings, readingsText } from "../../../tools/train/readings.ts";
import { catalogue } from "../catalogue.ts";

const current = new Set(
  catalogue
    .objects("technique")
    .filter(isCurrent)
    .map(({ id }) => id),
);

describe("what was read in the annotated reports", () => {
  it("should be taken line by line, report after report", () => {
    const text = ["# a remark", "0\t10\t25\tT1059.001,T1102", "2\t0\t7\tT1486", "0\t30\t41\tT1486", ""].join("\n");
    assert.deepEqual(
      [...parseReadings(text, current)],
      [
        [
          0,
          [
            { start: 10, end: 25, technique: "T1059.001" },
            { start: 10, end: 25, technique: "T1102" },
            { start: 30, end: 41, technique: "T1486" },
          ],
        ],
        [2, [{ start: 0, end: 7, technique: "T1486" }]],
      ],
    );
  });

  const faults: readonly (readonly [what: string, line: string, message: RegExp])[] = [
    ["an unknown technique", "0\t1\t2\tT1486,T9999", /line 2: no such technique: T9999/],
    ["an empty place", "0\t5\t5\tT1486", /line 2: not “report, start, end, techniques” between tabs/],
    ["a sentence", "0\t5\t9\tThey encrypt files.", /line 2: not “report, start, end, techniques” between tabs/],
    ["too few tabs", "0\t5\tT1486", /line 2: not “report, start, end, techniques” between tabs/],
  ];
  for (const [what, line, message] of faults)
    it(`should refuse ${what}`, () => {
      assert.throws(() => parseReadings(`#\n${line}`, current), message);
    });

  it("should be without fault in the file, in the order of the reports and their sentences", () => {
    const found = parseReadings(readingsText(), current);
    const reports = [...found.keys()];
    assert.ok(reports.length > 0);
    assert.deepEqual(
      reports,
      reports.toSorted((a, b) => a - b),
    );
    for (const marks of found.values())
      assert.deepEqual(
        marks.map(({ start }) => start),
        marks.map(({ start }) => start).toSorted((a, b) => a - b),
      );
  });
});
