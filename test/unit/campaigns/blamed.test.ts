import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const story =
  "An employee opened the attachment (T1204.002). A macro ran (T1059.005). The intruder dumped LSASS (T1003.001). The files were encrypted (T1486).";
const told = "T1003.001 T1059.005 T1204.002 T1486";

const analysisOf = (text: string) => analyse(parseReport(text, { path: "x.md" }), catalogue);

/** "described FIN7: T1190", one line a campaign, and "suspected: x attributed-to y" for each relation. */
function linesOf(text: string): readonly string[] {
  const { campaigns, relations } = analysisOf(text);
  return [
    ...campaigns.map(({ role, name, techniques }) =>
      `${role} ${name}: ${techniques.map(({ id }) => id).join(" ")}`.trim(),
    ),
    ...relations.map(({ from, kind, to, certainty }) => `${certainty}: ${from} ${kind} ${to}`),
  ];
}

/** One more sentence in a report that names nobody else, and whether whom it names did what the report tells. */
const named: readonly (readonly [sentence: string, actor: string, didIt: boolean])[] = [
  ["We attribute the attack to FIN7.", "FIN7", true],
  ["FIN7 is behind the attack.", "FIN7", true],
  ["It differs from FIN7, the group behind last year's wave of attacks.", "FIN7", false],
  ["We attribute the activity to APT34, a suspected Iranian threat group.", "OilRig", true],
  ["We attribute the activity to a suspected group that may be FIN7.", "FIN7", false],
  ["The attackers belong to FIN7.", "FIN7", true],
  ["This is not the work of FIN7.", "FIN7", false],
  ["A channel of FIN7, which claims the attack, is regarded as untrue.", "FIN7", false],
  ["Another vendor attributed it to FIN7 at the time. We see no technical basis for this attribution.", "FIN7", false],
  ["FIN7 claimed the attack; the files it showed are false.", "FIN7", false],
  ["We found nothing that points to APT28.", "APT28", false],
  ["There is no evidence of APT28.", "APT28", false],
  ["A newspaper wrote that Lazarus was behind it, which we can't confirm.", "Lazarus Group", false],
  ["Many media have ascribed the attack to FIN7. We don't see that.", "FIN7", false],
  ["Similar attacks by FIN7 hit hotels in spring.", "FIN7", false],
  ["In spring, FIN7 attacked several hotels in the same way.", "FIN7", false],
  ["Last year, Sandworm struck two utilities in Poland.", "Sandworm Team", false],
  ["FIN7 uses the same macro builder.", "FIN7", false],
  ["The certificate was seen in attacks by Turla before.", "Turla", false],
  ["In 2016, APT28 broke into another company.", "APT28", false],
];

describe("somebody who is named once, where much has been told", () => {
  for (const [sentence, actor, didIt] of named)
    it(`${didIt ? "did" : "did not do"} it: ${sentence}`, () => {
      assert.deepEqual(
        linesOf(`# A break-in\n\n${story}\n\n${sentence}\n`),
        didIt ? [`described ${actor}: ${told}`] : [`described A break-in: ${told}`, `referenced ${actor}:`],
      );
    });

  for (const sentence of ["We suspect that FIN7 stands behind it.", "It is presumed that the group FIN7 is involved."])
    it(`is suspected: ${sentence}`, () => {
      assert.deepEqual(linesOf(`# A break-in\n\n${story}\n\n${sentence}\n`), [
        `described A break-in: ${told}`,
        "referenced FIN7:",
        "suspected: a-break-in attributed-to fin7",
      ]);
    });
});

describe("a campaign that the author declares", () => {
  const declared = "---\nattack:\n  campaigns:\n    - name: Night Heron\n---\n";
  for (const [sentence, others] of [
    ["Similar attacks by FIN7 hit hotels.", "referenced FIN7:"],
    ["This is not the work of FIN7.", "referenced FIN7:"],
    ["FIN7 sent mails (T1566).", "described FIN7: T1566"],
  ] as const)
    it(`has what is nobody else's: ${sentence}`, () => {
      assert.deepEqual(linesOf(`${declared}# A break-in\n\n${story}\n\n${sentence}\n`), [
        `described Night Heron: ${told}`,
        others,
      ]);
    });
});

