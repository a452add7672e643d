import assert from "node:assert/strict";
import { it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { optionsOf, type Export } from "../../../src/exports/export.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { goldDirectory, measuredDirectories, readGoldReports } from "../../../tools/campaigns/gold.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";
import { options } from "./reports.ts";

const fixtures = [goldDirectory, ...Object.values(measuredDirectories)].flatMap(readGoldReports);

/** Tests that the format is valid for every fixture report, and that those that describe nobody are refused. */
export function validForFixtures(format: Export, check: (content: unknown) => void): void {
  for (const { name, text } of fixtures)
    it(`should be valid for the report ${name}`, async function () {
      this.timeout(20_000);
      const report = parseReport(text, { path: `${name}.md` });
      const analysis = analyse(report, catalogue, { lexicon, model });
      if (!analysis.campaigns.some(({ role, techniques }) => role === "described" && techniques.length > 0)) {
        await assert.rejects(async () => format.render(analysis, catalogue, options), /nothing to export/);
        return;
      }
      const content = await format.render(analysis, catalogue, { ...options, ...optionsOf(report) });
      check(JSON.parse(content as string));
    });
}
