import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** "described Grey Moth: T1055" for each campaign, "of Grey Moth" behind a part, and "x subgroup-of y" for each relation. */
function linesOf(text: string): readonly string[] {
  const { campaigns, relations } = analyse(parseReport(text, { path: "x.md" }), catalogue);
  return [
    ...campaigns.map(({ role, name, techniques, partOf, aliases }) =>
      `${role} ${[name, ...aliases].join(" = ")}${partOf === undefined ? "" : ` of ${partOf}`}: ${techniques.map(({ id }) => id).join(" ")}`.trimEnd(),
    ),
    ...relations.map(({ from, kind, to }) => `${from} ${kind} ${to}`),
  ];
}

const cases: readonly (readonly [what: string, text: string, lines: readonly string[]])[] = [
  [
    "an actor with a heading below “Attribution” is weighed there",
    `# Quiet Anchorage: mail at five ministries

In the campaign Quiet Anchorage mails were sent to ministries (T1566.001). The operators of Quiet Anchorage dumped LSASS (T1003.001).

## Attribution

We attribute Quiet Anchorage to Umber Lapwing with medium confidence.

### Mustang Panda

The shortcut is also typical of Mustang Panda. Mustang Panda regularly targets ministries and spreads malware by USB drives (T1091). We do not believe that Mustang Panda is involved.
`,
    [
      "described Quiet Anchorage: T1003.001 T1566.001",
      "referenced Mustang Panda: T1091",
      "referenced Umber Lapwing:",
      "quiet-anchorage attributed-to umber-lapwing",
    ],
  ],
  [
    "who heads a part of it and is blamed there did it",
    `# Mail at five ministries

Mails were sent to ministries (T1566.001). The intruders dumped LSASS (T1003.001).

## Attribution

### APT28

We attribute the intrusions to APT28.
`,
    ["described APT28: T1003.001 T1566.001"],
  ],
  [
    "what a report tracks the activity as is whose doing it is, and not the malware",
    `# HOLLOWREED: a backdoor at telecom operators

We found a new backdoor on servers of an operator. We call it HOLLOWREED.

We track the activity as WAC-0093. With low confidence, we link WAC-0093 to GALLIUM.

## HOLLOWREED

HOLLOWREED injects itself into svchost.exe (T1055). HOLLOWREED dumps LSASS (T1003.001). HOLLOWREED encrypts its traffic (T1573). HOLLOWREED deletes itself (T1070.004).
`,
    ["described WAC-0093: T1003.001 T1055 T1070.004 T1573", "referenced GALLIUM:", "wac-0093 linked-to gallium"],
  ],
  [
    "whoever is told of beside it",
    `# Telecom operators

We track the activity as WAC-0093. The intruders exploited a flaw (T1190).

## Loader

The loader injects itself into svchost.exe (T1055).

## A second visitor

Grey Sedge dumped LSASS there (T1003.001). Grey Sedge is a group that stole the mail as well (T1114).
`,
    ["described WAC-0093: T1055 T1190", "described Grey Sedge: T1003.001 T1114"],
  ],
  [
    "and it is the group that was found where a report found one",
    `# A group at telecom operators

We found an intrusion set on servers of an operator of satellites. We call it Harrow Wolf.

Harrow Wolf dumped LSASS (T1003.001).
`,
    ["described Harrow Wolf: T1003.001"],
  ],
  [
    "what the world has known for years is recalled, and three are not five",
    `# Three crews at carriers

Norrfeldt calls the campaign Operation Copper Lantern and divides it into three clusters of activity. The first group, which Norrfeldt has named Wicker Heron, exploited a flaw (T1190). Glass Sexton logged in over SSH (T1021.004) with the passwords that Wicker Heron had handed over, and installed a backdoor.

The backdoor waits for a ping (T1205).

The third group, Tallow Moth, ran queries (T1213). Tallow Moth had opened accounts in the names of employees. All three groups came through hijacked routers (T1584.008).

## Not the usual suspects

The first is Operation Soft Cell, a series of break-ins at carriers disclosed in 2019 and since attributed to GALLIUM, a group also known as Granite Typhoon. Its operators relied on web shells (T1505.003).
`,
    [
      "described Operation Copper Lantern: T1021.004 T1190 T1205 T1213 T1584.008",
      "described Wicker Heron of operation-copper-lantern: T1190 T1584.008",
      "described Glass Sexton of operation-copper-lantern: T1021.004 T1205 T1584.008",
      "described Tallow Moth of operation-copper-lantern: T1213 T1584.008",
      "referenced GALLIUM = Operation Soft Cell = Granite Typhoon:",
      "wicker-heron part-of operation-copper-lantern",
      "glass-sexton linked-to wicker-heron",
      "glass-sexton part-of operation-copper-lantern",
      "tallow-moth part-of operation-copper-lantern",
    ],
  ],
  [
    "an actor and its activity are one, and a company whose build server it took is nobody",
    `# Operation Tarnished Spindle: a signed update

The purpose was to reach developers at one company: Lumenlot, whose wallet is used by exchanges. In October, Lumenlot shipped a trojanized update (T1195.002).

Ostler tracks the threat actor as OST-77 and the activity as Operation Tarnished Spindle. A second actor, OST-81, mined coins with some of the secrets (T1496.001).

From a laptop, OST-77 moved to Lumenlot's build server (T1021.004).

## The implant

The implant decrypts itself (T1140). OST-77 took screenshots (T1113).

## OST-81

OST-81 launched 38 instances (T1578.002).
`,
    [
      "described OST-77 = Operation Tarnished Spindle = Tarnished Spindle: T1021.004 T1113 T1140 T1195.002",
      "described OST-81: T1496.001 T1578.002",
    ],
  ],
  [
    "a crew whose name stands behind the noun, in capitals",
    `# Brief on three incidents

- A ransomware crew, COPPERLATCH, interrupted care for six days.

## Incident 1: Ransomware at a hospital group (COPPERLATCH)

COPPERLATCH has operated under that name since September. The page asked her to paste a line (T1204.004). Encryption began on Sunday (T1486).
`,
    ["described COPPERLATCH: T1204.004 T1486"],
  ],
  [
    "what a group is known for, where it is weighed, makes no doer of it",
    `# Operation Second Round

We have tracked an operation against developers, which we call Operation Second Round. We link the operation to Contagious Interview, a threat group, with moderate confidence. The operators sent links (T1566.002) and stole cookies (T1539).

## Attribution

The theme resembles what has been published on Contagious Interview. That group has lured developers since 2022.
`,
    [
      "described Operation Second Round = Second Round: T1539 T1566.002",
      "referenced Contagious Interview:",
      "operation-second-round linked-to contagious-interview",
    ],
  ],
  [
    "a subgroup that is named at the end",
    `# Ember Wolf in the cloud

Ember Wolf is a group that mines coins (T1496.001). Ember Wolf dumped credentials (T1552).

## Relations

It's different with **Packsaddle**, the cluster behind a wave of attacks on Redis servers. We assess that Packsaddle is a subgroup of Ember Wolf.
`,
    ["described Ember Wolf: T1496.001 T1552", "referenced Packsaddle:", "packsaddle subgroup-of ember-wolf"],
  ],
  [
    "numbers of one series are all actors",
    `# NWC4471 calls the help desk

NWC4471 is a cluster of activity that we track. NWC4471 called the help desk (T1566.004). In one environment we came across another, unrelated actor, NWC4488.

## NWC4488: mining

NWC4488 found an access key (T1552.001). NWC4488 started 60 instances (T1578.002).
`,
    ["described NWC4471: T1566.004", "described NWC4488: T1552.001 T1578.002"],
  ],
  [
    "examples and likenesses without a name of somebody compare nobody",
    `# Grey Moth and the portals

Grey Moth sent links to pages on a domain such as victim-shifts[.]com (T1583.001), which it had registered before. With tools such as Mimikatz it dumped LSASS (T1003.001). A backup of the ERP database was made with sqlcmd and copied in the same way (T1213.006).
`,
    ["described Grey Moth: T1003.001 T1213.006 T1583.001"],
  ],
  [
    "but examples of others are theirs",
    `# Grey Moth and the portals

Grey Moth sent links (T1566.002). Groups such as FIN7 encrypt files (T1486).
`,
    ["described Grey Moth: T1566.002", "referenced FIN7: T1486"],
  ],
  [
    "a stealer by the name of something is a thing",
    `# Three clusters of the quarter

## Gull Street

Gull Street is a cluster of activity that distributes Lumma and, since February, a stealer of its own by the name of Sixpence. The cluster injects a script into sites (T1189).

Sixpence steals passwords from browsers (T1555.003). It takes screenshots (T1113).
`,
    ["described Gull Street: T1113 T1189 T1555.003"],
  ],
];

describe("words of publishers", () => {
  for (const [what, text, lines] of cases)
    it(what, () => {
      assert.deepEqual(linesOf(text), lines);
    });
});
