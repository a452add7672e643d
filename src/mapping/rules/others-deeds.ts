import type { NoDeedRule } from "./no-deed.ts";

/**
 * Sentences that tell what others than the attackers did: defenders, researchers, vendors, the police, testers, the
 * victim's people at their work. Their grammatical subject says so, with a verb in the active voice behind it. Verbs of
 * noticing and saying ("saw", "found", "reported") are not among these: what they introduce happened.
 */

/** What may stand before the subject: "In March, ", "To contain the incident, ". */
const opener = String.raw`^\W*(?:(?:\d{1,2}:\d\d\W+)?(?:in|on|at|by|during|after|from|within|before|since|later|then|meanwhile|to|as|finally|however|once|thereupon|immediately|only|the|two|three|four|some|a few|one|with|for|when|by)\b[^,.;:]{0,70}[,:] |(?:then|thereupon|later|meanwhile|finally|in response|(?:that|the same|the next) (?:day|night|evening|morning)|(?:in|on|during|after) (?:the )?[\w-]+(?: \w+)?(?: \d{1,4})?|so|but|and) )?`;

/** Where another clause begins. */
const clause = String.raw`(?:\b(?:in|during|after|of|by|for) which|\b(?:where|when|while|until|before|after|because|since|as|and|but|so|whereupon)|[;:]|,(?= whose\b))(?: then| later)? `;

const article = String.raw`(?:the|our|whose|an?|its|their|his|her|all|both|two|three|several|some|many|most|other|external|independent|local|police|forensic|security|\w+['’]s?|\w+s['’])`;
/** Somebody only said to be one is not one. */
const describing = String.raw`(?:(?!(?:fake|false|bogus|alleged|supposed|self|so|rogue|former|malicious|compromised|and|or|of|who|that|to|with|by|from|impersonated|was|were|is|are|had|has)\b)[\w’'-]+ ){0,3}`;

const professionals = String.raw`(?:responders|first responders|(?:incident[- ])?response team|(?:incident |emergency )?responders|defenders|blue team|IT (?:team|department|staff|people|provider|administrators|service provider)|security (?:team|staff|department|officers?|provider)|SOC|CERT|CSIRT|analysts|researchers?|research team|investigators|examiners|forensics? (?:team|experts|specialists|examiners|firm)|consultants|administrators|admins|engineers|technicians|specialists|experts|system administrators|helpers|network team|infrastructure team)`;
const authorities = String.raw`(?:police|authorities|law enforcement(?: agenc(?:y|ies))?|prosecutors?|prosecutor's office|detectives|police officers|FBI|Europol|Eurojust|Interpol|NCA|BKA|Secret Service|Department of Justice|court|judge)`;
const vendors = String.raw`(?:vendors?|manufacturers?|makers?|supplier|registrar|hosting (?:provider|company)|hoster|provider|cloud provider)`;
const testers = String.raw`(?:testers|(?:penetration|pen)[- ]?test(?:ers?|ing team)|pentesters?|auditors)`;
const victims = String.raw`(?:institute|company|firm|bank|hospital|clinic|school|university|ministry|agency|authority|council|municipality|city|town|utility|organi[sz]ation|club|association|museum|insurer|retailer|operator|plant|shipyard|customer|victim|management|staff|employees|board)`;
const names = String.raw`(?:Microsoft|Google|Apple|Cisco|Fortinet|Ivanti|VMware|Broadcom|Citrix|Veeam|Oracle|Adobe|Atlassian|Okta|GitHub|Cloudflare|Amazon|Mozilla|SonicWall|Progress|SolarWinds|SAP|Siemens|Schneider(?: Electric)?|Meta|Salesforce|Mandiant|CERT[-\w]*|\w+[-_ ]CERT|CISA|FBI|Europol|Interpol)`;

const of = String.raw`(?: (?:at|of|from|with|for|on) (?:(?!(?:who|that|which|was|were|had)\b)[\w’'-]+ ?){1,5}?)?`;
const hired = String.raw`(?: (?:hired|engaged|contracted|called in|on duty|commissioned)(?: \w+){0,3}?)?`;
const helper = String.raw`(?: (?:had|have|has|since|thereupon|then|later|also|therefore|immediately|first|finally|even|successfully|quickly|soon|already|at once|in turn|next|only|could|were able to|was able to|managed to))*`;

