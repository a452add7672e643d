import type { RelationKind } from "../relation.ts";

/**
 * Words by which a report relates two actors. Where they stand tells who is related to whom:
 *
 * - `forward`: the first name, the words, the second name
 * - `backward`: the same, but it is the second that stands in this relation to the first
 * - `between`: the words, and behind them both names
 * - `joint`: both names, joined by “and”, and behind them the words
 */
export interface RelationRule {
  readonly kind: RelationKind;
  readonly from: "forward" | "backward" | "between" | "joint";
  readonly pattern: RegExp;
  /** The words give a name: it stands right behind them, and is the only one. */
  readonly adjacent?: true;
  /** Only if the first is a campaign: somebody is behind it. */
  readonly ofCampaign?: true;
  /** Names stand between angle brackets. */
  readonly example: string;
}

const few = "(?: [\\p{L}\\d,%’'-]+){0,4}?";
const people = "(?:members?|affiliates?|operators?|partners?|developers?|leaders?|people)";
const several = "(?:members|affiliates|operators|partners|developers|leaders|people)";
const sets = "(?:groups?|gangs?|crews?|actors?|teams?|clusters?|people|operators?|hackers|adversary)";

export const relationRules: readonly RelationRule[] = [
  {
    kind: "successor-of",
    from: "backward",
    pattern:
      /\b(?:re-?brand(?:s|ed|ing)?(?: itself)? (?:as|to|into|under)|(?:was|were|been|be) (?:succeeded by|replaced by|renamed(?: to| as)?|reborn as)|renamed itself(?: to| as)?|gave rise to|came back as|returned as)\b/gu,
    example: "<Royal> rebranded as <BlackSuit>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /\b(?:re-?brand(?:ed|ing)?(?: version)?|successors?|heirs?|spin-?offs?|off-?shoots?|splinter(?: groups?| cells?)?|reincarnation|continuation|descendants?|new names?|revival|remnants?|remains|ashes) (?:of|from|to|for)\b/gu,
    example: "<Velvet Rook> is an offshoot of <Conti>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /\b(?:succeed(?:s|ed)(?= (?:the )?["“*_]*\p{Lu})|continu(?:es?|ed|ing) the work of|carr(?:y|ies|ied) on the work of)\b|\b(?:emerged|evolved|descend(?:s|ed)|sprang|sprung|grew|arose|split(?: off)?|broke (?:away|off)|born)(?: (?:directly|out))? (?:of|from)\b/gu,
    example: "<Velvet Rook> evolved from <Conti>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern: new RegExp(`\\b(?:former|ex-?|one-?time) ?(?:core |senior )?${several} (?:of|from)\\b`, "gu"),
    example: "<Velvet Rook> was founded by former members of <Conti>",
  },
  {
    kind: "subgroup-of",
    from: "forward",
    pattern:
      /\b(?:sub-?(?:groups?|sets?|clusters?|teams?|units?|divisions?)|units?|divisions?|(?:an?|the|one|another|operational|technical) arms?|branch(?:es)?|factions?|wings?) (?:of|within|inside|under)\b/gu,
    example: "<Velvet Rook> is a subgroup of <Lazarus Group>",
  },
  {
    kind: "subgroup-of",
    from: "backward",
    pattern:
      /\b(?:sub-?(?:groups?|clusters?|teams?|units?)|units?)(?: of it)?,? (?:such as|called|named|known as|including|is|are)\b/gu,
    example: "<Lazarus Group> has a subgroup known as <Velvet Rook>",
  },
  {
    kind: "affiliate-of",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:affiliates? (?:of|for|to)|affiliated (?:with|to)|(?:an?|the|one|another) members? of|partner(?:s|ed|ing)? (?:of|with)|(?:sub)?contractors? (?:of|for|to)|(?:works?|worked|working|acts?|acted|acting)${few} (?:on behalf of|for))\\b`,
      "gu",
    ),
    example: "<Velvet Rook> is believed to be an affiliate of <LockBit>",
  },
  {
    kind: "part-of",
    from: "forward",
    pattern:
      /\b(?:part of|belong(?:s|ed|ing)? to|falls? under|under the umbrella of|subsumed (?:by|under|in|into)|one of the (?:groups|clusters|teams|actors) (?:of|in|behind|within))\b/gu,
    example: "<Velvet Rook> belongs to <Operation Grey Gull>",
  },
  {
    kind: "attributed-to",
    from: "backward",
    pattern:
      /\b(?:(?:is|are|was|were|be|been|being|stands?|stood)(?: \p{L}+ly| also)? (?:behind|responsible for)|(?:runs?|operates?|controls?|directs?) )(?![\p{L}-])/gu,
    example: "<APT28> is probably behind <Operation Grey Gull>",
  },
  {
    kind: "attributed-to",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:(?:[Aa]ttribut(?:e[sd]?|ing|able)|[Aa]scrib(?:e[sd]?|ing)|pinned|[Pp]ut down|credited|laid)${few}${few} (?:to|on)|the (?:handi)?work of|the doing of|at the door of|(?:run|operated|controlled|directed|sponsored|orchestrated|carried out|conducted|perpetrated|mounted|led) by|points?${few} to(?:wards)?)(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Operation Grey Gull> was attributed with low confidence to <APT28>",
  },
  {
    kind: "attributed-to",
    from: "forward",
    pattern: new RegExp(
      `\\b${sets} behind (?:it|this|these|them|(?:the|this|these) (?:whole )?(?:activity|campaign|operation|attacks?|intrusions?|incidents?|wave)) (?:is|are|was|were|may be|might be|could be|must be)(?: \\p{L}+ly)?(?= (?:the )?["“*_]*\\p{Lu})`,
      "gu",
    ),
    example: "<Operation Grey Gull> went on; the group behind it is <APT28>",
  },
  {
    kind: "attributed-to",
    from: "forward",
    adjacent: true,
    ofCampaign: true,
    pattern:
      /\b(?:calls?|called|names?|named|dubs?|dubbed) (?:the|this) (?:actors?|group|gang|team|crew|operators|attackers|intruders)(?: behind (?:it|this|them))?(?= ["“*_]*\p{Lu})/gu,
    example: "<Operation Grey Gull> was in the news, and Cisco calls the actor <APT28>",
  },
  {
    kind: "attributed-to",
    from: "between",
    pattern: /\b(?:attribut(?:e[sd]?|ing)|ascrib(?:e[sd]?|ing)) (?:the )?(?=["“*_]*\p{Lu})/gu,
    example: "we attribute <Operation Grey Gull> to <APT28>",
  },
  {
    kind: "linked-to",
    from: "between",
    pattern: /\b(?:link(?:s|ed|ing)?|connect(?:s|ed|ing)?|ti(?:e[sd]?|ying)) (?:the )?(?=["“*_]*\p{Lu})/gu,
    example: "two code signing certificates tie <Velvet Rook> to <FIN7>",
  },
  {
    kind: "same-as",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:the same (?:${sets} )?as|identical (?:to|with)|one and the same as|none other than|another (?:name|label) (?:of|for)|(?:an )?alias(?:es)? (?:of|for)|synonym(?:s|ous)? (?:of|for|with))(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> is likely identical to <FIN7>",
  },
  {
    kind: "same-as",
    from: "forward",
    adjacent: true,
    pattern: new RegExp(
      `\\b(?:(?:is|was|are|were|been|being|also) (?:\\p{L}+ly )?(?:(?:known|tracked|followed|monitored|referred to)${few} (?:as|under)|called)|a\\.?k\\.?a\\.?)(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> is tracked by others as <FIN7>",
  },
  {
    kind: "same-as",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:may|might|could|must|(?:appears?|seems?|is (?:likely|believed|thought|said|suspected|known)|are (?:likely|believed|thought|said|suspected|known)) to)(?: well)? be (?:the (?:same )?${sets}(?: \\p{L}+){0,6} |(?:the same as )?)(?=["“*_]*\\p{Lu})`,
      "gu",
    ),
    example: "<Velvet Rook> might be the group that others call <FIN7>",
  },
  {
    kind: "same-as",
    from: "joint",
    pattern: new RegExp(`^ (?:are|were|may be|might be|could be)${few} (?:one and )?the same\\b`, "gu"),
    example: "<Velvet Rook> and <FIN7> are probably one and the same",
  },
  {
    kind: "overlaps-with",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:overlap(?:s|ped|ping)?|coincid(?:es?|ed|ing))${few} with\\b|\\bshar(?:es?|ed|ing)${few}${few} with\\b`,
      "gu",
    ),
    example: "<Velvet Rook> overlaps in part with <FIN7>",
  },
  {
    kind: "overlaps-with",
    from: "between",
    pattern: new RegExp(`\\boverlaps?${few} between\\b`, "gu"),
    example: "we see overlaps in tools between <Velvet Rook> and <FIN7>",
  },
  {
    kind: "overlaps-with",
    from: "joint",
    pattern: new RegExp(`^ (?:partly |partially |also |clearly )?(?:overlap|share${few})(?![\\p{L}-])`, "gu"),
    example: "<Velvet Rook> and <FIN7> partly overlap",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:(?:[Ll]inked|links?|tied|ties|connected|connections?|related|associated|associations?|relations?(?:hips?)?)${few} (?:to|with)|(?:cooperat|co-operat|collaborat)(?:es?|ed|ing) with|(?:works?|worked|working) (?:closely |together )+with|(?:customers?|clients?|suppliers?) (?:of|to)|(?:buys?|bought|rents?|rented)${few} from|(?:suppl(?:y|ies|ied)|provid(?:es?|ed)|sells?|sold|hands?|handed)${few} access${few} (?:to|for))(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> has been linked to <FIN7>",
  },
  {
    kind: "linked-to",
    from: "between",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:links?|ties|connections?|relations?(?:hips?)?|associations?|cooperation)${few} between\\b`,
      "gu",
    ),
    example: "there may be a link between <Velvet Rook> and <FIN7>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /\b(?:regard|consider|see|view|treat|believe)(?:s|ed)? (?:it|them|the (?:group|gang|crew|brand|team)) (?:as |to be )?(?=(?:the )?["“*_]*\p{Lu}[^.,;]{1,40}['’]s? (?:direct |likely )?(?:successor|heir|continuation|re-?brand))/gu,
    example: "<Velvet Rook> came late; we regard it as <Conti>'s successor",
  },
  {
    kind: "linked-to",
    from: "between",
    pattern: /(?<![\p{L}-])(?:links?|ties|connections?|relations?|relationship) of (?:the )?(?=["“*_]*\p{Lu})/gu,
    example: "one partner suspects a link of <Velvet Rook> with <FIN7>",
  },
  {
    kind: "linked-to",
    from: "joint",
    pattern:
      /^ (?:are|were|may be|might be|could be)(?: \p{L}+)? (?:linked|related|connected|associated)\b(?! (?:to|with))/gu,
    example: "<Velvet Rook> and <FIN7> are loosely connected",
  },
];

/** “a <LockBit> affiliate”: words on both sides of the second name; the first stands before them. */
export const wrappedRelations: readonly {
  readonly kind: RelationKind;
  readonly before: RegExp;
  readonly behind: RegExp;
  /** Said of all that the report tells, where no name stands before. */
  readonly ofWhole?: true;
  readonly example: string;
}[] = [
  {
    kind: "successor-of",
    before: /\b(?:former|ex-?|one-?time) ?$/u,
    behind: new RegExp(`^(?:['’]s?)?(?: ransomware| gang| group)* ${people}(?![\\p{L}-])`, "u"),
    example: "<Velvet Rook> was founded by former <Conti> developers",
  },
  {
    kind: "affiliate-of",
    before:
      /\b(?:is|was|are|were|be|been|became|as|to one of|by) (?:\p{L}+ly )?(?:an? |one of (?:the |its |many |several )*|the work of an? |another )(?:\p{L}+ )?$/u,
    behind: /^(?:['’]s?)?(?: ransomware)? affiliates?(?![\p{L}-])/u,
    example: "<Velvet Rook> is probably a <LockBit> affiliate",
  },
  {
    kind: "attributed-to",
    before: /[,(–—] ?(?:an?|two|three|both|another|the) (?:\p{L}+ ){0,2}$/u,
    behind: /^(?:['’]s?)? (?:campaigns?|operations?)(?![\p{L}-])/u,
    example: "<Operation Grey Gull>, an <APT28> campaign",
  },
  {
    kind: "attributed-to",
    before: /(?<![\p{L}-])(?:for|of) which (?:the )?$/u,
    behind:
      /^ (?:(?:was|is|were|are|has been|have been) (?:\p{L}+ly )?(?:responsible|blamed)|took (?:the )?credit|claimed (?:responsibility|credit))(?![\p{L}-])/u,
    example: "<Operation Grey Gull>, for which <APT28> was responsible",
  },
  {
    kind: "attributed-to",
    before:
      /\b(?:presum|suspect|believ|suppos|assum|think|thought|likely|possib|probabl)\p{L}*(?: that)? (?:the )?(?:[\p{Ll}-]+ ){0,3}$/u,
    behind: /^ (?:is|was|are|were) (?:involved|the (?:culprit|perpetrator)s?)(?![\p{L}-])/u,
    ofWhole: true,
    example: "<Operation Grey Gull> came in May; it is presumed that the group <APT28> was involved",
  },
  {
    kind: "attributed-to",
    before: /,? (?:which|that) (?:the )?$/u,
    behind: /^ (?:had |has |have )?(?:conducted|ran|carried out|mounted|launched|staged|waged)(?![\p{L}-])/u,
    example: "<Operation Grey Gull>, which <APT28> conducted against banks",
  },
  {
    kind: "successor-of",
    before: /(?<![\p{L}-])(?:as|is|be|was|are) (?:\p{L}+ly )?(?:the )?$/u,
    behind: /^['’]s (?:\p{Ll}+ )?(?:successor|heir|re-?brand|continuation|off-?shoot|spin-?off)(?![\p{L}-])/u,
    example: "we regard <Velvet Rook> as <Conti>’s successor",
  },
  {
    kind: "subgroup-of",
    before: /\b(?:is|was|are|were|be|been|as|to|by) (?:\p{L}+ly )?(?:an? |one of the |another )$/u,
    behind: /^(?:['’]s?)? (?:sub-?groups?|sub-?clusters?|sub-?sets?)(?![\p{L}-])/u,
    example: "<Velvet Rook> is a <Lazarus Group> subgroup",
  },
];

/** Words that relate the two who were spoken of last. */
export const relatingTwo: readonly {
  readonly kind: RelationKind;
  readonly pattern: RegExp;
  readonly example: string;
}[] = [
  {
    kind: "overlaps-with",
    pattern: /(?<![\p{L}-])(?:the two|both)(?: \p{Ll}+){0,3}? overlap/iu,
    example: "The two partly overlap",
  },
  {
    kind: "same-as",
    pattern:
      /(?<![\p{L}-])(?:the two|both)(?: \p{Ll}+){0,4}? (?:one (?:and the same|group|actor)|the same(?=[.,;]|$| (?:actor|group|people|gang|crew)s?(?![\p{L}-]))|identical)/iu,
    example: "We believe that the two are one and the same",
  },
  {
    kind: "linked-to",
    pattern:
      /(?<![\p{L}-])(?:the two|both)(?: \p{Ll}+){0,4}? (?:linked|related|connected|tied|cooperat\p{L}+|work together)(?![\p{L}-])/iu,
    example: "We suspect that the two are linked by a common supplier",
  },
];

/** Words by which a report takes a relation back. */
export const denials =
  /\b(?:asked (?:if|whether)|examined (?:if|whether)|looked for|wondered (?:if|whether)|checked (?:if|whether)|not|never|neither|nor|no|nothing|none|without|unlikely|rule[sd]? out|ruling out|distinct|unrelated|disproved|den(?:y|ies|ied)|doubt(?:s|ed)?|false(?:ly)?|wrong(?:ly)?|mistak(?:e|en|enly)|unlike|rather than|instead of)\b|n['’]t\b/iu;

/** The same, behind the names. */
export const retractions =
  /^[^.;]{0,60}\binstead(?! of)\b|^[^.;]{0,60}\bfound (?:none|nothing|no )|^[^.;]{0,40}\b(?:reject(?:s|ed)|dismiss(?:es|ed)|discard(?:s|ed)|ruled? (?:it|this|that)? ?out|(?:is|was|were|proved|turned out)(?: to be)? (?:wrong|false|mistaken|a mistake|incorrect))\b/iu;

/** What looks like a denial and is none. */
export const noDenials =
  /\b(?:not only|no doubt|no longer|(?:and |but )?not more(?: than that)?(?=[,.;]|$)|(?:(?:could|can) ?not|(?:could|ca)n['’]t|not (?:yet|been)|no|without) (?:be )?(?:confirm|confirmed|prov\p{L}+|verif\p{L}+|being able to (?:prove|confirm)))\b/giu;

/** Words by which a report keeps a relation a suspicion. */
export const suspicions =
  /\b(?:suspect(?:s|ed)?|suspicions?|hunch|claim(?:s|ed)? to be|regard(?:s|ed)? as|believe[sd]?|thought(?! of)|think|likely|probabl[ey]|possib(?:le|ly)|perhaps|maybe|may|might|could|would|appears?|appeared|seems?|seemed|presum\p{L}+|suppos\p{L}+|assum\p{L}+|assess(?:es|ed|ment)?|alleged(?:ly)?|reportedly|apparently|tentative(?:ly)?|rumou?r(?:s|ed)?|speculat\p{L}+|propos\p{L}+|unconfirmed|unproven|potential(?:ly)?|arguably|hypothes\p{L}+|consider(?:s|ed)?|suggest(?:s|ed|ing)?|hint(?:s|ed)?|indicat\p{L}+|(?:low|medium|moderate) confidence|fairly (?:sure|certain|confident)|confirmed\?)\b/iu;

/** Words by which it is laid down as true all the same. */
export const certainties =
  /\b(?:high (?:degree of )?confidence|confirmed that|beyond doubt|no doubt|undoubtedly|certainly)\b/iu;

/** Words that stand for the actor who was spoken of last. */
export const takenUp =
  /(?<![\p{L}-])(?:it|they|them|its|their|this(?= (?:is|was|has|had|may|might|could|would|appears?|seems?) )|(?:the|this|these|that) (?:[\p{L}-]+ )?(?:groups?|gangs?|crews?|actors?|teams?|clusters?|operators?|hackers|adversary|attackers|intruders?|affiliates?|front|brand|persona)|that (?:operation|campaign|wave))(?![\p{L}-])/iu;

/** Words that stand for all that the report tells of. */
export const theWhole =
  /(?<![\p{L}-])(?:the|this|these|all|such) (?:[\p{L}-]+ )?(?:activit(?:y|ies)|campaigns?|operations?|attacks?|intrusions?|breach(?:es)?|incidents?|compromises?|hacks?|break-ins?|wave)(?![\p{L}-])/iu;

/** What may stand between a subject and a participle: “X has also been loosely linked to …”, not “infrastructure linked to”. */
export const beforeParticiple =
  /(?:^|[,)"”*—–-]|(?<![\p{L}-])(?:is|are|was|were|be|been|being|also|and|or|has|have|had|once|now|first|as|perhaps|maybe|an?|each|both|all|together|fact|indeed|still|often|sometimes|again|since|later|then|\p{L}+ly)) *$/u;

/** Words of relations that are participles. */
export const participles =
  /^(?:linked|tied|connected|related|associated|attributed|ascribed|pinned|put down|credited|run|operated|controlled|directed|sponsored|orchestrated|carried|conducted|perpetrated|mounted|led|emerged|evolved|split|broke|born|affiliated|partnered|part of)(?![\p{L}-])/u;

/** A sentence that begins with one of them speaks of whoever was spoken of last: “Attributed to X, by Y.” */
export const opensWithRelation =
  /^["“*_(]*(?:attributed|ascribed|linked|tied|put down|pinned)(?: \p{L}+){0,4} (?:to|with|on)(?![\p{L}-])/iu;

/** For what was done, behind “X is behind”. */
export const deedBehind =
  /^ (?:(?<focus>it|this|them)(?![\p{L}-])|(?:the|this|these|those|all) (?:[\p{L}-]+ )?(?:activit(?:y|ies)|campaigns?|operations?|attacks?|intrusions?|breach(?:es)?|incidents?|wave)(?![\p{L}-]))/iu;

/** Behind a relation: another one of whom it is said, too. */
export const soIs = /^["”*_]*,? (?:and|as) (?:so )?(?:is|are|was|were) (?:the )?["“*_]*$/iu;

/** Behind the last of several names: what is said is said of all of them. */
export const saidOfAll = /^["”*_]* (?:are|were|have|all|both|each)(?![\p{L}-])/iu;

/** Words that say that another deed is meant: “those conducted by”, “previously attributed to”. */
export const otherDeeds =
  /(?<![\p{L}-])(?:those|ones|similar|resembl\p{L}+|match(?:es|ed|ing)?|previous(?:ly)?|earlier|historically|other|another|past)(?![\p{L}-])[^,;]{0,60}$/iu;
