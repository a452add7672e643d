import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MarkdownMemory, readMarkdown } from "../../../src/report/markdown.ts";
import { finish } from "../../../src/steps.ts";

describe("memory of the last reading", () => {
  const long = "# One\n\nFirst.\n\n# Two\n\nSecond.\n\nThird.\n";
  const versions: readonly (readonly [string, readonly string[]])[] = [
    ["grows", ["# One\n", long]],
    ["shrinks", [long, "# One\n\nFirst.\n"]],
    ["shrinks and grows", [long, "# One\n", `${long}\nFourth.\n`, "# One\n\nFirst.\n", "First.\n"]],
    ["becomes empty", [long, ""]],
  ];
  for (const [what, texts] of versions)
    it(`should hold no older tree when a text ${what}`, () => {
      const memory = new MarkdownMemory();
      for (const text of texts) finish(readMarkdown(text, 0, memory));
      const trees = new Set(memory.fragmentsFor(texts.at(-1) ?? "").map(({ tree }) => tree));
      assert.deepEqual(
        [...trees].map(({ length }) => length),
        [texts.at(-1)?.length],
      );
    });
});