/** What others do that reads like a technique. */
const deeds = String.raw`(?:reset|disable[ds]?|delete[ds]?|remove[ds]?|block(?:s|ed)?|isolate[ds]?|disconnect(?:s|ed)?|shut|switch(?:es|ed)? (?:off|to)|power(?:ed)? off|turn(?:ed)? off|took|take|taken|seized?|defaced?|decrypt(?:s|ed)?|decode[ds]?|deobfuscate[ds]?|unpack(?:s|ed)?|decompile[ds]?|disassemble[ds]?|reverse[- ]engineered|reversed|debug(?:ged)?|emulated?|inject(?:ed)?|detonated?|executed|ran|run|dumped|extract(?:s|ed)?|export(?:ed)?|collect(?:ed)?|copied|imaged|acquired|obtain(?:ed)?|download(?:ed)?|upload(?:ed)?|patch(?:ed|es)?|updated|fixed|restored?|rebuilt|reinstalled|re-?imaged|recovered|rotated|revoked?|changed|replaced|renamed|quarantined|contained|evicted|terminated|kill(?:ed)?|stopped|suspended|closed|cleaned|wiped|scanned|searched|looked (?:for|through)|queried|enumerated|sinkholed|registered|created|built|rebuild|wrote|used|employed|connected|logged|signed|cracked|brute-?forced|guessed|poisoned|requested|phished|sent|intercepted|captured|monitored|recorded|hooked|modified|altered|added|installed|deployed|enabled|enforced|confiscated|dismantled|simulated|reproduced|attached|set|put|moved|unplugged|pulled|cut|decommissioned|locked|expelled|redirected|mirrored|exploited|compromised|bypassed|dropped|planted|harvested|relayed|escalated|gained|got|reached|achieved|read|sprayed|spoofed|mapped|kerberoasted|moved|took over|roasted)`;
/** What a victim does about it: other deeds of an employee or a company may be the attack's work. */
const remedies = String.raw`(?:reset|disabled|deleted|removed|blocked|isolated|disconnected|shut (?:down|off)|switched (?:off|to manual|to paper|over)|powered (?:off|down)|turned off (?:all|its|their|the (?:servers?|network|VPN|internet))|took (?:all|its|their|the|\w+ ){1,3}(?:\w+ )?(?:off|down)|patched|updated|restored|rebuilt|reinstalled|reimaged|rotated|revoked|replaced|closed|unplugged|pulled|cut|decommissioned|cleaned|wiped|suspended|locked|stopped|changed (?:all|its|their|the) (?:\w+ )?passwords)`;

/** Where attackers or their programs act in the sentence too, it may tell of a deed all the same. */
const attackersAct = new RegExp(
  String.raw`(?<!['’]s? )\b(?:they|he|she|who|attackers?|intruders?|(?:threat )?actors?|adversar(?:y|ies)|hackers?|criminals|gang|group|affiliates?|malware|ransomware|loader|backdoor|implant|dropper|trojan|worm|stealer|beacon|script|payload|sample|binary|shellcode|DLL|variants?|APT\d+|it(?! (?:team|department|staff|people|provider|administrators?|service|manager)))(?: (?:also|then|had|have|has|would|later|first|itself|again|was|were|is|are|been|being|be|\w+ly))* (?!with\b|of\b|in\b|on\b|and\b|or\b|from\b|by\b|to\b|at\b|for\b|as\b|into\b|the\b|a\b|an\b|had\b|samples?\b|servers?\b|famil|using\b|[^a-z])[a-z]+|\b(?:which|that) (?:(?:then|also) )?(?:was|were|is|are|has been|had been|can|[a-z]+s)\b|\bby (?:the |an? )?(?:\w+ )?(?:attackers?|intruders?|actors?|adversar(?:y|ies)|hackers?|criminals|gang|group|malware|ransomware)\b|\b(?:to|and) (?:find|see|learn|show|reveal|discover)(?! (?:the|its|their|how) (?:possible |potential )?(?:impact|effects?|risks?|dangers?|flaws?|weakness(?:es)?|severity|consequences?)\b)|\b(?:found|saw|showed|shows|revealed|reveals|discovered|observed|noticed)\b`,
  "i",
);

const subjects = String.raw`(?:we|${article} ${describing}(?:${professionals}|${authorities}|${vendors}|${testers})|(?:${names})|(?:researchers|analysts|police|prosecutors|authorities|law enforcement|responders|defenders|investigators|administrators|testers|penetration testers|pentesters))`;

const activeHead = String.raw`(?:${subjects}${of}${hired}${helper} ${deeds}|(?:the|our|its) ${describing}${victims}${of}${helper} ${remedies})\b(?! by\b)`;
const ownWords = String.raw`(?:(?!\b(?:which|that|who|they|by|group|attackers?|intruders?|actors?)\b)[^.;:,])`;
/** What is left of it before a cue, which may begin with the verb and ends before another clause. */
const beforeCue = String.raw`(?:${subjects}${of}${hired}${helper} |${activeHead}${ownWords}{0,60}(?:, (?:and )?\w+(?:ed|ut|et|an)\b${ownWords}{0,40}){0,2})$`;

