import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { noUse, noUseRules } from "../../../src/mapping/rules/no-use.ts";

/** What the words say of the last name between « and ». */
function reasonOf(marked: string): string | undefined {
  const start = marked.lastIndexOf("«");
  const before = marked.slice(0, start).replace(/[«»]/g, "");
  const name = marked.slice(start + 1, marked.indexOf("»", start));
  const sentence = `${before}${marked.slice(start).replace(/[«»]/g, "")}`;
  return noUse(sentence, before.length, before.length + name.length);
}

describe("software that nobody is said to have used", () => {
  for (const { reason, examples, uses } of noUseRules) {
    for (const example of examples)
      it(`${reason}: ${example}`, () => {
        assert.equal(reasonOf(example), reason);
      });
    for (const use of uses)
      it(`not ${reason}: ${use}`, () => {
        assert.equal(reasonOf(use), undefined);
      });
  }
});
