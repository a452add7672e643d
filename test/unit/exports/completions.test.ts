import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { lookUpIn } from "../../../src/attack/look-up.ts";
import {
  completionPlaceAt,
  completionsFor,
  type Completion,
  type CompletionFormat,
  type CompletionPlace,
} from "../../../src/exports/completions.ts";
import { applyEdits } from "../../../src/exports/decisions.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** The place at the bar `¦`, which is taken out of the text. */
function placeAt(
  marked: string,
  asked = false,
): { readonly text: string; readonly place: CompletionPlace | undefined } {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  return { text, place: completionPlaceAt(text, offset, asked) };
}

/** A text with the cursor at `¦`, and the query with the kinds that fit; nothing where nothing is completed while one types. */
const places: readonly (readonly [string, string | undefined])[] = [
  ["They used T1¦", "T1"],
  ["They used (T1059.0¦", "T1059.0"],
  ["By G00¦.", "G00"],
  ["| S05¦ |", "S05"],
  ["[[emiss¦", "emiss"],
  ["[[¦]]", ""],
  ["by @¦", ""],
  ["by @lazarus gr¦", "lazarus gr"],
  ["mail a@b¦", undefined],
  ["word¦", undefined],
  ["CVE-2021-2¦", undefined],
  ["XT1¦", undefined],
  ["https://x.example/T1¦", undefined],
  ["[x](T1¦", undefined],
  ["`T1¦", undefined],
  ["`code` T1¦", "T1"],
  ["```\nT1¦", undefined],
  ["```\nx\n```\nT1¦", "T1"],
  ["~~~~\n```\nT1¦", undefined],
  ["> ```\n> T1¦", undefined],
  ["> ```\n> x\n\nT1¦", "T1"],
  ["- ```\n  x\n  T1¦", undefined],
  ["They ran:\n\n    net user T1¦\n", undefined],
  ["- a\n\n    T1¦", "T1"],
  ["`one\nT1¦ two`", undefined],
  ["`one\ntwo` T1¦", "T1"],
  ["`a` and `T1¦", undefined],
  ["[T1¦]: https://x.example", undefined],
  ["[x]: T1¦", undefined],
  ["> [x]: T1¦", undefined],
  ["[x]:\n  https://x.example/T1¦", undefined],
  ["<!-- T1¦ -->", undefined],
  ["<!-- a\n\nT1¦\n-->", undefined],
  ['<a href="T1¦">', undefined],
  ["<td>T1¦</td>", "T1"],
  ["a\r\n\r\n```\r\nT1¦", undefined],
  ["```\r```\rT1¦", "T1"],
  ["<!-- attack: T10¦ -->", "T10 technique id"],
  ["<!-- attack: ignore T1190 T10¦", "T10 technique id"],
  ["<!-- attack: campaign Dead¦ -->", "Dead group campaign name campaigns"],
  ["<!-- attack: by ¦", " group campaign name campaigns"],
  ["---\nattack: {domains: [ent¦\n---\n", "ent domains"],
  ["---\nattack:\n  ignore: [T1190, T10¦\n---\n", "T10 technique id"],
  ["---\nattack: {campaigns: [{name: Dead¦\n---\n", "Dead group campaign name campaigns"],
  ["---\nattack: {campaigns: [{name: X, groups: [soft c¦\n---\n", "soft c group campaign id"],
  ["---\nattack: {platforms: [Win¦\n---\n", "Win platforms"],
  ["---\ntitle: T1¦\n---\n", undefined],
  ["---\nname: T1¦\n---\n", undefined],
  ["---\nattack:\n  ignore:\n    - T1190\n    - T10¦\n---\n", "T10 technique id"],
  ["---\nattack:\n  ignore:\n  - ¦\n---\n", " technique id"],
  ["---\nattack:\n  ignore: [T1190,\n    T10¦]\n---\n", "T10 technique id"],
  ["---\nattack:\n  domains:\n    - ent¦\n---\n", "ent domains"],
  ['---\nattack:\n  platforms:\n    - "Lin¦"\n---\n', "Lin platforms"],
  ["---\nattack:\n  campaigns:\n    - name: Dead¦\n---\n", "Dead group campaign name campaigns"],
  ["---\nattack:\n  campaigns:\n    - name: X\n      groups:\n        - soft c¦\n---\n", "soft c group campaign id"],
  ["---\r\nattack:\r\n  ignore:\r\n    - T10¦\r\n---\r\n", "T10 technique id"],
  ["---\nattack: {domains: [x], ¦}\n---\n", undefined],
];

