import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { matchesOf } from "../../../src/report/matches.ts";
import { wordsOf } from "../../../src/report/text-words.ts";

describe("words of a text", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["They dumped LSASS.", ["they", "dumped", "lsass"]],
    ["naïve-Café 2019", ["naïve", "café", "2019"]],
    ["“Ünder” — the über-group’s", ["ünder", "the", "über", "group", "s"]],
    ["東京 T1055.001", ["東京", "t1055", "001"]],
    ["😀a𝒳b", ["a𝒳b"]],
  ];
  for (const [text, expected] of rows)
    it(`should be ${expected.join(", ") || "none"} for ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        wordsOf(text).map(({ lower }) => lower),
        expected,
      );
    });

  it("should be the runs of letters and digits that an expression finds, in any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 700 })), (text) => {
        assert.deepEqual(
          wordsOf(text).map(({ start, end }) => [start, end]),
          [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => [match.index, match.index + match[0].length]),
        );
      }),
    );
  });

  it("should stand for a run of hundreds of letters by its beginning", () => {
    assert.deepEqual(wordsOf("x".repeat(1_234)), [{ start: 0, end: 1_234, lower: "x".repeat(100) }]);
  });
});

describe("matches of a pattern", () => {
  it("should be those of matchAll, for any text, empty ones too", () => {
    const patterns = [/a/g, /\p{L}+/gu, /b*/g, /(?<!a)b/g, /$/gu];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b", " ", "ü", "😀")),
        fc.constantFrom(...patterns),
        (parts, pattern) => {
          const text = parts.join("");
          assert.deepEqual(
            matchesOf(text, pattern).map((match) => [match.index, match[0]]),
            [...text.matchAll(pattern)].map((match) => [match.index, match[0]]),
          );
        },
      ),
    );
  });
});
