import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mapReport } from "../../../src/mapping/map-report.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** Text, and the objects that it names as "text=id". */
const cases: readonly (readonly [string, readonly string[]])[] = [
  // Spellings of one name.
  [
    "Threat Group-3390 and Group-3390 and Threat Group 3390",
    ["Threat Group-3390=G0027", "Group-3390=G0027", "Threat Group 3390=G0027"],
  ],
  ["Naikon APT moved in", ["Naikon=G0019"]],
  ["APT28, APT 28, APT-28", ["APT28=G0007", "APT 28=G0007", "APT-28=G0007"]],
  [
    "Cobalt Strike’s beacon, a cobalt strike beacon, CobaltStrike",
    ["Cobalt Strike=S0154", "cobalt strike=S0154", "CobaltStrike=S0154"],
  ],
  ["Threat\nGroup-3390", ["Threat\nGroup-3390=G0027"]],
  ["the **Lazarus** Group, or just Lazarus", ["Lazarus** Group=G0032", "Lazarus=G0032"]],
  ["Emissary Panda", ["Emissary Panda=G0027"]],
  ["MIMIKATZ mimikatz.exe", ["MIMIKATZ=S0002", "mimikatz=S0002"]],
  // Names that others gave.
  ["Operation Soft Cell, Soft Cell, SoftCell", ["Operation Soft Cell=G0093", "Soft Cell=G0093", "SoftCell=G0093"]],
  // The longest name counts.
  ["SolarWinds Compromise", ["SolarWinds Compromise=C0024"]],
  // Techniques, tactics: by title, by the cell they stand in, by the parent.
  ["They rely on Process Injection.", ["Process Injection=T1055"]],
  ["OS Credential Dumping: LSASS Memory", ["OS Credential Dumping: LSASS Memory=T1003.001"]],
  ["| Tactic | Technique |\n|---|---|\n| Impact | Phishing |", ["Impact=TA0040", "Phishing=T1566"]],
  ["Phishing (T1566)", ["Phishing=T1566", "T1566=T1566"]],
  // A parent's name beside its sub-technique's id says where that one belongs.
  [
    "| Technique | ID |\n|---|---|\n| Impair Defenses | T1562.001 |\n| Scheduled Task/Job | T1053.005 |\n",
    ["T1562.001=T1562.001", "T1053.005=T1053.005"],
  ],
  ["They used OS Credential Dumping (T1003.001).", ["T1003.001=T1003.001"]],
  ["They used T1053.005 Scheduled Task/Job.", ["T1053.005=T1053.005"]],
  ["OS Credential Dumping (T1003), T1003.001", ["OS Credential Dumping=T1003", "T1003=T1003", "T1003.001=T1003.001"]],
  ["They used OS Credential Dumping. Then T1003.001.", ["OS Credential Dumping=T1003", "T1003.001=T1003.001"]],
  // A name that several domains have is the one of the id beside it.
  ["They used T0859 Valid Accounts.", ["T0859=T0859"]],
  ["| Technique | Where |\n|---|---|\n| T1417.002 GUI Input Capture | forms |\n", ["T1417.002=T1417.002"]],
  // Ordinary words.
  ["Phishing is on the rise, and domains are cheap.", []],
  ["At noon the net was down; see page 4 and expand the list.", []],
  ["The royal empire kept its silence, and Confucius said so.", []],
  ["Play it again. Ping me. Royal blood.", []],
  ["The Royal ransomware and the Play ransomware", ["Royal=S1073", "Play=S1162"]],
  [
    "The Silence gang stole cash. Later Silence left; more Silence followed.",
    ["Silence=G0091", "Silence=G0091", "Silence=G0091"],
  ],
  ["They ran `net user` and `at 12:00 cmd`, and the ping utility.", ["net=S0039", "at=S0110", "ping=S0097"]],
  ["```\nnet view /all\necho net\n```", ["net=S0039"]],
  ["Rundll32 and the server", []],
  ["Its loader compresses files with zlib, and HttpClient sends them.", []],
  ["It uses ZLib. The malware zlib ran.", ["ZLib=S0086", "zlib=S0086"]],
  ["Kevin opened it in Milan, and Judy and James saw Denis.", []],
  ["The Kevin backdoor ran. Then Kevin ended.", ["Kevin=S1020", "Kevin=S1020"]],
  ["Sliver has used DNS. They deployed Havoc and then SUNBURST.", ["Sliver=S0633", "Havoc=S1229", "SUNBURST=S0559"]],
  ["The leviathan has used its teeth; an empire has used force. They looked for files.", []],
  ["Lucky Mouse and Plug X", ["Lucky Mouse=G0027", "Plug X=S0013"]],
  ["Carbanak has used spearphishing. Carbanak can capture the desktop.", ["Carbanak=G0008", "Carbanak=S0030"]],
  ["T1574.001 is here.\n\nThe DLL is there, and Multi-Factor Authentication is not.", ["T1574.001=T1574.001"]],
  // Browsers, wallets and calculators are nobody, unless somebody says so.
  ["It reads Chromium profiles and Electrum wallets, and starts Calc.exe.", []],
  // Addresses name nothing.
  ["See https://example.com/mimikatz and naikon@example.com and silence.example[.]com", []],
  // Of a longer name no part is a name; a product, a noun or a heading behind it makes none longer.
  ["Unlike Lazarus Group, Copper Heron came by mail. It was Copper Heron.", ["Lazarus Group=G0032"]],
  ["In May Elderwood Finch and Chafer Hawk left.", []],
  ["In May Elderwood left. Then Elderwood Finch came.", ["Elderwood=G0066", "Elderwood=G0066"]],
  ["They left a Turla Outlook backdoor.", ["Turla=G0010"]],
  ["# Turla Strikes Embassies\n\nNothing else is known.", ["Turla=G0010"]],
  ["It was the Turla APT.", ["Turla=G0010"]],
  // Named vulnerabilities and CVEs.
  ["ProxyLogon", ["ProxyLogon=T1190"]],
  ["They exploited CVE-2021-44228.", ["CVE-2021-44228=T1190"]],
  // On record is what it led to, not how it was exploited.
  ["They exploited CVE-2024-24919.", []],
];

