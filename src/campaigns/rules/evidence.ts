import type { CampaignType } from "../campaign.ts";
import { groupsOfThings } from "./introductions.ts";

/**
 * What the words around a capitalised name say of its bearer. No row makes anybody an actor on its own unless it says so
 * outright; what a whole report says is weighed (see `coined-names.ts`), so that a name needs no wording that was foreseen.
 */
export interface EvidenceRow {
  /** Rows of one kind say the same thing in several ways, and count as one. */
  readonly kind: string;
  /** Above 0 for somebody who acts, below 0 for what is run, whoever publishes, and those who were attacked. */
  readonly weight: number;
  /** Matched against the name itself. */
  readonly name?: RegExp;
  /** Matched against what stands right before the name in its sentence, up to some hundred characters. */
  readonly before?: RegExp;
  /** What the last word before the name must be for `before` to be worth a look; articles and quotation marks are skipped. */
  readonly last?: RegExp;
  /** Matched against what stands right behind it. */
  readonly behind?: RegExp;
  /** Matched against the next sentence of the block. */
  readonly next?: RegExp;
  readonly type?: CampaignType;
  /** Whoever is named so is introduced. */
  readonly introduces?: true;
  /** Only in headings. */
  readonly heading?: true;
  /** The name stands between angle brackets. */
  readonly example: string;
}

/** Nouns that only intruders are called by, and those that others may be called by as well. */
const intruders =
  "(?:threat[ -](?:actor|group|operator|cluster)|(?:APT|activity|threat|hacking|espionage|cyber-?espionage|ransomware|extortion|cyber-?crime|hacktivist|intrusion|phishing|data[ -]theft) (?:group|gang|crew|team|actor|cluster|outfit|collective|cartel|operation|operator|affiliate|syndicate|persona|service|brand|player|subgroup)|intrusion set|activity cluster|actor|gang|crew|cartel|adversary|adversarie|intruder|attacker|hacker|affiliate|syndicate|mercenary|mercenarie|extortionist|criminal|hacktivist|burglar|spy|spie|thief|thieve|culprit|perpetrator|(?:initial )?access broker|broker|fraudster|scammer|splinter|offshoot)s?";
const people = `(?:${intruders}|(?:(?<!(?:${groupsOfThings}) )group|team|brand|outfit|collective|cluster|band|unit|operator|ring|squad|brigade|set of activity|persona|alliance|channel|set)s?)`;
const events =
  "(?:campaigns?|operations?|intrusions?|attacks?|breach(?:es)?|activity|activities|incidents?|offensives?|waves?|victims?|infrastructure|tradecraft|TTPs|tactics|tooling|toolset|arsenal|playbook|lures?|leak[ -]sites?|negotiators?|members?|franchise|targeting|targets)";
const malware =
  "(?:malware|ransomware|trojan|RAT|backdoor|loader|downloader|dropper|stealer|infostealer|implant|worm|wiper|botnet|bot|rootkit|bootkit|miner|crypter|packer|keylogger|spyware|beacon|agent|exploit|exploit kit|framework|toolkit|module|library|binary|executable|payload|sample|variant|strain|family|version|build|builder|encryptor|locker|shellcode|web ?shell|shell|stager|driver|DLL)s?";
const things =
  "(?:malware|ransomware|trojan|RAT|backdoor|loader|downloader|dropper|stealer|infostealer|implant|worm|wiper|botnet|bot|rootkit|bootkit|miner|crypter|packer|keylogger|spyware|beacon|agent|exploit|exploit kit|framework|toolkit|tool|utility|program|script|module|plug-?in|library|component|binary|executable|payload|sample|variant|strain|family|version|build|builder|encryptor|locker|shellcode|web ?shell|shell|stager|driver|service|server|client|protocol|package|software|application|app|product|platform|system|appliance|device|router|firewall|database|portal|website|site|forum|marketplace|market|vulnerability|flaw|bug|company|firm|vendor|bank|ministry|agency|provider|manufacturer|university|hospital|extension|browser|language|compiler|algorithm|cipher|technique|format|file|archive|document|macro|DLL|API|key|mutex|task|function|method|command|password|account|user|group policy|template|method)s?";

const helping =
  "(?:,? (?:has|have|had|was|were|is|are|be|been|then|later|first|also|even|again|often|to|since|never|now|further|itself|themselves|still|just|once|too|did|does|do|not|began|begun|started|continued|tried|managed|able|seems?|seemed|appears?|appeared|would|will|could|can|may|might|\\p{L}+ly|in|on|by|\\d{4}|\\p{Lu}\\p{Ll}+ \\d{1,2}|n['’]t))*";
const aside = "(?:,[^,;.]{0,70},| \\([^()]{0,70}\\))?";

const verb = (verbs: string): RegExp => new RegExp(`^${aside}${helping} (?:${verbs})(?![\\p{L}-])`, "u");

/** Between a noun and the name that it stands before: words that give names, quotation marks. */
const naming =
  '(?:,? (?:(?:also|formerly|that|which|whom|who|is|are|was|were|we|he|she|it|they|be|been|publicly|internally|commonly|widely) )*(?:call(?:s|ed|ing)?|nam(?:es?|ed|ing)|dub(?:s|bed)?|known as|track(?:s|ed)?(?: as)?|label(?:s|led|ed)?|referred to as|styled|designated|christened|nicknamed|titled|by the name of)(?: (?:it|them|him|her|itself|themselves))?)? ["“‘*_]*';

const namingEnd =
  "as|of|call(?:s|ed|ing)?|nam(?:es?|ed|ing)|dub(?:s|bed)?|track(?:s|ed)?|label(?:s|led|ed)?|styled|designated|christened|nicknamed|titled|it|them|him|her|itself|themselves";
const peopleEnd = new RegExp(
  `^(?:${namingEnd}|(?:[\\p{L}\\d-]*-)?(?:actor|group|operator|cluster|gang|crew|team|outfit|collective|cartel|operation|affiliate|syndicate|persona|service|brand|player|subgroup|set|adversary|adversarie|intruder|attacker|hacker|mercenary|mercenarie|extortionist|criminal|hacktivist|burglar|spy|spie|thief|thieve|culprit|perpetrator|broker|fraudster|scammer|splinter|offshoot|band|unit|ring|squad|brigade|activity|alliance|channel)s?)$`,
  "iu",
);
/** “The notorious …”: without it a noun in front of a name may be the end of something else. */
const determiner =
  "(?:the|an?|this|that|another|our|one|first|second|third|new|two|three|both|by|and) (?:[\\p{L}\\d'’-]+ ){0,4}?";
/** Words in front of a noun, as long as they belong to it. */
const filler =
  "(?: (?!(?:in|of|on|that|which|who|whose|with|for|from|by|and|to|at|as|used|known|called)(?![\\p{L}-]))[\\p{L}\\d'’.#+-]+)";
/** “A ransomware gang” is no ransomware. */
const notPeople =
  "(?! (?:gang|crew|group|operat|affiliate|actor|service|brand|program|cartel|collective|team|broker|developer|author))";
/** Between a name and what it is said to be: “X is a”, “X, a”, “X (a”. */
const being = (articles: string, counts = "|two|three"): string =>
  `^["”’*_]*(?: \\([^()]{0,80}\\))?(?:(?:,| [–—-]{1,2}|:| \\() ?(?:an?|another|one of the|our${counts})|,? (?:is|was|are|were|remains?|became)(?: \\p{L}+ly)?(?:,? (?:by|in|on|to) our [\\p{Ll} ]{3,30},?)? (?:${articles}))`;

/** The first words of a section that is about something that is run. */
export const thingBelow = new RegExp(
  // “The gang encrypts files” is about the gang.
  `^(?:The|This|A|An|Our|It is an?|Written in [^,]{1,20}, the) (?:(?!(?:gang|crew|group|actor|operator|cluster|team|collective|cartel|affiliate|attacker|intruder|adversary|hacker)s?(?![\\p{L}-]))[\\p{L}\\d.+#-]+ ){0,3}?${things}(?![\\p{L}-])${notPeople}`,
  "u",
);

/** Headings, in lower case and without their number, under which each item or row has the name of a thing at its head. */
export const thingLists =
  /^(?:(?:the|its|their|known|recovered|custom|own) )?(?:[\p{L}-]+ )?(?:plug-?ins?|modules?|components?|commands?|functions|tool ?set|tool ?kit|tooling|tools|malware|malware families|implants?|backdoors?|payloads?|arsenal|binaries|files|samples|software)(?: (?:and|&|\/) [\p{L}-]+)?(?: (?:used|seen|we found|of|in|at a glance)(?![\p{L}-]).*)?$/u;