describe("a campaign that the author declares for a part", () => {
  it("has no more than that", () => {
    assert.deepEqual(
      linesOf(
        `# A break-in\n\n## A\n\n<!-- attack: campaign Night Heron -->\n\nThey sent mails (T1566).\n\n## B\n\nFIN7 exploited it (T1190). FIN7 dumped LSASS (T1003.001). The files were encrypted (T1486).\n`,
      ),
      ["described Night Heron: T1566", "described FIN7: T1003.001 T1190 T1486"],
    );
  });
});

const takenOver: readonly (readonly [text: string, expected: readonly string[]])[] = [
  [
    "First UNC8888 got in by guessing (T1110.003). A week later Storm-9999 came. It deleted the shadow copies (T1490).",
    ["described UNC8888: T1110.003", "described Storm-9999: T1490"],
  ],
  [
    "TA4711 opened the door with a mail (T1566.001) and sold the access to Storm-9999, which encrypted the servers (T1486).",
    ["described TA4711: T1566.001", "described Storm-9999: T1486", "said: ta4711 linked-to storm-9999"],
  ],
];

describe("somebody who takes over", () => {
  for (const [text, expected] of takenOver)
    it(`has what comes after: ${text}`, () => {
      assert.deepEqual(linesOf(`# Two in one net\n\n${text}\n`), expected);
    });
});

const introduced: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  [
    "whom a heading names gives way to whom the section begins with",
    "# Quarter\n\n## 1. Ransomware: Akira comes through the firewall\n\nFour cases belong to one cluster, *Mokri Potok* (short MP-25), which works as affiliate of Akira.\n\nEntrance was the gateway (T1133). They jump by RDP (T1021.001).",
    ["described Mokri Potok: T1021.001 T1133", "referenced Akira:", "said: mokri-potok affiliate-of akira"],
  ],
  [
    "a name in italics behind what it is",
    "# Quarter\n\nBehind it is a criminal group *Lažna Bura*, as we believe the same people who in 2019 were known to the police by another name.\n\nA rule hid the answers (T1564.008). Since 2025 they buy addresses (T1090.002).",
    ["described Lažna Bura: T1090.002 T1564.008"],
  ],
  [
    "a channel that announces",
    "# Elections\n\nThe channel *Kolovrat Legija* announced a week of silence. It flooded the sites of eleven towns (T1498). The operators paid a booter (T1583.008).",
    ["described Kolovrat Legija: T1498 T1583.008"],
  ],
  [
    "an implant that is given a name is nobody",
    "# Lintel\n\nLintel is an espionage group.\n\n## DORMER\n\nOn nine servers we found the implant that we call DORMER. It loads a library (T1574.001).",
    ["described Lintel: T1574.001"],
  ],
];

const compared: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  [
    "what goes on about somebody compared is nobody's",
    "# Postman\n\nCinder Postman is an espionage group. Cinder Postman exploited gateways (T1190).\n\nAs for Postman, **UNC3886** is the obvious comparison. It has put backdoors on hypervisors (T1505.006).",
    ["described Cinder Postman: T1190", "referenced UNC3886:"],
  ],
  [
    "a heading that asks whether it was somebody",
    "# Dunlin\n\nTA5127 sent mails (T1566.001). TA5127 used scripts (T1059.005).\n\n## Is this TA577 again?\n\nTA577 collected hashes (T1187).",
    ["described TA5127: T1059.005 T1566.001", "referenced TA577:"],
  ],
  [
    "an operation that is named once beside a group that is told of at length is no roof",
    "# Gilded Magpie\n\nGilded Magpie is a criminal group. Gilded Magpie called its victims (T1566.004). Gilded Magpie stole keychains (T1555.001). Gilded Magpie sent them to a server (T1041).\n\n## How sure\n\nThe server had been used by the group in an operation the year before (we called it **Hollow Dividend**).",
    [
      "described Gilded Magpie: T1041 T1555.001 T1566.004",
      "referenced Hollow Dividend:",
      "said: hollow-dividend attributed-to gilded-magpie",
    ],
  ],
  [
    "whose campaign the report only follows up",
    "# On firewalls\n\nUNC9001 is an espionage actor. This is a follow-up to the campaign against routers which Mandiant attributed to UNC3886 in March, where backdoors were injected into processes (T1055).\n\n## Vector\n\nUNC9001 exploited a flaw (T1190).\n\nFrom there logs were deleted (T1070).",
    ["described UNC9001: T1070 T1190", "referenced UNC3886: T1055"],
  ],
  [
    "a section on similar malware tells of others",
    "# On firewalls\n\nUNC9001 is an espionage actor. UNC9001 exploited a flaw (T1190).\n\n## Similar malware\n\nLightBasin has a PAM backdoor (T1556.003). LightBasin stole call records (T1005).",
    ["described UNC9001: T1190", "referenced LightBasin:"],
  ],
  [
    "what was seen of somebody elsewhere and not here",
    "# On firewalls\n\nUNC9001 is an espionage actor. UNC9001 exploited a flaw (T1190).\n\nLightBasin, which attacks the same companies, uses a PAM backdoor (T1556.003); we saw neither.",
    ["described UNC9001: T1190", "referenced LightBasin: T1556.003"],
  ],
];