describe("names", () => {
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const { mentions } = mapReport(parseReport(text, { path: "x.md" }), catalogue);
      assert.deepEqual(
        mentions.map((mention) => `${text.slice(mention.start, mention.end)}=${mention.object.id}`),
        expected,
      );
    });
  }

  it("should find actors by names that others gave them, but not in a part of another name", () => {
    const actorsIn = (text: string): readonly string[] =>
      mapReport(parseReport(text, { path: "x.md" }), catalogue).actors.map(({ name }) => name);
    assert.deepEqual(actorsIn("It is the work of Iron, and of Iron Group."), ["Iron Group", "Iron Group"]);
    assert.deepEqual(actorsIn("It has the builder of Iron Thicket, and they met Iron Thicket in May."), []);
  });

  it("should say in words how a vulnerability tells a technique", () => {
    const why = (text: string): string | undefined =>
      mapReport(parseReport(text, { path: "x.md" }), catalogue).mentions[0]?.why;
    assert.equal(
      why("ProxyLogon"),
      "the text names the vulnerability ProxyLogon; exploiting it is on record as Exploit Public-Facing Application",
    );
    assert.equal(
      why("CVE-2021-44228"),
      "the text names CVE-2021-44228; exploiting it is on record as Exploit Public-Facing Application",
    );
  });

  it("should leave out what the author ignores, and other domains than the author's", () => {
    const of = (text: string): readonly string[] =>
      mapReport(parseReport(text, { path: "x.md" }), catalogue).mentions.map(({ object }) => object.id);
    assert.deepEqual(of("---\nattack: { ignore: [T1190] }\n---\nT1190 T1133"), ["T1133"]);
    assert.deepEqual(of("T1190 <!-- attack: ignore T1190 -->\n\nT1190"), ["T1190"]);
    assert.deepEqual(of("---\nattack: { domains: [ics-attack] }\n---\nT1190 T0883"), ["T0883"]);
    assert.deepEqual(of("They broke in. <!-- attack: T1190 T1505.003 -->"), ["T1190", "T1505.003"]);
  });

  it("should keep what the author states of a sentence, whatever its paragraph or the report ignores", () => {
    for (const [text, expected] of [
      [
        "One (T1190). <!-- attack: T1190 -->\n\nTwo (T1190).\n\n<!-- attack: ignore T1190 -->\n",
        ["1 T1190", "1 T1190"],
      ],
      ["One. <!-- attack: T1190 --> Two (T1190). <!-- attack: ignore T1190 -->\n", ["1 T1190"]],
      ["One. <!-- attack: ignore T1190 -->\n\nTwo. <!-- attack: T1190 -->\n", ["3 T1190"]],
      ["---\nattack: { ignore: [T1190] }\n---\nOne (T1190).\n\nTwo. <!-- attack: T1190 -->\n", ["6 T1190"]],
      // By an id that ATT&CK has revoked, too.
      ["---\nattack: { ignore: [T1086] }\n---\nOne. <!-- attack: T1086 -->\n", ["4 T1059.001"]],
      // That alone: other ids of the sentence stay ignored.
      [
        "---\nattack: { ignore: [T1190, T1133] }\n---\nOne (T1190, T1133). <!-- attack: T1190 -->\n",
        ["4 T1190", "4 T1190"],
      ],
      ["---\nattack: { ignore: [T1190] }\n---\nOne (T1190). <!-- attack: T1133 -->\n", ["4 T1133"]],
    ] as const) {
      const { mentions } = mapReport(parseReport(text, { path: "x.md" }), catalogue);
      assert.deepEqual(
        mentions.map(({ line, object }) => `${line} ${object.id}`),
        expected,
        text,
      );
    }
  });
});
