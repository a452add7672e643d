import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { candidatesIn, coinedNames, weighNames, withCompany } from "../../../src/campaigns/coined-names.ts";
import { evidence } from "../../../src/campaigns/rules/evidence.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

describe("evidence around a name", () => {
  for (const row of evidence)
    it(`should be seen: ${row.example} (${row.kind})`, () => {
      const name = /<(.*)>/.exec(row.example)?.[1] ?? "";
      const text = row.example.replace(/[<>]/g, "");
      const report = parseReport(`${row.heading ? "# " : ""}${row.name ? `The actor ${text}` : text}`, {
        path: "x.md",
      });
      const rows = report.blocks.flatMap((block) =>
        candidatesIn(block).flatMap((candidate) => (candidate.name === name ? candidate.rows : [])),
      );
      assert.ok(rows.includes(row), rows.map(({ example }) => example).join("; "));
    });
});

const namesIn = (text: string): readonly string[] => {
  const report = parseReport(text, { path: "x.md" });
  return coinedNames(weighNames(report), report);
};

describe("names that a report makes somebody's", () => {
  const table: readonly (readonly [what: string, text: string, names: readonly string[]])[] = [
    [
      "by what they do, again and again",
      "Last came Plover. Plover telephoned two clerks. Plover exploited the gateway on Friday. Then Plover asked for money.",
      ["Plover"],
    ],
    [
      "by what they are and have",
      "The intrusion is the work of Velvet Adder. In May, Velvet Adder’s infrastructure moved.",
      ["Velvet Adder"],
    ],
    ["by words behind the name", "It was Dromedary, as we came to call the visitor, that exploited it.", ["Dromedary"]],
    [
      "an operation by the time in its heading",
      "### TALL CEDAR (February to May)\n\nInvitations were sent.\n\n### SHORT CEDAR (March 2025)\n\nMails came.\n\n### Timeline (May 2025)\n\nNothing.",
      ["TALL CEDAR", "SHORT CEDAR"],
    ],
    [
      "not by the name of an account",
      "The intruder added a local administrator to the firewall by the name of svc_backup_sync.",
      [],
    ],
    ["by a handle", "It is sold by somebody who goes by the name of stilt_9.", ["stilt_9"]],
    [
      "by a handle that is written as code, not by the name of an account",
      "The forum user `quietplover` bought it. They logged in as the user `deploy-bot` and asked.",
      ["quietplover"],
    ],
    [
      "by a handle with what it is behind it",
      "- **quiet_plover**, an access broker. The account svc_scan, a member of Domain Admins, is none.",
      ["quiet_plover"],
    ],
    [
      "by a handle in quotation marks behind what its bearer is",
      'An affiliate who calls himself "copperline" dumped LSASS. We followed the affiliate “tinfinch”, but not the file "readme" or the user "backup".',
      ["copperline", "tinfinch"],
    ],
    [
      "by a handle in bold or code behind what its bearer is",
      "The affiliates **copperline** and `tinfinch` left. The operator `wmic` and the tool **certify** are none.",
      ["tinfinch", "copperline"],
    ],
    [
      "by handles in an enumeration of people",
      'We followed three affiliates: Storm-4471, "copperline" and a third. They ran two tools, "certify" and others.',
      ["copperline"],
    ],
    [
      "people to whom somebody else gives a name, and who act",
      "The report is about a quieter lot. The firm calls them Grey Plover and says so. Grey Plover sent job offers. There are two loaders. The firm calls them Dromedary and Camel.",
      ["Grey Plover"],
    ],
    [
      "malware under a heading of its own, whatever it does",
      "# Report\n\n## PLOVERPOT\n\nThe loader is small. PLOVERPOT signs in to a mailbox. PLOVERPOT, who asked for money, is none. PLOVERPOT telephoned nobody.",
      [],
    ],
    [
      "what is called a thing outright, whatever it does",
      "Plover, a small backdoor, is new. Plover exploited the gateway. Plover telephoned the bank. Plover’s operators asked for money. Plover demanded a ransom.",
      [],
    ],
    [
      "plug-ins in a list of them, whatever they do",
      "## Plug-ins\n\n- **PLOVER** copies the core to another computer and telephones two clerks.\n- **DROMEDARY** exploited the gateway and asked for money.\n",
      [],
    ],
    [
      "gangs in a list of them",
      "## Gangs\n\n- **PLOVER**, a gang, telephoned two clerks.\n- **DROMEDARY**, a crew, exploited the gateway and asked for money.\n",
      ["PLOVER", "DROMEDARY"],
    ],
    [
      "with a number at its head, where it stands inside of a sentence, too",
      "Nine Plovers exploited the gateway. It was Nine Plovers, who asked for money. Nine Plovers telephoned two clerks. Nine Plovers’ leak site moved.",
      ["Nine Plovers"],
    ],
    [
      "without the number of those who act",
      "Nine Plover affiliates left. In May, Plover, who asked for money, telephoned two clerks. It was Plover’s leak site. Plover exploited the gateway.",
      ["Plover"],
    ],
    [
      "somebody to whom the report gives a name to protect them",
      "In May, a lawyer whom we'll call Plover noticed it. Plover telephoned us, who asked for her phone. Plover demanded an answer.",
      [],
    ],
    [
      "a person of the victim's",
      "Jonas Plover, who telephoned the bank, asked for money. Mr Plover threatened to leave. Jonas Plover searched for help.",
      [],
    ],
    [
      "by a label in small letters, and its series",
      "It is *amber-stoat-1*, whom we saw in May. Then *amber-stoat-2* was two people. The module rc-local-4 is none.",
      ["amber-stoat-1", "amber-stoat-2"],
    ],
    [
      "with small words between their capitals",
      "Fuego y Sombra telephoned two clerks. Fuego y Sombra, who asked for money, left. In May, Fuego y Sombra’s leak site moved.",
      ["Fuego y Sombra"],
    ],
    ["a thing", "Plover is a loader. Plover deployed a beacon. They used Plover for weeks.", []],
    [
      "a thing with people behind it",
      "Plover operators exploited the gateway. Plover samples are packed. Plover is a backdoor, a Plover binary is small.",
      [],
    ],
    [
      "a thing that the report follows",
      "We track the loader, which is small, as Plover. We named the backdoor Dromedary.",
      [],
    ],
    ["a publisher", "According to Plover, the group left. Researchers at Plover said so. Plover reported it.", []],
    ["a victim", "In May, Plover was breached. The group attacked Plover. At Plover, nobody noticed.", []],
    ["a word that the report writes small, too", "Sometimes, Burglars exploited it. The burglars were two.", []],
    ["an abbreviation", "Then XOR exploited the gateway. Then XOR telephoned employees. It is XOR’s way in.", []],
    ["what ends in a thing", "Then SCCM Server 1 was used by them. Then SCCM Server 1 demanded a password.", []],
    ["code", "```\nPlover, who telephoned employees, is a threat actor\n```", []],
  ];
  for (const [what, text, names] of table)
    it(`should be told from others: ${what}`, () => assert.deepEqual(namesIn(text), names));

  it("should weigh the company of known actors", () => {
    const text = "| Who | When |\n|---|---|\n| Naikon | May |\n| Grey Plover 7 | June |\n| FIN7 | July |\n";
    const report = parseReport(text, { path: "x.md" });
    const places = report.blocks.flatMap(({ index, text: words }) =>
      words === "Naikon" || words === "FIN7" ? [{ block: index, textStart: 0, textEnd: words.length }] : [],
    );
    assert.deepEqual(coinedNames(withCompany(weighNames(report), report, places), report), ["Grey Plover 7"]);
    assert.deepEqual(coinedNames(weighNames(report), report), []);
  });
});

