import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findIds } from "../../../src/mapping/ids.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** Text, and the ids that it states as "text=object". */
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["T1059", ["T1059=T1059"]],
  ["uses T1059.001.", ["T1059.001=T1059.001"]],
  ["T1059/001 and t1059.003", ["T1059/001=T1059.001", "t1059.003=T1059.003"]],
  [
    "[T1190] (T1133) **T1078** _T1110_ `T1003.001`",
    ["T1190=T1190", "T1133=T1133", "T1078=T1078", "T1110=T1110", "T1003.001=T1003.001"],
  ],
  ["T1059\\.001", ["T1059\\.001=T1059.001"]],
  ["https://attack.mitre.org/techniques/T1059/001/", ["T1059/001=T1059.001"]],
  ["https://attack.mitre.org/versions/v14/techniques/T1059/", ["T1059=T1059"]],
  ["[PowerShell](https://attack.mitre.org/techniques/T1059/001)", ["T1059/001=T1059.001"]],
  ["[T1190]: https://attack.mitre.org/techniques/T1190\n\n[T1190]", ["T1190=T1190", "T1190=T1190", "T1190=T1190"]],
  ["| ID |\n|---|\n| T1486 |", ["T1486=T1486"]],
  ["# Impact (TA0040)", ["TA0040=TA0040"]],
  ["```\n# T1053.005\nschtasks /create\n```", ["T1053.005=T1053.005"]],
  ['<a href="https://attack.mitre.org/groups/G0027/">x</a>', ["G0027=G0027"]],
  [
    "G0016, S0154, C0024, M1032, DS0017, DC0032, DET0103, AN0110, A0008",
    [
      "G0016=G0016",
      "S0154=S0154",
      "C0024=C0024",
      "M1032=M1032",
      "DS0017=DS0017",
      "DC0032=DC0032",
      "DET0103=DET0103",
      "AN0110=AN0110",
      "A0008=A0008",
    ],
  ],
  ["T1059–T1060, T1059-T1055", ["T1059=T1059", "T1060=T1547.001", "T1059=T1059", "T1055=T1055"]],
  ["T1086 was revoked", ["T1086=T1059.001"]],
  ["T1059-based, T1059:001", ["T1059=T1059", "T1059=T1059"]],
  ["TA0001x AT1059 xT1059 T10590 T1059a CVE-2021-T1059 CVE-2021-1059", []],
  ["a94T1059fe0 S1234-5678 part no. 12-S0154-33", []],
  ["s0154.dll g0016 m1032", []],
  ["<!-- T1059 -->", []],
  ["---\ntags: [T1059]\n---\n", []],
];

describe("stated ids", () => {
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const report = parseReport(text, { path: "x.md" });
      const { mentions } = findIds(report, catalogue);
      assert.deepEqual(
        mentions.map((mention) => `${text.slice(mention.start, mention.end)}=${mention.object.id}`),
        expected,
      );
    });
  }

  it("should list ids that ATT&CK does not have", () => {
    const { unknown } = findIds(parseReport("T9999, T1059.999 and T1059.1", { path: "x.md" }), catalogue);
    assert.deepEqual(
      unknown.map(({ id }) => id),
      ["T9999", "T1059.999", "T1059.1"],
    );
  });
});
