import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { campaignsToExport } from "../../../src/exports/export.ts";
import { buildEvent } from "../../../src/exports/misp.ts";
import { softwareOf } from "../../../src/exports/software.ts";
import { buildBundle } from "../../../src/exports/stix.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

const analysisOf = (text: string) =>
  analyse(
    parseReport(`# Grey Tern at a printing house\n\nGrey Tern dumped LSASS.\n\n${text}\n`, { path: "x.md" }),
    catalogue,
    {
      lexicon,
      model,
    },
  );

/** "Mimikatz" for each piece of software that somebody uses. */
function usedIn(text: string): readonly string[] {
  const analysis = analysisOf(text);
  return softwareOf(campaignsToExport(analysis, catalogue, {}), analysis, catalogue).map(({ object }) => object.name);
}

/** Texts that name software without saying that the intruders used it. */
const unused: readonly string[] = [
  "It did not use Cobalt Strike.",
  "No Cobalt Strike was found.",
  "No Cobalt Strike, Mimikatz or Rclone was found.",
  "Neither Cobalt Strike nor Mimikatz was used.",
  "Cobalt Strike and Mimikatz were never seen.",
  "Unlike Conti, it did not use Cobalt Strike.",
  "BloodHound? Searched, nothing.",
  "BloodHound: not found.",
  "They moved on without PsExec.",
  "We ran mimikatz offline to get their ticket.",
  "We used BloodHound to check the domain.",
  "Administrators use PsExec for maintenance.",
  "Block PsExec and Rclone.",
  "- Search all hosts for PsExec.",
  "Emotet was taken down by the police in 2021.",
  "The takedown of the QakBot botnet had no effect on it.",
  "We compared the sample with Emotet, TrickBot and QakBot.",
  "Defender detected it as Emotet by mistake.",
  "It was mistaken for Emotet.",
  "The encryptor is babuk-ish.",
  "One of us was in Ukraine when Sandworm's BlackEnergy attack cut the power.",
  "An attacker might run Mimikatz from there.",
  "Mimikatz can be used to dump credentials.",
  "## Protections against it\n\nForbid what is not needed: PsExec, Rclone.",
  '```yara\nrule a { strings: $a = "mimikatz" condition: $a }\n```',
];

const used: readonly (readonly [text: string, software: readonly string[]])[] = [
  ["It used Cobalt Strike.", ["Cobalt Strike"]],
  ["It did not use Cobalt Strike, but Mimikatz.", ["Mimikatz"]],
  ["Instead of Cobalt Strike, it used Sliver.", ["Sliver"]],
  ["On servers that did not fetch the policy, PsExec was used.", ["PsExec"]],
  ["Unlike Conti, it used Cobalt Strike.", ["Cobalt Strike"]],
  ["BloodHound? Yes, on two servers.", ["BloodHound"]],
  ["Mimikatz was not found until May.", ["Mimikatz"]],
  ["The responders removed the Cobalt Strike beacon from two servers.", ["Cobalt Strike"]],
  ["We unpacked the PlugX sample in our sandbox.", ["PlugX"]],
  ["After Emotet was taken down, it used QakBot.", ["QakBot"]],
  ["Defender detected Mimikatz on two servers.", ["Mimikatz"]],
  ["The operators ran PsExec and Rclone.", ["PsExec", "Rclone"]],
  ["Tools: PsExec, Mimikatz, Rclone.", ["PsExec", "Mimikatz", "Rclone"]],
  ["```\npsexec.exe \\\\SRV01 cmd\n```", ["PsExec"]],
];

describe("software that campaigns use", () => {
  for (const text of unused)
    it(`nobody's: ${text}`, () => {
      assert.deepEqual(usedIn(text), []);
    });
  for (const [text, software] of used)
    it(`${software.join()}: ${text}`, () => {
      assert.deepEqual([...usedIn(text)].sort(), [...software].sort());
    });

  it("should be the same in all exports", () => {
    const options = { generator: "attack-scribe 1.0.0", date: "2026-01-01T00:00:00.000Z" };
    const analysis = analysisOf("It ran PsExec. It did not use Cobalt Strike. We ran Mimikatz offline.");
    const bundle = buildBundle(analysis, catalogue, options);
    assert.deepEqual(
      bundle.objects.filter(({ type }) => type === "tool" || type === "malware").map(({ name }) => name),
      ["PsExec"],
    );
    const event = JSON.stringify(buildEvent(analysis, catalogue, options));
    assert.deepEqual(
      ["PsExec", "Cobalt Strike", "Mimikatz"].filter((name) => event.includes(`${name} - S`)),
      ["PsExec"],
    );
  });
});
