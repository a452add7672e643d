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
  ["We suspect, with moderate confidence, that <A1> is <B2>.", ["A1 same-as B2 (suspected)"]],
  ["<A1> logged in over SSH with the passwords that <B2> had handed over.", ["A1 linked-to B2"]],
  ["<A1> logged in over SSH with the passwords that it had stolen from <B2>'s victims.", []],
  ["With database accounts obtained from <A1>, <B2> then ran queries.", ["B2 linked-to A1"]],
  ["It is likely that <A1> passed its access on to <B2>.", ["A1 linked-to B2 (suspected)"]],
  ["<A1> was merged into <B2> in November.", ["A1 part-of B2"]],
  ["The branch was merged into the main tree by <A1>, as <B2> does.", []],
  ["<A1> in turn corresponds in part to what is publicly known as <B2>.", ["A1 overlaps-with B2"]],
  ["We followed <A1> and a group that overlaps with <B2>.", []],
  ["<A1> sold it to another crew which overlaps with <B2>.", []],
  ["<A1>, a group that overlaps with <B2>, came in May.", ["A1 overlaps-with B2"]],
  ["<A1> is a young group that overlaps with <B2>.", ["A1 overlaps-with B2"]],
  ["We assess with low confidence that <A1> is <B2>.", ["A1 same-as B2 (suspected)"]],
  ["We assess with high confidence that <A1> is <B2>.", ["A1 same-as B2"]],
  ["Northlight believes that <A1> is <B2>, since they share a server.", ["A1 same-as B2 (suspected)"]],
  ["We do not believe that <A1> is <B2>.", []],
  ["We believe that <A1> is <B2> affiliates' new home.", []],
  ["We believe that <A1> is <B2>'s cleaner.", []],
  ["<A1> is old (Microsoft calls a part of it <B2>).", ["A1 overlaps-with B2"]],
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

