import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { buildLayers, layerToJson } from "../../../src/layers/build-layers.ts";
import type { Layer } from "../../../src/layers/layer.ts";
import { updateInWords, updateLayer } from "../../../src/layers/update-layer.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

function layerOf(text: string): Layer {
  const [file] = buildLayers(analyse(parseReport(text, { path: "x.md" }), catalogue), catalogue, { generator: "t 1" });
  assert.ok(file);
  return file.layer;
}

type Saved = Record<string, unknown> & { techniques: Record<string, unknown>[] };

/** As somebody saves it, with a change. */
function edited(layer: Layer, change: (saved: Saved) => void): string {
  const saved = JSON.parse(layerToJson(layer)) as Saved;
  change(saved);
  return JSON.stringify(saved);
}

const cellOf = (saved: Saved, id: string): Record<string, unknown> =>
  saved.techniques.find(({ techniqueID }) => techniqueID === id) ?? assert.fail(id);

const report = "# R\n\nFIN7 used T1078.\n\nFIN7 used T1055.\n";
const fresh = layerOf(report);
/** The values of a technique's cells. */
const values = (layer: Layer, id: string): readonly unknown[] =>
  layer.techniques
    .filter(({ techniqueID }) => techniqueID === id)
    .map(({ tactic, score, color, comment, enabled }) => ({
      ...(tactic === undefined ? {} : { tactic }),
      score,
      ...(color === undefined ? {} : { color }),
      comment,
      ...(enabled ? {} : { enabled }),
    }));
const generated = { score: 100, comment: "x.md, line 3: “FIN7 used T1078.”" };

/** What a hand does to the layer, the report that it is updated from, T1078's cells then, and what is said of it. */
const cases: readonly (readonly [string, (saved: Saved) => void, string, readonly unknown[], readonly string[]])[] = [
  ["nothing", () => undefined, report, [generated], []],
  [
    "nothing, and its sentence stands elsewhere",
    () => undefined,
    report.replace("# R", "# R\n\nA word before."),
    [generated],
    ["left as they are: 2 comments whose lines have moved"],
  ],
  [
    "nothing, and its sentence is another",
    () => undefined,
    report.replace("used T1078", "often used T1078"),
    [{ score: 100, comment: "x.md, line 3: “FIN7 often used T1078.”" }],
    ["other evidence: T1078"],
  ],
  [
    "nothing, and it is gone",
    () => undefined,
    report.replace("T1078", "a lie"),
    [],
    ["no longer in the report: T1078"],
  ],
  ["nothing, and there is more", () => undefined, `${report}\nFIN7 used T1486.\n`, [generated], ["new: T1486"]],
  [
    "a score",
    (saved) => (cellOf(saved, "T1078")["score"] = 40),
    report,
    [{ ...generated, score: 40 }],
    ["kept as changed by hand: T1078: score"],
  ],
  [
    "a colour, while its sentence changes",
    (saved) => (cellOf(saved, "T1078")["color"] = "#ff0000"),
    report.replace("used T1078", "often used T1078"),
    [{ score: 100, color: "#ff0000", comment: "x.md, line 3: “FIN7 often used T1078.”" }],
    ["other evidence: T1078", "kept as changed by hand: T1078: colour"],
  ],
  [
    "a comment, while its sentence changes",
    (saved) => (cellOf(saved, "T1078")["comment"] = "Seen by us, too."),
    report.replace("used T1078", "often used T1078"),
    [{ score: 100, comment: "Seen by us, too." }],
    ["other evidence: T1078", "kept as changed by hand: T1078: comment"],
  ],
  [
    "taken the score away",
    (saved) => delete cellOf(saved, "T1078")["score"],
    report,
    [{ score: undefined, comment: generated.comment }],
    ["kept as changed by hand: T1078: score"],
  ],
  [
    "switched it off, and it is gone",
    (saved) => (cellOf(saved, "T1078")["enabled"] = false),
    report.replace("T1078", "a lie"),
    [{ ...generated, enabled: false }],
    ["kept as changed by hand: T1078: the cell"],
  ],
  [
    "saved it with Navigator",
    (saved) => {
      const cell = cellOf(saved, "T1078");
      const tactics = catalogue.get("T1078")?.tactics ?? [];
      saved.techniques = saved.techniques.filter((other) => other !== cell);
      for (const tactic of tactics)
        saved.techniques.push({ ...cell, tactic, color: "", metadata: cell["metadata"], showSubtechniques: false });
      saved["gradient"] = { minValue: 0, maxValue: 100, colors: ["#deebf7ff", "#9ecae1ff", "#3182bdff"] };
      const every = catalogue.objects("technique").flatMap(({ platforms }) => platforms);
      saved["filters"] = { platforms: [...new Set(every)] };
    },
    report,
    [generated],
    [],
  ],
  [
    "coloured it under one tactic with Navigator",
    (saved) => {
      const cell = cellOf(saved, "T1078");
      saved.techniques = [
        { ...cell, tactic: "persistence", color: "#ff0000" },
        { ...cell, tactic: "initial-access", color: "" },
      ];
    },
    report,
    [
      { tactic: "initial-access", ...generated },
      { tactic: "persistence", score: 100, color: "#ff0000", comment: generated.comment },
    ],
    ["new: T1055", "kept as changed by hand: T1078: colour"],
  ],
];

