/** Words by which a report says that everybody of whom it tells did something. */
export const sharing =
  /\b(?:all|both|each|every one)(?: of)?(?: the| these| those)?(?: (?:two|three|four|five|six|seven|\d))? (?:clusters|groups|actors|gangs|crews|teams|operations|sets of activity)\b/iu;
