import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { analyse, type Analysis } from "../../../src/analysis.ts";
import { sidelineOf } from "../../../src/campaigns/sidelines.ts";
import { onlyRelates } from "../../../src/campaigns/rules/telling.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon } from "../catalogue.ts";

const analysisOf = (text: string): Analysis => analyse(parseReport(text, { path: "x.md" }), catalogue);

/** "described DeadRinger [G0093]: T1190 T1505.003", one line a campaign. */
const linesOf = ({ campaigns }: Analysis): readonly string[] =>
  campaigns.map(({ role, name, attackIds, partOf, techniques }) =>
    `${role} ${name} [${attackIds.join(" ")}]${partOf === undefined ? "" : ` of ${partOf}`}: ${techniques.map(({ id }) => id).join(" ")}`.trimEnd(),
  );

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["a group that acts is described", "FIN7 used Mimikatz to get T1003.001.", ["described FIN7 [G0046]: T1003.001"]],
  [
    "a group in a comparison is referenced, and what it did is its own",
    "FIN7 used T1055. Unlike APT28, which used T1190, it never hurried.",
    ["described FIN7 [G0046]: T1055", "referenced APT28 [G0007]: T1190"],
  ],
  [
    "an example of others is referenced",
    "Wizard Spider deployed Ryuk (T1486). Groups such as FIN7 exist.",
    ["described Wizard Spider [G0102]: T1486", "referenced FIN7 [G0046]:"],
  ],
  [
    "references are no doing",
    "# Story\n\nNaikon used T1055.\n\n# References\n\nHAFNIUM used T1190 elsewhere.",
    ["described Naikon [G0019]: T1055", "referenced HAFNIUM [G0125]:"],
  ],
  [
    "a heading holds until its sibling",
    "# Report\n\n## Naikon\n\nThe web shell was T1505.003.\n\n## FIN7\n\nThe tool was T1055.",
    ["described Naikon [G0019]: T1505.003", "described FIN7 [G0046]: T1055"],
  ],
  [
    "a campaign that the report names holds its groups",
    "# Operation Grey Gull\n\nThe campaign, dubbed “Grey Gull”, used T1566.\n\nNaikon deployed T1055.",
    ["described Operation Grey Gull [G0019]: T1055 T1566", "described Naikon [G0019] of operation-grey-gull: T1055"],
  ],
  [
    "the one operation of the group that the report is about is the group's",
    "# Velvet Adder\n\nVelvet Adder is an espionage group. In May it ran a campaign which we track as **Operation Grey Gull**.\n\n## Operation Grey Gull\n\nIt sent mails (T1566). Velvet Adder dumped LSASS (T1003.001).",
    ["described Velvet Adder []: T1003.001 T1566"],
  ],
  [
    "whoever somebody is only said to be an affiliate or a heir of is referenced",
    "FIN7 was an affiliate of Wizard Spider until May. It exploited T1190. It continues the work of APT41, which used T1055.",
    ["described FIN7 [G0046]: T1190", "referenced Wizard Spider [G0102]:", "referenced APT41 [G0096]: T1055"],
  ],
  [
    "the history of others tells no doing of today",
    "# Naikon today\n\nNaikon used T1055.\n\n## History\n\nFIN7 exploited T1190.\n\n## Relations to others\n\nAPT28 exploited T1189.",
    ["described Naikon [G0019]: T1055", "referenced FIN7 [G0046]:", "referenced APT28 [G0007]:"],
  ],
  [
    "a name of one's own that is given up is an alias",
    "# Storm-4471\n\nStorm-4471 (we previously called it TM-0092; Microsoft calls a part of it Storm-2372) used T1055. Storm-4471 exploited T1190.",
    ["described Storm-4471 []: T1055 T1190", "referenced Storm-2372 []:"],
  ],
  [
    "what belongs to somebody else instead is kept apart",
    "Naikon used T1055. Naikon left. A wave of mails belongs to APT28 instead.",
    ["described Naikon [G0019]: T1055", "referenced APT28 [G0007]:"],
  ],
  [
    "what the background tells is history, where all its years are past",
    "# Docks\n\nIn 2025, Naikon used T1055. Naikon stole mail.\n\n## Background\n\nFIN7, in 2021, exploited T1190.",
    ["described Naikon [G0019]: T1055", "referenced FIN7 [G0046]:"],
  ],
  [
    "the background tells of the report's own time",
    "# Docks\n\nNaikon used T1055. Naikon stole mail.\n\n## Background\n\nFIN7, in 2025, exploited T1190. FIN7 stole cards.",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1190"],
  ],
  [
    "whom the section on attribution weighs is referenced, and whom it blames is not",
    "# Docks\n\nMail came (T1566).\n\n## Attribution\n\nWe attribute this to Naikon.\n\nFIN7 uses other loaders. FIN7 steals cards. Nothing else fits.",
    ["described Naikon [G0019]: T1566", "referenced FIN7 [G0046]:"],
  ],
  [
    "a line below a heading says of whom the section is",
    "# Review\n\n## The hotel\n\n*FIN7, 22 cases*\n\nA mail came (T1566).\n\n## The island\n\n*Naikon, 3 cases*\n\nThe gateway was exploited (T1190).",
    ["described FIN7 [G0046]: T1566", "described Naikon [G0019]: T1190"],
  ],
  [
    "what happened in another year than all the rest is recalled",
    "# Breach in 2025\n\nFIN7 used T1055 in May 2025. FIN7 stole cards. FIN7 left.\n\nThe break-in of March 2021 was the work of APT41.",
    ["described FIN7 [G0046]: T1055", "referenced APT41 [G0096]:"],
  ],
  [
    "whom one only wondered about is referenced, and so is whoever's work something else was",
    "Naikon used T1055. Naikon stole mail. We were asked whether FIN7, which exploits T1190, could be behind it. The last wave was the work of other perpetrators, tracked as UNC9002.",
    ["described Naikon [G0019]: T1055", "referenced FIN7 [G0046]: T1190", "referenced UNC9002 []:"],
  ],
  [
    "sections may be of the first level",
    "Andean countries in 2025\n\n# 1. Naikon\n\nNaikon used T1055. Naikon left.\n\nMail was read (T1114).\n\n# 2. FIN7\n\nFIN7 exploited T1190. FIN7 left.\n\nCards were stolen (T1056).",
    ["described Naikon [G0019]: T1055 T1114", "described FIN7 [G0046]: T1056 T1190"],
  ],
  [
    "a paragraph tells of whom it opens on, whoever stands in the heading",
    "# Gangs\n\n## Naikon and others\n\nNaikon used T1055. Naikon left.\n\nFIN7 exploited a gateway. It was not patched (T1190). FIN7 stole cards.",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1190"],
  ],
  [
    "a name beside “it” takes nothing over",
    "# Two\n\nFIN7 exploited T1190. FIN7 sold the access.\n\n## Later\n\nNaikon used T1055. It came in with accounts that FIN7 had stolen. Mail was read (T1114).",
    ["described FIN7 [G0046]: T1190", "described Naikon [G0019]: T1055 T1114"],
  ],
  [
    "what is only supposed makes no other name",
    "# Naikon\n\nNaikon used T1055. We suspect that Naikon is the same actor as FIN7.",
    ["described Naikon [G0019]: T1055", "referenced FIN7 [G0046]:"],
  ],
  [
    "names that the trade has, in one breath",
    "# Ships\n\nThe industry refers to the actors behind the campaign as PEWTER GANNET, as Lunar Cormorant or as TAG-188. The actors used T1055.",
    ["described PEWTER GANNET []: T1055"],
  ],
  [
    "the name in the title stands for the others",
    "# Slate Cormorant among operators\n\nWe tracked it as CL-2091 and are now naming it Slate Cormorant. Slate Cormorant used T1055. Slate Cormorant stole mail.",
    ["described Slate Cormorant []: T1055"],
  ],
  [
    "names that others use",
    "# Logistics\n\nThis advisory is on a state-sponsored actor which is referred to as HOLLOW LINDEN. Industry reporting uses the names *Gilded Shrike* and *TA5510*. HOLLOW LINDEN used T1055. HOLLOW LINDEN stole mail.",
    ["described HOLLOW LINDEN []: T1055"],
  ],
  [
    "a short form of a name",
    "# Anvil Brigade\n\nWe have followed Anvil Brigade since 2021. Anvil Brigade used T1498. The Brigade phished employees. The Brigade stole mail (T1114).",
    ["described Anvil Brigade []: T1114 T1498"],
  ],
  [
    "who sold something did not do what was done with it",
    "# Two\n\n## Naikon\n\nNaikon used T1055. Naikon left. It bought access from a broker, FIN7, and exploited T1190.\n\n## FIN7\n\nFIN7 tried passwords (T1110). FIN7 sells access.",
    ["described Naikon [G0019]: T1055 T1190", "described FIN7 [G0046]: T1110"],
  ],
  [
    "what a section says of all of them is each one's",
    "# Kit\n\n## The kit\n\nThis part holds for both groups. The loader is injected (T1055).\n\nIt is packed (T1027).\n\n## Naikon\n\nNaikon exploited T1190. Naikon left.\n\n## FIN7\n\nFIN7 sent mails (T1566). FIN7 left.",
    ["described Naikon [G0019]: T1027 T1055 T1190", "described FIN7 [G0046]: T1027 T1055 T1566"],
  ],
  [
    "beside sections on others, one on somebody unknown tells of somebody",
    "# Bulletin\n\n## Naikon\n\nNaikon exploited T1190. Naikon left.\n\n## FIN7\n\nFIN7 sent mails (T1566). FIN7 left.\n\n## The hospital\n\nThe attacker isn't known. He logged in (T1078), ran a program on all servers (T1569.002) and encrypted them (T1486).\n\n## Numbers\n\nThe attackers logged in (T1078), ran programs (T1569.002) and encrypted servers (T1486).",
    [
      "described The hospital []: T1078 T1486 T1569.002",
      "described Naikon [G0019]: T1190",
      "described FIN7 [G0046]: T1566",
    ],
  ],
  [
    "a backdoor is its users', whatever its plug-ins are called",
    "# OSIERPOT: anatomy of a backdoor\n\nOSIERPOT is a backdoor. OSIERPOT injects itself (T1055). OSIERPOT logs keys (T1056.001). OSIERPOT hides.\n\n## Plug-ins\n\n- **BADGER** copies it to other computers (T1570).\n- **FISHER** sends files away (T1041).\n\n## Who uses it\n\nAll samples belong to one group, which we follow as **GREY OSIER**. GREY OSIER sent mails (T1566).",
    ["described GREY OSIER []: T1041 T1055 T1056.001 T1566 T1570"],
  ],
  [
    "the first word of a name is its bearer, too",
    "# Crews\n\nThe **Tern Collective**, a gang, telephoned two clerks. Tern calls help desks (T1566.004). Tern stole mail (T1114).",
    ["described Tern Collective []: T1114 T1566.004"],
  ],
  [
    "a loader in its heading is nobody",
    "# Corkline\n\n## Corkline, the loader\n\nCorkline looks around. Corkline injects itself (T1055). Corkline asks for more.\n\n## Whose it is\n\nThey are Naikon. The mails came from Naikon.",
    ["described Naikon [G0019]: T1055"],
  ],
  ...["Defense evasion", "Defence Evasion", "Detection evasion"].map(
    (heading) =>
      [
        `what stands under “${heading}” was done, and is no advice`,
        `# Naikon\n\nNaikon used T1055.\n\n## ${heading}\n\nThe logs were cleared (T1070.001).`,
        ["described Naikon [G0019]: T1055 T1070.001"],
      ] as const,
  ),
  [
    "the subject did it, not whom a sentence begins by contrasting it with",
    "Unlike FIN7, Naikon exploited T1190. Using tools also seen with APT41, Naikon used T1055.",
    ["described Naikon [G0019]: T1055 T1190", "referenced FIN7 [G0046]:", "referenced APT41 [G0096]:"],
  ],
  [
    "the subject did it, not whom an aside names",
    "Naikon, whose techniques recall FIN7, used T1055. Naikon, which bought access from APT41 in May, exploited T1190.",
    ["described Naikon [G0019]: T1055 T1190", "referenced FIN7 [G0046]:", "referenced APT41 [G0096]:"],
  ],
  [
    "those in a list are all compared with",
    "Unlike FIN7, APT41 and APT28, the group Naikon used T1055.",
    [
      "described Naikon [G0019]: T1055",
      "referenced FIN7 [G0046]:",
      "referenced APT41 [G0096]:",
      "referenced APT28 [G0007]:",
    ],
  ],
  ["a number is a cluster", "UNC9001 exploited T1190.", ["described UNC9001 []: T1190"]],
  [
    "those joined by “and” share it",
    "Naikon and FIN7 used T1055.",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1055"],
  ],
  ["“by” names who did it", "T1190 was exploited by FIN7.", ["described FIN7 [G0046]: T1190"]],
  [
    "a vulnerability that is called something is nobody",
    "They used a flaw dubbed “Loud Door” and T1190.",
    ["described They used a flaw dubbed “Loud Door” and T1190 []: T1190"],
  ],
  [
    "nobody named is one campaign of the report's title",
    "# A quiet break-in\n\nThe attackers used T1190.",
    ["described A quiet break-in []: T1190"],
  ],
  [
    "an operation by its name, its clusters and who is behind it",
    "# Operation Silent Harbor\n\nThe operation is attributed to OceanLotus. Silent Harbor used T1189.\n\nCluster A used T1055. Cluster B used T1550.002.",
    [
      "described Operation Silent Harbor [G0050]: T1055 T1189 T1550.002",
      "described APT32 [G0050] of operation-silent-harbor:",
      "described Cluster A [] of operation-silent-harbor: T1055",
      "described Cluster B [] of operation-silent-harbor: T1550.002",
    ],
  ],
  [
    "a lettered cluster is the group in its heading",
    "## Cluster A: Naikon\n\nThey used T1055.\n\n## Cluster B\n\nIt is the work of FIN7, which used T1190.",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1190"],
  ],
  [
    "what somebody did previously is only recalled",
    "FIN7 used T1055.\n\nPreviously, APT41 used T1189.",
    ["described FIN7 [G0046]: T1055", "referenced APT41 [G0096]: T1189"],
  ],
  [
    "other publishers' posts are only cited",
    "# This week\n\nMandiant wrote about APT29 stealing tokens. ESET looked at Sednit. Our webinar covers FIN7.",
    ["referenced APT29 [G0016]:", "referenced APT28 [G0007]:", "referenced FIN7 [G0046]:"],
  ],
  [
    "what all clusters share goes to each, and “as X did” is a comparison",
    "## Naikon\n\nThe group used T1055.\n\n## UNC4990\n\nIt used T1091, as FIN7 did in 2021.\n\n## Shared habits\n\nBoth groups used T1567.002.",
    ["described Naikon [G0019]: T1055 T1567.002", "described UNC4990 []: T1091 T1567.002", "referenced FIN7 [G0046]:"],
  ],
  [
    "an aside about somebody else ends at its comma",
    "Storm-0558 forged tokens (T1606). The actor, which overlaps with APT31, accessed mailboxes (T1114.002).",
    ["described Storm-0558 []: T1114.002 T1606", "referenced ZIRCONIUM [G0128]:"],
  ],
  [
    "words may be wrapped anywhere",
    "# Ports\n\nWe track\nthe activity as HARBOUR LANTERN. It used T1055.",
    ["described HARBOUR LANTERN []: T1055"],
  ],
  [
    "a word in passing on somebody else is no description",
    "# R\n\nFIN7 used T1055. FIN7 stole cards. FIN7 dumped memory.\n\nIn 2015, Sandworm Team compromised breakers.",
    ["described FIN7 [G0046]: T1055", "referenced Sandworm Team [G0034]:"],
  ],
  [
    "but a technique stated beside a name is meant",
    "# R\n\nFIN7 used T1055. FIN7 stole cards. FIN7 dumped memory.\n\nSandworm Team used T1078.",
    ["described FIN7 [G0046]: T1055", "described Sandworm Team [G0034]: T1078"],
  ],
  [
    "nor is it where the report tells of somebody without a name",
    "# A quiet break-in\n\nThe attackers used T1190. The intruders dropped T1505.003. The actors left.\n\nAPT29's sprays are well known.",
    ["described A quiet break-in []: T1190 T1505.003", "referenced APT29 [G0016]:"],
  ],
  [
    "a mercenary, a crew and a service have names, too",
    "# R\n\nIts operator, a mercenary whom we track as Saffron Kestrel, used T1055.\n\nRookery, a ransomware service, used T1486.",
    ["described Saffron Kestrel []: T1055", "described Rookery []: T1486"],
  ],
  [
    "a name may be wrapped at the head of a sentence",
    "# R\n\nFIN7 used T1055, and went on with other things that nobody could explain. Volt\r\nTyphoon used T1090 for that, which is told here only for the sake of some\r\ncompleteness.",
    ["described FIN7 [G0046]: T1055", "described Volt Typhoon [G1017]: T1090"],
  ],
  [
    "intruders have the names that a report gives them",
    "# R\n\nTwo intruders were in the network. We call them **Moth** and **Wasp**. Moth used T1055. Wasp used T1190.",
    ["described Moth []: T1055", "described Wasp []: T1190"],
  ],
  [
    "whom a publisher follows is somebody",
    "# R\n\nOur team has followed *GREY HERON* since 2020. GREY HERON used T1055.",
    ["described GREY HERON []: T1055"],
  ],
  [
    "somebody is what only intruders are",
    "# R\n\nNight Heron is a Brazilian threat actor. Night Heron used T1055. Trend Micro is a company.",
    ["described Night Heron []: T1055"],
  ],
  [
    "one operation with the words of a heading behind its name",
    "# Operation Grey Gull\n\nOperation Grey Gull used T1055.\n\n## Operation Grey Gull Infrastructure\n\nThey used T1190.",
    ["described Operation Grey Gull []: T1055 T1190"],
  ],
  [
    "an attack in somebody's style is not theirs",
    "# A HAFNIUM-style attack\n\nThe attackers used T1190.",
    ["described A HAFNIUM-style attack []: T1190", "referenced HAFNIUM [G0125]:"],
  ],
  [
    "the police's operations are nobody's, and who does the same is compared",
    "# R\n\nFIN7 used T1055. FIN7 stole cards. FIN7 dumped memory.\n\nEuropol took down servers in Operation Endgame. APT28, too, used mail.",
    ["described FIN7 [G0046]: T1055", "referenced APT28 [G0007]:"],
  ],
  [
    "a digest describes nobody's intrusion",
    "# The weekly reading list\n\nA blog on how intruders used T1055. The attackers ran T1190.",
    [],
  ],
  [
    "a cluster is not who is named at the end of its section",
    "## Cluster B: the quick one\n\nB sends mail (T1566). Some macros were first seen in APT28's campaigns.",
    ["described Cluster B []: T1566", "referenced APT28 [G0007]:"],
  ],
  [
    "other names of one actor are its own",
    "# R\n\nThe insider belongs to a cluster that Mandiant tracks as UNC9267 and that others call Famous Heron or Wagemoon. Wagemoon used T1055. Crimson Weevil (other vendors: Nickel Grove, UNC9488), a gang, used T1486. Nickel Grove used T1490.",
    ["described UNC9267 []: T1055", "described Crimson Weevil []: T1486 T1490"],
  ],
  [
    "an overview tells of each whose paragraph it is",
    "# May\n\nAPT28 is back. It used T1566.\n\nKimsuky was busy. It used T1055.\n\nFIN7 rests. Its T1486 was seen before.\n",
    ["described APT28 [G0007]: T1566", "described Kimsuky [G0094]: T1055", "described FIN7 [G0046]: T1486"],
  ],
  [
    "a cross in an actor's column is that actor's",
    "| Technique | Naikon | FIN7 |\n|---|---|---|\n| T1055 | x | |\n| T1190 | | x |\n| T1486 | x | x |",
    ["described Naikon [G0019]: T1055 T1486", "described FIN7 [G0046]: T1190 T1486"],
  ],
  [
    "a table says who is who",
    "| Actor | Also known as | Doing |\n|---|---|---|\n| Cinder Magpie | Storm-9381 | exploited T1190 |\n\nStorm-9381 used T1055.",
    ["described Cinder Magpie []: T1055 T1190"],
  ],
  [
    "names that are set off, and other names in a list",
    "# Advisory\n\nThis tells how *Silver Newt* works, a gang after ports. Silver Newt dumped LSASS (T1003.001).\n\nIn public reporting the same actors appear as **Mossy Gull**, **UNC4999** and **Storm-2999**.",
    ["described Silver Newt []: T1003.001"],
  ],
  [
    "a heading within a paragraph",
    "# Notes\n\n## Who uses it\n\n**Tin Ferret.** A small cluster, after banks since May. It used T1566.",
    ["described Tin Ferret []: T1566"],
  ],
  [
    "parties by the part that they play",
    "# Case\n\n| Who | Our name | What they did |\n|---|---|---|\n| Initial access broker | Tin Ferret | got in |\n| Affiliate | Amber Wolf | the rest |\n\n## March: the broker\n\nA clerk followed a link (T1204.001).\n\n## April: the affiliate\n\nThe affiliate encrypted the servers (T1486).",
    ["described Tin Ferret []: T1204.001", "described Amber Wolf []: T1486"],
  ],
  [
    "of several with one part, the one of the section",
    "# Millrope: a ransomware affiliate programme\n\nMillrope was used in nine incidents. Two affiliates, designated ACT-2217 and ACT-2231, did it.\n\n## 3. Affiliate ACT-2217\n\nACT-2217 sent mails (T1566). Then the affiliate dumped LSASS (T1003.001).\n\n## 4. Affiliate ACT-2231\n\nACT-2231 exploited a gateway (T1190). Then the affiliate encrypted the servers (T1486).",
    ["described ACT-2217 []: T1003.001 T1566", "described ACT-2231 []: T1190 T1486", "described Millrope []:"],
  ],
  [
    "what is only asked makes no other name",
    "# Two\n\n## Naikon\n\nNaikon used T1055.\n\n## Velvet Adder\n\nThe group Velvet Adder exploited T1190. Is Velvet Adder the same actor as Naikon? We don't believe it.",
    ["described Naikon [G0019]: T1055", "described Velvet Adder []: T1190"],
  ],
  [
    "malware that several rent",
    "# Velourpot: a loader for rent\n\nVelourpot is a loader. Velourpot costs 200 dollars. FIN7 rented Velourpot in May. Naikon did so in June.\n\nVelourpot injects into a process (T1055). A build of Velourpot hides strings (T1027).",
    ["described Velourpot []: T1027 T1055", "referenced FIN7 [G0046]:", "referenced Naikon [G0019]:"],
  ],
  [
    "history under a heading with a number",
    "# Gates\n\nNaikon used T1190.\n\n## 4. History\n\nFIN7 exploited gateways (T1133) for years.",
    ["described Naikon [G0019]: T1190", "referenced FIN7 [G0046]:"],
  ],
  [
    "what attackers in general may do is nobody's doing",
    "# R\n\nFIN7 used T1055.\n\nAn attacker could use T1078. MITRE ATT&CK lists this under T1111.",
    ["described FIN7 [G0046]: T1055"],
  ],
  [
    "a link to another post only advertises",
    "# R\n\nNaikon used T1055.\n\n- [APT29 sends fake invitations by T1566](https://news.example/wine)\n",
    ["described Naikon [G0019]: T1055", "referenced APT29 [G0016]:"],
  ],
  [
    "who is confined to a section does not share what the report is about",
    "# Handbook of the Rookery ransomware crew\n\n## Rights\n\nRookery used T1055.\n\n## Walk\n\nRookery ran T1021.\n\n## Take\n\nRookery sold data.\n\n## Lock\n\nT1486 comes last.\n\n## Paper\n\nThe third, whom we know as UNC9048, used T1566.",
    ["described Rookery []: T1021 T1055 T1486", "described UNC9048 []: T1566"],
  ],
  [
    "an adverb, a sandbox and a version are nobody",
    '# R\n\nThe actors used T1055. Further, a threat actor needs time. They ran sandboxes named "Test". The group uses njRAT (also known as the Lime version).',
    ["described R []: T1055"],
  ],
  [
    "where the attackers fill the report, a name beside them is a word in passing",
    "# R\n\nThe attackers used T1055. The attackers sent mails. The attackers left. The intruders came back. The actors encrypted files. The attackers paid. APT29 sprayed passwords in 2020.",
    ["described R []: T1055", "referenced APT29 [G0016]:"],
  ],
  ["nothing described is no campaign", "# Weather\n\nIt rained.", []],
  [
    "a table's row says who",
    "| Group | Technique |\n|---|---|\n| Naikon | T1055 |\n| FIN7 | T1190 |",
    ["described Naikon [G0019]: T1055", "described FIN7 [G0046]: T1190"],
  ],
  // What the author says wins.
  [
    "a declared campaign has its groups and the report",
    "---\nattack: { campaigns: [{name: Blue Lamp, groups: [G0093, Naikon]}] }\n---\nSomebody used T1055.",
    ["described Blue Lamp [G0093 G0019]: T1055"],
  ],
  [
    "a declared role wins",
    "---\nattack: { campaigns: [{name: FIN7, role: referenced}] }\n---\nFIN7 used T1055.",
    ["referenced FIN7 [G0046]: T1055"],
  ],
  [
    "a directive wins over the sentence",
    "<!-- attack: campaign Blue Lamp -->\n\nT1055 was used after FIN7 had left.\n",
    ["described Blue Lamp []: T1055", "referenced FIN7 [G0046]:"],
  ],
];

