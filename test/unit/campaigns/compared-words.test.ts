import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { comparisonsIn } from "../../../src/campaigns/compared.ts";
import { headingComparisons } from "../../../src/campaigns/rules/comparisons.ts";
import { parseReport } from "../../../src/report/parse.ts";

describe("what is shared with a recipient", () => {
  // The words, and whether they compare.
  const cases: readonly (readonly [text: string, compared: boolean])[] = [
    ["It shared a snapshot of the database with an external account.", false],
    ["It shares files with people outside.", false],
    ["It shared the bucket with its own AWS account.", false],
    ["A snapshot was taken and shared with an AWS account that nobody knows.", false],
    ["They share the logs with their organisers.", false],
    ["It was copied to the ADMIN$ shares from one host and launched with PsExec.", false],
    ["It looks for shares with SharpShares.", false],
    ["The notebook was shared with the whole company.", false],
    ["Sharing the link with everyone, they left.", false],
    ["It shares two servers with FIN7.", true],
    ["It shares files with FIN7.", true],
    ["They shared code with others.", true],
    ["Its tools coincide in part with those of FIN7.", true],
  ];
  for (const [text, compared] of cases)
    it(`${compared ? "compares" : "tells"}: ${text}`, () => {
      const [block] = parseReport(text, { path: "x.md" }).blocks;
      assert.ok(block);
      assert.equal(comparisonsIn(block).length > 0, compared);
    });
});

describe("headings that deny, ask or liken", () => {
  /** The reasons for which the name between angle brackets is only compared. */
  const reasonsIn = (heading: string): readonly string[] => {
    const [block] = parseReport(`# ${heading.replace(/[<>]/g, "")}\n`, { path: "x.md" }).blocks;
    const at = heading.indexOf("<");
    return (block ? comparisonsIn(block) : [])
      .filter(({ textStart, textEnd }) => textStart <= at && at < textEnd)
      .map(({ reason }) => reason.replace(/ \(.*$/u, ""));
  };
  for (const { reason, examples, told } of headingComparisons) {
    for (const example of examples)
      it(`${reason}: ${example}`, () => {
        assert.ok(reasonsIn(example).includes(reason));
      });
    for (const heading of told)
      it(`not ${reason}: ${heading}`, () => {
        assert.deepEqual(reasonsIn(heading), []);
      });
  }
});
