import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseReport } from "../../../src/report/parse.ts";
import { datesIn, daysIn, onlyYear, stepOf } from "../../../src/campaigns/when.ts";

const dated: readonly (readonly [string, readonly string[]])[] = [
  ["On 2024-03-04 the mail arrived.", ["2024-03-04"]],
  ["On March 4, 2024, the mail arrived; on 6th of May 2024 they left.", ["2024-03-04", "2024-05-06"]],
  ["4 Mar 2024 – first log-in", ["2024-03-04"]],
  ["Active between Sept. 2019 and January 2021.", ["2019-09", "2021-01"]],
  ["In late 2020 they came back, and in 2021 again.", ["2020", "2021"]],
  ["2021-07: the first host", ["2021-07"]],
  ["2024-03-04 09:12 UTC", ["2024-03-04"]],
  ["They exploited CVE-2021-26855 on Exchange 2016 and Windows Server 2019.", []],
  ["A ransom of 2020 dollars for 12 hosts", []],
  ["It may 2019 times fail", []],
  ["AV-26-014, 2021-13-40 and 12021-03-04", []],
];

describe("dates in a sentence", () => {
  for (const [text, expected] of dated) it(text, () => assert.deepEqual(datesIn(text), expected));
});

const withoutYear: readonly (readonly [string, readonly string[]])[] = [
  ["On 4 June they signed in.", ["06-04"]],
  ["On June 4th they signed in, on 6 June they left.", ["06-04", "06-06"]],
  ["Between May 9 and 12 May", ["05-09", "05-12"]],
  ["4 June 2025", []],
  ["June 4, 2025", []],
  ["It may 4 times fail, on Mar 10.5 or so", []],
  ["March 2025", []],
];

describe("days without a year", () => {
  for (const [text, expected] of withoutYear) it(text, () => assert.deepEqual(daysIn(text), expected));
});

const years: readonly (readonly [what: string, text: string, year: string | undefined])[] = [
  ["the only one", "In May 2025 they came.\n\nOn 4 June they left.", "2025"],
  ["years without a month apart", "Active since 2019.\n\nIn May 2025 they came.", "2025"],
  ["none of two", "In May 2024 they came.\n\nOn 3 June 2025 they left.", undefined],
  ["the report's own", "---\ndate: 2026-02-03\n---\n\nOn 4 June they left.", "2026"],
  ["none at all", "On 4 June they left.", undefined],
];

describe("the year of days without one", () => {
  for (const [what, text, year] of years)
    it(what, () => {
      assert.equal(onlyYear(parseReport(text, { path: "x.md" })), year);
    });
});

const ordered: readonly (readonly [string, string | undefined])[] = [
  ["First, they mapped the network.", "first"],
  ["Initially the group sent mail.", "first"],
  ["Then came the loader.", "then"],
  ["From there they moved on.", "then"],
  ["After that, a scheduled task was made.", "then"],
  ["Finally, the files were encrypted.", "last"],
  ["The first host was a mail server.", undefined],
  ["Firstborn is a loader.", undefined],
];

describe("the step that a sentence tells", () => {
  for (const [text, expected] of ordered) it(text, () => assert.equal(stepOf(text), expected));
});
