import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import {
  acceptEdit,
  acceptForms,
  applyEdits,
  ignoreEverywhereEdit,
  rejectEdit,
  suggestionsIn,
} from "../../../src/exports/decisions.ts";
import { parseReport } from "../../../src/report/parse.ts";
import type { Report } from "../../../src/report/report.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

const read = (text: string): Report => parseReport(text, { path: "report.md", format: "markdown" });
const map = (text: string): Analysis => analyse(read(text), catalogue, { lexicon, model });

/** The first suggestion of a technique in a report. */
function suggestion(text: string, id: string) {
  const found = suggestionsIn(map(text).mentions).find(({ object }) => object.id === id);
  assert.ok(found, `${id} is not suggested in: ${text}`);
  return found;
}

const technique = (id: string) => {
  const found = catalogue.get(id);
  assert.ok(found);
  return found;
};

const hollowing = "The loader uses process hollowing to run inside svchost.exe.";

/** The report, how it is accepted, and what it says afterwards. */
const accepted: readonly (readonly [string, string, (typeof acceptForms)[number], string])[] = [
  [hollowing, "T1055.012", "comment", `${hollowing} <!-- attack: T1055.012 -->`],
  [hollowing, "T1055.012", "id", "The loader uses process hollowing (T1055.012) to run inside svchost.exe."],
  [
    hollowing,
    "T1055.012",
    "link",
    "The loader uses process hollowing ([T1055.012](https://attack.mitre.org/techniques/T1055/012)) to run inside svchost.exe.",
  ],
  ["It uses **process hollowing** at start.", "T1055.012", "id", "It uses **process hollowing (T1055.012)** at start."],
  [
    "It uses [process hollowing](https://example.com/a) at start.",
    "T1055.012",
    "id",
    "It uses [process hollowing](https://example.com/a) at start (T1055.012).",
  ],
  [
    "First.\r\n\r\nIt ran `vssadmin delete shadows /all /quiet` before encryption.\r\n",
    "T1490",
    "id",
    "First.\r\n\r\nIt ran `vssadmin delete shadows /all /quiet` before encryption (T1490).\r\n",
  ],
  [
    "| step | what |\n|---|---|\n| 1 | They used process hollowing |\n",
    "T1055.012",
    "comment",
    "| step | what |\n|---|---|\n| 1 | They used process hollowing <!-- attack: T1055.012 --> |\n",
  ],
  [
    "They ran:\n\n> ```\n> vssadmin delete shadows /all /quiet\n> whoami\n> ```\n",
    "T1490",
    "id",
    "They ran:\n\n> ```\n> vssadmin delete shadows /all /quiet\n> whoami\n> ```\n> <!-- attack: T1490 -->\n",
  ],
];

describe("accepting a suggestion", () => {
  for (const [before, id, form, after] of accepted) {
    it(`should write ${id} as ${form}: ${before.slice(0, 50).replaceAll("\n", "⏎")}`, () => {
      const found = suggestion(before, id);
      const result = applyEdits(before, [acceptEdit(read(before), found, technique(id), form)]);
      assert.equal(result, after);
      const mentions = map(result).mentions.filter(({ object }) => object.id === id);
      assert.equal(mentions.filter(({ by }) => by === "id").length, form === "link" ? 2 : 1);
      assert.deepEqual(suggestionsIn(mentions), []);
    });
  }
});

describe("a vulnerability whose technique the sentence states", () => {
  it("should be no suggestion any more, there alone", () => {
    const text = "The actors exploited ProxyLogon. <!-- attack: T1190 -->\n\nOthers exploited ProxyLogon later.\n";
    const { mentions } = map(text);
    assert.equal(mentions.filter(({ by }) => by === "cve").length, 2);
    assert.deepEqual(
      suggestionsIn(mentions).map(({ object, line }) => [object.id, line]),
      [["T1190", 3]],
    );
  });
});

