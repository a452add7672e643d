import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { KnowledgeInfo } from "../../../src/attack/knowledge-folder.ts";
import { knowledgePage } from "../../../src/exports/knowledge-page.ts";

const source = { file: "a.json", sha256: "0123456789abcdef", stix: "2.1", modified: "2030-01-02T00:00:00Z" };
const domain = { domain: "ics-attack", name: "ICS", version: "18.1", source };
const info: KnowledgeInfo = { format: 1, domains: [domain], added: "2030-02-03T04:05:06Z", from: "a.json" };

describe("the page on the knowledge base", () => {
  it("should say what is in force, what is stored and what went wrong, and let no markup through", () => {
    const page = knowledgePage({
      inForce: [{ ...domain, stix: {} }],
      chosen: info,
      texts: 3,
      stored: [info],
      failure: { message: "a | b <img src=x> [c](command:d)\n# e", time: "2030-03-04T00:00:00Z" },
      url: "https://example.org/",
    });
    assert.equal(
      page,
      `# ATT&CK knowledge base

In force: ATT&CK 18.1, from a.json. 3 objects have ATT&CK's own text.

> **Last error** (2030-03-04): a \\| b \\<img src=x\\> \\[c\\](command:d) \\# e

| Domain | Version | Bundle | Changed | SHA-256 |
| --- | --- | --- | --- | --- |
| ics-attack | 18.1 | a.json | 2030-01-02 | 0123456789ab |

## Stored versions

- ATT&CK 18.1: ics-attack; 2030-02-03, from a.json (in force)

Updates come from https://example.org/ (\`attackScribe.knowledgeBase.url\`), and only when you ask for them.
`,
    );
  });

  it("should say that nothing was fetched yet", () => {
    const page = knowledgePage({ inForce: [{ ...domain, stix: {} }], texts: 0, stored: [], url: "u" });
    assert.match(page, /In force: ATT&CK 18\.1, as it ships with the extension\. Hovers show glosses/);
    assert.match(page, /## Stored versions\n\nNone\./);
  });
});
