import assert from "node:assert/strict";
import {
  deedTitles,
  isDeedTitle,
  isGuidance,
  isGuidanceTitle,
  noDeed,
  noDeedRules,
} from "../../../src/mapping/rules/no-deed.ts";
import { parseReport } from "../../../src/report/parse.ts";

/** The sentence without its marks, and where the cue stands in it. */
function marked(text: string): readonly [sentence: string, cue: number] {
  return [text.replace(/[«»]/g, ""), text.indexOf("«")];
}

describe("sentences that tell of no deed", () => {
  for (const rule of noDeedRules) {
    for (const example of rule.examples) {
      it(`${rule.reason}: ${example}`, () => {
        assert.equal(noDeed(...marked(example))?.reason, rule.reason);
      });
    }
    for (const deed of rule.deeds) {
      it(`not ${rule.reason}: ${deed}`, () => {
        assert.equal(noDeed(...marked(deed)), undefined);
      });
    }
  }
});

describe("titles of sections", () => {
  for (const { examples, guidance } of deedTitles) {
    for (const title of examples)
      it(`tells deeds: ${title}`, () => {
        assert.equal(isGuidanceTitle(title), false);
        assert.ok(isDeedTitle(title));
      });
    for (const title of guidance)
      it(`tells none: ${title}`, () => {
        assert.ok(!isDeedTitle(title));
      });
  }
});

describe("titles of what is still to be done", () => {
  for (const title of [
    "todo",
    "To-do list",
    "4. Next steps",
    "Our next steps",
    "Open questions",
    "Not seen",
    "our actions",
  ])
    it(`tells none: ${title}`, () => {
      assert.ok(isGuidanceTitle(title));
    });
  for (const title of [
    "Next steps of the intruders",
    "Next steps: lateral movement",
    "Opening the door",
    "Not seen for two years: the loader",
    "Actions on objectives",
    "The response to commands",
  ])
    it(`may tell deeds: ${title}`, () => {
      assert.ok(!isGuidanceTitle(title));
    });
});

describe("tasks", () => {
  const rows: readonly (readonly [item: string, guidance: boolean])[] = [
    ["- [ ] scan for web shells on all iis", true],
    ["1. [ ] check the scheduled tasks", true],
    ["- [x] web shell on EX02 deleted", false],
    ["- [] web shell on EX02", false],
    ["- the web shell on EX02", false],
  ];
  for (const [item, guidance] of rows)
    it(`${guidance ? "open" : "not open"}: ${item}`, () => {
      const report = parseReport(item, { path: "report.md" });
      assert.deepEqual(
        report.blocks.map((block) => isGuidance(report, block)),
        [guidance],
      );
    });
});
