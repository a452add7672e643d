import assert from "node:assert/strict";
import { isComplete, faultLine, lexiconFaults } from "../../../tools/lexicon/faults.ts";
import { compileLexicon, lexiconToJson } from "../../../tools/lexicon/compile.ts";
import { entriesOf, parseLexiconFile, readLexiconFiles, type LexiconEntry } from "../../../tools/lexicon/source.ts";
import { catalogue } from "../catalogue.ts";

/** T1201 is among the less frequent techniques; T1105 is among the most frequent. */
const sound: LexiconEntry = {
  gloss: "Reads the rules for passwords.",
  cues: ["one red", "two red", "three red", "four red", "five red", "six red"].map((strong) => ({ strong })),
  commands: [{ cmd: "net accounts" }],
  examples: ["alpha runs", "bravo walks", "charlie sits", "delta sleeps", "echo eats", "foxtrot swims"],
  lookalikes: [
    { text: "a", technique: "none", why: "b" },
    { text: "c", technique: "T1003", why: "d" },
  ],
};

const check = (content: unknown, name = "T1201.yaml"): readonly string[] =>
  lexiconFaults([{ name, content }], catalogue, { missing: false }).map(faultLine);

describe("lexicon:check", () => {
  it("finds nothing wrong with a sound entry", () => assert.deepEqual(check({ T1201: sound }), []));

  const table: readonly (readonly [what: string, content: unknown, line: RegExp])[] = [
    [
      "a missing field",
      { T1201: { ...sound, gloss: undefined } },
      /^T1201\.yaml: T1201: must have required property 'gloss'/,
    ],
    ["an unknown field", { T1201: { ...sound, note: "x" } }, /T1201: must NOT have additional properties \("note"\)/],
    ["an unknown weight", { T1201: { ...sound, cues: [...sound.cues, { sure: "x" }] } }, /cues\/6 .*\("sure"\)/],
    ["an unknown command kind", { T1201: { ...sound, commands: [{ shell: "x" }] } }, /commands\/0 .*\("shell"\)/],
    ["a long gloss", { T1201: { ...sound, gloss: "word ".repeat(31) } }, /gloss has 31 words/],
    ["few cues", { T1201: { ...sound, cues: sound.cues.slice(1) } }, /only 5 cues, 6 are needed/],
    ["few examples", { T1201: { ...sound, examples: sound.examples.slice(1) } }, /only 5 examples, 6 are needed/],
    ["few lookalikes", { T1201: { ...sound, lookalikes: sound.lookalikes.slice(1) } }, /only 1 lookalikes/],
    [
      "a bad pattern",
      { T1201: { ...sound, cues: [...sound.cues, { weak: "a (b" }] } },
      /"\(" without "\)" at character 3/,
    ],
    ["an unknown id", { T1299: sound }, /T1299: no technique of ATT&CK has this id/],
    ["a revoked id", { T1075: sound }, /T1075: ATT&CK revoked it: it is T1550\.002 now/],
    ["another family", { T1201: sound, T1202: sound }, /T1202: belongs in T1202\.yaml/],
    ["the wrong order", { "T1003.002": sound, T1003: sound }, /T1003: stands out of the ids' order/],
    [
      "a lookalike that is no technique",
      { T1201: { ...sound, lookalikes: [...sound.lookalikes, { text: "x", technique: "T1299", why: "y" }] } },
      /lookalike of T1299: no technique/,
    ],
    [
      "a repeated example",
      { T1201: { ...sound, examples: [...sound.examples, "Runs: alpha!"] } },
      /example “Runs: alpha!” nearly repeats T1201's “alpha runs”/,
    ],
    [
      "a decisive cue of two",
      {
        T1201: { ...sound, cues: [...sound.cues, { decisive: "a-b c" }] },
        T1202: { ...sound, cues: [...sound.cues, { decisive: "A b c" }] },
      },
      /T1202: the decisive cue "A b c" is T1201's already/,
    ],
  ];
  for (const [what, content, line] of table)
    it(`reports ${what}`, () =>
      assert.ok(
        check(content).some((found) => line.test(found)),
        check(content).join("\n"),
      ));

  it("demands more examples of frequent techniques", () =>
    assert.match(check({ T1105: sound }, "T1105.yaml").join("\n"), /only 6 examples, 12 are needed/));

  it("reports what is no YAML", () => {
    const [fault] = lexiconFaults([parseLexiconFile("T1201.yaml", "T1201: [")], catalogue, { missing: false });
    assert.match(fault?.what ?? "", /^no YAML: /);
  });

  it("reports techniques without an entry", () => {
    const lines = lexiconFaults([{ name: "T1201.yaml", content: { T1201: sound } }], catalogue).map(faultLine);
    assert.ok(lines.includes("T1003.yaml: T1003: no entry (OS Credential Dumping)"));
    assert.ok(!lines.some((line) => line.includes("T1201")));
  });
});

describe("lexicon:build", () => {
  it("leaves out unknown techniques, bad patterns, examples and look-alikes", () => {
    const bad = { ...sound, cues: [...sound.cues, { decisive: "a (b" }] };
    const { lexicon, skipped } = compileLexicon(
      new Map([
        ["T1299", sound],
        ["T1201", bad],
      ]),
      catalogue,
    );
    assert.deepEqual(lexicon.cues, [
      ["T1201", [], ["one red", "two red", "three red", "four red", "five red", "six red"], []],
    ]);
    assert.deepEqual(lexicon.commands, [["T1201", { cmd: ["net accounts"] }]]);
    assert.equal(skipped.length, 2);
    const json = lexiconToJson(lexicon);
    assert.deepEqual(JSON.parse(json), lexicon);
    assert.ok(!json.includes("foxtrot"));
  });
});

describe("the lexicon that ships", () => {
  it("has no fault", function () {
    const files = readLexiconFiles();
    if (!isComplete(files, catalogue)) {
      console.log(
        `      skipped: the lexicon has ${entriesOf(files).size} techniques, not all yet (npm run lexicon:check)`,
      );
      this.skip();
    }
    assert.deepEqual(lexiconFaults(files, catalogue).map(faultLine), []);
  });
});
