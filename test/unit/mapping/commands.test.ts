import assert from "node:assert/strict";
import { isCurrent } from "../../../src/attack/catalogue.ts";
import { classify } from "../../../src/mapping/classify.ts";
import { readCommands } from "../../../tools/measures/commands.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

describe("commands of test/fixtures/commands", () => {
  const commands = readCommands();

  it("are many, each of a current technique", () => {
    assert.ok(commands.length >= 250);
    assert.deepEqual(
      commands.filter(({ technique, text }) => {
        const known = catalogue.get(technique);
        return text === "" || known === undefined || !isCurrent(known);
      }),
      [],
    );
  });

  it("have their technique among the first three: seven of eight at least", () => {
    const missed = commands.filter(
      ({ technique, text }) =>
        !classify(text, catalogue, { lexicon, model, top: 3 }).some(({ id }) => id === technique),
    );
    assert.ok(missed.length <= commands.length / 8, JSON.stringify(missed.map(({ text }) => text)));
  }).timeout(20_000);
});