describe("company in headings", () => {
  const text =
    "# Q3\n\n## East\n\n### 🇰🇵 Kimsuky · Seoul\n\nA.\n\n### APT28 · Rome\n\nB.\n\n## Crime\n\n### FIN7 · banks\n\nC.\n\n### Velour-1 · payments\n\nD.\n\n### Outlook\n\nE.\n";
  const headed = (known: readonly string[]): readonly string[] => {
    const report = parseReport(text, { path: "x.md" });
    const places = report.blocks.flatMap(({ index, text: words, kind }) =>
      known.flatMap((name) =>
        kind === "heading" && words.includes(name)
          ? [{ block: index, textStart: words.indexOf(name), textEnd: words.indexOf(name) + name.length }]
          : [],
      ),
    );
    return coinedNames(withCompany(weighNames(report), report, places), report);
  };

  it("should make the others of a level actors where most headings of it are", () =>
    assert.deepEqual(headed(["Kimsuky", "APT28", "FIN7"]), ["Velour-1"]));

  it("should say nothing where few are", () => assert.deepEqual(headed(["FIN7"]), []));
});

describe("actors in words of the report's own", () => {
  const table: readonly (readonly [what: string, text: string, campaigns: readonly string[]])[] = [
    [
      "who does what a technique tells",
      "# R\n\nPaper Mandarin, active since July, exploited T1190. It left. Paper Mandarin dumped LSASS (T1003.001).",
      ["described Paper Mandarin: T1003.001 T1190"],
    ],
    [
      "a section that tells of one of them alone",
      "# R\n\nTwo crews, Velvet Adder and Grey Plover, were there.\n\n## First\n\nA mail came (T1566.001).\n\nVelvet Adder dumped LSASS (T1003.001).\n\n## Second\n\nGrey Plover exploited T1190.",
      ["described Velvet Adder: T1003.001 T1566.001", "described Grey Plover: T1190"],
    ],
    [
      "the name of whom the report follows, told once",
      "# R\n\nThis actor is referred to as Chimera by CyCraft. The adversary exploited T1190.\n\nThe adversary used T1055. The adversary left.",
      ["described Chimera: T1055 T1190"],
    ],
    [
      "a number that is given here",
      "# R\n\nFIN7 used T1055. FIN7 stole cards. FIN7 dumped memory.\n\n## Another\n\nA second set belongs to nobody we know. We number it UNC9002. Mail was forwarded (T1114.003).",
      ["described FIN7: T1055", "described UNC9002: T1114.003"],
    ],
    [
      "software that acts in a sentence is run in all others",
      "# R\n\nFIN7 used T1055. The people behind Emotet operators left. An Emotet sample is large. The Emotet loader runs. They deployed Emotet. Emotet is a trojan.",
      ["described FIN7: T1055"],
    ],
  ];
  for (const [what, text, expected] of table)
    it(`should be told of: ${what}`, () => {
      const { campaigns } = analyse(parseReport(text, { path: "x.md" }), catalogue, { lexicon, model });
      assert.deepEqual(
        campaigns.map(({ role, name, techniques }) => `${role} ${name}: ${techniques.map(({ id }) => id).join(" ")}`),
        expected,
      );
    });
});
