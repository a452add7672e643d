import assert from "node:assert/strict";
import { isMereName } from "../../../src/mapping/rules/mere-name.ts";

/** Sentences with the words of a cue between « and »: a name of a lure, a disguise or a label. */
const mereNames: readonly string[] = [
  "It was installed as a service named “VMware Guest «Clipboard»”.",
  'Google ads for "«KeePass»" and "Advanced IP Scanner" lead to fake download pages.',
  'Google ads for "KeePass" and "«Advanced IP Scanner»" lead to fake download pages.',
  "The trojanized «AnyDesk» installer loads a beacon.",
  "The loader is disguised as an update of «PowerShell».",
  "Administrators who searched for «WinSCP» got it.",
  "It has the icon of «Wireshark».",
  "The page imitates the site of «LastPass».",
  "They wiped the «PowerShell» operational log.",
  "The campaign is called Operation «Hollow» Reed.",
  "A scheduled task called `«PowerShell» Update Check` starts it.",
];

/** The same names as tools and targets of a deed. */
const deeds: readonly string[] = [
  "They opened «KeePass».",
  "The operation «Hollow» ran out.",
  "The «PowerShell» log shows what they ran.",
  "A service called “«PSEXESVC»” was created.",
  "They searched the shares for «KeePass» databases.",
  "With «Mimikatz» they dumped the memory of LSASS.",
  "He wrote in a message called “what we do next: run «Mimikatz» on all of them”.",
];

const read = (sentence: string): boolean => {
  const start = sentence.indexOf("«");
  const text = sentence.replace(/[«»]/g, "");
  return isMereName(text, { start, end: sentence.indexOf("»") - 1, technique: "T1059" }, []);
};

describe("names that are no deed", () => {
  for (const sentence of mereNames) it(sentence, () => assert.equal(read(sentence), true));
  for (const sentence of deeds) it(sentence, () => assert.equal(read(sentence), false));

  it("a technique about names keeps its cues", () => {
    const text = "The loader is disguised as an update of PowerShell.";
    const place = { start: text.indexOf("PowerShell"), end: text.length - 1 };
    assert.deepEqual(
      ["T1036", "T1036.005", "T1059.001"].map((technique) => isMereName(text, { ...place, technique }, ["T1036"])),
      [false, false, true],
    );
  });
});
