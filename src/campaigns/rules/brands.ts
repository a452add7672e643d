/**
 * Ransomware and other crimeware that acts in reports under the name of its software: “LockBit affiliates encrypted …”.
 * Whether such a name means those who act or what was run is told by the words around it; no name stands here.
 */
export interface BrandRule {
  /** Matched against what stands right before the name, up to some hundred characters. */
  readonly before?: RegExp;
  /** Matched against what stands right behind it. */
  readonly behind?: RegExp;
  /** Said of any malware that has makers; it counts only where nobody is named whom ATT&CK knows to use it. */
  readonly weak?: true;
  /** The name stands between angle brackets. */
  readonly example: string;
}

const people = "(?:affiliates?|gangs?|groups?|crews?|cartel|members?|negotiators?|recruiters?|syndicate|collective)";
const makers = "(?:operators?|actors?|administrators?|teams?|hackers?|criminals?)";

/** Words that make the bearer of the name the doer. */
export const brandActs: readonly BrandRule[] = [
  {
    behind: new RegExp(
      `^(?:['’]s?)? (?:own |former |alleged |core )?(?:ransomware |malware |botnet |extortion |RaaS |ransomware-as-a-service )?${people}(?![\\p{L}-])`,
      "u",
    ),
    example: "<Grimlock> affiliates bought access",
  },
  {
    weak: true,
    behind: new RegExp(
      `^(?:['’]s?)? (?:own |former |alleged )?(?:ransomware |malware |botnet |extortion )?${makers}(?![\\p{L}-])`,
      "u",
    ),
    example: "<Grimlock> operators sent mail",
  },
  {
    behind:
      /^(?:['’]s?)? (?:ransomware |extortion |criminal )?(?:operation|enterprise|brand|franchise|RaaS|ransomware-as-a-service|affiliate program(?:me)?)(?![\p{L}-])/u,
    example: "the <Grimlock> ransomware operation grew",
  },
  {
    behind:
      /^(?:['’]s?)? (?:own |data |dark ?web |Tor |onion )*(?:leak(?:s|ed|age)?[ -]?(?:site|blog|page|portal)|(?:Tor|onion|shaming|extortion) (?:site|blog|page)|victim blog|site|blog)(?![\p{L}-])/u,
    example: "the data appeared on <Grimlock>’s leak site",
  },
  {
    behind:
      /^,? (?:has |have |had |also |later |since |even )*(?:claim(?:s|ed)?|listed|lists|posted|posts|published|leaked|threaten(?:s|ed)|demand(?:s|ed)|brag(?:s|ged)|boast(?:s|ed)|announced?|recruit(?:s|ed)|extort(?:s|ed)|took (?:credit|responsibility)|denied|negotiat(?:es|ed)|rebranded|disbanded|apologi[sz]ed|hires?|hired)(?![\p{L}-])/u,
    example: "<Grimlock> claimed responsibility",
  },
  {
    behind: new RegExp(
      `^, whose (?:[\\w-]+ ){0,2}(?:${people}|leak site)(?![\\p{L}-])|^(?: \\([^()]{0,60}\\))?, (?:an?|another|the) (?:[\\p{L}-]+ ){0,4}?(?:gangs?|groups?|crews?|cartel|operation|collective|syndicate|RaaS|ransomware-as-a-service)(?![\\p{L}-])|^,? who(?:se)?(?![\\p{L}])`,
      "u",
    ),
    example: "two days were lost to <Grimlock>, whose affiliates got in",
  },
  {
    behind:
      /^(?:,| and \p{Lu}[\p{L}\p{N}]+)?(?: both| all)? (?:leads?|dominates?|tops?|prefers?|favou?rs?|chooses?|spares?) /u,
    example: "<Grimlock> leads the statistics",
  },
  {
    before: /^[^\p{L}\p{N}]*$/u,
    behind: new RegExp(`^[.:]?["”’*_]* (?:The|This|Its) (?:\\p{Ll}+ )?${people}(?![\\p{L}-])`, "u"),
    example: "<Grimlock>. The gang came by mail",
  },
  {
    weak: true,
    before: new RegExp(`(?<![\\p{L}-])${makers} (?:of|for|behind) (?:the )?$`, "iu"),
    example: "the operators behind <Grimlock>",
  },
  {
    before: new RegExp(`(?<![\\p{L}-])(?:${people}|those|people|insiders?) (?:of|for|behind|from|at) (?:the )?$`, "iu"),
    example: "it had been an affiliate of <Grimlock>",
  },
  {
    before: new RegExp(
      `(?<![\\p{L}-])(?:[Rr]ansomware|[Ee]xtortion|[Cc]ybercrime) (?:[\\p{L}-]+ )?(?:gangs|groups|crews|actors|brands|operations|affiliates)(?:,| such as| like| including)(?: the| those of)* $`,
      "u",
    ),
    example: "ransomware crews, <Grimlock> first among them",
  },
  {
    before:
      /(?<![\p{L}-])(?:(?:attacks?|breach(?:es)?|intrusions?|hacks?|extortion|claimed|listed|extorted|hacked) by|(?:attributed|ascribed|assigned) to|work of|victims? (?:of|to)|partner(?:s|ed)? (?:of|with)|(?:lost|fell|fallen)(?: [\w-]+){0,7} to) (?:the )?$/u,
    example: "the mass hack by <Grimlock>",
  },
  {
    behind:
      /^,? (?:has |have |had |also |later |since |alone )*(?:hit|hits|struck|strikes|attack(?:s|ed)|breach(?:es|ed)|encrypted (?=(?:\d|two|three|several|many|a |an |the ))|went (?:quiet|silent|dark)|vanished|disappeared|reappeared|returned|shut down|split up|closed its)(?![\p{L}-])/u,
    example: "<Grimlock> hit two companies in January",
  },
  {
    behind:
      /^(?: and \p{Lu}[\p{L}\p{N}]+)?,? (?:(?:was|is|were|are|stood|stands) (?:probably |likely )?behind|(?:each|both|all) (?:published|listed|posted|claimed))(?![\p{L}-])/u,
    example: "the press wrote that <Grimlock> was behind the attack",
  },
  {
    behind: /^[- ](?:victims?|cases?|victimology)(?![\p{L}-])/u,
    example: "data of a <Grimlock> victim lay there, too",
  },
  {
    before:
      /(?<![\p{L}-])(?:(?:attribut|ascrib|assign)(?:es?|ed|ing) (?:[\p{L}\d’'-]+ ){1,6}to|put (?:[\p{L}’'-]+ ){0,4}down to|laid (?:[\p{L}’'-]+ ){0,3}at the door of|(?:hit|struck|encrypted|attacked|robbed) by|(?:takedown|take-down|disruption|demise|arrests? (?:around|within|at)|remnants?|re-?brand(?:ing)?|continuation|successors?|heirs?|rivals?|competitors?) (?:of|to)|(?:connections?|links?|ties|loyalty) (?:to|with)|(?:work(?:ed|s|ing)?|deploy(?:ed|s)? (?:it )?) (?:for|at)|confused with|shares? (?:[\p{L}-]+ ){0,4}with|(?:paid|unlike)) (?:the )?$/iu,
    example: "one incident had been put down to <Grimlock>",
  },
  {
    before: /(?<![\p{L}-])(?:in|of|from) (?:one|two|three|four|five|six|several|many|earlier|other|our|\d+) $/iu,
    behind: /^ (?:cases|incidents|intrusions|attacks)(?![\p{L}-])/u,
    example: "as in three <Grimlock> cases",
  },
];

/** The first words below a heading that is a brand's name: they go on with those who act under it. */
export const brandBelow = new RegExp(`^(?:The|This|Its) (?:\\p{Ll}+ )?${people}(?![\\p{L}-])`, "u");

/** Headers of table columns whose cells are brands. */
export const brandColumns =
  /^(?:(?:ransomware |extortion |threat )?(?:brands?|gangs?|groups?|crews?|actors?|operations?|operators?)(?: name)?|who|attackers?)$/iu;

/** Words that make it what was run, wherever else it acts. */
export const brandIsRun: readonly BrandRule[] = [
  {
    // Where an intrusion ended, as titles say it.
    before: /(?:(?<![\p{L}-])[Ff]rom [^.;]{2,100}|:[^.;]{2,100}) to (?:the )?$/u,
    behind: /^(?: [Rr]ansomware)?\s*$/u,
    example: "From a full mailbox to <Grimlock>",
  },
  {
    behind:
      /^(?:['’]s?)?(?: v?\d[\d.]*)?(?: (?:Linux|Windows|ESXi|leaked|own))*[ -](?:ransomware|encr?yptors?|encrypters?|lockers?|payloads?|binar(?:y|ies)|samples?|variants?|executables?|malware|builders?|(?:ransom )?notes?|code(?:base)?|strains?|files?|loaders?|infections?|family|DLL|trojan|backdoor|botnet|bot|implant|extension)(?![\p{L}-])/u,
    example: "the <Grimlock> encryptor was pushed by policy",
  },
  {
    before:
      /(?<![\p{L}-])(?:deploy(?:s|ed|ing|ment of)?|drop(?:s|ped|ping)?|execut(?:e|es|ed|ing|ion of)|ran|runs?|running|install(?:s|ed|ing)?|us(?:e|es|ed|ing)|deliver(?:s|ed|ing)?|load(?:s|ed|ing)?|launch(?:es|ed|ing)?|detonat(?:es?|ed|ing)|push(?:es|ed|ing)?|distribut(?:es?|ed|ing)|encrypted (?:with|by|using)|(?:copy|copies|samples?|versions?|variants?|builds?|strain|payload) of|malware(?: called| named)?|ransomware(?: called| named)?) (?:the |an? )?$/iu,
    example: "before the intruders deployed <Grimlock>",
  },
];
