import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { isCurrent } from "../../../src/attack/catalogue.ts";
import {
  attributeEdits,
  campaignNamedAt,
  firstPlaceOf,
  isCampaignName,
  renameEdits,
} from "../../../src/exports/attribution-edits.ts";
import { campaignRows, excerpt, unattributedRows, type TreeRow } from "../../../src/exports/campaign-tree.ts";
import { applyEdits, openSuggestions } from "../../../src/exports/decisions.ts";
import { matrixView } from "../../../src/exports/matrix-view.ts";
import { idHints, linkableIds, sectionSummaries } from "../../../src/exports/outline.ts";
import { parseReport } from "../../../src/report/parse.ts";
import type { Report } from "../../../src/report/report.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";
import { hostileReport, hostileTexts } from "./reports.ts";

function read(text: string): { readonly report: Report; readonly analysis: Analysis } {
  const report = parseReport(text, { path: "r.md" });
  return { report, analysis: analyse(report, catalogue, { lexicon, model }) };
}

/** Rows as an outline: two spaces a level, label and description, but not how sure the model is. */
const drawn = (rows: readonly TreeRow[], depth = 0): readonly string[] =>
  rows.flatMap(({ label, description, children }) => [
    `${"  ".repeat(depth)}${label} | ${description.replace(/0\.\d\d/, "N")}`,
    ...drawn(children, depth + 1),
  ]);

const two = `# Two

## FIN7

FIN7 sent T1566.001. FIN7 dumped T1003.001.

## APT29

APT29 came by T1190.

## Recommendations

Watch for T1055.
`;

const trees: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "the domain of a tactic where there are several",
    "FIN7 sent T1566.001. FIN7 read files of the plant (T0893).\n",
    [
      "FIN7 | 2 techniques · G0046",
      "  Initial Access | Enterprise · 1",
      "    T1566.001 Spearphishing Attachment | Phishing",
      "      FIN7 sent T1566.001. | line 1",
      "  Collection | ICS · 1",
      "    T0893 Data from Local System | ",
      "      …of the plant (T0893). | line 1",
    ],
  ],
  [
    "campaigns with tactics in the order of the matrix",
    two,
    [
      "FIN7 | 2 techniques · G0046",
      "  Initial Access | 1",
      "    T1566.001 Spearphishing Attachment | Phishing",
      "      FIN7 sent T1566.001. | line 5",
      "  Credential Access | 1",
      "    T1003.001 LSASS Memory | OS Credential Dumping",
      "      FIN7 dumped T1003.001. | line 5",
      "APT29 | 1 technique · G0016",
      "  Initial Access | 1",
      "    T1190 Exploit Public-Facing Application | ",
      "      APT29 came by T1190. | line 9",
    ],
  ],
  [
    "suggested techniques, which say so before their parent's name",
    "<!-- attack: campaign Grey Moth -->\n\nThe loader uses process hollowing to run inside svchost.exe.\n",
    [
      "Grey Moth | 1 technique, suggested",
      "  Privilege Escalation | 1, suggested",
      "    T1055.012 Process Hollowing | described, N · Process Injection",
      "      The loader uses process hollowing to run inside svchost.exe. | line 3",
      "  Defense Evasion | 1, suggested",
      "    T1055.012 Process Hollowing | described, N · Process Injection",
      "      The loader uses process hollowing to run inside svchost.exe. | line 3",
    ],
  ],
  ["no rows for a report that tells nothing", "# Weather\n\nIt rained.\n", []],
];