describe("words that only relate somebody", () => {
  for (const { example } of onlyRelates)
    it(`should be known: ${example}`, () => {
      const before = example.slice(0, example.indexOf("<"));
      assert.deepEqual(
        onlyRelates.filter(({ pattern }) => pattern.test(before)).map((row) => row.example),
        [example],
      );
    });
});

describe("a background section", () => {
  it("should be read though it names more years than a call takes arguments", () => {
    const text = `# R\n\nNaikon used T1055 in 2025.\n\n## Background\n\n${`${"2020 ".repeat(30)}\n`.repeat(10_000)}`;
    const report = parseReport(text, { path: "x.md" });
    const last = report.blocks.at(-1);
    assert.equal(last && sidelineOf(report, last), "under “Background” (history)");
  });
});

describe("other names in words of others", () => {
  const rows: readonly (readonly [text: string, names: readonly string[]])[] = [
    [
      "The attack is the work of **Velvet Adder**, whom other firms know as *Thirsty Kestrel*. Velvet Adder exploited T1190.",
      ["Velvet Adder", "Thirsty Kestrel"],
    ],
    [
      "Velvet Adder is an espionage group. Velvet Adder exploited T1190. Ardent tracks the same actor under the name *Thirsty Kestrel*.",
      ["Velvet Adder", "Thirsty Kestrel"],
    ],
  ];
  for (const [text, names] of rows)
    it(`should be the actor's: ${text}`, () => {
      const found = analysisOf(text).campaigns.map(({ name, aliases }) => [name, ...aliases]);
      assert.deepEqual(found, [names]);
    });
});

