import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { catalogue, lexicon, model } from "../catalogue.ts";
import { found } from "./findings.ts";

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const table = (header: readonly string[], ...rows: readonly (readonly string[])[]): string =>
  row(...header) + row(...header.map(() => "---")) + rows.map((cells) => row(...cells)).join("");

/** Current techniques that ATT&CK lists for a group, without those of which another one's family is there already. */
const profileOf = (group: string): readonly string[] =>
  catalogue.targets(group, "uses").filter((id) => /^T/u.test(id) && catalogue.get(id)?.deprecated === false);
const ofFin7 = profileOf("G0046").slice(0, 6);
const notOfFin7 = catalogue
  .objects("technique")
  .filter(
    ({ id, revoked, deprecated, domains }) =>
      !revoked && !deprecated && domains.includes("enterprise-attack") && !profileOf("G0046").includes(id),
  )
  .map(({ id }) => id)
  .slice(0, 6);

/** Rule; then texts, each with what it finds there. */
const cases: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  "supposed-claim": [
    ["The actor may have sent mails with a sheet (T1566.001).", ["T1566.001"]],
    ["They likely gained access through a stolen account (T1078).", ["T1078"]],
    [
      "They probably dumped credentials from memory [T1003.001](https://attack.mitre.org/techniques/T1003/001).",
      ["T1003.001"],
    ],
    ["It is possible that they used a web shell (T1505.003).", ["T1505.003"]],
    ["We suspect they scheduled a task (T1053.005).", ["T1053.005"]],
    ["The intruders might also have cleared the logs (T1070.001).", ["T1070.001"]],
    ["The group is believed to have bought the account (T1650).", ["T1650"]],
    ["They maybe used T1566.", ["T1566"]],
    ["We assess that T1190 was likely used.", ["T1190"]],
    ["Exploit Public-Facing Application (T1190) may have been used.", ["T1190"]],
    ["T1190 (Exploit Public-Facing Application) was probably the way in.", ["T1190"]],
    ["T1190 was used, and the account was likely bought.", []],
    ["They used T1190 on servers that were likely forgotten.", []],
    // Shown elsewhere.
    ["They likely sent mails (T1566). Later mails with a sheet arrived (T1566.001).", []],
    // What is supposed is who it was, or something else in the sentence.
    ["The likely Chinese actor used PowerShell (T1059.001).", []],
    ["The actor, likely based in a port town, ran PowerShell (T1059.001).", []],
    ["The likely state-sponsored group ran PowerShell (T1059.001).", []],
    ["They used PowerShell (T1059.001) and may have left in May.", []],
    ["They may have been tired, but they ran PowerShell (T1059.001).", []],
    ["They likely bought the account; then they ran PowerShell (T1059.001).", []],
    ["The backdoor can take screenshots (T1113) and could run commands (T1059).", []],
    ["In May they ran PowerShell (T1059.001).", []],
    ["Unlike others they ran PowerShell (T1059.001).", []],
    ["## They may have used T1059.001", []],
    [table(["Technique", "Use"], ["T1078", "They likely used an account of a former clerk"]), []],
  ],
  "tool-only": [
    ["They used Mimikatz (T1003.001).", ["T1003.001"]],
    ["- Mimikatz (S0002) – T1003.001\n- PsExec (T1570)\n", ["T1003.001", "T1570"]],
    [table(["Tool", "Technique"], ["Mimikatz", "T1003.001"]), ["T1003.001"]],
    // What was done is said here, or elsewhere.
    ["They used Mimikatz to read passwords from memory (T1003.001).", []],
    ["They used Mimikatz (T1003.001). From the memory of LSASS they read passwords (T1003.001).", []],
    [table(["Tool", "Technique", "Use"], ["Mimikatz", "T1003.001", "read passwords of the clerks"]), []],
    // No tool, or several.
    ["FIN7 used T1003.001.", []],
    ["They used T1003.001.", []],
    ["They used Mimikatz, PsExec and T1003.001.", []],
    ["They used Mimikatz. <!-- attack: T1003.001 -->", []],
    ["They used Mimikatz and a stolen ticket (T1550.003).", []],
  ],
  "tactic-only": [
    [
      table(
        ["Tactic", "Technique", "Use"],
        ["Initial Access", "T1566.001", "mails came with a sheet"],
        ["Persistence", "", "they stayed for months"],
      ),
      ["Persistence"],
    ],
    [
      "## Lateral Movement\n\nFrom the first host the intruders went on to others in the same week. The clerks saw windows open and close by themselves, and nobody could say how it had come to that at all.\n\nIt went on.\n",
      ["Lateral Movement"],
    ],
    // As above.
    [table(["Tactic", "Technique"], ["Persistence", "T1053.005"], ["Persistence", "see above"]), []],
    // No mapping at all.
    [table(["Tactic", "Meaning"], ["Persistence", "staying in"], ["Impact", "doing harm"]), []],
    [table(["Tactic", "Technique"], ["Persistence", "T1053.005"], ["Impact, Exfiltration", "none"]), []],
    // Short, or with a technique, or with an id that is unknown.
    ["## Persistence\n\nNone was seen.\n", []],
    [
      "## Impact\n\nIn the end they encrypted every file on every server of the two offices, and on each screen a note asked for money in return for the key (T1486).\n",
      [],
    ],
    [
      "## Impact\n\nIn the end there was a note on each and every screen of the two offices in the town and in the village, and it asked for money (T9999).\n",
      [],
    ],
    [
      "## The impact of the storm\n\nIn the end there was a note on each and every screen of the two offices in the town and in the village, and it asked for money in return.\n",
      [],
    ],
  ],
  "parents-only": [
    ["T1059, T1003, T1566, T1547, T1070 and T1021 were seen.", ["T1059"]],
    ["T1059, T1003, T1566, T1547, T1070 and T1021.001 were seen.", []],
    ["T1059, T1003, T1566, T1547 and T1070 were seen.", []],
    // These have no sub-techniques.
    ["T1190, T1105, T1057, T1082, T1083, T1486 and T1059 were seen.", []],
  ],
  "bundled-claims": [
    [
      "They came by mail. They ran a script. They took files. (T1566.001, T1059.001, T1005 and T1041)",
      ["T1566.001, T1059.001, T1005 and T1041"],
    ],
    [
      "They came by mail. They ran a script.\nThey took files [T1566.001] [T1059.001] [T1005] [T1041].",
      ["T1566.001] [T1059.001] [T1005] [T1041"],
    ],
    // Each behind its sentence.
    [
      "They came by mail (T1566.001). They ran a script (T1059.001). They took files (T1005). They sent them (T1041).",
      [],
    ],
    // Few, or one sentence, or a list, or a sentence that goes on.
    ["They came by mail. They ran a script. They took files. (T1566.001, T1059.001, T1005)", []],
    ["They came, ran, took and sent (T1566.001, T1059.001, T1005, T1041).", []],
    ["- They came. They ran. They took. (T1566.001, T1059.001, T1005, T1041)\n", []],
    ["It came. It went. We map it to T1566.001, T1059.001, T1005 and T1041, which the table below tells of.", []],
  ],
  "profile-claim": [
    [`FIN7 was here.\n\n${table(["Technique"], ...ofFin7.map((id) => [id]))}`, [ofFin7[0] ?? ""]],
    // Nobody is named, they are somebody else's, they are few, or it is told how they were used.
    [table(["Technique"], ...ofFin7.map((id) => [id])), []],
    [`FIN7 was here.\n\n${table(["Technique"], ...notOfFin7.map((id) => [id]))}`, []],
    [
      `FIN7 was here.\n\n${table(["Technique"], ...[...ofFin7.slice(0, 4), ...notOfFin7.slice(0, 4)].map((id) => [id]))}`,
      [],
    ],
    [`FIN7 was here.\n\n${table(["Technique"], ...ofFin7.slice(0, 4).map((id) => [id]))}`, []],
    [
      `FIN7 was here.\n\n${table(["Technique", "Use"], ...ofFin7.map((id) => [id, "they did it on every host there"]))}`,
      [],
    ],
  ],
};

for (const [rule, texts] of Object.entries(cases))
  describe(`rule ${rule}`, () => {
    for (const [text, expected] of texts)
      it(text, () => {
        assert.deepEqual(found(rule, text), expected);
        // What the model reads in the text may only take a fault away that the words alone make.
        const read = found(rule, text, { lexicon, model });
        assert.deepEqual(
          read.filter((one) => !expected.includes(one)),
          [],
        );
      });
  });
