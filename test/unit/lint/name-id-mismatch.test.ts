import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { lexicon, model } from "../catalogue.ts";
import { findingsIn, found } from "./findings.ts";

/** A text, and the ids of which the rule says that they are not those of the name before them. */
const cases: readonly (readonly [string, readonly string[]])[] = [
  // One word that is no other word, the name of a sibling.
  ["They ran PowerShell (T1059.003).", ["T1059.003"]],
  ["They ran `PowerShell` (T1059.003) on two hosts.", ["T1059.003"]],
  ["They ran **PowerShell** ([T1059.003](https://attack.mitre.org/techniques/T1059/003)) there.", ["T1059.003"]],
  ["- Used PowerShell (T1059.003)\n", ["T1059.003"]],
  ["They moved over SSH (T1021.001).", ["T1021.001"]],
  ["They stole hashes with DCSync (T1003.003).", ["T1003.003"]],
  ["They executed the DLL with rundll32 (T1218.010) at logon.", ["T1218.010"]],
  ["They wrote JavaScript (T1059.001) in a hurry, then ran PowerShell (T1059.007).", ["T1059.001", "T1059.007"]],
  // Its own id, its parent's, one that replaced it.
  ["They ran PowerShell (T1059.001).", []],
  ["They ran PowerShell (T1059).", []],
  ["They ran PowerShell (T1086).", []],
  // Another family: the word is what was used.
  ["They used PowerShell to dump LSASS memory (T1003.001).", []],
  ["They downloaded a tool with PowerShell (T1105).", []],
  ["They dumped the memory of LSASS with PowerShell (T1003.001).", []],
  ["The script wrote a run key with PowerShell (T1547.001).", []],
  // The id belongs to other words of the sentence.
  ["They started cmd.exe from PowerShell (T1059.003).", []],
  ["A command shell was spawned by PowerShell (T1059.003).", []],
  ["They ran batch files and PowerShell (T1059.003).", []],
  ["They dumped LSASS and NTDS (T1003.001).", []],
  ["They connected by RDP over SSH (T1021.001).", []],
  ["They ran PowerShell (T1059.003, T1059.001).", []],
  ["They ran PowerShell to start a script (T1059.003).", []],
  // A word that is mostly a thing, a part of a longer one, and a plain word.
  ["They planted a DLL (T1574.008).", []],
  ["They came back by their own-SSH (T1021.001).", []],
  ["They stored it in a keychain (T1555.003).", []],
  ["See https://example.com/PowerShell (T1059.003).", []],
];

describe("a name beside the id of its sibling", () => {
  for (const [text, expected] of cases)
    it(text.trim(), () => assert.deepEqual(found("name-id-mismatch", text, { lexicon, model }), expected));

  it("should offer the name's id and the id's name", () => {
    const text = "They ran PowerShell (T1059.003).";
    const [finding] = findingsIn(text, { lexicon, model }).filter(({ rule }) => rule === "name-id-mismatch");
    assert.ok(finding);
    assert.equal(finding.message, "T1059.003 is Windows Command Shell; PowerShell is T1059.001");
    assert.deepEqual(
      finding.choices.map(({ edit }) => text.slice(0, edit.start) + edit.text + text.slice(edit.end)),
      ["They ran PowerShell (T1059.001).", "They ran Windows Command Shell (T1059.003)."],
    );
  });

  it("should be looked for in linear time", () => {
    const text = `They ran ${"PowerShell_".repeat(20_000)} (T1059.003), ${"`*".repeat(20_000)} (T1059.003).`;
    assert.deepEqual(found("name-id-mismatch", text, { lexicon, model }), []);
  });
});
