import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { isCurrent, normaliseId } from "../../../src/attack/catalogue.ts";
import { factsToJson } from "../../../src/attack/serialise.ts";
import { lookUpIn } from "../../../src/attack/look-up.ts";
import { readBundleFile } from "../../../src/cli/build-facts.ts";
import { readFileSync } from "node:fs";
import { catalogue } from "../catalogue.ts";
import { sharedFile } from "../shared.ts";

describe("the catalogue that ships", () => {
  it("should have three domains with their tactics in order", () => {
    assert.deepEqual(
      catalogue.domains.map(({ domain }) => domain),
      ["enterprise-attack", "mobile-attack", "ics-attack"],
    );
    for (const { domain } of catalogue.domains) assert.ok(catalogue.tactics(domain).length > 10);
    assert.equal(catalogue.tactics("enterprise-attack")[0]?.name, "Reconnaissance");
    assert.equal(catalogue.tactics("enterprise-attack").at(-1)?.name, "Impact");
  });

  it("should know for every technique in use a tactic, and for every sub-technique its parent", () => {
    for (const technique of catalogue.objects("technique").filter(isCurrent)) {
      assert.ok(catalogue.tacticsOf(technique).length > 0, technique.id);
      if (technique.id.includes(".")) assert.equal(technique.parent, technique.id.slice(0, 5));
    }
  });

  it("should hold no sentence of ATT&CK's", () => {
    assert.ok(catalogue.objects().every(({ description }) => description === undefined));
  });

  it("should lead from other vendors' names to groups", () => {
    const groups = new Map(
      catalogue.actors.flatMap(({ name, synonyms, group }) =>
        [name, ...synonyms].map((each) => [each, group] as const),
      ),
    );
    assert.equal(groups.get("Operation Soft Cell"), "G0093");
  });
});

const idCases: readonly (readonly [string, string | undefined])[] = [
  ["t1059/001", "T1059.001"],
  [" TA0001 ", "TA0001"],
  ["det0103", "DET0103"],
  ["T105", undefined],
  ["T1059.01", undefined],
  ["X1234", undefined],
];

describe("normaliseId", () => {
  for (const [written, id] of idCases) it(JSON.stringify(written), () => assert.equal(normaliseId(written), id));
});

/** What people type, and the first thing they should see. */
const lookUps: readonly (readonly [string, string])[] = [
  ["T1059.001", "T1059.001"],
  ["t1059/001", "T1059.001"],
  ["T1059", "T1059"],
  ["emissary panda", "G0027"],
  ["emisary pnda", "G0027"],
  ["softcell", "G0093"],
  ["mimi", "S0002"],
  ["cobaltstrike", "S0154"],
  ["solarwinds", "C0024"],
  ["process inj", "T1055"],
  ["scheduled task", "T1053.005"],
  // Two letters exchanged, in a word too short for any other slip of two letters.
  ["scheduled taks", "T1053.005"],
  ["schedlued taks", "T1053.005"],
  ["taks scheduled", "T1053.005"],
  ["porxy", "T1090"],
  ["vlot typhoon", "G1017"],
];

describe("look-up", () => {
  for (const [query, id] of lookUps) it(query, () => assert.equal(lookUpIn(catalogue).search(query)[0]?.id, id));
  it("should take no number for another one", () => {
    const found = lookUpIn(catalogue).search("T1136.002");
    assert.equal(found[0]?.id, "T1136.002");
    assert.ok(found.every(({ id, name }) => id === "T1136.002" || name.includes("T1136.002")));
  });
  it("should find nothing for nothing", () =>
    assert.deepEqual([lookUpIn(catalogue).search("  "), lookUpIn(catalogue).search("zzqqxxyy")], [[], []]));
});

const bundles = sharedFile("attack");

describe("ATT&CK's own bundles (need ../shared)", () => {
  const names = existsSync(bundles) ? readdirSync(bundles).sort() : [];
  if (names.length === 0) it.skip("are not on this machine", () => undefined);
  for (const name of names) {
    it(`should read ${name} without leaving anything out`, function () {
      this.timeout(60_000);
      const { facts, skipped } = readBundleFile(join(bundles, name));
      assert.deepEqual(skipped, []);
      assert.equal(facts.version, /-(\d+\.\d+)\./.exec(name)?.[1]);
      assert.equal(facts.domain, name.replace(/-\d.*/, ""));
      const shipped = join(import.meta.dirname, "..", "..", "..", "data", "attack", `${facts.domain}.json`);
      if (facts.version === "18.1")
        assert.ok(
          factsToJson(facts) === readFileSync(shipped, "utf8"),
          "data/ is not what npm run data:build makes of it",
        );
    });
  }
});
