import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { relationRules, wrappedRelations } from "../../../src/campaigns/rules/relations.ts";
import { relationsIn, type SaidRelation } from "../../../src/campaigns/sentence-relations.ts";

/** "X subgroup-of Y (suspected)" for each relation of a sentence whose names stand between angle brackets. */
function told(marked: string): readonly string[] {
  const names = [...marked.matchAll(/<([^<>]*)>/gu)].map(({ index, 1: name = "" }, at) => {
    const start = index - 2 * at;
    return { start, end: start + name.length, actor: name };
  });
  const nameOf = (from: SaidRelation["from"]): string => (typeof from === "string" ? `(${from})` : from.actor);
  return relationsIn(marked.replace(/[<>]/gu, ""), names).map(
    ({ from, kind, to, certainty }) =>
      `${nameOf(from)} ${kind} ${to}${certainty === "suspected" ? " (suspected)" : ""}`,
  );
}

describe("words of relations", () => {
  for (const { kind, from, example } of relationRules)
    it(`should relate: ${example}`, () => {
      const [first = "", second = ""] = [...example.matchAll(/<([^<>]*)>/gu)].map(([, name]) => name ?? "");
      const expected = from === "backward" ? `${second} ${kind} ${first}` : `${first} ${kind} ${second}`;
      assert.deepEqual(
        told(example).map((each) => each.replace(" (suspected)", "")),
        [expected],
      );
    });
  for (const { kind, example } of wrappedRelations)
    it(`should relate: ${example}`, () => {
      const [first = "", second = ""] = [...example.matchAll(/<([^<>]*)>/gu)].map(([, name]) => name ?? "");
      assert.deepEqual(
        told(example).map((each) => each.replace(" (suspected)", "")),
        [`${first} ${kind} ${second}`],
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
  ["<A1> doesn't work for <B2>.", []],
  ["<A1> falsely claimed to be an affiliate of <B2>.", []],
];

describe("relations of a sentence", () => {
  for (const [sentence, expected] of table)
    it(`should be told: ${sentence}`, () => assert.deepEqual(told(sentence), expected));
});
