import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon } from "../catalogue.ts";

const analysisOf = (text: string): Analysis => analyse(parseReport(text, { path: "x.md" }), catalogue);

/** "described DeadRinger [G0093]: T1190 T1505.003", one line a campaign. */
const linesOf = ({ campaigns }: Analysis): readonly string[] =>
  campaigns.map(({ role, name, attackIds, partOf, techniques }) =>
    `${role} ${name} [${attackIds.join(" ")}]${partOf === undefined ? "" : ` of ${partOf}`}: ${techniques.map(({ id }) => id).join(" ")}`.trimEnd(),
  );

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["a group that acts is described", "FIN7 used Mimikatz to get T1003.001.", ["described FIN7 [G0046]: T1003.001"]],
  [
    "a group in a comparison is referenced, and what it did is its own",
    "FIN7 used T1055. Unlike APT28, which used T1190, it never hurried.",
    ["described FIN7 [G0046]: T1055", "referenced APT28 [G0007]: T1190"],
  ],
  [
    "an example of others is referenced",
    "Wizard Spider deployed Ryuk (T1486). Groups such as FIN7 exist.",
    ["described Wizard Spider [G0102]: T1486", "referenced FIN7 [G0046]:"],
  ],
  [
    "references are no doing",
    "# Story\n\nNaikon used T1055.\n\n# References\n\nHAFNIUM used T1190 elsewhere.",
    ["described Naikon [G0019]: T1055", "referenced HAFNIUM [G0125]:"],
  ],
  [
    "a heading holds until its sibling",
    "# Report\n\n## Naikon\n\nThe web shell was T1505.003.\n\n## FIN7\n\nThe tool was T1055.",
    ["described Naikon [G0019]: T1505.003", "described FIN7 [G0046]: T1055"],
  ],
  [
    "a campaign that the report names holds its groups",
    "# Operation Grey Gull\n\nThe campaign, dubbed “Grey Gull”, used T1566.\n\nNaikon deployed T1055.",
    ["described Operation Grey Gull [G0019]: T1055 T1566", "described Naikon [G0019] of operation-grey-gull: T1055"],
  ],
  ["a number is a cluster", "UNC9001 exploited T1190.", ["described UNC9001 []: T1190"]],
  [
    "those joined by “and” share it",
    "Naikon and FIN7 used T1055.",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1055"],
  ],
  ["“by” names who did it", "T1190 was exploited by FIN7.", ["described FIN7 [G0046]: T1190"]],
  [
    "a vulnerability that is called something is nobody",
    "They used a flaw dubbed “Loud Door” and T1190.",
    ["described They used a flaw dubbed “Loud Door” and T1190. []: T1190"],
  ],
  [
    "nobody named is one campaign of the report's title",
    "# A quiet break-in\n\nThe attackers used T1190.",
    ["described A quiet break-in []: T1190"],
  ],
  [
    "an operation by its name, its clusters and who is behind it",
    "# Operation Silent Harbor\n\nThe operation is attributed to OceanLotus. Silent Harbor used T1189.\n\nCluster A used T1055. Cluster B used T1550.002.",
    [
      "described Operation Silent Harbor [G0050]: T1055 T1189 T1550.002",
      "described APT32 [G0050] of operation-silent-harbor:",
      "described Cluster A [] of operation-silent-harbor: T1055",
      "described Cluster B [] of operation-silent-harbor: T1550.002",
    ],
  ],
  [
    "a lettered cluster is the group in its heading",
    "## Cluster A: Naikon\n\nThey used T1055.\n\n## Cluster B\n\nIt is the work of FIN7, which used T1190.",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1190"],
  ],
  [
    "what somebody did previously is only recalled",
    "FIN7 used T1055.\n\nPreviously, APT41 used T1189.",
    ["described FIN7 [G0046]: T1055", "referenced APT41 [G0096]: T1189"],
  ],
  [
    "other publishers' posts are only cited",
    "# This week\n\nMandiant wrote about APT29 stealing tokens. ESET looked at Sednit. Our webinar covers FIN7.",
    ["referenced APT29 [G0016]:", "referenced APT28 [G0007]:", "referenced FIN7 [G0046]:"],
  ],
  [
    "what all clusters share goes to each, and “as X did” is a comparison",
    "## Naikon\n\nThe group used T1055.\n\n## UNC4990\n\nIt used T1091, as FIN7 did in 2021.\n\n## Shared habits\n\nBoth groups used T1567.002.",
    ["described Naikon [G0019]: T1055 T1567.002", "described UNC4990 []: T1091 T1567.002", "referenced FIN7 [G0046]:"],
  ],
  [
    "an aside about somebody else ends at its comma",
    "Storm-0558 forged tokens (T1606). The actor, which overlaps with APT31, accessed mailboxes (T1114.002).",
    ["described Storm-0558 []: T1114.002 T1606", "referenced ZIRCONIUM [G0128]:"],
  ],
  ["nothing described is no campaign", "# Weather\n\nIt rained.", []],
  [
    "a table's row says who",
    "| Group | Technique |\n|---|---|\n| Naikon | T1055 |\n| FIN7 | T1190 |",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1190"],
  ],
  // What the author says wins.
  [
    "a declared campaign has its groups and the report",
    "---\nattack: { campaigns: [{name: Blue Lamp, groups: [G0093, Naikon]}] }\n---\nSomebody used T1055.",
    ["described Blue Lamp [G0093 G0019]: T1055"],
  ],
  [
    "a declared role wins",
    "---\nattack: { campaigns: [{name: FIN7, role: referenced}] }\n---\nFIN7 used T1055.",
    ["referenced FIN7 [G0046]: T1055"],
  ],
  [
    "a directive wins over the sentence",
    "<!-- attack: campaign Blue Lamp -->\n\nT1055 was used after FIN7 had left.\n",
    ["described Blue Lamp []: T1055", "described FIN7 [G0046]:"],
  ],
];

