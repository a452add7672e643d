import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { Catalogue } from "../../../src/attack/catalogue.ts";
import { factsToJson } from "../../../src/attack/serialise.ts";
import { readBundle, type ReadBundle } from "../../../src/attack/stix.ts";

const options = { file: "bundle.json", sha256: "00", version: "18.1" };
const read = (bundle: unknown): ReadBundle => readBundle(JSON.stringify(bundle), options);
const ref = (id: string, url?: string): unknown[] => [
  { source_name: "mitre-attack", external_id: id, ...(url === undefined ? {} : { url }) },
];

const technique = (id: string, more: object = {}): object => ({
  type: "attack-pattern",
  id: `attack-pattern--${id}`,
  name: `Name of ${id}`,
  external_references: ref(id),
  modified: "2025-01-02T00:00:00.000Z",
  kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "impact" }],
  ...more,
});
const relation = (type: string, source: string, target: string, more: object = {}): object => ({
  type: "relationship",
  id: `relationship--${source}-${target}`,
  relationship_type: type,
  source_ref: source,
  target_ref: target,
  ...more,
});
const matrix = {
  type: "x-mitre-matrix",
  id: "x-mitre-matrix--1",
  name: "A Matrix",
  external_references: ref("enterprise-attack"),
  tactic_refs: ["x-mitre-tactic--2", "x-mitre-tactic--1"],
};
const tactics = [
  {
    type: "x-mitre-tactic",
    id: "x-mitre-tactic--1",
    name: "Impact",
    x_mitre_shortname: "impact",
    external_references: ref("TA0040"),
  },
  {
    type: "x-mitre-tactic",
    id: "x-mitre-tactic--2",
    name: "Execution",
    x_mitre_shortname: "execution",
    external_references: ref("TA0002"),
  },
];
const bundle = (...objects: readonly object[]): object => ({
  type: "bundle",
  id: "bundle--1",
  spec_version: "2.0",
  objects: [matrix, ...tactics, ...objects],
});

const bad: readonly (readonly [string, string, RegExp])[] = [
  ["nothing", "", /^bundle\.json: not JSON: it is empty$/],
  [
    "a truncated file",
    '{"type": "bundle", "objects": [{"type": "a',
    /^bundle\.json: not JSON: it ends too early, at character \d+ \(truncated\?\)$/,
  ],
  ["a slip of the pen", '{"type": "bundle",\n "objects": [}', /^bundle\.json: not JSON: .+ at line 2, column 14$/],
  ["another JSON file", '{"name": "x"}', /no STIX bundle: its "type" is missing/],
  ["another STIX object", '{"type": "malware"}', /its "type" is "malware", not "bundle"/],
  ["an empty bundle", '{"type": "bundle", "objects": []}', /"objects" is not a list with something in it/],
  ["objects that are no list", '{"type": "bundle", "objects": 3}', /"objects" is not a list/],
  [
    "a later STIX",
    '{"type": "bundle", "spec_version": "3.0", "objects": [{}]}',
    /STIX 3\.0; this program reads 2\.0 and 2\.1/,
  ],
  [
    "a later specification of ATT&CK",
    '{"type": "bundle", "spec_version": "2.0", "objects": [{"x_mitre_attack_spec_version": "4.0.0"}]}',
    /version 4 of the ATT&CK specification/,
  ],
  [
    "a bundle of something else",
    '{"type": "bundle", "spec_version": "2.0", "objects": [{"type": "malware", "id": "malware--1", "name": "x"}]}',
    /not of ATT&CK: none of its 1 objects/,
  ],
];

