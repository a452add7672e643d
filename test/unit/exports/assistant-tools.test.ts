import assert from "node:assert/strict";
import { describe, it } from "mocha";
import manifest from "../../../package.json" with { type: "json" };
import { assistantTools } from "../../../src/exports/assistant-tools.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

const ask = (name: string, input: unknown): unknown =>
  assistantTools.find((tool) => tool.name === `attack_scribe_${name}`)?.answer(input, { catalogue, lexicon, model });

/** A claim, and what is wrong with it. */
const claims: readonly (readonly [object, readonly RegExp[]])[] = [
  [{ id: "T1055" }, []],
  [{ id: "t1059/001", name: "PowerShell", tactic: "Execution" }, []],
  [{ id: "T1059.001", name: "Command and Scripting Interpreter: PowerShell", tactic: "TA0002" }, []],
  [{ id: "T9999" }, [/T9999 is not in ATT&CK/]],
  [{ id: "" }, [/an empty id is not in/]],
  [{ id: "T1086", name: "PowerShell" }, [/T1086 was revoked in favour of T1059\.001 PowerShell/]],
  [{ id: "T1059.003", name: "PowerShell" }, [/T1059\.003 is called Windows Command Shell, not PowerShell/]],
  [{ id: "T1486", tactic: "Persistence" }, [/T1486 serves Impact, not Persistence/]],
  [
    { id: "T1558.003", sentence: "They requested service tickets and cracked them offline, known as Kerberoasting." },
    [],
  ],
  [
    { id: "T1486", sentence: "They requested service tickets and cracked them offline, known as Kerberoasting." },
    [/the sentence rather shows T1558\.003 Kerberoasting/],
  ],
  [{ id: "T1486", sentence: "It rained all day." }, [/nothing in the sentence is found to show it/]],
];

describe("tools for assistants", () => {
  for (const [claim, expected] of claims)
    it(`should validate ${JSON.stringify(claim)}`, () => {
      const answer = ask("validate_mapping", { claims: [claim] }) as { claims: { problems: string[] }[] };
      const problems = answer.claims[0]?.problems ?? [];
      assert.equal(problems.length, expected.length, problems.join("; "));
      expected.forEach((pattern, index) => assert.match(problems[index] ?? "", pattern));
    });

  it("should look up by another vendor's name", () => {
    const { objects } = ask("look_up", { query: "emissary panda" }) as { objects: { id: string }[] };
    assert.equal(objects[0]?.id, "G0027");
  });

  it("should map a text, with who did it and why", () => {
    const answer = ask("map_text", {
      text: "FIN7 dumped LSASS memory with procdump. Unlike APT28, it never hurried.",
    }) as {
      campaigns: { name: string; role: string }[];
      mentions: { id: string; status: string; evidence: string }[];
    };
    assert.deepEqual(
      answer.campaigns.map(({ name, role }) => `${name} ${role}`),
      ["FIN7 described", "APT28 referenced"],
    );
    const found = answer.mentions.find(({ id }) => id === "T1003.001");
    assert.deepEqual([found?.status, found?.evidence], ["inferred", "FIN7 dumped LSASS memory with procdump."]);
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ["look_up", {}, /"query" takes a text/],
    ["look_up", { query: "x".repeat(201) }, /at most 200/],
    ["map_text", null, /"text" takes a text/],
    ["validate_mapping", { claims: [] }, /"claims" takes a list/],
    ["validate_mapping", "T1055", /"claims" takes a list/],
  ];
  for (const [name, input, expected] of wrong)
    it(`should refuse ${name} of ${JSON.stringify(input).slice(0, 40)}`, () =>
      assert.throws(() => ask(name, input), expected));

  it("should be those that package.json tells of", () =>
    assert.deepEqual(
      assistantTools.map(({ name }) => name),
      manifest.contributes.languageModelTools.map(({ name }) => name),
    ));
});
