import type { CampaignType } from "../campaign.ts";

/** Words by which a report gives a name. What comes before them says what is named, what follows is the name. */
export const namings =
  /\b(?:(?:[Cc]ollectively |[Ii]nternally |[Aa]lso |[Jj]ointly |[Ss]elf-)?(?:[Dd]ubbed|[Cc]alled|[Nn]amed|[Cc]ode-?named|[Nn]ick-?named|[Ll]abell?ed|[Dd]esignated|[Cc]hristened|[Ss]tyled)|(?:[Tt]rack|[Ff]ollow|[Mm]onitor|[Kk]now)(?:s|n|ed|ing)?(?: [\p{Ll}][\w-]*){0,4} (?:as|under(?: the name)?)|[Kk]nown(?: [\w-]+)? as|[Rr]efer(?:s|red|ring)?(?: [\w-]+){0,4} to(?: [\w-]+){0,7} as|[Ww]e(?: have|['’]ve|['’]d)? (?:call|name|dub|track|label|designate)(?:e?d)?(?: [\p{Ll}][\w-]*){0,3}|(?:that|which|whom)(?: [\w-]+){1,6} (?:calls?|dubs?|names?)|(?:[Cc]alls?|[Cc]alled|[Nn]ames?|[Dd]ubs?) (?:the|this) (?:whole )?(?:affair|case|campaign|operation|attacks?|activity|episode|series|wave))\s+(?:as |the )?/gu;

/** A name that follows such words: in quotation marks, or in capitals. */
export const givenName =
  /^(?:["“”‘’'«*_]{1,2}(?<quoted>[^"“”‘’'«»*_\n]{2,60})["“”‘’'»*_]|(?<capitals>(?:Operation )?\p{Lu}[\p{L}\p{N}]*(?:[- ]?(?:\p{Lu}|\p{N})[\p{L}\p{N}]*){0,3}))/u;

/** Before “group”: it has accounts, machines or subscribers for members, and is no gang. */
export const groupsOfThings =
  "policy|security|user|users|local|domain|admin|administrators?|resource|distribution|mail|device|sensor|host|management|access|permission|chat|AD|Telegram|WhatsApp|Signal|Facebook";

/** Nouns that say what a name stands for; the nearest one before the naming words decides. */
export const namedThings: readonly { readonly pattern: RegExp; readonly type: CampaignType | undefined }[] = [
  {
    pattern:
      /\b(?:campaigns?|operations?|attacks?|intrusions?|offensives?|waves?|break-ins?|compromises|breaches|hacks)\b/giu,
    type: "campaign",
  },
  {
    pattern: new RegExp(
      `\\b(?:(?<!\\b(?:${groupsOfThings}) )groups?|actors?|gangs?|crews?|teams?|adversar(?:y|ies)|intruders?|attackers?|operators?|hackers?|collectives?|syndicates?|affiliates?|APTs?|intrusion sets?|mercenar(?:y|ies)|cartels?|bands?|sets? of activity|ransomware (?:services?|operations?|brands?)|hackers? for hire)\\b`,
      "giu",
    ),
    type: "group",
  },
  { pattern: /\b(?:clusters?|activit(?:y|ies))\b/giu, type: "cluster" },
  {
    pattern: new RegExp(
      `\\b(?:vulnerabilit(?:y|ies)|flaws?|bugs?|exploits?|chains?|malware|programs?|software|backdoors?|trojans?|ransomware|implants?|loaders?|droppers?|tools?|toolkits?|frameworks?|scripts?|files?|librar(?:y|ies)|techniques?|variants?|versions?|famil(?:y|ies)|rootkits?|botnets?|web ?shells?|payloads?|stealers?|worms?|wipers?|services?|process(?:es)?|tasks?|accounts?|objects?|polic(?:y|ies)|GPOs?|shares?|keys?|values?|mutex(?:es)?|jobs?|folders?|rules?|roles?|apps?|applications?|images?|containers?|profiles?|functions?|compan(?:y|ies)|products?|modules?|plugins?|domains?|servers?|users?|(?:${groupsOfThings}) groups?)\\b`,
      "giu",
    ),
    type: undefined,
  },
];

