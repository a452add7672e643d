import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { after, before, describe, it } from "mocha";
import { Catalogue } from "../../../src/attack/catalogue.ts";
import { chooseReleases } from "../../../src/attack/releases.ts";
import { readBundle } from "../../../src/attack/stix.ts";
import { fetchBundles, fetchIndex, type Progress } from "../../../src/update/fetch-releases.ts";
import { openBundle } from "../../../src/update/open-bundle.ts";
import { indexOf, json, serve, smallBundle, type SmallBundle, type TestServer } from "../../harness/release-server.ts";

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const many = (count: number): NonNullable<SmallBundle["techniques"]> =>
  Array.from({ length: count }, (_, at) => [`T${1000 + at}`, `Name ${at}`] as const);
const catalogueOf = (bundle: object): Catalogue =>
  Catalogue.of([readBundle(JSON.stringify(bundle), { file: "f", sha256: "" }).facts]);

describe("fetching releases", () => {
  let server: TestServer;
  const options = { timeout: 10_000 };
  before(async () => {
    server = await serve((base) => {
      const at = (path: string): string => `${base}/${path}`;
      const index = (...rows: Parameters<typeof indexOf>[0]) => json(indexOf(rows));
      return {
        "/good/index.json": index(
          ["Enterprise", "99.0", "old.json"],
          ["Enterprise", "99.1", "enterprise-attack/enterprise-attack-99.1.json"],
          ["Mobile", "99.1", at("mobile-attack-99.1.json.gz")],
        ),
        "/good/enterprise-attack/enterprise-attack-99.1.json": json(smallBundle()),
        "/mobile-attack-99.1.json.gz": (response) =>
          response.end(gzipSync(JSON.stringify(smallBundle({ domain: "mobile-attack" })))),
        "/page/index.json": (response) => response.end("<!DOCTYPE html><title>Sign in</title>"),
        "/mixed/index.json": index(["Enterprise", "99.1", "../mobile-attack-99.1.json.gz"], ["X", "99.1", "gone.json"]),
        "/wrong/index.json": index(["Enterprise", "99.1", "enterprise-attack-99.1.json"]),
        "/wrong/enterprise-attack-99.1.json": json(smallBundle({ domain: "mobile-attack" })),
        "/late/index.json": index(["Enterprise", "99.2", "../good/enterprise-attack/enterprise-attack-99.1.json"]),
        "/html/index.json": index(["Enterprise", "99.1", "enterprise-attack-99.1.json"]),
        "/html/enterprise-attack-99.1.json": (response) => response.end("<html><body>Blocked</body></html>"),
      };
    });
  });
  after(() => server.stop());

  const fetchAll = async (path: string) =>
    fetchBundles(chooseReleases(await fetchIndex(server.base + path, options)), options);

  it("should fetch the newest bundle of every collection, and tell how far it is", async () => {
    const told: Progress[] = [];
    const releases = chooseReleases(await fetchIndex(`${server.base}/good`, options));
    const fetched = await fetchBundles(releases, { ...options, onProgress: (progress) => void told.push(progress) });
    assert.deepEqual(
      fetched.map(({ facts, texts }) => [facts.domain, facts.version, facts.source.file, Object.keys(texts)]),
      [
        ["enterprise-attack", "99.1", "enterprise-attack-99.1.json", ["T1190"]],
        ["mobile-attack", "99.1", "mobile-attack-99.1.json.gz", ["T1190"]],
      ],
    );
    assert.match(fetched[0]?.facts.source.sha256 ?? "", /^[0-9a-f]{64}$/);
    assert.deepEqual([told[0]?.done, told[0]?.of, told[0]?.received], [0, 2, 0]);
    assert.equal(told.at(-1)?.done, 1);
    assert.ok((told.at(-1)?.received ?? 0) > 0);
  });

  for (const [path, said] of [
    ["/nowhere", /\/nowhere\/index\.json: the server answered 404/],
    ["/page", /\/page\/index\.json: not JSON, so no index/],
    ["/mixed", /gone\.json: the server answered 404/],
    ["/wrong", /enterprise-attack-99\.1\.json: holds mobile-attack, where enterprise-attack was expected/],
    ["/late", /holds ATT&CK 99\.1, where 99\.2 was expected/],
    ["/html", /enterprise-attack-99\.1\.json: a web page, not a STIX bundle/],
  ] as const)
    it(`should give nothing from ${path}`, async () => {
      await assert.rejects(fetchAll(path), said);
    });
});

describe("opening a bundle", () => {
  const file = "enterprise-attack-99.1.json";

  it("should take gzip", async () => {
    const read = await openBundle(gzipSync(bytesOf(smallBundle())), { file });
    assert.equal(read.facts.version, "99.1");
  });

  it("should give the same hash, packed or not", async () => {
    const bytes = bytesOf(smallBundle());
    const [plain, packed] = [await openBundle(bytes, { file }), await openBundle(gzipSync(bytes), { file })];
    assert.equal(plain.facts.source.sha256, packed.facts.source.sha256);
  });

  const inForce = catalogueOf(smallBundle({ techniques: many(10), version: "99.0" }));
  const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["nothing", new Uint8Array(), /not JSON: it is empty/],
    ["damaged gzip", gzipSync(bytesOf(smallBundle())).subarray(0, 200), /a damaged gzip file/],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff]), /not text in UTF-8/],
    ["half a file", bytesOf(smallBundle()).subarray(0, 500), /ends too early, at character 500/],
    [
      "a domain that is a path",
      bytesOf(smallBundle({ domain: "../../evil" })),
      /“\.\.\/\.\.\/evil” is no name of a domain/,
    ],
    ["a version that is a path", bytesOf(smallBundle({ version: "../1" })), /“\.\.\/1” is no version/],
    [
      "much less than is in force",
      bytesOf(smallBundle({ techniques: many(4) })),
      /its 4 techniques are less than half/,
    ],
    [
      "techniques without tactics",
      bytesOf({
        ...smallBundle(),
        objects: (smallBundle() as { objects: { type: string }[] }).objects.filter(
          ({ type }) => type !== "x-mitre-tactic",
        ),
      }),
      /its matrix has no tactics/,
    ],
    [
      "mostly unreadable objects",
      bytesOf({
        ...smallBundle(),
        objects: [...(smallBundle() as { objects: object[] }).objects, { type: "tool", id: "tool--1" }, { id: 3 }],
      }),
      /2 of its 4 objects can't be read/,
    ],
  ];
  for (const [name, bytes, said] of refused)
    it(`should refuse ${name}`, async () => {
      await assert.rejects(openBundle(bytes, { file, inForce }), (error: Error) => {
        assert.match(error.message, said);
        return error.name === "BundleError" && !error.message.includes("\n");
      });
    });

  it("should take an older version, however small", async () => {
    const older = bytesOf(smallBundle({ techniques: many(2), version: "98.0" }));
    assert.equal((await openBundle(older, { file, inForce })).facts.version, "98.0");
  });
});
