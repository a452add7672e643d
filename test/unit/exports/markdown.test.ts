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
});