/** How trackers number clusters of activity that have no name yet. */
export const numberedClusters =
  /(?<![\p{L}\p{N}-])(?:UNC\d{3,5}|DEV-\d{4}|Storm-\d{4}|TAG-\d{2,4}|UAC-\d{4}|UTA\d{4}|TA[1-9]\d{2,3}|CL-(?:STA|CRI|UNK)-\d{4}|Unit \d{4,6}|REF\d{4}|TGR-(?:STA|CRI|UNK)-\d{4})(?![\p{L}\p{N}]|\.\d)/gu;

/** Operations bear their kind in their name: “Operation Silent Harbor”. */
export const operationNames =
  /(?<![\p{L}\p{N}-])Operation (?<short>\p{Lu}[\p{L}\p{N}’'-]{2,30}(?: \p{Lu}[\p{L}\p{N}’'-]{2,30}){0,2})/gu;

/** Clusters that the report tells apart by letters or numbers: “Cluster A”, “Activity Cluster 2”. */
export const letteredClusters =
  /(?<![\p{L}\p{N}-])(?:Activity |Threat |Intrusion )?Cluster (?:[A-Z]|[1-9]\d?|Alpha|Beta|Bravo|Gamma|Charlie|Delta)(?![\p{L}\p{N}-])/gu;

/** Such a name and nothing else: it says who is meant only within its report. */
export const letteredName = new RegExp(`^${letteredClusters.source}$`, "u");

const word = "\\p{Lu}[\\p{L}\\p{N}]{0,40}(?:-[\\p{Lu}\\p{N}][\\p{L}\\p{N}]{0,40}){0,3}";
const properName = `(?<name>${word}(?: (?:(?:o|y|e|de|del|da|do|dos) )?${word}){0,2})`;
const people =
  "(?<thing>(?:threat |hacking |intrusion |cyber ?crime |extortion |ransomware )?(?:groups?|actors?|gangs?|crews?|clusters?|collectives?|syndicates?|cartels?|adversary|mercenary|hackers? for hire|intrusion sets?)|ransomware (?:services?|operations?|brands?))";

/** Words that belong to the noun behind them: none that begins another phrase. */
const adjectives = "(?:(?!(?:to|of|for|that|which|who|in|on|by|with|from|used) )[\\p{L}-]+ ){0,4}?";

/** Names that the words around them make an actor's: “Night Heron, a ransomware gang”, “the Night Heron crew”. */
export const apposed: readonly RegExp[] = [
  // The capital is asked for first: most places have none, and what stands before is not looked at there.
  new RegExp(
    `(?=\\p{Lu})(?<![\\p{L}\\p{N}-])(?<!(?:[Aa]ccording to|[Tt]hanks to|(?:researchers|analysts|experts) (?:at|from|of)|said) ["“*_]{0,2})(?<!\\p{Lu}[\\p{L}\\p{N}-]{1,30} )${properName}(?: \\([^()]{0,90}\\))?, (?:an?|another|one of the) ${adjectives}${people}(?![\\p{L}-])`,
    "gu",
  ),
  new RegExp(
    `\\b[Tt]he ${properName} (?<thing>(?:ransomware |hacking |extortion )(?:gang|crew|group|cartel|operation)|gang|crew|cartel)(?![\\p{L}-])`,
    "gu",
  ),
  // “We have followed Night Heron since 2021”: a publisher follows intruders, for a while.
  new RegExp(
    `\\b(?:[Ww]e|[Oo]ur (?:team|researchers|analysts))(?: have| has|['’]ve) (?:been )?(?<thing>followed|tracked|following|tracking) ["“*_]{0,2}${properName}["”*_]{0,2} (?:since|for) `,
    "gu",
  ),
  // “Night Heron is a Brazilian threat actor”: words that only intruders are called by.
  new RegExp(
    `(?=\\p{Lu})(?<![\\p{L}\\p{N}-])${properName}(?: \\([^()]{0,90}\\))? (?:is|was|are) (?:an?|the|another|one of the) ${adjectives}(?<thing>(?:threat|hacking|ransomware|extortion|espionage|cyber-?crime|cyber-?espionage|hacktivist) (?:actors?|groups?|gangs?|crews?|operations?)|[Rr]ansomware[- ]as[- ]a[- ][Ss]ervice|RaaS|APT groups?|gangs?|crews?|adversary)(?![\\p{L}-])`,
    "gu",
  ),
];