/** What only those do who set something right again. */
const mending = String.raw`(?:revoked|rotated|re-?flashed|rebuilt|re-?imaged|reinstalled|restored|reissued|quarantined|patched) (?:the|all|every|each|both|any)|re-?enabled (?:MFA|CloudTrail|logging|Defender|the (?:logs?|logging|audit|antivirus|EDR|protection|firewall|backups?))|reset (?:the |all |every )?(?:\w+ )?(?:passwords?|credentials|krbtgt|keys|tokens|MFA)`;

/** Words by which the sentence tells of this report's intruders after all. */
const thisReports =
  /\b(?:they|(?:the|these|our|both) (?:\w+ )?(?:attackers?|intruders?|actors?|adversar(?:y|ies)|gang|hackers?|criminals)|was (?!founded)(?:\w+ly )?[a-z]+ed|were)\b/i;

export const othersDeedRules: readonly NoDeedRule[] = [
  {
    reason: "what others did",
    where: "sentence",
    pattern: new RegExp(opener + activeHead, "i"),
    unless: attackersAct,
    examples: [
      "Our researchers «decrypted the strings» of the loader with a Python script.",
      "We «injected the sample» into a suspended process in our sandbox and set a breakpoint.",
      "The responders disabled the compromised accounts, «deleted the scheduled task» and reset all passwords.",
      "To contain the incident, the IT team blocked port 3389 on the «firewall» and shut down all domain controllers.",
      "The police seized the servers and «defaced the leak site».",
      "The penetration testers hired last year had used «Kerberoasting» and cracked the passwords.",
      "The institute disconnected the cluster, disabled svc-backup, removed the client secret and deleted the «web shell».",
      "In March, Microsoft revoked the certificate and «disabled the accounts».",
      "The hoster's engineers «shut down the virtual machines» on Friday.",
      "The bank's staff unplugged the server, «deleted 40 mailboxes» that had received the message, and changed all passwords.",
      "During the rebuild we «disabled Defender» on four hosts.",
      "By its own account, the association has since «deleted forwarding rules» from a hundred mailboxes.",
      "On 13 April our own engineers «put all PLCs into program mode».",
      "Analysts at Northlight «unpacked» the sample and dumped its configuration.",
      "The researcher «uploaded a web shell» to a test device to show the impact, and read the hashes.",
      "The penetration testers gained domain admin by «Kerberoasting».",
      "A pentester «relayed NTLM hashes» in June.",
    ],
    deeds: [
      "Employees were tricked into «running the installer».",
      "The administrators' accounts were used to «disable the antivirus».",
      "The caller said he was from the IT team and «reset the password».",
      "The employee «opened the attachment».",
      "An administrator «ran the fake installer».",
      "We saw the attackers «dump LSASS».",
      "Our telemetry shows that they used «Kerberoasting».",
      "The EDR detected «credential dumping» on two hosts.",
      "The responders deleted the «web shell» that the intruders had planted.",
      "We unpacked the sample, which «injects itself into explorer.exe».",
      "We decompiled the installer that «drops a web shell».",
      "The fake IT team «installed AnyDesk» on her machine.",
      "Before the responders reset the passwords, the group «dumped NTDS.dit».",
      "The administrators were locked out after «their passwords were changed».",
    ],
  },
  {
    reason: "what others did",
    where: "sentence",
    pattern: new RegExp(
      String.raw`${opener}${subjects}${of}${hired}${helper} (?:rotated|changed|reset|revoked|replaced|invalidated|renewed|reissued|blocked|disabled)\b[^.;,]{1,60}\b(?:passwords?|credentials?|keys?|secrets?|tokens?|cookies|sessions|accounts?|certificates?|cards?)(?:,)? (?:that|which) (?:was|were|had been|have been|has been|are|is) (?:\w+ly )?(?:saved|stored|kept|cached|used|reused|entered|typed|shared|known|in|on|older|valid|weak|the same|not|exposed)\b`,
      "i",
    ),
    unless:
      /\b(?:they|he|she|it|(?:the|these|this|an?) (?:[\w-]+ )?(?:attackers?|intruders?|actors?|adversar(?:y|ies)|group|gang|hackers?|criminals|malware|stealer|implant|backdoor)) (?:had |have |has |then )?(?:[a-z]+ed|stole|stolen|took|taken|read|got|used)\b|\b(?:stolen|dumped|exfiltrated|harvested|leaked)\b/i,
    examples: [
      "We rotated every password that had been «saved in a browser».",
      "The responders reset all accounts which were «used on the jump host».",
    ],
    deeds: [
      "We reset all passwords that had been «stolen from browsers».",
      "We rotated every key that was stored in files which the actor had «read».",
      "They changed the passwords that were «stored in the browser».",
    ],
  },
  {
    // Whoever does two such things is a defender, whatever the name.
    reason: "what others did",
    where: "sentence",
    pattern: new RegExp(
      String.raw`^\W*(?:[^,;:.]{1,40}, )?(?:the |our |its |whose |an? )?[\w’'-]+(?: [\w’'-]+){0,2}? (?:${mending})\b[^.;]{0,200}?[, ](?:and |then )*(?:${mending})\b`,
      "i",
    ),
    unless: attackersAct,
    examples: [
      "Tessellate revoked the keys, deleted the user svc-logs, «terminated all instances», re-enabled CloudTrail and removed the inbox rule.",
      "The contractor reflashed all firewalls, «deleted the VIB», rebuilt vCenter, and reset the password of svc-backup.",
    ],
    deeds: [
      "Grey Plover reset the password of an old account, re-enabled it and «dumped LSASS».",
      "Grey Plover rebuilt its loader, rotated its servers and «sent phishing emails» again.",
      "The actor revoked the sessions, reset all passwords and «deleted the backups».",
    ],
  },
  {
    reason: "what others did",
    where: "sentence",
    pattern: new RegExp(
      String.raw`${opener}(?:the|our|its|whose|their|a|an) (?:(?!(?:fake|former|rogue|disgruntled|malicious|bogus|alleged)\b)[\w’'-]+ ){0,2}?(?:contractors?|service providers?|integrators?|owners?|customers?|clients?|colleagues|helpdesk|help desk|users?|night shift|duty officer|outsourcer|supplier|host)${helper} (?:deleted|removed|uninstalled|cleaned|took out|got rid of|reverted|undid) (?:the|both|all|every|each|that|this|these|those) (?:[\w’'“”"-]+ ){0,3}?(?:VIBs?|web ?shells?|shells?|implants?|backdoors?|malware|rootkits?|miners?|loaders?|inbox rules?|forwarding rules?|(?:transport|mail) rules?|scheduled tasks?|rogue|malicious|fake|unknown|suspicious|foreign|(?:new|unknown|extra) (?:users?|accounts?|devices?))\b`,
      "i",
    ),
    unless: attackersAct,
    examples: [
      "The contractor «deleted the VIB».",
      "The customer «removed the inbox rule» on the same day.",
      "On 3 May, the service provider «deleted the scheduled task».",
    ],
    deeds: [
      "The contractor «deleted 96 databases» after he had been dismissed.",
      "The former contractor «deleted the backups».",
      "The client «deletes the loader» when it has run.",
      "The customer deleted the «web shell» that the intruders had planted.",
    ],
  },
  {
    reason: "what others did",
    where: "before",
    pattern: new RegExp(clause + beforeCue, "i"),
    examples: [
      "In May a penetration test was carried out, in which the testers «poisoned LLMNR responses».",
      "The insurer hired a firm, whose specialists «decrypted» the files.",
      "The group was gone when the responders «deleted the scheduled task».",
    ],
    deeds: [
      "The testers left, and the group «poisoned LLMNR responses».",
      "It was over when the responders found what the group had «dumped».",
    ],
  },
  {
    reason: "what others did",
    where: "sentence",
    pattern:
      /^\W*(?:[\w,]+ ){0,6}?(?:(?:has|have|had) )?(?:released?|releases|issued?|issues|published|ships|shipped|rolled out) (?:\w+ ){0,4}(?:patch(?:es)?|fix(?:es)?|hot-?fix(?:es)?|security updates?|advisor(?:y|ies)|workarounds?|mitigations?|bulletins?)\b/i,
    unless: attackersAct,
    examples: ["Microsoft released a patch for the flaw, an «authentication bypass», in March."],
    deeds: ["Days after the vendor released a patch, the group «exploited the flaw»."],
  },
  {
    reason: "what others did",
    where: "sentence",
    pattern:
      /^\W*we (?:have |had |also ){0,2}(?:published|released|wrote|written) (?:an?|the|our) (?:\w+ ){0,2}(?:scripts?|tools?|decrypt[eo]rs?|parsers?|extractors?|rules?) (?:that|which|to|for)\b|^\W*(?:that|this|it|these|those) (?:was|were) (?:an? |the |our |part of )?(?:\w+ ){0,3}(?:penetration|pen)[- ]?test/i,
    examples: [
      "We have published a script that «decrypts» them.",
      "That was a penetration tester, who also «sprayed one password» at all accounts.",
    ],
    deeds: ["This was a test before they «sprayed passwords»."],
  },
  {
    reason: "how others work",
    where: "sentence",
    pattern:
      /^\W*(?:(?:the|our|its|their|many|most|all|some|legitimate|ordinary|normal) )?(?:(?!(?:of|by|to|from|fake|compromised|was|were)\b)[\w’'-]+ ){0,3}?(?:employees|customers|staff|administrators|admins|colleagues|engineers|technicians|doctors|teachers|students|companies|organi[sz]ations|firms|contractors|suppliers)(?: (?:at|of|in) (?:[\w’'-]+ ?){1,3}?)? (?:(?:usually|normally|often|also|commonly|routinely|legitimately) )?(?:use|log (?:in|on)|sign in|authenticate|work|connect|rely|access|administer|share)\b|^\W*(?:(?:the|their|its|our) )?(?:[\w-]+ )?backups (?:are|were) (?:made|taken|written|kept|copied)\b/i,
    unless:
      /\b(?:fake|phish\w*|malicious|stolen|spoofed|attackers?|intruders?|actors?|trojan\w*|compromised|look-?alike|rogue|captur\w+|intercept\w+|record(?:s|ed)|when|whenever|after|delet\w+|encrypt\w+|intruders['’]?)\b/i,
    examples: [
      "Employees use «RDP» to work from home.",
      "Administrators at the company connect to the servers over «SSH».",
      "Backups are made every night with «rclone to a cloud storage bucket».",
      "The bank's customers log in with a password and a «one-time code».",
    ],
    deeds: [
      "Customers log in on a phishing page, and their «one-time codes» are passed on.",
      "Backups were kept on one server and «deleted».",
    ],
  },
  {
    reason: "how others work",
    where: "sentence",
    pattern: new RegExp(
      String.raw`${opener}${article} (?:(?:system|domain|network|server|IT|helpdesk|database|local|responsible|own) ){0,2}(?:administrators?|admins?|helpdesk|help desk|technicians?|engineers?|IT (?:staff|team|department)|colleagues?|developers?)(?: (?:had|has|then|later|once|regularly|always))* (?!was\b|were\b|is\b|are\b|be\b)(?:[a-z]+ed|ran|runs?|set(?: up)?|made|wrote|put|uses?|creates?|installs?|copies|copied)\b[^.;]{0,80}\b(?:for|to|during|as part of) (?:(?:the|a|an|their|its|our|all) )?(?:[\w'’-]+ ){0,2}?(?:backups?|updates?|maintenance|monitoring|inventory|patch(?:es|ing)?|roll-?outs?|support|tests?|testing|(?:install|administer|maintain|update|patch|back up|monitor|manage) [^.;]*)\b`,
      "i",
    ),
    unless: new RegExp(
      String.raw`${attackersAct.source}|\b(?:fake|bogus|phish\w*|malicious|lure|stolen|compromised|trojan\w*|rogue|cracked|pirated|attackers?|intruders?)\b`,
      "i",
    ),
    examples: [
      "The administrator created a «scheduled task» for the nightly backup.",
      "The system administrator used «PsExec» to install updates on all servers.",
      "A helpdesk technician «dumped LSASS» during a test.",
    ],
    deeds: [
      "The administrator account was used to create a «scheduled task» for the backup.",
      "An administrator «ran the fake installer» of a backup program to install updates.",
      "An administrator «opened the attachment».",
    ],
  },
  {
    reason: "how others work",
    where: "sentence",
    pattern:
      /^\W*(?:(?:today|normally|by default|as usual|every night), )?(?:the|our|its|your) (?:(?!(?:of|by|to|from|fake|compromised|was|were)\b)[\w’'-]+ ){0,2}?(?:bank|hospital|clinic|school|university|ministry|council|municipality|city|town|utility|museum|insurer|retailer|shipyard|customer) (?:also |usually |normally |always |now )?(?:uses|encrypts|stores|keeps|backs up|copies|runs|operates|sends|authenticates|manages|protects|publishes|replicates)\b/i,
    unless:
      /\b(?:attackers?|intruders?|actors?|malware|ransomware|implant|loader|backdoor|they|stolen|malicious|phish\w*|was|were|has been|had been)\b/i,
    examples: [
      "The bank uses «AES-256» to encrypt data at rest.",
      "The university uses «rclone to copy its data to a cloud storage».",
      "The hospital «encrypts its backups» with a key of its own.",
    ],
    deeds: [
      "The bank's data was «encrypted with AES-256» by the ransomware.",
      "The hospital uses an old VPN, which the attackers «exploited».",
    ],
  },
  {
    // A report on an exercise tells what its red team did; others recall exercises, and say so.
    reason: "what was an exercise",
    where: "sentence",
    pattern:
      /^(?=[^;]*\b(?:exercises?|drills?|last (?:year|spring|summer|autumn|fall|winter|month)|(?:previous|earlier|annual|yearly) (?:test|assessment|simulation)|(?:had|ran|held|did|booked|ordered) (?:an? |its |their |our )?(?:\w+ )?(?:test|simulation)|benign)\b)[^,;]{0,60}(?:, )?[^,;]{0,60}\b(?:red|purple)[- ]team(?:s|ers?)?\b/i,
    unless: attackersAct,
    examples: [
      "The red team used BloodHound to «map the domain» during last year's exercise.",
      "During the exercise, the red team «dumped LSASS».",
      "Last spring our red team «phished three employees».",
      "red team had test on Monday w/ «psexec» on one server, that one is benign",
    ],
    deeds: [
      "The red team tool Brute Ratel was used to «inject code» into explorer.exe.",
      "The red team «sent spearphishing emails» to seven targets.",
      "The intruders got in as a red team for an exercise, and they «dumped LSASS».",
    ],
  },
  {
    reason: "what defences do",
    where: "sentence",
    pattern:
      /^\W*(?:(?:today|by default|since then|now|meanwhile), )?(?:(?:our|your|this|its|an?|the|any|every|most|\w+['’]s) (?:[\w-]+ ){0,2}?(?:EDRs?|XDR|SIEM|IPS|IDS|WAF|antivirus|anti-virus|firewalls?|Defender|SmartScreen)|(?:Microsoft |Windows )?Defender(?: for \w+)?|SmartScreen|(?:CrowdStrike )?Falcon|SentinelOne|Cortex XDR|Carbon Black|(?:our|your) (?:[\w-]+ ){0,2}?(?:products?|solutions?|platform|sensors?|software|services?|gateway|customers)|EDR|Antivirus(?: software)?)(?: (?:rules?|engine|module|policy|software|solutions?|products?))? (?:also |automatically |now |already |reliably |already )?(?:blocks?|detects?|prevents?|stops?|flags?|catch(?:es)?|identif(?:y|ies)|protects?|recogni[sz]es?|quarantines?|alerts?|(?:is|are) protected)\b(?! (?:the|this|these|that|those|it|them|its|their|was|were|are|is|has|have|had)\b)/i,
    unless: thisReports,
    examples: [
      "Our EDR blocks «credential dumping» with Mimikatz.",
      "Microsoft Defender blocks «credential dumping from LSASS».",
      "The firewall stops «port scans».",
      "Our platform detects «process injection».",
      "Our sensors flag «DCSync» from hosts that are no domain controllers.",
    ],
    deeds: [
      "The EDR blocks Mimikatz, so they «dump LSASS» with comsvcs.dll.",
      "The agent detects «sandboxes» and ends.",
      "Our product blocks the «HTA» stage.",
      "The firewall blocks were «removed with netsh».",
      "Defender was «disabled».",
    ],
  },
  {
    reason: "what is taught or sold",
    where: "sentence",
    pattern:
      /^\W*(?:(?:in|on|at|with|for)\b[^,.;]{1,40}, )?(?:the|this|our|a|an|its|their|each|every) (?:[\w’'-]+ ){0,3}?(?:(?:courses?|class(?:es)?|trainings?|workshops?|webinars?|lectures?|seminars?|curriculum|exams?|textbooks?|book|chapter|certification)(?: (?:on|about|of|in|for) [^,.;]{1,40}?)? (?:also |then )?(?:teach(?:es)?|covers?|shows?|explains?|demonstrates?|deals? with|looks? at|introduces?|treats?|is about|are about)|(?:company|firm|start-?up|vendor|manufacturer|maker|distributor|shop)(?:, [^,]{1,60},)?(?: (?:was|has been) (?:founded|started|established|set up)\b[^.;,]{1,60}?(?:,)? and)? (?:also |now |mainly )?(?:sells|offers|markets|makes|produces|develops and sells|distributes|advertises))\b/i,
    unless: thisReports,
    examples: [
      "The course teaches how to find «injected code» in memory.",
      "The workshop covers «Kerberoasting» and pass the hash.",
      "The training shows how attackers «dump LSASS».",
      "The company was founded in 2009 and sells «keyloggers» to parents.",
      "The vendor offers a tool that «bypasses the lock screen» of phones.",
    ],
    deeds: [
      "The company was hit by ransomware that «encrypted its files».",
      "The group sells access and «steals data with rclone».",
      "The training platform was «defaced».",
      "The firm makes clothes, and the intruders «stole its data».",
    ],
  },
  {
    reason: "what a program is for",
    where: "sentence",
    pattern:
      /^\W*(?:(?:tools|programs) (?:such as|like) )?(?:Mimikatz|PsExec|certutil|rundll32|regsvr32|mshta|BloodHound|SharpHound|AdFind|Rclone|Nmap|PowerShell|WMI|Impacket|ProcDump|Cobalt Strike|Metasploit|Kerberoasting|RDP|AnyDesk|TeamViewer|ngrok|Chisel|curl|BITSAdmin|WinRM|SSH)(?:\.exe)?(?:, [^,]{1,60},)? (?:can|may) (?:also )?be (?:used|abused|misused) (?:to|for)\b/i,
    examples: ["Mimikatz can be used to «dump credentials»."],
    deeds: ["Its second module can be used to «dump LSASS memory».", "Mimikatz was used to «dump credentials»."],
  },
  {
    reason: "what is feared",
    where: "sentence",
    pattern:
      /^\W*(?:(?:(?:in|over|during|for) the (?:coming|next|following|near) (?:\w+ ){0,2}?\w+|(?:in |for |during )?(?:the )?(?:next|coming) (?:\w+ )?(?:weeks?|months?|quarters?|years?)|(?:in|for|during) (?:early |late |the rest of )?20\d\d|in (?:the )?future|looking ahead|going forward|for now|therefore|however),? )?(?:we (?:also |therefore |further |still )?(?:expect|anticipate|predict|fear|foresee)|[A-Z]\w+ (?:expects|anticipates|predicts|fears)) (?:that |more |attackers|others|an?\b|further|them|it\b|the\b|[\w-]+ (?:[\w-]+ ){0,2}to (?:become|grow|increase|rise|spread|remain|continue|be)\b)|^\W*(?:an? (?:(?:un|pre-)?authenticated |(?:remote|local|malicious|adjacent|network-adjacent|nearby|(?:low-|un)?privileged|skilled|determined|motivated|typical),? ){0,3}(?:attacker|intruder|adversary|insider|criminal|user|hacker|threat actor)|attackers|intruders|adversaries|insiders|spyware|malware|ransomware|disgruntled staff)(?: (?:who|that|with|in|on) [^,]{1,40})? (?:can|may|might|could|would)(?: (?:also|then|even|still))? (?!have\b)|^\W*(?:can|could|do|does|did|is|are|was|were|has|have|who|what|why|how|would|should|will)\b[^.:]{1,200}\?\W*$/i,
    examples: [
      "We expect attackers to increase their «use of voice calls» to service desks.",
      "Halden expects an «iOS lure».",
      "Next quarter we expect attackers to abuse «device codes» and browser extensions.",
      "In the next months, we anticipate more attacks with «device codes».",
      "In 2027 we expect «deepfake calls» to become common.",
      "An intruder with such rights may create «golden tickets».",
      "Attackers who hold a domain can also «reset passwords».",
      "An unauthenticated attacker can «run arbitrary commands» as root by sending a crafted request.",
      "A remote, unauthenticated attacker may «read files» on the server.",
      "Can employees «open shortcuts» out of archives?",
    ],
    deeds: ["The intruder may have «created golden tickets».", "What followed was a «password spray»."],
  },
  {
    reason: "an attempt that was stopped",
    where: "sentence",
    pattern:
      /^[^,;]{0,60}\b(?:blocked|stopped|prevented|foiled|thwarted|rejected|refused|intercepted) (?:(?:the|this|an|any|each|every|their|all|both|several|further|his|its|a|one|two|\d+) )(?:\w+ ){0,2}?attempts?\b|\b(?:quarantined|blocked|removed|deleted|stopped|caught) [^,;]{0,60}\bbefore (?:it|they|any of (?:it|them)|anything|either) (?:was|were|could|ran|had)\b/i,
    unless:
      /[,;] (?:so|but|and|whereupon|after which) (?:the (?:attackers?|intruders?|actors?|group|operators?)|they|he|it)\b/i,
    examples: [
      "EDR blocked the attempt to «dump LSASS».",
      "The antivirus quarantined a «web shell» before it was used.",
    ],
    deeds: [
      "The EDR blocked the attempt, so they «dumped LSASS» through comsvcs.dll.",
      "The malware blocked access to «security sites» for all users.",
      "They deleted «shadow copies» before files were encrypted.",
    ],
  },
  {
    reason: "what was never made use of",
    where: "sentence",
    pattern:
      /\bdo(?:es)? (?:not|n['’]t) (?:\w+ly |yet )?implement (?:it|them|this|these|any)\b|[,;:–—] ?(?:but )?(?:this|that|which) (?:(?:has|was|is) ?(?:not|n['’]t|never) (?:yet )?(?:(?:been )?(?:observed|seen)(?: (?:here|by us|with|in this)\b(?! any(?:one|body) else)|\W*$)|the case(?: here)?\W*$))|^\W*(?:despite|although|though|in spite)\b[^;]{0,120}\b(?:is|are|was|were) (?:not |un)(?:related|connected|linked) (?:to|with)\b[^,;]*$/i,
    examples: [
      "A menu entry for «recording the webcam» exists in the control panel, but the client does not implement it.",
      "Affiliates of other programs «steal data from cloud storage»; this hasn't been observed with Redlatch.",
      "Despite the similar name of its «mutex», CrateRAT is not related to AsyncRAT.",
      "APT29 «forged SAML tokens» in 2020, which is not the case here.",
    ],
    deeds: [
      "The «scheduled task» had not been seen by the antivirus.",
      "They used «DNS tunnelling», which has not been seen with anybody else.",
      "The payload is «loaded from the registry», which was not the case in earlier versions.",
    ],
  },
  {
    reason: "negation",
    where: "sentence",
    pattern:
      /^\W*(?:(?:so far|here|for once|this time|in none of (?:the|these) \w+),? )?(?:nothing (?:else )?|no (?:[\w-]+ ){1,3}?)(?:was|were|has been|had been|is|are) (?:\w+ly )?(?!(?:longer|needed|required|able)\b)[a-z]+(?:ed|en|wn|nt|t|de)\b(?![^.;]*\b(?:but|except|since|because|before|until|as|instead)\b)[^,;]*$/i,
    examples: ["Nothing was «encrypted» and no demand was received.", "No «keylogger» was found on the server."],
    deeds: [
      "Nothing was noticed, since «event logs were cleared».",
      "No alarm was raised until «files were encrypted».",
      "No longer was «data copied» by hand.",
    ],
  },
  {
    reason: "negation",
    where: "sentence",
    pattern:
      /^\W*(?:[^,;:.]{1,40}, )?(?:(?:there (?:was|were|is|are|has been|have been)|we (?:have |had )?(?:also |again )?(?:saw|seen|found|recorded|handled|had|noticed|observed|know of|identified)) (?:again |still |also |so far )?no|no|not a single) (?:[\w-]+ ){0,2}?(?:cases?|incidents?|instances?|occurrences?|examples?|signs?|evidence|traces?|indications?|proof|reports?) (?:of|that|for)\b(?![^.;]*(?:\b(?:but|except|since|because|before|until|as|instead|although|though|while|after|left|which|so)\b|, ))[^;]*$/i,
    examples: [
      "There was no case of a «supply chain compromise».",
      "In this quarter, we saw no further cases of «browser extensions» that steal sessions.",
      "No instance of «token theft» was recorded.",
      "There is no evidence that «data was exfiltrated».",
    ],
    deeds: [
      "There was no sign of them until they «encrypted the files».",
      "No trace of the intruders was left, as «event logs were cleared».",
      "They left no traces of the «credential dumping» on disk.",
      "There was no evidence of a break-in, but «data had been copied to Mega».",
    ],
  },
  {
    reason: "negation",
    where: "sentence",
    pattern:
      /\bin none of (?:the|these|our) (?:\w+ )?(?:was|were|did|had|has|have)\b|\b(?:was|were|has been|have been) (?:not|never) (?:observed|seen|found|used|deployed) (?:here|in this (?:case|intrusion|campaign|incident)|by us|this time)\b|\bthere is no (?:code|function|routine|module) (?:in it )?(?:that|to|for|which)\b|\b(?:function|routine|module|code|command)\b[^,;]{0,60}\bnever called\b|\b(?:might|would) (?:well )?have (?:followed|come next|been next)\b/i,
    examples: [
      "In none of the cases was anything «encrypted».",
      "The «clearing of event logs» is common with this group, and was not observed here.",
      "There is no code in it that would «encrypt files».",
      "It contains a function for «recording through the microphone» that is never called.",
      "A «coin miner» might have followed.",
    ],
    deeds: ["The «keylogger» was not found until May."],
  },
];
