import type { ObjectType } from "../../attack/kinds.ts";

/** Words which, beside an ambiguous name, say that it is a name, and of what. */
export const kindWords: Readonly<Partial<Record<ObjectType, ReadonlySet<string>>>> = {
  technique: words("technique sub technique subtechnique techniques tactic tactics ttp ttps att ck mitre"),
  tactic: words("tactic tactics phase stage att ck mitre"),
  group: words(
    "group groups gang actor actors apt crew team operators operator affiliates affiliate hackers collective cluster adversary cybercriminals syndicate threat intrusion",
  ),
  software: words(
    "malware ransomware backdoor trojan rat loader dropper downloader stealer infostealer implant payload botnet worm rootkit framework toolkit beacon agent locker encryptor encrypter wiper spyware variant variants sample samples binary family families webshell bootkit keylogger miner c2 raas bot",
  ),
  campaign: words(
    "campaign campaigns operation attack attacks attackers breach breaches incident compromise hack hacks hackers intrusion intrusions",
  ),
  mitigation: words("mitigation mitigations"),
  "data-source": words("source sources"),
  "data-component": words("component components"),
  asset: words("asset assets"),
};

/** Words that call something a command of the operating system. */
export const commandWords = words("command commands utility utilities binary executable exe cmdlet tool builtin");

/** Headers of table columns, lower case, under which names of a kind stand. */
export const headerOfKind: readonly { readonly type: ObjectType; readonly pattern: RegExp }[] = [
  { type: "technique", pattern: /technique|ttp|att&ck|mitre/ },
  { type: "tactic", pattern: /tactic|phase|stage|kill chain/ },
  { type: "group", pattern: /group|actor|adversary|apt/ },
  { type: "software", pattern: /software|malware|tool|family|ransomware/ },
  { type: "campaign", pattern: /campaign|operation/ },
  { type: "mitigation", pattern: /mitigation/ },
  { type: "data-source", pattern: /data source/ },
  { type: "data-component", pattern: /data (?:component|source)/ },
  { type: "asset", pattern: /asset/ },
];

/** Words, lower case, that go on no group's name though they have a capital: what it is, and products that its tools are for. */
export const notInNames: ReadonlySet<string> = new Set([
  ...["group", "campaign", "software"].flatMap((type) => [...(kindWords[type as ObjectType] ?? [])]),
  ...words(
    "windows linux macos mac ios android unix office outlook exchange word excel powerpoint onenote teams sharepoint onedrive microsoft google gmail chrome firefox edge apple azure aws telegram whatsapp signal discord slack dropbox github powershell python java javascript visual basic net delphi golang rust http https dns ssh rdp vpn smtp imap iis apache vmware esxi cisco citrix fortinet ivanti juniper kubernetes docker cobalt",
  ),
  ...words("russian chinese iranian korean vietnamese indian pakistani turkish and or the in on at by"),
]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