/** Headers of table columns whose cells are actors, and their other names. */
export const actorColumns =
  /^(?:(?:threat |named )?(?:actors?|groups?|clusters?|adversar(?:y|ies)|intrusion sets?|sets? of activity)|our (?:names?|label|designation)(?: for (?:it|them))?|what we call (?:it|them))$/iu;
export const aliasColumns = /^(?:also known as|a\.?k\.?a\.?|alias(?:es)?|other names?|known as|tracked as)$/iu;

/** Headers of a column that says who is meant where another one holds “our name”. */
export const partyColumns = /^(?:who|part(?:y|ies)|role|side|actor)$/iu;

/** Headers of a column that says who did what stands beside it. */
export const doerColumns =
  /^(?:who|by(?: whom)?|(?:done|used|run|performed) by|(?:threat |named )?(?:actors?|groups?|clusters?|gangs?|crews?|adversar(?:y|ies)|intrusion sets?)|affiliates?|part(?:y|ies))$/iu;

/** What a cell of such a column says where it means everybody of whom the column speaks, and where it means nobody in particular. */
export const everybody =
  /^(?:all|all of them|everybody|everyone|each|both|all (?:two|three|four|five|\d))(?: of them| [\p{L}-]+s)?$/iu;
export const anybody =
  /^(?:[-–—?.\s]*|n\/a|none|nobody|(?:the |an? |this |unknown |unidentified |threat |remote )*(?:actors?|attackers?|intruders?|adversar(?:y|ies)|groups?|gangs?|crews?|operators?|hackers?|criminals?|they|same|unknown|unclear|unidentified|various|several|others?|tbd))$/iu;

/** Words, lower case, that such a column says of parties and that are no names. */
export const partyWords: ReadonlySet<string> = new Set(
  "broker brokers affiliate affiliates insider insiders developer developers facilitator contractor reseller victim victims staff helpdesk responders responder defender soc csirt cert police vendor supplier provider employee employees admins users somebody someone nobody everybody everyone both all each none unknown unclear various several others same they them".split(
    " ",
  ),
);

/** A name in small letters, as people call themselves. */
export const handleName = /^(?=.*\p{L})[\p{Ll}\d][\p{L}\d_.-]{2,30}$/u;