describe("rows of the views", () => {
  for (const [what, text, expected] of trees)
    it(`should be ${what}`, () => assert.deepEqual(drawn(campaignRows(read(text).analysis, catalogue)), expected));

  it("should put members below their campaign, and tell what they did there alone", () => {
    const { analysis } = read(
      `---\nattack: { campaigns: [{name: Night Heron, groups: [G0046]}] }\n---\n\n# Night Heron\n\nFIN7 used T1190.\n`,
    );
    const [roof] = campaignRows(analysis, catalogue);
    assert.equal(roof?.label, "Night Heron");
    assert.deepEqual(
      roof.children.map(({ kind, label }) => [kind, label]),
      [["campaign", "FIN7"]],
    );
  });

  it("should list what is nobody's, with the reason", () => {
    assert.deepEqual(drawn(unattributedRows(read(two).analysis, catalogue)), [
      "T1055 Process Injection | advice, under “Recommendations”",
      "  Watch for T1055. | line 13",
    ]);
  });

  it("should say in full, in tooltips, what a row has no room for", () => {
    const { analysis } = read(trees[0]?.[1] ?? "");
    assert.deepEqual(
      campaignRows(analysis, catalogue)[0]?.children.map(({ tooltip }) => tooltip),
      ["Initial Access TA0001\nEnterprise ATT&CK\n1 technique", "Collection TA0100\nATT&CK for ICS\n1 technique"],
    );
  });

  it("should know what tells of nobody, where nothing can be accepted", () => {
    const { analysis } = read(
      "# Two\n\n## FIN7\n\nFIN7 sent T1566.001.\n\n## Recommendations\n\nInstall the patches for ProxyLogon.\n",
    );
    const [row] = unattributedRows(analysis, catalogue);
    assert.equal(row?.technique, "T1190");
    assert.match(row.description, /^described, 0\.\d\d · advice, under/);
    assert.deepEqual([row.aside, row.children[0]?.aside], [true, true]);
    assert.deepEqual(openSuggestions(analysis.mentions), []);
  });

  for (const [sentence, words, expected] of [
    ["They used it.", "used it", { label: "They used it.", highlight: [5, 12] }],
    [
      "The actors who came in the spring exploited ProxyLogon months before.",
      "ProxyLogon",
      { label: "…exploited ProxyLogon months before.", highlight: [11, 21] },
    ],
    [
      "A sentence in which the words\nstand elsewhere.",
      "T1055",
      { label: "A sentence in which the words\nstand elsewhere." },
    ],
    [`${"x".repeat(40)}y`, "y", { label: "…y", highlight: [1, 2] }],
    ["Nothing.", "", { label: "Nothing." }],
  ] as const)
    it(`should show ${JSON.stringify(words)} of ${JSON.stringify(sentence.slice(0, 20))} in a narrow view`, () =>
      assert.deepEqual(excerpt(sentence, words), expected));

  it("should keep their keys when text is written elsewhere", () => {
    const keys = (text: string): readonly string[] => {
      const flat = (rows: readonly TreeRow[]): readonly string[] =>
        rows.flatMap(({ key, children }) => [key, ...flat(children)]);
      return flat(campaignRows(read(text).analysis, catalogue));
    };
    assert.deepEqual(keys(two), keys(two.replace("# Two\n", "# Two\n\nIt rained.\n")));
    assert.equal(new Set(keys(two)).size, keys(two).length);
  });
});

