import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, it } from "mocha";
import { writeWhole } from "../../../src/cli/write-whole.ts";

describe("writing a file whole", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "whole-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("should write text and bytes, and leave nothing beside them", () => {
    writeWhole(join(folder, "a"), "Füchse");
    writeWhole(join(folder, "b"), new Uint8Array([1, 2, 3]));
    assert.equal(readFileSync(join(folder, "a"), "utf8"), "Füchse");
    assert.deepEqual([...readFileSync(join(folder, "b"))], [1, 2, 3]);
    assert.deepEqual(readdirSync(folder).sort(), ["a", "b"]);
  });

  it("should keep a link and who may read the file", function () {
    if (process.platform === "win32") this.skip();
    writeFileSync(join(folder, "a"), "old");
    chmodSync(join(folder, "a"), 0o600);
    symlinkSync(join(folder, "a"), join(folder, "link"));
    writeWhole(join(folder, "link"), "new");
    assert.equal(readFileSync(join(folder, "a"), "utf8"), "new");
    assert.equal(statSync(join(folder, "a")).mode & 0o777, 0o600);
  });

  it("should leave the old file whole where the new one has no room", function () {
    if (process.platform === "win32") this.skip();
    const path = join(folder, "a");
    writeFileSync(path, "old");
    const module = pathToFileURL(join(import.meta.dirname, "..", "..", "..", "src", "cli", "write-whole.ts")).href;
    const script = `const { writeWhole } = await import(${JSON.stringify(module)}); writeWhole(${JSON.stringify(path)}, "x".repeat(1e6));`;
    // A limit on the size of files cuts writes short as a full disk does.
    const { status } = spawnSync(
      "sh",
      ["-c", 'ulimit -f 8 && exec "$0" --import=tsx --input-type=module -e "$1"', process.execPath, script],
      { cwd: join(import.meta.dirname, "..", "..", ".."), env: { ...process.env, TSX_DISABLE_CACHE: "1" } },
    );
    assert.notEqual(status, 0);
    assert.equal(readFileSync(path, "utf8"), "old");
  }).timeout(30_000);
});
