import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { Catalogue, isCurrent } from "../../../src/attack/catalogue.ts";
import { readBundle } from "../../../src/attack/stix.ts";
import { bundleFault } from "../../../src/attack/check-bundle.ts";
import { readBundleFile } from "../../../src/cli/build-facts.ts";
import { buildLayers } from "../../../src/layers/build-layers.ts";
import { layerFaults } from "../../../src/layers/validate-layer.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { smallBundle } from "../../harness/release-server.ts";
import { catalogue as shipped, lexicon, model } from "../catalogue.ts";
import { sharedFile } from "../shared.ts";

const reports = join(import.meta.dirname, "..", "..", "fixtures", "reports");
const bundle = sharedFile("attack", "enterprise-attack-15.1.stix20.json.gz");

/** Actors' names and vulnerabilities ship; they are not of the version in force. */
const extras = {
  actors: shipped.actors,
  namedVulnerabilities: shipped.namedVulnerabilities,
};

/** Nothing that is found may be unknown to the catalogue, and what comes of it is a valid layer. */
function isWhole(analysis: Analysis, catalogue: Catalogue): void {
  for (const { object, status, why } of analysis.mentions) {
    const known = catalogue.get(object.id);
    assert.ok(known, `${object.id}: ${why}`);
    if (status === "inferred") assert.ok(isCurrent(known), `${object.id}: ${why}`);
  }
  for (const { techniques, attackIds } of analysis.campaigns) {
    for (const { id } of techniques) assert.ok(catalogue.get(id), id);
    for (const id of attackIds) assert.ok(catalogue.get(id), id);
  }
  for (const { layer } of buildLayers(analysis, catalogue, { generator: "test" }))
    assert.deepEqual(layerFaults(layer, catalogue), []);
}

function analyseAll(catalogue: Catalogue): readonly Analysis[] {
  return readdirSync(reports)
    .filter((name) => name.endsWith(".md"))
    .map((name) => {
      const report = parseReport(readFileSync(join(reports, name), "utf8"), { path: name });
      return analyse(report, catalogue, { lexicon, model });
    });
}

describe("lexicon and model with another version of ATT&CK", function () {
  this.timeout(120_000);

  it("should drop the techniques that a version lacks", () => {
    const { facts } = readBundle(JSON.stringify(smallBundle()), { file: "f", sha256: "" });
    const catalogue = Catalogue.of([facts], extras);
    const analyses = analyseAll(catalogue);
    for (const analysis of analyses) isWhole(analysis, catalogue);
    const found = analyses.flatMap(({ mentions }) => mentions.map(({ object }) => object.id));
    assert.deepEqual(
      [...new Set(found)].filter((id) => id.startsWith("T1")),
      ["T1190"],
    );
  });

  describe("(needs ../shared)", () => {
    before(function () {
      if (!existsSync(bundle)) this.skip();
    });

    it("should work with Enterprise 15.1", () => {
      const read = readBundleFile(bundle);
      assert.equal(bundleFault(read, { domain: "enterprise-attack", version: "15.1" }, shipped), undefined);
      const catalogue = Catalogue.of([read.facts], { ...extras, texts: read.texts });
      const analyses = analyseAll(catalogue);
      for (const analysis of analyses) isWhole(analysis, catalogue);
      const described = (all: readonly Analysis[]): number =>
        all.flatMap(({ mentions }) => mentions.filter(({ status }) => status === "inferred")).length;
      assert.ok(described(analyses) > 0);
      assert.ok(
        catalogue
          .objects("technique")
          .every(({ description, deprecated, revoked }) => description !== undefined || deprecated || revoked),
      );
    });
  });
});