describe("the matrix for a page", () => {
  it("should hold every tactic and technique, with evidence where the report shows it", () => {
    const view = matrixView(read(two).analysis, catalogue);
    assert.deepEqual(
      view.campaigns.map(({ name, count }) => [name, count]),
      [
        ["FIN7", 2],
        ["APT29", 1],
      ],
    );
    const [domain] = view.domains;
    assert.ok(domain);
    assert.equal(domain.columns.length, catalogue.tactics(domain.id).length);
    const used = domain.columns.flatMap(({ cells }) => cells.filter(({ use }) => use));
    assert.deepEqual(
      used.map(({ id, use }) => [id, use?.campaigns, use?.evidence.map(({ line }) => line)]),
      [
        ["T1190", ["APT29"], [9]],
        ["T1566.001", ["FIN7"], [5]],
        ["T1003.001", ["FIN7"], [5]],
      ],
    );
    // The parent stands before its sub-technique, and no technique twice in one column.
    for (const { cells } of domain.columns) {
      const ids = cells.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      for (const { id, sub } of cells) if (sub) assert.ok(ids.indexOf(id.slice(0, 5)) < ids.indexOf(id));
    }
  });

  it("should hold all sub-techniques of a parent, each below it, by id", () => {
    const view = matrixView(read("# One\n\nAPT29 used T1003.001.\n").analysis, catalogue);
    const cells = view.domains[0]?.columns.flatMap((column) => column.cells) ?? [];
    const at = cells.findIndex(({ id }) => id === "T1003");
    const subs = catalogue
      .objects("technique")
      .filter((one) => one.parent === "T1003" && isCurrent(one))
      .map(({ id }) => id)
      .sort();
    assert.ok(subs.length > 1);
    assert.deepEqual(
      cells.slice(at, at + subs.length + 1).map(({ id, use }) => [id, use?.status]),
      ["T1003", ...subs].map((id) => [id, id === "T1003.001" ? "stated" : undefined]),
    );
  });

  it("should show one campaign alone, and all where the one that was asked for is gone", () => {
    const { analysis } = read(two);
    assert.equal(matrixView(analysis, catalogue, "apt29").domains[0]?.count, 1);
    const all = matrixView(analysis, catalogue, "gone");
    assert.equal(all.selected, undefined);
    assert.equal(all.domains[0]?.count, 3);
  });

  it("should survive JSON and hostile texts", () => {
    for (const text of hostileTexts) {
      const view = matrixView(read(hostileReport(text)).analysis, catalogue);
      assert.deepEqual(JSON.parse(JSON.stringify(view)), view);
      assert.doesNotMatch(JSON.stringify(view), /\p{Surrogate}/u);
    }
  });
});

/** Text before, the words whose sentence changes hands, to whom, text after. */
const attributions: readonly (readonly [string, string, string, string, string])[] = [
  [
    "the sentence alone",
    "FIN7 used T1190. Then T1055 came. T1003 too.\n",
    "T1055",
    "APT29",
    "FIN7 used T1190. Then T1055 came. <!-- attack: by APT29 --> T1003 too.\n",
  ],
  [
    "a list item",
    "FIN7 did:\n\n- T1190 first\n- T1055 then\n",
    "T1190",
    "Night Heron",
    "FIN7 did:\n\n- T1190 first <!-- attack: by Night Heron -->\n- T1055 then\n",
  ],
  [
    "what was given to somebody else before",
    "FIN7 used T1190. <!-- attack: by APT28 --> More.\n",
    "T1190",
    "APT29",
    "FIN7 used T1190. <!-- attack: by APT29 --> More.\n",
  ],
  [
    "code, which has no room for it",
    "FIN7 ran:\n\n```\nT1190\n```\n",
    "T1190",
    "APT29",
    "FIN7 ran:\n\n```\nT1190\n```\n",
  ],
];

