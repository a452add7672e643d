import assert from "node:assert/strict";
import { featuresOf } from "../../../../src/mapping/model/features.ts";
import { WordVectors } from "../../../../src/mapping/model/word-vectors.ts";
import { learnWordVectors } from "../../../../tools/train/word-company.ts";

const subjects = ["The group", "An operator", "This malware", "The intruder", "A contractor"];
const texts = [
  ...["stole", "harvested", "pilfered"].flatMap((verb) =>
    subjects.map((subject) => `${subject} ${verb} saved browser passwords`),
  ),
  ...["wiped", "erased", "shredded"].flatMap((verb) =>
    subjects.map((subject) => `${subject} ${verb} all backup disks`),
  ),
];
const stemsOf = (text: string): readonly number[] => featuresOf(text).stems;
const learnt = learnWordVectors(texts.map(stemsOf));

const vectorOf = (text: string): readonly number[] =>
  Array.from(learnt.of(stemsOf(text)), (value, at) => value + (learnt.arrays.mean[at] ?? 0));

function nearness(a: string, b: string): number {
  const other = vectorOf(b);
  return vectorOf(a).reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

describe("word vectors", () => {
  for (const [word, near, far] of [
    ["harvested", "pilfering", "shredded"],
    ["erasing", "wiped", "stole"],
    ["passwords", "browsers", "disks"],
  ] as const)
    it(`put “${word}” nearer to “${near}” than to “${far}”`, () => {
      assert.ok(nearness(word, near) > nearness(word, far) + 0.2, `${nearness(word, near)}, ${nearness(word, far)}`);
    });

  it("are the same from the same texts", () => {
    assert.deepEqual(learnWordVectors(texts.map(stemsOf)).arrays, learnt.arrays);
  });

  for (const [what, text] of [
    ["of unknown words", "quetzal"],
    ["of no words", ""],
  ] as const)
    it(`${what} say nothing`, () => {
      assert.ok(learnt.of(stemsOf(text)).every((value) => value === 0));
    });

  it("of a text have the length 1, the mean left out", () => {
    const two = new WordVectors({ hashes: Int32Array.of(1, 2), numbers: Int8Array.of(3, 0, 0, 4), mean: [0.5, 0] });
    assert.deepEqual(
      Array.from(two.of([1, 2, 3]), (value) => Number(value.toFixed(4))),
      [0.1, 0.8],
    );
  });
});
