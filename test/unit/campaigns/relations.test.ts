import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { mergeReports } from "../../../src/campaigns/merge-reports.ts";
import { relationsOf } from "../../../src/campaigns/relation.ts";
import { relatingTwo, relationRules, wrappedRelations } from "../../../src/campaigns/rules/relations.ts";
import { relationsIn, type SaidRelation } from "../../../src/campaigns/sentence-relations.ts";

import { parseReport } from "../../../src/report/parse.ts";
import { campaignRows } from "../../../src/exports/campaign-tree.ts";
import { toMarkdown } from "../../../src/exports/markdown.ts";
import { buildLayers } from "../../../src/layers/build-layers.ts";
import { catalogue } from "../catalogue.ts";

/** "X subgroup-of Y (suspected)" for each relation of a sentence whose names stand between angle brackets. */
function told(marked: string): readonly string[] {
  const names = [...marked.matchAll(/<([^<>]*)>/gu)].map(({ index, 1: name = "" }, at) => {
    const start = index - 2 * at;
    return { start, end: start + name.length, actor: name };
  });
  const nameOf = (from: SaidRelation["from"]): string => (typeof from === "string" ? `(${from})` : from.actor);
  return relationsIn(marked.replace(/[<>]/gu, ""), names).map(
    ({ from, kind, to, certainty }) =>
      `${nameOf(from)} ${kind} ${nameOf(to)}${certainty === "suspected" ? " (suspected)" : ""}`,
  );
}

describe("words of relations", () => {
  for (const { kind, from, to, example } of relationRules)
    it(`should relate: ${example}`, () => {
      const [first = "", second = ""] = [...example.matchAll(/<([^<>]*)>/gu)].map(([, name]) => name ?? "");
      const isTurned = from === "backward" || to !== undefined;
      const expected = isTurned ? `${second} ${kind} ${first}` : `${first} ${kind} ${second}`;
      assert.deepEqual(
        told(example).map((each) => each.replace(" (suspected)", "")),
        [expected],
      );
    });
  for (const { kind, turned, example } of wrappedRelations)
    it(`should relate: ${example}`, () => {
      const [first = "", second = ""] = [...example.matchAll(/<([^<>]*)>/gu)].map(([, name]) => name ?? "");
      assert.deepEqual(
        told(example).map((each) => each.replace(" (suspected)", "")),
        [turned ? `${second} ${kind} ${first}` : `${first} ${kind} ${second}`],
      );
    });
});