describe("other names in a table of one actor", () => {
  it("should be the actor's", () => {
    const text =
      "# Profile\n\n| Field | Entry |\n|---|---|\n| Our name | Velvet Adder |\n| Also known as | Thirsty Kestrel (Ardent), APT-Q-61 (Kunlun) |\n\nVelvet Adder is an espionage group. Velvet Adder exploited T1190.";
    const found = analysisOf(text).campaigns.map(({ name, aliases }) => [name, ...aliases]);
    assert.deepEqual(found, [["Velvet Adder", "Thirsty Kestrel", "APT-Q-61"]]);
  });
});

describe("campaigns", () => {
  for (const [name, text, expected] of cases) {
    it(name, () => assert.deepEqual(linesOf(analysisOf(text)), expected));
  }

  it("should give the same campaigns whatever stands in another report", () => {
    const once = JSON.stringify(analysisOf("FIN7 used T1055."));
    analysisOf("HAFNIUM used T1190.");
    assert.equal(JSON.stringify(analysisOf("FIN7 used T1055.")), once);
  });

  it("should not say that it tells what somebody did of whom it tells no technique", () => {
    const { campaigns } = analysisOf(
      "FIN7 used T1055 and T1190. FIN7 deployed T1486.\n\nNaikon targeted the city council. Naikon worked at night.",
    );
    assert.deepEqual(
      campaigns.map(({ name, reason }) => `${name}: ${reason}`),
      [
        "FIN7: the report tells what it did (line 1)",
        "Naikon: no technique is told of it; a sentence speaks of it (line 3)",
      ],
    );
  });

  it("should quote the sentence and its line for every technique", () => {
    const [campaign] = analysisOf("# FIN7\n\nFirst words.\nThen FIN7 used T1055.").campaigns;
    assert.deepEqual(
      campaign?.techniques[0]?.evidence.map(({ line, text }) => [line, text]),
      [[4, "Then FIN7 used T1055."]],
    );
  });

  it("should tell the tactic only where the report does", () => {
    const said = (text: string): readonly string[] => analysisOf(text).campaigns[0]?.techniques[0]?.saidTactics ?? [];
    assert.deepEqual(said("FIN7 used T1078."), []);
    assert.deepEqual(said("| Tactic | ID |\n|---|---|\n| Persistence | T1078 |"), ["persistence"]);
    assert.deepEqual(said("# Initial Access\n\nFIN7 used T1078."), ["initial-access"]);
  });
});

