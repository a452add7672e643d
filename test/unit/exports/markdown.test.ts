import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { toMarkdown } from "../../../src/exports/markdown.ts";
import { catalogue } from "../catalogue.ts";
import { analysisOf } from "./reports.ts";

const version = `ATT&CK ${catalogue.version}:`;

describe("the mapping as Markdown", () => {
  it("should name the domains that the report is mapped to", () => {
    assert.ok(
      toMarkdown(analysisOf("FIN7 used T1055.")).includes(
        `\n${version} enterprise-attack, mobile-attack, ics-attack\n`,
      ),
    );
    assert.ok(
      toMarkdown(analysisOf("---\nattack: { domains: [enterprise-attack] }\n---\n\nFIN7 used T1055.")).includes(
        `\n${version} enterprise-attack\n`,
      ),
    );
  });

  it("should say when a campaign was seen", () =>
    assert.match(
      toMarkdown(analysisOf("FIN7 used T1055 in May 2024. FIN7 used T1486 in 2025.")),
      /\ngroup, described here: .*; told of: 2024-05 to 2025\n/,
    ));

  it("should say what a campaign is, and how sure its techniques are", () => {
    const analysis = analysisOf("# Incident 12\n\nThe attackers exploited CVE-2021-44228 and then used T1055.");
    const [campaign] = analysis.campaigns;
    assert.ok(campaign);
    const techniques = campaign.techniques.map((one) => ({ ...one, confidence: one.status === "stated" ? 1 : 0.31 }));
    const text = toMarkdown({ ...analysis, campaigns: [{ ...campaign, techniques }] });
    assert.match(text, /\n## Incident 12\n\ncalled by its heading, as nobody is named: /);
    assert.match(text, /\[T1190\].* \| described, 0\.31, unsure \| /);
    assert.match(text, /\[T1055\].* \| stated, 1\.00 \| /);
    assert.match(toMarkdown(analysisOf("FIN7 used T1055.")), /\ngroup, described here: /);
    const thin = analysisOf("FIN7 exploited CVE-2021-44228.");
    const unsure = thin.campaigns.map((one) => ({
      ...one,
      techniques: one.techniques.map((technique) => ({ ...technique, confidence: 0.3 })),
    }));
    assert.match(toMarkdown({ ...thin, campaigns: unsure }), /\ngroup, described here, by unsure techniques alone: /);
  });
});