/** The words that give the name say what bears it. */
export const calledMalware: EvidenceRow = {
  kind: "is a thing",
  weight: -3,
  before: new RegExp(`(?<![\\p{L}-])${malware}${naming}$`, "iu"),
  last: new RegExp(`^(?:${namingEnd}|kit|${malware})$`, "iu"),
  example: "an implant that we call <Velour>",
};

/** Whoever was attacked, or tells of it, under a name that is not theirs. */
export const bystander: EvidenceRow = {
  kind: "is a place or a victim",
  weight: -6,
  before:
    /(?<![\p{L}-])(?:lawyer|solicitor|journalist|reporter|editor|publisher|blogger|podcaster|activist|dissident|exile|refugee|politician|minister|official|officer|diplomat|employee|colleague|clerk|secretary|receptionist|assistant|accountant|bookkeeper|engineer|technician|planner|manager|director|owner|founder|teacher|nurse|doctor|patient|client|customer|student|professor|researcher|worker|friend|neighbou?r|woman|man|girl|boy|person|somebody|someone|victim|target|witness|source|user)s?(?:,? [^.;:]{1,60}?)?,? (?:whom|that|who) (?:(?:we|I|they)(?:['’]ll| will| shall|['’]ve| have)? (?:call|named?|refer to(?: here)? as|called|know as)|(?:is|are|was|were) (?:called|named|known(?: here)? as)|calls (?:her|him)self)(?: here)? ["“‘*_]*$/iu,
  last: /^(?:call|called|name|named|as|herself|himself|here)$/iu,
  example: "a lawyer whom we'll call <Velour>",
};

export const evidence: readonly EvidenceRow[] = [
  // Who it is.
  {
    kind: "is called an intruder",
    weight: 4,
    before: new RegExp(`(?<![\\p{L}-])${determiner}${intruders}${naming}$`, "iu"),
    last: peopleEnd,
    example: "the mails came from the threat actor <Velour>",
  },
  {
    kind: "is called an intruder",
    weight: 4,
    before: new RegExp(`(?<![\\p{L}-])${determiner}${intruders}, ["“‘*_]*$`, "iu"),
    behind: /^["”’*_]*(?: \([^()]{0,60}\))?(?:[,.;:)]|$| (?:which|that|and|who) )/u,
    last: /,$/u,
    introduces: true,
    example: "the access was used by a second actor, <Velour>, to wipe disks",
  },
  {
    kind: "is called an intruder",
    weight: 3,
    before:
      /(?<![\p{L}-])[Tt]he (?:first|second|third|fourth|fifth|sixth|other|last|remaining|final) (?:group|cluster|team|unit|set)(?: of (?:activity|intrusions|the \p{Ll}+))?, ["“‘*_]*$/u,
    behind: /^["”’*_]*(?: \([^()]{0,60}\))?,/u,
    last: /,$/u,
    introduces: true,
    example: "the third group, <Velour>, read the mails",
  },
  {
    kind: "is called people",
    weight: 2,
    before: new RegExp(`(?<![\\p{L}-])${determiner}${people}${naming}$`, "iu"),
    last: peopleEnd,
    example: "a small outfit called <Velour>",
  },
  {
    kind: "is called people",
    weight: 2.5,
    before:
      /(?<![\p{L}-])(?:calls?|called|names?|named|dubs?|dubbed|nicknames?|nicknamed|tracks?|tracked|follows?|knows?|labels?) (?:them|him|her)(?: (?:collectively|jointly|all))?(?: (?:as|under the name(?: of)?))? ["“‘*_]*$/iu,
    last: /^(?:them|him|her|as|under|name|of|collectively|jointly|all)$/iu,
    example: "the firm calls them <Velour>",
  },
  {
    kind: "is called people",
    weight: 2,
    before: new RegExp(`(?<![\\p{L}-])${determiner}(?:cluster|group|team|outfit|unit), ["“‘*_]*$`, "iu"),
    behind: /^["”’*_]*(?: \([^()]{0,60}\))?, (?:which|that|who|and) /u,
    last: /,$/u,
    introduces: true,
    example: "four of the cases belong to one cluster, <Velour> (short V-2), which works for hire",
  },
  {
    kind: "is called an intruder",
    weight: 4,
    behind: new RegExp(`${being("an?|another|the|one of the|our")}${filler}{0,6}? ${intruders}(?![\\p{L}-])`, "u"),
    introduces: true,
    example: "<Velour> is a Portuguese-speaking extortion crew",
  },
  {
    kind: "is called people",
    weight: 2,
    behind: new RegExp(`${being("an?|another|the|one of the")}${filler}{0,6}? ${people}(?![\\p{L}-])`, "u"),
    introduces: true,
    example: "<Velour>, a small outfit that sells access",
  },
  {
    kind: "is called people",
    weight: 2,
    behind:
      /^["”’*_]* (?:is|was|were|are) (?:also |probably )?(?:an?|another|the|one of the) (?:(?:[\p{L}-]+ )?(?:customer|buyer|tenant|subscriber|licensee)s?(?: of (?:theirs|his|hers|the broker)|,? too|,? as well)|(?:[\p{L}-]+ )?(?:sort|kind|set|group|bunch|handful) of people)(?![\p{L}-])/u,
    introduces: true,
    example: "we believe that <Velour> was a customer too",
  },
  {
    kind: "is called an intruder",
    weight: 3,
    behind:
      /^["”’*_]*, the (?:[\p{Ll}-]+ ){0,2}?(?:affiliate|broker|brand|gang|crew|operator|actor|group|intruder|attacker|adversary|hacker|burglar)s?(?![\p{L}-])/u,
    introduces: true,
    example: "<Velour>, the affiliate",
  },
  {
    kind: "is called an intruder",
    weight: 3,
    behind: new RegExp(
      `^["”’*_]*(?:['’]s?)?(?: [\\p{Ll}-]+)? (?:ransomware |extortion |hacking |RaaS |cybercrime |threat |APT )*(?:gang|crew|actors?|affiliates?|hackers?|intruders?|attackers?|cartel|syndicate|adversary|burglars?|criminals?|APT(?: group)?|(?:ransomware|extortion|hacking|APT|threat|RaaS) (?:group|operation|operators?|team|brand))(?![\\p{L}-])`,
      "u",
    ),
    example: "the <Velour> crew",
  },
  {
    kind: "is called people",
    weight: 1.5,
    behind: /^["”’*_]*(?:['’]s?)? (?:operators?|group|collective|cluster|outfit|people)(?![\p{L}-])/u,
    example: "<Velour> operators",
  },
  {
    kind: "is called an intruder",
    weight: 4,
    before:
      /(?<![\p{L}-])(?:(?:Threat |Activity |Intrusion )?Cluster|(?:Threat|Activity|Hacking) Group|Gang|Adversary) ["“‘*_]*$/u,
    last: /^(?:Cluster|Group|Gang|Adversary)$/u,
    introduces: true,
    example: "two clusters share the flaw. Cluster <Velour> had it first",
  },
  {
    kind: "is called an intruder",
    weight: 4,
    before: /^["“*_]*$/u,
    behind: /^["”*_]*[.:]["”*_]*\s*$/u,
    next: new RegExp(
      `^(?:An?|One|Another|Our) (?:(?!of |in |that |which |who )[\\p{L}\\d-]+ ){0,4}?${people}(?![\\p{L}-])`,
      "u",
    ),
    introduces: true,
    example: "<Velour>. A small cluster with an interest in harbours",
  },
  {
    kind: "is called an intruder",
    weight: 4,
    before:
      /(?<![\p{L}-])(?:as|by|to|of|from|our|the|this|and|is|was) (?:[Aa]ctivity |[Tt]hreat |[Ii]ntrusion )?cluster ["“‘*_]*$/u,
    last: /^cluster$/u,
    introduces: true,
    example: "the senders are filed as cluster <Velour>",
  },
  {
    kind: "names itself",
    weight: 4,
    before:
      /\b(?:for|to) (?:whom|which)(?: [\p{L}’'-]+){0,5} (?:uses?|used|gives?|gave|has|have|chose|took) (?:them |it )?the (?:code ?)?(?:name|label|designation|moniker)(?: of)? ["“‘*_]*$/iu,
    last: /^(?:name|label|designation|moniker|of)$/iu,
    introduces: true,
    example: "the thieves, for whom the bank uses the name <Velour>",
  },
  {
    kind: "is followed",
    weight: 4,
    before:
      /(?<![\p{L}-])(?:actors?|intruders?|operators?|people|group|gang|crew|team|party|parties|attackers?|perpetrators?|thie(?:f|ves)|cluster)(?:,| [\p{L}’'-]+){0,4}?,? (?:recorded|tracked|followed|listed|filed|registered|catalogued|known)(?: (?:by|to|with|among) us| here| internally)? (?:as|under)(?: the (?:name|number|label)(?: of)?)?(?: (?:cluster|actor|group))? ["“‘*_]*$/iu,
    last: /^(?:as|under|name|number|label|of|cluster|actor|group)$/iu,
    introduces: true,
    example: "the doing of one actor, recorded by us as <Velour>",
  },
  {
    kind: "is followed",
    weight: 4,
    before: /(?<![\p{L}-])(?:to|for|with) us,? (?:they|he|she|these (?:people|intruders)) (?:are|is|were) ["“‘*_]*$/iu,
    last: /^(?:are|is|were)$/u,
    introduces: true,
    example: "others have a number for them; to us they are <Velour>",
  },
  {
    kind: "is one of others",
    weight: 2,
    before:
      /(?:^|[.;:] )(?:[Tt]he|[Oo]ur|[Tt]heir) (?:first|second|third|other|one|former|latter) (?:is|was|we call|they call|is called|goes by) ["“‘*_]*$/u,
    last: /^(?:is|was|call|called|by)$/u,
    introduces: true,
    example: "The second is <Velour>",
  },
  {
    kind: "is called a campaign",
    weight: 4,
    before:
      /\b(?:name|label|designation)\b[^.;:]{0,90}\b(?:affair|case|campaign|operation|attacks?|incident|intrusions?|episode)s?: ["“‘*_]*$/iu,
    last: /^.*:$/u,
    introduces: true,
    example: "it uses the name that the consultants had given the affair: <Velour>",
  },
  {
    kind: "is followed",
    weight: 4,
    before:
      /(?<![\p{L}-])(?:calls?|called|names?|named|dubs?|dubbed) the (?:first|second|third|fourth|other|last|latter|former|one)(?: (?:of (?:them|these|the [\p{L}]+)|group|crew|gang|actor|cluster|party|intruders?))? ["“‘*_]*$/iu,
    last: /^\p{L}+$/u,
    introduces: true,
    example: "The consultants call the first of them <Velour>",
  },
  {
    kind: "is called otherwise",
    weight: 2,
    behind:
      /^["”*_]* (?:is|are|was|were) (?:also |otherwise |better |variously |publicly |elsewhere )?(?:called|known as|tracked as|followed as|reported as|referred to as|dubbed|named|nicknamed|listed as) ["“*_]*\p{Lu}/u,
    example: "<Velour> is called Glazed Otter by others",
  },
  {
    kind: "is called people",
    weight: 2,
    behind:
      /^["”’*_]*, the (?:[\p{Ll}-]+ ){0,2}?(?:team|people|outfit|collective|cluster|party|hands|spies|thieves|criminals) (?:behind|that|which|who|responsible|of)(?![\p{L}-])/u,
    introduces: true,
    example: "<Velour>, the team behind the leak of 2017",
  },
  {
    kind: "is called a campaign",
    weight: 4,
    behind:
      /^["”’*_]*, the (?:[\p{Ll}-]+ ){0,2}?(?:breach(?:es)?|compromises?|hacks?|break-ins?|intrusions?|attacks?|campaigns?|operations?|wave of [\p{Ll}-]+) (?:of|on|against|into|at|that|which|in)(?![\p{L}-])/u,
    introduces: true,
    example: "<Velour>, the breach of a registry in 2019",
  },
  {
    kind: "is called a campaign",
    weight: 3,
    behind: /^["”*_]* (?:is|was|to be|were) (?:\p{L}+ly )?(?:the )?(?:work|doing|handiwork) of(?![\p{L}-])/u,
    introduces: true,
    example: "we hold that <Velour> is the work of one team",
  },
  {
    kind: "is given a name",
    weight: 2,
    before: /\b(?:code ?)?name\b[^.;:]{0,90}: ["“‘*_]*$/iu,
    last: /^.*:$/u,
    example: "the file bears the name under which the case was kept: <Velour>",
  },
  {
    kind: "has kin",
    weight: 3,
    behind:
      /^["”*_]* (?:is|was|may be|might be|could be|seems to be|appears to be|must be) (?:(?:very |most |quite )?\p{L}+ly )?(?:the|an?) (?:[\p{Ll}-]+ )?(?:continuation|successor|heir|off-?shoot|re-?brand|reincarnation|spin-?off|splinter|remnant|remake) of(?![\p{L}-])/u,
    introduces: true,
    example: "<Velour> is probably the continuation of an older brand",
  },
  {
    kind: "has kin",
    weight: 3,
    behind:
      /^["”*_]* (?:is|was|may be|might be|could be|seems to be|appears to be) (?:(?:very |most |quite )?\p{L}+ly )?(?:the|an?) (?:[\p{Ll}-]+ )?(?:sub-?group|sub-?cluster|faction) of(?![\p{L}-])/u,
    example: "<Velour> is a subgroup of an older one",
  },
  {
    kind: "is a who",
    weight: 3,
    behind: /^["”’*_]*(?: \([^()]{0,60}\))?, who(?:se|m)?(?![\p{L}-])/u,
    example: "<Velour>, whose mails were better",
  },
  {
    kind: "names itself",
    weight: 4,
    before:
      /(?:\b(?:whom|them|themselves|himself|herself)(?: [\p{L}'’-]+){0,3} (?:as|call(?:s|ed)?|dub(?:s|bed)?)|\b(?:call(?:s|ing)?|sty(?:les|ling)|introduc(?:es|ed|ing)|sign(?:s|ed|ing)?) (?:themselves|himself|herself|itself)(?: as)?|\bself-styled) ["“‘*_]*$/iu,
    introduces: true,
    last: /^(?:as|call(?:s|ed)?|dub(?:s|bed)?|themselves|himself|herself|itself|self-styled)$/iu,
    example: "the people call themselves <Velour>",
  },
  {
    kind: "names itself",
    weight: 4,
    before:
      /\b(?:(?:goes|go|going|went|works?|working|posts?|posting) (?:by|under)|under) (?:the )?(?:name|handle|moniker|alias|nickname|banner|pseudonym)(?: of)? ["“‘*_]*$/iu,
    last: /^(?:name|handle|moniker|alias|nickname|banner|pseudonym|of)$/iu,
    example: "they extort under the banner of <Velour>",
  },
  {
    kind: "is called a campaign",
    weight: 2,
    heading: true,
    behind:
      /^ \((?:(?:early|mid|late|from|since|until|till|to|and|in|of|spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d|Q[1-4])[ –—,-]{0,3}){1,8}\)$/iu,
    example: "### <Velour> (February to May)",
  },
  {
    kind: "is called a campaign",
    weight: 3,
    before: new RegExp(
      `(?<![\\p{L}-])${determiner}(?:campaign|operation|offensive|wave of (?:attacks|intrusions|break-ins)|intrusion|series of (?:attacks|intrusions|break-ins))s?${naming}$`,
      "iu",
    ),
    last: new RegExp(`^(?:${namingEnd}|(?:campaign|operation|offensive|attack|intrusion|break-in)s?)$`, "iu"),
    example: "a campaign that we call <Velour>",
  },
  {
    kind: "is given a name",
    weight: 1.5,
    before:
      /\b(?:(?:call|nam|dub|label|styl|christen|nicknam|designat|cod-?nam)(?:e?s|e?d|bed|led|ed)?|(?:known|tracked|referred to|followed|listed|reported|catalogued|documented|filed|recorded)(?: [\p{L}'’-]+){0,4} (?:as|under)(?: the name(?: of)?)?) ["“‘*_]*$/iu,
    last: new RegExp(`^(?:${namingEnd}|under|cod\\p{L}+|\\p{L}*nam\\p{L}+|christen|nicknam)$`, "iu"),
    example: "which others call <Velour>",
  },
  {
    kind: "stands beside a noun",
    weight: 1,
    before:
      /\b(?:an?|another|our|the (?:first|second|third|fourth|other|last|same)) (?:[\p{L}-]+ ){0,3}\p{Ll}{3,}, ["“‘*_]*$/u,
    behind: /^["”’*_]*(?:,|\.|:| \()/u,
    example: "last came a rival, <Velour>, with better tools",
  },
  {
    kind: "is named as trackers name",
    weight: 2,
    name: /^(?:\p{Lu}[\p{L}]+ (?:Typhoon|Blizzard|Sandstorm|Sleet|Tempest|Storm|Flood|Tsunami|Hail|Dust|Rain|Cyclone|Spider|SPIDER|Panda|PANDA|Bear|BEAR|Kitten|KITTEN|Chollima|CHOLLIMA|Jackal|JACKAL|Leopard|LEOPARD|Buffalo|BUFFALO|Wolf|WOLF|Tiger|TIGER|Libra|Ursa|Taurus|Virgo|Pisces|Scorpius|Serpens|Gemini|Draco|Lotus|Heron|Mantis|Dragon)|(?:BRONZE|GOLD|COBALT|IRON|NICKEL|ALUMINUM|ZINC|COPPER) \p{Lu}+|(?:Earth|Water|Void|Fire) \p{Lu}\p{Ll}+|APT-?(?:C-)?\d{1,3}|FIN\d{1,2})$/u,
    example: "<Velour Typhoon>",
  },
  {
    kind: "has the form of a code name",
    weight: 1,
    name: /^(?:\p{Lu}{4,} \p{Lu}{3,}|\p{Lu}\p{Ll}{3,} \p{Lu}\p{Ll}{2,})$/u,
    example: "<Silent Velour>",
  },
  {
    kind: "is followed",
    weight: 4,
    before:
      /\b(?:[Oo]ur|an internal|a working) (?:own |working |internal |code ?|cover )?(?:name|label|designation|moniker|shorthand|number|nickname)(?: for (?:it|them|him|her|the [\p{L}-]+))? (?:is|was) ["“‘*_]*$/u,
    last: /^(?:is|was)$/u,
    introduces: true,
    example: "the authors, for whom our label is <Velour>, had tried",
  },
  {
    kind: "is followed",
    weight: 4,
    before:
      /(?<![\p{L}-])(?:operators?|people|those|actors?|intruders?|attackers?|authors?|owners?|hands|group|party) (?:of|behind|who|that)(?: [^.;]{1,60}?)? (?:is|are|was|were) (?:[\p{L}-]+ ){0,5}?(?:as|under) ["“‘*_]*$/iu,
    last: /^(?:as|under)$/iu,
    introduces: true,
    example: "the operators of that loader are on file with us as <Velour>",
  },
  {
    kind: "is a person",
    weight: -5,
    before: /(?<![\p{L}-])(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Judge)\.? (?:\p{Lu}\p{L}+ )?$/u,
    example: "Mr <Velour> asked for money",
  },
  {
    kind: "is a person",
    weight: -5,
    behind:
      /^,? (?:an?|the|its|their|his|her|our|who is|head|chief|president) (?:[\p{L}’'-]+ ){0,5}?(?:directors?|managers?|head|chief|president|spokes\p{L}+|employees?|officers?|ministers?|engineers?|administrators?|analysts?|researchers?|founders?|CEO|CISO|lawyers?|journalists?|professors?|doctors?|lecturers?)(?![\p{L}-])/u,
    example: "<Velour>, the company’s research director",
  },
  {
    kind: "is followed",
    weight: 4,
    before: new RegExp(
      `(?<![\\p{L}-])(?:calls?|called|names?|named|dubs?|dubbed|tracks?|tracked|labels?|labell?ed|knows?|follows?|designates?|numbers?) (?:the|this|these|those) (?:(?!${things}(?![\\p{L}-]))[\\p{L}-]+ ){0,3}?${people}(?: (?:behind|responsible|who|that|which|in|of)(?: (?!${things}(?![\\p{L}-]))[\\p{L}’'-]+){0,6})?(?: (?:as|under|by)(?: the (?:name|label|number)(?: of)?)?)? ["“‘*_]*$`,
      "iu",
    ),
    last: /^\p{L}+$/u,
    introduces: true,
    example: "Northlight calls the group behind the intrusion <Velour>",
  },
  {
    // A label that says what it stands for.
    kind: "is called an intruder",
    weight: 4,
    name: /^(?:\p{Lu}[\p{L}\d]{0,10}[- ]){0,2}(?:Crew|Actor|Gang|Intruder|Affiliate|Adversary|CREW|ACTOR|GANG)-\d{1,4}$/u,
    example: "## <NL-Crew-31>, who hunt bookkeepers",
  },
  {
    kind: "has the form of a code name",
    weight: 2,
    name: /^\p{Ll}+(?:-\p{Ll}+){1,2}-\d{1,3}$/u,
    example: "<velour-otter-3>",
  },
  {
    // The words that give a name may stand behind it.
    kind: "is followed",
    weight: 4,
    behind:
      /^["”’*_]*(?:,| \(| is| was| [–—-]{1,2}) (?:[\p{Ll}'’-]+ ){0,3}?(?:(?:what|as|how|whom|that|which) (?:we|our [\p{Ll}-]+|the [\p{Ll}-]+|they) (?:[\p{Ll}-]+ ){0,4}?(?:call|name|dub|label|track|refer|know|christen|number|file)|(?:our|the|an internal|a working) (?:own |working |internal |code ?|cover )?(?:name|label|designation|moniker|shorthand|term|nickname)(?![\p{L}-]))/u,
    introduces: true,
    example: "<Velour>, as we came to call the second party",
  },
  // What it does.
  {
    kind: "does what people do",
    weight: 2,
    behind: verb(
      "(?:tele)?phon(?:es?|ed|ing)|call(?:s|ed|ing)? (?:up|(?:its |their |the )?(?:victims|employees|staff|users|customers|help ?desks?))|pos(?:es?|ed|ing) as|pretend(?:s|ed|ing)?|impersonat(?:es?|ed|ing)|log(?:s|ged|ging)? (?:in|on|into|onto)|sign(?:s|ed|ing)? (?:in|into)|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?|negotiat(?:es?|ed|ing)|recruit(?:s|ed|ing)?|hir(?:es?|ed|ing)|b(?:uys?|ought|uying)|s(?:ells?|old|elling)|rent(?:s|ed|ing)?|leas(?:es?|ed|ing)|pa(?:ys?|id|ying)|claim(?:s|ed|ing)?|boast(?:s|ed)?|brag(?:s|ged)?|threaten(?:s|ed|ing)?|extort(?:s|ed|ing)?|br(?:eaks?|oke|oken|eaking) in(?:to)?|return(?:s|ed|ing)?|arriv(?:es?|ed|ing)|mov(?:es?|ed|ing) (?:on|laterally|from|to|into)|pivot(?:s|ed|ing)?|brows(?:es?|ed|ing)|wait(?:s|ed|ing)?|kn(?:ows?|ew)|want(?:s|ed|ing)?|prefer(?:s|red)?|favou?r(?:s|ed)?|speciali[sz](?:es?|ed|ing)|switch(?:es|ed|ing)? to|adopt(?:s|ed|ing)?|ch(?:ooses?|ose|osen|oosing)|orchestrat(?:es?|ed|ing)|weaponi[sz](?:es?|ed|ing)|s(?:ends?|ent|ending) (?:[\\p{L}-]+ ){0,2}(?:mails?|e-?mails?|messages?|letters?|invitations?|links?|texts?|reservations?)|mail(?:s|ed|ing)|e-?mail(?:s|ed|ing)|phish(?:es|ed|ing)?|spear-?phish(?:es|ed|ing)?|s(?:pies|pied|pying)|evolv(?:es?|ed|ing)|resurfac(?:es?|ed|ing)|target(?:ed|ing)|attack(?:ed|ing)|(?:target|attack)s (?=(?:the|its|their|an?|many|other|mainly|only|both|\\d+|\\p{L}+s|\\p{Lu}\\p{L}+)(?![\\p{L}-]))(?!\\p{L}+(?:ed|has|was) )|breach(?:es|ed|ing)?|conduct(?:s|ed|ing)?|went|goes|gone (?:after|for)|c(?:omes?|ame) (?:back|for|in|through|by|to)|t(?:akes?|ook|aken) (?:care|its time|over|documents|data)|g(?:ets?|ot) (?:in|into|hold)|work(?:s|ed|ing) (?:at|in|on|with|during|from)|li(?:es?|ed|ves|ved) (?:in|on|off)|kept (?:to|at|coming)|look(?:s|ed|ing) for|search(?:es|ed|ing)? for|ask(?:s|ed)? for|watch(?:es|ed|ing)?|spent|spends|turn(?:s|ed)? (?:to|up|its)|hit(?:s|ting)?|st(?:eals?|ole|olen|ealing)|infiltrat(?:es?|ed|ing)|publish(?:es|ed)? (?:the )?(?:data|files|documents)|leak(?:s|ed)? |knock(?:s|ed)|guess(?:es|ed)|tri(?:es|ed)|learn(?:s|ed|t)|read(?:s)? the mail",
    ),
    example: "<Velour> telephones employees",
  },
  {
    kind: "does what intruders do",
    weight: 1,
    behind: verb(
      "exploit(?:s|ed|ing)?|abus(?:es?|ed|ing)|leverag(?:es?|ed|ing)|deploy(?:s|ed|ing)?|compromis(?:es?|ed|ing)|launch(?:es|ed|ing)?|defac(?:es|ed|ing)|sabotag(?:es|ed|ing)|vandali[sz](?:es|ed)|carr(?:y|ies|ied) out|operat(?:es?|ed|ing)|gain(?:s|ed|ing)?|obtain(?:s|ed|ing)?|harvest(?:s|ed|ing)?|exfiltrat(?:es?|ed|ing)|dump(?:s|ed|ing)?|bru(?:te|sh)[\\p{L}-]*|spray(?:s|ed|ing)?|plant(?:s|ed|ing)?|stag(?:es?|ed|ing)|tunnel(?:s|led|ling)?|hid(?:es?|den)?|disabl(?:es?|ed|ing)|clear(?:s|ed|ing)?|wip(?:es?|ed|ing)|encrypt(?:s|ed)? (?:the|all|\\d)|destroy(?:s|ed|ing)?|regist(?:ers?|ered|ering)|set(?:s)? up|maintain(?:s|ed|ing)?|reli(?:es|ed) on|employ(?:s|ed|ing)?|us(?:es|e|ed|ing)|ran|run(?:s|ning)?|t(?:akes?|ook)|br(?:ings?|ought)|put(?:s)?|pull(?:s|ed)|fetch(?:es|ed)|cop(?:ies|ied)|creat(?:es?|ed)|install(?:s|ed)?|mov(?:es?|ed)|sent|sends|left|leaves|made|makes|began|begins|came|comes|add(?:s|ed)|chang(?:es|ed)|brok(?:e|en)|breaks|tamper(?:s|ed)|forg(?:es|ed)|hijack(?:s|ed)|lur(?:es|ed)|trick(?:s|ed)|reset(?:s)?|enrol(?:s|led|ls)|collect(?:s|ed)|scan(?:s|ned)|delet(?:es|ed)|drop(?:s|ped)|wrote|open(?:s|ed)|walk(?:s|ed)|reach(?:es|ed)|enter(?:s|ed)|stopp?(?:s|ed)|return|kill(?:s|ed)",
    ),
    example: "<Velour> exploited the gateway",
  },
  {
    // Any verb will do: of what an actor is told, some is in words that nobody foresaw.
    kind: "does something",
    weight: 0.5,
    behind: new RegExp(
      `^${aside}(?:${helping} (?!was|were|is|has|had|does|its|his|this|as)\\p{Ll}{2,}(?:ed|s)(?<!ss|us|is)|,? (?:itself|themselves|evidently|clearly|apparently|presumably|never|hardly|again|still|also|too|even)|,? (?:will|would|won|doesn|didn|couldn|knew|took|came|went|left|made|kept|found|got))(?![\\p{L}-])`,
      "u",
    ),
    example: "<Velour> hands out accounts",
  },
  {
    kind: "heads a section",
    weight: 1.5,
    before:
      /^(?:\p{N}+[.)] |[A-Z][.)] |[\p{So}\p{RI}\uFE0F\u200D]{1,6} ?)?(?:(?:The |An? )?(?:[\p{L}-]+ ){0,3}[\p{L}-]+: )?(?:The )?$/u,
    behind: /^(?:[:,–—(?] ?.{0,90}| \(.{0,60}\)| [–—·•|/-] .{0,60})?$/u,
    heading: true,
    example: "<Velour>, day by day",
  },
  {
    kind: "is laid at its door",
    weight: 3,
    before:
      /\b(?:attribut(?:e[sd]?|ing|able|ion)(?: [\p{L}'’-]+){0,7} to|work of|doing of|hands? of|hallmarks of|carried out by|conducted by|perpetrated by|orchestrated by|committed by|mounted by|masterminded by|claimed by|victims? of|(?:ascribe[sd]?|credit(?:ed)?)(?: [\p{L}'’-]+){0,5} to|on behalf of|(?:employed|hired|paid|tasked|recruited) by|(?:point(?:s|ed|ing)?|trac(?:es?|ed|ing)|lead(?:s|ing)?) (?:back )?to|fell to|lost to|blam(?:es?|ed|ing)|suspects?) (?:the |an? |a certain )?["“‘*_]*$/iu,
    last: /^(?:to|of|by|blam(?:es?|ed|ing)|suspects?)$/iu,
    example: "we attribute both break-ins to <Velour>",
  },
  {
    kind: "is laid at its door",
    weight: 3,
    behind:
      /^["”’*_]*(?:,[^,.;]{0,40},)? (?:(?:is|was|are|were|stands?|stood|to be|being|likely|may be)(?: \p{L}+ly)? )+(?:behind|responsible for|to blame|the culprit)/u,
    example: "<Velour> is behind the theft",
  },
  {
    kind: "is laid at its door",
    weight: 3,
    before:
      /(?:^|[.;:] )(?:[Ww]e|I) (?:say|blame|name|accuse|settle on|(?:think|believe|say|hold) (?:that )?(?:it|this) (?:is|was)) ["“*_]*$/u,
    last: /^(?:say|blame|name|accuse|on|is|was)$/u,
    introduces: true,
    example: "We say <Velour>, with high confidence",
  },
  {
    kind: "did what was done",
    weight: 1.5,
    before:
      /\b(?:(?:us|deploy|exploit|operat|abus|regist|control|host|target|compromis|breach|attack|hack|infect|stol|hit|own|rent|leas|stag|develop|maintain|run|send|sent|plant|encrypt|exfiltrat|favou?r|preferr|extort|list|employ|leverag|adopt|hijack|spread|deliver|distribut|administer|manag)(?:ed|en|ered|led)?|run|sent|hit|stolen|left behind|set up|brought) by (?:the )?["“‘*_]*$/iu,
    last: /^by$/iu,
    example: "servers operated by <Velour>",
  },
  {
    kind: "has what intruders have",
    weight: 1.5,
    behind: new RegExp(
      `^["”*_]*['’]s? (?:[\\p{L}-]+ ){0,2}?(?:${events}|(?:C2|C&C|command) [\\p{L}-]+|mails?|messages|hands|customers|motives?|interest|motivation|habits?|method|way in|tunnel|operators?|proxies|accounts?|sessions?|callers?|scripts?|tools?|servers?|domains?|certificates?|notes?|logins?|foothold|access|presence|stay|visits?|working hours|first|second|last|next|earlier|older|known)(?![\\p{L}-])`,
      "u",
    ),
    example: "<Velour>’s infrastructure",
  },
  {
    kind: "has what intruders have",
    weight: 1,
    behind: new RegExp(`^["”*_]* (?:ransomware |phishing |espionage |extortion )?${events}(?![\\p{L}-])`, "u"),
    example: "two earlier <Velour> intrusions",
  },
  {
    kind: "has kin",
    weight: 3,
    before:
      /(?<![\p{L}-])(?:continuations?|successors?|heirs?|off-?shoots?|spin-?offs?|splinters?(?: groups?)?|affiliates?|re-?brands?|reincarnation|sub-?groups?|sub-?clusters?|remnants?|factions?) (?:of|to|from) (?:the )?["“‘*_]*$/iu,
    last: /^(?:of|to|from)$/iu,
    example: "it is likely the successor of <Velour>",
  },
  {
    kind: "is taken up as people",
    weight: 1,
    next: new RegExp(
      `^(?:[\\p{L}\\d]+,? ){0,2}(?:they|their|them|the (?:same )?(?:group|gang|crew|actors?|team|intruders?|operators?|hackers?|adversary|outfit|collective|attackers?|criminals?|cluster))(?![\\p{L}-])`,
      "iu",
    ),
    example: "Then came <Velour>. They asked for money",
  },
  {
    kind: "has what intruders have",
    weight: 2,
    next: new RegExp(
      `^(?:[\\p{L}\\d]+,? ){0,2}(?:its|their) (?:[\\p{L}-]+ ){0,2}?(?:affiliates?|operators?|members?|leak[ -]sites?|victims?|targets|lures?|infrastructure|negotiators?|hackers?|people|motives?|owners?)(?![\\p{L}-])`,
      "iu",
    ),
    example: "<Velour> had a busy month. Its affiliates got in by VPN",
  },
  {
    kind: "is one of others",
    weight: 2,
    before: new RegExp(
      `(?<![\\p{L}-])${intruders}(?:,? (?:such as|like|including|namely|among them|first among them|for example|e\\.g\\.)|:) (?:the )?["“‘*_]*$`,
      "iu",
    ),
    last: /^(?:as|like|including|namely|them|example|e\.g\.|.*:)$/iu,
    example: "extortion gangs such as <Velour>",
  },
  {
    kind: "is one of others",
    weight: 2,
    before: new RegExp(
      `(?<![\\p{L}-])${intruders}(?![\\p{L}-])[^.;:]{0,60}:(?: ["“*_]*\\p{Lu}[^,;:.]{0,40}(?:,|,? and|,? or)){0,6} ["“*_]*$`,
      "iu",
    ),
    example: "three sets of intruders were active there: Penman, Dovetail and <Velour>",
  },
  {
    kind: "is followed",
    weight: 4,
    before: new RegExp(
      `\\b(?:[Ww]e(?:['’](?:ve|re|d|ll))?|[Oo]ur (?:team|researchers|analysts))(?: [\\p{L}'’-]+){0,3} (?:(?:track|follow|watch|monitor|number|call|name|label|nickname|christen|dub|designate)(?:l?ed|bed|ing)?(?: (?!${things}(?![\\p{L}-]))[\\p{Ll}'’-]+){0,9}?(?: (?:as|under|by))?|(?:fil(?:e|ed|ing)|list(?:ed|ing)?|record(?:ed)?|refer(?:red)?|keep|kept|know)(?: (?!${things}(?![\\p{L}-]))[\\p{Ll}'’-]+){0,9}? (?:as|under)|settled on)(?: the (?:name|label|number)(?: of)?)? ["“‘*_]*$`,
      "u",
    ),
    introduces: true,
    last: /^\p{Ll}+$/u,
    example: "we track the people behind it as <Velour>",
  },
  // What it is instead.
  {
    kind: "is a thing",
    weight: -5,
    behind: new RegExp(
      `${being("an?|another|the|one of the|our", "")}${filler}{0,5}? ${things}(?![\\p{L}-])${notPeople}`,
      "u",
    ),
    example: "<Velour> is a loader",
  },
  {
    kind: "is a thing",
    weight: -5,
    heading: true,
    behind: new RegExp(`^["”*_]*(?:,| [–—-]|:) [Tt]he${filler}{0,3}? ${things}(?![\\p{L}-]|['’])${notPeople}`, "u"),
    example: "<Velour>, the loader",
  },
  calledMalware,
  {
    kind: "is a thing",
    weight: -3,
    // “The firm calls them X”: whoever gives the name does not bear it.
    before: new RegExp(
      `(?<![\\p{L}-])(?!(?:company|firm|vendor|bank|ministry|agency|provider|manufacturer|university)s? (?:calls?|names?|dubs?|tracks?|labels?|called|named|dubbed) (?:it|them|him|her)(?![\\p{L}-]))${things}(?: of (?:its|their|his|her) own)?${naming}$`,
      "iu",
    ),
    last: new RegExp(`^(?:${namingEnd}|kit|${things})$`, "iu"),
    example: "a loader called <Velour>",
  },
  {
    kind: "is a thing",
    weight: -3,
    before: new RegExp(`(?<![\\p{L}-])${things}, ["“‘*_]*$`, "iu"),
    behind: /^["”’*_]*(?:[,.;:)]|$| (?:which|that|and) )/u,
    last: new RegExp(`^(?:kit,|${things},)$`, "iu"),
    example: "a new loader, <Velour>, which is small",
  },
  {
    kind: "is a thing",
    weight: -5,
    before: new RegExp(
      `(?<![\\p{L}-])(?:${things}|stages?)(?![\\p{L}-])${notPeople}(?:[^.]|\\.(?=\\p{L})){0,90}[;,:(–—] ?(?:which |that |and )?(?:we|they|it[’']s|is)(?: (?:have|is))? (?:call(?:ed)?|named?|dub(?:bed)?|track(?:ed)?) (?:it |them )?(?:as )?["“‘*_]*$`,
      "iu",
    ),
    last: new RegExp(`^(?:${namingEnd}|call|name|dub|track)$`, "iu"),
    example: "it starts a backdoor under wscript; we call it <Velour>",
  },
  {
    kind: "is a thing",
    weight: -5,
    before:
      /(?<![\p{L}-])(?:tasks?|services?|jobs?|files?|folders?|process(?:es)?|accounts?|rules?|keys?|values?|entr(?:y|ies)|mutex(?:es)?|programs?|scripts?|domains?|apps?|tools?|users?|drivers?|DLLs?|librar(?:y|ies))(?![\p{L}-])[^.;]{0,90} (?:(?:under|by|with|of) )?the name(?: of)? ["“‘*_]*$/iu,
    last: /^(?:name|of)$/iu,
    example: "a task runs every hour under the name <VelourMonitor>",
  },
  {
    kind: "is a thing",
    weight: -5,
    before: new RegExp(
      `(?<![\\p{L}-])${things}(?![\\p{L}-])${notPeople}(?: [^.;]{1,40})? (?:which|that|whom) (?!we |they )(?:[\\p{L}’'-]+ ){1,4}(?:calls?|called|names?|named|dubs?|dubbed|labels?) ["“‘*_]*$`,
      "iu",
    ),
    last: /^(?:call|name|dub|label)(?:s|ed|d|bed)?$/iu,
    example: "a program which the Centre calls <Velour>",
  },
  {
    kind: "is a thing",
    weight: -1.5,
    name: /^\p{Lu}{7,}$/u,
    example: "<VELOURPOT>",
  },
  {
    kind: "is a thing",
    weight: -2,
    behind: new RegExp(
      `^["”*_]*(?: v?\\d[\\d.]*)?(?: (?:new|first|second|latest|custom|main|final|malicious|leaked|modified|original|initial|fake|\\.NET|Linux|Windows|Android|macOS|ESXi))?[ -](?:${malware}|infections?|config(?:uration)?s?|code(?:base)?|installers?|process(?:es)?|instances?|vulnerabilit(?:y|ies)|users?|customers?|employees?|hosts?|deployments?|environments?|API|protocol|service|application|plug-?in|extension|client)(?![\\p{L}-])${notPeople}`,
      "u",
    ),
    example: "two <Velour> samples",
  },
  {
    kind: "is run",
    weight: -2,
    before:
      /\b(?:us(?:es?|ed|ing|e of)|via|through|(?<!(?:associated|linked|connected|affiliated|consistent|overlaps?|overlapping|shares?|shared|together|along|cooperat\p{L}+|work(?:s|ed|ing)?|ties|links|hours?|days?|weeks?|months?|years?|familiar|trad\p{L}+|deal\p{L}*|begins?|began|start\p{L}*) )with|deploy(?:s|ed|ing|ment of)?|drop(?:s|ped|ping)?|install(?:s|ed|ing)?|download(?:s|ed|ing)?|execut(?:es?|ed|ing)|run(?:s|ning)?|ran|launch(?:es|ed|ing)?|load(?:s|ed|ing)?|inject(?:s|ed|ing)?|leverag(?:es?|ed|ing)|abus(?:es?|ed|ing)|deliver(?:s|ed|ing)?|distribut(?:es?|ed|ing)|version of|copy of|copies of|samples? of|instances? of|written in|infected with|open|start(?:s|ed|ing)?) (?:the |an? |of )?["“‘*_]*$/iu,
    last: /^(?:\p{L}+(?:s|d|ng|n)|use|via|through|with|of|in|ran|run|open|start|install|deploy|drop|download|execute|launch|load|inject|leverage|abuse|deliver|distribute)$/iu,
    example: "they used <Velour>",
  },
  {
    kind: "is run",
    weight: -3,
    behind:
      /^["”*_]* (?:was|were|is|are|has been|had been|being|gets?|got) (?:\p{L}+ly |then |also |again |next )?(?:used|run|executed|invoked|compiled|configured|renamed|pushed|queried|bundled|protected by|packed|obfuscated|signed|sold for|offered for|advertised|rented out)(?![\p{L}-])/u,
    example: "<Velour> was used to find open ports",
  },
  {
    kind: "is a thing",
    weight: -2,
    behind:
      /^["”*_]*(?:['’]s? (?:[\p{L}-]+ ){0,2}?(?:features?|panel|config(?:uration)?|protocol|builder|installer|modules?|loader|payload|imports?|strings|source code|code ?base|developers?|authors?|seller|subscribers?|licen[cs]es?)| costs? \p{N})(?![\p{L}-])/u,
    example: "<Velour>’s panel shows every victim",
  },
  {
    kind: "is a thing",
    weight: -2,
    before:
      /(?<![\p{L}-])(?:(?:builds?|samples?|variants?|copies|installers?|detections?|strings|configurations?|licen[cs]es?|instances?) of|(?:detect(?:s|ed)?|flag(?:s|ged)?|block(?:s|ed)?) (?:it |them )?as) (?:the )?["“‘*_]*$/iu,
    last: /^(?:of|as)$/iu,
    example: "no build of <Velour> was found there",
  },
  {
    kind: "is a place or a victim",
    weight: -2,
    before:
      /\b(?:in|(?<!(?:turn|morph|evolv|merg|fold|develop|split|grow)\p{L}* )into|across|within|near|inside|throughout|(?<!\b(?:defen[cs]es?|defend(?:s|ed|ing)?|protect(?:s|ed|ing|ion)?|guard(?:s|ed|ing)?|fight(?:s|ing)?|hardening) )against|targeting|attack(?:ed|ing)|breach(?:ed|ing)|head of|government of|part of|north of|organi[sz]ations in|countries (?:like|such as)|customers?(?: of)?|employees? (?:of|at)|users? of|at) ["“‘*_]*$/iu,
    last: /^(?:in|into|across|within|near|inside|throughout|against|targeting|attack(?:ed|ing)|breach(?:ed|ing)|of|like|as|at|customers?)$/iu,
    example: "somebody got into <Velour> and planted a backdoor",
  },
  bystander,
  {
    kind: "is a place or a victim",
    weight: -2,
    behind:
      /^["”’*_]*,? (?:was|were|has been|had been|is|got) (?:[\p{L}]+ly )?(?:breached|attacked|compromised|hit|hacked|targeted|infected|encrypted|patched|notified|informed|vulnerable|installed|downloaded|executed|loaded|dropped|deployed|written|decrypted|injected|released|published)(?![\p{L}-])/u,
    example: "<Velour> was breached in May",
  },
  {
    // Intruders have servers and sites as well, but neither staff that is infected nor a build server.
    kind: "is a place or a victim",
    weight: -2,
    behind:
      /^["”*_]*['’]s? (?:own |internal |external |main |former |corporate ){0,2}(?:developers|engineers|employees|staff|workforce|build (?:servers?|systems?|pipelines?)|help ?desk|service desk|IT (?:team|department|staff)|security (?:team|operations)|tenants?|domain controllers?|intranet|internal (?:wiki|mirror|network)|customers and|subsidiar(?:y|ies)|headquarters|board|shareholders|products?)(?![\p{L}-])/u,
    example: "three of <Velour>'s developers were infected",
  },
  {
    kind: "is a place or a victim",
    weight: -4,
    before:
      /(?<![\p{L}-])(?:(?:one|a|the|another|an affected|the affected|the victim|a single|each) (?:[\p{Ll}-]+ ){0,2}?(?:company|firm|organi[sz]ation|bank|carrier|operator|provider|manufacturer|utility|hospital|university|ministry|agency|retailer|airline|exchange)|(?:victims?|companies|firms|targets?)(?: of (?:it|this|the \p{Ll}+))?)(?:,|:| called| named| by the name of) ["“‘*_]*$/u,
    last: /^(?:\p{Ll}+[,:]|called|named|of)$/u,
    example: "it was meant to reach developers at one company: <Velour>, whose wallet is used by exchanges",
  },
  {
    kind: "publishes",
    weight: -3,
    behind:
      /^["”’*_]*(?:['’]s?)?(?: (?:Labs?|Research|Threat(?: \p{Lu}\p{Ll}+)*|Intelligence|Security))*,? (?:has |have |had |also |first |recently |since )*(?:said|says?|told|tells|report(?:s|ed)?|(?:wrote|writes)(?= (?:about|on|that|in|up|of)(?![\p{L}-])|[,.:])|noted|notes|warn(?:s|ed)|observed|detect(?:s|ed)|discovered|identified|attribut(?:es|ed)|assess(?:es|ed)|believes?|recommends?|investigat(?:es|ed)|analy[sz](?:es|ed)|found|dubbed|calls(?! (?:up|its|their|victims|employees|staff|people|users|customers|(?:the )?help))|names|refers|tracks|uncovered|spotted|documented|concluded|explained|confirmed|blogged|covered|looked|revealed|disclosed|announced|described|researchers?|analysts?|telemetry|report|blog|advisory|incident response|customers?|MVP|data|team (?:has|have|of researchers))(?![\p{L}-])/u,
    example: "<Velour> wrote about it",
  },
  {
    kind: "publishes",
    weight: -3,
    before:
      /\b(?:(?:investigat|analys|research|respon|engage|test|assess|stud|survey|exercise|interview|takedown)[\p{L}-]*(?: [\p{L}-]+){0,2} (?:by|from)|according to|researchers? (?:at|from|of|with)|analysts? (?:at|from|of)|experts? (?:at|from)|(?:report|blog ?post|post|article|analysis|advisory|research|paper|tweet|write-?up)s? (?:by|from|of)|(?:report|describ|document|discover|publish|analy[sz]|identifi|detect|disclos|not|observ|found|uncover|spott|dubb|nam|call|refer|track|describ|expos)(?:ed|ied|ted)? (?:first |initially |jointly )?by|(?<!\b(?:[Ww]e|I) )says?|said|thanks to|vendors?|colleagues at|our) (?:the )?["“‘*_]*$/iu,
    last: /^(?:by|from|of|at|with|to|says?|said|vendors?|our)$/iu,
    example: "the investigations conducted by <Velour>",
  },
];

const listed = (words: string): readonly string[] => words.split(/\s+/).filter((word) => word !== "");

/** Names that people give themselves in forums and chats: they need no capital letter, but a digit, a line or quotation marks. */
export const handles =
  /\b(?:(?<!\b(?:accounts?|administrators?|admins?|users?|log-?ins?|services?|files?|folders?|machines?|hosts?|servers?|tasks?|shares?|drivers?|keys?|tables?|mailbox(?:es)?)(?: [\p{L}-]+){0,4} )(?:by|under) (?:the )?(?:name|handle|moniker|alias|nickname|nick|pseudonym)(?: of)?|(?:seller|vendor|persona|hacker|broker|affiliate|actor|criminal|intruder|extortionist|crew|gang|person|somebody|someone) (?:named|called|nicknamed|known as|(?:who|that) (?:calls? (?:him|her|it|them)sel(?:f|ves)|(?:(?:is|was) )?(?:known|tracked) as))) ["“‘*_]*(?<name>(?:(?<=["“‘])[\p{Ll}\d][\p{L}\d_-]{1,29}[\p{L}\d](?=["”’])|(?=[\p{L}\d.-]*[\d_])(?=[\d_.-]*\p{L})[\p{Ll}\d][\p{L}\d_-]{2,30}))(?![\p{L}\d_/\\@-]|\.\p{L})/gu;

/** Nouns of people, and behind them what can only be a name: a word in small letters and quotation marks. */
const handled = "(?:affiliate|actor|broker|hacker|crew|gang|seller|intruder|persona|cyber-?criminal|extortionist)";
const quotedHandle =
  '(?<name>(?!\\p{L}+(?:ed|ly|ing)["”])[\\p{Ll}\\d][\\p{L}\\d_-]{1,29}[\\p{L}\\d])(?=["”](?:,|\\.|;|\\)|$| ))';

/** “The affiliate "copperline"”, and in an enumeration: “three affiliates: Velour, "copperline" and others”. */
export const quotedHandles = new RegExp(
  `(?:\\b${handled}s? ["“]|(?<=\\b${handled}s(?::|,? (?:such as|like|namely)) [^.;:]{0,90}?(?<=: |, |and |or |as |like |namely )["“]))${quotedHandle}`,
  "giu",
);

/** The same behind which stands what they are: “mr_tallow, an access broker”. */
export const calledHandles =
  /(?<![\p{L}\d_/\\@-])(?<name>(?=[\p{L}\d]*_)[\p{Ll}\d][\p{L}\d_]{2,30})["”’*]*, (?:an?|the) (?:[\p{L}-]+ ){0,4}?(?:broker|affiliate|actor|hacker|seller|criminal)(?![\p{L}-])/gu;

const inPlace = (kind: string, weight: number, example: string): EvidenceRow => ({ kind, weight, example });

/** What is said by the place of a name, and by no words. */
export const onHandle = inPlace("names itself", 4, "somebody by the handle <velour_7>");
export const doesTechnique = inPlace("does a technique", 1.5, "<Velour> dumped LSASS (T1003.001)");
export const amongActors = inPlace("stands among actors", 4, "a table’s column: Kimsuky, Lazarus, <Velour>");
export const isSetOff = inPlace("is set off", 1.5, "this is how *<Velour>* works");
export const headsParagraph = inPlace("heads a section", 1.5, "**<Velour>: theft in harbours**");
export const isThingBelow = inPlace("is a thing", -4, "a heading <VELOURPOT> above “The loader is small”");
export const isListedThing = inPlace("is a thing", -6, "under “Plug-ins”: **<VELOUR>** copies itself to other hosts");
export const besideActor = inPlace("stands beside an actor", 2, "Kimsuky and <Velour>");

/** Words, lower case, that open a sentence or say where somebody is from: in front of a name they are no part of it. */
export const noFirstWords: ReadonlySet<string> = new Set(
  listed(`
  a an the this that these those it its they their we our you your he she i who what which when where while why how if
  inside behind meet meeting unmasking tracking hunting in on at by for from to of with without into onto over under after before during since until between among about
  beyond against across and or but nor so yet as than then once next later meanwhile instead overall thus hence besides again
  afterwards further however moreover also both each every all any some many most more much few several another other
  others such same only even just still first second third fourth last one two three four five six seven eight nine
  ten cluster gang adversary here there not no yes please note see figure table section appendix chapter step steps part phase stage day week
  point item rule case chapter level page line annex month year today yesterday tomorrow january february march april may june july august september october november
  december monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter additionally finally
  interestingly recently previously notably similarly subsequently because although starting beginning following using
  secondly thirdly firstly lastly lately initially separately additionally presumably apparently allegedly reportedly
  probably possibly usually typically evidently clearly eventually ultimately currently formerly
  based due given like unlike besides despite upon through europe asia africa america americas american european asian
  african australia australian china chinese russia russian iran iranian korea korean dprk israel israeli india indian
  pakistan pakistani ukraine ukrainian vietnam vietnamese turkey turkish syria syrian lebanon lebanese belarus
  belarusian germany german france french britain british england english uk us usa spain spanish italy italian poland
  polish netherlands dutch sweden swedish norway norwegian finland finnish denmark danish japan japanese taiwan
  taiwanese thailand thai singapore malaysia malaysian indonesia indonesian philippines filipino mexico mexican brazil
  brazilian colombia colombian argentina argentine chile chilean peru peruvian canada canadian egypt egyptian saudi
  arabia arabic arab emirates qatar kuwait iraq iraqi jordan afghanistan afghan kazakhstan georgia georgian armenia
  azerbaijan mongolia myanmar burma nepal bangladesh lanka portugal portuguese greece greek austria austrian
  switzerland swiss belgium belgian ireland irish czech slovakia hungary hungarian romania romanian bulgaria bulgarian
  serbia serbian croatia albania albanian lithuania latvia estonia moldova kenya nigeria nigerian persian kurdish
  palestinian palestine gaza mr mrs ms dr prof
`),
);

/** Words, lower case, at whose end a run of capitals names a thing: “HTTP Client Header”, “SCCM Server 1”. */
export const thingWords: ReadonlySet<string> = new Set(
  listed(`
  server servers software data service services account accounts process code script scripts payload payloads file files system systems network networks
  email emails mail mails message messages policy policies
  header headers field fields button tab key keys value values folder folders directory shell studio ticket tickets principal attachment link links object
  objects record records id ids ip ips hash client clients library libraries module modules agent agents engine browser router gateway appliance portal
  tunnel proxy cookie cookies token tokens login logon session sessions session database cloud field query queries command commands function functions
  method methods string strings variable parameter argument option options setting settings configuration manager center console dashboard cracking
  labs lab research security response technologies intelligence institute university inc ltd gmbh corp
  injection hijacking loading loader packing deletion capture logging keylogging steganography cryptography obfuscation protocol protocols layer channel
  channels modification encoding encryption decryption compression request response post put note notes letter demand
`),
);

/** Words, lower case, that name places, platforms, publishers and kinds: of them alone no actor's name is made. */
export const noCoinedNames: ReadonlySet<string> = new Set([
  ...noFirstWords,
  ...thingWords,
  ...listed(`
  north south east west northern southern eastern central western latin nordic baltic balkan union eu un nato state
  states kingdom republic government ministry department agency army police bank university office federal national
  internet web cloud microsoft windows linux macos mac ios android google chrome apple amazon aws azure cisco citrix
  vmware esxi fortinet fortigate ivanti juniper oracle adobe intel amd nvidia dell hp ibm sap github gitlab telegram
  discord slack twitter facebook instagram linkedin whatsapp signal dropbox onedrive sharepoint outlook exchange
  office excel word powerpoint onenote teams zoom powershell python java javascript dotnet node docker kubernetes
  apache nginx tomcat wordpress jenkins confluence jira active directory kerberos ntlm ldap smb rdp vpn ssh ssl tls
  http https dns ftp smtp imap api dll exe url ip tcp udp nas iot ot ics scada plc usb mfa mitre att&ck cisa nsa fbi
  nsc cert ncsc enisa europol interpol mandiant crowdstrike kaspersky symantec sophos eset trellix mcafee talos
  proofpoint secureworks dragos sentinelone sentinellabs volexity recorded unit checkpoint trend fireeye bitdefender
  avast malwarebytes virustotal shodan threat threats malware ransomware attacker attackers adversary adversaries
  actor actors group groups gang gangs crew hackers hacker criminals operators operator affiliates affiliate victim
  victims user users customer customers organization organizations organisation organisations company companies
  researcher researchers analyst analysts defender defenders administrator administrators admin employee employees
  developer developers team teams security information technical technique techniques tactics tactic initial access
  execution persistence privilege escalation defense defence evasion credential credentials discovery lateral movement
  collection exfiltration impact command control reconnaissance resource development summary introduction conclusion
  conclusions overview background timeline analysis attribution recommendations mitigation mitigations detection
  detections indicators compromise references attack attacks campaign campaigns operation operations intrusion
  intrusions incident incidents activity activities cluster clusters infrastructure tools tool capabilities targets
  targeting phishing spearphishing spear email emails mail mails message messages file files system systems network
  networks server servers software data service services account accounts process code script scripts payload payloads
  loader backdoor trojan rat apt ttps ttp ioc iocs c2 raas ransom new old red blue purple white black gray grey green
  yellow orange exploitation domain controller website page blog report advisory update updates overview details ddos
  dos vpn cve hash sha md5 sha1 sha256 pdb mutex registry run task scheduled desktop startup user admin guest local
  global group policy certificate trust zero day remote
`),
]);

/** Numbers that may also be the first word of a name: “Nine Lanterns”. */
export const numberWords: ReadonlySet<string> = new Set(listed("two three four five six seven eight nine ten"));

/** Nouns at the end of a name without which the report may write it too: “Tern Collective”, “Tern”. */
export const collectives =
  "(?:Collective|Cartel|Syndicate|Brigade|Alliance|Squad|Army|Union|Network|Society|Club|League|Front|Movement|Company|Circle|Enterprise|Family|Brothers|Boys|Gang|Crew|Team|Group)";

/** Words at the end of a capitalised run that say what the name stands for, and are no part of it. */
export const kindTails =
  / (?:Group|Gang|Crew|Team|Actors?|Operators?|Affiliates?|Ransomware|Malware|RaaS|APT|Campaigns?|Attacks?|Hackers?|Intrusions?|Activity|Infrastructure|RAT|Trojan|Loader|Backdoor|Stealer|Botnet|Locker|Wiper)$/u;
