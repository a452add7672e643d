import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { buildLayers } from "../../../src/layers/build-layers.ts";
import { layerFaults } from "../../../src/layers/validate-layer.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon } from "../catalogue.ts";
import { sharedFile } from "../shared.ts";

/** A published news report that may be read but not copied into the project; see CONTRIBUTING.md. */
const path = sharedFile("reports", "deadringer-threatpost.txt");

describe("a real news report on DeadRinger (needs ../shared)", () => {
  let analysis: Analysis;

  before(function () {
    if (!existsSync(path)) this.skip();
    analysis = analyse(
      parseReport(readFileSync(path, "utf8"), { path: "deadringer.md" }),
      catalogue,
      lexicon ? { lexicon } : {},
    );
  });

  it("should describe DeadRinger with its three groups", () => {
    const [campaign] = analysis.campaigns;
    assert.equal(campaign?.name, "DeadRinger");
    assert.equal(campaign.role, "described");
    assert.deepEqual([...campaign.attackIds].sort(), ["G0019", "G0027", "G0093"]);
  });

  it("should only reference HAFNIUM, SolarWinds and Kaseya", () => {
    const referenced = analysis.campaigns.filter(({ role }) => role === "referenced");
    assert.deepEqual(
      referenced.map(({ name, attackIds }) => [name, ...attackIds]),
      [["HAFNIUM", "G0125"], ["SolarWinds Compromise", "C0024"], ["Kaseya"]],
    );
  });

  it("should map ProxyLogon to T1190, without the sentence on HAFNIUM", () => {
    const technique = analysis.campaigns[0]?.techniques.find(({ id }) => id === "T1190");
    assert.deepEqual(
      technique?.evidence.map(({ line }) => line),
      [2, 5],
    );
  });

  it("should give DeadRinger nothing from the sentence on HAFNIUM", () => {
    const lines = analysis.campaigns[0]?.techniques.flatMap(({ evidence }) => evidence.map(({ line }) => line)) ?? [];
    assert.ok(lines.length > 0 && !lines.includes(6), lines.join(" "));
  });

  it("should make layers that are valid, without what was only compared", () => {
    const files = buildLayers(analysis, catalogue, { generator: "test" });
    assert.ok(files.length > 0);
    for (const { layer } of files) assert.deepEqual(layerFaults(layer, catalogue), []);
    assert.ok(files.every(({ campaigns }) => !campaigns.includes("hafnium")));
  });
});
