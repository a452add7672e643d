import assert from "node:assert/strict";
import fc from "fast-check";
import { lookUpIn } from "../../../../src/attack/look-up.ts";
import { phrasesOf } from "../../../../src/mapping/lexicon/phrases.ts";
import { mapReport } from "../../../../src/mapping/map-report.ts";
import { parseReport } from "../../../../src/report/parse.ts";
import { catalogue } from "../../catalogue.ts";
import { lexiconOf } from "./lexicon-of.ts";

const lexicon = lexiconOf(
  {
    "T1053.005": ["(create|register) [a|the] scheduled task"],
    T1003: ["dump credential"],
    "T1003.001": ["dump credential .. LSASS"],
    T1490: ["delete .. shadow copy"],
  },
  {
    strong: { "T1053.005": ["task scheduler", "every .. minutes"] },
    commands: {
      "T1053.005": { cmd: ["schtasks /create"] },
      "T1087.001": { cmd: ["net user"] },
      "T1136.001": { cmd: ["net user /add"] },
      "T1110.001": { event: ["4625"] },
      "T1110.003": { event: ["4625"] },
      T1033: { cmd: ["whoami"] },
    },
  },
);

/** `id by confidence "words"` of what a report describes. */
function described(text: string): readonly string[] {
  const report = parseReport(text, { path: "r.md", format: "markdown" });
  return mapReport(report, catalogue, lexicon)
    .mentions.filter(({ status }) => status === "inferred")
    .map(
      ({ object, by, confidence, start, end }) =>
        `${object.id} ${by} ${confidence} ${JSON.stringify(text.slice(start, end))}`,
    );
}

describe("techniques that a report describes", () => {
  const table: readonly (readonly [what: string, text: string, found: readonly string[]])[] = [
    ["a decisive cue", "They created a scheduled task.", ['T1053.005 lexicon 0.8 "created a scheduled task"']],
    [
      "further cues of it",
      "They registered a scheduled task that ran every five minutes by the Task Scheduler.",
      ['T1053.005 lexicon 0.9 "registered a scheduled task"'],
    ],
    [
      "through markup",
      "They *created* a **scheduled** [task](x).",
      ['T1053.005 lexicon 0.8 "created* a **scheduled** [task"'],
    ],
    [
      "once a sentence",
      "It deleted shadow copies, then deleted the shadow copies.",
      ['T1490 lexicon 0.8 "deleted the shadow copies"'],
    ],
    ["not over a sentence's end", "They created. Scheduled tasks ran.", []],
    [
      "the narrower technique",
      "It dumped credentials from LSASS.",
      ['T1003.001 lexicon 0.8 "dumped credentials from LSASS"'],
    ],
    ["no advice", "You should not create a scheduled task.", []],
    ["no negation", "They did not create a scheduled task.", []],
    ["no guidance", "## Recommendations\n\nCreate a scheduled task that updates.", []],
    ["no address", "See https://x.example/create-scheduled-task now.", []],
    ["stated in the sentence", "They created a scheduled task (T1053.005).", []],
    ["stated in the row", "| Id | Text |\n|---|---|\n| T1490 | Deletes shadow copies |", []],
    ["a parent of what is stated", "They dumped credentials (T1003.001).", []],
    ["code line", "```\nschtasks /create /tn x\n```", ['T1053.005 command 0.7 "schtasks /create"']],
    ["inline code", "They ran `schtasks.exe /create`.", ['T1053.005 command 0.7 "schtasks.exe /create"']],
    ["inline code of advice", "Never allow `schtasks.exe /create`: it should be blocked.", []],
    ["the pattern that says most", "```\nnet user bob /add\n```", ['T1136.001 command 0.7 "net user bob /add"']],
    ["a program alone on its line", "```\nwhoami\n```", ['T1033 command 0.5 "whoami"']],
    ["a program with what it is given", "```\nwhoami is what they ran\n```", []],
    ["a program alone in prose", "They used `whoami`.", []],
    ["a tie in the family", "```\nEventID 4625\n```", ['T1110 command 0.7 "EventID 4625"']],
    ["a detection rule", '```yara\nrule x { strings: $a = "schtasks /create" }\n```', []],
  ];
  for (const [what, text, found] of table) it(what, () => assert.deepEqual(described(text), found));

  it("says why", () => {
    const report = parseReport("They created a scheduled task.", { path: "r.md", format: "markdown" });
    const [mention] = mapReport(report, catalogue, lexicon).mentions;
    assert.equal(mention?.why, "the text says “created a scheduled task”, a decisive cue of Scheduled Task");
  });

  it("points inside any report, at what it shows", () => {
    const part = fc.constantFrom(
      "dump ",
      "*credential* ",
      "`schtasks /create` ",
      "\n\n",
      "```\n",
      "| ",
      "LSASS",
      "> ",
      ". ",
      "&amp;",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(part).map((parts) => parts.join("")),
        ),
        (text) => {
          const report = parseReport(text, { path: "r.md", format: "markdown" });
          for (const { start, end, text: words } of mapReport(report, catalogue, lexicon).mentions) {
            assert.ok(0 <= start && start < end && end <= text.length);
            assert.equal(words, report.text.slice(start, end));
          }
        },
      ),
    );
  });

  it("finds nothing of it without a lexicon", () => {
    const report = parseReport("They created a scheduled task.", { path: "r.md", format: "markdown" });
    assert.deepEqual(mapReport(report, catalogue).mentions, []);
  });
});

describe("look-up by cue", () => {
  it("finds a technique by words that describe it, behind what is called so", () => {
    const phrases = phrasesOf(lexicon);
    assert.equal(lookUpIn(catalogue, phrases).search("delete shadow copy")[0]?.id, "T1490");
    assert.equal(lookUpIn(catalogue, phrases).search("dump cred")[0]?.type, "technique");
    assert.equal(
      lookUpIn(catalogue)
        .search("delete shadow copy")
        .some(({ id }) => id === "T1490"),
      false,
    );
  });
});
