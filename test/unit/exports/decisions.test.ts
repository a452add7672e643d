import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { attributeEdits } from "../../../src/exports/attribution-edits.ts";
import {
  acceptEdit,
  acceptForms,
  applyEdits,
  ignoreEdits,
  ignoreEverywhereEdit,
  rejectEdit,
  replaceEdits,
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
  [
    "It ends with `vssadmin delete shadows /all /quiet`",
    "T1490",
    "comment",
    "It ends with `vssadmin delete shadows /all /quiet` <!-- attack: T1490 -->",
  ],
  [
    '> **They used [process hollowing](https://example.com/a_(b) "of old")**',
    "T1055.012",
    "comment",
    '> **They used [process hollowing](https://example.com/a_(b) "of old")** <!-- attack: T1055.012 -->',
  ],
  [
    "## They used *process hollowing* ##\n",
    "T1055.012",
    "comment",
    "## They used *process hollowing* <!-- attack: T1055.012 --> ##\n",
  ],
  [
    "First.\r\n\r\nIt ran `vssadmin delete shadows /all /quiet` before encryption.\r\n",
    "T1490",
    "id",
    "First.\r\n\r\nIt ran `vssadmin delete shadows /all /quiet` (T1490) before encryption.\r\n",
  ],
  [
    "| step | what |\n|---|---|\n| 1 | They used process hollowing |\n",
    "T1055.012",
    "comment",
    "| step | what |\n|---|---|\n| 1 | They used process hollowing <!-- attack: T1055.012 --> |\n",
  ],
  [
    "They ran:\n\n    vssadmin delete shadows /all /quiet\n\nMore.\n",
    "T1490",
    "comment",
    "They ran:\n\n    vssadmin delete shadows /all /quiet\n<!-- attack: T1490 -->\n\nMore.\n",
  ],
  [
    "- They ran:\n\n      vssadmin delete shadows /all /quiet\n",
    "T1490",
    "id",
    "- They ran:\n\n      vssadmin delete shadows /all /quiet\n  <!-- attack: T1490 -->\n",
  ],
  [
    "1. They ran:\n\n   ```\n   vssadmin delete shadows /all /quiet\n   ```\n",
    "T1490",
    "id",
    "1. They ran:\n\n   ```\n   vssadmin delete shadows /all /quiet\n   ```\n   <!-- attack: T1490 -->\n",
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

/** A sentence, a technique that it describes, and the sentence with the id where a careful author would write it. */
const placed: readonly (readonly [string, string, string])[] = [
  // The whole group of words, with what “of” ties to it.
  [
    "The attackers deleted the shadow copies of every volume, then left.",
    "T1490",
    "The attackers deleted the shadow copies of every volume (T1490), then left.",
  ],
  [
    "The malware injects its code into the address space of explorer.exe!",
    "T1055.001",
    "The malware injects its code into the address space of explorer.exe (T1055.001)!",
  ],
  [
    "The loader disables Windows Defender's real-time protection by editing a file.",
    "T1562.001",
    "The loader disables Windows Defender's real-time protection (T1562.001) by editing a file.",
  ],
  ["They then encrypted files and left.", "T1486", "They then encrypted files (T1486) and left."],
  // What begins something new is not of the group.
  [
    "They created a scheduled task named `Updater` that ran every hour.",
    "T1053.005",
    "They created a scheduled task (T1053.005) named `Updater` that ran every hour.",
  ],
  [
    "Stolen credentials of a contractor let them log in to the VPN; from there they used RDP to reach a server.",
    "T1078",
    "Stolen credentials of a contractor (T1078) let them log in to the VPN; from there they used RDP to reach a server.",
  ],
  [
    "Stolen credentials of a contractor let them log in to the VPN; from there they used RDP to reach a server.",
    "T1133",
    "Stolen credentials of a contractor let them log in to the VPN (T1133); from there they used RDP to reach a server.",
  ],
  [
    "The group registered look-alike domains weeks before the attack [1].",
    "T1583.001",
    "The group registered look-alike domains (T1583.001) weeks before the attack [1].",
  ],
  [
    "They used *pass the hash* to move between hosts.",
    "T1550.002",
    "They used *pass the hash* to move between hosts (T1550.002).",
  ],
  // Bold type, links, code and quotations are left whole.
  [
    "They **dumped the memory of the LSASS process** and left.",
    "T1003.001",
    "They **dumped the memory of the LSASS process** (T1003.001) and left.",
  ],
  ["**They deleted the shadow copies.**", "T1490", "**They deleted the shadow copies (T1490).**"],
  [
    "It uses [process hollowing](https://example.com/a) at start.",
    "T1055.012",
    "It uses [process hollowing](https://example.com/a) (T1055.012) at start.",
  ],
  [
    'They ran `nltest /dclist:`, and `net group "Domain Admins" /domain` later.',
    "T1069.002",
    'They ran `nltest /dclist:`, and `net group "Domain Admins" /domain` (T1069.002) later.',
  ],
  [
    'The note said that they "exfiltrated 40 GB of data to a cloud storage service".',
    "T1567.002",
    'The note said that they "exfiltrated 40 GB of data to a cloud storage service" (T1567.002).',
  ],
  [
    "The DLL is loaded by “DLL search order hijacking”, as before.",
    "T1574.001",
    "The DLL is loaded by “DLL search order hijacking” (T1574.001), as before.",
  ],
  // No brackets in or right behind brackets.
  [
    "They dumped the memory of the Local Security Authority Subsystem Service (LSASS) on two servers.",
    "T1003.001",
    "They dumped the memory of the Local Security Authority Subsystem Service (LSASS; T1003.001) on two servers.",
  ],
  [
    "Their second tool (which deletes the shadow copies of a host) came later.",
    "T1490",
    "Their second tool (which deletes the shadow copies of a host; T1490) came later.",
  ],
  [
    "They deleted the shadow copies (T1059) at night.",
    "T1490",
    "They deleted the shadow copies (T1059, T1490) at night.",
  ],
  // Lists, tables, quotes.
  ["- Cleared the Windows event logs\n- Left\n", "T1070.001", "- Cleared the Windows event logs (T1070.001)\n- Left\n"],
  [
    "| Phase | Activity |\n|---|---|\n| Creds | They dumped the memory of `lsass.exe` |\n",
    "T1003.001",
    "| Phase | Activity |\n|---|---|\n| Creds | They dumped the memory of `lsass.exe` (T1003.001) |\n",
  ],
  [
    "> They deleted the shadow\n> copies of every volume — twice.",
    "T1490",
    "> They deleted the shadow\n> copies of every volume (T1490) — twice.",
  ],
];

describe("the place of an accepted id", () => {
  for (const [before, id, after] of placed) {
    it(after.replaceAll("\n", "⏎"), () => {
      const edit = acceptEdit(read(before), suggestion(before, id), technique(id), "id");
      assert.equal(applyEdits(before, [edit]), after);
      assert.ok(!suggestionsIn(map(after).mentions).some(({ object }) => object.id === id));
    });
  }
});

describe("the place of a span's id", () => {
  // Spans that no rule or model need give: the place is chosen by the words alone.
  const spans: readonly (readonly [string, string, string])[] = [
    [
      "They fetched it from https://a.example/b?c=(d) and left.",
      "fetched it from https",
      "fetched it from https://a.example/b?c=(d) (T1190) and left.",
    ],
    ["It asked evil[.]example for orders.", "asked evil", "asked evil[.]example (T1190) for orders."],
    ["They read the users' passwords aloud.", "read the users", "read the users' passwords aloud (T1190)."],
    ["They logged on to the server of a partner.", "logged on", "logged on to the server of a partner (T1190)."],
    ["This was carried out by a script.", "carried", "carried out (T1190) by a script."],
    ["They used a RAT written in PHP.", "used a RAT", "used a RAT (T1190) written in PHP."],
    ["A port scanning tool ran.", "A port", "A port scanning tool ran (T1190)."],
    ["A script deleting the backups ran.", "A script", "A script (T1190) deleting the backups ran."],
    ["The process(es) were hollowed.", "process", "process(es) (T1190) were hollowed."],
    ["They used *a\\_b*\\_c.", "used *a", "used *a\\_b*\\_c (T1190)."],
    ["They said ‘we hid it’, and left.", "hid", "hid it’ (T1190), and left."],
  ];
  for (const [before, span, after] of spans) {
    it(after, () => {
      const start = before.indexOf(span);
      const range = { start, end: start + span.length };
      const edit = acceptEdit(read(before), range, technique("T1190"), "id");
      assert.equal(applyEdits(before, [edit]).slice(start), after);
    });
  }
});

/** What an author decides, and of which technique, or whose doing it is. */
type Decision = readonly [what: "accept" | "reject" | "everywhere" | "by", of: string];

/** A report, what is decided one after another, what at once, and what the report says afterwards. */
const decided: readonly (readonly [string, readonly (readonly Decision[])[], string])[] = [
  // One after another: lists become longer, and comments keep their order whoever comes first.
  ["A b.", [[["accept", "T1190"]], [["accept", "T1059"]]], "A b. <!-- attack: T1190 T1059 -->"],
  ["A b.", [[["reject", "T1190"]], [["reject", "T1059"]]], "A b. <!-- attack: ignore T1190 T1059 -->"],
  [
    "A b. C d.",
    [[["by", "Night Heron"]], [["reject", "T1190"]], [["accept", "T1059"]]],
    "A b. <!-- attack: T1059 --> <!-- attack: ignore T1190 --> <!-- attack: by Night Heron --> C d.",
  ],
  [
    "A b. C d.",
    [[["accept", "T1059"]], [["reject", "T1190"]], [["by", "Night Heron"]], [["by", "Grey Tern"]]],
    "A b. <!-- attack: T1059 --> <!-- attack: ignore T1190 --> <!-- attack: by Grey Tern --> C d.",
  ],
  ["A b.", [[["accept", "T1190"]], [["accept", "T1190"]]], "A b. <!-- attack: T1190 -->"],
  ["A b.", [[["reject", "T1190"]], [["reject", "T1190"]]], "A b. <!-- attack: ignore T1190 -->"],
  // At once.
  [
    "A b.",
    [
      [
        ["reject", "T1190"],
        ["accept", "T1059"],
        ["reject", "T1003"],
        ["accept", "T1059"],
      ],
    ],
    "A b. <!-- attack: T1059 --> <!-- attack: ignore T1190 T1003 -->",
  ],
  [
    "A b.\n",
    [
      [
        ["everywhere", "T1190"],
        ["everywhere", "T1059"],
        ["everywhere", "T1190"],
      ],
      [["everywhere", "T1003"]],
      [["everywhere", "T1059"]],
    ],
    "A b.\n\n<!-- attack: ignore T1190 T1059 T1003 -->\n",
  ],
  // A list that an author wrote.
  ["A b. <!-- attack: T1190, T1059-->", [[["accept", "T1003"]]], "A b. <!-- attack: T1190, T1059 T1003-->"],
  ["A b.\n\n<!--attack:T1190-->\n", [[["accept", "T1003"]]], "A b.\n\n<!--attack:T1190 T1003-->\n"],
  // Of another sentence or paragraph.
  [
    "A b. C d. <!-- attack: T1190 -->",
    [[["accept", "T1059"]]],
    "A b. <!-- attack: T1059 --> C d. <!-- attack: T1190 -->",
  ],
  [
    "A b.\n\nC d. <!-- attack: ignore T1190 -->",
    [[["reject", "T1059"]]],
    "A b. <!-- attack: ignore T1059 -->\n\nC d. <!-- attack: ignore T1190 -->",
  ],
  // A comment on a line of its own speaks of the whole report.
  [
    "A b.\n\n<!-- attack: ignore T1190 -->\n",
    [[["reject", "T1059"]]],
    "A b. <!-- attack: ignore T1059 -->\n\n<!-- attack: ignore T1190 -->\n",
  ],
  // A rejection holds for the paragraph: its list stands where it stands.
  ["A b. C d. <!-- attack: ignore T1190 -->", [[["reject", "T1059"]]], "A b. C d. <!-- attack: ignore T1190 T1059 -->"],
  [
    "A b. <!-- attack: campaign Night Heron -->",
    [[["accept", "T1059"]]],
    "A b. <!-- attack: T1059 --> <!-- attack: campaign Night Heron -->",
  ],
  ["A b. <!-- a note -->", [[["accept", "T1059"]]], "A b. <!-- attack: T1059 --> <!-- a note -->"],
  [
    "```\na b\nc d\n```\n",
    [[["accept", "T1059"]], [["accept", "T1190"]]],
    "```\na b\nc d\n```\n<!-- attack: T1059 T1190 -->\n",
  ],
];

describe("several decisions of one sentence", () => {
  for (const [before, steps, after] of decided) {
    it(`${JSON.stringify(before)}: ${JSON.stringify(steps)}`, () => {
      const result = steps.reduce((text, step) => {
        const report = read(text);
        const first = report.blocks[0]?.start ?? 0;
        const span = { start: first, end: first + 1 };
        return applyEdits(
          text,
          step.flatMap(([what, of]) =>
            what === "by"
              ? attributeEdits(report, [span], of)
              : what === "accept"
                ? [acceptEdit(report, span, technique(of), "comment")]
                : [what === "reject" ? rejectEdit(report, span, of) : ignoreEverywhereEdit(report, of)],
          ),
        );
      }, before);
      assert.equal(result, after);
    });
  }

  it("should write ids of one place into one bracket, and comments behind it", () => {
    const text = "They left a b.";
    const span = { start: 0, end: text.length - 1 };
    const report = read(text);
    assert.equal(
      applyEdits(text, [
        rejectEdit(report, span, "T1003"),
        acceptEdit(report, span, technique("T1190"), "id"),
        acceptEdit(report, span, technique("T1059"), "id"),
        acceptEdit(report, span, technique("T1190"), "id"),
      ]),
      "They left a b (T1190, T1059). <!-- attack: ignore T1003 -->",
    );
  });
});

/** A report, in which form another technique, T1055.001, is chosen for its first suggestion of T1055.012, and what the report says then. */
const replaced: readonly (readonly [string, (typeof acceptForms)[number], string])[] = [
  [hollowing, "comment", `${hollowing} <!-- attack: T1055.001 --> <!-- attack: ignore T1055.012 -->`],
  // What is chosen was rejected before: in the same paragraph, of this sentence alone …
  [
    `${hollowing} <!-- attack: ignore T1055.001 -->\n`,
    "comment",
    `${hollowing} <!-- attack: T1055.001 --> <!-- attack: ignore T1055.012 -->\n`,
  ],
  [
    `${hollowing} <!--attack: ignore t1190, T1055/001 ,T1133-->\n`,
    "id",
    "The loader uses process hollowing (T1055.001) to run inside svchost.exe. <!--attack: ignore t1190 ,T1133 T1055.012-->\n",
  ],
  [
    `${hollowing} <!-- attack: ignore T1190 --> <!-- attack: ignore T1055.001 -->\n`,
    "comment",
    `${hollowing} <!-- attack: T1055.001 --> <!-- attack: ignore T1190 T1055.012 -->\n`,
  ],
  // … of other sentences, too, which keep that …
  [
    `${hollowing} Code was injected into other processes as DLLs. <!-- attack: ignore T1055.001 -->\n`,
    "comment",
    `${hollowing} <!-- attack: T1055.001 --> Code was injected into other processes as DLLs. <!-- attack: ignore T1055.001 T1055.012 -->\n`,
  ],
  // … in the whole report.
  [
    `${hollowing}\n\n<!-- attack: ignore T1055.001 -->\n`,
    "comment",
    `${hollowing} <!-- attack: T1055.001 --> <!-- attack: ignore T1055.012 -->\n\n<!-- attack: ignore T1055.001 -->\n`,
  ],
  [
    `---\nattack: { ignore: [t1055.001] }\n---\n\n${hollowing}\n`,
    "id",
    "---\nattack: { ignore: [t1055.001] }\n---\n\nThe loader uses process hollowing (T1055.001) to run inside svchost.exe. <!-- attack: T1055.001 --> <!-- attack: ignore T1055.012 -->\n",
  ],
];

describe("replacing a suggestion", () => {
  for (const [before, form, after] of replaced) {
    it(`should win over what the report ignores: ${before.replaceAll("\n", "⏎")}`, () => {
      const found = suggestion(before, "T1055.012");
      const result = applyEdits(before, replaceEdits(read(before), found, "T1055.012", technique("T1055.001"), form));
      assert.equal(result, after);
      const { mentions } = map(result);
      const line = lineOf(result, "process hollowing");
      // What the next sentence describes is another matter.
      const end = result.indexOf("Code was");
      const ofLine = mentions.filter(
        (mention) =>
          mention.line === line &&
          mention.object.type === "technique" &&
          (end < 0 || mention.start < end || mention.status === "stated"),
      );
      assert.deepEqual(
        [...new Set(ofLine.map(({ object, status }) => `${status} ${object.id}`))],
        ["stated T1055.001"],
      );
    });
  }
});

const lineOf = (text: string, words: string): number => text.slice(0, text.indexOf(words)).split("\n").length;

/** A report, whether T1190 is ignored in its first paragraph or everywhere, and what the report says then. */
const ignored: readonly (readonly [string, "paragraph" | "everywhere", string])[] = [
  ["A b (T1190).\n", "paragraph", "A b (T1190). <!-- attack: ignore T1190 -->\n"],
  ["A b. <!-- attack: T1190 -->\n", "paragraph", "A b. <!-- attack: ignore T1190 -->\n"],
  ["A b. <!-- attack: T1190 --> C d.\n", "everywhere", "A b. C d.\n\n<!-- attack: ignore T1190 -->\n"],
  [
    "A b. <!-- attack: T1059 T1190 -->\n\nC d. <!-- attack: T1190, T1133 -->\n",
    "everywhere",
    "A b. <!-- attack: T1059 -->\n\nC d. <!-- attack: T1133 -->\n\n<!-- attack: ignore T1190 -->\n",
  ],
  [
    "A b. <!-- attack: T1190 -->\n\nC d. <!-- attack: T1190 -->\n",
    "paragraph",
    "A b. <!-- attack: ignore T1190 -->\n\nC d. <!-- attack: T1190 -->\n",
  ],
  ["A b.\r\n<!-- attack: T1190 -->\r\n", "everywhere", "A b.\r\n\r\n<!-- attack: ignore T1190 -->\r\n"],
];

describe("ignoring a technique", () => {
  for (const [before, where, after] of ignored) {
    it(`should take back what comments state: ${JSON.stringify(before)}, ${where}`, () => {
      const report = read(before);
      const first = report.blocks[0];
      assert.ok(first);
      const result = applyEdits(before, ignoreEdits(report, "T1190", where === "paragraph" ? first : undefined));
      assert.equal(result, after);
      const left = map(result).mentions.filter(({ object }) => object.id === "T1190");
      assert.deepEqual(
        left.map(({ line }) => line),
        where === "paragraph" && before.includes("C d.") ? [3] : [],
      );
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
  "## They used *process hollowing* ##",
  "    vssadmin delete shadows /all /quiet",
  "- Deleted shadow copies with `vssadmin delete shadows /all /quiet`",
  "They **dumped the memory of [LSASS](https://example.com/a_(b))**",
  "“They dumped the memory of the LSASS process” (two hosts). <!-- attack: ignore T1486 -->",
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
