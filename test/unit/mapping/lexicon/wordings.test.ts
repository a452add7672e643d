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
  ["The loader is a signed copy of `vmtoolsd.exe`.", [], ["T1675"]],
  ["They ran commands in the guests by way of vmtoolsd.exe.", ["T1675"], []],
  ['It was installed as a service named "VMware Guest Clipboard".', ["T1543.003"], ["T1115"]],
  ["The implant logs keystrokes and the clipboard.", ["T1115"], []],
  [
    'Google ads for "KeePass" and "Advanced IP Scanner" lead to fake download pages.',
    ["T1583.008"],
    ["T1555.005", "T1046"],
  ],
  ["They ran Advanced IP Scanner.", ["T1046"], []],
  ["They found KeePass files on a share.", ["T1555.005"], []],
  ["They wiped the PowerShell operational log.", ["T1070.001"], ["T1059.001"]],
  ["The e-mail holds a link to a password-protected ZIP file.", ["T1566.002"], ["T1560.001"]],
  ["Victims get a RAR file by e-mail.", [], ["T1560.001"]],
  ["Its strings are encrypted with AES-128-CBC.", ["T1027.013"], ["T1573.001"]],
  ["Packets are encrypted with AES before they are sent to the server.", ["T1573.001"], []],
  ["A wiper overwrote the disks of two HMI computers.", ["T0809"], ["T1561.002"]],
  ["They synced the S3 bucket to a bucket of the attacker.", ["T1537"], ["T1567.002"]],
  ["They downgraded the firmware of the controllers.", ["T0857"], ["T1562.010"]],
  ["The shellcode was injected into winlogon.exe and RegAsm.exe.", [], ["T1547.004", "T1218.009"]],
  ["Analysts opened the sample in IDA and x64dbg.", [], ["T1622"]],
  ["The miners came in through an open Kubernetes dashboard.", ["T1133"], []],
  ["They exfiltrated 200 GB of data.", ["T1041"], []],
  ["The SIM of the victim was swapped.", ["T1451"], []],
  ["They abused OAuth apps to read mail.", ["T1528", "T1114.002"], []],
  ["The bucket was made public.", ["T1530"], []],
  ["Acquisition of the screen", ["T1113"], []],
  ["Execution of arbitrary shell commands", ["T1059.003"], []],
  ["It was delivered through the distribution function of the product.", ["T1072"], []],
  ["It checks that the machine has more than two CPU cores.", ["T1497.001"], []],
  ["It reads a fallback address from the description of a GitHub profile.", ["T1102.001"], []],
  ["They cloned the disks of the domain controllers in vCenter.", ["T1003.003"], []],
  ["They found out who is in charge of payments.", ["T1591.004"], []],
  ["The PowerShell window is never shown to the user.", ["T1564.003"], []],
  ['They tried the password "Winter2025!" on 900 accounts.', ["T1110.003"], []],
  ["A script gathers every drawing on the network drive.", ["T1119"], []],
  ["Every file that is found is sent out by itself.", ["T1020"], []],
  ["The malware fills all files with zeros.", ["T1485"], []],
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
