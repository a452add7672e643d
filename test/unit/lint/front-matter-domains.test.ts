import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const all = ["enterprise-attack", "mobile-attack", "ics-attack"];

/** What front matter's `domains` holds; the domains that are mapped to, and the words that are found fault with. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["[foo]", all, ["foo"]],
  ["[foo, ics-attack]", ["ics-attack"], ["foo"]],
  ["[enterprise]", ["enterprise-attack"], []],
  ["[Mobile, ICS]", ["mobile-attack", "ics-attack"], []],
  ["Enterprise ATT&CK", ["enterprise-attack"], []],
  ["[]", all, []],
];

describe("domains in front matter", () => {
  for (const [domains, expected, faults] of cases)
    it(`should be ${expected.join(", ")} for ${domains}`, () => {
      const text = `---\nattack: { domains: ${domains} }\n---\n\nThey used T1055.\n`;
      const { attack, findings, mentions } = analyse(parseReport(text, { path: "x.md" }), catalogue);
      const wrong = findings.filter(({ rule }) => rule === "directive");
      assert.deepEqual(attack.domains, expected);
      assert.deepEqual(
        wrong.map(({ start, end }) => text.slice(start, end)),
        faults,
      );
      for (const { message } of wrong)
        assert.equal(
          message,
          "front matter: no domain is called “foo”: there are enterprise-attack, mobile-attack, ics-attack",
        );
      assert.equal(mentions.length, expected.includes("enterprise-attack") ? 1 : 0);
    });
});