const table: readonly (readonly [sentence: string, relations: readonly string[]])[] = [
  ["<A1> used <B2>'s tools.", []],
  ["<A1> is not linked to <B2>.", []],
  ["We found no overlap between <A1> and <B2>.", []],
  ["<A1> is distinct from <B2> and unrelated to <C3>.", []],
  ["<A1> is a subgroup of <B2>.", ["A1 subgroup-of B2"]],
  ["<A1> is believed to be a subgroup of <B2>.", ["A1 subgroup-of B2 (suspected)"]],
  ["We assess with high confidence that <A1> is a subgroup of <B2>.", ["A1 subgroup-of B2"]],
  [
    "It overlaps with what others track as <A1>, <B2> and <C3>.",
    ["(focus) overlaps-with A1", "(focus) overlaps-with B2", "(focus) overlaps-with C3"],
  ],
  ["<A1> is part of <B2> and overlaps with <C3>.", ["A1 part-of B2", "A1 overlaps-with C3"]],
  ["<A1> is part of <B2>, which overlaps with <C3>.", ["A1 part-of B2", "B2 overlaps-with C3"]],
  ["The campaign was attributed to <A1>.", ["(whole) attributed-to A1"]],
  [
    "The campaign may be the work of <A1> or <B2>.",
    ["(whole) attributed-to A1 (suspected)", "(whole) attributed-to B2 (suspected)"],
  ],
  ["A link between <A1> and <B2> could not be confirmed.", ["A1 linked-to B2 (suspected)"]],
  ["<A1> is run by former <B2> affiliates.", ["A1 successor-of B2"]],
  ["<A1> was seen in May, and <B2> is probably behind <C3>.", ["C3 attributed-to B2 (suspected)"]],
  ["The group, possibly a rebrand of <A1>, is new.", ["(focus) successor-of A1 (suspected)"]],
  ["<A1> and <B2> are one and the same.", ["A1 same-as B2"]],
  ["Others suggested that <A1> could be <B2>, but this was wrong.", []],
  ["The tactics are those of the break-ins of 2023, which were pinned on <A1>.", []],
  ["The operation, which was pinned on <A1>, is over.", ["(whole) attributed-to A1"]],
  ["<A1> used infrastructure linked to <B2>.", []],
  ["As we know by now, the outage was simply connected to <A1>.", []],
  ["This domain was linked to <A1>.", []],
  ["These teams, referred to below as <A1>, <B2> and <C3>, are busy.", []],
  ["One was the operation known as <A1>.", []],
  ["The TTPs match those conducted by <A1>.", []],
  ["After <A1>, it became clear that the infamous group is behind <B2>.", []],
  ["Evidence suggests that <A1> was behind a campaign that we attributed to <B2>.", []],
  ["We attribute this activity with low confidence to <A1>.", ["(whole) attributed-to A1 (suspected)"]],
  ["In open source the actor is referred to as <A1>.", ["(focus) same-as A1"]],
  ["<A1> doesn't work for <B2>.", []],
  ["<A1> falsely claimed to be an affiliate of <B2>.", []],
  ["<A1> claims to be a part of <B2>.", ["A1 part-of B2 (suspected)"]],
  ["<A1>, <B2> and <C3> are each part of <D4>.", ["C3 part-of D4", "B2 part-of D4", "A1 part-of D4"]],
  ["<A1> is an affiliate of <B2>, and so is <C3>.", ["A1 affiliate-of B2", "C3 affiliate-of B2"]],
  ["<A1> and <B2> are both linked to <C3>.", ["B2 linked-to C3", "A1 linked-to C3"]],
  ["Attributed to <A1>, by others.", ["(focus) attributed-to A1"]],
  ["<A1> (2017): the work of <B2>; it aimed at valves.", ["A1 attributed-to B2"]],
  ["The firm suspects that <A1> is behind the operation.", ["(whole) attributed-to A1 (suspected)"]],
  ["We have a hunch, not more, that <A1> is linked to <B2>.", ["A1 linked-to B2 (suspected)"]],
  ["We looked for a connection between <A1> and <B2>, and found none.", []],
  ["We have been asked if they are what remains of <A1>.", []],
  ["We examined whether <A1> and <B2> might be the same person, and found no evidence of it.", []],
  ["It is compared with what is known of <A1>.", []],
];

describe("relations of a sentence", () => {
  for (const [sentence, expected] of table)
    it(`should be told: ${sentence}`, () => assert.deepEqual(told(sentence), expected));
});

const analysisOf = (text: string, path = "x.md"): Analysis => analyse(parseReport(text, { path }), catalogue);

/** "x subgroup-of y (suspected), line 3" */
const linesOf = ({ relations }: Pick<Analysis, "relations">): readonly string[] =>
  relations.map(
    ({ from, kind, to, certainty, evidence }) =>
      `${from} ${kind} ${to}${certainty === "suspected" ? " (suspected)" : ""}, ${evidence.map(({ line }) => `line ${line}`).join(" ")}`,
  );