/** Wordings by other writers, and look-alikes that must give nothing; grouped by what they have in common. */
const wordings: readonly (readonly [what: string, rows: typeof table])[] = [
  [
    "a pronoun takes up the second",
    [
      ["<A1> overlaps with it, says the agency.", ["A1 overlaps-with (focus)"]],
      ["We regard <A1> as overlapping with that group.", ["A1 overlaps-with (focus)"]],
      ["<A1> may have split from it in 2022.", ["A1 successor-of (focus) (suspected)"]],
      ["<A1> is thought to work for them.", ["A1 affiliate-of (focus) (suspected)"]],
      ["<A1>, which is the work of that crew, began in May.", ["A1 attributed-to (focus)"]],
      ["<A1> fell silent in May, and <B2> might be linked to it.", ["B2 linked-to A1 (suspected)"]],
      ["It looks like <A1>'s, so closely that <B2> may have emerged from it.", ["B2 successor-of A1 (suspected)"]],
      ["We suspect a link between <A1> and that group.", []],
      ["It's <A1>'s scanner, and we suspect a link between <B2> and that group.", ["B2 linked-to A1 (suspected)"]],
      ["<A1> was linked to that group, <B2>.", ["A1 linked-to B2"]],
      ["<A1> and <B2> both overlap with it.", []],
      ["<A1> is in there, so number three overlaps with it.", []],
      ["It overlaps with them.", []],
      ["<A1> sells access to it.", []],
      ["<A1> is not linked to it.", []],
      ["<A1> is connected to the way in which it was built.", []],
    ],
  ],
  [
    "the report's own subject, and its operation",
    [
      ["We suspect that it is the same team as ours.", ["(focus) same-as (subject) (suspected)"]],
      ["<A1> overlaps with ours.", ["A1 overlaps-with (subject)"]],
      ["This group is identical with ours.", ["(focus) same-as (subject)"]],
      ["We believe that it is linked to the operation.", ["(focus) linked-to (whole) (suspected)"]],
      ["<A1> is connected to this campaign.", ["A1 linked-to (whole)"]],
      ["It has ties to the operation.", ["(focus) linked-to (whole)"]],
      ["This domain was linked to the operation.", []],
      ["Ours is not linked to it.", []],
      ["<A1> is not connected to the campaign.", []],
      ["It was linked to the operation of a valve.", []],
    ],
  ],
  [
    "both of two",
    [
      ["Both pay <A1> every month.", ["(both) linked-to A1"]],
      ["Both are customers of <A1>.", ["(both) linked-to A1"]],
      ["The two groups are affiliates of <A1>.", ["(both) affiliate-of A1"]],
      ["Both of them overlap with <A1>.", ["(both) overlaps-with A1"]],
      ["Both victims had been linked to <A1>.", []],
      ["Neither pays <A1>.", []],
      ["Both firms wrote about <A1>.", []],
    ],
  ],
  [
    "successors",
    [
      ["<A1> is its successor.", ["A1 successor-of (focus)"]],
      ["The Office considers <A1> to be its direct heir.", ["A1 successor-of (focus) (suspected)"]],
      ["<A1> vanished in May; <B2> was probably its rebrand.", ["B2 successor-of A1 (suspected)"]],
      ["<A1> is what has become of <B2>.", ["A1 successor-of B2"]],
      ["<A1> is probably what's left of <B2>.", ["A1 successor-of B2 (suspected)"]],
      ["<A1> is what remained of <B2> after the arrests.", ["A1 successor-of B2"]],
      ["<A1> pays better than its predecessor <B2>.", ["A1 successor-of B2"]],
      ["Their predecessor was <A1>.", ["(focus) successor-of A1"]],
      ["<A1> was set up by those who had worked for <B2>.", ["A1 successor-of B2"]],
      ["<A1> is run by people who once belonged to <B2>.", ["A1 successor-of B2"]],
      ["It later rebranded as <A1>.", ["A1 successor-of (focus)"]],
      ["It runs <A1> on every server.", []],
      ["<A1> isn't its successor.", []],
      ["<A1> is the successor.", []],
      ["IcedID's successors were used by <A1>.", []],
      ["Its predecessor had been sold to <A1>.", []],
      ["We don't know what became of <A1>.", []],
    ],
  ],
  [
    "suppliers and customers",
    [
      ["<A1> sells stolen cookies to <B2>.", ["A1 linked-to B2"]],
      ["<A1> handed the network over to <B2>.", ["A1 linked-to B2"]],
      ["<A1> passed its victims on to <B2>.", ["A1 linked-to B2"]],
      ["<A1>, who have been handing victims on to <B2> for years.", ["A1 linked-to B2"]],
      ["<A1> left its note there; the way in had been sold to it by <B2>.", ["A1 linked-to B2"]],
      ["<A1> was given its documents by <B2>.", ["A1 linked-to B2"]],
      ["<A1> used the access of <B2> at a port.", ["A1 linked-to B2"]],
      ["<A1> rents it out, and among its customers are <B2> and <C3>.", ["A1 linked-to B2", "A1 linked-to C3"]],
      ["Among the other buyers is <A1>.", ["(near) linked-to A1"]],
      ["In two cases the access ended up with <A1>.", ["(near) linked-to A1"]],
      ["The decoys belong to a kit that is sold by <A1>.", ["(near) linked-to A1"]],
      ["<A1> uses a panel rented out by <B2>.", ["A1 linked-to B2"]],
      ["<A1> is <B2>'s supplier.", ["A1 linked-to B2"]],
      ["This was <A1>, and it is certain that the password came from <B2>'s log.", ["A1 linked-to B2"]],
      ["<A1> signed in with keys; the keys had come to light before, says <B2>.", []],
      ["<A1> is a sister group of <B2>.", ["A1 linked-to B2"]],
      ["<A1> paid a bank that <B2> had robbed.", []],
      ["The company was sold to a fund while <A1> was inside.", []],
      ["<A1> used the access of a trainee.", []],
      ["<A1> doesn't sell access to <B2>.", []],
      ["<A1> is one of the customers of <B2>.", ["A1 linked-to B2"]],
      ["<A1> hit a customer of <B2>'s victim.", []],
      ["Its customers were robbed by <A1>.", []],
    ],
  ],
  [
    "customers and affiliates of the report's subject",
    [
      ["<A1> was the first tenant and is still the largest.", ["A1 affiliate-of (subject)"]],
      ["We believe, rather than know, that <A1> was a customer too.", ["A1 linked-to (subject) (suspected)"]],
      [
        "We can tell two tenants from one another: <A1> and <B2>.",
        ["A1 affiliate-of (subject)", "B2 affiliate-of (subject)"],
      ],
      [
        "The two affiliates that can be told apart, <A1> and <B2>, differ.",
        ["A1 affiliate-of (subject)", "B2 affiliate-of (subject)"],
      ],
      [
        "It has three customers: <A1>, <B2> and <C3>.",
        ["A1 linked-to (subject)", "B2 linked-to (subject)", "C3 linked-to (subject)"],
      ],
      ["The largest customer by volume is a group we call <A1>.", ["A1 linked-to (subject)"]],
      ["The bank was a customer of <A1>'s victim.", []],
      ["A customer was robbed by <A1>.", []],
      ["<A1> wasn't a customer.", []],
      ["<A1> wrote to the first customer.", []],
      ["Three customers called us: <A1> had been there.", []],
    ],
  ],
  [
    "what is shared",
    [
      ["<A1> shares two servers with <B2>.", ["A1 linked-to B2"]],
      ["<A1> shares a moderator with <B2>'s channel.", ["A1 linked-to B2"]],
      ["<A1> and <B2> share a supplier.", ["A1 linked-to B2"]],
      ["<A1> and <B2> share domains and, we assume, an employer.", ["A1 linked-to B2"]],
      ["<A1> and <B2>, we assume, share domains.", []],
      ["<A1> shares a habit with <B2>.", []],
      ["<A1> and <B2> share a taste for phones.", []],
      ["Tampering with logs is what <A1> shares with <B2>.", []],
      ["<A1>'s template shares three functions with one of <B2>.", []],
      ["<A1> and <B2> share no servers.", []],
    ],
  ],
  [
    "the same",
    [
      ["<A1> is the group which Some Security calls <B2>.", ["A1 same-as B2"]],
      ["<A1> is probably the cluster that others track as <B2>.", ["A1 same-as B2 (suspected)"]],
      ["<A1> is the crew we call <B2>.", ["A1 same-as B2"]],
      ["We suspect that <A1> is none other than <B2>.", ["A1 same-as B2 (suspected)"]],
      ["<A1> is nobody else than <B2>.", ["A1 same-as B2"]],
      ["We assess that <A1> and <B2> are identical.", ["A1 same-as B2 (suspected)"]],
      ["We suppose that <A1> and <B2> is the same actor.", ["A1 same-as B2 (suspected)"]],
      ["<A1> was probably the same customer as <B2>.", ["A1 same-as B2 (suspected)"]],
      ["<A1> is <B2> under a new name.", ["A1 same-as B2"]],
      ["We can't confirm that <A1> and <B2> are identical.", []],
      ["<A1> and <B2> are one problem among many.", []],
      ["<A1> is the group that robbed <B2>.", []],
      ["<A1> hit pumps, in what is known as <B2>.", ["B2 attributed-to A1"]],
      ["<A1> is not <B2> under another name.", []],
    ],
  ],
  [
    "fronts and mouthpieces",
    [
      ["<A1> is a front for <B2>.", ["A1 attributed-to B2"]],
      ["We believe that <A1> is merely a persona of <B2>.", ["A1 attributed-to B2 (suspected)"]],
      ["We suspect that <A1> is a front of that actor.", ["A1 attributed-to (focus) (suspected)"]],
      ["<A1> stands behind the name.", ["(focus) attributed-to A1"]],
      ["<A1> may be <B2>'s mouthpiece.", ["A1 linked-to B2 (suspected)"]],
      ["<A1> is <B2>'s persona.", ["A1 attributed-to B2"]],
      ["<A1> rented the shop front of a baker whom <B2> had robbed.", []],
      ["<A1> is not a front for <B2>.", []],
      ["<A1> stands behind the name of a company.", []],
    ],
  ],
  [
    "campaigns and their doers",
    [
      ["In <A1> (2019), <B2> sent spreadsheets.", ["A1 attributed-to B2"]],
      ["During the <A1>, <B2> stole mail.", ["A1 attributed-to B2"]],
      ["<A1>, in which <B2> used a wiper, is over.", ["A1 attributed-to B2"]],
      ["<A1>, for which the ministry blamed <B2>, is over.", ["A1 attributed-to B2"]],
      ["<A1>, for which we first blamed <B2>, is explained.", []],
      ["<A1> ran <B2> from 2017 to 2019.", ["B2 attributed-to A1"]],
      ["It ran <A1> in 2017.", ["A1 attributed-to (focus)"]],
      ["<A1> forwarded mail, for instance in the attacks published as <B2>.", ["B2 attributed-to A1"]],
      ["<A1>'s <B2> was earlier.", ["B2 attributed-to A1"]],
      ["<A1>'s tools resemble <B2>.", []],
      ["<A1>'s infamous <B2> was earlier.", ["B2 attributed-to A1"]],
      ["It takes its time, as it did in the <A1> of 2022.", ["A1 attributed-to (focus)"]],
      ["The group hit a bank in an operation of 2019 (we called it <A1>).", ["A1 attributed-to (focus)"]],
      ["We believe it was <A1> too.", ["(focus) attributed-to A1 (suspected)"]],
      ["<A1> and <B2>, two <C3> campaigns, are older.", ["B2 attributed-to C3", "A1 attributed-to C3"]],
      ["The firm isn't <A1>, for which <B2> was responsible.", ["A1 attributed-to B2"]],
      ["In <A1>, which was loud, others copied <B2>.", []],
      ["In <A1>, <B2> was not seen.", []],
      ["<A1> ran a scanner and <B2> watched.", []],
      ["We don't believe it was <A1>.", []],
      ["<A1>, in which <B2> was suspected for a while, is over.", []],
    ],
  ],
  [
    "words without a subject",
    [
      ["A link to <A1> is possible.", ["(near) linked-to A1 (suspected)"]],
      ["The firm sees links to <A1>.", ["(near) linked-to A1"]],
      ["There may be a weak connection to <A1>.", ["(near) linked-to A1 (suspected)"]],
      ["Overlaps with <A1> are considerable.", ["(near) overlaps-with A1"]],
      ["There is no connection to <A1>.", []],
      ["Overlap with <A1>? None.", []],
      ["A partner holds an overlap with <A1> to be possible.", ["(near) overlaps-with A1 (suspected)"]],
      ["A northern outfit, perhaps a contractor to <A1>.", ["(near) affiliate-of A1 (suspected)"]],
      [
        "Others partly cover the same activity under the names <A1> and <B2>.",
        ["(whole) overlaps-with A1", "(whole) overlaps-with B2"],
      ],
      ["A firm tracks part of this activity as <A1>.", ["(whole) overlaps-with A1"]],
      ["Parts of the activity were seen by <A1>.", []],
      ["A connection to <A1>, suggested in the press, can be ruled out.", []],
      ["A link to <A1> was looked for and not found.", []],
      ["The firm sees no links to <A1>.", []],
      ["A router, perhaps a gift to <A1>.", []],
    ],
  ],
  [
    "asked, confirmed, certain",
    [
      ["Did <A1> buy access from <B2>?", []],
      ["Is <A1> a front for <B2>?", []],
      ["A firm thinks <A1> is a contractor to <B2>.", ["A1 affiliate-of B2 (suspected)"]],
      ["It argued that <A1> is linked to <B2>.", ["A1 linked-to B2 (suspected)"]],
      ["A report that linked <A1> to <B2> is not supported by our data.", []],
      ["A paper called <A1> an offshoot of <B2>; this is unfounded.", []],
      ["It resembles one published in connection with <A1>.", []],
      [
        "We assess with high confidence that <A1> is one team, and with low confidence that it overlaps with <B2>.",
        ["A1 overlaps-with B2 (suspected)"],
      ],
      ["It is likely, though not proven, that <A1> is the work of <B2>.", ["A1 attributed-to B2 (suspected)"]],
      ["We therefore consider <A1> and <B2> to be linked.", []],
    ],
  ],
];

