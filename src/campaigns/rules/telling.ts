import { deeds } from "./comparisons.ts";

/** “The former logged keys”: of two who were named last, the one and the other. A former employee does not. */
export const ofTwo =
  /(?<![\p{L}-])the (?<which>former|latter)(?: (?:\p{Ll}+ly|then|also|later|first))?(?: \p{Ll}{2,}ed| (?:used|sent|ran|stole|took|got|broke|hid|wrote|came|went|made)|(?<=latter) (?:uses|sends|runs|steals|relies|exploits|targets|deploys))(?![\p{L}-])/iu;

const ordinals = ["first", "second", "third", "fourth", "fifth"] as const;
const counted =
  "(?:intrusions?|break-ins?|incidents?|attacks?|campaigns?|waves?|cases?|breach|compromise|cluster|actor|intruder|group|operation)";

const one = `the (${ordinals.join("|")})(?: one| ${counted})?(?: of them)?`;

/** Before a name: of several that the report counts this one is its bearer's, “we attribute the first intrusion to X”, “the second was the work of X”. */
const countedBefore = new RegExp(
  `(?<![\\p{L}-])(?:(?:attribut|ascrib)\\p{Ll}{1,3} ${one} to|${one} we (?:attribute|ascribe) to|${one}(?:,? (?:is|was|were) (?:\\p{Ll}+ly )?(?:the work of|carried out by|by)| that of))(?: (?:an?|the) (?:[\\p{Ll}-]+ ){0,5}[\\p{Ll}-]+)? ["“‘*_]*$`,
  "iu",
);

/** A heading that counts what its section tells: “First intrusion”, “Intrusion 2: the gateway”. */
const countedHeading = new RegExp(
  `^(?:the )?(${ordinals.join("|")}) ${counted}(?![\\p{L}-])|^${counted} (?:no\\. ?|#)?(\\d)(?!\\d)`,
  "iu",
);

/** Which of several the words before a name say is its bearer's, counted from 1. */
export const numberBefore = (words: string): number | undefined => {
  const found = countedBefore.exec(words);
  return numberOf(found?.[1] ?? found?.[2] ?? found?.[3]);
};

/** Which of several a heading is about. */
export function numberOfHeading(title: string): number | undefined {
  const found = countedHeading.exec(title.trim());
  return numberOf(found?.[1]) ?? (found?.[2] === undefined ? undefined : Number(found[2]));
}

function numberOf(word: string | undefined): number | undefined {
  const at = ordinals.findIndex((each) => each === word?.toLowerCase());
  return at < 0 ? undefined : at + 1;
}