describe("the sample that retells DeadRinger", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "..", "samples", "deadringer.md"), "utf8");
  const analysis = analyse(parseReport(text, { path: "deadringer.md" }), catalogue, lexicon ? { lexicon } : {});
  /** The line of the heading under which comparisons begin. */
  const comparisons = text.slice(0, text.indexOf("## In context")).split("\n").length;

  it("should describe one campaign with three groups, and only reference the others", () => {
    assert.deepEqual(
      analysis.campaigns.map(({ role, name, attackIds }) => [role, name, attackIds.join(" ")]),
      [
        ["described", "DeadRinger", "G0093 G0019 G0027"],
        ["described", "GALLIUM", "G0093"],
        ["described", "Naikon", "G0019"],
        ["described", "Threat Group-3390", "G0027"],
        ["referenced", "HAFNIUM", "G0125"],
        ["referenced", "SolarWinds Compromise", "C0024"],
        ["referenced", "Kaseya", ""],
      ],
    );
  });

  it("should hold no evidence from the comparison or the advice", () => {
    const lines = analysis.campaigns.flatMap(({ role, techniques }) =>
      role === "described" ? techniques.flatMap(({ evidence }) => evidence.map(({ line }) => line)) : [],
    );
    assert.ok(lines.length > 0);
    assert.ok(
      lines.every((line) => line < comparisons),
      lines.join(" "),
    );
  });
});
