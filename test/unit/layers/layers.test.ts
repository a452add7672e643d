import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { buildLayers, layerToJson, type LayerFile } from "../../../src/layers/build-layers.ts";
import { mergeReports } from "../../../src/campaigns/merge-reports.ts";
import { ramps, type RampId } from "../../../src/layers/palette.ts";
import { platformsSaid, reportOptions } from "../../../src/layers/report-options.ts";
import type { ScoringId } from "../../../src/layers/scoring.ts";
import { layerFaults } from "../../../src/layers/validate-layer.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const layersOf = (text: string): readonly LayerFile[] =>
  buildLayers(analyse(parseReport(text, { path: "x.md" }), catalogue), catalogue, { generator: "test 1" });

const twoGroups = "# Two\n\n## Naikon\n\nThey used T1055 and T1059.001.\n\n## FIN7\n\nThey used T1055 and T1486.\n";

describe("layers", () => {
  it("should be one for each described campaign and one combined, in files of their own", () => {
    assert.deepEqual(
      layersOf(twoGroups).map(({ fileName, combined }) => [fileName, combined]),
      [
        ["naikon-enterprise-attack.json", false],
        ["fin7-enterprise-attack.json", false],
        ["combined-enterprise-attack.json", true],
      ],
    );
  });

  it("should be parted by domain", () => {
    assert.deepEqual(
      layersOf("FIN7 used T1055, T0883 and T1660.").map(({ fileName, layer }) => [fileName, layer.domain]),
      [
        ["fin7-enterprise-attack.json", "enterprise-attack"],
        ["combined-enterprise-attack.json", "enterprise-attack"],
        ["fin7-mobile-attack.json", "mobile-attack"],
        ["combined-mobile-attack.json", "mobile-attack"],
        ["fin7-ics-attack.json", "ics-attack"],
        ["combined-ics-attack.json", "ics-attack"],
      ],
    );
  });

  it("should be valid, with only ids and tactics that ATT&CK has", () => {
    for (const { layer } of layersOf(twoGroups)) assert.deepEqual(layerFaults(layer, catalogue), []);
  });

  it("should show a sub-technique by an entry of its parent", () => {
    const techniques = layersOf("FIN7 used T1059.001.")[0]?.layer.techniques;
    assert.deepEqual(
      techniques?.map(({ techniqueID, score, showSubtechniques }) => [techniqueID, score, showSubtechniques]),
      [
        ["T1059", undefined, true],
        ["T1059.001", 100, undefined],
      ],
    );
  });

  it("should quote the evidence with its line", () => {
    assert.equal(
      layersOf("Words.\n\nFIN7 used T1055.")[0]?.layer.techniques[0]?.comment,
      "x.md, line 3: “FIN7 used T1055.”",
    );
  });

  it("should name a tactic only where the report does", () => {
    const tacticOf = (text: string): unknown => layersOf(text)[0]?.layer.techniques[0]?.tactic;
    assert.equal(tacticOf("FIN7 used T1078."), undefined);
    assert.equal(tacticOf("# Persistence\n\nFIN7 used T1078."), "persistence");
  });

  it("should mark in the combined layer who uses a cell, and what several use", () => {
    const combined = layersOf(twoGroups).at(-1)?.layer;
    const colours = new Map(combined?.techniques.map(({ techniqueID, color }) => [techniqueID, color]));
    const legend = new Map(combined?.legendItems.map(({ label, color }) => [color, label]));
    assert.equal(legend.get(colours.get("T1055") ?? ""), "several campaigns");
    assert.equal(legend.get(colours.get("T1059.001") ?? ""), "Naikon");
    assert.equal(legend.get(colours.get("T1486") ?? ""), "FIN7");
  });

  it("should leave out what ATT&CK withdrew", () => {
    const deprecated = catalogue.objects("technique").find((technique) => technique.deprecated);
    assert.ok(deprecated);
    assert.deepEqual(
      layersOf(`FIN7 used ${deprecated.id} and T1055.`)[0]?.layer.techniques.map(({ techniqueID }) => techniqueID),
      ["T1055"],
    );
  });

  it("should not change when another part of the report does", () => {
    const json = (text: string): string => layerToJson(layersOf(text)[0]?.layer as never);
    assert.equal(json(twoGroups), json(`${twoGroups}\nAn afterword on the weather.\n`));
  });

  it("should link to the report only where it says its address", () => {
    const analysis = analyse(parseReport("FIN7 used T1055.", { path: "x.md" }), catalogue);
    const links = buildLayers(analysis, catalogue, {
      generator: "t",
      sources: [{ title: "R", url: "https://example.com/r" }],
    })[0]?.layer.links;
    assert.deepEqual(links?.[0], { label: "Report", url: "https://example.com/r" });
    const bad = buildLayers(analysis, catalogue, {
      generator: "t",
      sources: [{ title: "R", url: "javascript:alert(1)" }],
    })[0]?.layer.links;
    assert.ok(bad?.every(({ url }) => url.startsWith("https://attack.mitre.org/")));
  });
});

/** The scoring, the scores of T1055 (twice in the text, by name) and T1486 (described), and the end of the gradient. */
const scored: readonly (readonly [ScoringId, readonly (number | undefined)[], number, readonly string[]])[] = [
  ["confidence", [100, 100], 100, ["inferred, weak evidence", "inferred, good evidence", "stated by the report"]],
  ["evidence", [2, 1], 2, ["1 piece of evidence", "2 pieces of evidence"]],
  ["status", [2, 2], 2, ["inferred", "stated by the report"]],
];

