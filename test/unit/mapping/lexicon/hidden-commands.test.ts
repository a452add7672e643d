import assert from "node:assert/strict";
import fc from "fast-check";
import { CommandMatcher } from "../../../../src/mapping/lexicon/command-matcher.ts";
import { revealed } from "../../../../src/mapping/lexicon/hidden-commands.ts";
import { lexiconOf } from "./lexicon-of.ts";

describe("hidden commands", () => {
  const table: readonly (readonly [what: string, line: string, shown: string | undefined])[] = [
    ["joined strings", "&('i'+'ex') $a", "&('iex') $a"],
    ["joined strings in brackets", '(("down"+"load") + "string")', '(("downloadstring")'],
    ["a format", `& ("{1}{0}" -f 'ex','i') $a`, "& ('iex') $a"],
    ["a format that lacks a part", `"{0}{7}" -f 'a','b'`, undefined],
    ["numbers of letters", "[char]105+[char]0x65+[char]120", "'iex'"],
    ["variables of the line", "set u=who&& set v=ami&& call %u%%v%", "set u=who&& set v=ami&& call whoami"],
    ["the shell's own variable", "%COMSPEC% /c dir C:\\x", "cmd.exe /c dir C:\\x"],
    ["a variable that nobody sets", "copy a.exe %APPDATA%\\b.exe", undefined],
    ["a plain command", "net group /domain", undefined],
  ];
  for (const [what, line, shown] of table)
    it(what, () => {
      assert.equal(revealed(line), shown);
    });

  it("never throws, and stays bounded", () => {
    const part = fc.constantFrom("'", '"', "+", "{0}", "-f", "[char]", "65", "set a=", "%a%", "&", " ", "x");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 300 }), (parts) => {
        assert.ok((revealed(parts.join("")) ?? "").length <= 8_000);
      }),
    );
  });
});

describe("commands of PowerShell", () => {
  const matcher = new CommandMatcher(
    lexiconOf(
      {},
      {
        commands: {
          T1057: { cmd: ["Get-Process"] },
          "T1021.006": { cmd: ["Invoke-Command -ComputerName *"] },
          "T1059.001": { cmd: ["Invoke-Expression *"] },
        },
      },
    ),
  );
  const table: readonly (readonly [line: string, techniques: readonly string[]])[] = [
    ["gps | sort cpu", ["T1057"]],
    ["icm -ComputerName srv1 {hostname}", ["T1021.006"]],
    ["Invoke-Command -Comp srv1 {hostname}", ["T1021.006"]],
    ["Invoke-Command -c srv1 {hostname}", []],
    ["&('i'+'ex') $payload", ["T1059.001"]],
    ["gpsd is a daemon", []],
  ];
  for (const [line, techniques] of table)
    it(line, () => {
      assert.deepEqual(
        matcher.find(line).map(({ technique }) => technique),
        techniques,
      );
    });

  it("says what obfuscation hid, at the place of the whole line", () => {
    const [match] = matcher.find("x: &('i'+'ex') $payload ", 3);
    assert.deepEqual(match && [match.start, match.end, match.decoded, match.hiddenBy], [3, 23, "iex')", "obfuscation"]);
  });
});
