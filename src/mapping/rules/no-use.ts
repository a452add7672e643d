import { gated } from "../../report/pattern-gate.ts";
import { noDeed } from "./no-deed.ts";

/** A kind of words beside the name of software which say that the intruders did not use it. */
export interface NoUseRule {
  readonly reason: string;
  /** «» stands for the name, and for those that form a list with it. */
  readonly pattern: RegExp;
  /** Sentences that the rule stops; the name stands between « and ». */
  readonly examples: readonly string[];
  /** Sentences that look like it and tell of a use. */
  readonly uses: readonly string[];
}

/** Rules of names, beside those of deeds (`no-deed.ts`), which hold for software too. */
export const noUseRules: readonly NoUseRule[] = [
  {
    reason: "negation",
    pattern:
      /\b(?:without|no need (?:for|of)|(?:absence|lack|instead) of|free of|nothing like)(?: (?:using|running|(?:the )?(?:help|use|aid) of|any|a copy of))* «»/iu,
    examples: [
      "They moved on without «PsExec».",
      "It was done without the help of «Mimikatz».",
      "Instead of «Cobalt Strike» they used another one.",
    ],
    uses: ["They went without sleep and ran «PsExec»."],
  },
  {
    reason: "negation",
    pattern:
      /«»(?: (?:itself|either|too|however))? (?:(?:was|were|is|are|has been|have been|had been)(?: not|n['’]t| never| nowhere)|(?:could|did)(?: not|n['’]t| never)(?: be)?) (?:\p{L}+ly )?(?:used|seen|found|observed|present|there|deployed|needed|detected|involved|installed|in use|part|run|appear|play)(?![\p{L}-])(?![^.;]*\b(?:until|before|by (?:the|any|our|their) |at first|any ?more|any longer|again)\b)/iu,
    examples: [
      "«Mimikatz» was never seen.",
      "«Cobalt Strike», which was expected, and «Mimikatz» were not used.",
      "«BloodHound» could not be found.",
    ],
    uses: [
      "«Mimikatz» was not found until May.",
      "«Cobalt Strike» was not detected by the antivirus.",
      "«Mimikatz» was found.",
    ],
  },
  {
    reason: "negation",
    pattern:
      /\b(?:not|never) (?:used|seen|found|observed|deployed|present)\b[^.;:«]{0,20}: ?«»|\b(?:nobody|no ?one|none of (?:them|us|these))\b[^.;:,«]{0,40} «»|«» (?:was|were|is|are) (?:\p{L}+ly )?(?:absent|missing)(?![\p{L}-])/iu,
    examples: ["Tools not used: «Rclone».", "Nobody ran «AdFind».", "«Cobalt Strike» was absent."],
    uses: ["Not found by the antivirus: they had «Rclone».", "Nobody saw it, and «AdFind» was run."],
  },
  {
    reason: "negation",
    pattern:
      /«»["'”’)*_]{0,3}(?:: ?| ?-+> ?| ?=+> ?| ?→ ?| [–—-]{1,2} )(?:no|none|not (?:\p{L}+ )?(?:found|seen|used|present|there|observed|installed)|absent|negative|nope|n\/a)(?![\p{L}-])(?! (?:longer|doubt|less|more|wonder))/iu,
    examples: ["«BloodHound»: not found.", "- «Rclone» -> no"],
    uses: ["«Rclone»: no doubt the tool by which it left", "«PsExec»: 14 hosts"],
  },
  {
    reason: "compared",
    pattern:
      /\bcompar(?:e[sd]?|ing|isons?)\b[^.;:]{0,80}? (?:with|to|against|and|of) (?:(?:that|those|samples?|code|variants?|versions?) (?:of|from) )?(?:the |known )?«»/iu,
    examples: ["We compared the sample with «Emotet».", "A comparison with «QakBot» led nowhere."],
    uses: ["They used «Emotet», which is large compared with others."],
  },
  {
    reason: "compared",
    pattern:
      /\b(?:inspired by|copied from|model{1,2}ed (?:on|after)|clones? of|rivals? (?:of|to)|competitors? (?:of|to)|alternatives? to|(?:replacements?|substitutes?) (?:for|of)|in place of|much like|works? like|behaves? like|reminiscent of|reminds? (?:us|one|me) of|resembl(?:es?|ed|ing)) (?:the |that of )?«»/iu,
    examples: ["The framework is an alternative to «Cobalt Strike».", "It works like «PsExec»."],
    uses: ["They had tools like «Mimikatz»."],
  },
  {
    reason: "compared",
    pattern: /«»[-‐–](?:ish|like|style|esque|inspired|type)(?![\p{L}-])/iu,
    examples: ["The encryptor is «babuk»-ish.", "It has a «Mimikatz»-like module."],
    uses: ["The encryptor is «Babuk»-based."],
  },
  {
    reason: "a mistake",
    pattern:
      /\b(?:mistook|mistaken|confused|misidentified|mislabell?ed|misclassified|(?:wrongly|erroneously|falsely|mistakenly) \p{L}+)(?: [^.;:]{0,40})? (?:for|as|with) (?:the )?«»|«»[^.;:]{0,30}? (?:by mistake|in error|wrongly|erroneously|mistakenly|(?:was|were|as|is) an? (?:false (?:positive|alarm)|mistake))(?![\p{L}-])/iu,
    examples: [
      "Defender detected it as «Emotet» by mistake.",
      "It was mistaken for «Emotet».",
      "The alert on «Mimikatz» was a false positive.",
    ],
    uses: ["Defender detected it as «Emotet»."],
  },
  {
    reason: "what the police did",
    pattern:
      /\b(?:take-?downs?|disruption|dismantling|seizures?|demise|end|arrests?)\b[^.;:,]{0,30}? (?:of|against|behind) (?:the )?«»|\b(?:(?:took|taken|taking) down|dismantl(?:ed|ing)|disrupt(?:ed|ing)|sinkhol(?:ed|ing)|arrest(?:ed|ing) [^.;:]{0,40} (?:of|behind)) (?:the )?«»/iu,
    examples: ["The takedown of the «QakBot» botnet had no effect.", "In May the police took down «Emotet»."],
    uses: ["At the beginning «QakBot» was sent by mail.", "They took down the website and ran «Mimikatz»."],
  },
  {
    reason: "what the police did",
    pattern:
      /«»(?:['’]s (?:servers?|infrastructure|operators?|network))?(?: (?:botnet|network|infrastructure|servers?|operation|operators|gang))?,? (?:(?:which|that) )?(?:was|were|is|has been|had been|have been) (?:\p{L}+ )?(?:taken (?:down|offline)|dismantled|disrupted|seized|sinkholed|arrested|shut down by (?:the )?(?:police|authorities|law))(?![\p{L}-])/iu,
    examples: ["«Emotet» was taken down by the police in 2021.", "«QakBot»'s servers were seized."],
    uses: ["«Emotet» was taken from an old campaign.", "The servers were seized with «QakBot»."],
  },
  {
    reason: "how others work",
    pattern:
      /^(?!.*\b(?:fake|malicious|trojan\p{L}*|phish\p{L}*|callers?|attackers?|intruders?|lured?|tricked|stolen)\b)\W*(?:the|our|its|their|an?) (?:\p{L}+ )?(?:(?:victim|customer|client|company|firm|organi[sz]ation|provider)s? (?:itself |also |still |usually )?(?:uses?|used|relies on|relied on)|(?:admin(?:istrator)?s?|helpdesk|IT (?:staff|team|department)|technicians?) (?:had |has |have |himself |themselves |once |also |still )*(?:installed|uses?|used|set up|kept|left))(?![\p{L}-])[^.;,«]{0,50} «»/iu,
    examples: ["The victim uses «ConnectWise».", "The admin had installed «ngrok»."],
    uses: [
      "A technician installed «AnyDesk» for the caller.",
      "The admin account used «PsExec».",
      "On the victim's server they used «PsExec».",
    ],
  },
  {
    reason: "what was before",
    pattern:
      /\b(?:when|since|remember\p{L}*|recall\p{L}*|as in|in the days of|as far back as) (?:[\p{L}'’-]+ ){0,3}«» (?:attacks?|outbreaks?|epidemic|incident|wave|days|affair)(?![\p{L}-])/iu,
    examples: [
      "He was there when the «BlackEnergy» attack cut the power.",
      "It's the worst since the «NotPetya» outbreak.",
    ],
    uses: ["The «NotPetya» outbreak began in the accounts.", "They fled when «Mimikatz» was found."],
  },
  {
    reason: "advice",
    pattern:
      /^\W*(?:(?:please|also|then|always|never|todo|to do|next)[:,]? )?(?:(?:search|scan|check|hunt|alert|watch|look|test)(?: [\p{L}-]+){0,3} (?:for|on|if|whether)|deny|forbid|ban|uninstall|avoid|do not|don['’]t|allow only)(?![\p{L}-])[^.;]{0,80}?«»/iu,
    examples: ["- Search all hosts for «PsExec».", "Forbid what is not needed: «PsExec»."],
    uses: ["The search for files ended, and «PsExec» ran.", "Search engines had led them to «Mimikatz»."],
  },
];

/** Names in a list: “PsExec, Cobalt Strike and ”. */
const listed = String.raw`["'“”‘’*_\x60]{0,3}\p{Lu}[\p{L}\d.+-]{0,30}(?: \p{Lu}[\p{L}\d.+-]{0,30})?["'“”‘’*_\x60]{0,3}`;
const listBefore = new RegExp(
  String.raw`(?:${listed}(?:, (?:and |or |nor )?| (?:and|or|nor) ))+["'“‘*_\x60]{0,3}$`,
  "u",
);
const listBehind = new RegExp(
  String.raw`^["'”’*_\x60]{0,3}(?:(?:, (?:and |or |nor )?| (?:and|or|nor) )${listed}(?=[ ,.;:]|$))+`,
  "u",
);

/** Where the sentence turns from what was not to what was. */
const turn =
  /(?:,? (?:but|instead|whereas|while|although|though|yet)|;|,(?= (?:it|they|he|she|the \p{Ll}+) \p{Ll}))(?= )/giu;

/** “Where that failed, PsExec was used”: the name begins a clause. */
const subjectBehind = /, (?:the )?«» (?:was|were|had|has|ran|\p{Ll}+ed)(?![\p{L}-])/u;

/** Handled so, software is the intruders', whoever handles it. */
const handled =
  /\b(?:delet|remov|quarantin|clean|unpack|decompil|disassembl|revers|debug|decod|decrypt|deobfuscat|extract|detonat|terminat|kill|stopp|evict|contain|recover|collect|captur|acquir|upload)(?:e[sd]?|ing|s)?\b[^.;]{0,60}$/iu;
const inLaboratory =
  /^[^.;]{0,40} in (?:an?|our|the|its|their) (?:\p{L}+ )?(?:sandbox|lab(?:oratory)?|debugger|emulator|virtual machine)/iu;

/** How much of a sentence on either side of a name is read. */
const reach = 160;

const possibleRules = gated(noUseRules, ({ pattern }) => pattern);

/** Why a sentence that names software says of nobody that they used it; the name stands from `start` to `end`. */
export function noUse(sentence: string, start: number, end: number): string | undefined {
  const before = sentence.slice(Math.max(0, start - reach), start).replace(listBefore, "");
  const behind = sentence.slice(end, end + reach).replace(listBehind, "");
  const around = `${before}«»${behind}`;
  const rule = possibleRules(around).find(({ pattern }) => pattern.test(around));
  if (rule) return rule.reason;
  const clause = before.slice(subjectBehind.test(around) ? before.length : lastTurn(before));
  const found = noDeed(sentence, 0) ?? noDeed(`${clause}${sentence.slice(start)}`, clause.length);
  const isHandled = found?.reason === "what others did" && (handled.test(before) || inLaboratory.test(behind));
  return isHandled ? undefined : found?.reason;
}

const lastTurn = (text: string): number => {
  const last = [...text.matchAll(turn)].at(-1);
  return last ? last.index + last[0].length : 0;
};
