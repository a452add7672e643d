/** A name with the words behind it that make it a comparison; the name belongs to the stretch. */
const name =
  "(?=\\p{Lu})(?<![\\p{L}\\p{N}-])(?!(?:They|It|The|This|That|These|Those|He|She|We|You|I)(?![\\p{L}\\p{N}]))\\p{Lu}[\\p{L}\\p{N}-]{0,40}(?: [\\p{Lu}\\p{N}][\\p{L}\\p{N}-]{0,40}){0,2}";

/** What intruders share with an account of their own, and with whom. */
const givenAway =
  "(?:snapshots?|files?|logs?|folders?|documents?|links?|drives?|disks?|volumes?|images?|AMIs?|buckets?|databases?|mailbox(?:es)?|calendars?|screens?|desktops?|repositor(?:y|ies)|pages?|sites?|data|photos?|videos?)";
const recipients =
  "(?:accounts?|tenants?|address(?:es)?|projects?|subscriptions?|users?|mailbox(?:es)?|everyone|everybody|anyone|anybody|public|world|outsiders|victims?|employees|staff|colleagues|(?:whole|entire) \\p{Ll}+)";
/** Before what is a noun: “its network shares”, “file sharing”. */
const ownsShares =
  "(?:the|an?|its|their|his|all|these|those|other|open|network|files?|folders?|hidden|netlogon|smb|SMB|NFS|Windows|administrative|admin|screen|drive|for|of|on|over|through|\\p{Lu}+\\$)[ -]";

/**
 * How reports bring up an actor of whom they do not tell: what follows the words, up to the end of the clause, is only
 * compared with, cited or recalled. A row: the words, and the reason that is shown to the analyst.
 */