describe("a saved layer brought up to date", () => {
  for (const [name, change, text, expected, said] of cases)
    it(`should be right where somebody changed ${name}`, () => {
      const update = updateLayer(edited(fresh, change), "l.json", layerOf(text), catalogue);
      assert.deepEqual(values(update.layer, "T1078"), expected);
      assert.deepEqual(updateInWords(update), said);
    });

  it("should be the same to the byte after an edit elsewhere, and twice in a row after an edit by hand", () => {
    const moved = layerOf(report.replace("# R", "# R\n\nA word before."));
    assert.equal(layerToJson(updateLayer(layerToJson(fresh), "l.json", moved, catalogue).layer), layerToJson(fresh));
    const once = updateLayer(
      edited(fresh, (saved) => (cellOf(saved, "T1055")["score"] = 3)),
      "l.json",
      moved,
      catalogue,
    );
    const twice = updateLayer(layerToJson(once.layer), "l.json", moved, catalogue);
    assert.equal(layerToJson(twice.layer), layerToJson(once.layer));
  });

  it("should keep cells, rows and links that a hand has added, and how its reader likes to see it", () => {
    const text = edited(fresh, (saved) => {
      saved.techniques.push({ techniqueID: "T1105", color: "#00ff00", metadata: [], links: [] });
      saved.techniques.push({ techniqueID: "T9999", score: 1 }, { techniqueID: "T1055", tactic: "impact", score: 7 });
      (cellOf(saved, "T1055")["links"] as unknown[]).push({ label: "ticket", url: "https://example.com/7" });
      (saved["metadata"] as unknown[]).push({ name: "analyst", value: "A. B." }, { divider: true });
      saved["layout"] = { ...fresh.layout, layout: "flat" };
      saved["name"] = "Our FIN7";
      saved["versions"] = { layer: "4.3", navigator: "4.5" };
    });
    const { layer, kept } = updateLayer(text, "l.json", fresh, catalogue);
    assert.deepEqual(
      layer.techniques.map(({ techniqueID, color }) => [techniqueID, color]),
      [
        ["T1055", undefined],
        ["T1078", undefined],
        ["T1105", "#00ff00"],
      ],
    );
    assert.deepEqual(layer.techniques[0]?.links?.at(-1), { label: "ticket", url: "https://example.com/7" });
    assert.deepEqual(layer.metadata[0], { name: "analyst", value: "A. B." });
    assert.equal(layer.layout.layout, "flat");
    assert.equal(layer.name, "Our FIN7");
    assert.equal(layer.versions.layer, "4.5");
    assert.deepEqual(kept, ["T1105: the cell", "layer: name"]);
  });

  it("should keep what a hand wrote of a technique under its new id, where ATT&CK has replaced it", () => {
    const text = edited(fresh, (saved) => {
      saved.techniques.push({ techniqueID: "T1086", tactic: "execution", score: 4, comment: "ours" });
      saved.techniques.push({ techniqueID: "T1093", comment: "hollowed" });
      saved["versions"] = { layer: "4.0", navigator: "4.0", attack: "6" };
    });
    const update = updateLayer(text, "l.json", fresh, catalogue);
    assert.deepEqual(
      update.layer.techniques.flatMap(({ techniqueID, tactic, score, comment, metadata }) =>
        metadata || comment === undefined ? [] : [[techniqueID, tactic, score, comment]],
      ),
      [
        ["T1055.012", undefined, undefined, "hollowed"],
        ["T1059.001", "execution", 4, "ours"],
      ],
    );
    assert.deepEqual(updateInWords(update), [
      "replaced by ATT&CK: T1086 is T1059.001, T1093 is T1055.012",
      "kept as changed by hand: T1059.001: the cell; T1055.012: the cell",
    ]);
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["no JSON", "{", /^Error: l\.json: no JSON/],
    ["no layer", "[]", /^Error: l\.json: no list of techniques/],
    ["an older format", edited(fresh, (saved) => (saved["versions"] = { layer: "3.0" })), /format 3\.0/],
    ["another domain", edited(fresh, (saved) => (saved["domain"] = "ics-attack")), /a layer of ics-attack, not of/],
    ["a colour that is none", edited(fresh, (saved) => (cellOf(saved, "T1055")["color"] = "red")), /can't be updated/],
  ];
  for (const [name, text, expected] of refused)
    it(`should be refused: ${name}`, () =>
      assert.throws(() => updateLayer(text, "l.json", fresh, catalogue), expected));
});
