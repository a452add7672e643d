import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { layerToJson, buildLayers } from "../../../src/layers/build-layers.ts";
import { compareSets, comparisonLayers } from "../../../src/layers/compare.ts";
import { rankOverlap } from "../../../src/layers/overlap.ts";
import { readLayer } from "../../../src/layers/read-layer.ts";
import {
  techniquesOfLayer,
  techniquesOfObject,
  techniquesOfReport,
  type TechniqueSet,
} from "../../../src/layers/technique-set.ts";
import { layerFaults } from "../../../src/layers/validate-layer.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const analysisOf = (text: string) => analyse(parseReport(text, { path: "x.md" }), catalogue);
const setOf = (name: string, ...ids: readonly string[]): TechniqueSet => ({
  name,
  techniques: new Map(ids.map((id) => [id, ""])),
});

/** A layer's text, and the cells that are read from it. */
const readable: readonly (readonly [string, unknown, readonly unknown[]])[] = [
  [
    "format 4.5",
    { versions: { layer: "4.5" }, techniques: [{ techniqueID: "T1055", score: 3, tactic: "stealth" }] },
    [{ techniqueID: "T1055", tactic: "stealth", score: 3 }],
  ],
  [
    "format 4.0, without links and newer fields",
    { versions: { layer: "4.0" }, techniques: [{ techniqueID: "T1055.012", color: "#fff", enabled: true }] },
    [{ techniqueID: "T1055.012", color: "#fff" }],
  ],
  [
    "cells that say nothing or are switched off",
    {
      versions: { layer: "4.4" },
      techniques: [
        { techniqueID: "T1055", showSubtechniques: true },
        { techniqueID: "T1056", score: 1, enabled: false },
        { techniqueID: "T1057", comment: "seen" },
      ],
    },
    [{ techniqueID: "T1057", comment: "seen" }],
  ],
  [
    "hostile cells",
    { versions: { layer: "4.3" }, techniques: [null, 7, { techniqueID: "<b>" }, { techniqueID: "T1055", score: "9" }] },
    [],
  ],
  [
    "several layers in one file",
    [
      { versions: { layer: "4.5" }, techniques: [{ techniqueID: "T1055", score: 3 }] },
      { versions: { layer: "4.2" }, techniques: [{ techniqueID: "T1057", comment: "seen" }] },
    ],
    [
      { techniqueID: "T1055", score: 3 },
      { techniqueID: "T1057", comment: "seen" },
    ],
  ],
];

const unreadable: readonly (readonly [string, string, RegExp])[] = [
  ["no JSON", "# Report", /^x: no JSON, so no layer/],
  ["other JSON", "[1]", /^x: no list of techniques/],
  ["no layers", "[]", /^x: no list of techniques/],
  [
    "several of which one is no layer",
    '[{"versions":{"layer":"4.5"},"techniques":[]},{"techniques":1}]',
    /^x: no list of techniques/,
  ],
  ["a layer of format 3", '{"version":"3.0","techniques":[]}', /^x: layer format 3\.0; 4\.0 to 4\.5 are read/],
  ["a layer without a format", '{"techniques":[]}', /^x: the layer does not say its format/],
];

describe("reading a layer back", () => {
  for (const [what, layer, cells] of readable)
    it(`should read ${what}`, () => assert.deepEqual(readLayer(JSON.stringify(layer), "x").cells, cells));
  for (const [what, text, message] of unreadable)
    it(`should say why it can't read ${what}`, () => assert.throws(() => readLayer(text, "x"), { message }));

  it("should find in a layer of ours what the report described", () => {
    const analysis = analysisOf("# Break-in\n\nFIN7 used T1055.012 and T1059.001.\n");
    const [file] = buildLayers(analysis, catalogue, { generator: "test 1" });
    assert.ok(file);
    const read = techniquesOfLayer(readLayer(layerToJson(file.layer), "x"), catalogue);
    assert.deepEqual([...read.techniques.keys()], ["T1055.012", "T1059.001"]);
  });

  it("should read or refuse any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          readLayer(text, "x");
        } catch (error) {
          assert.match(String(error), /^Error: x: /);
        }
      }),
    );
  });
});

describe("comparison", () => {
  it("should say who has what", () =>
    assert.deepEqual(
      compareSets(setOf("a", "T1055", "T1190"), setOf("b", "T1059.001", "T1190")).map(({ id, side }) => [id, side]),
      [
        ["T1055", "first"],
        ["T1059.001", "second"],
        ["T1190", "both"],
      ],
    ));

  it("should take successors for revoked ids, and only what is described", () => {
    const report = techniquesOfReport(analysisOf("FIN7 used T1086.\n\nUnlike APT1, which used T1190.\n"), catalogue);
    assert.deepEqual([...report.techniques.keys()], ["T1059.001"]);
  });

  it("should know what ATT&CK knows of a group", () => {
    const gallium = catalogue.get("G0093");
    assert.ok(gallium);
    const { name, techniques } = techniquesOfObject(gallium, catalogue);
    assert.equal(name, "GALLIUM (G0093)");
    assert.ok(techniques.has("T1505.003") && !techniques.has("S0020"));
  });

  it("should make layers that are valid, by domain, with a colour a side", () => {
    const files = comparisonLayers(setOf("a", "T1055", "T0831"), setOf("b", "T1055", "T1059.001"), catalogue, "test 1");
    assert.deepEqual(
      files.map(({ fileName, layer }) => [
        fileName,
        layerFaults(layer, catalogue),
        layer.legendItems.map(({ label }) => label),
      ]),
      [
        ["comparison-enterprise-attack.json", [], ["only b", "both"]],
        ["comparison-ics-attack.json", [], ["only a"]],
      ],
    );
  });
});

describe("overlap", () => {
  it("should put a group first that shares all of its techniques, with score 1", () => {
    for (const id of ["G0093", "G0046", "C0024"]) {
      const actor = catalogue.get(id);
      assert.ok(actor);
      const [first] = rankOverlap(techniquesOfObject(actor, catalogue), catalogue);
      assert.deepEqual([first?.id, first?.score, first?.shared.length], [id, 1, first?.known]);
    }
  });

  it("should weigh a rare technique more than a common one", () => {
    const uses = (id: string): number =>
      catalogue
        .objects()
        .filter((object) => object.type === "group" && catalogue.targets(object.id, "uses").includes(id)).length;
    const three = rankOverlap(setOf("x", "T1105", "T1542.003", "T1059.003"), catalogue).find(
      ({ shared }) => shared.length === 3,
    );
    assert.ok(uses("T1542.003") < uses("T1059.003") && uses("T1059.003") < uses("T1105"));
    assert.deepEqual(three?.shared, ["T1542.003", "T1059.003", "T1105"]);
  });

  it("should rank nobody who shares next to nothing", () => {
    assert.deepEqual(rankOverlap(setOf("x"), catalogue), []);
    assert.deepEqual(rankOverlap(setOf("x", "T1190", "T1496"), catalogue), []);
    const ranked = rankOverlap(setOf("x", "T1190", "T1105", "T1059.001", "T1486"), catalogue);
    assert.ok(ranked.length > 0 && ranked.every(({ score, shared }) => score > 0 && shared.length >= 3));
  });
});