export const comparisons: readonly {
  readonly pattern: RegExp;
  readonly reason: string;
  /** What stands before the words where all that follows is of others; elsewhere only somebody who is named there is. */
  readonly of?: RegExp;
}[] = [
  {
    pattern:
      /(?:^|(?<=[,–—(] ))(?:Much |Just )?like (?=(?:the |in the |those of |previous |earlier |other )?\p{Lu})/giu,
    reason: "compared with",
  },
  {
    pattern:
      /\b(?:similar|similarly|comparable|akin|analogous|identical)\b(?: [\w-]+){0,4} (?:to|with)\b|\b(?:points? out|noted|observes?) that (?=["“*_]*\p{Lu}[^.;]{0,80} (?:the same|similar|alike)\b)/giu,
    reason: "compared with",
  },
  {
    pattern: /\brecall(?:s|ed|ing)? (?=(?:the |those of )?["“*_]*\p{Lu})/gu,
    reason: "compared with",
  },
  {
    pattern:
      /\b(?:[Rr]esembl(?:es?|ed|ing)(?! (?:one another|each other))|[Rr]eminiscent of|[Ee]cho(?:es|ed|ing)?|[Mm]irror(?:s|ed|ing)(?= (?:the|those|that|what|earlier|previous|it|them)\b)|[Mm]imic(?:s|ked|king)?)\b(?=[^.;]{0,90}(?<=[\s"“*_(])\p{Lu})/gu,
    reason: "compared with",
  },
  {
    pattern: /\b(?:unlike|in contrast (?:to|with)|as opposed to|compared (?:to|with)|in comparison (?:to|with))\b/giu,
    reason: "contrasted with",
  },
  {
    pattern: /\bdiffer(?:s|ed|ing|ent)? (?:\p{L}+ )?from (?=(?:the |that of |those of )?["“*_]*\p{Lu})/gu,
    reason: "contrasted with",
  },
  {
    pattern:
      /\b(?:just )?(?:as|like)(?: it| they)? (?:was |were )?(?:seen|observed|exposed|used|described|reported|happened|did|done|with|in)(?: [\w-]+){0,3} (?:in|by|with|during|the)\b/giu,
    reason: "compared with",
  },
  {
    pattern: /\b(?:[Aa]s|[Ll]ike) (?=\p{Lu}[^.,;]{0,40} (?:did|does|do|had done|has done|used to)\b)/gu,
    reason: "compared with",
  },
  {
    pattern:
      /\b(?:exposed|revealed|seen|observed|reported|uncovered)(?: [\w-]+){0,2} (?:in|during) (?:the|recent|last|previous|earlier)\b/giu,
    reason: "recalled",
  },
  {
    pattern: /\bsuch as\b/giu,
    reason: "an example of others",
    of: /(?<![\p{L}-])(?:groups?|actors?|gangs?|crews?|clusters?|adversar(?:y|ies)|attackers|intruders|hackers|criminals|operators|affiliates|outfits?|collectives?|brands?|families|others|those|ones|campaigns?|intrusions?|incidents?|breach(?:es)?|compromises?)(?: [\p{Ll}-]+){0,4},? $/iu,
  },
  {
    pattern: /\b(?:other|notorious|well-known|past|previous) (?:[\w-]+ ){0,3}(?:like|including)\b/giu,
    reason: "an example of others",
  },
  {
    pattern:
      /\bthe same(?: [\w-]+){0,4} (?:as|used by|that)\b|\balso (?:used|employed|seen|exploited|abused|shared|observed|found) (?:by|with|in)\b|\b(?:commonly|widely|historically|traditionally|typically) (?:used|employed|associated|linked|attributed)\b/giu,
    reason: "said to share something",
  },
  {
    pattern:
      /\b(?:no|nothing|without(?: any)?|neither(?: an?)?|nor(?: an?)?) (?:(?:known|clear|direct|further|other|firm|obvious|visible|technical) ){0,2}(?:connections?|links?|ties|overlaps?|relations?(?:hips?)?|associations?|in common|to do)\b(?: [\w-]+){0,2}? (?:to|with|between)\b/giu,
    reason: "denied",
  },
  {
    pattern:
      /\b(?:possible|potential|suspected|alleged|apparent|tenuous) (?:connections?|links?|ties)(?: [\w-]+){0,2} (?:with|to)\b/giu,
    reason: "said to be linked",
  },
  {
    pattern: /\b(?:overlap(?:s|ped|ping)?|coincid(?:es?|ed|ing))\b(?: [\w-]+){0,4} with\b/giu,
    reason: "said to overlap",
  },
  {
    // Files that are shared with an account, or with nobody who has a name, are given away.
    pattern: new RegExp(
      `(?<!(?<![\\p{L}-])${ownsShares})\\b[Ss]har(?:e|ed|ing|es(?! (?:are|were|is|was|have|had|on|of|in|and|that|which)\\b))\\b(?! (?:[\\w’'-]+ ){0,4}${givenAway}(?: [\\w’'-]+){0,5} with (?!(?:the )?["“*_]*\\p{Lu}))(?!(?: [\\w’'-]+){0,7} with (?:\\p{Ll}[\\w’'-]* (?:[\\w’'-]+ ){0,3})?${recipients}(?![\\p{L}-]))(?: [\\w-]+){0,6} with\\b`,
      "gu",
    ),
    reason: "said to overlap",
  },
  {
    pattern:
      /\b(?:previously|formerly|earlier|historically|originally|once|(?:has|have) since been|and since)(?: [\w-]+){0,2} (?:attributed|linked|associated|tied|ascribed|connected|seen|used|observed|reported)\b/giu,
    reason: "recalled",
  },
  {
    // “Operation X, a series of thefts disclosed in 2019”: what the world has known for years.
    pattern: new RegExp(
      `${name}["”*_]*, (?:an?|the|whose) [^.;]{1,80}? (?:(?:was |were |had been |first )?(?:disclosed|exposed|uncovered|revealed|documented|reported|described|made public)|became public|came to light) in (?:\\p{Lu}\\p{Ll}+ )?(?:19|20)\\d\\d`,
      "gu",
    ),
    reason: "recalled",
    of: /(?!)/u,
  },
  {
    // At the head of a sentence, before a name: what somebody did at another time.
    pattern: /^(?:Previously|Historically|In the past|In years past|Years (?:ago|earlier)), (?=\p{Lu})/gu,
    reason: "recalled",
  },
  {
    // A publisher's name stands before the verb: other people's posts.
    pattern:
      /(?<=\p{Lu}[\p{L}\p{N}-]{1,30} )(?<!(?<![\p{L}\p{N}])(?:We|They) )(?:has |have |had )?(?:wrote|written|writes|blogged|published|released|covered|covers|looked|reported|warned)(?: [\w-]+){0,4} (?:about|on|at|of)\b/gu,
    reason: "cited from others",
  },
  {
    // “Night Heron, too, exploits …”, “… and Night Heron has too”.
    pattern: new RegExp(
      `${name}(?:, (?:too|as well|likewise),? |,? (?:has|have|had|did|does|do)(?: so)?,? (?:too|as well|likewise)(?![\\p{L}-]))`,
      "gu",
    ),
    reason: "said to do the same",
    // “A backup of the ERP database was copied in the same way”: nobody is named.
    of: /(?!)/u,
  },
  {
    pattern: new RegExp(`${name}-(?:inspired|like|style|esque|type)\\b`, "gu"),
    reason: "compared with",
  },
  {
    pattern: new RegExp(`${name} (?:comes?|came|springs?|sprang) to mind`, "gu"),
    reason: "compared with",
  },
  {
    // What is only known by hearsay, or was another time's habit.
    pattern: new RegExp(
      `${name}(?:, [^,.;]{1,40},)? (?:(?:was|were|has been|had been) (?:(?:reported|rumou?red|said)(?: by [\\w-]{1,20}){0,2} to|(?:suspected|accused) of) |used to |(?:is|are) (?:also |best |mostly )?known (?:to|for) )`,
      "gu",
    ),
    reason: "recalled",
  },
  {
    pattern:
      /\b(?:[Rr]eaders?|[Ss]ome|[Yy]ou|[Mm]any|[Oo]ne) (?:may|might|will) (?:remember|recall|think of)\b|\b(?:brings?|brought|calls?|called) (?=\p{Lu}[^.;]{1,80} (?:back )?to mind\b)|\breminds? (?:us|one|me) of\b/gu,
    reason: "recalled",
  },
  {
    pattern:
      /\b(?:belongs?|belonged) to (?=\p{Lu}[^.;]{0,60} instead\b)|\b(?:wrongly|falsely|mistakenly|incorrectly|erroneously) (?:attributed|ascribed|linked|tied|connected) (?:to|with)\b/gu,
    reason: "kept apart",
  },
  {
    pattern:
      /\b(?:the work of|by) (?:other|another|different) (?=(?:perpetrators?|actors?|groups?|intruders?|attackers?|people|hands|clusters?|gangs?)\b)|\b(?:asked|wondered|considered|examined|checked|discussed|speculated)(?: [\w-]+){0,3} (?:whether|if)\b/giu,
    reason: "only considered",
  },
  {
    pattern:
      /\b(?:suspicions?|suggestions?|claims?|rumou?rs?|theor(?:y|ies)|allegations?|speculations?)(?:, [^,.;]{1,60},)? (?:that|of) (?=["“*_]*\p{Lu})/gu,
    reason: "only considered",
  },
  {
    pattern: /\b(?:webinar|podcast|newsletter|blog post|talk)s?\b(?: [\w-]+){0,3} (?:covers?|about|on)\b/giu,
    reason: "cited from others",
  },
  {
    pattern:
      /\b(?:in the wake of|ever since|prior to|years? after|months? after|weeks? after|inspired by|modell?ed (?:on|after))\b/giu,
    reason: "recalled",
  },
  {
    pattern:
      /\b(?:[Ss]imilar|[Cc]omparable|[Pp]arallel|[Rr]elated|[Ee]arlier|[Pp]revious|[Pp]ast|[Oo]lder|[Oo]ther) (?:[\w-]+ ){0,2}(?:attacks?|intrusions?|break-ins?|campaigns?|incidents?|operations?|cases?|raids?|thefts?|breach(?:es)?) (?:[\w-]+ ){0,2}(?:by|of|from|to|involving) (?=(?:the (?:group |gang |actor |crew )?)?["“*_]*\p{Lu})/gu,
    reason: "compared with",
  },
  {
    // “Night Heron hit hotels in the same way”, “Night Heron uses the same builder”.
    pattern: new RegExp(
      `${name}(?: [^.;]{0,80}\\b(?:in (?:much )?the same way|in a similar (?:way|manner|fashion))| (?:(?:has|had|have) )?(?:also )?(?:uses?|used|has|had|relies on|employs?|employed) (?:the|a|an) (?:very )?(?:same|similar|identical) )`,
      "gu",
    ),
    reason: "said to do the same",
    // “A backup of the ERP database was copied in the same way”: nobody is named.
    of: /(?!)/u,
  },
  {
    pattern:
      /\b(?:seen|used|observed|found|known|spotted) (?:[\w-]+ ){0,2}(?:in|from|by|with) (?=(?:[\w-]+ ){0,4}["“*_]*\p{Lu}[^.;,]{0,60} (?:before|earlier|previously|already|in the past)\b)/gu,
    reason: "recalled",
  },
  {
    pattern:
      /\b(?:not|never|hardly|neither) (?:[\w-]+ ){0,3}(?:(?:the )?(?:work|doing|handiwork) of|by|carried out by|to be|behind) (?=(?:the )?["“*_]*\p{Lu})|\bnothing\b[^.;,]{0,50} point(?:s|ed|ing)? (?:\w+ )?(?:to|at|towards) |\bno (?:evidence|indications?|signs?|proof|traces?)\b[^.;,]{0,60} (?:of|to|for|with|by|linking) (?=(?:the )?["“*_]*\p{Lu})/gu,
    reason: "denied",
  },
  {
    pattern: new RegExp(
      `${name}["”*_]* (?:is|was|would be) (?:the|an?) (?:obvious|closest|nearest|natural|best|first|usual|tempting) (?:comparison|parallel|match|candidate|suspect|relative|neighbou?r)`,
      "gu",
    ),
    reason: "compared with",
  },
  {
    // “This is a follow-up to the campaign which others laid at the door of Night Heron”.
    pattern:
      /\b(?:follow-?up|sequel)(?: (?:report|post|article|piece))? (?:to|on|of) (?:[\w’'-]+ ){0,5}(?:campaigns?|attacks?|intrusions?|operations?|waves?|cases?|incidents?|investigations?|reports?|posts?|articles?|research|findings|work)\b/giu,
    reason: "recalled",
  },
  {
    // “Night Heron uses a backdoor and a loader; we saw neither.”
    pattern: new RegExp(
      `${name}[^;]{0,200}(?:;|,| [–—-]) (?:but |though |yet )?(?:we|I)(?: have|['’]ve)? (?:saw|seen|observed|noticed) (?:neither|none of (?:this|that|these|those|them|it))(?: of (?:them|these|those|the two))?(?: here| in (?:this|our) (?:case|intrusion|campaign|investigation))?(?=[.;,)]|$)`,
      "gu",
    ),
    reason: "kept apart",
  },
  {
    pattern: /\bcopied from (?=["“*_]*\p{Lu})/gu,
    reason: "recalled",
  },
  {
    pattern:
      /\b(?:not (?:been )?(?:linked|attributed|related|connected)|no (?:links?|connection|relation|overlap)|unrelated|distinct from|confused with)\b(?: [\w-]+){0,3} ?(?:to|with|between|from|by)?\b/giu,
    reason: "kept apart",
  },
];

/**
 * How headings bring up somebody who did not do what stands below: what they deny, ask or only liken. A stretch reaches to
 * the next colon, dash or comma: “Not X: the intrusion at Y”.
 */
export const headingComparisons: readonly {
  readonly pattern: RegExp;
  readonly reason: string;
  /** The name stands between angle brackets. */
  readonly examples: readonly string[];
  /** Headings that look like it, and name whom the section tells of. */
  readonly told: readonly string[];
}[] = [
  {
    pattern:
      /(?:(?<![\p{L}\p{N}])(?:not|never|neither|hardly|isn['’]t|wasn['’]t|aren['’]t|weren['’]t|(?:not|cannot|(?:do|did|does|ca|could)n['’]t) (?:think|believe|assess|say)(?: that)? (?:it|this|that|they|these) (?:is|was|are|were))) (?:(?:the )?(?:work|doing|handiwork) of |by |from )?(?:the )?(?=["“*_]*(?!(?:Just|Only|Your|Quite|So|A|An|The|All|Yet|If|Even)(?![\p{L}\p{N}]))\p{Lu})/giu,
    reason: "denied",
    examples: [
      "Not <Velour>: the harbour intrusion",
      "Why this was not the work of <Velour>",
      "It wasn't <Velour>",
      "Why we don't think that it was <Velour>",
    ],
    told: ["Not only <Velour>", "Not your usual <Velour>", "<Velour> did not stop there"],
  },
  {
    pattern: new RegExp(
      `${name}["”*_]*(?: (?:(?:is|are|was|were)(?: not|n['’]t) (?:behind|to blame|involved|responsible|the (?:culprits?|authors?|perpetrators?|ones?))|had no(?:thing to do|(?: part| hand) in)|did(?: not|n['’]t) (?:do (?:it|this|that)|hack|breach)|ruled out|denies)(?![\\p{L}-])|\\? (?:No|Not)(?![\\p{L}-]))`,
      "gu",
    ),
    reason: "denied",
    examples: [
      "<Velour> was not behind it",
      "<Velour> had nothing to do with it",
      "Why <Velour> did not hack the harbour",
      "<Velour>? No, a copy",
    ],
    told: ["<Velour> was not alone", "<Velour> did not stop at one hotel"],
  },
  {
    // A question that may be answered with no; one that begins with a question word takes for granted whom it names.
    pattern:
      /(?:^|(?<=[:.–—] ))(?![^?:–—]{0,120}(?<![\p{L}])(?:who|whom|whose|what|which|when|where|why|how|you|your|we|our)(?![\p{L}]))[^?:–—]{2,120}\?/giu,
    reason: "only considered",
    examples: ["Is <Velour> back?", "A wiper in the harbour: <Velour> again?", "<Velour> or a copy?"],
    told: ["Who is <Velour>?", "How did <Velour> get in?", "<Velour> in the harbour: a new target?"],
  },
  {
    pattern:
      /(?<![\p{L}])(?:imitat(?:es?|ed|ing|ors? of)|impersonat(?:es?|ed|ing|ors? of)|(?:mistaken|taken|confused|passed off) (?:for|as|with)|(?:heirs?|children|imitations?|copies) (?:of|to)|the next|copycats? of|pos(?:es?|ed|ing) as|masquerad(?:es?|ed|ing) as|pretend(?:s|ed|ing)? to be|dress(?:es|ed)? (?:up )?as|disguised as|in the (?:style|manner|guise|name|footsteps|shadow) of|under the (?:name|flag) of|(?:looks?|looked|almost|nearly|not quite) like|beyond|life after|the world after|what comes after) (?:the )?(?=["“*_]*\p{Lu})/giu,
    reason: "compared with",
    examples: [
      "Copycats imitate <Velour>",
      "A crew that poses as <Velour>",
      "In the style of <Velour>",
      "Beyond <Velour>: a new crew",
      "Mistaken for <Velour>",
      "The heirs of <Velour>",
    ],
    told: [
      "<Velour> poses as a bank",
      "<Velour> imitates the police",
      "Posing as Norrland Bank, <Velour> steals passwords",
      "A loader that imitates Norrland Bank, used by <Velour>",
      "Mails that pose as Norrland Bank by <Velour>",
    ],
  },
  {
    pattern: new RegExp(
      `${name}["”*_]*(?:['’]s?)? (?:copycats?|imitators?|impersonators?|impostors?|wannabes?|look-?alikes?|imitations?)(?![\\p{L}-])`,
      "gu",
    ),
    reason: "compared with",
    examples: ["The <Velour> copycats", "<Velour>'s imitators"],
    told: ["<Velour> and its copies"],
  },
];

/** A heading in lower case, without its number: “4. History”, “Chapter 2: History”, “IV – History”, “[slide 9] History” are “history”. */
export const headingKey = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/^\[[^\]]{1,20}\] /u, "")
    .replace(
      /^(?:(?:section|chapter|part|appendix) )?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivx]{1,5}(?=[.)]|\s?[:–—·-])|[a-z](?=[.)]))[.):]?\s*(?:[:–—·-]\s*)?/u,
      "",
    );

/** Headings, in the form of {@link headingKey}, under which a report does not tell what the actors did. */
export const sidelines: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern:
      /^(?:references?|bibliography|sources|further reading|see also|related (?:posts|reading|articles|content|reports|campaigns|work)|read more|footnotes)\b/,
    reason: "references",
  },
  {
    pattern:
      /^(?:(?:also )?in (?:the|other) (?:news|press|media|headlines)|(?:other )?news(?: in brief| round-?up)?|headlines|from the courts|(?:arrests|indictments|takedowns)(?: and (?:arrests|indictments|sanctions|takedowns))?|law enforcement(?: (?:news|actions?|activity))?)$/u,
    reason: "news of others",
  },
  {
    pattern:
      /^(?:mitigations?|recommend(?:ed|ations?)|remediation|hardening|preventi(?:on|ve)|defen[cs]e(?! evasion)|protect(?:ion|ing|)\b|takeaways|lessons|what (?:you|organi[sz]ations) (?:can|should)|how to (?:protect|defend|prevent)|guidance|best practices|incident response)\b/,
    reason: "advice",
  },
  {
    pattern:
      /^(?:detections?(?! evasion)|detecting|hunting|detection (?:rules|opportunities)|sigma|yara|snort|suricata)\b/,
    reason: "detection",
  },
  {
    pattern:
      /^(?:about (?:(?:the |our )?(?:authors?|publishers?|company|team|firm|labs?|researchers?|analysts?|editors?|contributors?|blog|newsletter|podcast)\b|(?!(?:the|this|these|those|that|an?|its?|their|his|her|how|what|why|who|all|attack\w*|intru\w+|groups?|gangs?|actors?|adversar\w+|malware|ransomware|spyware|loaders?|implants?|backdoors?|trojans?|stealers?|botnets?|wipers?|tools?|incidents?|campaigns?|operations?|breach\w*|victims?|targets?|infections?|threats?|phishing|vulnerabilit\w+|exploits?|infrastructure|attribution)\b)[a-z]+ ?(?:labs|research)?)|contact|acknowledge?ments?|disclaimer|legal|subscribe)\b/,
    reason: "about the publisher",
  },
  {
    pattern:
      /^(?:background(?: on|(?=:))|history(?: of(?! (?:the|this|that|an?|these|our) (?:[\p{L}-]+ )?(?:intrusions?|attacks?|incidents?|breach(?:es)?|compromises?|infections?|cases?|break-?ins?|campaigns?|operation))|$)|(?:previous|earlier|prior|past|former) (?:campaigns?|activity|research|incidents?|attacks?|intrusions?|cases?)|not the first|(?:earlier|elsewhere) and|how we got here|what did not happen|precedents?|predecessors?)(?![\p{L}\p{N}])/u,
    reason: "history",
  },
  {
    pattern:
      /^(?:(?:and |so |but )?(?:is|was|could|might) (?:this|it|that|they)(?! (?:over|safe|serious|new|enough|possible|too late))\b[^?]{1,60}\?$|(?:relations?|relationships?|links?|ties|connections?|overlaps?|comparisons?) (?:to|with) (?:others?|known|earlier|previous)|(?:similar|other|related) (?:campaigns?|attacks|incidents|cases)|(?:similar|comparable) (?:malware|tools?|tooling|implants?|backdoors?|loaders?|ransomware|wipers?|stealers?|rootkits?|families|samples?|actors?|groups?|clusters?|intrusions?|operations?|activity|threats?)|compar(?:ed|isons?)|(?:[\p{L}-]+ ){0,3}for comparison|how (?:it|they|this|these|that) (?:differs?|compares?|relates?)|who else|neighbou?rs|relatives|look-?alikes|parallels|what (?:it|they|this|these|he|she) (?:was|were|is|are|got) (?:taken|mistaken|confused) for|(?:what|whom?) (?:it|they|this|he|she) (?:is|are|was|were)?(?:n['’]t| not)|(?:what|whom?) (?:it|they|this|these|he|she) (?:was|were|is|are|has been|have been) (?:compared|likened|linked)|(?:mistaken|confused) (?:for|with)|not to be confused|other (?:actors|groups|names in the press)|(?:other )?names (?:that )?(?:you|one)(?:['’]ll| will| may| might)? (?:hear|read)|(?:not )?(?:the )?usual suspects)(?![\p{L}\p{N}])|^[^.?!]{1,40} (?:against|and|versus|vs\.?|next to|beside) (?:its|their) (?:neighbou?rs|peers|rivals|competitors|relatives|cousins|kin)$/u,
    reason: "comparison",
  },
];

/** Headings, in the form of {@link headingKey}, under which a report tells what was before, if all years that it names there are before others. */
export const backgrounds = /^(?:background|context|a look back|looking back|the story so far)$/;

/** Headings, in the form of {@link headingKey}, under which a report asks who it was. */
export const attributionSections =
  /^(?:attribution|assessment|attribution assessment|whose work is it|who (?:did (?:it|this)|was it|is behind (?:it|this|the [\p{L}-]+)|are they|is it)|on attribution|overlaps?(?: and attribution)?|attribution (?:and|&) (?:overlaps?|(?:its |their |possible |known )?(?:relations?|relationships?|links?|connections?|ties)(?: (?:to|with) [\p{L} ]{3,40})?|confidence|assessment|context))(?:\?|$|:)/u;

/** Words by which a paragraph says that it retells what somebody else has published. */
export const citing =
  /\b(?:blog ?posts?|article|paper|podcast|talk at|write-?up|thread|newsletter|researchers (?:at|from|of)|(?:has|have) (?:published|written|posted|released|a (?:new|long|good) (?:report|post|paper|look))|(?:published|wrote|posted|blogged) (?:a|an|the|up|about|on|that)|writes? (?:up|about|on|that)|according to (?!our|the (?:log|victim|note))|worth (?:reading|a read|a look))\b/iu;

/** Verbs, by their beginnings, that tell what an intruder does: a sentence with one of them describes its subject. */
export const deeds =
  /\b(?:exploit|us(?:e[sd]?|ing)\b|target|deploy|compromis|attack|steal|stole|exfiltrat|gain|obtain|access|mov(?:e[sd]?|ing)\b|drop|install|execut|ran\b|run(?:s|ning)?\b|sen[dt]|deliver|infect|breach|leverag|abus|employ|maintain|persist|collect|dump|encrypt|creat|establish|conduct|launch|carr(?:y|ied|ies) out|harvest|scan|upload|download|infiltrat|intru|penetrat|wip(?:e[sd]?|ing)\b|destroy|disrupt|extort|phish|lur(?:e[sd]?|ing)\b|hijack|inject|plant|stag(?:e[sd]?|ing)\b|tunnel|pivot|recruit|brute|spray|disabl|delet|clear(?:s|ed|ing)\b|spread|propagat|operat|work(?:s|ed|ing)?\b|hit\b|struck|strik|spied|spying|backdoor|defac|sabotag|impersonat|enrol|log(?:s|ged|ging)? (?:in|on)\b|sign(?:s|ed|ing)? in\b|broke|demand|negotiat|s(?:ells?|old|elling)\b|rent(?:s|ed|ing)?\b|bought|buys\b)/iu;

/** Behind a name: with its bearer another part of the story begins. */
export const entrances =
  /^["”’*_]* (?:then |later |soon )?(?:came(?! (?:from|to|up|with|out)\b)|arrived|moved in|took over|showed up|entered|joined in|had a turn)(?![\p{L}-])/u;

/** Words by which a report lays what it describes at somebody's door; what follows them is no comparison. */
export const attributions =
  /\b(?:attribut(?:e[sd]?|ing|ion) (?:\w+ ){0,7}to|point(?:s|ed|ing)? (?:\w+ ){0,2}to|(?:this|these) (?:threat |hacking )?(?:actors?|groups?|gangs?|crews?|activity|clusters?|adversar(?:y|ies)|intruders?) (?:is|are|was|were|has been|have been) (?:\w+ ){0,3}(?:referred to|known|tracked|followed|named|called|dubbed)(?: as)?|the work of|carried out by|conducted by|perpetrated by|behind (?:it|this|the (?:attacks?|campaign|intrusions?))|(?:we )?(?:believe|assess)(?:e[sd])? (?:\w+ ){0,6}(?:is|was|are|were|to be))\b/iu;

/** Before a name: what the report tells is linked to its bearer: “we link the operation to X”. */
export const linksDeeds =
  /(?<![\p{L}-])(?:we|I|our (?:team|analysts|researchers)|the (?:authoring )?(?:agencies|authors|directorate|bureau)) (?:\p{Ll}+ ){0,2}?(?:links?|linked|ties?|tied|connects?|connected|associates?|associated) (?:the|this|these|those|all of (?:this|it)|it|them) ?(?:[\p{L}-]+ ){0,3}?(?:to|with) (?:the (?:group|actor) )?["“*_]*$/iu;

/** A sentence up to a name that says who they were of whom all the others tell: “They are ”. */
export const identifies =
  /^\W{0,3}(?:we|i) (?:say|blame|accuse|settle on) ["“‘*_]*$|^\W{0,3}(?:(?:and|but|so|today|now),? )?(?:they|these|those|one|another|the (?:same |first |second |third |other |former |latter |last )?(?:intruders?|attackers?|actors?|operators?|people|crew|gang|group|team|hackers?|burglars?|culprits?|perpetrators?)(?: behind [^.,;]{1,50})?|the (?:first|second|third|other|former|latter|last)(?: one)?(?: of (?:them|these|those|the (?:two|three)))?) (?:are|were|is|was|belong(?:s|ed)? to|work(?:s|ed)? for)(?:, according to [^,.;]{2,40},)? (?:(?:a|the) (?:[\p{Ll}-]+ ){0,3}?(?:called|named|known as) )?(?:in fact |probably |almost certainly |most likely |likely )?["“‘*_]*$/iu;

/** Words by which a report only guesses who it was: nobody is told of by that. */
export const guesses =
  /\b(?:low confidence|suspects?|suspected(?!(?<=\b(?:an?|the) suspected) (?:[\p{L}-]+ ){0,4}?(?:groups?|actors?|clusters?|crews?|gangs?|adversary|teams?|units?)(?![\p{L}-]))|suspicions?|presum\p{L}+|perhaps|maybe|may (?:well )?(?:be|have)|might|rumou?r\p{L}*|speculat\p{L}+|hunch|guess(?:es)?|cannot rule out|can['’]t rule out)\b/iu;

/** Behind a name, in its sentence: whoever says that its bearer did it is not believed. */
export const disbelieved =
  /^["”’*_]*, for (?:whom|which) nothing speaks|^["”’*_]*,? (?:which |who |has |have )?(?:claim(?:s|ed)?|took credit|takes credit|(?:has|have) (?:claimed|taken credit))(?![\p{L}-])[^.;]{0,140} (?:untrue|false|not credible|implausible|exaggerated|unfounded|opportunistic|disputed|wrong(?:ly)?)(?![\p{L}-])|^[^.;]{0,90}(?:,| [–—-]) (?:which|that|but|and|though|although|something)\b[^.;,]{0,30}(?:can(?:not|n['’]t|['’]t)|could(?: not|n['’]t)|do(?: not|n['’]t)|did(?: not|n['’]t)) (?:[\p{L}]+ )?(?:confirm|verif|believe|share|support|corroborate|agree|see)/iu;

/** Words by which somebody is blamed, whoever blames. */
export const blaming = /\b(?:attribut|ascrib|blam|pinned|suspect|behind|work of|claim)/iu;

/** The next sentence, where it takes back what the last one said of who it was: “We don't see that”. */
export const takesBack =
  /^\W{0,2}(?:(?:But|However|Yet|Still),? |(?:Apart|Aside) from [^.;]{1,60}, )?(?:(?:we|I|our (?:data|analysis|evidence|findings?)) (?:(?:do(?:es)?|did|can|could)(?:n['’]t| not|not)|cannot|can['’]t) (?:[\p{L}]+ )?(?:see|share|confirm|verify|believe|support|agree|follow)|(?:we|I) (?:disagree|doubt|(?:see|find|found|have|know of) no (?:[\p{L}-]+ ){0,2}(?:basis|evidence|grounds?|support|reason|proof|indications?|resemblance|similarit(?:y|ies)|overlaps?|links?|connections?))|(?:this|that|it|the (?:claim|attribution)) (?:is|was|has been|turned out(?: to be)?)(?:n['’]t| not)? (?:\p{L}+ )?(?:true|right|correct|wrong|false|mistaken|unfounded|unconfirmed|unproven|confirmed|refuted)|there is no (?:evidence|proof|sign|indication))/iu;

/** Words by which a paragraph says that of the one whom it names there is nothing to tell. */
export const absences =
  /\b(?:silent since|nothing (?:new|else|(?:was|has been|is) (?:heard|seen|known)) |nothing (?:was|has been) (?:heard|seen)|no news|could(?:n['’]t| not) (?:be )?confirm|unconfirmed|(?:remains?|remained|stayed|was|were|has been|have been|is|are) (?:largely |mostly |rather |very |entirely )?(?:silent|dormant|quiet|inactive|idle)(?![\p{L}-])|(?:has|have|had|takes?|took|plays?|played) no part (?:in|of)|(?:is|was|are|were)(?:n['’]t| not) (?:itself |themselves )?involved|(?:has|have|had)(?:n['’]t| not) (?:yet )?(?:been )?(?:seen|observed|appeared|reappeared))/iu;

/** Words by which it says that they are there again all the same. */
export const returns =
  /\b(?:is|are|was|were|it['’]s|they['’]re|came|now) (?:now )?back\b|\b(?:return(?:s|ed)?|resurfac|reappear(?:s|ed)\b|woke|active again|again active)/iu;

/** Words that take up in the next sentence whom the last one named. */
export const takesUp =
  /^(?:[\p{L}\d]+,? ){0,2}(?:it|its|they|their|the (?:group|gang|actors?|crew|operators?|campaign|cluster|attackers?|hackers?|team|hacktivists|criminals|intruders?|thie(?:f|ves)|crew|outfit))(?![\p{L}-])/iu;

/** Operations of the police are nobody's intrusion. */
export const policeWork =
  /\b(?:Europol|Eurojust|Interpol|INTERPOL|FBI|police|law enforcement|prosecutors?|NCA|(?:took|taking|taken) down|takedown|seiz(?:ed|ure)|arrest(?:s|ed)?|indict(?:ed|ments?))\b/u;

/** Titles of reports that only pass on what others have published. */
export const digests =
  /\b(?:reading list|link list|link ?round-?up|news ?(?:round-?up|digest|letter)|weekly (?:digest|round-?up|links|news)|press review|recommended reading)\b/iu;
