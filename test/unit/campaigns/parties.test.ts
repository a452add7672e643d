import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** "described FIN7: T1190 T1505.003", one line a campaign; at the end what is nobody's. */
function linesOf(text: string): readonly string[] {
  const { campaigns, mentions } = analyse(parseReport(text, { path: "x.md" }), catalogue);
  const nobodys = mentions.filter((each) => each.object.type === "technique" && each.campaigns.length === 0);
  return [
    ...campaigns.map(({ role, name, techniques }) =>
      `${role} ${name}: ${techniques.map(({ id }) => id).join(" ")}`.trimEnd(),
    ),
    ...(nobodys.length > 0 ? [`nobody: ${[...new Set(nobodys.map(({ object }) => object.id))].sort().join(" ")}`] : []),
  ];
}

const first = "Storm-4471 used T1003.001. Storm-4471 deleted the copies (T1490).";

const cases: readonly (readonly [what: string, text: string, lines: readonly string[]])[] = [
  [
    "a heading numbers a party whose name is in small letters",
    "# Kit\n\n## Affiliate 1: Storm-4471\n\nStorm-4471 used T1003.001.\n\n## Affiliate 2: copperline\n\ncopperline used T1190. It added an account (T1136.001).",
    ["described Storm-4471: T1003.001", "described copperline: T1136.001 T1190"],
  ],
  [
    "a heading numbers what is no party",
    `# Kit\n\n${first}\n\n## Actor 1: overview\n\nThe overview is short.`,
    ["described Storm-4471: T1003.001 T1490"],
  ],
  [
    "the column of who did it names somebody in small letters, and all in it",
    `# Kit\n\n${first}\n\n| ID | Who |\n|---|---|\n| T1110 | Storm-4471 |\n| T1190 | copperline |\n| T1486 | all |\n`,
    ["described Storm-4471: T1003.001 T1110 T1486 T1490", "described copperline: T1190 T1486"],
  ],
  [
    "the column of who did it gives a row to somebody unknown",
    `# Kit\n\n${first}\n\n| ID | Who |\n|---|---|\n| T1110 | Storm-4471 |\n| T1190 | the help desk of the vendor |\n| T1486 | the attackers |\n| T1485 | |\n`,
    ["described Storm-4471: T1003.001 T1110 T1485 T1486 T1490", "nobody: T1190"],
  ],
  [
    "the column of who did it prevails over another cell of its row",
    `# Kit\n\n${first}\n\n| ID | What | Who |\n|---|---|---|\n| T1110 | a way in | Storm-4471 |\n| T1190 | the server that Storm-4471 had left | copperline |\n`,
    ["described Storm-4471: T1003.001 T1110 T1490", "described copperline: T1190"],
  ],
  [
    "a column in which no actor stands says nothing of doers",
    `# Kit\n\n${first}\n\n| ID | By whom |\n|---|---|\n| T1110 | svc_backup |\n| T1190 | jdoe |\n`,
    ["described Storm-4471: T1003.001 T1110 T1190 T1490"],
  ],
];

describe("parties in words of the report's own", () => {
  for (const [what, text, lines] of cases) it(what, () => assert.deepEqual(linesOf(text), lines));
});
