import assert from "node:assert/strict";
import { noDeed, noDeedRules } from "../../../src/mapping/rules/no-deed.ts";

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
