import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "mocha";
import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "../../../src/cli/bundled-data.ts";
import { classify } from "../../../src/mapping/classify.ts";
import { mapReport } from "../../../src/mapping/map-report.ts";
import { domainWords } from "../../../src/mapping/rules/domain-words.ts";
import { parseReport } from "../../../src/report/parse.ts";

const data = join(import.meta.dirname, "..", "..", "..", "data");
const catalogue = loadBundledCatalogue(data);
const [lexicon, model] = [loadBundledLexicon(data), loadBundledModel(data)];

const phone =
  "The app asks for the accessibility service of Android. It reads text messages and the contacts of the phone. The spyware hides its icon from the launcher.";
const plant =
  "The intruders reached the engineering workstation of the plant. From it they wrote new set points to the PLC. The operators lost sight of the turbine on the HMI.";
const office = "The intruders sent a mail to an employee. A macro started PowerShell. They dumped LSASS on a server.";

/** A report, and techniques that it maps and does not map. */
const cases: readonly (readonly [title: string, text: string, with_: readonly string[], without: readonly string[]])[] =
  [
    ["a phone's", `# A\n\n${phone} It takes screenshots every ten seconds.`, ["T1513"], ["T1113"]],
    ["a plant's", `# A\n\n${plant} They took screenshots of the displays every ten seconds.`, ["T0852"], ["T1113"]],
    ["an office's", `# A\n\n${office} They took screenshots of the displays every ten seconds.`, ["T1113"], ["T0852"]],
    [
      "each section's own",
      `# A\n\n## In the office\n\n${office} It takes screenshots every ten seconds.\n\n## On the phone\n\n${phone} It takes screenshots every ten seconds.`,
      ["T1113", "T1513"],
      ["T0852"],
    ],
    [
      "Enterprise's where nothing tells of a phone",
      "The implant records audio from the microphone.",
      ["T1123"],
      ["T1429"],
    ],
    [
      "Enterprise's in a report on Windows",
      `# A\n\n${office} The implant is a DLL. Command 0x0D records audio from the microphone.`,
      ["T1123"],
      ["T1429"],
    ],
    ["a phone's by the sentence alone", "The Android app records audio from the microphone.", ["T1429"], ["T1123"]],
    [
      "the author's, who knows better",
      `---\nattack: { domains: [enterprise-attack] }\n---\n\n# A\n\n${phone} It takes screenshots every ten seconds.`,
      ["T1113"],
      ["T1513"],
    ],
    [
      "the author's, though the words tell nothing",
      "---\nattack: { domains: [ics-attack] }\n---\n\n# A\n\nThey took screenshots every ten seconds.",
      ["T0852"],
      ["T1113"],
    ],
  ];

describe("techniques of a report’s domain", () => {
  for (const [title, text, mapped, unmapped] of cases)
    it(`should be ${title}`, () => {
      const { mentions } = mapReport(parseReport(text, { path: "x.md" }), catalogue, lexicon, { model });
      const ids = new Set(mentions.map(({ object }) => object.id));
      assert.deepEqual([mapped.filter((id) => !ids.has(id)), unmapped.filter((id) => ids.has(id))], [[], []]);
    });
});

describe("words of domains", () => {
  for (const [domain, { pattern, examples, others }] of Object.entries(domainWords)) {
    for (const text of examples)
      it(`of ${domain}: ${text}`, () => {
        assert.match(text, pattern);
      });
    for (const text of others)
      it(`not of ${domain}: ${text}`, () => {
        assert.doesNotMatch(text, pattern);
      });
  }
});

describe("techniques of one name in two domains", () => {
  it("should be Enterprise's where a sentence tells nothing else", () => {
    const [first, ...others] = classify("The implant records audio from the microphone.", catalogue, {
      lexicon,
      model,
    });
    assert.equal(first?.id, "T1123");
    assert.ok(!others.some(({ id }) => id === "T1429"));
  });
});
