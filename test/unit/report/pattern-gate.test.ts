import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { brandActs } from "../../../src/campaigns/rules/brands.ts";
import { comparisons, headingComparisons } from "../../../src/campaigns/rules/comparisons.ts";
import { evidence, handles, quotedHandles } from "../../../src/campaigns/rules/evidence.ts";
import { apposed, namings, operationNames } from "../../../src/campaigns/rules/introductions.ts";
import { relatingTwo, relationRules } from "../../../src/campaigns/rules/relations.ts";
import { noDeedRules } from "../../../src/mapping/rules/no-deed.ts";
import { othersDeedRules } from "../../../src/mapping/rules/others-deeds.ts";
import { neededText } from "../../../src/report/needed-text.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { finderOf, gated } from "../../../src/report/pattern-gate.ts";

describe("what a pattern needs", () => {
  const cases: readonly (readonly [pattern: RegExp, needed: readonly string[] | undefined])[] = [
    [/overlap/u, ["overlap"]],
    [/OVERlap/iu, ["overlap"]],
    [/(?<![\p{L}-])(?:sister|brother) of\b/u, ["ster of", "brother"]],
    [/links? to/u, ["link to", "links t"]],
    [/\bre-?brand(?:s|ed)?/u, ["rebrand", "e-brand"]],
    [/[Tt]rack(?:s|ed) as/u, ["acks as", "tracked"]],
    // A choice of which one needs nothing.
    [/overlap|\d+/u, undefined],
    [/(?:overlap)?/u, undefined],
    [/(?:overlap)*s/u, undefined],
    [/(?:overlap)+/u, ["overlap"]],
    [/(?:overlap){2,3}/u, ["overlap"]],
    [/(?:overlap){0}/u, undefined],
    // What must stand around it, and what must not.
    [/(?<=overlap)\p{Lu}/u, ["overlap"]],
    [/\p{Lu}(?=overlap)/u, ["overlap"]],
    [/(?!overlap)\p{Lu}/u, undefined],
    [/(?<!overlap)\p{Lu}/u, undefined],
    // The rarer half.
    [/is .{1,40}quixotic/u, ["quixoti"]],
    [/(?<quote>["“])\k<quote>velour/u, ["velour"]],
    // Nothing is known of a letter beyond ASCII where case is ignored; marks have no case.
    [/ß/iu, undefined],
    [/’s crew/u, ["’s crew"]],
    // Too common to tell sentences apart.
    [/ e/u, undefined],
    [/./u, undefined],
    [/^/u, undefined],
  ];
  for (const [pattern, needed] of cases)
    it(`${String(pattern)} needs ${JSON.stringify(needed)}`, () => {
      assert.deepEqual(neededText([pattern]), needed);
    });

  it("should be the rarest of what several patterns need, where all of them must match", () => {
    assert.deepEqual(neededText([/^/u, /the group/u, /quixotic/u]), ["quixoti"]);
    assert.equal(neededText([]), undefined);
  });
});

describe("a table behind a gate", () => {
  const open = gated([/one|two/u, /\d/u, /three/iu, /TWO/u, /’s/u], (pattern) => pattern);
  const cases: readonly (readonly [text: string, sources: readonly string[]])[] = [
    ["", ["\\d"]],
    ["nothing", ["\\d"]],
    ["two", ["one|two", "\\d", "TWO"]],
    ["stones", ["one|two", "\\d"]],
    ["THREE", ["\\d", "three"]],
    ["thrree", ["\\d"]],
    ["ththree", ["\\d", "three"]],
    ["twthree tone", ["one|two", "\\d", "three"]],
    ["It is Velour’s", ["\\d", "’s"]],
    ["It is Velour's", ["\\d"]],
  ];
  for (const [text, sources] of cases)
    it(`should give ${sources.join(", ")} for “${text}”`, () => {
      assert.deepEqual(
        open(text).map(({ source }) => source),
        sources,
      );
    });

  it("should take the letters for k and s that match them where case is ignored", () => {
    const [long, kelvin] = ["\u017f", "\u212a"];
    assert.ok(/task/iu.test(`ta${long}${kelvin}`));
    assert.equal(finderOf(/task/giu)(`a ta${long}${kelvin}`).length, 1);
  });

  it("should let each text in which a pattern matches pass", () => {
    const letter = fc.constantFrom("a", "b", "s", "k", "A", "B", " ", "’", "ſ", "ß");
    const words = fc.string({ unit: letter, maxLength: 12 });
    const literal = fc.string({ unit: fc.constantFrom("a", "b", "s", "k", " ", "’"), minLength: 1, maxLength: 4 });
    const pattern: fc.Memo<string> = fc.memo((depth) =>
      depth <= 1
        ? literal
        : fc.oneof(
            literal,
            fc.tuple(pattern(), pattern()).map(([one, other]) => `${one}${other}`),
            fc.tuple(pattern(), pattern()).map(([one, other]) => `(?:${one}|${other})`),
            fc
              .tuple(pattern(), fc.constantFrom("?", "*", "+", "{2}", "{0,2}"))
              .map(([one, times]) => `(?:${one})${times}`),
            pattern().map((one) => `(?=${one})`),
            pattern().map((one) => `(?<!${one})`),
            fc.constantFrom("[ab]", "[Ss]", ".", "\\b", "^", "\\p{Lu}"),
          ),
    );
    fc.assert(
      fc.property(
        fc.array(pattern(4), { minLength: 1, maxLength: 5 }),
        words,
        fc.constantFrom("u", "iu"),
        (sources, text, flags) => {
          const patterns = sources.map((source) => new RegExp(source, flags));
          const passing = gated(patterns, (each) => each)(text);
          for (const each of patterns) assert.ok(!each.test(text) || passing.includes(each), String(each));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("gates of the rules", () => {
  const fixtures = join(import.meta.dirname, "..", "..", "fixtures", "reports");
  const texts = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .flatMap((file) => parseReport(readFileSync(join(fixtures, file), "utf8"), { path: file }).blocks)
    .map(({ text }) => text);
  const tables: Readonly<Record<string, readonly RegExp[]>> = {
    "what is no deed": [...noDeedRules, ...othersDeedRules].map(({ pattern }) => pattern),
    comparisons: [...comparisons, ...headingComparisons].map(({ pattern }) => pattern),
    relations: [...relationRules.filter(({ from }) => from !== "joint"), ...relatingTwo].map(({ pattern }) => pattern),
    "names that are given": [namings, operationNames, ...apposed, handles, quotedHandles],
    "evidence for names": evidence.flatMap(({ last }) => (last ? [last] : [])),
    "brands that act": brandActs.flatMap(({ behind }) =>
      behind ? [new RegExp(behind.source.replace(/^\^/u, ""), "u")] : [],
    ),
  };
  for (const [name, patterns] of Object.entries(tables))
    it(`should let pass what matches: ${name}`, () => {
      const open = gated(patterns, (pattern) => pattern);
      let count = 0;
      for (const text of texts) {
        const passing = new Set(open(text));
        for (const pattern of patterns) {
          pattern.lastIndex = 0;
          if (!pattern.test(text)) continue;
          count += 1;
          assert.ok(passing.has(pattern), `${String(pattern)} matches “${text}”`);
        }
      }
      assert.ok(name === "evidence for names" || count > 20, `${count} matches`);
    });
});
