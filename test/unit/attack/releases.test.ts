import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { addressOf, chooseReleases, indexAddress, readIndex, versionsIn } from "../../../src/attack/releases.ts";
import { compareVersions, isVersion, majorOf, versionInName } from "../../../src/attack/versions.ts";

const here = new URL("https://example.org/data/index.json");
const local = new URL("http://127.0.0.1:8080/index.json");
const index = (...collections: readonly object[]): string => JSON.stringify({ collections });
const collection = (name: string, versions: Readonly<Record<string, string>>): object => ({
  name,
  versions: Object.entries(versions).map(([version, url]) => ({ version, url, modified: "2030-01-01T00:00:00Z" })),
});
const both = index(
  collection("Enterprise", {
    "9.0": "enterprise-attack/enterprise-attack-9.0.json",
    "10.1": "https://elsewhere.example/enterprise-attack/enterprise-attack-10.1.json",
    "11.0-beta": "enterprise-attack/enterprise-attack-11.0-beta.json",
  }),
  collection("Mobile", { "10.0": "mobile-attack/mobile-attack-10.0.json", "9.0": "mobile-attack.json" }),
  collection("Other", { "9.0": "data.json" }),
);

describe("addresses", () => {
  const allowed: readonly (readonly [string, URL | undefined, string])[] = [
    ["https://example.org/a", undefined, "https://example.org/a"],
    ["b/c.json", here, "https://example.org/data/b/c.json"],
    ["http://localhost:3000/a", undefined, "http://localhost:3000/a"],
    ["http://[::1]/a", undefined, "http://[::1]/a"],
    ["x.json", local, "http://127.0.0.1:8080/x.json"],
    ["https://example.org/a", local, "https://example.org/a"],
  ];
  for (const [text, from, expected] of allowed)
    it(`should be taken: ${text}`, () => assert.equal(addressOf(text, from).href, expected));

  const refused: readonly (readonly [string, URL | undefined, RegExp])[] = [
    ["http://example.org/a", undefined, /only https addresses are fetched$/],
    ["file:///etc/passwd", undefined, /only https/],
    ["data:application/json,{}", here, /only https addresses are fetched \(https:\/\/example\.org\/data\/index\.json/],
    ["http://127.0.0.1/a", here, /only https/],
    ["http://127.0.0.1.example.org/a", undefined, /only https/],
    ["http://127.0.0.1@example.org/a", undefined, /a user's name or password/],
    ["https://me:secret@example.org/a", undefined, /example\.org: an address with a user's name or password/],
    ["nowhere", undefined, /“nowhere” is no address/],
    ["", undefined, /is no address/],
  ];
  for (const [text, from, said] of refused)
    it(`should be refused: ${text}`, () => {
      assert.throws(() => addressOf(text, from), said);
    });

  it("should lead to the index of a repository", () => {
    assert.equal(indexAddress(" https://example.org/data/ ").href, "https://example.org/data/index.json");
    assert.equal(indexAddress("https://example.org/data?x=1").href, "https://example.org/data/index.json?x=1");
    assert.equal(indexAddress("https://example.org/mine.json").href, "https://example.org/mine.json");
  });
});

describe("the index of releases", () => {
  it("should list every version, the newest first, with whole addresses and domains", () => {
    const releases = readIndex(both, here);
    assert.deepEqual(
      releases.map(({ domain, version, url }) => [domain, version, url]),
      [
        [
          "enterprise-attack",
          "11.0-beta",
          "https://example.org/data/enterprise-attack/enterprise-attack-11.0-beta.json",
        ],
        ["enterprise-attack", "10.1", "https://elsewhere.example/enterprise-attack/enterprise-attack-10.1.json"],
        ["mobile-attack", "10.0", "https://example.org/data/mobile-attack/mobile-attack-10.0.json"],
        ["enterprise-attack", "9.0", "https://example.org/data/enterprise-attack/enterprise-attack-9.0.json"],
        ["mobile-attack", "9.0", "https://example.org/data/mobile-attack.json"],
        [undefined, "9.0", "https://example.org/data/data.json"],
      ],
    );
    assert.deepEqual(versionsIn(releases), ["11.0-beta", "10.1", "10.0", "9.0"]);
  });

  it("should give the newest of each collection, no drafts, or what is asked for", () => {
    const releases = readIndex(both, here);
    const chosen = (options: Parameters<typeof chooseReleases>[1]): readonly string[] =>
      chooseReleases(releases, options).map(({ domain = "?", version }) => `${domain} ${version}`);
    assert.deepEqual(chosen({}), ["enterprise-attack 10.1", "mobile-attack 10.0", "? 9.0"]);
    assert.deepEqual(chosen({ version: "9.0", domains: ["mobile-attack"] }), ["mobile-attack 9.0", "? 9.0"]);
    assert.deepEqual(chosen({ version: "11.0-beta" }), ["enterprise-attack 11.0-beta"]);
    assert.throws(() => chosen({ version: "77" }), /offers no version 77, but 11\.0-beta, 10\.1, 10\.0, 9\.0$/);
  });

  const bad: readonly (readonly [string, RegExp])[] = [
    ["<!doctype html>", /index\.json: not JSON/],
    ["[]", /it has no "collections"/],
    [index(), /lists no version/],
    [index({ name: "x", versions: [{ version: "../x", url: "a" }, { version: 3, url: "a" }, 7] }), /lists no version/],
    [index(collection("x", { "1.0": "http://example.org/a.json" })), /only https/],
    [index(collection("x", { "1.0": "javascript:alert(1)" })), /only https/],
  ];
  for (const [text, said] of bad)
    it(`should be refused: ${text.slice(0, 60)}`, () => {
      assert.throws(() => readIndex(text, here), said);
    });
});

describe("versions", () => {
  it("should be told from other texts", () => {
    assert.deepEqual(["18.1", "9", "11.0-beta", "1.2.3"].map(isVersion), [true, true, true, true]);
    assert.deepEqual(["", "v18", "18.", "../1", "1.2.3.4", "18.1 "].map(isVersion), Array<boolean>(6).fill(false));
  });
  it("should be ordered by number, drafts before what they became", () => {
    assert.deepEqual(["10.0", "9.1", "11.0", "11.0-beta", "2.0"].sort(compareVersions), [
      ...["2.0", "9.1", "10.0", "11.0-beta", "11.0"],
    ]);
  });
  it("should be read from names of files", () => {
    assert.equal(versionInName("enterprise-attack-18.1.stix20.json.gz"), "18.1");
    assert.equal(versionInName("enterprise-attack.json"), undefined);
    assert.equal(majorOf("18.1"), "18");
  });
});
