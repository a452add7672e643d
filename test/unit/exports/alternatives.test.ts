import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { alternativesTo, type Alternatives } from "../../../src/exports/alternatives.ts";
import { classify } from "../../../src/mapping/classify.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

function alternatives(text: string, id: string): Alternatives {
  const { mentions } = analyse(parseReport(text, { path: "x.md" }), catalogue, { lexicon, model });
  const suggestion = mentions.find(({ object }) => object.id === id);
  assert.ok(suggestion, `${id} is not suggested in: ${text}`);
  return alternativesTo(suggestion, mentions, catalogue, { lexicon, model });
}

const shell = "They exploited ProxyLogon and left the China Chopper web shell on the mail server.";
const longer =
  "This time it came in through Exchange: the actors exploited ProxyLogon months before it was closed, and left the China Chopper web shell on the servers.";

describe("alternatives to a suggestion", () => {
  it("should offer first what is suggested for the same sentence, and not what the sentence states", () => {
    const { here, alike, family } = alternatives(shell, "T1190");
    assert.deepEqual(here, ["T1505.003"]);
    for (const id of ["T1190", "T1505.003"]) assert.ok(![...alike, ...family].includes(id), id);
    const stated = alternatives(`${shell.slice(0, -1)} (T1505.003).`, "T1190");
    assert.ok(!Object.values(stated).flat().includes("T1505.003"));
  });

  it("should not offer techniques that the sentence does not resemble", () => {
    for (const text of [shell, longer]) {
      const { alike } = alternatives(text, "T1190");
      for (const id of ["T1114.002", "T1124", "T1497.003", "T1598.003"])
        assert.ok(!alike.includes(id), alike.join(", "));
    }
  });

  it("should not offer the kin of what another part of the sentence is mapped to", () => {
    const { here, alike } = alternatives(
      "From there they dumped credentials from the memory of LSASS with Mimikatz, and moved on with PsExec and WMI.",
      "T1047",
    );
    assert.ok(here.includes("T1003.001"), here.join(", "));
    assert.ok(!alike.some((id) => id.startsWith("T1003")), alike.join(", "));
  });

  it("should offer techniques of its own domain, and its namesakes of others behind them", () => {
    const { alike, family } = alternatives("The malware deletes itself and hides its files.", "T1070.004");
    assert.ok(alike.includes("T1564.001") && family.includes("T1630.002"));
    for (const id of alike) assert.ok(catalogue.get(id)?.domains.includes("enterprise-attack"), alike.join(", "));
  });

  it("should offer the technique's family behind those that the sentence resembles, none twice", () => {
    const { alike, family } = alternatives("They dumped credentials from LSASS.", "T1003.001");
    assert.ok(["T1003", "T1003.002", "T1003.006"].every((id) => [...alike, ...family].includes(id)));
    assert.ok(family.every((id) => id.startsWith("T1003") && !alike.includes(id)));
  });

  it("should offer behind them what else serves its tactic in its domain, none twice, and nothing that is withdrawn", () => {
    for (const [text, id, expected, other] of [
      [
        "Fifteen concerned human-machine interfaces (HMI) that were reachable from the internet.",
        "T0883",
        "T0866",
        "T1190",
      ],
      ["They dumped credentials from LSASS.", "T1003.001", "T1110.001", "T1113"],
    ] as const) {
      const { here, alike, family, tactic } = alternatives(text, id);
      const before = [id, ...here, ...alike, ...family];
      assert.ok(tactic.includes(expected) && !tactic.includes(other), tactic.join(", "));
      assert.ok(tactic.every((one) => !before.includes(one)));
      assert.equal(new Set(tactic).size, tactic.length);
      const tactics = new Set(catalogue.get(id)?.tactics);
      for (const one of tactic) {
        const technique = catalogue.get(one);
        assert.ok(technique && !technique.revoked && !technique.deprecated, one);
        assert.ok(
          technique.tactics.some((name) => tactics.has(name)),
          one,
        );
      }
    }
  });

  it("should rank the family as the sentence does", () => {
    const text = "They dumped the hashes of the SAM hive out of the registry.";
    const { family } = alternatives(text, "T1003.002");
    const ranking = classify(text, catalogue, { lexicon, model, top: 60 });
    const scores = family.map((id) => ranking.find((one) => one.id === id)?.score ?? 0);
    assert.ok(new Set(scores).size > 2, scores.join(", "));
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
  });
});