const rejected: readonly (readonly [string, string, string])[] = [
  [hollowing, "T1055.012", `${hollowing} <!-- attack: ignore T1055.012 -->`],
  [`${hollowing} More follows.\n`, "T1055.012", `${hollowing} <!-- attack: ignore T1055.012 --> More follows.\n`],
  [
    "```\r\nvssadmin delete shadows /all /quiet\r\n```\r\n",
    "T1490",
    "```\r\nvssadmin delete shadows /all /quiet\r\n```\r\n\r\n<!-- attack: ignore T1490 -->\r\n",
  ],
];

describe("rejecting a suggestion", () => {
  for (const [before, id, after] of rejected) {
    it(`should ignore ${id}: ${before.slice(0, 50).replaceAll(/\r?\n/g, "⏎")}`, () => {
      const result = applyEdits(before, [rejectEdit(read(before), suggestion(before, id), id)]);
      assert.equal(result, after);
      assert.ok(!map(result).mentions.some(({ object }) => object.id === id));
    });
  }

  it("should leave the same technique in other paragraphs", () => {
    const text = `${hollowing}\n\nLater, process hollowing was used again.\n`;
    const result = applyEdits(text, [rejectEdit(read(text), suggestion(text, "T1055.012"), "T1055.012")]);
    assert.deepEqual(
      suggestionsIn(map(result).mentions).flatMap(({ object, line }) => (object.id === "T1055.012" ? [line] : [])),
      [3],
    );
  });

  it("should lengthen the list at the report's end", () => {
    const once = applyEdits(hollowing, [ignoreEverywhereEdit(read(hollowing), "T1055.012")]);
    assert.equal(once, `${hollowing}\n\n<!-- attack: ignore T1055.012 -->\n`);
    assert.equal(
      applyEdits(once, [ignoreEverywhereEdit(read(once), "T1190")]),
      `${hollowing}\n\n<!-- attack: ignore T1055.012 T1190 -->\n`,
    );
  });
});

const paragraphs = [
  hollowing,
  "- The actor dumped LSASS memory with procdump.",
  "They used *pass the hash* and [Kerberoasting](https://example.com) on the domain.",
  "Nothing happened on Tuesday.",
  "> Shadow copies were deleted with `vssadmin delete shadows /all /quiet`.",
  "```\nwhoami /all\nschtasks /create /tn upd /tr c:\\a.exe /sc minute\n```",
  "| a | b |\n|---|---|\n| Kerberoasting was used | all service accounts |",
  "## Web shells were planted on the server",
];

describe("decisions in any report", () => {
  it("should state what is accepted exactly once, drop what is rejected, and leave the others alone", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(paragraphs, { minLength: 1 }),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom(...acceptForms),
        fc.nat(),
        (chosen, line, form, pick) => {
          const text = chosen.join("\n\n").replaceAll("\n", line);
          const suggested = suggestionsIn(map(text).mentions);
          const one = suggested[pick % Math.max(1, suggested.length)];
          if (!one) return;
          const { id } = one.object;
          const others = (analysis: Analysis): readonly string[] =>
            analysis.mentions
              .filter(({ object }) => object.id !== id)
              .map(({ object, text: words }) => `${object.id} ${words}`);
          const yes = map(applyEdits(text, [acceptEdit(read(text), one, technique(id), form)]));
          const no = map(applyEdits(text, [rejectEdit(read(text), one, id)]));
          const stated = yes.mentions.filter(({ object, by }) => object.id === id && by === "id");
          assert.equal(new Set(stated.map(({ line: at }) => at)).size, 1);
          assert.ok(
            suggestionsIn(yes.mentions).filter(({ object }) => object.id === id).length <
              suggested.filter(({ object }) => object.id === id).length,
          );
          assert.ok(
            no.mentions.filter(({ object }) => object.id === id).length <
              suggested.filter(({ object }) => object.id === id).length,
          );
          assert.deepEqual(others(no), others(map(text)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
