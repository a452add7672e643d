import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { comparisonsIn } from "../../../src/campaigns/compared.ts";
import { comparisons, headingComparisons } from "../../../src/campaigns/rules/comparisons.ts";
import { matchesOf } from "../../../src/report/matches.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { wordsOf } from "../../../src/report/text-words.ts";
import { gated } from "../../../src/report/word-gate.ts";

describe("words of comparisons", () => {
  it("should stand in all that their patterns match", () => {
    const fixtures = join(import.meta.dirname, "..", "..", "fixtures", "reports");
    const files = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
    let count = 0;
    for (const file of files) {
      const report = parseReport(readFileSync(join(fixtures, file), "utf8"), { path: file });
      for (const { text } of report.blocks) {
        const found = new Set(wordsOf(text).map(({ lower }) => lower));
        for (const { pattern, words } of comparisons)
          for (const match of matchesOf(text, pattern)) {
            count += 1;
            assert.ok(
              words.split(" ").some((word) => found.has(word)),
              `${file}: “${match[0]}” has none of “${words}”`,
            );
          }
      }
    }
    assert.ok(count > 50, `${count} comparisons in the fixture reports`);
  });

  // What a pattern spells out in full is a word of its row.
  const rows: readonly (readonly [string, string])[] = [
    ["Much like Hafnium, they", "compared with"],
    ["It resembles that of Hafnium", "compared with"],
    ["It is reminiscent of Hafnium", "compared with"],
    ["Unlike others", "contrasted with"],
    ["as seen in the attacks", "compared with"],
    ["revealed in the recent attacks", "recalled"],
    ["tools such as Mimikatz", "an example of others"],
    ["the same tools as before", "said to share something"],
    ["no links to them", "denied"],
    ["nothing in common with Turla", "denied"],
    ["possible links to them", "said to be linked"],
    ["it overlaps with others", "said to overlap"],
    ["they shared code with others", "said to overlap"],
    ["earlier linked", "recalled"],
    ["Years ago, They", "recalled"],
    ["Mimicking Hafnium, they", "compared with"],
    ["Readers may recall it", "recalled"],
    ["a podcast about it", "cited from others"],
    ["modelled on it", "recalled"],
    ["not to be confused with it", "kept apart"],
  ];
  const open = gated(comparisons, ({ words }) => words.split(" "));
  for (const [text, reason] of rows)
    it(`should open a row “${reason}” for “${text}”`, () => {
      const [block] = parseReport(text, { path: "x.md" }).blocks;
      assert.ok(block);
      assert.ok(open(block).some((row) => row.reason === reason && matchesOf(text, row.pattern).length > 0));
    });
});

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
  ];
  for (const [text, compared] of cases)
    it(`${compared ? "compares" : "tells"}: ${text}`, () => {
      const [block] = parseReport(text, { path: "x.md" }).blocks;
      assert.ok(block);
      assert.equal(comparisonsIn(block).length > 0, compared);
    });
});

describe("a table opened by words", () => {
  it("should give the rows of the words that a block has, in the table's order", () => {
    const open = gated(["one two", "three", "two"], (row) => row.split(" "));
    const rowsOf = (text: string): readonly string[] => {
      const [block] = parseReport(text, { path: "x.md" }).blocks;
      return block ? open(block) : [];
    };
    assert.deepEqual(rowsOf("Two."), ["one two", "two"]);
    assert.deepEqual(rowsOf("three two"), ["one two", "three", "two"]);
    assert.deepEqual(rowsOf("threes"), []);
  });

  it("should give all rows of a table that came after the block was read", () => {
    const [block] = parseReport("four", { path: "x.md" }).blocks;
    assert.ok(block);
    gated(["four"], (row) => [row])(block);
    assert.deepEqual(gated(["five", "six"], (row) => [row])(block), ["five", "six"]);
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
