import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { lineAt, sentenceRange, toSource, type Report } from "../../../src/report/report.ts";
import { catalogue } from "../catalogue.ts";
import { piece } from "./pieces.ts";

const markdown = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
);
const parse = (text: string): Report => parseReport(text, { path: "x.md" });

describe("any report", () => {
  it("should be read without an error, with blocks and sentences in order and in range", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const { blocks, sections } = parse(text);
        let end = 0;
        for (const block of blocks) {
          assert.ok(
            block.start >= end && block.end >= block.start && block.end <= text.length,
            `block ${block.start}-${block.end} after ${end}`,
          );
          end = block.end;
          assert.ok(sections[block.section]);
          let textEnd = 0;
          for (const sentence of block.sentences) {
            assert.ok(
              sentence.textStart >= textEnd &&
                sentence.textEnd > sentence.textStart &&
                sentence.textEnd <= block.text.length,
            );
            const { start, end: sentenceEnd } = sentenceRange(block, sentence);
            assert.ok(
              start >= block.start && sentenceEnd <= block.end && start <= sentenceEnd,
              "sentence in its block",
            );
            textEnd = sentence.textEnd;
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("should give back its source at every offset of every block's text", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        // Entities are decoded, so they alone may differ; they are left out here.
        const source = text.replaceAll("&", "+");
        for (const block of parse(source).blocks) {
          for (let at = 0; at < block.text.length; at += 1) {
            const there = source[toSource(block, at)];
            const here = block.text[at];
            assert.ok(
              there === here || (here === "\n" && there !== undefined),
              `${JSON.stringify(here)} is ${JSON.stringify(there)} in ${JSON.stringify(source)}`,
            );
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("should have mentions whose text stands between their offsets, on their line", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const report = parse(text);
        for (const mention of analyse(report, catalogue).mentions) {
          assert.equal(text.slice(mention.start, mention.end), mention.text);
          if (!mention.why.includes("in a comment")) assert.equal(mention.line, lineAt(report, mention.start));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("should keep its mentions, moved, when blank lines are put before it", () => {
    const prose = fc.array(
      fc.constantFrom(
        "The group used Mimikatz (T1003.001).",
        "# Naikon\n",
        "- T1059/001 and Cobalt Strike",
        "They exploited ProxyLogon.",
        "| ID |\n|---|\n| T1190 |",
        "`net user` was run.",
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(prose, fc.integer({ min: 1, max: 4 }), (paragraphs, blank) => {
        const text = paragraphs.join("\n\n");
        const of = (source: string): readonly unknown[] =>
          analyse(parse(source), catalogue).mentions.map(({ start, line, text: words, object, campaigns }) => [
            start,
            line,
            words,
            object.id,
            campaigns,
          ]);
        const moved = analyse(parse("\n".repeat(blank) + text), catalogue).mentions.map(
          ({ start, line, text: words, object, campaigns }) => [
            start - blank,
            line - blank,
            words,
            object.id,
            campaigns,
          ],
        );
        assert.deepEqual(moved, of(text));
      }),
      { numRuns: 60 },
    );
  });

  it("should have the same words with CRLF as with LF", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const lf = pieces.join("").replaceAll("\r\n", "\n").replaceAll("\r", "");
        const words = (source: string): readonly unknown[] =>
          parse(source).blocks.map(({ kind, text }) => [kind, text]);
        assert.deepEqual(words(lf.replaceAll("\n", "\r\n")), words(lf));
      }),
      { numRuns: 200 },
    );
  });
});

/** Hostile reports, and how long they may take: seconds where a squared algorithm would take hours. */
const hostile: readonly (readonly [string, () => string])[] = [
  ["nothing", () => ""],
  ["100,000 brackets", () => "[".repeat(100_000)],
  ["100,000 brackets on lines", () => "[\n".repeat(100_000)],
  ["100,000 stars", () => "*a ".repeat(100_000)],
  ["10,000 quotes in each other", () => `${"> ".repeat(10_000)}text`],
  [
    "10,000 lists in each other",
    () => Array.from({ length: 2_000 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n"),
  ],
  ["backticks", () => "`".repeat(50_000)],
  ["angle brackets", () => "<a ".repeat(50_000)],
  ["open comments", () => "<!-- ".repeat(20_000)],
  ["one line of words", () => "used Mimikatz to dump ".repeat(50_000)],
  ["one line without a space", () => "a".repeat(5_000_000)],
  ["a long row of capitals", () => "Similar To The ".repeat(20_000)],
];

describe("a hostile report", () => {
  for (const [name, make] of hostile) {
    it(`should be done with in seconds: ${name}`, function () {
      this.timeout(20_000);
      assert.equal(analyse(parse(make()), catalogue).schema, 1);
    });
  }
});
