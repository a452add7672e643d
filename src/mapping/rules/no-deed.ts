import { isHeadline, type Block, type Report, type Section } from "../../report/report.ts";
import { gated } from "../../report/pattern-gate.ts";
import { othersDeedRules } from "./others-deeds.ts";

/** A kind of sentence that speaks of a technique without saying that somebody did it. */
export interface NoDeedRule {
  readonly reason: string;
  /** "before": only the words right before the cue count; "sentence": the whole sentence. */
  readonly where: "before" | "sentence";
  readonly pattern: RegExp;
  /** The rule does not hold for sentences with these words. */
  readonly unless?: RegExp;
  /** Sentences that the rule stops; in a "before" rule the cue stands between « and ». */
  readonly examples: readonly string[];
  /** Sentences that look like it and tell of a deed. */
  readonly deeds: readonly string[];
}

/** How much of the text before a cue a "before" rule sees. */
const reach = 80;

/** Classes of malicious programs and tricks: a bare one, or one with "a" before it, is any of them. */
const kinds = String.raw`(?:(?:[a-z]+ing |banking |remote access |web |malware |spear)?(?:loaders?|droppers?|downloaders?|ransomware|malware|spyware|adware|scareware|(?:info-?)?stealers?|key-?loggers?|rootkits?|bootkits?|backdoors?|trojans?|worms?|botnets?|bots?|wipers?|clippers?|skimmers?|(?:crypto)?miners?|shells?|web ?shells?|exploits?|exploit kits?|phishing(?: kits?)?|smishing|vishing|quishing|beacons?|implants?|RATs?))`;

/** Programs and languages that everybody has, or that are known by name to every reader. */
const wellKnown = String.raw`(?:Mimikatz|PsExec|certutil|rundll32|regsvr32|mshta|wmic|BloodHound|SharpHound|AdFind|Rclone|MEGAsync|WinSCP|FileZilla|7-Zip|WinRAR|Nmap|masscan|PowerShell|AutoIt|VBScript|JScript|JavaScript|Python|Bash|WMI|Impacket|ProcDump|Cobalt Strike|Metasploit|Sliver|Brute Ratel|Empire|RDP|SMB|LDAP|Kerberos|NTLM|AnyDesk|TeamViewer|ScreenConnect|Atera|Splashtop|ngrok|Chisel|curl|wget|BITSAdmin|WinRM|SSH|VNC|LSASS|Active Directory|Remote Desktop|ntdsutil|vssadmin|Telegram|Tor)(?:\.exe)?`;

/** Words by which a general sentence comes down to this report's case after all. */
const thisCase =
  /\b(?:they|he|she|(?:the|these|this|our|both) (?:[\w-]+ ){0,2}(?:attackers?|intruders?|actors?|adversar(?:y|ies)|group|gang|operators?|affiliates?|hackers?|criminals|malware|ransomware|loader|backdoor|implant|stealer|campaign|victims?)|was|were|(?:has|have|had) been|here|in this (?:case|incident|campaign|intrusion|attack))\b/i;

const systems = String.raw`(?:Windows|Linux|Unix|macOS|Android|iOS|ChromeOS|ESXi|(?:Google )?Chrome|Firefox|(?:Microsoft )?Edge|Safari|Outlook|Office|Exchange|Active Directory|LSASS|LSA|Kerberos|Kubernetes|Docker|Azure(?: AD)?|Entra ID|AWS|PowerShell|(?:the )?(?:operating system|kernel|SAM|registry|domain controller|local security authority)|(?:most |all )?(?:browsers|operating systems|domain controllers))`;

