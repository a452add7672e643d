import assert from "node:assert/strict";
import { deedTitles, isDeedTitle, isGuidanceTitle, noDeed, noDeedRules } from "../../../src/mapping/rules/no-deed.ts";

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
