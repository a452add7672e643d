/** Words by which a report says that everybody of whom it tells did something. */
export const sharing =
  /\b(?:all|both|each|every one)(?: of)?(?: the| these| those)?(?: (?:two|three|four|five|six|seven|\d))? (?:clusters|groups|actors|gangs|crews|teams|operations|affiliates|buyers|intruders|brands|parties|sets of activity)\b|^\W*(?:all|both|each) of them (?:us(?:es?|ed)|rel(?:y|ies|ied)|employ(?:s|ed)?|abus(?:es?|ed)|exploit(?:s|ed)?|deploy(?:s|ed)?|steal|stole|send|sent|ran|runs?|hid|hide|dump(?:s|ed)?|encrypt(?:s|ed)?)\b/iu;

/** Words by which a report says that malware serves several: it is for rent or sale, or more than one party runs it. */
export const sharedMalware =
  /\b(?:malware-as-a-service|MaaS|as[- ]a[- ]service|subscri(?:bers?|ptions?)|for (?:rent|sale)|(?<!not )(?:rented|leased|sold|licen[cs]ed|offered|advertised) (?:to|on|as|for|in|by)|(?:its|their|paying|other) (?:buyers|tenants|licensees)|paying customers|affiliates|(?:two|three|four|five|several|many|multiple|various|different|other|a number of) (?:\w+ )?(?:parties|groups|actors|gangs|crews|clusters|operators|campaigns)|shared (?:among|between|by))\b/iu;
