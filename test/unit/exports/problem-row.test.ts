import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { problemRow } from "../../../src/exports/problem-row.ts";

/** The rule's message, the words it stands at, the row. */
const rows: readonly (readonly [string, string, string])[] = [
  ["T9999 is not in ATT&CK 18.1", "T9999", "T9999 is not in ATT&CK 18.1"],
  ["an address that has moved", "https://attack.mitre.org/wiki/Technique/T1003", "T1003: An address that has moved"],
  ["the report does not say", "---", "The report does not say"],
  ["attack: can't make sense of it", "<!-- attack: campain X -->", "attack: can't make sense of it"],
  ["https://a.example/ is live", "https://a.example/", "https://a.example/ is live"],
  ["no sentence shows it", "", "No sentence shows it"],
];

describe("a problem in a narrow list", () => {
  for (const [message, words, expected] of rows)
    it(`should be: ${expected}`, () => assert.equal(problemRow(message, words), expected));
});
