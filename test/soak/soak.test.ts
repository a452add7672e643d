import assert from "node:assert/strict";
import { say } from "../editor/suite.ts";
import { inLines, soak } from "./soak.ts";

/** SOAK_EDITS makes it shorter. */
const edits = Number(process.env["SOAK_EDITS"] ?? 10_000);

const progress = (line: string): void => say(`    ${line}`);

describe("soak", () => {
  it(`should bear ${edits} random edits without leak, hang or stale annotation`, async function () {
    this.timeout(0);
    const figures = await soak({ edits, seed: 7, compareEvery: 400, warmUp: Math.min(1000, edits / 2), progress });
    for (const line of inLines(figures)) say(`    ${line}`);
    assert.ok(figures.heapAfter <= figures.heapBefore * 1.1, "the heap grew by more than a tenth");
  });
});
