import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { sidelineOf } from "../../../src/campaigns/sidelines.ts";
import { guidanceTitle } from "../../../src/mapping/rules/no-deed.ts";
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
  ["Similar malware", "comparison"],
  ["Similar implants", "comparison"],
  ["Comparable malware", "comparison"],
  ["Case 2: detection after a year"],
  ["Incident response: references", "advice"],
  ["Similarities of the two waves"],
  ["Other malware"],
  ["Who it isn't", "comparison"],
  ["What they were compared to", "comparison"],
  ["Names you'll hear", "comparison"],
  ["And is it…?", "comparison"],
  ["In the news", "news of others"],
  ["Law enforcement", "news of others"],
  ["News of the intrusion"],
  ["Arrests at the harbour"],
  ["Velvet Auger against its neighbours", "comparison"],
  ["Velvet Auger and its rivals", "comparison"],
  ["Velvet Auger and its tools"],
  ["Velvet Auger against banks"],
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

/** Titles of whole reports, with words that make a section advice, detection, comparison or references. */
const titles: readonly string[] = [
  "Incident response in Q2: what we saw",
  "Incident Response Case Study: the printing house",
  "Hunting Grey Tern",
  "Detecting Grey Tern",
  "Lessons learned from the intrusion of Grey Tern",
  "Comparison of two intrusions",
  "Protecting water plants from Grey Tern",
  "References to Grey Tern",
  "Defending against Grey Tern",
  "Background: Grey Tern",
];

describe("the title of a whole report", () => {
  const told = "They deleted shadow copies.";
  const reports: readonly (readonly [what: string, text: (title: string) => string])[] = [
    ["alone", (title) => `# ${title}\n\n${told}\n`],
    ["above sections", (title) => `# ${title}\n\nIt was a bad week.\n\n## Case 1\n\n${told}\n`],
    ["of the second level", (title) => `## ${title}\n\nIt was a bad week.\n\n### Case 1\n\n${told}\n`],
    ["below a line of the publisher", (title) => `Northlight Labs\n\n# ${title}\n\n${told}\n`],
    [
      "beside one in the front matter",
      (title) => `---\ntitle: Grey Tern\n---\n\n# ${title}\n\n## A night\n\n${told}\n`,
    ],
    ["beside sections of its own level", (title) => `# ${title}\n\n${told}\n\n# Case 1\n\n${told}\n`],
  ];
  for (const title of titles)
    for (const [what, text] of reports)
      it(`${title}, ${what}: sets nothing aside`, () => {
        const report = parseReport(text(title), { path: "x.md" });
        const last = report.blocks.at(-1);
        assert.ok(last);
        assert.deepEqual([sidelineOf(report, last), guidanceTitle(report, last)], [undefined, undefined]);
      });

  for (const [text, title] of [
    [`# Detecting Grey Tern\n\n${told}\n\n## Detection\n\nCount the shadow copies.\n`, "Detection"],
    ["They came by mail. They deleted shadow copies.\n\n# References\n\nAnother report.\n", "References"],
    [`# Grey Tern\n\n${told}\n\n# References\n\nAnother report.\n`, "References"],
  ] as const)
    it(`${title} is a section: ${text.replace(/\n+/g, " | ")}`, () => {
      const report = parseReport(text, { path: "x.md" });
      const last = report.blocks.at(-1);
      assert.ok(last);
      assert.match(sidelineOf(report, last) ?? "", new RegExp(`^under “${title}”`));
      assert.equal(guidanceTitle(report, last), title);
    });
});
