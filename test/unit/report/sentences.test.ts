import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseReport } from "../../../src/report/parse.ts";
import { longestSentence } from "../../../src/report/sentences.ts";

/** A paragraph as it is written, its sentences divided by "¦". */
const cases: readonly string[] = [
  "They ran cmd.exe /c whoami.¦Then they left.",
  "Several tools, e.g. Mimikatz, were used.¦All are public.",
  "It is Emotet vs. TrickBot here.",
  "Hosts in the U.S. Treasury were hit.¦Others were not.",
  "The U.S. was hit.¦It responded.",
  "Version v1.2.3 of the loader beacons to 1.1.1[.]1 and evil[.]com over hxxp://evil[.]com/a.php?x=1.¦It sleeps.",
  "It drops C:\\Users\\Public\\a.dll and /tmp/.X11-unix/b.so.¦Both persist.",
  "“We saw it.”¦They did not.",
  "He asked: “Who did it?”¦Nobody knew.",
  "Was it them?!¦Yes.",
  "The group (also known as Fox.) moved on.",
  "See Fig. 3 and No. 5 of Contoso Inc. for details.",
  "On Jan. 5 it stopped.¦On Feb. 6 it began.",
  "J. Smith of the team said so.",
  "It is written in .NET and Node.js.¦It is small.",
  "They waited … and waited.",
  "At 10 a.m. UTC the host rebooted.¦The beacon came back.",
  "iptables was flushed.¦iptables-save wrote an empty file.",
  "攻撃者は侵入した。¦その後、横展開した。",
  "The rate is 3.5 percent.¦12 hosts were hit.",
];

/** A paragraph of several lines, its sentences divided by "¦" in place of a line's end where one ends there. */
const lines: readonly (readonly [what: string, text: string])[] = [
  [
    "a log with times",
    "14:02 rdp to FS01 as svc_backup, from the VPN pool¦14:05 vssadmin delete shadows on FS01¦14:09 av was killed by gmer, then the locker came",
  ],
  ["a log with dates, of two lines", "2025-03-04 mail opened by hr03¦2025-03-05 beacon from hr03 to a VPS"],
  ["hosts", "FS01: dumped lsass with procdump¦DC02: ntds.dit was copied to the temp folder of FS01, zipped"],
  [
    "a ticket",
    "user clicked link in mail¦macro started powershell and fetched a file from a paste site¦rdp to fs01¦shadows deleted",
  ],
  [
    "a table that was pasted as text",
    "Account Discovery\nT1087\nIt lists the accounts of the domain¦Screen capture\nT1113\nIt takes a picture of the screen",
  ],
  [
    "prose that a page has broken",
    "The intruders logged on with the account of a former\nemployee, looked round for two days and then dumped the\nmemory of LSASS on the first server that they found.",
  ],
  [
    "prose of which a line begins with a year",
    "They came back a year later, in the night before the ninth of May\n2025, and deleted all the shadow copies.",
  ],
  ["lines that end in commas", "They dumped LSASS,\ncopied the directory to a share that belonged to nobody,\nleft"],
];

const textsOf = (source: string): readonly string[] =>
  parseReport(source, { path: "x.md" }).blocks.flatMap(({ text, sentences }) =>
    sentences.map((sentence) => text.slice(sentence.textStart, sentence.textEnd)),
  );

describe("sentences", () => {
  for (const line of cases) {
    it(line, () => assert.deepEqual(textsOf(line.replaceAll("¦", " ")), line.split("¦")));
  }

  for (const [what, text] of lines)
    it(what, () => assert.deepEqual(textsOf(text.replaceAll("¦", "\n")), text.split("¦")));

  it("should not end a sentence inside inline code", () => {
    assert.deepEqual(textsOf("They ran `foo. Bar` twice. Then `x`."), ["They ran foo. Bar twice.", "Then x."]);
  });

  it("should keep prose that was wrapped by hand together", () => {
    assert.deepEqual(
      textsOf(
        "The group moved from the mail server to the file\nserver of the finance department and read\nthe records there. It left.",
      ),
      [
        "The group moved from the mail server to the file\nserver of the finance department and read\nthe records there.",
        "It left.",
      ],
    );
  });

  it("should keep wide lines together that were wrapped by hand", () => {
    const wide = `They moved ${"from one server to the next ".repeat(4)}with\nPsExec and WMI, ${"and from the next one to another ".repeat(3)}until\nnobody watched.`;
    assert.deepEqual(textsOf(wide), [wide]);
  });

  it("should part a title from the long paragraph that was pasted below it", () => {
    const paragraph = `Someone ${"walked through the network and ".repeat(5)}left.`;
    assert.deepEqual(textsOf(`A night in the network\n${paragraph}`), ["A night in the network", paragraph]);
  });

  it("should give each bullet without a full stop a sentence of its own", () => {
    assert.deepEqual(textsOf("- scans the network\n- dumps credentials\n"), ["scans the network", "dumps credentials"]);
  });

  it("should cut a sentence that never ends", () => {
    const sentences = textsOf("word ".repeat(5000));
    assert.ok(sentences.length > 1);
    assert.ok(sentences.every(({ length }) => length <= longestSentence));
  });
});
