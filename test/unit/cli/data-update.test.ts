import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { indexOf, json, serve, smallBundle, type SmallBundle, type TestServer } from "../../harness/release-server.ts";

const program = join(import.meta.dirname, "..", "..", "..", "dist", "cli.js");

/** As many techniques as a version newer than the one that ships must have to be believed. */
const many: NonNullable<SmallBundle["techniques"]> = Array.from(
  { length: 700 },
  (_, at) => [`T${1000 + at}`, `Name ${at}`] as const,
);

describe("attack-scribe data update", function () {
  this.timeout(60_000);
  let server: TestServer;
  let directory: string;
  const run = (...args: readonly string[]): Promise<{ code: unknown; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [program, ...args], { cwd: directory }, (error, out, err) =>
        resolve({ code: error ? error.code : 0, out, err }),
      );
    });

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "attack-scribe-update-"));
    server = await serve(() => ({
      "/index.json": json(
        indexOf([
          ["Enterprise", "99.1", "enterprise-attack-99.1.json"],
          ["Enterprise", "9.0", "enterprise-attack-9.0.json"],
          ["Mobile", "99.1", "mobile-attack-99.1.json"],
        ]),
      ),
      "/enterprise-attack-99.1.json": json(smallBundle({ techniques: many })),
      "/enterprise-attack-9.0.json": json(smallBundle({ version: "9.0" })),
      "/mobile-attack-99.1.json": (response) => response.writeHead(503).end(),
      "/stalled/index.json": json(indexOf([["Enterprise", "99.1", "enterprise-attack-99.1.json"]])),
      "/stalled/enterprise-attack-99.1.json": (response) => response.writeHead(200).write('{"type": "bundle"'),
      "/slow/index.json": () => undefined,
    }));
  });
  after(async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("should fetch facts that can be worked with", async () => {
    const args = ["--domain", "enterprise-attack", "data", "update", "--url", server.base, "--out", "new/attack"];
    const { code, out, err } = await run(...args);
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /enterprise-attack\.json: Matrix of enterprise-attack 99\.1, 700 techniques, 1 tactics, /);
    const info = await run("--data", "new", "data", "info", "--format", "json");
    const [domain] = (JSON.parse(info.out) as { domains: { version: string; source: { sha256: string } }[] }).domains;
    assert.equal(domain?.version, "99.1");
    assert.match(domain.source.sha256, /^[0-9a-f]{64}$/);
  });

  it("should fetch an older version", async () => {
    const args = ["data", "update", "--url", `${server.base}/index.json`, "--out", "old", "--attack-version", "9.0"];
    assert.equal((await run(...args)).code, 0);
    assert.deepEqual(readdirSync(join(directory, "old")), ["enterprise-attack.json"]);
    assert.match(readFileSync(join(directory, "old", "enterprise-attack.json"), "utf8"), /"version": "9\.0"/);
  });

  it("should leave nothing behind when it is killed in the middle", async () => {
    const child = execFile(
      process.execPath,
      [program, "data", "update", "--url", `${server.base}/stalled`, "--out", "dead"],
      {
        cwd: directory,
      },
    );
    const ended = new Promise<unknown>((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
    while (!server.asked.includes("/stalled/enterprise-attack-99.1.json"))
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGKILL");
    assert.equal(await ended, "SIGKILL");
    assert.ok(!existsSync(join(directory, "dead")));
  });

  const failures: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    [
      "one bundle is missing",
      ["--url", "BASE"],
      1,
      /mobile-attack-99\.1\.json: the server answered 503 .*; nothing was/,
    ],
    ["there is no such version", ["--url", "BASE", "--attack-version", "3.0"], 1, /no version 3\.0, but 99\.1, 9\.0/],
    ["there is no index", ["--url", "BASE/none"], 1, /\/none\/index\.json: the server answered 404/],
    [
      "nothing comes",
      ["--url", "BASE/slow", "--timeout", "0.3"],
      1,
      /slow\/index\.json: (?:took longer|the server has)/,
    ],
    ["the address is not encrypted", ["--url", "http://example.org"], 1, /only https addresses are fetched/],
    ["the time is none", ["--url", "BASE", "--timeout", "soon"], 2, /It takes a number of seconds/],
  ];
  for (const [name, args, expected, said] of failures)
    it(`should write nothing where ${name}`, async () => {
      const { code, out, err } = await run(
        ...["data", "update", "--out", "not"],
        ...args.map((arg) => arg.replace("BASE", server.base)),
      );
      assert.deepEqual([code, out], [expected, ""]);
      assert.match(err, said);
      assert.equal(err.trimEnd().split("\n").length, 1);
      assert.ok(!existsSync(join(directory, "not")));
    });
});
