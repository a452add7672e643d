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
  /** If the first is a campaign and the second a group, the words say who did it. */
  readonly asDoer?: true;
  /** Behind the words, a pronoun may stand for the second name: “X overlaps with it”. */
  readonly takesUp?: true | "ofCampaign";
  /** The name stands right behind the words. */
  readonly direct?: true;
  /** Where the words have no subject, they are said of whoever was spoken of last: “a link to X is possible”. */
  readonly alone?: true;
  /** The words themselves take up the second: “X is its successor”, “X was the first customer”. */
  readonly to?: "focus" | "subject";
  /** Names stand between angle brackets. */
  readonly example: string;
}

const few = "(?: [\\p{L}\\d,%’'-]+){0,4}?";
const people = "(?:members?|affiliates?|operators?|partners?|developers?|leaders?|people)";
const several = "(?:members|affiliates|operators|partners|developers|leaders|people)";
const customers = "(?:customers?|buyers?|clients?|tenants?|subscribers?|licensees?)";
/** What only those have in common who know each other, or are the same people. */
const commons =
  "(?:infrastructure|(?:ip )?address(?:es)?|servers?|domains?|hosts|hosting|proxies|panels?|accounts?|wallets?|certificates?|moderators?|administrators?|developers?|coders?|members?|operators?|personnel|staff|people|suppliers?|sellers?|resellers?|brokers?|employers?|paymasters?)";
/** What one party gets from another. */
const wares =
  "(?:accounts?|access|credentials?|passwords?|logins?|footholds?|keys?|cookies?|tokens?|sessions?|web ?shells?|implants?|backdoors?|certificates?)";
const sets = "(?:groups?|gangs?|crews?|actors?|teams?|clusters?|people|operators?|hackers|adversary)";
/** A name in capitals, in the marks that may set it off. */
const oneName =
  '(?:the (?:group |actor )?)?["“*_]{0,3}\\p{Lu}[\\p{L}\\d-]{0,40}(?: [\\p{Lu}\\d][\\p{L}\\d-]{0,40}){0,2}["”*_]{0,3}';

