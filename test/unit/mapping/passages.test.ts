import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isCurrent } from "../../../src/attack/catalogue.ts";
import { goldSentences } from "../../../tools/campaigns/gold-sentences.ts";
import { parsePassages, passageTexts } from "../../../tools/train/passages.ts";
import { catalogue } from "../catalogue.ts";

const current = new Set(
  catalogue
    .objects("technique")
    .filter(isCurrent)
    .map(({ id }) => id),
);

describe("passages to learn from", () => {
  it("should be read line by line, and what is wrong reported with its line", () => {
    const text = [
      "# a blog",
      "T1059.001,T1105\tThe macro starts PowerShell, which fetches a file.",
      "\tThe company has 400 employees.",
      "",
      "T9999\tNobody did it.",
      "No tab at all.",
      "T1105\tTwo\ttabs.",
    ].join("\n");
    assert.deepEqual(parsePassages(text, current), {
      sentences: [
        { text: "The macro starts PowerShell, which fetches a file.", techniques: ["T1059.001", "T1105"] },
        { text: "The company has 400 employees.", techniques: [] },
      ],
      faults: [
        { line: 5, what: "no such technique: T9999" },
        { line: 6, what: "one tab stands between techniques and sentence" },
        { line: 7, what: "one tab stands between techniques and sentence" },
      ],
    });
  });

  it("should be without fault, and no sentence stand in two of them", () => {
    const files = passageTexts();
    assert.notEqual(files.length, 0);
    const faults = files.flatMap(({ name, text }) =>
      parsePassages(text, current).faults.map(({ line, what }) => `${name}:${line}: ${what}`),
    );
    const seen = new Set<string>();
    const twice = files.flatMap(({ name, text }) =>
      parsePassages(text, current).sentences.flatMap(({ text: sentence }) => {
        const known = seen.has(sentence);
        seen.add(sentence);
        return known && sentence.length > 40 ? [`${name}: ${sentence}`] : [];
      }),
    );
    assert.deepEqual([faults, twice], [[], []]);
  });
});

describe("sentences of a report with gold", () => {
  it("should have the techniques of which the gold finds evidence there; those that state an id are left out", () => {
    const text =
      "# A case\n\nThey mailed a file. Nobody knew.\n\n- It was opened, and *LSASS was dumped*.\n- T1486 was seen.\n";
    const gold = {
      campaigns: [
        {
          name: "A case",
          role: "described",
          type: "intrusion",
          techniques: [
            { id: "T1566.001", evidence: [{ line: 3, text: "mailed a file" }] },
            { id: "T1204.002", evidence: [{ line: 5, text: "It was opened" }] },
            { id: "T1003.001", evidence: [{ line: 5, text: "*LSASS was dumped*" }] },
            { id: "T1486", evidence: [{ line: 6, text: "T1486" }] },
          ],
        },
      ],
    };
    assert.deepEqual(goldSentences({ name: "x", text, gold }, catalogue), [
      { text: "A case", techniques: [] },
      { text: "They mailed a file.", techniques: ["T1566.001"] },
      { text: "Nobody knew.", techniques: [] },
      { text: "It was opened, and LSASS was dumped.", techniques: ["T1204.002", "T1003.001"] },
    ]);
  });
});