/** Malware that a title names, whose operators the report names or does not know. */
const operated: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  [
    "its operators are told of beside others",
    "# TINSMITH\n\nTINSMITH is a backdoor for Windows that we found on servers. We call its operators UNC-Delft. TINSMITH was found beside Impacket. TINSMITH takes screenshots (T1113). TINSMITH is packed.\n\nLightBasin deployed a PAM backdoor (T1556.003). LightBasin stole records.",
    ["described LightBasin: T1556.003", "described UNC-Delft: T1113"],
  ],
  [
    "its operators rent it to several",
    "# TINSMITH\n\nTINSMITH is a backdoor for Windows that is sold to several groups. We call its operators UNC-Delft. TINSMITH was found beside Impacket. TINSMITH takes screenshots (T1113). TINSMITH is packed.\n\nLightBasin deployed a PAM backdoor (T1556.003). LightBasin stole records.",
    ["described TINSMITH: T1113", "described LightBasin: T1556.003", "referenced UNC-Delft:"],
  ],
];

describe("malware that a report is about", () => {
  for (const [what, text, expected] of operated)
    it(`is told of as its operators' or as nobody's: ${what}`, () => {
      assert.deepEqual(linesOf(text), expected);
    });
});

describe("a report whose title asks who it was", () => {
  for (const title of ["Who did it?", "Attribution: who hit the port"])
    it(`weighs nobody below it: ${title}`, () => {
      assert.deepEqual(linesOf(`# ${title}\n\nFIN7 sent a loader (T1105). FIN7 stole cards.`), [
        "described FIN7: T1105",
      ]);
    });
});

describe("cases that are called as guidance is", () => {
  it("tell deeds", () => {
    assert.deepEqual(
      linesOf(
        "# Two cases\n\n## Case 1: hunting FIN7\n\nFIN7 sent a loader (T1105). FIN7 stole cards.\n\n## Case 2: detection after a year\n\nAPT29 sent mails (T1566). APT29 stayed.",
      ),
      ["described FIN7: T1105", "described APT29: T1566"],
    );
  });
});

describe("whom one defends against", () => {
  it("is no place that was attacked", () => {
    assert.deepEqual(linesOf("# Defending against Grey Tern\n\nGrey Tern dumped LSASS (T1003.001)."), [
      "described Grey Tern: T1003.001",
    ]);
  });
});

const cases: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  [
    "by headings that say so",
    "# What we saw this year\n\n## Case 1: the help desk\n\nSomebody called the help desk (T1566.004).\n\n## Case 2: a forgotten server\n\nThe attackers exploited it (T1190). They left a web shell (T1505.003).\n\n## What helps\n\nT1078 is common.",
    ["described Case 1: the help desk: T1566.004", "described Case 2: a forgotten server: T1190 T1505.003"],
  ],
  [
    "by numbers in a collection; who is named has the own case",
    "# Casebook 2025\n\n## 1. The stick\n\nA cleaner plugged in a stick (T1091).\n\n## 2. Night Heron\n\nNight Heron, an espionage group, dumped LSASS (T1003.001). Night Heron left.",
    ["described The stick: T1091", "described Night Heron: T1003.001"],
  ],
  [
    "one case alone is the report's",
    "# A break-in\n\n## Case 1: the help desk\n\nThe attackers called the help desk (T1566.004).",
    ["described A break-in: T1566.004"],
  ],
];