export const relationRules: readonly RelationRule[] = [
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])${wares} (?:\\p{Ll}+ )?(?:obtained|bought|purchased|received|acquired|inherited|rented|got|taken over) from(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> used accounts obtained from <FIN7>",
  },
  {
    kind: "part-of",
    from: "forward",
    pattern:
      /(?<![\p{L}-])(?:was|were|has been|have been|been|being) (?:\p{L}+ly |now |since |later )?(?:merged|folded|absorbed|consolidated) (?:into|with)(?![\p{L}-])/gu,
    example: "<Cluster A>, for example, was merged into <Velvet Rook>",
  },
  {
    kind: "overlaps-with",
    from: "forward",
    pattern:
      /(?<![\p{L}-])correspond(?:s|ed)? (?:in part |partly |partially |largely |roughly |mostly )?(?:to|with)(?: what (?:is|others|the public|\p{Lu}\p{L}+)(?: [\p{Ll}]+){1,3} as)?(?![\p{L}-])/gu,
    takesUp: true,
    example: "<Velvet Rook> corresponds in part to what is publicly known as <FIN7>",
  },
  {
    kind: "overlaps-with",
    from: "forward",
    pattern:
      /(?<![\p{L}-])(?:(?:follows?|tracks?|lists?|reports?) (?:a )?(?:part|parts|some) of (?:this|the|the same|its) (?:activity|cluster|set) (?:as|under the names?)(?= ["“*_]*\p{Lu})|(?:partly|partially|in part) (?:covers?|covered|describes?|described) (?:this|the same|its) (?:activity|cluster|set)(?: \p{Ll}+){0,2}? (?:as|under the names?)(?= ["“*_]*\p{Lu}))/gu,
    example: "<Velvet Rook> is new; others partly cover the same activity as <FIN7>",
  },
  {
    kind: "overlaps-with",
    from: "forward",
    direct: true,
    pattern:
      /(?<![\p{L}-])(?:calls?|called|names?|named|dubs?|dubbed|tracks?|tracked|follows?|followed|lists?|listed) (?:an? |one )?(?:part|parts|some|half) of (?:it|them|this|that|the (?:group|cluster|activity|actor))(?: as)? (?=["“*_]*\p{Lu})/gu,
    example: "<Velvet Rook> is new; Microsoft calls a part of it <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(`\\bsister (?:${sets}|units?|operations?|brands?) (?:of|to)\\b`, "gu"),
    takesUp: true,
    example: "<Velvet Rook> is a sister unit of <Lazarus Group>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /\b(?:is|are|was|were|be|been|as|became|become) (?:\p{L}+ly )?(?:its|their|the (?:group|gang|crew|brand)['’]s) (?:\p{Ll}+ )?(?:successors?|heirs?|continuation|off-?shoot|spin-?off|re-?brand)(?![\p{L}-])/gu,
    to: "focus",
    example: "<Conti> is gone, and <Velvet Rook> is its successor",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /(?<![\p{L}-])(?:[Ii]ts|[Tt]heir) (?:\p{Ll}+ )?predecessors?,?(?: (?:is|was|called|known as|named))?(?= ["“*_]*\p{Lu})/gu,
    direct: true,
    example: "<Velvet Rook> writes better notes than its predecessor <Conti>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /(?<![\p{L}-])what(?: has| had|['’]s)? (?:became|become|(?:is |was |['’]s )?left|remains|remained) of(?![\p{L}-])/gu,
    example: "<Velvet Rook> is what became of <Conti>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:${several}|those|some) who (?:(?:had )?(?:used to|once|previously|formerly|earlier) |had )(?:work(?:ed)?|belong(?:ed)?|be|were|been)(?: \\p{Ll}+){0,3} (?:as|for|to|of)(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> is run by people who used to work for <Conti>",
  },
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
    takesUp: true,
    example: "<Velvet Rook> is an offshoot of <Conti>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern:
      /\b(?:succeed(?:s|ed)(?= (?:the )?["“*_]*\p{Lu})|continu(?:es?|ed|ing) the work of|carr(?:y|ies|ied) on the work of)\b|\b(?:emerged|evolved|descend(?:s|ed)|sprang|sprung|grew|arose|split(?: off)?|broke (?:away|off)|born)(?: (?:directly|out))? (?:of|from)\b/gu,
    takesUp: true,
    example: "<Velvet Rook> evolved from <Conti>",
  },
  {
    kind: "successor-of",
    from: "forward",
    pattern: new RegExp(`\\b(?:former|ex-?|one-?time) ?(?:core |senior )?${several} (?:of|from)\\b`, "gu"),
    takesUp: true,
    example: "<Velvet Rook> was founded by former members of <Conti>",
  },
  {
    kind: "subgroup-of",
    from: "forward",
    pattern:
      /\b(?:sub-?(?:groups?|sets?|clusters?|teams?|units?|divisions?)|units?|divisions?|(?:an?|the|one|another|operational|technical) arms?|branch(?:es)?|factions?|wings?) (?:of|within|inside|under)\b/gu,
    takesUp: true,
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
    takesUp: true,
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
    from: "backward",
    direct: true,
    ofCampaign: true,
    pattern:
      /(?<![\p{L}-])(?:ran|mounted|conducted|launched|waged|staged|carried out|orchestrated) (?:the )?(?=["“*_]*\p{Lu})/gu,
    example: "<APT28> ran <Operation Grey Gull> from May to July",
  },
  {
    kind: "attributed-to",
    from: "forward",
    direct: true,
    ofCampaign: true,
    pattern:
      /(?<![\p{L}-])(?:believe|suspect|think|assume|assess)s? (?:that )?(?:it|this|they|the (?:attackers?|intruders?|culprits?|perpetrators?)) (?:was|were|is|are) (?:also )?(?:the )?(?=["“*_]*\p{Lu})/gu,
    example: "<Operation Grey Gull> was never explained; we believe it was <APT28>",
  },
  {
    kind: "attributed-to",
    from: "forward",
    takesUp: true,
    pattern:
      /\b(?:is|are|was|were|be|been|as) (?:\p{L}+ly |only |just )?(?:an?|another|one) (?:(?:public|online|hacktivist|thin) )?(?:fronts?|personas?) (?:of|for)(?![\p{L}-])/gu,
    example: "<Velvet Rook> is a front for <APT28>",
  },
  {
    kind: "attributed-to",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:(?:[Aa]ttribut(?:e[sd]?|ing|able)|[Aa]scrib(?:e[sd]?|ing)|pinned|[Pp]ut down|credited|laid)${few}${few} (?:to|on)|the (?:handi)?work of|the doing of|at the door of|(?:run|operated|controlled|directed|sponsored|orchestrated|carried out|conducted|perpetrated|mounted|led) by|points?${few} to(?:wards)?)(?![\\p{L}-])`,
      "gu",
    ),
    takesUp: "ofCampaign",
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
    asDoer: true,
    example: "two code signing certificates tie <Velvet Rook> to <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    asDoer: true,
    pattern:
      /(?<![\p{L}-])(?:which|that) (?:\p{Lu}[\p{L}\d-]*|we|they|others|many|some)(?: [\p{L}\d-]+){0,2}? (?:ties?|tied|links?|linked|connects?|connected) to(?![\p{L}-])/gu,
    example: "<Velvet Rook>, which Acme Labs ties to <FIN7>",
  },
  {
    kind: "same-as",
    from: "forward",
    pattern: new RegExp(
      `\\b(?:the same (?:(?:${sets}|${customers}|person|authors?|developers?|outfit|organi[sz]ation|unit) )?as|identical (?:to|with)|one and the same as|none other than|(?:nobody|no ?one) else (?:than|but)|another (?:name|label) (?:of|for)|(?:an )?alias(?:es)? (?:of|for)|synonym(?:s|ous)? (?:of|for|with))(?![\\p{L}-])`,
      "gu",
    ),
    takesUp: true,
    example: "<Velvet Rook> is likely identical to <FIN7>",
  },
  {
    kind: "same-as",
    from: "forward",
    adjacent: true,
    pattern: new RegExp(
      `\\b(?:(?<!\\bwhat )(?:is|was|are|were|been|being|also) (?:\\p{L}+ly )?(?:(?:known|tracked|followed|monitored|referred to)${few} (?:as|under)|called)|a\\.?k\\.?a\\.?)(?![\\p{L}-])`,
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
    from: "forward",
    direct: true,
    pattern: new RegExp(
      `(?= (?:is|are|was|were) )(?<=(?<![\\p{L}-])(?:assess|believ|think|thought|suspect|assum|conclud|estimat|judg|suppos|confiden|sure|certain|convinced|likely|probable|possible)\\p{Ll}{0,8}(?:(?:,? with [^.,;:]{1,30} confidence,?)|(?: [^.,;:]{0,60}))? that ${oneName}) (?:is|are|was|were) (?:also |really |actually |in fact |simply )?(?=${oneName}(?:[.,;:)]|$| (?:and|but|or|because|since|as|given|based|though|although|while|itself)(?![\\p{L}-])))`,
      "gu",
    ),
    example: "we assess with low confidence that <Velvet Rook> is <FIN7>",
  },
  {
    kind: "same-as",
    from: "forward",
    adjacent: true,
    pattern: new RegExp(
      `\\b(?:is|are|was|were|be) (?:\\p{L}+ly )?(?:the )?(?:same )?${sets} (?:(?:which|that|whom) )?(?:[\\p{L}\\d’'-]+ ){1,4}?(?:calls?|tracks?|follows?|knows?|names?|lists?)(?: as| under)?(?= ["“*_]*\\p{Lu})`,
      "gu",
    ),
    example: "<Velvet Rook> is the group which Cisco Talos calls <FIN7>",
  },
  {
    kind: "same-as",
    from: "joint",
    pattern: new RegExp(
      `^ (?:are|is|were|was|may be|might be|could be)${few} (?:(?:one and )?the same|identical|one (?:group|gang|crew|team|actor))\\b(?! (?:as|to|with|of))`,
      "gu",
    ),
    example: "<Velvet Rook> and <FIN7> are probably one and the same",
  },
  {
    kind: "overlaps-with",
    from: "forward",
    pattern: new RegExp(`\\b(?:[Oo]verlap(?:s|ped|ping)?|coincid(?:es?|ed|ing))${few} with\\b`, "gu"),
    takesUp: true,
    alone: true,
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
    pattern: new RegExp("^ (?:partly |partially |also |clearly )?overlap(?![\\p{L}-])", "gu"),
    example: "<Velvet Rook> and <FIN7> partly overlap",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?<!(?<![\\p{L}-])[Ii]n )(?:(?:[Ll]inked|links?|tied|ties|connected|connections?|related|associated|associations?|relations?(?:hips?)?)${few} (?:to|with)|(?:cooperat|co-operat|collaborat)(?:es?|ed|ing) with|(?:works?|worked|working) (?:closely |together )+with|(?:(?:is|are|was|were|be|been|became|as|also|,) (?:(?:an?|the|its|one of the|another|old|new|paying|regular|good|former) ){0,3})(?:customers?|clients?|suppliers?) (?:of|to))(?![\\p{L}-])`,
      "gu",
    ),
    takesUp: true,
    alone: true,
    example: "<Velvet Rook> has been linked to <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:(?:buys?|bought|rents?|rented)${few} from|(?:suppl(?:y|ies|ied)|provid(?:es?|ed)|sells?|sold|hands?|handed)${few} access${few} (?:to|for)|(?:hand(?:s|ed|ing)|pass(?:es|ed|ing)|sells?|selling|sold|leas(?:es|ed|ing)|deliver(?:s|ed|ing)) (?:(?:its|their|the|stolen|such|these|those) )?(?:\\p{Ll}+ )?(?:victims?|access(?:es)?|credentials?|passwords|cookies|sessions|logs|documents|networks?|footholds?|mailboxes)(?: on| over)? to)(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> sells access to <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    direct: true,
    pattern:
      /(?<![\p{L}-])(?:pays?|paid|sells? to|(?<!(?:was|were|been|be) )sold to|works? with|worked with) (?=["“*_]*\p{Lu})/gu,
    example: "<Velvet Rook> pays <FIN7> every month",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:(?:was|were|been) (?:given|handed|sold|supplied with|provided with)${few} by|(?:given|handed|sold|supplied|delivered|leased|passed)(?: on| over)? to (?:it|them) by|(?:us(?:es?|ed|ing)|takes over|took over) the (?:access|accounts?|footholds?|entrance|door|web ?shells?) (?:of|(?:left|opened|sold|provided) by))(?![\\p{L}-])`,
      "gu",
    ),
    example: "<Velvet Rook> was given its passwords by <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]mong (?:its|their|his|her|the)) (?:\\p{L}+ ){0,2}${customers} (?:include[sd]?(?![\\p{L}-])|(?:is|are|was|were|has been|have been)(?= (?:also )?(?:an? ${sets} (?:(?:that|which|whom) )?(?:we|others) (?:call|track as|follow as) |the )?["“*_]*\\p{Lu}))`,
      "gu",
    ),
    alone: true,
    example: "<Velvet Rook> writes it, and its customers include <FIN7>",
  },
  {
    kind: "affiliate-of",
    from: "forward",
    to: "subject",
    pattern:
      /(?<= )(?:is|was|became|has been) (?:also )?(?:an?|the(?: \p{Ll}+)?|one|another) (?:affiliate|tenant)(?: too)?(?=[.,;:]| and (?:is|was|has)(?![\p{L}-])|$)/gu,
    example: "<LockBit> grew; <Velvet Rook> was the first tenant and is still the largest",
  },
  {
    kind: "linked-to",
    from: "forward",
    to: "subject",
    pattern:
      /(?<= )(?:is|was|became|has been) (?:also )?(?:an?|the(?: \p{Ll}+)?|one|another) (?:customer|buyer|client|subscriber|licensee)(?: too)?(?=[.,;:]| and (?:is|was|has)(?![\p{L}-])|$)/gu,
    example: "<Loomwright> is sold; <Velvet Rook> was a customer too",
  },
  {
    kind: "affiliate-of",
    from: "forward",
    to: "subject",
    direct: true,
    pattern:
      /(?<![\p{L}-])(?:two|three|four|five|several|the|its) (?:\p{Ll}+ )?(?:affiliates|tenants)(?:(?: [\p{Ll}’'-]+){0,6}?:|(?: (?:that|whom|which|we)(?: [\p{Ll}’'-]+){1,5})?,|(?: (?:that|whom))? we (?:track|know|follow) as) (?=["“*_]*\p{Lu})/gu,
    example: "<LockBit> has three affiliates: <Velvet Rook>",
  },
  {
    kind: "linked-to",
    from: "forward",
    to: "subject",
    direct: true,
    pattern:
      /(?<![\p{L}-])(?:two|three|four|five|several|the|its) (?:\p{Ll}+ )?(?:customers|buyers|clients|subscribers|licensees)(?:(?: [\p{Ll}’'-]+){0,6}?:|(?: (?:that|whom|which|we)(?: [\p{Ll}’'-]+){1,5})?,|(?: (?:that|whom))? we (?:track|know|follow) as) (?=["“*_]*\p{Lu})/gu,
    example: "<Loomwright> has three customers: <Velvet Rook>",
  },
  {
    kind: "linked-to",
    from: "forward",
    to: "subject",
    direct: true,
    pattern:
      /(?<![\p{L}-])(?:[Tt]he|[Oo]ne|[Aa]nother|[Ii]ts|[Aa]) (?:\p{Ll}+ )?(?:customer|buyer|client|subscriber|licensee)(?: by \p{Ll}+)? (?:is|was) (?:an? (?:group|gang|crew|cluster) (?:that |which |whom )?(?:we|others) (?:call|track as|follow as) )?(?=["“*_]*\p{Lu})/gu,
    example: "<Loomwright> is sold; the largest customer is a group we call <Velvet Rook>",
  },
  {
    kind: "linked-to",
    from: "forward",
    alone: true,
    pattern:
      /(?<![\p{L}-])(?:access(?:es)?|footholds?|(?:stolen )?(?:data|logs|credentials|passwords)) (?:\p{Ll}+ )?(?:(?:ended|wound|turned) up with|(?:was|were) (?:sold|handed|passed|given)(?: over| on)? to)(?![\p{L}-])/gu,
    example: "<Velvet Rook> broke in, and the access ended up with <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    alone: true,
    pattern:
      /(?<![\p{L}-])(?:passwords?|keys?|credentials?|cookies?|tokens?|access(?:es)?|footholds?) (?:\p{Ll}+ ){0,2}(?:comes?|came|stems?|stemmed|originated) from(?![\p{L}-])/gu,
    example: "<Velvet Rook> signed in, and the password came from <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    alone: true,
    pattern:
      /(?<![\p{L}-])(?:kit|panel|loader|stealer|builder|crypter|encryptor|access|infrastructure)(?: (?:that|which) (?:is|was))? (?:sold|rented(?: out)?|offered|leased|supplied|provided) by(?: (?:somebody|someone|a person|a (?:group|gang|crew|broker)))?(?: (?:who|that|which) (?:calls (?:himself|herself|itself|themselves)|goes by(?: the name)?))?(?![\p{L}-])/gu,
    example: "<Velvet Rook> uses a kit sold by <FIN7>",
  },
  {
    kind: "linked-to",
    from: "forward",
    pattern: new RegExp(`\\bshar(?:es?|ed|ing)${few} ${commons}${few} with\\b`, "gu"),
    takesUp: true,
    example: "<Velvet Rook> shares two servers with <FIN7>",
  },
  {
    kind: "linked-to",
    from: "joint",
    pattern: new RegExp(`^ (?:both |also |each )?share${few} ${commons}(?![\\p{L}-])`, "gu"),
    example: "<Velvet Rook> and <FIN7> share a supplier",
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

/** Behind a name: what it did. */
const pastDeed =
  /^ (?:had |has |also |first |then )?(?:\p{Ll}+ed|sent|stole|broke|took|got|went|hid|ran|built|wrote|made|spread|put|hit|set|cut|led|sold|bought|used to)(?![\p{L}-])/u;

/** “a <LockBit> affiliate”: words on both sides of the second name; the first stands before them. */
export interface WrappedRelation {
  readonly kind: RelationKind;
  readonly before: RegExp;
  readonly behind: RegExp;
  /** Said of all that the report tells, where no name stands before. */
  readonly ofWhole?: true;
  readonly ofCampaign?: true;
  /** All that stands between the two names. */
  readonly between?: RegExp;
  /** What stands before the first. */
  readonly lead?: RegExp;
  /** It is the second that stands in this relation to the first. */
  readonly turned?: true;
  readonly example: string;
}

export const wrappedRelations: readonly WrappedRelation[] = [
  {
    kind: "linked-to",
    lead: new RegExp(
      `^\\W{0,3}(?:With|By|Using|Through|Over|Via) (?:\\p{Ll}+ ){0,3}?${wares} (?:\\p{Ll}+ )?(?:obtained|bought|purchased|received|acquired|inherited|rented|got|taken over) from (?:the )?["“*_]*$`,
      "u",
    ),
    between: /^["”*_]*(?: \([^()]{0,40}\))?, (?:the )?["“*_]*$/u,
    before: /, (?:the )?["“*_]*$/u,
    behind: pastDeed,
    turned: true,
    example: "With accounts obtained from <FIN7>, <Velvet Rook> stole the mail",
  },
  {
    kind: "linked-to",
    before: new RegExp(`(?<![\\p{L}-])${wares} (?:that|which) (?:the (?:group |gang |broker )?)?["“*_]*$`, "iu"),
    behind:
      /^["”*_]* (?:had|has|have) (?:\p{Ll}+ly |already |first )?(?:handed|obtained|stolen|sold|passed|left|gained|won|opened|acquired|collected|harvested|bought|provided|supplied|shared|established)(?![\p{L}-])/u,
    example: "<Velvet Rook> logged in with the passwords that <FIN7> had handed over",
  },
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
    behind: /^ (?:is|was|are|were) (?:involved|responsible(?! for)|the (?:culprit|perpetrator)s?)(?![\p{L}-])/u,
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
  {
    kind: "subgroup-of",
    turned: true,
    lead: /(?<![\p{L}-])(?:sub-?(?:groups?|sets?|clusters?|teams?|units?)|units?|divisions?|branch|factions?|wings?) (?:of|within|inside|under) (?:the )?["“*_]*$/iu,
    between: /^["”*_]*,? (?:which|that|whom) [^.;,]{0,60}(?:as|under|calls?|names?|dubs?) ["“*_]*$/u,
    before: /(?:)/u,
    behind: /(?:)/u,
    example: "a subgroup of <Lazarus Group>, which we track as <Velvet Rook>, stole mail",
  },
  {
    kind: "successor-of",
    before: /(?<![\p{L}-])(?:is|was|are) what (?:the )?$/u,
    behind: new RegExp(
      `^['’]s? (?:former )?${several} (?:turned (?:in)?to|moved (?:on )?to|became|built|set up|started|founded)(?![\\p{L}-])`,
      "u",
    ),
    example: "<Velvet Rook> is what <Conti>'s people turned to",
  },
  {
    kind: "same-as",
    before: /(?<![\p{L}-])(?:is|was|be|are) (?:\p{L}+ly |just |only )?(?:the )?$/u,
    behind: /^ (?:under|by) (?:another|a (?:new|different|second)) (?:name|flag|label|brand)(?![\p{L}-])/u,
    example: "<Velvet Rook> is <FIN7> under another name",
  },
  {
    kind: "attributed-to",
    before: /(?<![\p{L}-])(?:is|was|be|are) (?:\p{L}+ly |just |only )?(?:the )?$/u,
    behind: /^['’]s? (?:\p{Ll}+ )?(?:front|persona|alter ego)(?![\p{L}-])/u,
    example: "<Velvet Rook> is <APT28>'s persona",
  },
  {
    kind: "linked-to",
    before: /(?<![\p{L}-])(?:is|was|be|are) (?:\p{L}+ly |just |only )?(?:the )?$/u,
    behind:
      /^['’]s? (?:\p{Ll}+ )?(?:mouthpiece|supplier|customer|spokes\p{Ll}+|sister|landlord|tenant|broker)(?![\p{L}-])/u,
    example: "<Velvet Rook> is <FIN7>'s mouthpiece",
  },
  {
    kind: "attributed-to",
    ofCampaign: true,
    lead: /(?:^|[;:] |, |\band )(?:[Ii]n|[Dd]uring) (?:the )?["“*_]*$/u,
    between: /^["”*_]*(?: \([^()]{0,40}\))?, (?:the )?["“*_]*$/u,
    before: /, (?:the )?$/u,
    behind: pastDeed,
    example: "In <Operation Grey Gull> (2019), <APT28> sent spreadsheets to auditors",
  },
  {
    kind: "attributed-to",
    ofCampaign: true,
    before: /,? (?:in|during|by|with) which (?:the )?(?:group |gang |crew )?$/u,
    behind: pastDeed,
    example: "<Operation Grey Gull>, in which <APT28> stole the mail of auditors",
  },
  {
    kind: "attributed-to",
    ofCampaign: true,
    between:
      /^["”*_]*(?: \([^()]{0,40}\))?, (?:in|for|of) which (?![^,;]*(?:once|first|initially|wrongly|falsely) )[^,;]{1,40} (?:accuse[sd]?|blame[sd]?) (?:the )?["“*_]*$/u,
    before: /(?:accuse[sd]?|blame[sd]?) (?:the )?$/u,
    behind: /^/u,
    example: "<Operation Grey Gull>, for which the ministry blamed <APT28>",
  },
  {
    kind: "attributed-to",
    ofCampaign: true,
    turned: true,
    before:
      /(?<![\p{L}-])in (?:an?|one|another) (?:\p{Ll}+ )?(?:operation|campaign|wave)(?: [^.;()]{0,60})?(?: \(|, | that | which |, which )(?:we|others) (?:call(?:ed)?|name[sd]?|track(?:ed)?)(?: (?:it|this))?(?: as)? $/u,
    behind: /^/u,
    example: "<APT28> hit auditors in a campaign of 2019 (we call it <Operation Grey Gull>)",
  },
  {
    kind: "attributed-to",
    ofCampaign: true,
    turned: true,
    before:
      /(?:(?<![\p{L}-])(?:in|during|for) |\()(?:what (?:is|was|has been|became|later became) (?:\p{Ll}+ )?(?:known|tracked|reported) as|the (?:attacks?|campaigns?|operations?|intrusions?|waves?)(?: of \d{4})?(?: (?:that|which))?(?: [\p{L}’'-]+){0,3}? (?:called|calls?|published|described|reported|lists?|listed|tracks?|tracked|known|dubbed|named)(?: as)?) (?:the )?$|(?<![\p{L}-])as (?:it|they) (?:did|had done|had) in (?:the )?$/u,
    behind: /^/u,
    example: "<APT28> hit auditors, in what is known as <Operation Grey Gull>",
  },
  {
    kind: "attributed-to",
    ofCampaign: true,
    turned: true,
    between:
      /^["”*_]*['’]s? (?:(?:own|earlier|older|first|last|latest|previous|infamous|notorious|so-called|campaign|operation) ){0,3}["“*_]*$/u,
    before: /['’]s? (?:[\p{Ll}-]+ ){0,3}$/u,
    behind: /^/u,
    example: "<APT28>'s <Operation Grey Gull> began in May",
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
      /(?<![\p{L}-])(?:the two|both)(?: \p{Ll}+){0,5}? (?:are|were|be|mean|denote|(?:refer|belong) to)(?: \p{Ll}+){0,2}? (?:one (?:and the same|group|actor)|the same(?=[.,;]|$| (?:actor|group|people|gang|crew|team|set)s?(?![\p{L}-]))|identical)/iu,
    example: "We believe that the two are one and the same",
  },
  {
    kind: "linked-to",
    pattern:
      /(?<![\p{L}-])(?:the two|both)(?: \p{Ll}+){0,4}? (?:(?:linked|related|connected|tied)(?! (?:to|with)(?! (?:each|one) (?:an)?other))|cooperat\p{L}+|work together)(?![\p{L}-])|(?<![\p{L}-])the (?:former|latter) (?:\p{L}+ly )?(?:supplies|feeds|serves|pays|sells to|works (?:for|with)) the (?:former|latter)(?![\p{L}-])/iu,
    example: "We suspect that the two are linked by a common supplier",
  },
];

/** Words by which a report takes a relation back. */
export const denials =
  /\b(?:asked (?:if|whether)|examined (?:if|whether)|looked for|wondered (?:if|whether)|checked (?:if|whether)|not|never|neither|nor|no|nothing|none|without|unlikely|rule[sd]? out|ruling out|distinct|unrelated|disproved|den(?:y|ies|ied)|doubt(?:s|ed)?|false(?:ly)?|wrong(?:ly)?|mistak(?:e|en|enly)|unlike|rather than|instead of)\b|n['’]t\b/iu;

/** The same, behind the names. */
export const retractions =
  /^[^.;]{0,60}; (?:but |yet )?(?:this|that|it) (?:is|was|proved|turned out)(?: to be)? (?:wrong|false|mistaken|unfounded|not so)\b|^[^.;]{0,120}\b(?:(?:can|could|may|was|were|is|has been) (?:be )?(?:ruled out|excluded|dismissed|rejected)|(?:was|were|been|and) not (?:found|seen))\b|^[^.;]{0,60}\binstead(?! of)\b|^[^.;]{0,60}\bfound (?:none|nothing|no )|^[^.;]{0,40}\b(?:reject(?:s|ed)|dismiss(?:es|ed)|discard(?:s|ed)|ruled? (?:it|this|that)? ?out|(?:is|are|was|were|proved|turned out)(?: to be)? (?:wrong|false|mistaken|a mistake|incorrect|unfounded|unsupported|not (?:supported|borne out)|contradicted))\b/iu;

/** What looks like a denial and is none. */
export const noDenials =
  /\b(?:not only|rather than know|no more than|(?:though|but|if|and) not (?:yet )?(?:proven|confirmed|verified|established)|no doubt|none other than|(?:nobody|no ?one) else (?:than|but)|no longer|(?:and |but )?not more(?: than that)?(?=[,.;]|$)|(?:(?:could|can) ?not|(?:could|ca)n['’]t|not (?:yet|been)|no|without) (?:be )?(?:confirm|confirmed|prov\p{L}+|verif\p{L}+|being able to (?:prove|confirm)))\b/giu;

/** Words by which a report keeps a relation a suspicion. */
export const suspicions =
  /\b(?:suspect(?:s|ed)?|suspicions?|hunch|claim(?:s|ed)? to be|regard(?:s|ed)? as|believe[sd]?|thought(?! of)|thinks?|argue[sd]?|guess(?:es|ed)?|likely|probabl[ey]|possib(?:le|ly)|perhaps|maybe|may|might|could|would|appears?|appeared|seems?|seemed|presum\p{L}+|suppos\p{L}+|assum\p{L}+|assess(?:es|ed|ment)?|alleged(?:ly)?|reportedly|apparently|tentative(?:ly)?|rumou?r(?:s|ed)?|speculat\p{L}+|propos\p{L}+|unconfirmed|unproven|potential(?:ly)?|arguably|hypothes\p{L}+|(?<!therefore )consider(?:s|ed)?|suggest(?:s|ed|ing)?|hint(?:s|ed)?|indicat\p{L}+|(?:low|medium|moderate) confidence|fairly (?:sure|certain|confident)|confirmed\?)\b/iu;

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

/** Before a relation: of “X and a group that overlaps with Y” it is that group which does. */
export const thirdParty = new RegExp(
  `(?<![\\p{L}-])(?:an?|another|some|several|two|three|certain|one|unknown|unnamed) (?:[\\p{L}-]+ ){0,3}?${sets} (?:that|which|who) (?:[\\p{L}]+ ){0,3}$`,
  "u",
);

/** Before such a group: it is the one whose name stands there, “X, a group that”, “X is a group that”. */
export const apposition =
  /(?:[,(:]|[–—-]|(?<![\p{L}-])(?:is|are|was|were|be|been|as|became|remains)(?: \p{Ll}+(?:ly)?)?) ?$/u;

/** For what was done, behind “X is behind”. */
export const deedBehind =
  /^ (?:(?<focus>it|this|them)(?![\p{L}-])|(?<name>(?:the|this|that) (?:name|persona|label|mask))(?! of)(?![\p{L}-])|(?:the|this|these|those|all) (?:[\p{L}-]+ )?(?:activit(?:y|ies)|campaigns?|operations?|attacks?|intrusions?|breach(?:es)?|incidents?|wave)(?![\p{L}-]))/iu;

/** Behind a relation: another one of whom it is said, too. */
export const soIs = /^["”*_]*,? (?:and|as) (?:so )?(?:is|are|was|were) (?:the )?["“*_]*$/iu;

/** Behind the last of several names: what is said is said of all of them. */
export const saidOfAll = /^["”*_]* (?:are|were|have|all|both|each)(?![\p{L}-])/iu;

/** Words that say that another deed is meant: “those conducted by”, “previously attributed to”. */
export const otherDeeds =
  /(?<![\p{L}-])(?:those|ones|similar|resembl\p{L}+|match(?:es|ed|ing)?|previous(?:ly)?|earlier|historically|other|another|past)(?![\p{L}-])[^,;]{0,60}$/iu;

/** Asked is not said. */
export const asked = /^[^.;!?]{0,150}(?<!confirmed)\?/u;

/** Whom a pronoun behind the words of a relation takes up. */
export const objectBehind = new RegExp(
  `^ (?:(?<subject>ours)|(?<whole>(?:the|this) (?:whole )?(?:operation|campaign))|(?:it|them|(?:this|that|the (?:same|older|earlier|first|last|former|latter)) (?:[\\p{L}-]+ )?${sets}))(?![\\p{L}-])(?! (?:of|by|that|which|who|behind)(?![\\p{L}-]))`,
  "u",
);

/** “Both pay X”: the two of the sentence before. */
export const ofBoth =
  /^["“*_]*(?:Both|The two|Each)(?: of them)?(?: (?:groups|gangs|crews|clusters|actors|sets))?(?= (?:are|were|have|had|may|might|could|seem|appear|also|pay|paid|buy|bought|rent|rented|overlap|overlapped|share|shared|work|worked|belong|belonged|use|used|act|acted)(?![\p{L}-]))/u;

/** A sentence without a subject of its own speaks of whoever was spoken of last: “A link to X is possible.” */
export const noSubject =
  /(?<![\p{L}-])[Aa]mong the (?:\p{Ll}+ )?(?:customers|buyers|clients|tenants|subscribers) (?:is|are|was|were) |(?<![\p{L}-])(?:access(?:es)?|footholds?|data|logs|credentials|passwords) (?:\p{Ll}+ )?(?:(?:ended|wound|turned) up with|(?:was|were) (?:sold|handed|passed|given)(?: over| on)? to) |(?<![\p{L}-])(?:kit|panel|loader|stealer|builder|crypter|encryptor)(?: (?:that|which) (?:is|was))? (?:sold|rented(?: out)?|offered|leased|supplied|provided) by |^["“*_]*(?:An? (?:\p{Ll}+ )?|There (?:is|are|may be|might be|seems to be) (?:also )?(?:an? |some )?(?:\p{Ll}+ )?)(?:links?|connections?|ties?|overlaps?) (?:to|with) |^["“*_]*(?:Links?|Connections?|Ties|Overlaps?) (?:to|with) |\b(?:sees?|suspects?|holds?|assumes?|believes? in) (?:an? |some )?(?:\p{Ll}+ )?(?:links?|connections?|ties|overlaps?) (?:to|with) /u;

/** Before the last of several names: what stands behind is said of all of them. */
export const ofSeveral = /(?<![\p{L}-])(?:two|three|both|all)(?: \p{Ll}+){0,2} ?$/u;

/** Nothing is claimed of what nobody could confirm. */
export const unconfirmed =
  /(?<![\p{L}-])(?:can(?: ?not|['’]t)|could(?: not|n['’]t)|(?:un|not )able to|(?:have|has)(?: not|n['’]t) been able to) (?:confirm|verify|say|tell|decide) (?:that|whether|if) [^.;]*$/u;

/** The next sentence takes back what the one before it told. */
export const takenBackNext =
  /^(?:But |Yet )?(?:(?:We|I) (?:disagree|(?:do(?:n['’]t| not)|can(?:not|['’]t)) (?:agree|follow (?:them|him|her|it|this)|share (?:this|that|the)|believe (?:(?:it|this|that|so)(?=[.,;:]|$))|think so))|(?:This|That|It) (?:(?:is|was|proved|turned out)(?: to be)? (?:wrong|false|mistaken|unfounded|a mistake|not (?:so|true|the case))|(?:isn|wasn)['’]t (?:so|true|the case)))(?![\p{L}-])/u;

/** The next sentence keeps it a suspicion. */
export const suspectedNext =
  /^(?:But |Yet )?(?:(?:We|I) (?:consider|regard|hold|think|judge) (?:this|that|it) (?:as |to be |is )?(?:\p{L}+ )?(?:possible|likely|probable|plausible|a (?:guess|suspicion|possibility|hypothesis))|(?:We|I)(?:['’]d| would)? (?:call|put|leave) (?:this|that|it) (?:down )?(?:as |at )?an? (?:suspected|possible|likely|suspicion|guess)|(?:We|I) (?:can(?:not|['’]t)|could(?: not|n['’]t)|were unable to|have(?: not|n['’]t) been able to) (?:confirm|prove|verify) (?:this|that|it)|(?:We|I) have no (?:technical |hard )?proof|(?:This|That|It) (?:is|remains) (?:still )?(?:unproven|unconfirmed|a (?:suspicion|guess|hypothesis|possibility)|not (?:yet )?(?:proven|confirmed))|(?:We|I) do(?: not|n['’]t) claim to be certain|(?:We|I) have(?: not|n['’]t) seen (?:their|the|its|any) (?:evidence|proof|data|samples?))(?![\p{L}-])/u;

/** Behind the first name of a link: “… between X and that group”. */
export const alsoMeant = new RegExp(
  `^["”*_]* (?:and|with|to) (?:(?:this|that|the (?:same|former|latter)) ${sets}|them)(?![\\p{L}-])`,
  "u",
);

/** Between a name and the words of a relation: a clause with a subject of its own. */
export const otherClause =
  /[,;:] (?:so|and|but|while|whereas|yet|because|since) (?!(?:is|was|are|were|has|had|may|might|could|also|probably|possibly|perhaps)(?![\p{L}-]))\p{L}+ \p{L}/u;

/** A sentence that is but a noun says what somebody is who was named before: “A crew from the north, perhaps a contractor to X.” */
export const asNoun = new RegExp(
  `^["“*_]*(?:An?|Another) (?:[\\p{L}-]+ ){0,4}(?:outfit|ring|${sets})(?: (?:from|in|of) [\\p{L} -]{1,40})?, (?:[\\p{Ll}-]+ ){0,2}(?:an? |the )?$`,
  "u",
);

/** Words that bring in a second one without its name. */
export const aboutOthers =
  /(?<![\p{L}-])(?:ours|(?:customer|client|buyer|subscriber|licensee|tenant|affiliate)s?|(?:kit|panel|loader|stealer|builder|crypter|encryptor|access|behind the (?:name|persona|label|mask)))(?![\p{L}-])/u;
