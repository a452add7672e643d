import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { table, type Style } from "../../../src/cli/table.ts";

const same = (text: string): string => text;
const style = (width: number): Style => ({ bold: same, dim: same, warn: same, width });

const long = "a name of thirty characters ...";

/** Columns of the terminal, rows, lines. */
const cases: readonly (readonly [number, readonly (readonly string[])[], readonly string[]])[] = [
  [
    40,
    [
      ["a", "bb", "c"],
      ["aa", "b", "cc"],
    ],
    ["a   bb  c", "aa  b   cc"],
  ],
  // Where nobody watches, nothing is cut.
  [Infinity, [["a", long, long]], [`a  ${long}  ${long}`]],
  [20, [["a", "0123456789", "0123456789"]], ["a  0123456789  0123…"]],
  // A long cell leaves room for the last column.
  [
    40,
    [
      ["a", long, "initial-access"],
      ["b", "c", "impact"],
    ],
    ["a  a name of thirty cha…  initial-access", "b  c                      impact"],
  ],
];

describe("tables in a terminal", () => {
  for (const [width, rows, lines] of cases)
    it(`should fit ${JSON.stringify(rows)} into ${width} columns`, () =>
      assert.deepEqual(table(rows, style(width), "").split("\n"), lines));
});