export const noDeedRules: readonly NoDeedRule[] = [
  {
    reason: "advice",
    where: "sentence",
    pattern:
      /\b(?:should|ought to|must be|must not|needs? to be|it is (?:critical|important|essential|vital) (?:to|that))\b/i,
    examples: [
      "Administrators should block «scheduled task creation» by ordinary users.",
      "Accounts that were seen with «pass the hash» must be reset.",
    ],
    deeds: ["The operators created a «scheduled task» that must have run hourly."],
  },
  {
    reason: "advice",
    where: "sentence",
    pattern:
      /\b(?:recommend(?:s|ed|ing|ations?)?|best practices?|hardening|(?:organi[sz]ations|users|customers|defenders|administrators|companies|teams) (?:are|is) (?:\w+ )?(?:advised|urged|encouraged|asked|warned)|we (?:advise|suggest|urge|encourage))\b/i,
    examples: [
      "We recommend multi-factor authentication against «password spraying».",
      "Organisations are strongly advised to watch for «Kerberoasting».",
      "It is best practice to forbid «DLL side-loading» by policy.",
    ],
    deeds: ["The letter advised the victim to pay, and «shadow copies were deleted»."],
  },
  {
    reason: "advice",
    where: "sentence",
    pattern:
      /^\W*(?:(?:mitigation|detection|recommendation|countermeasure)s?: |(?:ensure|enforce|restrict|implement|audit|require|consider|train|educate|patch|limit|prevent|block|harden|segment|prohibit|mitigate|review|prioriti[sz]e|whitelist|allowlist)\b(?! by\b)|disable (?:unused|unnecessary|unneeded|legacy|macros?|SMB|RDP|NTLM|WDigest|autorun|remote|command[- ]line|scripting|PowerShell|WMI|the use|hyperlinks|Windows Script)|enable (?:logging|multi|MFA|PowerShell|script block|attack surface|credential guard|tamper|cloud-delivered|audit)|use (?:strong|unique|multi|MFA|complex|application|network|an? (?:password manager|firewall|EDR))|apply (?:the|all|patches|updates|least)|keep (?:all|software|systems|operating)|turn on\b)/i,
    examples: [
      "Disable macros to stop «spearphishing attachments».",
      "Restrict «remote desktop» to a jump host.",
      "- Ensure that «LSASS memory» is protected.",
      "Use strong passwords against «brute force».",
      "Detection: new «scheduled tasks» on servers.",
    ],
    deeds: ["Disables Windows Defender and «clears event logs».", "Use of «PsExec» was seen on six hosts."],
  },
  {
    reason: "negation",
    where: "before",
    pattern:
      /\b(?:(?:did|does|do|has|have|had|was|were|is|are|could)(?:\s+not|n['’]t)(?! only)|never|neither|nor|cannot|can['’]?t|failed to|fails to|unable to|instead of|rather than|without (?:any|the|need))\b(?:(?!\bbut\b|, (?:this|it|they|he|she)\b)[^.;:]){0,50}$/i,
    examples: [
      "The intruders did not «dump credentials» on this host.",
      "The loader never uses «process hollowing».",
      "They were unable to «disable the antivirus».",
      "It asks the broker directly instead of «brute forcing» accounts.",
    ],
    deeds: [
      "They did not only «dump credentials» but sold them.",
      "They did not stay long; they «dumped credentials» at once.",
      "It does not ask the user, but «injects itself» into explorer.exe.",
      "When the first one did not answer, they «used DNS tunnelling».",
    ],
  },
  {
    reason: "negation",
    where: "before",
    pattern:
      /(?<!\b(?:left|leaves?|leaving) )\bno (?:\w+ )?(?:evidence|signs?|indications?|traces?|proof|artefacts?|artifacts?|instances?|cases?|use|attempts?|record)\b(?:(?!\b(?:but|until|because)\b|, (?:as|since)\b)[^.;:]){0,60}$/i,
    examples: [
      "We found no evidence of «data exfiltration».",
      "There were no further signs that they had «moved laterally».",
      "No attempt at «privilege escalation» was seen.",
    ],
    deeds: ["The «credential dumping» left no evidence on disk."],
  },
  {
    reason: "negation",
    where: "before",
    pattern:
      /\b(?:no (?!longer|doubt|fewer|less|more|matter|one\b|time\b|other\b|sooner|wonder)(?:[\w-]+ ){0,2}|nothing (?:\w+ )?(?:was|were|is|has been|had been|got) (?:\w+ )?|nobody (?:was|were|is|has been|had been|got) (?:\w+ )?|none of (?:\w+ ){1,4}(?:was|were) (?:\w+ )?)$/i,
    examples: [
      "There is no «keylogger» in this version.",
      "No actual «encryption of files» took place.",
      "For once nothing was «encrypted».",
      "None of the servers were «wiped».",
    ],
    deeds: [
      "It no longer «uses DNS tunnelling» but did so for two years.",
      "With no antivirus in their way they «dumped credentials».",
      "In no time they had «deleted shadow copies».",
    ],
  },
  {
    reason: "hypothetical",
    where: "sentence",
    pattern:
      /\b(?:(?:could|may|might|can|would) (?:\w+ly )?(?:also )?(?:allow|enable|let|permit|lead to|result in|give an?)|(?:could|might) (?:\w+ly )?(?:also )?be (?:\w+ly )?(?:used|abused|exploited|leveraged|misused)|(?:an |the )?(?:attackers?|adversary|adversaries|threat actors?|malicious (?:actor|user)s?|cybercriminals|hackers?) (?:could|might)\b(?! have\b)|if (?:an|the|your) (?:attacker|adversary|actor|organi[sz]ation|account)|in theory|theoretically|hypothetical(?:ly)?)/i,
    examples: [
      "The flaw could allow «remote code execution».",
      "An attacker might «pass the hash» from there.",
      "If an attacker gets this far, «lateral movement» follows.",
      "The token could be abused for a «golden ticket».",
    ],
    deeds: [
      "The attackers may have used «spearphishing attachments» to get in.",
      "Its second module can be used to «dump LSASS memory».",
      "From there the attackers would «delete shadow copies» before encrypting.",
      "The operators, who would return in May, «dumped credentials».",
    ],
  },
  {
    reason: "what actors do in general",
    where: "sentence",
    pattern:
      /\b(?:(?:attackers|adversaries|threat actors|cybercriminals|hackers|criminals|ransomware (?:groups|gangs|operators)) (?:can|often|commonly|typically|frequently|generally|usually|sometimes|regularly|tend to|like to)|is an? (?:\w+[- ]){0,3}(?:technique|tactic|method|term|attack) (?:that|in which|where|by which|used|for|whereby|which)|is (?:defined as|a term|known to be used))\b/i,
    examples: [
      "Attackers often use «DLL side-loading» to hide.",
      "«Kerberoasting» is a post-exploitation technique that targets service accounts.",
      "Adversaries can «dump LSASS memory» with many tools.",
    ],
    deeds: ["The attackers used «DLL side-loading» again."],
  },
  {
    reason: "detection guidance",
    where: "sentence",
    pattern:
      /\b(?:(?:can|may|could|might) be (?:\w+ly )?(?:detected|identified|spotted|mitigated|prevented|hunted)|detect(?:ion|ing|s)? (?:rules?|opportunit\w+|logic|guidance|coverage|engineering|quer\w+|analytics?|strateg\w+)|(?:hunt(?:ing)?|monitoring) for|alerts? (?:on|when|if|for)|defenders (?:can|may|might|will)|(?:Sigma|YARA|Snort|Suricata|Splunk|KQL) (?:rule|quer|search)\w*|hunting quer\w+|(?:EDR|SIEM|correlation) rules? (?:for|on|against)|rules? (?:in \w+ )?(?:detects?|flags?|catch(?:es)?))\b|^\W*(?:(?:monitor|look|watch|search) for|(?:check|verify|inspect|compare|rotate|hash|re-?image) (?:the|all|any|every|each|your|an?|whether|if)\b|(?:change|reset) (?:the|all|any|every)(?: \w+)? passwords?\b|to (?:detect|prevent|mitigate|(?:defend|protect|guard) against))\b/i,
    examples: [
      "«Scheduled task creation» can be detected by event 4698.",
      "Look for «rundll32 without arguments».",
      "This Sigma rule covers «shadow copy deletion».",
      "Defenders can see «pass the ticket» in the logs.",
      "To detect «Kerberoasting», count ticket requests.",
      "A rule in Sigma detects the use of «certutil to download» files.",
      "An EDR rule for «Kerberoasting» won't hurt either.",
      "Check the list of «accessibility services».",
    ],
    deeds: [
      "The EDR detected «credential dumping» on two hosts.",
      "They went on to search for «passwords in files».",
      "It «deletes shadow copies» to prevent recovery.",
    ],
  },
  {
    reason: "what a thing is",
    where: "sentence",
    pattern: new RegExp(
      String.raw`^\W*(?:an? |such |most |many |some )?(?:${kinds}|${wellKnown})(?: \([^()]{1,40}\)|, [^,]{1,60},)? (?:is|are) (?:simply |also |in itself |generally |basically )?(?:(?:an? |the |one of the |any )?(?:[\w-]+ ){0,5}?(?:programs?|software|malware|codes?|tools?|toolkits?|utilit(?:y|ies)|scripts?|languages?|shells?|frameworks?|protocols?|services?|interfaces?|components?|process(?:es)?|features?|techniques?|tactics?|methods?|attacks?|practices?|forms?|kinds?|types?|class(?:es)?|acts?)\b|(?:the )?(?:practice|act|art|use|process) of\b)`,
      "i",
    ),
    unless: thisCase,
    examples: [
      "A loader is a program that «downloads and installs other malware».",
      "Ransomware is malware that «encrypts files» and demands a ransom.",
      "Keyloggers are programs that «record keystrokes».",
      "Web shells are scripts that attackers «upload to a server» to run commands.",
      "PowerShell is a scripting language that is part of Windows.",
      "PsExec is a legitimate tool which administrators use to «run programs on remote hosts».",
      "Phishing is the practice of «sending fraudulent emails».",
    ],
    deeds: [
      "Frostbite is a loader that «downloads payloads».",
      "The loader is a signed program that «injects shellcode» into svchost.exe.",
      "This is a web shell that «runs commands» which arrive in POST requests.",
      "PsExec is a legitimate tool which the group used to «run the encryptor».",
      "Mimikatz is a tool that was «run on the server».",
    ],
  },
  {
    reason: "what actors do in general",
    where: "sentence",
    pattern: new RegExp(
      String.raw`^\W*(?:(?:such|these (?:kinds|types) of|this (?:kind|type) of|attacks? (?:of|with) (?:this|such)|most|many|modern|today['’]s) (?:[\w-]+ ){0,2}?)?(?:${kinds}|attacks|campaigns|emails|messages|programs|tools|documents) (?:(?:is|are|can be|may be) )?(?:often|usually|typically|commonly|frequently|generally|sometimes|regularly|mostly|normally|mainly)\b`,
      "i",
    ),
    unless: new RegExp(String.raw`${thisCase.source}|,? (?:too|as well)\b`, "i"),
    examples: [
      "Such loaders are often spread through «phishing emails».",
      "Ransomware usually «deletes shadow copies» first.",
      "Most infostealers commonly «read passwords from browsers».",
    ],
    deeds: [
      "The loader is often spread through «phishing emails».",
      "Such loaders were often spread through «phishing emails» in March.",
      "Loaders frequently «inject into MSBuild.exe», too.",
    ],
  },
  {
    reason: "how a system works",
    where: "sentence",
    pattern: new RegExp(
      String.raw`^\W*(?:(?:in|on|under|by|since)\b[^,.;]{1,40}, )?${systems} (?:also |usually |normally |always |itself |only )?(?:stores?|keeps?|saves?|holds?|caches?|writes?|records?|logs?|contains?|manages?|encrypts?|provides?|offers?|allows?|supports?|lets?|includes?)\b`,
      "i",
    ),
    unless: new RegExp(
      String.raw`${thisCase.source}|\b(?:which|that|where|so|and|but)\b[^,.;]{0,40}\b(?:stealer|loader|malware|attackers?|implant|script|it) `,
      "i",
    ),
    examples: [
      "Windows stores «password hashes in the SAM hive».",
      "LSASS keeps the «credentials of logged-on users» in memory.",
      "On servers, Linux keeps password hashes in «/etc/shadow».",
      "Most browsers save passwords in a «SQLite database».",
    ],
    deeds: [
      "Windows stores the passwords, which the stealer reads from the «SAM hive».",
      "The «password hashes in the SAM hive» were dumped.",
      "PowerShell «downloads the next stage».",
    ],
  },
  {
    reason: "hypothetical",
    where: "sentence",
    pattern:
      /^\W*(?:(?:and|but|so) )?if\b[^.;]{1,140}?\b(?:had|were)\b[^.;]{1,140}?\b(?:would|could|might) (?:\w+ly |also )?have\b|^\W*had (?:the|an?|it|they|this|these|those|he|she|we|any|only|all)\b[^.;]{1,140}?\b(?:would|could|might) (?:\w+ly |also )?have\b|\b(?:would|could|might) (?:\w+ly |also )?have\b[^.;]{1,140}?(?:\bif\b[^.;]{1,60}? had\b|, had (?:the|an?|it|they|this|she|he|we|any(?:one|body)?)\b)/i,
    unless: /\b(?:not|never|nobody|nothing|no|instead)\b|n['’]t\b|\b(?:as if|even if)\b/i,
    examples: [
      "If the user had opened the attachment, a macro would have «run PowerShell».",
      "Had she enabled macros, the document would have «downloaded a loader».",
      "The encryptor would have «deleted shadow copies» if it had been started.",
    ],
    deeds: [
      "If nobody had «cleared the logs», the intrusion would have been noticed.",
      "Had they «opened the valve» fully instead, worse could have followed.",
      "If the file had been deleted, the backdoor «restored it from the registry».",
      "The copies that would have told her, on the backup server, had been «erased» an hour earlier.",
      "If the user opens the attachment, a macro «runs PowerShell».",
    ],
  },
  {
    reason: "a line of a detection rule",
    where: "sentence",
    pattern:
      /^\W{0,3}\$\w{0,20} ?= ?(?:"[^"]{0,300}"|\{[^}]{0,300}\}|\/.{1,300}\/) ?(?:fullword|ascii|wide|nocase|\/\*)/i,
    examples: [
      '$s1 = "SW5qZWN0" fullword ascii /* «base64 encoded» string */',
      "$op2 = { 4D 5A 90 } wide // «process hollowing»",
    ],
    deeds: ["$code = [Convert]::«FromBase64String»($blob); iex $code", '$p = "«mimikatz»"; & $p'],
  },
  {
    reason: "negation",
    where: "sentence",
    pattern:
      /^\W*(?:(?:but|and|yet|again|also),? )?(?:unlike|in contrast (?:to|with)|as opposed to|compared (?:to|with)|in comparison (?:to|with)|contrary to|different(?:ly)? from|other than|as with|like)\b[^;:]{1,120}?, (?:[\w’'-]+ ){1,6}?(?:(?:does|do|did|has|have|had|is|are|was|were|can|could|would|will)(?:\s+not|n['’]t)|cannot|never)\b(?! (?:only|just|merely|stop|stay|wait|hesitate|even need|need)\b)[^,;:–—]*$/i,
    unless:
      /\b(?:but|and|until|before|when|instead|except|unless|because|since|yet|so|which|that|who|to|without)\b[^,;]*$/i,
    examples: [
      "Unlike Quarry's Millrace, Brackwell does not «infect USB drives».",
      "Unlike earlier versions, the encryptor doesn't «delete shadow copies».",
      "In contrast to Stonecrop, the gang never «wiped disks».",
      "Compared with its predecessor, it does not «encrypt files» on shares.",
    ],
    deeds: [
      "Unlike its predecessor, it does not ask the user but «injects itself into explorer.exe».",
      "Unlike others, the gang did not only «encrypt files».",
      "Unlike the first version, which did not hide, this one «injects itself into explorer.exe».",
      "Unlike other gangs, the group «deleted shadow copies», and did not wait.",
    ],
  },
  {
    reason: "still to be done",
    where: "sentence",
    pattern:
      /^\W*(?:to-?dos?|to do|still open|action items?|open (?:questions?|points?|issues?)|next steps?|next up|follow[- ]?ups?)\s?[:–—-]|^\W*(?:\d+[.)] )?(?:search|scan|sweep|comb|query|check|hunt|go through|look through) (?:(?:all|every|each|the|your|our|other|both|remaining) ){1,2}(?:[\w-]+ ){0,2}?(?:hosts?|servers?|machines?|endpoints?|systems?|computers?|clients?|workstations?|laptops?|logs?|mailbox(?:es)?|estate|fleet|tenants?|controllers?)(?: \w+){0,2}? for (?!(?:open|listening|live|reachable|vulnerab\w*|unpatched|weak|writable|SMB|RDP|SSH|ports?|shares?|passwords?|credentials?|documents?|data|wallets?|backups?|sensitive|interesting|valuable|private|keys?|tokens?|secrets?|other|further|antivirus|security|files? (?:with|that))\b)|^\W*(?:\d+[.)] )?(?:scan|check|search|look|hunt|grep|sweep) for [^.,;]{1,60} on (?:all|every|each|the other|our|the remaining) |^\W*(?:\d+[.)] )?ask (?:(?:the|our|their|all|its) )?(?:[\w-]+ ){0,2}?(?:admins?|administrators?|bank|banks|customers?|clients?|vendors?|providers?|hosters?|SOC|CERT|management|colleagues|owners?|insurer|lawyers?|legal|police|IT)(?: \w+)? (?:if|whether|about|re\.?|when|how|why|who|which|what)\b/i,
    examples: [
      "todo: check for «web shells»",
      "TODO – «scheduled tasks» on the other sites.",
      "Search all hosts for «scheduled tasks» named Contoso.",
      "Scan every mail server for «web shells».",
      "scan for «web shells» on all iis",
      "Ask the admins if they saw «phishing mails» with macros.",
      "ask bank re. «stolen sessions»",
    ],
    deeds: [
      "They search for «passwords in files» on the desktop.",
      "Scan all hosts for «open ports».",
      "Check for «virtual machines», then inject into explorer.exe.",
      "Search the servers for «documents» with certain words.",
      "Ask the user for the «password» in a window that looks like that of the system.",
      "Scan the network for «hosts with SMB».",
      "The to-do list of the affiliates: «dump LSASS», then encrypt.",
    ],
  },
  {
    reason: "only asked",
    where: "sentence",
    pattern:
      /^\W*(?:how|what|who|where|why|when|which|did|do|was|were|is|has|have)\b[^.!?"“”]{1,120}\?\W+(?:maybe|perhaps|possibly|probably|unknown|unclear|not clear|tbd|to be (?:checked|seen|confirmed))\b[^.!?;]{0,50}\W*$|^\W*(?:maybe|perhaps)(?: (?:an?|the|some|by|with|via|through))?(?: [\w-]+){1,3}\W*$/i,
    examples: [
      "how did they get the password? maybe «keylogger»",
      "Who put it there? Possibly the «web shell».",
      "Maybe a «keylogger».",
    ],
    deeds: [
      "What did they do next? They «dumped LSASS».",
      "Perhaps to be sure, the group «dumped LSASS» on three hosts.",
    ],
  },
  ...othersDeedRules,
  {
    reason: "only asked",
    where: "sentence",
    pattern:
      /^[^.!?"“”]{1,120}\?\W*$(?<!\?\?)|\?\s*(?:(?:-+>|=+>|→|:|-{1,2}|–|—)\s*)?(?:no|nope|not|negative|none|nothing|n\/a|neg\.?)\b(?! (?:longer|doubt|less|more|wonder))/i,
    examples: ["SQL02: «ntdsutil ifm»? -> no, not a DC.", "WEB01: «mimikatz»?", "DC02: «DCSync»? No."],
    deeds: [
      "SQL02: «procdump on lsass»? -> yes, at 3:14",
      "It asks “Do you want to update?” and then «runs PowerShell».",
    ],
  },
];

/** Titles of sections that tell the reader what to do, not what was done. */
const guidance =
  /\b(?:recommendations?|mitigations?|remediation|detections?(?! (?:evasion|avoidance))|detection (?:guidance|opportunities|rules)|hunting|hardening|countermeasures?|prevention|protections?|best practices|how to (?:protect|defend|detect|mitigate|prevent)|what (?:to do|you can do|should)|defen[cs]e recommendations|defending against|protecting (?:against|your)|references|further reading|about (?:us|the authors?)|sources)\b/i;

/** Whole titles of what is still to be done, to be found out, was not seen, or was done by those who report. */
const unfinished =
  /^\W{0,3}(?:\d{1,2}\W{1,3})?(?:to-?dos?|to do|to-?do list|tasks left|(?:still |remaining |our )?open (?:questions?|points?|issues?|items?|tasks?|ends)|(?:our |the |recommended |immediate |suggested |planned |proposed )?next steps(?: for (?:us|you|defenders|the (?:team|customer|client)))?|action items?|(?:things )?(?:still )?to (?:be done|check|do|clarify|follow up)|outstanding (?:questions?|points?|issues?|items?|tasks?|work)|not (?:seen|observed)|our (?:own )?(?:actions|response|measures))\W{0,3}$/i;

/** Titles that have such words and tell deeds all the same. */
export const deedTitles: readonly {
  readonly pattern: RegExp;
  readonly examples: readonly string[];
  /** Titles that look like it and give guidance, or point elsewhere. */
  readonly guidance: readonly string[];
}[] = [
  {
    pattern:
      /\b(?:detections?|protections?|preventions?|defen[cs]es?|mitigations?|countermeasures?|hunting) (?:evasion|avoidance|bypass\w*|circumvention|impairment|tampering|removal|removed|disabl\w+|defeat\w*|killing)\b|\bself-(?:protection|defen[cs]e)\b/i,
    examples: ["Protection bypass", "Defence impairment", "Detection avoidance", "Self-protection"],
    guidance: ["Protection and detection", "Detections"],
  },
  {
    pattern:
      /\b(?:evad|evasion|avoid|bypass|circumvent|defeat|disabl|impair|weaken|remov|tamper|kill|switch(?:ing)? off|turn(?:ing)? off)\w*(?: (?:of|with|the|all|any|their|its|existing|security|endpoint|network|exploit)){0,3} (?:detections?|protections?|defen[cs]es?|mitigations?|hardening|countermeasures)\b/i,
    examples: ["Evasion of detection", "Bypassing the protections", "Disabling endpoint protection"],
    guidance: ["Detecting evasion", "Hardening"],
  },
  {
    pattern:
      /\bprevent(?:ion|ing|s|ed)?(?: of| the| their| its| any| file| system| data){0,3} (?:recover(?:y|ies)|restor(?:e|es|ation|ing)|backups?|analysis|debugging|detection|removal|deletion|uninstall\w*|shutdown|sleep|response)\b/i,
    examples: ["Prevention of recovery", "Preventing the removal", "How it prevents analysis"],
    guidance: ["Prevention of attacks", "Prevention and recovery"],
  },
  {
    pattern:
      /\bhunting (?:for )?(?:the |their |its |all )?(?:domain |local |cloud |backup )?(?:admin\w*|credentials?|passwords?|secrets?|backups?|files?|documents?|data|keys|wallets?|tokens?|accounts?|users?|victims?|targets?|privileges)\b|\bhunt(?:ing)? (?:results?|findings|finds)\b/i,
    examples: ["Hunting the domain admins", "Hunting for credentials", "Threat hunting results"],
    guidance: ["Hunting", "Threat hunting queries", "Hunting for the implant"],
  },
  {
    pattern:
      /\bdetection (?:timeline|chronology|history|story|date)\b|\bdetection(?:,| and) (?:containment|eviction|escalation)\b|\btimeline of (?:the )?detection\b/i,
    examples: ["Detection timeline", "Detection and containment", "Timeline of the detection"],
    guidance: ["Detection", "Detection and mitigation"],
  },
  {
    pattern:
      /\breferences? (?:implementation|build|samples?)\b|\b(?:possible |likely )?sources? of (?:the )?(?:infections?|compromise|intrusion|attacks?|breach|leak|malware)\b|\bdata sources (?:searched|raided|stolen|robbed)\b/i,
    examples: ["Reference implementation of the loader", "Sources of the infection"],
    guidance: ["References", "Sources", "Reference list"],
  },
  {
    // One case among others, whatever it is called.
    pattern:
      /^\W*(?:\d{1,3}(?:\.\d{1,3})*[.)]? )?(?:case(?: (?:study|file|report))?|incident|intrusion|investigation|engagement) (?:no\.? ?|number |#)?(?:\d{1,4}|[a-z]|[ivx]{1,5}|one|two|three|four|five|six)\s*[:.–—(|-]/i,
    examples: [
      "Case 1: hunting the intruder",
      "Case study 3 – detection after a year",
      "2. Incident B: sources of an infection",
    ],
    guidance: ["Case management: detection", "Incident response: references", "Incident detection"],
  },
];

/** Whether a section of this title tells deeds, whatever words of guidance it has. */
export const isDeedTitle = (title: string): boolean => deedTitles.some(({ pattern }) => pattern.test(title));

/** Whether a section of this title tells the reader what to do, or what is still to be done. */
export const isGuidanceTitle = (title: string): boolean =>
  unfinished.test(title) || (guidance.test(title) && !isDeedTitle(title));

/** Whether the block stands under a heading of guidance or references, or is a task that nobody has ticked. */
export const isGuidance = (report: Report, block: Block): boolean =>
  isOpenTask(report, block) || guidanceTitle(report, block) !== undefined;

/** `- [ ] …` */
export const isOpenTask = ({ text }: Report, { kind, start }: Block): boolean =>
  kind === "list-item" && text.startsWith("[ ] ", start);

/** The heading of guidance or references under which the block stands. */
export function guidanceTitle(report: Report, block: Block): string | undefined {
  const section = report.sections[block.section];
  if (!section) return undefined;
  let known = guidanceSections.get(section);
  if (!known) guidanceSections.set(section, (known = { title: titleAbove(report, section) }));
  return known.title;
}

const guidanceSections = new WeakMap<Section, { readonly title: string | undefined }>();

function titleAbove(report: Report, innermost: Section): string | undefined {
  for (let section: Section | undefined = innermost; section;) {
    // The report's own title may hold such a word ("Hunting Grey Tern"), and tells of deeds all the same.
    if (!isHeadline(report, section) && isGuidanceTitle(section.title)) return section.title;
    section = section.parent === undefined ? undefined : report.sections[section.parent];
  }
  return undefined;
}

/** Languages of code blocks that hold rules and queries of defenders. */
const detectionLanguages: ReadonlySet<string> = new Set(
  "yara yar sigma kql kusto spl splunk snort suricata eql esql sql osquery lucene".split(" "),
);

/** Whether a code block is a detection rule, by its language or by the fields that only rules have. */
export const isDetectionRule = ({ language, text }: Pick<Block, "language" | "text">): boolean =>
  detectionLanguages.has(language ?? "") ||
  /^(?:logsource|detection):|^\s*(?:rule \w{1,80}\s*(?::[\w ]{1,80})?\{|condition:)|\b(?:DeviceProcessEvents|DeviceNetworkEvents|SecurityEvent|EventCode=|index=)\b/m.test(
    text.slice(0, 20_000),
  );

/** The rule by which the sentence tells of no deed; `cue` is the cue's offset in it. */
export const noDeed = (sentence: string, cue: number): NoDeedRule | undefined =>
  possibleRules(sentence).find((rule) =>
    stops(rule, rule.where === "sentence" ? sentence : sentence.slice(Math.max(0, cue - reach), cue)),
  );

/** Whether the sentence as a whole tells of no deed, wherever its words stand. */
export const hasNoDeed = (sentence: string): boolean =>
  possibleRules(sentence).some((rule) => rule.where === "sentence" && stops(rule, sentence));

const possibleRules = gated(noDeedRules, ({ pattern }) => pattern);

/** Reasons for which even a technique called by its name is not done: the sentence says what it is. */
const sayingWhatIs: ReadonlySet<string> = new Set(["what a thing is", "what actors do in general"]);

const namingRules = [...othersDeedRules, ...noDeedRules.filter(({ reason }) => sayingWhatIs.has(reason))];

const possibleNamingRules = gated(namingRules, ({ pattern }) => pattern);

/** Whether the sentence as a whole tells what others than the attackers did, what nobody did, or what a technique is. */
export const isOthersDeed = (sentence: string): boolean =>
  possibleNamingRules(sentence).some((rule) => rule.where === "sentence" && stops(rule, sentence));

const stops = ({ pattern, unless }: NoDeedRule, text: string): boolean =>
  pattern.test(text) && unless?.test(text) !== true;
