import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { sharing } from "../../../src/campaigns/rules/sharing.ts";
import { generalities } from "../../../src/campaigns/rules/telling.ts";

const reasonOf = (sentence: string): string | undefined =>
  generalities.find(({ pattern }) => pattern.test(sentence))?.reason;

const general: readonly (readonly [sentence: string, isGeneral: boolean])[] = [
  ["An attacker can then dump LSASS.", true],
  ["An attacker needs a password for that.", true],
  ["The flaw lets an attacker run code as SYSTEM.", true],
  ["This allows an unauthenticated attacker to read files, which any attacker would do.", true],
  ["Any attacker with a mailbox could have sent it.", true],
  ["Whoever has the key can read the mails.", true],
  ["An attacker who wants to stay creates an account.", true],
  ["An adversary based anywhere may abuse it.", true],
  ["Attackers often create scheduled tasks.", true],
  ["The script fetched a DLL from an attacker-controlled server.", false],
  ["It sent the archive to an attacker-owned bucket.", false],
  ["The macro downloads a file from an attacker controlled host.", false],
  ["The token was used from an attacker's address in Riga.", false],
  ["In March an attacker exploited the VPN gateway and created an account.", false],
  ["On 3 May an unknown intruder had logged on by RDP.", false],
  ["An attacker first ran whoami, then nltest.", false],
  ["The session was taken over by an attacker who sent invoices.", false],
];

const shared: readonly (readonly [sentence: string, isShared: boolean])[] = [
  ["All three clusters dumped LSASS.", true],
  ["Both groups sent phishing mails.", true],
  ["All groups in this report use PowerShell.", true],
  ["All three, furthermore, deleted the history of the shell.", true],
  ["All three deleted the history of the shell.", true],
  ["Both use the same loader.", true],
  ["All of them used rclone.", true],
  ["They listed the members of all groups with “admin” in the name.", false],
  ["It enumerates all groups in the domain.", false],
  ["It queries all teams and channels of the tenant.", false],
  ["All three files are encrypted with one key.", false],
  ["Both were hit in June.", false],
];

describe("turns of speech in a sentence", () => {
  for (const [sentence, isGeneral] of general)
    it(`${isGeneral ? "speaks of anybody" : "tells of somebody"}: ${sentence}`, () => {
      assert.equal(reasonOf(sentence) !== undefined, isGeneral);
    });
  for (const [sentence, isShared] of shared)
    it(`${isShared ? "tells of everybody" : "does not tell of everybody"}: ${sentence}`, () => {
      assert.equal(sharing.test(sentence), isShared);
    });
});
