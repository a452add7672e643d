import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { brandActs, brandIsRun, type BrandRule } from "../../../src/campaigns/rules/brands.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const fits = ({ before, behind }: BrandRule, example: string): boolean => {
  const [, left = "", right = ""] = /^(.*)<.*>(.*)$/.exec(example) ?? [];
  return (before?.test(left) ?? true) && (behind?.test(right) ?? true);
};

describe("words around the name of a brand", () => {
  for (const rule of brandActs) it(`should make it act: ${rule.example}`, () => assert.ok(fits(rule, rule.example)));
  for (const rule of brandIsRun)
    it(`should make it what was run: ${rule.example}`, () => {
      assert.ok(fits(rule, rule.example));
      assert.ok(!brandActs.some((other) => fits(other, rule.example)));
    });
});

/** Reports, and whom they are found to name: "role name (type)". */
const table: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "affiliates of software that ATT&CK has only as software",
    "# R\n\nBlack Basta affiliates dumped LSASS (T1003.001). They deleted backups (T1490).",
    ["described Black Basta (cluster)"],
  ],
  [
    "an operation whose versions ATT&CK has",
    "# R\n\nThe LockBit operation rents its encryptor. LockBit encrypted the servers (T1486).",
    ["described LockBit (cluster)"],
  ],
  [
    "digits for letters",
    "# R\n\nThe attackers used T1190. Cl0p claimed responsibility.",
    ["described R (cluster)", "referenced Clop (cluster)"],
  ],
  [
    "a group of ATT&CK by the same name",
    "# R\n\nAkira ransomware affiliates used T1133. Akira dumped LSASS (T1003.001).",
    ["described Akira (group)"],
  ],
  [
    "what was run is nobody",
    "# R\n\nFIN7 deployed REvil (T1486). The REvil encryptor is fast.",
    ["described FIN7 (group)"],
  ],
  [
    "a list in which one of them acts",
    "# R\n\nFIN7 used T1055. Affiliates of Qilin, BlackCat or Play do so, too.",
    [
      "described FIN7 (group)",
      "referenced Qilin (cluster)",
      "referenced BlackCat (cluster)",
      "referenced Play (group)",
    ],
  ],
  [
    "a site that leaks belongs to somebody, and the name holds elsewhere",
    "# R\n\nFIN7 used T1055. A rumour has it that REvil published the data, but REvil’s leak site lists another victim.",
    ["described FIN7 (group)", "referenced REvil (cluster)"],
  ],
  [
    "tools of many hands make nobody act",
    "# R\n\nFIN7 used T1055. Cobalt Strike operators often do.",
    ["described FIN7 (group)"],
  ],
  [
    "ordinary words",
    "# R\n\nFIN7 used T1055. It was in Google Play, whose developers removed it.",
    ["described FIN7 (group)"],
  ],
];

describe("actors under the name of their software", () => {
  for (const [what, text, expected] of table)
    it(`should be told: ${what}`, () => {
      const { campaigns } = analyse(parseReport(text, { path: "x.md" }), catalogue);
      assert.deepEqual(
        campaigns.map(({ role, name, type }) => `${role} ${name} (${type})`),
        expected,
      );
    });
});
