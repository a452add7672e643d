import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { rowsOfColumns } from "../../../src/exports/rows-of-columns.ts";

/** Heights of the parts of each column; rows as "column:parts of each lane", those below each other joined by a slash. */
const cases: readonly (readonly [string, readonly (readonly number[])[], readonly string[]])[] = [
  ["few", [[10], [10, 10], [10]], ["0:1 1:2 2:1"]],
  ["nine of one height", Array.from({ length: 9 }, () => [10]), ["0:1 1:1 2:1 3:1 4:1", "5:1 6:1 7:1 8:1"]],
  ["one alone", [Array.from({ length: 9 }, () => 10)], ["0:3+3+3"]],
  [
    "one that towers above the others",
    [[10, 10], [10, 10], Array.from({ length: 9 }, () => 10), [10, 10]],
    ["0:2 1:2 2:3+3+3 3:2"],
  ],
  [
    "short ones below each other beside a high one that can't be cut",
    [[10], [10], [10], [10], [95], [10], [10], [10], [10, 20]],
    ["0:1/1:1/2:1/3:1 4:1 5:1/6:1/7:1 8:2"],
  ],
];

describe("rows of columns", () => {
  for (const [name, heights, expected] of cases)
    it(`should hold ${name}`, () =>
      assert.deepEqual(
        rowsOfColumns(heights, { most: 7, least: 4, lowest: 25, head: 5 }).map((row) =>
          row
            .map((place) =>
              place.map(({ column, lanes }) => `${column}:${lanes.map(([from, to]) => to - from).join("+")}`).join("/"),
            )
            .join(" "),
        ),
        expected,
      ));

  it("should hold every part of every column once, in order, in rows that are not too long", () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 }), {
          minLength: 1,
          maxLength: 15,
        }),
        (heights) => {
          const rows = rowsOfColumns(heights, { most: 7, least: 4, lowest: 100, head: 40 });
          const columns = rows.flat(2);
          assert.deepEqual(
            columns.map(({ column }) => column),
            heights.map((_, index) => index),
          );
          for (const row of rows) assert.ok(row.reduce((all, [first]) => all + (first?.lanes.length ?? 0), 0) <= 7);
          for (const place of rows.flat())
            assert.ok(place.length === 1 || place.every(({ lanes }) => lanes.length === 1));
          for (const { column, lanes } of columns) {
            let at = 0;
            for (const [from, to] of lanes) {
              assert.ok(from === at && to > from);
              at = to;
            }
            assert.equal(at, heights[column]?.length);
          }
        },
      ),
    ));
});