describe("attribution by the author", () => {
  for (const [what, before, words, name, after] of attributions)
    it(`should be written for ${what}`, () => {
      const { report } = read(before);
      const start = before.indexOf(words);
      const edits = attributeEdits(report, [{ start, end: start + words.length }], name);
      assert.equal(applyEdits(before, edits), after);
      if (after === before) return;
      const { analysis } = read(after);
      const id = analysis.campaigns.find((campaign) => campaign.name === name)?.id ?? "none";
      for (const { object, campaigns } of analysis.mentions.filter(({ object }) => object.type === "technique"))
        assert.equal(campaigns.includes(id), object.id === words, `${object.id}: ${campaigns.join()}`);
    });

  it("should leave a campaign directive in force behind it", () => {
    const { analysis } = read(
      "# R\n\n<!-- attack: campaign Night Heron -->\n\nT1190 first. T1055 then. <!-- attack: by APT29 --> T1003 last.\n",
    );
    assert.deepEqual(
      analysis.mentions
        .filter(({ object }) => object.type === "technique")
        .map(({ object, campaigns }) => [object.id, campaigns]),
      [
        ["T1190", ["night-heron"]],
        ["T1055", ["apt29"]],
        ["T1003", ["night-heron"]],
      ],
    );
  });

  it("should leave the report's campaigns as they are", () => {
    const before =
      "# R\n\nThe campaign, dubbed “Night Heron”, is told here.\n\n## A\n\nFIN7 used T1190.\n\n## B\n\nAPT29 used T1055.\n";
    const actors = (text: string): readonly unknown[] =>
      read(text).analysis.campaigns.map(({ name, type, role, partOf, attackIds }) => [
        name,
        type,
        role,
        partOf,
        attackIds,
      ]);
    assert.equal(actors(before).length, 3);
    assert.deepEqual(actors(before.replace("T1055.", "T1055. <!-- attack: by FIN7 -->")), actors(before));
    assert.deepEqual(actors(before.replace("T1055.", "T1055. <!-- attack: by APT28 -->")).at(-1), [
      "APT28",
      "group",
      "described",
      "night-heron",
      ["G0007"],
    ]);
  });

  const names: readonly (readonly [string, boolean])[] = [
    ["Night Heron", true],
    ["APT-C-36", true],
    ["Schlange №1", false],
    ["a --> b", false],
    ["a--b", false],
    ["{x}", false],
    ["a\nb", false],
    ["", false],
    [" a", false],
  ];
  for (const [name, expected] of names)
    it(`should ${expected ? "take" : "refuse"} the name ${JSON.stringify(name)}`, () =>
      assert.equal(isCampaignName(name), expected));

  it("should never write a comment that ends early, whatever the name", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        if (!isCampaignName(name)) return;
        const [edit] = attributeEdits(read("FIN7 used T1190.\n").report, [{ start: 10, end: 15 }], name);
        assert.equal(edit?.text.match(/-->/g)?.length, 1);
      }),
    );
  });
});

const named = `---
attack: { campaigns: [{name: Night Heron, groups: [G0046]}] }
---

# Night Heron

Night
Heron used T1190, see [Night Heron](https://example.com/Night-Heron) and \`Night Heron\`. Night Herons do not count.

<!-- attack: campaign Night Heron -->

<!-- Night Heron in a remark -->
`;

describe("renaming a campaign", () => {
  it("should write the new name in prose, headings, directives and front matter, and nowhere else", () => {
    const { report } = read(named);
    assert.equal(
      applyEdits(named, renameEdits(report, "Night Heron", "Grey Owl")),
      `---
attack: { campaigns: [{name: Grey Owl, groups: [G0046]}] }
---

# Grey Owl

Grey Owl used T1190, see [Grey Owl](https://example.com/Night-Heron) and \`Night Heron\`. Night Herons do not count.

<!-- attack: campaign Grey Owl -->

<!-- Night Heron in a remark -->
`,
    );
  });

  it("should know the name at a place, and none where none is", () => {
    const { report, analysis } = read(named);
    assert.equal(campaignNamedAt(report, analysis, named.indexOf("# Night") + 4)?.name, "Night Heron");
    assert.equal(campaignNamedAt(report, analysis, named.indexOf("used")), undefined);
  });

  it("should find where a campaign is first named behind the front matter", () => {
    const { report, analysis } = read(named);
    const [campaign] = analysis.campaigns;
    assert.ok(campaign);
    assert.equal(firstPlaceOf(report, campaign)?.start, named.indexOf("# Night") + 2);
  });

  it("should treat a name as words, not as a pattern", () => {
    const text = "# R\n\n<!-- attack: campaign C.1 (x) -->\n\nC.1 (x) used T1190; C21 x did not.\n";
    assert.equal(
      applyEdits(text, renameEdits(read(text).report, "C.1 (x)", "D")),
      "# R\n\n<!-- attack: campaign D -->\n\nD used T1190; C21 x did not.\n",
    );
  });
});

