import assert from "node:assert/strict";
import fc from "fast-check";
import { CueMatcher } from "../../../../src/mapping/lexicon/cue-matcher.ts";
import { lexiconOf } from "./lexicon-of.ts";

const matched = (cue: string, text: string): readonly string[] =>
  new CueMatcher(lexiconOf({ T1003: [cue] })).find(text).map(({ start, end }) => text.slice(start, end));

describe("cues in text", () => {
  const table: readonly (readonly [what: string, cue: string, text: string, found: readonly string[]])[] = [
    ["as written", "dump credential", "They dump credentials.", ["dump credentials"]],
    ["inflected", "dump credential", "The tool dumped credentials twice.", ["dumped credentials"]],
    ["irregular", "steal token", "Stolen tokens were sold.", ["Stolen tokens"]],
    ["side by side only", "dump credential", "dumping of credentials", []],
    ["not over a comma", "dump credential", "a memory dump, credentials and mail", []],
    ["hyphen in the text", "pass the hash", "a pass-the-hash attack", ["pass-the-hash"]],
    ["hyphen in the cue", "side-load", "it is side loaded", ["side loaded"]],
    ["any case", "golden ticket", "A GOLDEN Ticket", ["GOLDEN Ticket"]],
    ["quotes between", "the golden ticket", "the “golden” ticket", ["the “golden” ticket"]],
    ["possessive", "victim mailbox", "the victim's mailbox", ["victim's mailbox"]],
    ["gap of none", "schtasks .. create", "schtasks /create", ["schtasks /create"]],
    ["gap of three", "a .. z", "a 1 2 3 z", ["a 1 2 3 z"]],
    ["gap of four is too wide", "a .. z", "a 1 2 3 4 z", []],
    ["gap of eight", "a ... z", "a 1 2 3 4 5 6 7 8 z", ["a 1 2 3 4 5 6 7 8 z"]],
    ["gap of nine is too wide", "a ... z", "a 1 2 3 4 5 6 7 8 9 z", []],
    ["a gap may hold a comma", "send .. server", "sent it, later, server", ["sent it, later, server"]],
    ["alternative", "(create|add user) account", "adds user accounts", ["adds user accounts"]],
    ["the narrowest start", "send .. server", "sent, then sent to a server", ["sent to a server"]],
    ["optional there", "create [a|the] task", "created a task", ["created a task"]],
    ["optional not there", "create [a|the] task", "creates tasks", ["creates tasks"]],
    ["optional first", "[the] LSASS memory", "of LSASS memory", ["LSASS memory"]],
    ["exact", "=SAM hive", "the SAM hive", ["SAM hive"]],
    ["exact refuses another case", "=SAM hive", "the Sam hive", []],
    ["exact refuses inflection", "=Run key", "Runs key", []],
    ["split words", "lsass.exe", "dumped LSASS.exe.", ["LSASS.exe"]],
    ["nested gap", "(copy .. share|upload) tool", "copied to the share tools", ["copied to the share tools"]],
    ["twice", "web shell", "a web shell, two web shells", ["web shell", "web shells"]],
    ["beyond ASCII", "café key", "the CAFÉ keys", ["CAFÉ keys"]],
  ];
  for (const [what, cue, text, found] of table)
    it(`${what}: ${cue}`, () => assert.deepEqual(matched(cue, text), found));

  it("stays inside the given range", () => {
    const text = "dump credentials. dump credentials.";
    const found = new CueMatcher(lexiconOf({ T1003: ["dump credential"] })).find(text, 18, text.length);
    assert.deepEqual(found, [{ start: 18, end: 34, technique: "T1003", weight: "decisive", cue: "dump credential" }]);
  });

  it("never throws and never points outside", () => {
    const word = fc.constantFrom("dump", "the", "hash", "pass", "-", ",", "’s", "LSASS", "\u{1d400}", "\ud835", "é");
    const matcher = new CueMatcher(
      lexiconOf({ T1003: ["dump .. (hash|LSASS memory)", "[the] hash"], T1550: ["pass the hash", "=LSASS ... the"] }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(word).map((words) => words.join(" ")),
        ),
        (text) => {
          for (const { start, end } of matcher.find(text)) {
            assert.ok(0 <= start && start < end && end <= text.length);
            assert.match(text.slice(start, end), /^[\p{L}\p{N}][\s\S]*[\p{L}\p{N}]$/u);
          }
        },
      ),
    );
  });
});