describe("a report that is built of cases", () => {
  for (const [what, text, expected] of cases)
    it(`should describe each: ${what}`, () => {
      assert.deepEqual(linesOf(text), expected);
    });
});

describe("whom a report compares", () => {
  for (const [what, text, expected] of compared)
    it(`should be told apart: ${what}`, () => {
      assert.deepEqual(linesOf(text), expected);
    });
});

describe("whom a report introduces", () => {
  for (const [what, text, expected] of introduced)
    it(`should be told apart: ${what}`, () => {
      assert.deepEqual(linesOf(text), expected);
    });
});

/** Titles that name somebody who is not said to have done what the report tells. */
const denyingTitles: readonly (readonly [title: string, actor: string])[] = [
  ["Ivanti exploited by Volt Typhoon-like actors", "Volt Typhoon"],
  ["Not Lazarus: the Lumenra intrusion", "Lazarus Group"],
  ["Why this was not APT29", "APT29"],
  ["It wasn't APT29 – the break-in at Lumenra", "APT29"],
  ["Sandworm had nothing to do with it", "Sandworm Team"],
  ["FIN7 was not behind the break-in", "FIN7"],
  ["Is Sandworm back?", "Sandworm Team"],
  ["A wiper in Norrland: Sandworm again?", "Sandworm Team"],
  ["Copycats imitate Scattered Spider", "Scattered Spider"],
  ["The Scattered Spider copycats", "Scattered Spider"],
  ["False flag: a crew that poses as Sandworm", "Sandworm Team"],
  ["In the style of FIN7", "FIN7"],
  ["Beyond FIN7: a new crew", "FIN7"],
  ["A crew that was mistaken for APT29", "APT29"],
  ["Why FIN7 did not hack Lumenra", "FIN7"],
  ["Why we do not think that it was FIN7", "FIN7"],
];

const blamingTitles: readonly (readonly [title: string, actor: string])[] = [
  ["Who is Scattered Spider?", "Scattered Spider"],
  ["How did FIN7 get in?", "FIN7"],
  ["Are you ready for FIN7?", "FIN7"],
  ["Sandworm has struck in Norrland: a new target?", "Sandworm Team"],
  ["FIN7 did not stop at one hotel", "FIN7"],
  ["FIN7 poses as a bank", "FIN7"],
  ["Not your usual FIN7", "FIN7"],
  ["Posing as a bank, FIN7 steals passwords", "FIN7"],
];

describe("whom a heading names", () => {
  for (const [title, actor] of denyingTitles) {
    it(`is not blamed by the report's title: ${title}`, () => {
      assert.deepEqual(linesOf(`# ${title}\n\n${story}\n`), [`described ${title}: ${told}`, `referenced ${actor}:`]);
    });
    it(`is not blamed by the title of a section: ${title}`, () => {
      assert.deepEqual(linesOf(`# A break-in\n\nThe intruder came by night (T1078).\n\n## ${title}\n\n${story}\n`), [
        `described A break-in: T1003.001 T1059.005 T1078 T1204.002 T1486`,
        `referenced ${actor}:`,
      ]);
    });
  }
  for (const [title, actor] of blamingTitles)
    it(`is blamed: ${title}`, () => {
      assert.deepEqual(linesOf(`# ${title}\n\n${story}\n`), [`described ${actor}: ${told}`]);
    });

  it("is told of where the text tells of them, whatever the title asks", () => {
    assert.deepEqual(
      linesOf("# Is Sandworm back?\n\nSandworm dumped LSASS (T1003.001). Sandworm wiped disks (T1561)."),
      ["described Sandworm Team: T1003.001 T1561"],
    );
  });
  it("is the one behind the colon", () => {
    assert.deepEqual(linesOf(`# Not Lazarus: FIN7 in Norrland\n\n${story}\n`), [
      `described FIN7: ${told}`,
      "referenced Lazarus Group:",
    ]);
  });
});