/** Between a name and its verb: an aside, helping verbs and adverbs. */
const between =
  /^(?:['’]s? (?:own )?(?:operators?|affiliates?|people|members|hackers|developers))?(?:,[^,;.]{0,90},| \([^()]{0,90}\))?(?:,? (?:and|or) [^,;.]{0,30})?(?:,? (?:has|have|had|was|were|is|are|be|been|then|later|first|also|even|again|often|usually|typically|likely|probably|reportedly|apparently|seen|observed|known|found|believed|thought|said|to|since|never|now|further|additionally|subsequently|itself|themselves|still|just|only|once|too|did|does|not|began|begun|started|continued|tried|managed|able|seems?|seemed|appears?|appeared|active|actively|newly|successfully|quickly|repeatedly|\p{L}+ly|by|in|on|from|since (?:\d{4})|\d{4}))*\s+(?<verb>[\p{L}-]+)/u;

/** Whether what follows a name, some 200 characters of it, says what its bearer did: “X then dumped …”, “X, a gang, has been exploiting …”. */
export function isFollowedByDeed(
  behind: string,
  /** Where a technique is told of, whatever verb follows tells it. */
  tellsOfTechnique = false,
): boolean {
  const verb = between.exec(behind)?.groups?.["verb"];
  return verb !== undefined && (deeds.test(` ${verb} `) || (tellsOfTechnique && anyVerb.test(verb)));
}

const anyVerb = /^\p{Ll}{2,}ed$/u;

/** Around a name: “sold to X, which encrypted …”. What an aside tells of the present is a habit. */
export const handedOver = {
  before: /\b(?:sold|handed|gave|given|passed|leased|rented|transferred)\b[^.;]{0,60} to (?:the )?["“*_]*$/iu,
  behind:
    /^["”*_]*, (?:which|who) (?:then |later |soon |also )?(?:\p{Ll}{2,}ed|stole|ran|sent|took|broke|hid|wrote|got)(?![\p{L}-])/u,
} as const;

/** Whether what precedes a name makes its bearer the doer: “was exploited by ”, “the work of ”. */
export const makesDoer =
  /\b(?:[\p{L}-]+(?:ed|en|un|own|ought|ung|id|ut|old|ole)\b[^.;,]{0,60} by|the work of|the doing of|carried out by|on behalf of) (?:an? (?:[\w-]+ )?(?:affiliate|member|subgroup|subset) of )?(?:the |an? )?(?:[\w-]+ ){0,3}$/iu;

/** Before a name: somebody else is said to stand in a relation to its bearer, of whom nothing is told by that. */
export const onlyRelates: readonly {
  readonly pattern: RegExp;
  /** The name stands between angle brackets. */
  readonly example: string;
}[] = [
  {
    pattern:
      /(?:(?<![\p{L}-])(?:is|was|were|are|be|been|became|remains?|as|being|possibly|likely|probably|suspected|former|ex|or|and)[ -]|, )(?:(?:an?|the|one of|another|its|their|both|former) )?(?:[\p{L}-]+ ){0,2}?(?:affiliates?|members?|sub-?(?:groups?|sets?|clusters?)|splinters?(?: groups?)?|off-?shoots?|spin-?offs?|successors?|heirs?|predecessors?|partners?|customers?|(?:sub)?contractors?|rivals?|competitors?|remnants?|reincarnation|continuation|parts?|units?|arms?|wings?|branch(?:es)?|factions?) (?:of|to|from|for) (?:the )?["“‘*_]*$/iu,
    example: "FIN7 is an affiliate of <Velour>",
  },
  {
    pattern:
      /\p{Lu}[\p{L}\d-]*,? (?:(?:is|was|may be|might be|could be|to be) (?:\p{L}+ly |somehow |in some way )?(?:linked|tied|connected|related|close|similar|affiliated) (?:to|with)|(?:overlaps?|overlapped|shares?|shared) (?:[\p{L}-]+ ){0,4}with) (?:the )?["“‘*_]*$/iu,
    example: "FIN7 is loosely linked to <Velour>",
  },
  {
    pattern: /\bamong (?:the |its |their )?(?:other )?(?:customers|buyers|users|clients)\b[^.;]{0,60}$/iu,
    example: "among its customers is one called <Velour>",
  },
  {
    pattern:
      /\b(?:loaders?|droppers?|builders?|backdoors?|tools?|code|samples?|servers?|infrastructure|malware|domains?) (?:of|from) (?:the )?["“‘*_]*$/iu,
    example: "it resembles a loader of <Velour>",
  },
  {
    pattern:
      /(?<![\p{L}-])(?:continu|carr(?:y|ies|ied) on)[\p{L}]*(?: (?:with|on))? (?:the )?work of (?:the )?["“‘*_]*$/iu,
    example: "FIN7 continues the work of <Velour>",
  },
];

/** Before a name, in its sentence: its bearer only sold, rented or handed over something to whom the sentence tells of. */
export const supplier =
  /(?<![\p{L}-])(?:buy|bought|rent|leas|purchas|acquir|order|licen[cs]|receiv|obtain|get|got)(?:s|es|ed|ing|ting|)(?![\p{L}-])[^.;:]{0,60} (?:from|of) (?:(?:an?|the|another|one) (?:[\p{L}-]+ ){0,4}?)?(?:[\p{L}-]+, |called |named |by the name of )?["“‘*_]*$/iu;

/** Before a name: its bearer runs the malware that the report has just told of: “We call its operators X”. */
export const operatesIt =
  /(?<![\p{L}-])(?:its|the|their) (?:only |sole |main )?(?:operators?|users?|owners?)(?: (?:of|behind) (?:it|the [\p{Ll}-]+|[\p{Lu}][\p{L}\d-]*))?(?:,| \(| (?:is|are|as|we (?:call|name|track|know)(?: (?:it|them))?(?: as)?|(?:is|are) (?:called|named|tracked as|known as)))? ["“‘*_]*$/iu;

/** Before a name: all that the report tells is its bearer's doing: “We track the activity as X”. */
export const tracksAll =
  /(?<![\p{L}-])(?:we|our team|our analysts|[\p{Lu}][\p{L}]+) (?:now |currently |internally )?(?:track|follow|designate|call|name|label|record|file|know|refer to|cluster|group)(?:s|ed)? (?:all of )?(?:the|this|these|those) (?:whole |entire |observed )?(?:activit(?:y|ies)|intrusions?|attacks?|campaign|operations?|incidents?|cluster)(?: of activity)?(?: (?:described|reported|documented) (?:here|below|in this (?:report|post|blog)))?,? (?:as|under)(?: the (?:name|designation|label|number|identifier))? ["“‘*_]*$/u;

/** Before and behind a brand's name: it is one of its affiliates who is told of, “one X affiliate”. */
export const oneOfThem = {
  before: /(?<![\p{L}-])(?:one|an?|this|that|another|single|former|same)(?: [\p{Ll}-]+)? $/iu,
  behind: /^ (?:ransomware )?affiliate(?![\p{L}-])/iu,
} as const;

/** Words by which a report speaks of an intruder whom it does not name. */
export const intruders =
  /\b(?:the|this|these|those|our|unknown|unidentified|unauthori[sz]ed) (?:same |unknown |unidentified |malicious |threat |remote |initial )*(?:actors?|attackers?|intruders?|adversar(?:y|ies)|hackers?|insiders?|perpetrators?|culprits?|criminals?|thie(?:f|ves)|burglars?|operators?|affiliates?|caller|party|parties)\b/iu;

const made =
  "malware|loader|implant|backdoor|ransomware|sample|payload|script|spyware|trojan|worm|dropper|stealer|wiper|encryptor|stage";
const tellsOf = (nouns: string): RegExp =>
  new RegExp(`\\b(?:the|this|these|its|their) (?:[\\w-]+ ){0,2}(?:${nouns})\\b`, "iu");

/** Things that somebody has made: who that was is not who ran them. */
export const madeThings = tellsOf(made);

/** Subjects that stand for malware or an intrusion that is told of. */
export const tools = tellsOf(`${made}|campaign|operation|attack|intrusion|compromise|incident`);

/** “They dumped …”, “it was encrypted”: something has happened. */
export const past =
  /\b(?:they|he|she) (?:then |also |later |first )?(?:had|\p{L}{2,}ed|stole|ran|sent|took|got|made|began|came|went|broke)\b|\b(?:was|were|been) (?:\p{L}+ly )?(?:stolen|encrypted|exfiltrated|compromised|deleted|dumped|installed|dropped|exploited|breached|copied|wiped|infected|hijacked|phished|planted|uploaded)\b/iu;

const somebody = "(?:attacker|adversary|intruder|threat actor|hacker|criminal|insider)";
/** “An attacker controlled server” is one in particular. */
const hisOwn = "(?:controlled|owned|operated|hosted|supplied|registered)(?![\\p{L}-])";
/** “An attacker exploited the gateway”: whoever did something once is not anybody. */
const didOnce =
  "(?:who |that )?(?:(?:had|then|first|later|also|already|soon) ){0,2}(?:had|was|(?!(?:based|armed|located|positioned|seated|interested|determined|motivated|skilled|trusted|advanced|need)(?![\\p{L}]))\\p{L}{2,20}ed|sent|stole|broke|took|got|went|hid|ran|built|wrote|made|spread|put|set|cut|sold|bought|came|gave|began|found|left|did|used to)(?![\\p{L}-])";

/** Sentences that speak of what anybody might do, or of what ATT&CK lists: nobody's deeds. */
export const generalities: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: new RegExp(
      `\\b(?:an|a (?:determined|motivated|skilled|malicious|remote|local|typical)) ${somebody}(?![\\p{L}'’-]| ${hisOwn}| ${didOnce})|\\b(?:any|some|every) ${somebody}s?\\b|\\b(?:anyone|anybody|whoever)\\b[^.;,]{0,50} (?:can|could|may|might)\\b`,
      "iu",
    ),
    reason: "speaks of attackers in general",
  },
  {
    pattern:
      /(?:^|[.;:] |, )(?:[Aa]ttackers|[Aa]dversaries|[Cc]riminals|[Cc]ybercriminals|[Hh]ackers|[Tt]hreat actors|[Rr]ansomware (?:gangs|groups|crews|actors)) (?:can|could|may|might|often|usually|typically|commonly|frequently|will|would|tend|love|like)\b/u,
    reason: "speaks of attackers in general",
  },
  {
    pattern:
      /\b(?:MITRE|ATT&CK|the framework|the matrix)\b[^.;]{0,40} (?:lists?|catalogues?|catalogs?|describes?|defines?|documents?|calls?|tracks?|covers?|knows?)\b/iu,
    reason: "says what ATT&CK lists",
  },
];

/** What a table's cell says where it says yes: “x”, “✓”, “yes”, a count. */
export const tick = /^(?:x|✓|✔|✅|☑|●|•|■|yes|y|true|[1-9]\d*)$/iu;

/** Behind a name: from here on its sentence tells of another time or of others, “X, as we believe those who in 2023 …”. */
export const asides = /, (?:as we|who|which|formerly|previously|known|earlier)(?![\p{L}-])/u;