describe("campaigns", () => {
  for (const [name, text, expected] of cases) {
    it(name, () => assert.deepEqual(linesOf(analysisOf(text)), expected));
  }

  it("should give the same campaigns whatever stands in another report", () => {
    const once = JSON.stringify(analysisOf("FIN7 used T1055."));
    analysisOf("HAFNIUM used T1190.");
    assert.equal(JSON.stringify(analysisOf("FIN7 used T1055.")), once);
  });

  it("should quote the sentence and its line for every technique", () => {
    const [campaign] = analysisOf("# FIN7\n\nFirst words.\nThen FIN7 used T1055.").campaigns;
    assert.deepEqual(
      campaign?.techniques[0]?.evidence.map(({ line, text }) => [line, text]),
      [[4, "Then FIN7 used T1055."]],
    );
  });

  it("should tell the tactic only where the report does", () => {
    const said = (text: string): readonly string[] => analysisOf(text).campaigns[0]?.techniques[0]?.saidTactics ?? [];
    assert.deepEqual(said("FIN7 used T1078."), []);
    assert.deepEqual(said("| Tactic | ID |\n|---|---|\n| Persistence | T1078 |"), ["persistence"]);
    assert.deepEqual(said("# Initial Access\n\nFIN7 used T1078."), ["initial-access"]);
  });
});

describe("the sample that retells DeadRinger", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "..", "samples", "deadringer.md"), "utf8");
  const analysis = analyse(parseReport(text, { path: "deadringer.md" }), catalogue, lexicon ? { lexicon } : {});
  /** The line of the heading under which comparisons begin. */
  const comparisons = text.slice(0, text.indexOf("## In context")).split("\n").length;

  it("should describe one campaign with three groups, and only reference the others", () => {
    assert.deepEqual(
      analysis.campaigns.map(({ role, name, attackIds }) => [role, name, attackIds.join(" ")]),
      [
        ["described", "DeadRinger", "G0093 G0019 G0027"],
        ["described", "GALLIUM", "G0093"],
        ["described", "Naikon", "G0019"],
        ["described", "Threat Group-3390", "G0027"],
        ["referenced", "HAFNIUM", "G0125"],
        ["referenced", "SolarWinds Compromise", "C0024"],
        ["referenced", "Kaseya", ""],
      ],
    );
  });

  it("should hold no evidence from the comparison or the advice", () => {
    const lines = analysis.campaigns.flatMap(({ role, techniques }) =>
      role === "described" ? techniques.flatMap(({ evidence }) => evidence.map(({ line }) => line)) : [],
    );
    assert.ok(lines.length > 0);
    assert.ok(
      lines.every((line) => line < comparisons),
      lines.join(" "),
    );
  });
});
