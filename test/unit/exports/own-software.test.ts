import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { toMarkdown } from "../../../src/exports/markdown.ts";
import { ownSoftware } from "../../../src/exports/own-software.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon } from "../catalogue.ts";

const implant =
  "# A night at the depot\n\nFIN7 installed a new implant that we call “DimLantern.” DimLantern is a backdoor. It used T1055.\n\nThe backdoor DimLantern ran as a service.\n";

/** Report; "name, line" of what it calls by a name of its own. */
const cases: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  ["an implant that the report names", implant, ["DimLantern, line 3"]],
  ["nothing that ATT&CK knows", implant.replaceAll("DimLantern", "PlugX"), []],
  ["no algorithm", implant.replaceAll("DimLantern", "RC4"), []],
  ["no mode of an algorithm", implant.replaceAll("DimLantern", "ChaCha20-Poly1305"), []],
  ["an implant with an algorithm's letters", implant.replaceAll("DimLantern", "AESLantern"), ["AESLantern, line 3"]],
  ["no actor", "FIN7 used T1055. FIN7 is a group, and FIN7 broke in. It ran a loader.\n", []],
  ["nothing that is named once", "FIN7 used the loader DimLantern once.\n", []],
];

describe("software that ATT&CK does not know", () => {
  for (const [what, text, expected] of cases)
    it(`should be ${what}`, () => {
      const report = parseReport(text, { path: "x.md" });
      const analysis = analyse(report, catalogue, { lexicon });
      const found = ownSoftware(report, analysis, catalogue);
      assert.deepEqual(
        found.map(({ name, line }) => `${name}, line ${line}`),
        expected,
      );
      assert.equal(
        toMarkdown(analysis, found).includes(
          `\n## Software that ATT&CK does not know\n\n- line 3: ${found[0]?.name ?? "DimLantern"}\n`,
        ),
        expected.length > 0,
      );
    });
});