describe("readBundle", () => {
  for (const [name, json, expected] of bad) {
    it(`should say in one line what is wrong with ${name}`, () => {
      assert.throws(
        () => readBundle(json, options),
        (error: Error) => expected.test(error.message) && !error.message.includes("\n"),
      );
    });
  }

  it("should never throw anything but one line", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          read({ type: "bundle", objects: [value] });
        } catch (error) {
          assert.equal((error as Error).name, "BundleError");
        }
      }),
    );
  });

  it("should leave single bad objects out and list them", () => {
    const { facts, skipped } = read(
      bundle(
        technique("T1000"),
        { type: "attack-pattern", id: "attack-pattern--x" },
        { type: "malware", id: "malware--1", name: "M" },
        { id: "y" },
        relation("uses", "a", "b", { source_ref: undefined }),
        technique("S9999"),
      ),
    );
    assert.equal(facts.objects.technique?.length, 1);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [
        'no "name"',
        "no ATT&CK id in its external references",
        'no "type"',
        'a relationship without "source_ref"',
        '"S9999" is no id of a technique',
      ],
    );
  });

  it("should read names, platforms, tactics in the matrix's order, parents and relations", () => {
    const { facts } = read(
      bundle(
        technique("T1000", {
          x_mitre_platforms: ["Windows"],
          kill_chain_phases: [{ phase_name: "impact" }, { phase_name: "execution" }],
        }),
        technique("T1000.001", { x_mitre_is_subtechnique: true }),
        {
          type: "intrusion-set",
          id: "intrusion-set--1",
          name: "Gang",
          aliases: ["Gang", "Crew"],
          external_references: ref("G0001", "https://attack.mitre.org/groups/G0001"),
        },
        relation("subtechnique-of", "attack-pattern--T1000.001", "attack-pattern--T1000"),
        relation("uses", "intrusion-set--1", "attack-pattern--T1000"),
        relation("uses", "intrusion-set--1", "attack-pattern--T1000.001", { revoked: true }),
      ),
    );
    assert.deepEqual(facts.tactics, ["TA0002", "TA0040"]);
    const catalogue = Catalogue.of([facts]);
    assert.deepEqual(catalogue.get("T1000")?.tactics, ["execution", "impact"]);
    assert.deepEqual(catalogue.get("T1000")?.platforms, ["Windows"]);
    assert.deepEqual(
      catalogue.subtechniques("T1000").map(({ id }) => id),
      ["T1000.001"],
    );
    assert.deepEqual(catalogue.get("G0001")?.aliases, ["Crew"]);
    assert.deepEqual(catalogue.targets("G0001", "uses"), ["T1000"]);
    assert.deepEqual(catalogue.sources("T1000", "uses"), ["G0001"]);
    assert.equal(catalogue.get("G0001")?.url, "https://attack.mitre.org/groups/G0001");
  });

  it("should follow revocations to the end, and not for ever", () => {
    const { facts } = read(
      bundle(
        technique("T1001", { revoked: true }),
        technique("T1002", { revoked: true }),
        technique("T1003"),
        technique("T1004", { revoked: true }),
        technique("T1005", { revoked: true }),
        relation("revoked-by", "attack-pattern--T1001", "attack-pattern--T1002"),
        relation("revoked-by", "attack-pattern--T1002", "attack-pattern--T1003"),
        relation("revoked-by", "attack-pattern--T1004", "attack-pattern--T1005"),
        relation("revoked-by", "attack-pattern--T1005", "attack-pattern--T1004"),
      ),
    );
    const catalogue = Catalogue.of([facts]);
    assert.deepEqual(catalogue.resolve("T1001")?.chain, ["T1001", "T1002", "T1003"]);
    assert.deepEqual(catalogue.resolve("T1004")?.chain, ["T1004", "T1005"]);
    assert.equal(catalogue.resolve("T0000"), undefined);
  });

  it("should take the version from the collection before all else, and ask for it where nobody says it", () => {
    const collection = { type: "x-mitre-collection", id: "x-mitre-collection--1", x_mitre_version: "17.1" };
    assert.equal(read(bundle(technique("T1000"), collection)).facts.version, "17.1");
    assert.throws(
      () => readBundle(JSON.stringify(bundle(technique("T1000"))), { file: "b", sha256: "" }),
      /--attack-version/,
    );
  });

  it("should prefer the object in use where two have one id", () => {
    const { facts } = read(
      bundle(
        technique("T1000", { id: "attack-pattern--old", revoked: true, name: "Old" }),
        technique("T1000", { name: "New" }),
      ),
    );
    assert.deepEqual(
      facts.objects.technique?.map(({ name }) => name),
      ["New"],
    );
  });

  it("should give the same bytes for the same bundle, whatever the order of its objects", () => {
    const objects = [
      technique("T1000"),
      technique("T1001"),
      relation("uses", "attack-pattern--T1000", "attack-pattern--T1001"),
    ];
    assert.equal(
      factsToJson(read(bundle(...objects)).facts),
      factsToJson(read(bundle(...[...objects].reverse())).facts),
    );
  });
});
