import assert from "node:assert/strict";
import fc from "fast-check";
import { encodedCommands } from "../../../../src/mapping/lexicon/encoded-commands.ts";
import { classify } from "../../../../src/mapping/classify.ts";
import { catalogue, lexicon, model } from "../../catalogue.ts";

const wide = (text: string): string => Buffer.from(text, "utf16le").toString("base64");
const narrow = (text: string): string => Buffer.from(text).toString("base64");

describe("encoded commands", () => {
  const table: readonly (readonly [what: string, text: string, decoded: readonly string[]])[] = [
    ["PowerShell's -enc", `powershell -nop -enc ${wide("whoami /all; net user")}`, ["whoami /all; net user"]],
    ["-e alone", `powershell.exe -e ${wide("Get-Process | Out-File a.txt")}`, ["Get-Process | Out-File a.txt"]],
    ["a pipe into base64", `echo ${narrow("cat /etc/shadow > /tmp/s")} | base64 -d | sh`, ["cat /etc/shadow > /tmp/s"]],
    [".NET", `[Convert]::FromBase64String("${narrow("net group /domain here")}")`, ["net group /domain here"]],
    ["without a word that says so", `copy ${narrow("cat /etc/shadow > /tmp/s")} x`, []],
    ["bytes that are no text", `powershell -enc ${Buffer.from([...Array(64).keys()]).toString("base64")}`, []],
  ];
  for (const [what, text, decoded] of table)
    it(what, () => {
      const found = encodedCommands(text);
      assert.deepEqual(
        found.map((one) => one.decoded),
        decoded,
      );
      for (const { start, end } of found) assert.match(text.slice(start, end), /^[A-Za-z0-9+/]+=*$/);
    });

  it("is found again for any readable command", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 20, maxLength: 200 }), (command) => {
        fc.pre(/^[ -~]*$/.test(command));
        assert.deepEqual(
          encodedCommands(`powershell -enc ${wide(command)}`).map(({ decoded }) => decoded),
          [command],
        );
      }),
    );
  });

  it("says what it hides, at the place of the code", () => {
    const text = `powershell -enc ${wide("vssadmin delete shadows /all /quiet")}`;
    const found = classify(text, catalogue, { lexicon, model });
    const recovery = found.find(({ id }) => id === "T1490");
    assert.equal(recovery?.accepted, true, JSON.stringify(found));
    assert.match(recovery.why, /decoded from base64, “vssadmin delete shadows/);
  });
});
