import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { sidelineOf } from "../../../src/campaigns/sidelines.ts";
import { parseReport } from "../../../src/report/parse.ts";

/** Headings of a report “Varnish in the valley”, and what stands under them; nothing where it is the report's own story. */
const headings: readonly (readonly [title: string, what?: string])[] = [
  ["About us", "about the publisher"],
  ["About the authors", "about the publisher"],
  ["About Northlight", "about the publisher"],
  ["About Northlight Labs", "about the publisher"],
  ["About our company", "about the publisher"],
  ["About the researchers", "about the publisher"],
  ["About the attacker"],
  ["About the group"],
  ["About the threat actor"],
  ["About the malware"],
  ["About the incident"],
  ["About this campaign"],
  ["About Varnish"],
  ["About these attacks"],
  ["About ransomware"],
  ["History", "history"],
  ["History of the group", "history"],
  ["History of the intrusion"],
  ["History of this incident"],
  ["Earlier campaigns", "history"],
  ["Links to other actors", "comparison"],
  ["Comparison", "comparison"],
  ["Similar campaigns", "comparison"],
  ["Who it isn't", "comparison"],
  ["What they were compared to", "comparison"],
  ["Names you'll hear", "comparison"],
  ["And is it…?", "comparison"],
  ["Who they were"],
  ["What it did"],
  ["[slide 9] History", "history"],
  ["[slide 9] The first night"],
  ["References", "references"],
  ["References and notes", "references"],
  ["Reference list", "references"],
  ["Related posts", "references"],
  ["Related activity"],
  ["Reference implementation of the loader"],
  ["Sources", "references"],
  ["Sources of the infection"],
  ["Prevention", "advice"],
  ["Prevention of attacks", "advice"],
  ["Prevention of recovery"],
  ["Protection", "advice"],
  ["Protection bypass"],
  ["Defence recommendations", "advice"],
  ["Defence evasion"],
  ["Detection", "detection"],
  ["Detection opportunities", "detection"],
  ["Detection timeline"],
  ["Hunting", "detection"],
  ["Hunting queries", "detection"],
  ["Hunting the domain admins"],
  ["Threat hunting results"],
];

describe("sections beside the story", () => {
  for (const [title, what] of headings)
    it(`${title}: ${what ?? "the story itself"}`, () => {
      const report = parseReport(`# Varnish in the valley\n\n## ${title}\n\nThey deleted shadow copies.\n`, {
        path: "x.md",
      });
      const last = report.blocks.at(-1);
      assert.equal(last && sidelineOf(report, last), what && `under “${title}” (${what})`);
    });
});
