import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { smallBundle } from "../../harness/release-server.ts";

const program = join(import.meta.dirname, "..", "..", "..", "dist", "cli.js");

describe("attack-scribe migrate", function () {
  this.timeout(30_000);
  let directory: string;
  const run = (args: readonly string[], input = ""): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      input,
      encoding: "utf8",
      cwd: directory,
    });
    return { code: status, out: stdout, err: stderr };
  };
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "attack-scribe-migrate-"));
    const facts = (name: string, bundle: object): void => {
      mkdirSync(join(directory, name), { recursive: true });
      writeFileSync(join(directory, `${name}.json`), JSON.stringify(bundle));
      assert.equal(run(["data", "build", `${name}.json`, "--out", `${name}/attack`]).code, 0);
    };
    facts("old", smallBundle({ version: "98.0", techniques: [["T1190", "Old Name"]] }));
    facts(
      "new",
      smallBundle({
        techniques: [
          ["T1190", "New Name"],
          ["T2001", "Young"],
          ["T1055", "Old"],
        ],
        revoked: { T1055: "T2001" },
      }),
    );
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("should say what it would change, and change nothing", () => {
    writeFileSync(join(directory, "r.md"), "Old Name (T1190)\n\nT1055, T1486\n");
    const { code, out, err } = run(["migrate", "r.md", "--to", "new", "--from", "old"]);
    assert.deepEqual([code, err], [1, ""]);
    assert.equal(
      out,
      [
        "r.md:1: write New Name: ATT&CK 99.1 calls T1190 New Name",
        "r.md:3: write T2001: T1055 Old was replaced by T2001 Young",
        "r.md:3: by hand: T1486 Data Encrypted for Impact is not in ATT&CK 99.1",
        "",
      ].join("\n"),
    );
    assert.equal(readFileSync(join(directory, "r.md"), "utf8"), "Old Name (T1190)\n\nT1055, T1486\n");
  });

  it("should write the changes, after which none are left", () => {
    writeFileSync(join(directory, "w.md"), "Old Name (T1190)\r\n\r\nT1055\r\n");
    const args = ["migrate", "w.md", "--to", "new", "--from", "old"];
    const { code, err } = run([...args, "--write"]);
    assert.deepEqual([code, err], [0, "attack-scribe: w.md: 2 changed\n"]);
    assert.equal(readFileSync(join(directory, "w.md"), "utf8"), "New Name (T1190)\r\n\r\nT2001\r\n");
    assert.deepEqual(run(args), { code: 0, out: "", err: "" });
  });

  it("should go by the facts that ship where no others are named, and print JSON", () => {
    const { out } = run(["migrate", "-", "--format", "json"], "PowerShell (T1086)\n");
    const { reports } = JSON.parse(out) as { reports: { path: string; edits: { start: number; text: string }[] }[] };
    assert.deepEqual(
      reports.map(({ path, edits }) => [path, ...edits.map(({ start, text }) => `${start} ${text}`)]),
      [["stdin.md", "12 T1059.001"]],
    );
  });

  for (const [args, code, said] of [
    [["migrate", "-", "--write"], 2, /--write needs a file/],
    [["migrate", "gone.md"], 1, /gone\.md: no such file/],
    [["migrate", "r.md", "--to", "nowhere"], 1, /nowhere/],
  ] as const)
    it(`should refuse ${args.join(" ")}`, () => {
      const ran = run(args);
      assert.equal(ran.code, code);
      assert.match(ran.err, said);
      assert.equal(ran.err.trimEnd().split("\n").length, 1);
    });
});
