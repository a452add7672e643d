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

const textsOf = (source: string): readonly string[] =>
  parseReport(source, { path: "x.md" }).blocks.flatMap(({ text, sentences }) =>
    sentences.map((sentence) => text.slice(sentence.textStart, sentence.textEnd)),
  );

describe("sentences", () => {
  for (const line of cases) {
    it(line, () => assert.deepEqual(textsOf(line.replaceAll("¦", " ")), line.split("¦")));
  }

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