/** Headings that number the parties of which the report tells: “Affiliate 2: copperline”. */
export const partyHeadings =
  /^(?:\d{1,2}(?:\.\d{1,2})?[.)]? )?(?:(?:threat|ransomware|initial|access) )*(?:affiliate|actor|crew|gang|broker|intruder|hacker|adversary|attacker|party|seller)(?: (?:no\. ?|#)?(?:\d{1,2}|[a-z]|one|two|three|four|five|six))?(?::| [–—-]) ["“‘*_]*(?:the )?(?<name>[\p{Ll}\d][\p{L}\d_.-]{2,30})["”’*_]*(?=$| \(| [–—-] |[,:] )/iu;

/** First cells of the rows in which a table of one actor has its name. */
export const nameRows = /^(?:(?:[\p{L}-]+ )?name|actor|group|threat actor|primary name|designation|label)$/iu;

/** Between two names of one actor: “X, which others call Y”, “X and that others know as Y”, “X (also known as Y”, “X (Y”. */
export const sameAs =
  /^["”»’'*_]*(?: \(|(?:,? \(?(?:also|aka|a\.k\.a\.|formerly|alias)|,? (?:and )?(?:that|which|whom)|,? (?:is|are|was|were) (?:also |otherwise |better |variously |publicly |elsewhere )?(?:called|known as|tracked as|followed as|reported as|referred to as|dubbed|named|nicknamed|listed as)|,? \(?(?:an?|the|one of) [^.;()]{1,60}? (?:that|which|whom|also|better|otherwise|formerly))\b(?:[^.;()]{0,60} (?:as|calls?|dubs?|names?|under)| \w+ as)?|,? aka| \((?:(?:forum|online|their|his|her|its) )?(?:handle|alias|nick(?:name)?|moniker|persona|user ?name):?|,? \(?other vendors:|,? under the (?:name|label|alias)(?: of)?|,? and (?:to|for|with) (?:our|other|some|the) [^.;()]{1,60}|,? and (?:(?:are|have|now|since|then) )*(?:nam|call|track|nam|follow)(?:ing|e|ed|k|l|s)* (?:it|them)(?: as)?) ?["“*_]*$/iu;

/** Before a name: a part of what its bearer is gets a name behind it, “a subgroup of X, which we track as Y”. */
export const partBefore =
  /(?<![\p{L}-])(?:sub-?(?:groups?|sets?|clusters?|teams?|units?)|units?|divisions?|arms?|branch(?:es)?|factions?|wings?|splinters?|off-?shoots?|affiliates?|members?|parts?|successors?) (?:of|within|inside|under|from|to) (?:the )?["“*_]*$/iu;

/** Other names in brackets behind a name: “X (other vendors: Y, Z)”, “X (also known as Y)”. */
export const bracketedNames =
  /^["”»’'*_]*,? \((?:(?:also |other vendors|formerly|aka|a\.k\.a\.|tracked|known|by others|[\p{Lu}][\p{L}]+)[^():,]{0,40}?(?:: ?| as | by )|aka )(?<names>[^()]{2,120})\)/iu;

/** Before a name: the report has just told of its bearer under another one, “Microsoft follows the same actors as Y”, “others call them Y”. */
export const sameAsBefore =
  /\b(?:(?:it|they|the (?:group|gang|crew|actors?|cluster|adversary)) (?:is|are|was|were) (?:also|otherwise|publicly|elsewhere|better|sometimes) (?:known|tracked|called|followed|reported|listed|named|dubbed|referred to)(?: by (?!(?:us|the name)\b)[^,.;()]{2,40})?(?: as| under(?: the (?:names?|labels?))?)?|the same (?:actors?|groups?|crews?|clusters?|activity|people) (?:(?:appears?|go(?:es)?|runs?|figures?|is|are|was|were)(?: [\p{L}-]+){0,2} )?(?:as|under)(?: the (?:name|label|designation|number|alias)(?: of)?)?|the same (?:actors?|groups?|crews?|clusters?|activity|people) (?:that|which|whom) (?:[\p{L}\d&.’'-]+ ){1,4}(?:calls?|names?|dubs?|labels?|(?:tracks?|knows?|follows?|refers? to)(?: it| them)? (?:as|under))|(?<!\b(?:we|to) )(?:refer(?:s|red)? to|calls?|called|track(?:s|ed)?|knows?|knew|follow(?:s|ed)?|has|have|had|names?|named|dubs?|dubbed|list(?:s|ed)?|record(?:s|ed)?|report(?:s|ed)?|catalogues?|files?|filed|number(?:s|ed)?|describ(?:es?|ed)|document(?:s|ed)?) (?:it|them|him|(?:the|this|these) (?:same )?(?:group|actors?|cluster|gang|crew|brand|operation|team|adversary|activity|intrusions?|attacks?|campaign)(?: (?:behind|responsible for) (?:[\p{L}-]+ ){0,4}[\p{L}-]+)?) (?:as|under|by the name of)|(?<!\b(?:we|to) )(?:calls?|names?|dubs?) (?:it|them)|(?<!\b(?:we|to) )(?:uses?|prefers?|gives? it) the names?|(?:previously|formerly|earlier|originally|initially|at first|first|once|used to|until (?:now|recently|then)) (?:call(?:ed)?|name[ds]?|(?:track(?:ed)?|follow(?:ed)?|refer(?:red)? to|list(?:ed)?|report(?:ed)?)(?= (?:it|them|him) as)) (?:it|them|him)(?: as)?|(?:merg(?:es?|ed|ing)|fold(?:s|ed|ing)|graduat(?:es?|ed|ing)|renam(?:es?|ed|ing))(?: (?:it|them|(?:the|this) [\p{L}-]+))? (?:into|to|as)) ?["“*_]*$/iu;

/** The same at the head of a paragraph, before a name. */
export const takesUpActor = new RegExp(
  "(?:^|[ ,;])(?:" +
    "(?:previously|formerly|earlier|originally) (?:counted|tracked|known|reported|followed|listed|described|filed|published)" +
    "|(?:the same (?:actors?|groups?|crews?|clusters?|people)|they|it|the (?:group|gang|crew|actors?|cluster)) (?:appears?|go(?:es)?|runs?|figures?|is|are|was|were)(?: [\\p{L}-]+){0,2}" +
    ') (?:as|under)(?: the (?:name|label|alias)s?(?: of)?)? ?["“*_]*$',
  "iu",
);

/** Between two of the names that one sentence gives to one actor: “Y and Z”, “Y and as Z”, “Y by Ostler and Z”, “Y (Ostler), Z”, “Y, and Ostler calls it Z”. */
export const andAlso =
  /^["”’*_]*(?:, \p{Lu}[\p{L}\d-]{1,25}(?: \p{Lu}[\p{L}\d-]{1,25})?){0,2}(?: by (?:the )?[^,.;:()]{2,40}| \([^()]{2,40}\))?(?:,? (?:or|and)(?: (?:as|under))?|,|\/)(?: (?:\p{Lu}[\p{L}\d&-]* ){1,3}(?:(?:calls?|names?|dubs?|labels?)(?: it| them)?|(?:tracks?|knows?|follows?)(?: it| them)? (?:as|under)))? ?["“*_]*$/u;

/** Between two names that the report gives in one breath: “as Y, as Z”, “as Y or Z”. */
export const orAs = /^["”’*_]*(?:, as|,? or(?: as)?) ["“*_]*$/u;

/** Before a name: others than the author give it to what they see. */
export const othersName =
  /(?<![\p{L}-])(?:that|which|whom|what) (?:(?:our|some) (?:friends|colleagues|peers|partners|competitors)|others?|(?:other )?(?:vendors|researchers|analysts)|(?!we |our )(?:[\p{L}-]+ ){0,3}\p{Lu}[\p{L}\d-]*)(?: [\p{L}&-]+){0,4} (?:tracks?|calls?|names?|follows?|knows?|refers? to|labels?|dubs?)(?: [\p{L}]+){0,3}(?: as| under)? ["“‘*_]*$/u;

/** Before a name: the report says that it is its own for what it tells of, “a cluster that we designate X”, or that it follows its bearer under it. */
export const ownNaming =
  /(?<![\p{L}-])we(?: have|['’]ve)? (?:call|named?|dub|track|label|designate|follow|know)(?:e?d)?(?: (?:it|them|this|these|the|this) ?(?:[\p{Ll}-]+){0,1})?(?: as| under the name)? ["“‘*_]*$/iu;

/** Capitalised words that are nobody's name. */
export const noNames =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|This|That|These|Those|It|They|In|On|At|By|And|But|As|We|Our|Further|However|Moreover|Also|Then|Once|Next|Later|Meanwhile|Instead|Overall|Thus|Hence|Besides|Again|Afterwards?|First|Second|Third|Here|There|\p{Lu}\p{Ll}+ly)$/u;

/** Codes that a publisher numbers its clusters with: “CL-0071” in a heading. */
export const clusterCodes =
  /(?<![\p{L}\p{N}-])(?!CVE-|CWE-|ISO-|RFC-|SHA-|AES-|RSA-|UTF-|TLS-|MS-|KB-|INC-|PR-)[A-Z]{2,6}-\d{2,5}(?![\p{L}\p{N}-])/gu;

/** Words that name anything at all: what is named stands right before them. */
export const weakNamings = /^(?:so-)?(?:named|called|labell?ed|designated)\b/iu;

/** Words behind a name that say what it is, and are no part of it. */
export const kindBehindName = / (?:RaaS|Ransomware|Malware|Gang)$/u;
