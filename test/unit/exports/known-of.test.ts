import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { knownTechniques, knownUsers, ownCampaigns } from "../../../src/exports/known-of.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

function read(text: string) {
  const report = parseReport(text, { path: "r.md" });
  return { report, analysis: analyse(report, catalogue) };
}

const object = (id: string) => {
  const found = catalogue.get(id);
  assert.ok(found);
  return found;
};

const two = `# Two

## FIN7

FIN7 sent T1566.001. It left T1207.

## APT29

APT29 came by T1190 with S0154.

Its Cobalt Strike ran T1059.001.
`;

/** Whose, a report, what ATT&CK knows of it and the report gives to it, and what the report adds. */
const shown: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ["G0046", two, ["T1566.001"], ["T1207"]],
  // APT29 is known to use spear-phishing, too; but here FIN7 did.
  ["G0016", two, ["T1190", "T1059.001"], []],
  // Software has done what stands in the paragraphs that name it.
  ["S0154", two, ["T1059.001"], ["T1190"]],
  ["G0046", "APT29 used T1566.001, unlike FIN7.\n", [], []],
  [
    "G0046",
    "---\nattack: { campaigns: [{name: Night Heron, groups: [G0046, G0016]}] }\n---\n\n# Night Heron\n\nThe intruders used T1566.001.\n",
    [],
    [],
  ],
];

describe("what a report shows of an actor's techniques", () => {
  for (const [id, text, expected, beyond] of shown)
    it(`should be for ${id} ${expected.join(" ") || "nothing"} in ${JSON.stringify(text.slice(0, 40))}`, () => {
      const { report, analysis } = read(text);
      const found = knownTechniques(object(id), analysis, report, catalogue);
      assert.deepEqual([[...found.shown].sort(), [...found.beyond].sort()], [[...expected].sort(), [...beyond].sort()]);
      for (const each of found.shown) assert.ok(found.known.includes(each));
      for (const each of found.beyond) assert.ok(!found.known.includes(each));
    });
});

describe("who of a report is known to use a technique", () => {
  it("should say where each is first named", () => {
    const { analysis } = read(two);
    assert.deepEqual(
      knownUsers("T1059.001", analysis, catalogue).map(({ id, line, role }) => [id, line, role]),
      [
        ["G0046", 3, "described"],
        ["G0016", 7, "described"],
        ["S0154", 9, "named"],
      ],
    );
  });

  it("should tell who is only referenced", () => {
    const { analysis } = read("# R\n\nFIN7 used T1059.001. This resembles the attacks of APT29.\n");
    assert.deepEqual(
      knownUsers("T1059.001", analysis, catalogue).map(({ id, role }) => [id, role]),
      [
        ["G0046", "described"],
        ["G0016", "referenced"],
      ],
    );
  });

  it("should be nobody where nobody is named", () =>
    assert.deepEqual(knownUsers("T1059.001", read("They ran T1059.001.\n").analysis, catalogue), []));
});

describe("the campaigns that an object is", () => {
  it("should not be the roof over several groups", () => {
    const { analysis } = read(
      "---\nattack: { campaigns: [{name: Night Heron, groups: [G0046, G0016]}] }\n---\n\n# Night Heron\n\nFIN7 used T1190.\n",
    );
    assert.deepEqual(
      ownCampaigns(object("G0046"), analysis).map(({ name }) => name),
      ["FIN7"],
    );
  });
});
