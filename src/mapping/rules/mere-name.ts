import type { Lexicon } from "../lexicon/lexicon.ts";

/** How much of the text before a name is read. */
const reach = 120;

/** Names that stand in one list with the last: “for "KeePass", PuTTY and ”. */
const others = String.raw`(?:["“'‘\x60]?\p{Lu}[\w.+-]{0,30}(?: \p{Lu}[\w.+-]{0,30}){0,3}["”'’\x60]?(?:, (?:and |or )?| and | or )){0,5}`;
/** What may stand before the words in the same name: “"VMware Guest ”. */
const opening = String.raw`["“'‘\x60]?(?:\p{Lu}[\w+-]{0,30} ){0,3}`;
const article = String.raw`(?:(?:a|an|the|its|legitimate|genuine|well-known|popular) ){0,2}`;
const goods = String.raw`(?:(?:copy|copies|versions?|installers?|setups?|updates?|updaters?|downloads?|(?:web ?)?sites?|pages?|apps?|programs?|of|for|from) ){0,4}`;

/** Turns before a name which say that somebody used the name, not the thing. */
const turns: readonly RegExp[] = [
  String.raw`\b(?:ads?|adverts?|advertis(?:ements?|ing)|malvertising) (?:for|of) `,
  String.raw`\b(?:download|landing) (?:pages?|sites?) (?:for|of) `,
  String.raw`\b(?:users?|victims?|employees?|administrators?|admins|visitors|people|who) (?:had |have )?(?:searched|googled|looked|search|look|searching|looking) (?:(?:on|with) (?:Google|Bing) )?for `,
  String.raw`\b(?:disguised|masquerad(?:ed|es|ing)|pos(?:es|ed|ing)|camouflaged|passed off|pretend(?:s|ed|ing)? to be|impersonat(?:es|ed|ing)|imitat(?:es|ed|ing)|mimick?(?:s|ed|ing)?) (?:(?:itself|themselves) )?(?:(?:as|like) )?`,
  String.raw`\b(?:fake|counterfeit|bogus|trojani[sz]ed|pirated|copycat|look-?alike|spoofed) `,
  String.raw`\b(?:icons?|logos?|names?) of `,
].map((turn) => new RegExp(`${turn}${article}${goods}${article}${others}${article}${opening}$`, "u"));

/** A label in quotes: the words in it are a choice of the one who gave it. */
const label =
  /\b(?:services?|tasks?|jobs?|values?|keys?|entr(?:y|ies)|processe?s?|apps?|applications?|extensions?|updates?|drivers?|e-?mails?|messages?|documents?|attachments?|pages?|folders?|polic(?:y|ies)|accounts?|channels?) [^"“‘`.;]{0,20}\b(?:named|called|titled|entitled|labell?ed|name|subject) (?:["“‘`])([^"“”‘’`]{0,40})$/iu;

/** “Operation Hollow Reed” is called so, whatever was done in it. */
const ofOperation = /(?<![\p{L}\p{N}-])Operation (?:\p{Lu}[\p{L}\p{N}’'-]{0,30} ){0,2}$/u;

/** Logs of a product that are deleted or switched off: the deed is done to the log. */
const logs = {
  before:
    /\b(?:wip|clear|delet|eras|empt|purg|disabl|switch|turn|stop|remov|destroy|tamper)[a-z]{0,6} (?:off |with )?(?:(?:all|the|their|its|any|both) ){0,2}$/i,
  after:
    /^(?: (?:operational|event|script block|module|transcript|audit)){0,2} (?:logs?|logging|history|transcripts?)\b/i,
};

/** Whether the words of a cue are only a product's or a label's name: a lure, a disguise, a service's name. Not where the technique is about names. */
export function isMereName(
  text: string,
  { start, end, technique }: { readonly start: number; readonly end: number; readonly technique: string },
  lures: Lexicon["lures"],
  from = 0,
): boolean {
  const words = text.slice(start, end);
  if (words.length > 60 || !/^(?:(?:[\p{Lu}\d][\w.+]*[ -]?){1,4}|\w+\.exe)$/u.test(words)) return false;
  const before = text.slice(Math.max(from, start - reach), start);
  if (ofOperation.test(before) && /^\p{Lu}/u.test(words)) return true;
  if (isAboutNames(technique, lures)) return false;
  return (
    turns.some((turn) => turn.test(before)) ||
    isPartOfLabel(text, before, end) ||
    (logs.before.test(before) && logs.after.test(text.slice(end, end + 60)))
  );
}

/** A label of one word may be the thing's real name (“a service called "PSEXESVC"”), words of a longer one are not. */
function isPartOfLabel(text: string, before: string, end: number): boolean {
  const found = label.exec(before);
  if (!found) return false;
  const after = /^([^"“”‘’`]{0,40})["”’`]/u.exec(text.slice(end, end + 41));
  if (!after) return false;
  const around = `${found[1] ?? ""} ${after[1] ?? ""}`.trim();
  // A sentence in quotes is speech.
  return around !== "" && around.split(/\s+/).every((word) => /^[\p{Lu}\d(&-]/u.test(word));
}

/** Whether a technique, or its parent, is about names. */
const isAboutNames = (technique: string, lures: Lexicon["lures"] = []): boolean =>
  lures.includes(technique) || lures.includes(technique.split(".", 1)[0] ?? "");
