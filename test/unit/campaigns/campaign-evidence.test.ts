import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { mergeReports } from "../../../src/campaigns/merge-reports.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** A report, and the lines of its evidence for T1190 as they are quoted. */
const cases: readonly (readonly [name: string, text: string, lines: readonly number[]])[] = [
  ["one after the other", "FIN7 used T1190.\n\nThen FIN7 used T1190 again.", [1, 3]],
  ["a title behind prose", "# FIN7 and T1190\n\nFIN7 used T1190.", [3, 1]],
  ["headings behind prose", "FIN7 was here.\n\n## Access: T1190\n\nFIN7 used T1190.\n\n## T1190\n\nIt did.", [5, 3, 7]],
  ["a heading alone", "# FIN7\n\n## T1190\n\nThey came in.", [3]],
  [
    "a sentence that begins with a contrast behind the others",
    "Unlike APT28, whose campaign relied on mails, FIN7 used T1190.\n\nFIN7 used T1190 on two servers.",
    [3, 1],
  ],
  [
    "a sentence that is mostly a comparison behind the others",
    "FIN7 used T1190, similar to what APT28 did in the campaign of 2023 against ministries.\n\nFIN7 used T1190 twice.",
    [3, 1],
  ],
  [
    "a sentence with a short comparison in its place",
    "On two of the servers in the cellar of the town hall FIN7 used T1190, unlike APT28.\n\nFIN7 used T1190 twice.",
    [1, 3],
  ],
  [
    "headings and contrasts in their order",
    "# T1190 of FIN7\n\nUnlike APT28, FIN7 used T1190.\n\nFIN7 used T1190.",
    [5, 1, 3],
  ],
];

const analysisOf = (text: string, path = "x.md"): ReturnType<typeof analyse> =>
  analyse(parseReport(text, { path }), catalogue);

describe("the evidence of a technique", () => {
  for (const [name, text, lines] of cases)
    it(`should quote ${name}`, () =>
      assert.deepEqual(
        analysisOf(text)
          .campaigns.find(({ attackIds }) => attackIds.includes("G0046"))
          ?.techniques.find(({ id }) => id === "T1190")
          ?.evidence.map(({ line }) => line),
        lines,
      ));

  it("should quote prose of any report before headings of another", () => {
    const told = mergeReports([
      analysisOf("# FIN7\n\n## T1190\n\nThey came in.", "a.md"),
      analysisOf("FIN7 used T1190.", "b.md"),
    ]);
    assert.deepEqual(
      told.campaigns[0]?.techniques[0]?.evidence.map(({ report }) => report),
      ["b.md", "a.md"],
    );
  });

  it("should be dated by a day whose year only the report tells", () => {
    const datesOf = (text: string): unknown =>
      analysisOf(text).campaigns[0]?.techniques[0]?.evidence.map(({ dates }) => dates);
    assert.deepEqual(datesOf("# FIN7 in May 2025\n\nOn 4 June FIN7 used T1190."), [["2025-06-04"]]);
    assert.deepEqual(datesOf("# FIN7\n\nOn 4 June FIN7 used T1190."), [undefined]);
  });
});
