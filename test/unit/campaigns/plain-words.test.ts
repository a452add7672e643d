import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** "described FIN7 (Carbon Spider) 2024 to 2025: T1190 T1055", one line a campaign, relations, and what is nobody's. */
function linesOf(text: string): readonly string[] {
  const { campaigns, mentions, relations } = analyse(parseReport(text, { path: "x.md" }), catalogue);
  const nobodys = mentions.filter((each) => each.object.type === "technique" && each.campaigns.length === 0);
  return [
    ...campaigns.map(({ role, name, aliases, dates, techniques }) => {
      const called = aliases.length > 0 ? ` (${aliases.join(", ")})` : "";
      const when = dates ? ` ${dates.first} to ${dates.last}` : "";
      return `${role} ${name}${called}${when}: ${techniques.map(({ id }) => id).join(" ")}`.trimEnd();
    }),
    ...relations
      .filter(({ kind }) => kind !== "part-of")
      .map(({ from, kind, to, certainty }) => `${from} ${kind} ${to} (${certainty})`),
    ...(nobodys.length > 0 ? [`nobody: ${[...new Set(nobodys.map(({ object }) => object.id))].sort().join(" ")}`] : []),
  ];
}

const groups: Readonly<Record<string, readonly (readonly [what: string, text: string, lines: readonly string[]])[]>> = {
  "one of several, by their number": [
    [
      "“the first was X”",
      "# Two crews\n\nTwo intruders had been at work.\n\nThe first was APT41. It exploited T1190. They moved on (T1021.001).\n\nThe second intruder was FIN7. It used T1055.",
      ["described APT41: T1021.001 T1190", "described FIN7: T1055"],
    ],
    [
      "but not “the first was X's loader”",
      "# Loaders\n\nFIN7 used T1055. FIN7 stole mail. FIN7 left.\n\nThe first was APT41's loader. It is packed.",
      ["described FIN7: T1055", "referenced APT41:"],
    ],
  ],
  "other names": [
    [
      "“known as A and as B”",
      "# Velvet Adder\n\nVelvet Adder used T1055. Velvet Adder is also known as TAG-112 and as Storm-1999. Storm-1999 exploited T1190.",
      ["described Velvet Adder (TAG-112, Storm-1999): T1055 T1190"],
    ],
    [
      "“the actor is also tracked as”",
      "# Velvet Adder\n\nVelvet Adder, a crew, used T1055. According to partners the actor is also tracked as UNC7788 (Mandiant) and DEV-0999. UNC7788 exploited T1190.",
      ["described Velvet Adder (UNC7788, DEV-0999): T1055 T1190"],
    ],
    [
      "but a subgroup has its own",
      "# Kimsuky\n\nKimsuky used T1055. A subgroup of Kimsuky, which we track as Thin Reed, used T1114. Thin Reed exploited T1190.",
      ["described Kimsuky: T1055", "described Thin Reed: T1114 T1190", "thin-reed subgroup-of kimsuky (said)"],
    ],
  ],
  "the subject of a sentence is whom the next one takes up": [
    [
      "not whom it is compared with",
      "# Velvet Adder\n\nVelvet Adder, a crew, used T1055. We suspect that Velvet Adder is the same as DEV-0954. It cleared the logs (T1070.001).",
      ["described Velvet Adder: T1055 T1070.001", "referenced DEV-0954:", "velvet-adder same-as dev-0954 (suspected)"],
    ],
    [
      "not whom “it” overlaps with",
      "# Velvet Adder\n\nVelvet Adder, a crew, used T1055. It overlaps with DEV-0954. It cleared the logs (T1070.001).",
      ["described Velvet Adder: T1055 T1070.001", "referenced DEV-0954:", "velvet-adder overlaps-with dev-0954 (said)"],
    ],
    [
      "but the one who is the comparison",
      "# Velvet Adder\n\nVelvet Adder, a crew, used T1055. FIN7 is the obvious comparison. It clears logs (T1070.001).",
      ["described Velvet Adder: T1055", "referenced FIN7:", "nobody: T1070.001"],
    ],
  ],
  "whose doing a sentence tells": [
    [
      "not that of whom only a clause on its object names",
      "# Two\n\nFIN7 sent mails (T1566). FIN7 left. Naikon stole mail. Naikon later came over the access that FIN7 had won, and used T1047.",
      ["described FIN7: T1566", "described Naikon: T1047", "naikon linked-to fin7 (said)"],
    ],
    [
      "but what that clause tells is",
      "# Two\n\nFIN7 sent mails (T1566). FIN7 left. Naikon stole mail. Naikon used accounts that FIN7 had stolen with T1003.001.",
      ["described FIN7: T1003.001 T1566", "described Naikon:", "naikon linked-to fin7 (said)"],
    ],
    [
      "tools such as others have are no comparison",
      "# Gulf\n\nNaikon abuses tools such as Atera, sent as T1566.002. Naikon left.",
      ["described Naikon: T1566.002"],
    ],
    [
      "groups such as others are",
      "# Gulf\n\nNaikon used T1055. Naikon left. Groups such as these use T1566.002.",
      ["described Naikon: T1055", "nobody: T1566.002"],
    ],
    [
      "not that of whom it differs from",
      "# Ports\n\nNaikon used T1055. Naikon left. The intrusions differ from those of FIN7, who came by mail (T1566).",
      ["described Naikon: T1055", "referenced FIN7: T1566"],
    ],
    [
      "another group's is its own",
      "# Telecoms\n\nNaikon used T1055. Naikon left.\n\nFIN7, another group, used T1505.003. It stole mail (T1114).",
      ["described Naikon: T1055", "described FIN7: T1114 T1505.003"],
    ],
    [
      "a cluster that we designate, and whom the next sentence takes up",
      "# Firms\n\nWe followed an activity cluster that we designate TAG-140. It used T1055.\n\nUNC9221 was active at the same time. It exploited T1190.",
      ["described TAG-140: T1055", "described UNC9221: T1190"],
    ],
    [
      "whom the world knows, where we say that we track it",
      "# Firms\n\nWe followed an activity cluster that we designate APT41. It overlaps with FIN7. Later it used T1055.",
      ["described APT41: T1055", "referenced FIN7:", "apt41 overlaps-with fin7 (said)"],
    ],
    [
      "but not whom others are said to be like",
      "# Firms\n\nNaikon used T1055. Naikon left. Its mails are similar to those of the crew that we track as APT41.",
      ["described Naikon: T1055", "referenced APT41:"],
    ],
    [
      "the former's and the latter's",
      "# Two\n\nNaikon came by mail (T1566). FIN7 exploited T1190.\n\nNaikon and FIN7 both stayed. The former logged keys (T1056.001). The latter then tunnelled through a server (T1572).",
      ["described Naikon: T1056.001 T1566", "described FIN7: T1190 T1572"],
    ],
    [
      "but a former employee is nobody's former",
      "# Two\n\nNaikon came by mail (T1566). FIN7 exploited T1190.\n\nOf the two, Naikon writes well. We know that FIN7 stole cards. The former employee sent files away (T1048).",
      ["described Naikon: T1566", "described FIN7: T1048 T1190"],
    ],
    [
      "a gang in its heading, whatever else its name means",
      "# Review\n\n## Akira\n\nThe gang encrypts files (T1486).\n\n## Play\n\nPlay exploits T1190. The crew disables antivirus (T1562.001).",
      ["described Akira: T1486", "described Play: T1190 T1562.001"],
    ],
    [
      "a brand at the head of its paragraph or section, where “the gang” goes on",
      "# Brief\n\n**Clop.** The gang exploited T1190.\n\n## Black Basta\n\nIts affiliates flooded inboxes (T1667).",
      ["described Clop: T1190", "described Black Basta: T1667"],
    ],
    [
      "a name that is a sentence of its own at the head of a paragraph",
      "# Brief\n\n**Ghostwriter.** Sent files with macros (T1566.001). The group also phished for passwords (T1598).",
      ["described Ghostwriter: T1566.001 T1598"],
    ],
    [
      "but not a word there",
      "# Brief\n\nFIN7 used T1055. FIN7 left.\n\n**Play.** The videos of the attackers were deleted. The group was sad.",
      ["described FIN7: T1055"],
    ],
    [
      "but not software there",
      "# Brief\n\nFIN7 used T1055. FIN7 left.\n\n**Clop.** The encryptor was pushed by policy (T1484.001).",
      ["described FIN7: T1055 T1484.001"],
    ],
    [
      "an operation in whose name a cue stands",
      "# Waves\n\nThe campaign, which we call Operation Hollow Reed, came by mail (T1566). It used a Golden Ticket.",
      ["described Operation Hollow Reed: T1558.001 T1566"],
    ],
    [
      "a group of accounts or machines is no gang",
      "# Dentists\n\nFIN7 used T1055. FIN7 left. All sensors were moved into a policy group called “Quiet Hours”, and a security group named “Tier Null” got a member (T1098.007). A hacking group called “Loud Otter” used T1190.",
      ["described FIN7: T1055 T1098.007", "described Loud Otter: T1190"],
    ],
    [
      "a word in a heading is no gang",
      "# Review\n\nFIN7 used T1055. FIN7 left.\n\n## Play\n\nThe video player is safe. It was tested (T1190).",
      ["described FIN7: T1055 T1190"],
    ],
  ],
  "sections that are counted": [
    [
      "as the sentence that says whose they are counts",
      "# Two intrusions\n\nWe attribute the first to APT28 with high confidence. The second we attribute to a cluster that we track as BLUE KETTLE.\n\n## First intrusion\n\nA mail came (T1566).\n\n## Second intrusion\n\nThe actor exploited T1190.",
      ["described APT28: T1566", "described BLUE KETTLE: T1190"],
    ],
    [
      "by numbers, too",
      "# Two intrusions\n\nThe first intrusion was the work of APT28, and the second one that of FIN7.\n\n## Intrusion 1: the mail\n\nA mail came (T1566).\n\n## Intrusion 2: the gateway\n\nThe gateway was exploited (T1190).",
      ["described APT28: T1566", "described FIN7: T1190"],
    ],
    [
      "but not where another heading counts, or names somebody",
      "# Two intrusions\n\nWe attribute the first to APT28. FIN7 used T1055.\n\n## First steps of FIN7\n\nA mail came (T1566).\n\n## Third-party risk\n\nThe gateway was exploited (T1190).",
      ["described FIN7: T1055 T1566", "referenced APT28:", "nobody: T1190"],
    ],
  ],
  "who is only cited": [
    [
      "whom a reading list names",
      "# Reading list, week 14\n\n- Mandiant wrote on APT44, which used wipers.\n- ESET described how Sednit phished ministries (T1566).",
      ["referenced Sandworm Team (APT44):", "referenced APT28 (Sednit): T1566"],
    ],
  ],
  "when it was": [
    [
      "as the sentence says in which a campaign is named",
      "# Grey Gull\n\nBetween March 2023 and January 2025 we saw a campaign, dubbed “Grey Gull”. It used T1055.",
      ["described Grey Gull 2023-03 to 2025-01: T1055"],
    ],
    [
      "as the sentence says that tells what somebody did",
      "# Velvet Adder\n\nIn 2024 Velvet Adder, a crew, broke into three banks. Velvet Adder used T1055.",
      ["described Velvet Adder 2024 to 2024: T1055"],
    ],
    [
      "not when others wrote of it",
      "# Velvet Adder\n\nVelvet Adder, a crew, used T1055 in 2025. ESET wrote about Velvet Adder in 2019. Since May 2021 we track Velvet Adder.",
      ["described Velvet Adder 2025 to 2025: T1055"],
    ],
  ],
};

describe("campaigns in plain words", () => {
  for (const [what, cases] of Object.entries(groups))
    describe(what, () => {
      for (const [name, text, lines] of cases) it(name, () => assert.deepEqual(linesOf(text), lines));
    });
});
