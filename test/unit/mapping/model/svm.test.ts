import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { abreast, trainSvms, type SparseRows, type SvmProblem } from "../../../../tools/train/svm.ts";

/** Rows as lists of the columns that they have, each of value 1. */
function rowsOf(width: number, lists: readonly (readonly number[])[]): SparseRows {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, row) => {
    starts[row + 1] = (starts[row] ?? 0) + list.length;
  });
  const columns = Int32Array.from(lists.flat());
  return { starts, columns, values: new Float32Array(columns.length).fill(1), rows: lists.length, width };
}

const lists = [[0], [0, 2], [1], [1, 2], [2], [0, 1]];
const rows = rowsOf(3, lists);
const problem = (positive: readonly number[], costs = positive.map(() => 1)): SvmProblem => ({
  positive: Uint8Array.from(positive),
  costs: Float32Array.from(costs),
});
const says = (weights: Float32Array | undefined, row: number): boolean =>
  (lists[row] ?? []).reduce((sum, column) => sum + (weights?.[column] ?? 0), weights?.[3] ?? 0) > 0;

describe("linear machines that are trained side by side", () => {
  const hasFirst = problem([1, 1, 0, 0, 0, 1]);
  const hasSecond = problem([0, 0, 1, 1, 0, 1]);

  it("should each tell its own rows apart", () => {
    const [first, second] = trainSvms(rows, [hasFirst, hasSecond], { epochs: 50, seed: 1 });
    lists.forEach((list, row) => {
      assert.equal(says(first, row), list.includes(0), `row ${row}`);
      assert.equal(says(second, row), list.includes(1), `row ${row}`);
    });
  });

  it("should find the same whoever is trained beside them", () => {
    const alone = trainSvms(rows, [hasSecond], { epochs: 20, seed: 3 })[0];
    const among = trainSvms(rows, [hasFirst, hasSecond, problem([1, 0, 1, 0, 1, 0])], { epochs: 20, seed: 3 })[1];
    assert.deepEqual(among, alone);
  });

  it("should not look at rows that cost nothing", () => {
    const half = [1, 1, 1, 1, 0, 0];
    const one = trainSvms(rows, [problem([1, 1, 0, 0, 0, 1], half)], { epochs: 20, seed: 1 });
    const other = trainSvms(rows, [problem([1, 1, 0, 0, 1, 0], half)], { epochs: 20, seed: 1 });
    assert.deepEqual(one, other);
  });

  it("should be no more than there is room for", () => {
    assert.throws(
      () => trainSvms(rows, Array<SvmProblem>(abreast + 1).fill(hasFirst), { epochs: 1, seed: 1 }),
      /9 machines at a time, at most 8/,
    );
  });
});
