import { traitsOfText } from "../../../../src/mapping/model/judge.ts";
import assert from "node:assert/strict";
import fc from "fast-check";
import { evidenceSpan } from "../../../../src/mapping/model/evidence-span.ts";
import { featuresOf } from "../../../../src/mapping/model/features.ts";
import { hashFilter, mayHold } from "../../../../src/mapping/model/hash-filter.ts";
import {
  gates,
  readModel,
  writeModel,
  type JudgeWeights,
  type ModelHead,
} from "../../../../src/mapping/model/model.ts";
import { meaningShare } from "../../../../src/mapping/model/word-vectors.ts";

const judgeWeights: JudgeWeights = { means: [0], spreads: [1], hidden: [[0]], output: [0], straight: [0] };
const [dump = 0, memory = 0] = featuresOf("dump").words.concat(featuresOf("memory").words);
const [steal = 0] = featuresOf("steal").words;
const [first, second] = dump < memory ? [dump, memory] : [memory, dump];
const head: ModelHead = {
  format: 3,
  attack: "1",
  labels: ["T1", "T2", ...gates],
  techniques: 2,
  annotated: 1,
  scales: [0.5, 0.25, ...gates.map(() => 1)],
  biases: [-1, -1, ...gates.map(() => 0)],
  features: 2,
  weights: 3,
  silentBits: 1024,
  silentIdf: 36,
  stems: 2,
  mean: [0, 0.25],
  meaningScales: [0.5, 0.25, ...gates.map(() => 1)],
  characterShare: 0.7,
  judges: { annotated: judgeWeights, other: judgeWeights },
  thresholds: {
    cautious: { annotated: 0.5, other: 0.5 },
    balanced: { annotated: 0.3, other: 0.2 },
    eager: { annotated: 0.1, other: 0.1 },
  },
};
const bytes = writeModel(head, {
  hashes: Int32Array.of(first, second),
  counts: Uint16Array.of(1, 2),
  idf: Uint8Array.of(18, 18),
  labels: Uint16Array.of(0, 0, 1),
  weights: Int8Array.of(2, 2, 4),
  silent: hashFilter(featuresOf("quietly").words, 1024),
  // “dump” and “steal” stand in one direction, of which only the first technique is.
  wordVectors: { hashes: Int32Array.of(dump, steal), numbers: Int8Array.of(3, 0, 50, 0) },
  meanings: Int8Array.of(4, 0, 0, 8, ...gates.flatMap(() => [0, 0])),
});

describe("the model's file", () => {
  it("is read back, and scores by the words that it knows", () => {
    const model = readModel(bytes, "x");
    // Two known words of equal weight, the vector's length being 1: each counts 1/√2.
    const both = Array.from(model.score("dump memory").slice(0, 2));
    const meanings = [4 * 0.5 * meaningShare, -0.25 * 8 * 0.25 * meaningShare] as const;
    assert.deepEqual(
      both.map((score) => Number(score.toFixed(4))),
      [-1 + 2 * Math.SQRT1_2 + meanings[0], -1 + Math.SQRT1_2 + meanings[1]].map((x) => Number(x.toFixed(4))),
    );
    // A word without weights of its own says what the words beside which it stands say.
    assert.deepEqual(Array.from(model.score("steal").slice(0, 2)), [-1 + meanings[0], -1 + meanings[1]]);
    assert.deepEqual(Array.from(model.score("unheard of").slice(0, 2)), [-1, -1]);
  });

  it("lets words that training knows and gives no weight make the others count less", () => {
    const model = readModel(bytes, "x");
    const scoreOf = (text: string): number => (model.score(text)[1] ?? 0) - -1;
    // “memory” has one step, “quietly” two: the vector is √5 long in place of 1.
    assert.equal((scoreOf("memory") / scoreOf("memory quietly")).toFixed(4), Math.sqrt(5).toFixed(4));
    assert.equal(scoreOf("memory unheard"), scoreOf("memory"));
  });

  it("is read from an odd place in a buffer", () => {
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    assert.equal(readModel(moved.subarray(1), "x").head.attack, "1");
  });

  for (const [what, broken, message] of [
    ["something else", new TextEncoder().encode("{}{}{}{}"), /x: this is no model/],
    ["nothing", new Uint8Array(), /x: this is no model/],
    ["a file cut off", bytes.subarray(0, bytes.length - 1), /x: the model is cut off/],
    ["a head cut off", bytes.subarray(0, 40), /x: the model is cut off/],
  ] as const)
    it(`refuses ${what}`, () => {
      assert.throws(() => readModel(broken, "x"), message);
    });
});

describe("a filter of hashes", () => {
  const numbers = Array.from({ length: 4000 }, (_, at) => featuresOf(`word${at}`).words[0] ?? 0);

  it("should hold all that were put in, and take few others for such", () => {
    const [inside, outside] = [numbers.slice(0, 2000), numbers.slice(2000)];
    const filter = hashFilter(inside, 2 ** 15);
    assert.ok(inside.every((hash) => mayHold(filter, hash)));
    const taken = outside.filter((hash) => mayHold(filter, hash)).length;
    assert.ok(taken < 30, `${taken} of ${outside.length}`);
  });

  it("should hold nothing when it is empty", () => {
    const filter = hashFilter([], 64);
    assert.ok(numbers.every((hash) => !mayHold(filter, hash)));
  });
});

describe("features", () => {
  for (const [what, a, b] of [
    ["inflection", "dumped", "dumping"],
    ["case", "Mimikatz", "mimikatz"],
    ["addresses", "203.0.113.7", "198.51.100[.]9"],
    ["hashes", "d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661"],
    ["vulnerabilities", "CVE-2021-34473", "cve-2019-0708"],
  ] as const)
    it(`see no difference in ${what}`, () => {
      assert.deepEqual(featuresOf(a).words, featuresOf(b).words);
    });

  it("tell pairs of words apart by their order", () => {
    assert.notDeepEqual([...featuresOf("dump memory").words].sort(), [...featuresOf("memory dump").words].sort());
  });

  it("are read from any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { words, characters } = featuresOf(text);
        assert.ok([...words, ...characters].every((hash) => Number.isInteger(hash)));
      }),
    );
  });
});

describe("a sentence that begins like an item", () => {
  const table: readonly (readonly [sentence: string, isItem: boolean])[] = [
    ["1. The shortcut ran", true],
    ["- the shortcut ran", true],
    ["12 hosts were encrypted", true],
    ["The shortcut ran", false],
    ["21:15 The shortcut ran", false],
    ["2025-03-04 09:12 UTC – the shortcut ran", false],
    ["- 2025-03-04: the shortcut ran", false],
  ];
  for (const [sentence, isItem] of table)
    it(`should be ${isItem ? "one" : "none"}: ${sentence}`, () => assert.equal(traitsOfText(sentence).item, isItem));
});

describe("evidence span", () => {
  for (const [sentence, telling, span] of [
    ["In May the group dumped LSASS memory again.", { dumped: 3, LSASS: 3, memory: 2 }, "dumped LSASS"],
    ["(They used “RDP”, it seems.)", { "“RDP”,": 5 }, "RDP"],
    ["Nothing tells.", {}, "Nothing tells"],
    ["  ", {}, "  "],
  ] as const)
    it(JSON.stringify(sentence), () => {
      const weights: Readonly<Record<string, number>> = telling;
      const { start, end } = evidenceSpan(sentence, (words) => words.map((word) => weights[word] ?? -1));
      assert.equal(sentence.slice(start, end), span);
    });
});