describe("relations in other words", () => {
  for (const [what, rows] of wordings)
    describe(what, () => {
      for (const [sentence, expected] of rows)
        it(`should be told: ${sentence}`, () => assert.deepEqual(told(sentence), expected));
    });
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
  [
    "one taken up behind the words",
    "# FIN7\n\nFIN7 used T1055.\n\nAPT41 is older. FIN7 may overlap with it.",
    ["fin7 overlaps-with apt41 (suspected), line 5"],
  ],
  [
    "a successor of whom the sentence before tells",
    "# FIN7\n\nFIN7 used T1055.\n\nAPT41 has been quiet since May. We suspect that FIN7 is its successor.",
    ["fin7 successor-of apt41 (suspected), line 5"],
  ],
  [
    "the same as the report's subject",
    "# FIN7\n\nFIN7 used T1055.\n\nAPT41 is what others write about. We suspect that it's the same team as ours.",
    ["apt41 same-as fin7 (suspected), line 5"],
  ],
  [
    "what is linked to the operation",
    "# Operation Silent Harbor\n\nSilent Harbor used T1189.\n\nLater OceanLotus came. We suspect that it is linked to the operation.",
    ["apt32 linked-to operation-silent-harbor (suspected), line 5"],
  ],
  [
    "both of the sentence before",
    "# R\n\nFIN7 and APT28 used T1055. Both pay APT41.",
    ["fin7 linked-to apt41, line 3", "apt28 linked-to apt41, line 3"],
  ],
  ["both where the sentence before names three", "# R\n\nFIN7, Naikon and APT28 used T1055. Both pay APT41.", []],
  [
    "a suspicion by the next sentence",
    "# R\n\nFIN7 used T1055.\n\nSome list FIN7 as an offshoot of APT41. We consider that possible, not more.",
    ["fin7 successor-of apt41 (suspected), line 5"],
  ],
  [
    "a suspicion by evidence that nobody saw",
    "# R\n\nFIN7 used T1055.\n\nThe police call FIN7 an offshoot of APT41. We haven't seen their evidence.",
    ["fin7 successor-of apt41 (suspected), line 5"],
  ],
  [
    "what the next sentence takes back",
    "# R\n\nFIN7 used T1055.\n\nSome list FIN7 as an offshoot of APT41. We disagree.",
    [],
  ],
  [
    "what the next sentence leaves standing",
    "# R\n\nFIN7 used T1055.\n\nFIN7 is linked to APT41. We don't believe that the operators are the same people.",
    ["fin7 linked-to apt41, line 5"],
  ],
  [
    "nobody who is the same as a campaign",
    "# R\n\nFIN7 used T1055 in Operation Silent Harbor, a campaign. The two are the same group.",
    [],
  ],
  [
    "the two of an item of a list",
    "# FIN7\n\nFIN7 used T1055. Naikon used T1190.\n\n- APT41 took the money. The two are linked.",
    ["fin7 linked-to apt41, line 5"],
  ],
  [
    "the two where one of them is nobody's name",
    "# R\n\nFIN7 used T1055. Naikon used T1190.\n\n**Closer to Home** lies something else. The two overlap.",
    ["fin7 overlaps-with naikon, line 5"],
  ],
  [
    "the two of whom one is nobody here",
    "# R\n\nFIN7 used T1055. Naikon used T1190.\n\nClose by is **Some Thing**. The two overlap.",
    [],
  ],
  [
    "a campaign under both of its names",
    "# FIN7\n\nFIN7 used T1055.\n\nOperation Wet Gull was long ago. In Operation Wet Gull (2019), FIN7 sent spreadsheets.",
    ["operation-wet-gull attributed-to fin7, line 5"],
  ],
  [
    "an operation that was only recalled",
    "# FIN7\n\nFIN7 used T1055.\n\nOperation Wet Gull went after banks in 2019. We believe it was FIN7 too.",
    ["operation-wet-gull attributed-to fin7 (suspected), line 5"],
  ],
  [
    "a campaign whose doer the next sentence guesses",
    "# FIN7\n\nFIN7 used T1055.\n\nOperation Wet Gull hit banks in 2019. It is thought likely that FIN7 was responsible.",
    ["operation-wet-gull attributed-to fin7 (suspected), line 5"],
  ],
  [
    "a campaign that somebody ties to a group",
    "# R\n\nFIN7 used T1055. Operation Wet Gull, which Acme ties to APT41, is older.",
    ["operation-wet-gull attributed-to apt41, line 3"],
  ],
  [
    "a campaign that is only linked to a group",
    "# R\n\nFIN7 used T1055. Operation Wet Gull, a campaign of 2019, is linked to APT41 by one server.",
    ["operation-wet-gull linked-to apt41, line 3"],
  ],
  [
    "those who use what the report takes apart",
    "# The LockBit gang\n\nThe LockBit gang rents out its locker. LockBit affiliates use T1486.\n\n## Who uses it\n\n**FIN7.** FIN7 used T1055.",
    ["fin7 linked-to lockbit, line 7"],
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
