import assert from "node:assert/strict";
import { cueMatcherOf } from "../../../../src/mapping/lexicon/cue-matcher.ts";
import { lexicon } from "../../catalogue.ts";

/** Of each sentence, techniques of which a decisive or strong cue must stand in it, and those of which none may. */
const wordings: readonly (readonly [sentence: string, given: readonly string[], not: readonly string[]])[] = [
  ["Files encrypted.", ["T1486"], []],
  ["He added it to the Administrators group.", ["T1098.007"], ["T1069.001"]],
  ["They created a domain account named svc_mon.", ["T1136.002"], ["T1136.001", "T1036.010"]],
  ["A local account named backup2 was created.", ["T1136.001"], ["T1036.010"]],
  ["Project files were copied from the engineering workstation.", ["T0893"], ["T0867"]],
  ["The tools were copied to the engineering workstation.", ["T0867"], []],
  ["It overwrote the firmware of two Moxa converters.", ["T0857"], []],
  ["The malware brute-forced the I/O points.", ["T0806"], []],
  ["They brute-forced the passwords of two accounts.", ["T1110"], ["T0806"]],
  ["An inbox rule moved security alerts to the RSS Feeds folder.", ["T1564.008"], ["T1114.003"]],
  ["They created an inbox rule that forwarded messages to an external address.", ["T1114.003"], []],
  ["They deleted the bucket versions and Kubernetes clusters.", ["T1485"], []],
  ["It communicates with its server over WebSocket on TCP port 443.", ["T1071.001"], ["T1095"]],
  ["It communicates with its server over raw TCP.", ["T1095"], []],
  ["Data was compressed with 7-Zip.", ["T1560.001"], ["T1027.015"]],
  ["Collected data is compressed with Python's zlib module.", ["T1560.002"], []],
  ["AnyDesk was installed as a backup channel.", ["T1219.002"], ["T1008"]],
  ["A user searched for the PuTTY download page.", [], ["T1021.004"]],
  ["They collected private SSH keys.", ["T1552.004"], ["T1098.004"]],
  ["They logged in with stolen SSH keys.", ["T1021.004"], []],
  ["Strings are base64-encoded before they are sent.", ["T1132.001"], []],
  ["They authenticated with stolen NTLM hashes.", ["T1550.002"], []],
  ["It scanned internal address ranges for open ports.", ["T1046"], ["T1595.001"]],
  ["It placed a shortcut in the Startup folder.", ["T1547.001"], []],
  ["The implant takes commands from a cookie in HTTP requests.", ["T1071.001"], ["T1539"]],
  ["They took session cookies from the browser.", ["T1539"], []],
  ["It requested a certificate from the certification authority of the domain.", ["T1649"], []],
  ["The loader patches AmsiScanBuffer in memory.", ["T1562.001"], []],
  ["Logon type 10 from WS-044.", ["T1021.001"], []],
  ["User runs ZoomSetup.exe downloaded from a page.", ["T1204.002"], []],
  ["WinSCP to 192.0.2.55 port 22, 61 GB", ["T1048"], []],
  ["They moved on with PsExec and WMI.", ["T1047", "T1021.002", "T1569.002"], []],
  ["AdFind and BloodHound drew a map of the domain.", ["T1482", "T1087.002", "T1069.002"], []],
  ["38 GB left for a storage service with Rclone.", ["T1567.002"], []],
  ["PsExec spread the encryptor to all servers.", ["T1570", "T1569.002"], []],
  ["They used Tor to hide their origin.", ["T1090.003"], []],
  ["Logs were exported to a Telegram bot.", ["T1567"], []],
  ["Historian data was wiped.", ["T0809", "T1485"], []],
  ["The actor opened three valves and turned off the alarms.", ["T0831", "T0878"], []],
  ["Operators lost view of the process.", ["T0829"], []],
  ["The company was listed on the group's leak site.", ["T1657"], []],
  ["They used PetitPotam to relay the authentication to the certificate server.", ["T1187", "T1557.001"], []],
  ["The hackers exploited a VPN flaw.", ["T1190"], []],
  ["They used a stolen VPN account.", ["T1133"], []],
  ["They uploaded Mimikatz to the server.", ["T1105"], []],
];

describe("wordings", () => {
  assert.ok(lexicon);
  const matcher = cueMatcherOf(lexicon);
  for (const [sentence, given, not] of wordings)
    it(sentence, () => {
      const found = new Set(
        matcher
          .find(sentence)
          .filter(({ weight }) => weight !== "weak")
          .map(({ technique }) => technique),
      );
      assert.deepEqual(
        { missing: given.filter((id) => !found.has(id)), wrong: not.filter((id) => found.has(id)) },
        { missing: [], wrong: [] },
      );
    });
});