describe("names of any shape", () => {
  it("should be looked for as they stand", () => {
    const text = "# R\n\nThe group APT-C-36 used T1190, as FIN7/Carbanak did.\n";
    assert.equal(
      applyEdits(text, renameEdits(read(text).report, "APT-C-36", "Owl")),
      "# R\n\nThe group Owl used T1190, as FIN7/Carbanak did.\n",
    );
    const { report } = read(text);
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => void renameEdits(report, name, "x")));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (name) => void renameEdits(report, name, "x")));
  });
});

describe("what stands beside the text", () => {
  it("should sum up sections", () => {
    const { report, analysis } = read(two);
    assert.deepEqual(
      sectionSummaries(report, analysis, catalogue).map(({ start, campaigns, techniques }) => [
        two.slice(start, two.indexOf("\n", start)),
        campaigns.map(({ name }) => name),
        techniques,
      ]),
      [
        ["# Two", ["FIN7", "APT29"], 3],
        ["## FIN7", ["FIN7"], 2],
        ["## APT29", ["APT29"], 1],
        ["## Recommendations", [], 1],
      ],
    );
  });

  it("should name a campaign with what is its own, and its members where they did all of it", () => {
    const { report, analysis } = read(two);
    const [fin7, apt29] = analysis.campaigns;
    assert.ok(fin7 && apt29);
    const below = (member: string, roof: string): Analysis => ({
      ...analysis,
      campaigns: analysis.campaigns.map((one) => (one.id === member ? { ...one, partOf: roof } : one)),
      mentions: analysis.mentions.map((one) =>
        one.campaigns.includes(member) ? { ...one, campaigns: [roof, member] } : one,
      ),
    });
    const summed = (of: Analysis): readonly (readonly [readonly string[], number])[] =>
      sectionSummaries(report, of, catalogue).map(({ campaigns, techniques }) => [
        campaigns.map(({ name }) => name),
        techniques,
      ]);
    const [ownDeeds] = summed(below(apt29.id, fin7.id));
    assert.deepEqual(ownDeeds, [["FIN7"], 3]);
    const mere = below(apt29.id, fin7.id);
    const [, , underMember] = summed(mere);
    assert.deepEqual(underMember, [["APT29"], 1]);
    const [allOfMember] = summed({
      ...mere,
      mentions: mere.mentions.filter(({ campaigns }) => campaigns.length !== 1),
    });
    assert.deepEqual(allOfMember, [["APT29"], 1]);
  });

  it("should hint at ids behind names, not behind ids", () => {
    const text = "FIN7 used Process Injection and T1190.\n";
    const { report, analysis } = read(text);
    assert.deepEqual(
      idHints(report, analysis, "all").map(({ at, ids }) => [text.slice(0, at), ids]),
      [["FIN7 used Process Injection", ["T1055"]]],
    );
  });

  it("should hint behind the code in which a name stands", () => {
    const text = "FIN7 ran ``Process Injection -x`` today.\n";
    const { report, analysis } = read(text);
    assert.deepEqual(
      [...new Set(idHints(report, analysis, "all").map(({ at }) => text.slice(0, at)))],
      ["FIN7 ran ``Process Injection -x``"],
    );
  });

  it("should link ids that the author has not linked", () => {
    const text =
      "T1190, [T1055](https://attack.mitre.org/techniques/T1055/), [it][a] and [T1003 here](https://example.com).\n\n[a]: https://attack.mitre.org/techniques/T1059/\n";
    const { report, analysis } = read(text);
    assert.deepEqual(
      linkableIds(report, analysis).map(({ text: words }) => words),
      ["T1190"],
    );
  });
});
