import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { mergeReports, type MergedReports } from "../../../src/campaigns/merge-reports.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const analyses = (texts: readonly string[]): readonly Analysis[] =>
  texts.map((text, index) => analyse(parseReport(text, { path: `${index + 1}.md` }), catalogue));
const merge = (...texts: readonly string[]): MergedReports => mergeReports(analyses(texts));

/** "Name described T1 1.md:3, T2 …" for each campaign. */
const inWords = ({ campaigns }: MergedReports): readonly string[] =>
  campaigns.map(({ name, role, techniques }) =>
    [
      name,
      role,
      ...techniques.map(
        ({ id, evidence }) => `${id} ${evidence.map(({ report, line }) => `${report ?? ""}:${line}`).join("+")}`,
      ),
    ].join(" "),
  );

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "one group by its name and by another's name for it",
    ["FIN7 used T1055.", "# A\n\nCarbon Spider used T1055 and T1486."],
    ["FIN7 described T1055 1.md:1+2.md:3 T1486 2.md:3"],
  ],
  [
    "two groups",
    ["FIN7 used T1055.", "Naikon used T1055."],
    ["FIN7 described T1055 1.md:1", "Naikon described T1055 2.md:1"],
  ],
  [
    "an introduced campaign by its name",
    [
      "# One\n\nWe track this activity cluster as UNC9911. UNC9911 used T1055.",
      "# Two\n\nUNC9911 has also used T1486 against a bank.",
    ],
    ["UNC9911 described T1055 1.md:3 T1486 2.md:3"],
  ],
  [
    "reports that name nobody",
    ["# A\n\nThe attackers used T1055.", "# B\n\nThe attackers used T1055."],
    ["A described T1055 1.md:3", "B described T1055 2.md:3"],
  ],
  [
    "clusters known by a letter",
    [
      "# A\n\n## Cluster A\n\nCluster A used T1055.\n\n## Cluster B\n\nCluster B used T1486.",
      "# B\n\n## Cluster A\n\nCluster A used T1490.",
    ],
    ["Cluster A described T1055 1.md:5", "Cluster B described T1486 1.md:9", "Cluster A described T1490 2.md:5"],
  ],
];

describe("several reports as one", () => {
  for (const [name, texts, expected] of cases)
    it(`should tell of ${name}`, () => assert.deepEqual(inWords(merge(...texts)), expected));

  it("should leave out what a report only refers to, and say so", () => {
    const merged = merge(
      "HAFNIUM used T1190.",
      "# B\n\nFIN7 used T1055. Unlike HAFNIUM, which used T1486, it is after money.",
    );
    assert.deepEqual(inWords(merged), ["HAFNIUM described T1190 1.md:1", "FIN7 described T1055 2.md:3"]);
    assert.deepEqual(merged.conflicts, [
      { campaign: "hafnium", name: "HAFNIUM", described: ["1.md"], referenced: ["2.md"] },
    ]);
  });

  it("should give different campaigns of one name different ids", () => {
    const ids = merge("# A\n\nThe attackers used T1055.", "# A\n\nThe attackers used T1486.").campaigns.map(
      ({ id }) => id,
    );
    assert.deepEqual(ids, ["a", "a-2"]);
  });

  it("should keep who is part of whom", () => {
    const text = "---\nattack: {campaigns: [{name: Night Tide, groups: [FIN7]}]}\n---\n\nFIN7 used T1055.\n";
    const { campaigns } = merge("Naikon used T1486.", text, text.replace("T1055", "T1490"));
    const member = campaigns.find(({ name }) => name === "FIN7");
    assert.equal(campaigns.find(({ id }) => id === member?.partOf)?.name, "Night Tide");
    assert.deepEqual(
      member?.techniques.map(({ id }) => id),
      ["T1055", "T1490"],
    );
  });

  it("should be what one report alone tells", () => {
    const [alone] = analyses(["FIN7 used T1055 in March 2021. Then it used T1486."]);
    assert.ok(alone);
    const [campaign] = mergeReports([alone]).campaigns;
    const withoutReports = campaign?.techniques.map((technique) => ({
      ...technique,
      evidence: technique.evidence.map(({ report: _path, ...rest }) => rest),
    }));
    assert.deepEqual(withoutReports, alone.campaigns[0]?.techniques);
    assert.deepEqual(campaign?.dates, { first: "2021-03", last: "2021-03" });
    assert.deepEqual(
      campaign.techniques.map(({ evidence }) => evidence[0]?.step),
      [undefined, "then"],
    );
  });
});
