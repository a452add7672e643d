import assert from "node:assert/strict";
import { soak } from "../soak/soak.ts";

describe("random edits", () => {
  it("should leave nothing stale and hang nowhere", async function () {
    this.timeout(240_000);
    const { comparisons, edits } = await soak({ edits: 300, seed: 11, compareEvery: 100, warmUp: 100 });
    assert.equal(edits, 300);
    assert.ok(comparisons >= 3);
  });
});
