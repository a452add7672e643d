const parties =
  "(?:clusters|groups|actors|gangs|crews|teams|operations|affiliates|buyers|intruders|brands|parties|sets of activity)";
/** What people do, and files, servers and victims do not. */
const deeds =
  "(?:us(?:es?|ed)|rel(?:y|ies|ied)|employ(?:s|ed)?|abus(?:e|ed)|exploit(?:ed)?|deploy(?:ed)?|steal|stole|send|sent|ran|run|hid|hide|dump(?:ed)?|encrypt(?:ed)?|delet(?:e|ed)|creat(?:e|ed)|install(?:ed)?|disabl(?:e|ed)|exfiltrat(?:e|ed)|log in|logged (?:in|on)|mov(?:e|ed) laterally|gain(?:ed)?|obtain(?:ed)?)";

/** Words by which a report says that everybody of whom it tells did something. */
export const sharing = new RegExp(
  [
    // “The members of all groups” are accounts.
    `(?:^\\W*|\\bby )all ${parties}\\b`,
    `\\b(?:(?:all|every one)(?: of)?(?: (?:the|these|those))? (?:two|three|four|five|six|seven|\\d)|(?:all|every one)(?: of)? (?:the|these|those)(?! (?:[\\p{L}-]+ )?groups (?:in|of|with) (?:the|an?) )|(?:both|each)(?: of)?(?: the| these| those)?(?: (?:two|three|four|five|six|seven|\\d))?) ${parties}\\b`,
    `^\\W*(?:all|both|each)(?: of them| two| three| four| five| six| seven)?(?:, \\p{L}+,)? ${deeds}(?![\\p{L}-])`,
  ].join("|"),
  "iu",
);

const everybody =
  "(?:all|both|each)(?: of)?(?: the| these| our| those)?(?: (?:two|three|four|five|six|seven|\\d))? (?:clusters|groups|actors|gangs|crews|teams|operations|campaigns|intrusions|cases|victims|incidents|of them)";

/** The beginning of a section by which all that it tells is said of everybody. */
export const sharedSection = new RegExp(
  `\\b(?:this|the following|what follows|everything|all of (?:this|it|the following))(?: (?:part|section|chapter|page|slide|paragraph|below|here|in this (?:part|section|chapter)))? (?:holds?|is true|was true|appl(?:y|ies)|goes|is valid|is common|was the same|is the same|belongs|concerns|describes)(?: equally| alike)? (?:for|to|of|in|across) ${everybody}|\\b(?:we (?:found|saw|met)|there (?:was|were)) (?:[\\p{L}-]+ ){0,3}?the same [^.;:]{1,60} (?:in|with|at|for|across) ${everybody}`,
  "iu",
);

/** Words by which a report says that malware serves several: it is for rent or sale, or more than one party runs it. */
export const sharedMalware =
  /\b(?:malware-as-a-service|MaaS|as[- ]a[- ]service|subscri(?:bers?|ptions?)|for (?:rent|sale)|(?<!not )(?:rented|leased|sold|licen[cs]ed|offered|advertised) (?:to|on|as|for|in|by)|(?:its|their|paying|other) (?:buyers|tenants|licensees)|paying customers|affiliates|(?:two|three|four|five|several|many|multiple|various|different|other|a number of) (?:\w+ )?(?:parties|groups|actors|gangs|crews|clusters|operators|campaigns)|shared (?:among|between|by))\b/iu;
