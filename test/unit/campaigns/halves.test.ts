import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import type { Campaign } from "../../../src/campaigns/campaign.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { goldDirectory } from "../../../tools/campaigns/gold.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

/**
 * The reports in which whoever is described is named again in the sections that tell of it. In the others the later
 * sections say only "the actors" or "the intruder": a half without the name can't know whose deeds it tells, and there
 * the property would be wrong (news-item, incident-timeline, ics-pumping-stations, insider, ransomware-playbook,
 * cloud-extortion, and mobile-spyware, which has no headings of the second level). Where nobody is described there is
 * nothing to compare (describes-nobody), a half without the words that introduce a name can't know that it is one
 * (agency-advisory), and half of an overview may have too few actors to be known as one
 * (monthly-overview). Those in unseen/ are left out, so that no rule is made for them here.
 */
const reports: readonly (readonly [name: string, why: string])[] = [
  ["crlf-tables", "each actor has a section, and its name in every table"],
  ["malware-analysis", "the one actor is named before and behind the part on its malware"],
  ["supply-chain", "each of the two groups has a section"],
  ["vendor-blog-clusters", "each of the two clusters has a section"],
];

function describedIn(text: string): readonly Campaign[] {
  const { campaigns } = analyse(parseReport(text, { path: "half.md" }), catalogue, { lexicon, model });
  // Somebody without a name is called after the report, or its malware, and a half has a title of its own.
  return campaigns.filter(
    ({ role, reason }) =>
      role === "described" && !/^the report (?:names nobody|tells of nobody|is about the malware)/.test(reason),
  );
}

const namesOf = ({ name, aliases, attackIds }: Campaign): readonly string[] => [name, ...aliases, ...attackIds];

/** One half may know a campaign by another of its names. */
const missingFrom = (campaigns: readonly Campaign[], some: readonly Campaign[]): readonly string[] =>
  some
    .filter((one) => !campaigns.some((other) => namesOf(other).some((name) => namesOf(one).includes(name))))
    .map(({ name }) => name);

describe("a report cut at a sibling heading", () => {
  for (const [name, why] of reports) {
    it(`should describe the same campaigns in two halves as whole: ${name} (${why})`, () => {
      const text = readFileSync(join(goldDirectory, `${name}.md`), "utf8");
      const whole = describedIn(text);
      assert.ok(whole.length > 0);
      const [, ...siblings] = parseReport(text, { path: "whole.md" }).sections.filter(({ level }) => level === 2);
      assert.ok(siblings.length > 0);
      for (const { start, title } of siblings) {
        const halves = [...describedIn(text.slice(0, start)), ...describedIn(text.slice(start))];
        assert.deepEqual(missingFrom(halves, whole), [], `lost when cut at "${title}"`);
        assert.deepEqual(missingFrom(whole, halves), [], `new when cut at "${title}"`);
      }
    }).timeout(60_000);
  }
});