describe("choices for layers", () => {
  const analysis = analyse(parseReport("FIN7 used T1055. It used T1055 and T1486.", { path: "x.md" }), catalogue);
  for (const [scoring, scores, most, labels] of scored)
    it(`should score by ${scoring}`, () => {
      const layer = buildLayers(analysis, catalogue, { generator: "t", scoring })[0]?.layer;
      assert.ok(layer);
      assert.deepEqual(
        layer.techniques.map(({ score }) => score),
        scores,
      );
      assert.equal(layer.gradient.maxValue, most);
      assert.deepEqual(
        layer.legendItems.map(({ label }) => label),
        labels,
      );
      assert.deepEqual(layerFaults(layer, catalogue), []);
    });

  for (const colours of Object.keys(ramps) as RampId[])
    it(`should colour in ${colours}`, () => {
      const layer = buildLayers(analysis, catalogue, { generator: "t", colours })[0]?.layer;
      assert.ok(layer);
      assert.deepEqual(layer.gradient.colors, ramps[colours]);
      assert.deepEqual(
        layer.legendItems.map(({ color }) => color),
        ramps[colours],
      );
      assert.deepEqual(layerFaults(layer, catalogue), []);
    });

  it("should link to what the quoted sentence cites, but not to a bare address", () => {
    const text =
      "FIN7 used T1055 ([Contoso](https://contoso.example/a)) from http://evil.example/x, <http://evil.example>.";
    const cited = buildLayers(analyse(parseReport(text, { path: "x.md" }), catalogue), catalogue, { generator: "t" });
    assert.deepEqual(cited[0]?.layer.techniques[0]?.links?.slice(1), [
      { label: "cited: contoso.example", url: "https://contoso.example/a" },
    ]);
  });
});

/** A report, and the platforms that it says. */
const platformed: readonly (readonly [string, string, readonly string[]])[] = [
  ["front matter", "---\nattack: {platforms: [windows, Linux]}\n---\n\nWords.", ["Windows", "Linux"]],
  ["a line", "# R\n\nAffected platforms: Windows, macOS and VMS.", ["Windows", "macOS"]],
  ["a row", "| Field | Value |\n|---|---|\n| Operating systems | Windows; ESXi |", ["Windows", "ESXi"]],
  ["a sentence that only speaks of one", "They came through Windows.", []],
  ["code", "```\nplatforms: Windows\n```", []],
];

describe("the platforms that a report says", () => {
  for (const [name, text, expected] of platformed)
    it(`should be read from ${name}`, () =>
      assert.deepEqual(platformsSaid(parseReport(text, { path: "x.md" }), catalogue), expected));

  const filters = (...texts: readonly string[]): unknown => {
    const reports = texts.map((text, index) => parseReport(text, { path: `${index}.md` }));
    const told = mergeReports(reports.map((report) => analyse(report, catalogue)));
    return buildLayers(told, catalogue, { generator: "t", ...reportOptions(reports, catalogue) })[0]?.layer.filters;
  };
  const windows = "Platforms: Windows\n\nFIN7 used T1055.";
  it("should filter a layer", () => assert.deepEqual(filters(windows), { platforms: ["Windows"] }));
  it("should not hide a technique", () => assert.equal(filters(windows.replace("Windows", "ESXi")), undefined));
  it("should join those of several reports", () =>
    assert.deepEqual(filters(windows, windows.replace("Windows", "Linux")), { platforms: ["Linux", "Windows"] }));
  it("should not filter where one report limits itself and another does not", () =>
    assert.equal(filters(windows, "FIN7 used T1055."), undefined));
});

const good = {
  name: "x",
  versions: { navigator: "5.1.0", layer: "4.5" },
  domain: "enterprise-attack",
  techniques: [{ techniqueID: "T1055" }],
  gradient: { colors: ["#ffffff", "#000000"], minValue: 0, maxValue: 1 },
};

/** A change that spoils a good layer, and what is said of it. */
const faulty: readonly (readonly [string, object, RegExp])[] = [
  ["no name", { name: undefined }, /must have required property 'name'/],
  ["an older format", { versions: { navigator: "4.8", layer: "4.4" } }, /versions/],
  ["an id of another kind", { techniques: [{ techniqueID: "G0001" }] }, /techniqueID must match/],
  ["a legend without colour", { legendItems: [{ label: "x" }] }, /required property 'color'/],
  ["empty metadata", { metadata: [{ name: "x", value: "" }] }, /metadata/],
  ["a link without protocol", { links: [{ label: "x", url: "example.com" }] }, /links/],
  ["one colour", { gradient: { colors: ["#ffffff"], minValue: 0, maxValue: 1 } }, /fewer than 2/],
  [
    "a gradient upside down",
    { gradient: { colors: ["#ffffff", "#000000"], minValue: 1, maxValue: 1 } },
    /maxValue must be greater/,
  ],
  ["a revoked technique", { techniques: [{ techniqueID: "T1086" }] }, /T1086 is not a current technique/],
  [
    "a tactic that it does not have",
    { techniques: [{ techniqueID: "T1055", tactic: "impact" }] },
    /does not have the tactic impact/,
  ],
  ["a field of our own making", { colour: "red" }, /additional properties/],
];

describe("layerFaults", () => {
  it("should find none in a good layer", () => assert.deepEqual(layerFaults(good, catalogue), []));
  for (const [name, change, expected] of faulty)
    it(`should find ${name}`, () => assert.match(layerFaults({ ...good, ...change }, catalogue).join("\n"), expected));
});
