import assert from "node:assert/strict";
import { analyse } from "../../../../src/analysis.ts";
import { classify } from "../../../../src/mapping/classify.ts";
import { parseReport } from "../../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../../catalogue.ts";
import { clear, commands, nothing } from "./regression.ts";

const ranked = (text: string) => classify(text, catalogue, { lexicon, model });

describe("mapping of sentences (regression)", () => {
  it("accepts the technique of sentences that are clear: 45 of 50 at least", () => {
    const missed = clear.filter(([id, text]) => !ranked(text).some((one) => one.id === id && one.accepted));
    assert.ok(missed.length <= 5, missed.join("\n"));
  });

  it("accepts nothing in sentences that say nothing: 2 of 50 at most", () => {
    const wrong = nothing.filter((text) => ranked(text).some(({ accepted }) => accepted));
    assert.ok(wrong.length <= 2, wrong.join("\n"));
  });

  it("has the technique of commands among the first three: 46 of 50 at least", () => {
    const missed = commands.filter(
      ([id, text]) =>
        !ranked(text)
          .slice(0, 3)
          .some((one) => one.id === id),
    );
    assert.ok(missed.length <= 4, missed.join("\n"));
  });

  it("has fifty different sentences of each kind, none of which stands in the lexicon", () => {
    const known = new Set(Object.values(lexicon?.examples ?? {}).flat());
    const all = [...clear.map(([, text]) => text), ...nothing, ...commands.map(([, text]) => text)];
    assert.equal(new Set(all).size, 150);
    assert.deepEqual(
      all.filter((text) => known.has(text)),
      [],
    );
  });
});

describe("a sentence without a deed is no mapping", () => {
  const deed = "The group used scheduled tasks to start its backdoor";
  const table: readonly (readonly [what: string, text: string, accepted: boolean])[] = [
    ["a deed", `${deed}.`, true],
    ["advice", "Defenders should forbid scheduled tasks that start a backdoor.", false],
    ["negation", "The group did not create a scheduled task to start its backdoor.", false],
    ["detection", "To detect scheduled tasks that start a backdoor, monitor for event 4698.", false],
    ["a bare list of names", "T1053.005 Scheduled Task", false],
    ["an id beside a deed", `${deed} (T1053.005).`, true],
  ];
  for (const [what, text, accepted] of table)
    it(`${what}: ${accepted ? "accepted" : "not accepted"}`, () => {
      assert.equal(
        ranked(text).some((one) => one.id === "T1053.005" && one.accepted),
        accepted,
        JSON.stringify(ranked(text)),
      );
    });
});

describe("classify", () => {
  it("ranks best first, with scores from 0 to 1, and keeps to the number asked for", () => {
    const found = classify("They dumped LSASS memory and cleared the event logs.", catalogue, {
      lexicon,
      model,
      top: 5,
    });
    assert.ok(found.length > 0 && found.length <= 5);
    found.forEach(({ score }, at) => {
      assert.ok(score > 0 && score <= 1);
      assert.ok(score <= (found[at - 1]?.score ?? 1));
    });
  });

  it("is bolder or more careful as asked", () => {
    const texts = [...clear.map(([, text]) => text), ...nothing];
    const count = (boldness: "cautious" | "balanced" | "eager"): number =>
      texts.flatMap((text) =>
        classify(text, catalogue, { lexicon, model, boldness }).filter(({ accepted }) => accepted),
      ).length;
    assert.ok(count("cautious") < count("balanced"));
    assert.ok(count("balanced") < count("eager"));
  });

  for (const [what, text] of [
    ["nothing", ""],
    ["control characters", "\u0000\u0001\u0007 dumped \u001b[31mLSASS\u001b[0m memory"],
    ["lone surrogates", "\ud800 dumped \udfff LSASS memory"],
    ["emoji", "😀 The 🐍 malware 💀 takes screenshots 📸 of the desktop"],
    ["another language", "Злоумышленники использовали PowerShell для загрузки второго этапа."],
    ["twenty thousand words", "the malware dumped credentials and ".repeat(4000)],
    ["one word of a million characters", "a".repeat(1_000_000)],
  ] as const)
    it(`gives a result for ${what}`, () => {
      const found = ranked(text);
      assert.ok(found.every(({ score }) => Number.isFinite(score)));
    });
});

describe("described techniques in a report", () => {
  it("are marked by the narrowest words that give them away, with a reason to read", () => {
    const text = "# Report\n\nIn May the group **took screenshots of the desktop** every minute and went on.\n";
    const { mentions } = analyse(parseReport(text, { path: "x.md" }), catalogue, { lexicon, model });
    const [mention] = mentions.filter(({ object }) => object.id === "T1113");
    assert.ok(mention);
    assert.equal(text.slice(mention.start, mention.end), mention.text);
    assert.match(mention.text, /screenshots/);
    assert.ok(mention.text.length < 40, mention.text);
    assert.match(mention.why, /“/);
    assert.equal(mention.status, "inferred");
  });

  it("are not repeated where the sentence states them", () => {
    const text = "The group took screenshots of the desktop every minute (T1113).\n";
    const { mentions } = analyse(parseReport(text, { path: "x.md" }), catalogue, { lexicon, model });
    assert.deepEqual(
      mentions.filter(({ object }) => object.id === "T1113").map(({ status }) => status),
      ["stated"],
    );
  });
});
