import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { inNoLayer } from "../../../src/exports/in-no-layer.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

const cases: readonly (readonly [what: string, report: string, outside: readonly string[]])[] = [
  ["nothing of whom the report tells", "FIN7 used T1055.", []],
  [
    "what those do who are only referenced",
    "FIN7 used T1055. Unlike APT41, which used T1189, it never hurried.",
    ["line 1 T1189: done by APT41, to whom the report only refers (stands in a comparison with APT41)"],
  ],
  [
    "what prose describes under guidance",
    "# FIN7\n\nFIN7 used T1055.\n\n## Our recommendations\n\nThe attackers dumped LSASS with comsvcs.dll. They deleted all shadow copies with vssadmin.",
    [
      "line 7 T1003.001: stands under “Our recommendations” (guidance)",
      "line 7 T1490: stands under “Our recommendations” (guidance)",
    ],
  ],
  [
    "what prose describes beside the story",
    "FIN7 used T1055.\n\n# Mitigations\n\nThey deleted all shadow copies with vssadmin (T1490). They dumped LSASS with comsvcs.dll.",
    ["line 5 T1490: stands under “Mitigations” (advice)", "line 5 T1003.001: stands under “Mitigations” (advice)"],
  ],
  [
    "nothing of sections that tell how defences were evaded",
    "FIN7 used T1055.\n\n# Prevention of recovery\n\nThey deleted all shadow copies with vssadmin.",
    [],
  ],
  [
    "advice",
    "FIN7 used T1055.\n\n# Recommendations\n\nWatch for T1003.",
    ["line 5 T1003: stands under “Recommendations” (advice)"],
  ],
];

describe("what is in no layer", () => {
  for (const [what, report, expected] of cases)
    it(`should be told: ${what}`, () => {
      const outside = inNoLayer(analyse(parseReport(report, { path: "x.md" }), catalogue, { lexicon, model }));
      assert.deepEqual(
        outside.map(({ mention, why }) => `line ${mention.line} ${mention.object.id}: ${why}`),
        expected,
      );
    });
});