describe("where something is completed", () => {
  for (const [marked, expected] of places)
    it(JSON.stringify(marked), () => {
      const { place } = placeAt(marked);
      const said =
        place &&
        [place.query, ...(place.types ?? []), place.form ?? "", place.words ?? ""]
          .filter((part, index) => index === 0 || part !== "")
          .join(" ");
      assert.equal(said, expected);
    });

  it("should be any word when the author asks", () => {
    assert.equal(placeAt("they used web shell¦", true).place?.query, "shell");
    assert.equal(placeAt("```\nword¦", true).place, undefined);
  });
});

/** What is offered at the bar, with a report before it. */
function offered(marked: string, format: CompletionFormat = "nameAndId"): readonly Completion[] {
  const { text, place } = placeAt(marked, true);
  assert.ok(place);
  const report = parseReport(text, { path: "x.md" });
  const analysis = analyse(report, catalogue);
  return completionsFor(place, { catalogue, lookUp: lookUpIn(catalogue), report, analysis, text, format });
}

describe("what is completed", () => {
  const formats: readonly (readonly [CompletionFormat, string])[] = [
    ["nameAndId", "PowerShell (T1059.001)"],
    ["id", "T1059.001"],
    ["name", "PowerShell"],
    ["link", "[PowerShell](https://attack.mitre.org/techniques/T1059/001)"],
    ["reference", "[PowerShell][T1059.001]"],
  ];
  for (const [format, expected] of formats)
    it(`should be written as ${format}`, () => assert.equal(offered("T1059.001¦", format)[0]?.insert, expected));

  it("should define a reference once, at the end", () => {
    assert.deepEqual(offered("They used T1059.001¦ today.\n", "reference")[0]?.also, {
      start: 27,
      end: 27,
      text: "\n[T1059.001]: https://attack.mitre.org/techniques/T1059/001\n",
    });
    const again = "They used T1059.001¦ today.\n\n[T1059.001]: https://attack.mitre.org/techniques/T1059/001\n";
    assert.equal(offered(again, "reference")[0]?.also, undefined);
    const other = "They used T1059.001¦ today.\n\n[T1055]: https://attack.mitre.org/techniques/T1055\n";
    assert.match(offered(other, "reference")[0]?.also?.text ?? "", /^\[T1059\.001\]: /);
  });

  /** Reports in which a reference is completed, and what they are afterwards but for the words at the bar. */
  const defined: readonly (readonly [string, string, string])[] = [
    [
      "on the first line",
      "[T1059.001]: https://x.example\n\nThey used T1059.001¦",
      "[T1059.001]: https://x.example\n\nThey used T1059.001",
    ],
    [
      "in another case",
      "They used T1059.001¦\n\n  [t1059.001]: <https://x.example>\n",
      "They used T1059.001\n\n  [t1059.001]: <https://x.example>\n",
    ],
    [
      "only in code",
      "They used T1059.001¦\n\n```\n[T1059.001]: x\n```\n",
      "They used T1059.001\n\n```\n[T1059.001]: x\n```\n\n[T1059.001]: https://attack.mitre.org/techniques/T1059/001\n",
    ],
    [
      "behind an open fence",
      "They used T1059.001¦ so:\n\n```\nwhoami\n",
      "They used T1059.001 so:\n\n[T1059.001]: https://attack.mitre.org/techniques/T1059/001\n\n```\nwhoami\n",
    ],
    [
      "behind an open comment",
      "They used T1059.001¦ so.\n\n<!-- to do\n",
      "They used T1059.001 so.\n\n[T1059.001]: https://attack.mitre.org/techniques/T1059/001\n\n<!-- to do\n",
    ],
    [
      "behind a list in a report with carriage returns",
      "- They used T1059.001¦\r\n",
      "- They used T1059.001\r\n\r\n[T1059.001]: https://attack.mitre.org/techniques/T1059/001\r\n",
    ],
  ];
  for (const [where, marked, after] of defined)
    it(`should define a reference where one stands ${where}`, () => {
      const also = offered(marked, "reference")[0]?.also;
      assert.equal(applyEdits(marked.replace("¦", ""), also ? [also] : []), after);
    });

  it("should begin with what the report shows, then with what its actors are known to use", () => {
    const ids = offered("Naikon used T1137.006 (S0154).\n\nThen T1¦").map(({ object }) => object?.id ?? "");
    assert.equal(ids[0], "T1137.006");
    const known = new Set([...catalogue.targets("G0019", "uses"), ...catalogue.targets("S0154", "uses")]);
    assert.ok(
      ids.slice(1, 6).every((id) => known.has(id)),
      ids.slice(0, 6).join(" "),
    );
  });

  it("should begin with what the campaign at the cursor has to do with", () => {
    const two = (marked: string): string =>
      `# Two\n\n## FIN7\n\nFIN7 used T1113 with Mimikatz.${marked === "FIN7" ? " Then T1¦" : ""}\n\n## Naikon\n\nNaikon used T1137.006.${marked === "Naikon" ? " Then T1¦" : ""}\n`;
    const ids = (who: string): readonly string[] => offered(two(who)).map(({ object }) => object?.id ?? "");
    assert.equal(ids("FIN7")[0], "T1113");
    assert.equal(ids("Naikon")[0], "T1137.006");
    const knownOf = (...of: readonly string[]) => new Set(of.flatMap((id) => catalogue.targets(id, "uses")));
    const fin = knownOf("G0046", "S0002");
    const naikon = knownOf("G0019");
    assert.ok(
      ids("FIN7")
        .slice(1, 9)
        .every((id) => fin.has(id)),
      ids("FIN7").join(" "),
    );
    assert.ok(
      ids("Naikon")
        .slice(1, 9)
        .every((id) => naikon.has(id)),
      ids("Naikon").join(" "),
    );
  });

  it("should prefer who is described to who is only compared with, even in a report that has grown meanwhile", () => {
    const text = "# R\n\nNaikon used T1137.006.\n\n## Context\n\nThis resembles the attacks of FIN7.\n\n## End\n\n";
    const report = parseReport(text, { path: "x.md" });
    const analysis = analyse(report, catalogue);
    const grown = `${text}Then [[`;
    const place = completionPlaceAt(grown, grown.length, false);
    assert.ok(place);
    const context = { catalogue, lookUp: lookUpIn(catalogue), report, analysis, text: grown, format: "id" } as const;
    const found = completionsFor(place, context).map(({ object }) => object?.id);
    assert.deepEqual(found.slice(0, 2), ["G0019", "T1137.006"]);
  });

  it("should know the campaign of a section by its directive alone", () => {
    const found = offered(
      "# Two\n\nFIN7 used T1113.\n\n## Later\n\n<!-- attack: campaign Naikon -->\n\nThey came by T1¦\n\nNaikon used T1137.006.\n",
    );
    assert.equal(found[0]?.object?.id, "T1137.006");
  });

  it("should be found by another vendor's name", () =>
    assert.equal(offered("[[emissary panda¦")[0]?.insert, "Threat Group-3390 (G0027)"));

  it("should leave out what ATT&CK withdrew", () =>
    assert.ok(offered("T1086¦").every(({ object }) => object?.id !== "T1086")));

  const words: readonly (readonly [string, string])[] = [
    ["---\nattack: {domains: [mob¦\n---\n", "mobile-attack"],
    ["---\nattack: {platforms: [lin¦\n---\n", "Linux"],
    ["We track the activity as HARBOUR LANTERN. It used T1055. <!-- attack: by harb¦ -->", "HARBOUR LANTERN"],
    ["---\nattack: {campaigns: [{name: X, groups: [soft cell¦\n---\n", "G0093"],
    ["<!-- attack: ignore web shell¦", "T1505.003"],
  ];
  for (const [marked, expected] of words)
    it(`should be ${expected} in ${JSON.stringify(marked)}`, () => assert.equal(offered(marked)[0]?.insert, expected));
});
