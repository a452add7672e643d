import assert from "node:assert/strict";
import { mapReport } from "../../../src/mapping/map-report.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

const techniquesOf = (text: string): readonly string[] => [
  ...new Set(
    mapReport(parseReport(text, { path: "report.md" }), catalogue, lexicon, { model })
      .mentions.filter(({ object }) => object.type === "technique")
      .map(({ object }) => object.id),
  ),
];

const nobodys: readonly string[] = [
  "Microsoft released a patch for CVE-2023-23397 in March.",
  "Our researchers decrypted the strings of the loader with a Python script.",
  "The penetration testers hired last year had used Kerberoasting and cracked the passwords.",
  "The analysts used Process Hollowing to debug the sample.",
  "The police seized the servers and defaced the leak site.",
  "Employees use RDP to work from home.",
  "EDR blocked the attempt to dump LSASS.",
  "Mimikatz can be used to dump credentials.",
  "Process Hollowing is a technique in which code is put into a suspended process.",
];

const somebodys: readonly (readonly [id: string, text: string])[] = [
  ["T1204.002", "The employee opened the attachment."],
  ["T1003.001", "We saw the attackers dump LSASS."],
  ["T1558.003", "Our telemetry shows that they used Kerberoasting."],
  ["T1558.003", "The analysts say that the group used Kerberoasting (T1558.003)."],
  ["T1203", "The attackers exploited CVE-2023-23397, for which Microsoft released a patch in March."],
];

describe("whose deed a sentence tells", () => {
  for (const text of nobodys)
    it(`nobody's technique: ${text}`, () => {
      assert.deepEqual(techniquesOf(text), []);
    });
  for (const [id, text] of somebodys)
    it(`${id}: ${text}`, () => {
      assert.ok(techniquesOf(text).includes(id), techniquesOf(text).join());
    });
});
