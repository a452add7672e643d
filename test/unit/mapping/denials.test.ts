import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { deniedIn } from "../../../src/mapping/rules/denials.ts";

/** Sentences with what they deny between angle brackets, and what they tell between braces. */
const cases: readonly string[] = [
  "<Shadow copies> were not deleted.",
  "<Shadow copies> weren't deleted, and no <account> was created.",
  "<LSASS> was never dumped.",
  "<Backups> were not <deleted> or <encrypted>.",
  "<Conditional access policies> weren't changed, no <administrator's role> was granted, and no <data> was held for ransom.",
  "<Windows Defender> was never disabled on these hosts.",
  "<The master boot record> is left untouched.",
  "<The boot record> remained intact.",
  "<Data> were not <encrypted> but {exfiltrated to Mega}.",
  "{Shadow copies} were not only {deleted} but {overwritten}.",
  "<Files on drive C> are not encrypted; {all others are encrypted}.",
  "<Process injection> is not used by this version.",
  "<RDP> was not used for <lateral movement>.",
  "{The files were copied}, but <the event logs> were not cleared.",
  "Because <the logs> were not cleared, we could see that {they had dumped LSASS}.",
  "The attackers did not <move laterally>.",
  "They never <dumped LSASS> and did not <use PowerShell>.",
  "The actor did not <exfiltrate any data> to <cloud storage>.",
  "No <scheduled tasks> were created.",
  "Neither <phishing> nor <exploitation of an application> was observed.",
  "The malware did not <create a service> but {a scheduled task}.",
  "Although the account was not a domain admin, {they ran Mimikatz}.",
  "The server, which was not known before, {was used to download Cobalt Strike}.",
  "{The files} were not encrypted until Sunday.",
  "{It} did not {encrypt} before all {backups were deleted}.",
  "It does not always {delete shadow copies}.",
  "It no longer {uses DNS tunnelling}.",
  "They did not stay long, {they dumped credentials} at once.",
  "{The dump} was sent over HTTPS; <the file> was not written to disk.",
  "{They dumped LSASS with procdump}.",
  "{The data were sent} to an account that is not known.",
  "It does not <encrypt local files>, only {encrypts files on the network}.",
  "On startup, {it verifies} that it is not {launched inside a sandbox}.",
  "The protocol remains <essentially> unchanged, with {commands added for brute force}.",
  "The review did not reveal <much>, indicators show that {it may clear event logs}.",
  "They did not <dump LSASS>, <use PowerShell>, or <create accounts>.",
  "With no antivirus in their way, {they dumped credentials}.",
];

const isDenied = (sentence: string, at: number): boolean =>
  deniedIn(sentence).some(({ start, end }) => start <= at && at < end);

describe("what a sentence denies", () => {
  for (const marked of cases)
    it(marked, () => {
      const sentence = marked.replace(/[<>{}]/g, "");
      let marks = 0;
      for (const match of marked.matchAll(/[<>{}]/g)) {
        const at = match.index - marks;
        marks += 1;
        if (match[0] === "<") assert.ok(isDenied(sentence, at), `should be denied: ${sentence.slice(at)}`);
        if (match[0] === "{") assert.ok(!isDenied(sentence, at), `should be told: ${sentence.slice(at)}`);
      }
    });
  it("should read a sentence of nothing but denials", () => {
    const sentence = "the host was not hit and no account was made ".repeat(100);
    assert.ok(isDenied(sentence, 0) && isDenied(sentence, 4_000));
  });
});
