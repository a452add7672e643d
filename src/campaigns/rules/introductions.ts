import type { CampaignType } from "../campaign.ts";

/** Words by which a report gives a name. What comes before them says what is named, what follows is the name. */
export const namings =
  /\b(?:(?:collectively |internally |also |jointly )?(?:dubbed|called|named|code-?named|nick-?named|labell?ed|designated|christened)|track(?:s|ed|ing)?(?: [\w-]+){0,4} (?:as|under(?: the name)?)|known(?: [\w-]+)? as|refer(?:s|red|ring)?(?: [\w-]+){0,4} to(?: [\w-]+){0,3} as|we (?:have )?(?:call|name|dub|track)(?:ed)?(?: [\w-]+){0,3}(?: as)?)\s+(?:as |the )?/giu;

/** A name that follows such words: in quotation marks, or in capitals. */
export const givenName =
  /^(?:["“”‘’'«*_]{1,2}(?<quoted>[^"“”‘’'«»*_\n]{2,60})["“”‘’'»*_]|(?<capitals>(?:Operation )?\p{Lu}[\p{L}\p{N}]*(?:[- ]?(?:\p{Lu}|\p{N})[\p{L}\p{N}]*){0,3}))/u;

/** Nouns that say what a name stands for; the nearest one before the naming words decides. */
export const namedThings: readonly { readonly pattern: RegExp; readonly type: CampaignType | undefined }[] = [
  { pattern: /\b(?:campaigns?|operations?|attacks?|intrusions?|offensives?|waves?)\b/giu, type: "campaign" },
  {
    pattern:
      /\b(?:groups?|actors?|gangs?|crews?|teams?|adversar(?:y|ies)|operators?|hackers?|collectives?|syndicates?|affiliates?|APTs?|intrusion sets?)\b/giu,
    type: "group",
  },
  { pattern: /\b(?:clusters?|activit(?:y|ies))\b/giu, type: "cluster" },
  {
    pattern:
      /\b(?:vulnerabilit(?:y|ies)|flaws?|bugs?|exploits?|chains?|malware|backdoors?|trojans?|ransomware|implants?|loaders?|droppers?|tools?|toolkits?|frameworks?|scripts?|files?|librar(?:y|ies)|techniques?|variants?|famil(?:y|ies)|rootkits?|botnets?|web ?shells?|payloads?|stealers?|worms?|wipers?|services?|process(?:es)?|tasks?|accounts?|functions?|compan(?:y|ies)|products?|modules?|plugins?|domains?|servers?|users?)\b/giu,
    type: undefined,
  },
];

/** How trackers number clusters of activity that have no name yet. */
export const numberedClusters =
  /(?<![\p{L}\p{N}-])(?:UNC\d{3,5}|DEV-\d{4}|Storm-\d{4}|TAG-\d{2,3}|UAC-\d{4}|UTA\d{4}|TA[1-9]\d{2,3}|CL-(?:STA|CRI|UNK)-\d{4}|REF\d{4}|TGR-(?:STA|CRI|UNK)-\d{4})(?![\p{L}\p{N}])/gu;

/** Operations bear their kind in their name: “Operation Silent Harbor”. */
export const operationNames =
  /(?<![\p{L}\p{N}-])Operation (?<short>\p{Lu}[\p{L}\p{N}’'-]{2,30}(?: \p{Lu}[\p{L}\p{N}’'-]{2,30}){0,2})/gu;

/** Clusters that the report tells apart by letters or numbers: “Cluster A”, “Activity Cluster 2”. */
export const letteredClusters =
  /(?<![\p{L}\p{N}-])(?:Activity |Threat |Intrusion )?Cluster (?:[A-Z]|[1-9]\d?|Alpha|Beta|Bravo|Gamma|Charlie|Delta)(?![\p{L}\p{N}-])/gu;

/** Such a name and nothing else: it says who is meant only within its report. */
export const letteredName = new RegExp(`^${letteredClusters.source}$`, "u");