const reports: readonly (readonly [what: string, report: string, relations: readonly string[]])[] = [
  ["nobody related", "# R\n\nFIN7 used T1055. Unlike APT28, it never hurried.", []],
  [
    "the group spoken of last",
    "# R\n\nFIN7 used T1055.\n\nThe group is believed to be a subgroup of APT41.",
    ["fin7 subgroup-of apt41 (suspected), line 5"],
  ],
  ...relatingTwo.map(
    ({ kind, example }) =>
      [
        `the two who were spoken of last: ${example}`,
        `# R\n\nFIN7 used T1055. Later APT28 used T1190.\n\n${example}.`,
        [`fin7 ${kind} apt28${/believe|suspect/u.test(example) ? " (suspected)" : ""}, line 5`],
      ] as const,
  ),
  ["two of whom it is denied", "# R\n\nFIN7 used T1055. Later APT28 used T1190.\n\nThe two are not linked.", []],
  [
    "whom a sentence tells of, not whom it relates to it",
    "# R\n\nNaikon is a former affiliate of Wizard Spider. Since May, it is an affiliate of FIN7. Naikon used T1055.",
    ["naikon affiliate-of wizard-spider, line 3", "naikon affiliate-of fin7, line 3"],
  ],
  ["what belongs to somebody else instead", "# R\n\nFIN7 used T1055. That wave belongs to APT28 instead.", []],
  [
    "the campaign of the report",
    "# Operation Silent Harbor\n\nSilent Harbor used T1189.\n\nThe operation is attributed to OceanLotus.",
    ["operation-silent-harbor attributed-to apt32, line 5"],
  ],
  [
    "the heading's actor",
    "# R\n\n## Naikon\n\nIt overlaps with FIN7. Naikon used T1055.\n\n## APT28\n\nIt used T1190.",
    ["naikon overlaps-with fin7, line 5"],
  ],
  [
    "members by the build of the report",
    "# Operation Grey Gull\n\nThe campaign, dubbed “Grey Gull”, used T1566.\n\nNaikon deployed T1055.",
    ["naikon part-of operation-grey-gull, line 5"],
  ],
  [
    "the same said twice, once for certain",
    "# R\n\nFIN7 used T1055. FIN7 is perhaps linked to APT41.\n\nLater FIN7 was linked to APT41.",
    ["fin7 linked-to apt41, line 3 line 5"],
  ],
  [
    "a rebrand of a brand",
    "# R\n\nBlack Basta affiliates used T1486. Black Basta is a rebrand of the Conti gang.",
    ["black-basta successor-of conti, line 3"],
  ],
  [
    "a campaign and the group to which ATT&CK attributes it, in whatever words",
    "# R\n\nFIN7 used T1055.\n\nIn the 2015 Ukraine Electric Power Attack, Sandworm Team opened breakers from afar.",
    ["2015-ukraine-electric-power-attack attributed-to sandworm-team, line 5"],
  ],
  [
    "a campaign's section, and nobody else's doing",
    "# FIN7\n\nFIN7 used T1055.\n\n## 2015 Ukraine Electric Power Attack\n\nIt was carried out by Sandworm Team.",
    ["2015-ukraine-electric-power-attack attributed-to sandworm-team, line 7"],
  ],
  [
    "a campaign that a sentence parts from the group",
    "# R\n\nFIN7 used T1055.\n\nNeither Sandworm Team nor the 2015 Ukraine Electric Power Attack is like it.",
    [],
  ],
  [
    "those under a heading of affiliates",
    "# LockBit gang\n\nThe LockBit gang rents out its locker. LockBit affiliates keep most.\n\n## Affiliates\n\n### FIN7\n\nFIN7 used T1055.",
    ["fin7 affiliate-of lockbit, line 7"],
  ],
  ["what stands among the references", "# R\n\nFIN7 used T1055.\n\n## References\n\nFIN7 is linked to APT41.", []],
];

describe("relations of a report", () => {
  for (const [what, report, expected] of reports)
    it(`should be told: ${what}`, () => assert.deepEqual(linesOf(analysisOf(report)), expected));

  const text = "# R\n\nFIN7 used T1055. FIN7 is believed to be a subgroup of APT41.\n";

  it("should be told of either side", () => {
    const analysis = analysisOf(text);
    const sides = analysis.campaigns.map(({ id }) => relationsOf(id, analysis).map((each) => each.text));
    assert.deepEqual(sides, [["is a subgroup of APT41 (suspected)"], ["FIN7 is a subgroup of it (suspected)"]]);
  });

  it("should keep its sentence and where it stands in the source", () => {
    const [relation] = analysisOf(text).relations;
    assert.deepEqual(
      relation?.evidence.map((each) => [each.text, text.slice(each.start, each.end)]),
      [["FIN7 is believed to be a subgroup of APT41.", "FIN7 is believed to be a subgroup of APT41."]],
    );
  });

  it("should be merged over reports, with the report of each sentence", () => {
    const other = analysisOf("# S\n\nAPT41 used T1190. FIN7 is a subgroup of APT41.\n", "y.md");
    const { relations } = mergeReports([analysisOf(text), other]);
    assert.deepEqual(linesOf({ relations }), ["fin7 subgroup-of apt41, line 3 line 3"]);
    assert.deepEqual(
      relations[0]?.evidence.map(({ report }) => report),
      ["x.md", "y.md"],
    );
  });

  it("should be shown in Markdown, in the layer and in the tree", () => {
    const analysis = analysisOf(text);
    assert.match(
      toMarkdown(analysis),
      /- is a subgroup of APT41 \(suspected\): line 3: “FIN7 is believed to be a subgroup of APT41\.”/,
    );
    const [file] = buildLayers(analysis, catalogue, { generator: "test" });
    assert.deepEqual(
      file?.layer.metadata.find(({ name }) => name === "relations"),
      { name: "relations", value: "is a subgroup of APT41 (suspected)" },
    );
    assert.match(
      campaignRows(analysis, catalogue)[0]?.tooltip ?? "",
      /is a subgroup of APT41 \(suspected\) \(line 3\)/,
    );
  });
});
