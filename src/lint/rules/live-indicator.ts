import { rowOf, sentenceAt } from "../../mapping/place.ts";
import { ofWords, toSource, type Block, type Report, type Section } from "../../report/report.ts";
import { allowList, citableIndicators, isAddress, isPublic, type AllowList } from "../allowed-indicators.ts";
import { frontMatterEdit } from "../front-matter-edit.ts";
import { indicatorsIn, type Indicator } from "../indicators.ts";
import type { Fault, Rule } from "../rule.ts";

/** Titles of sections and table columns whose words are indicators. */
const listsIndicators =
  /\b(?:indicators?|iocs?|observables?|network infrastructure|domains?(?: names?)?|ip address(?:es)?|ipv[46]|urls?|hosts?(?: ?names?)?|c2 servers?)\b/iu;
/** Sections whose addresses are what the report cites. */
const listsSources =
  /\b(?:references?|sources?|bibliography|further reading|reading list|acknowledge?ments?|credits|related (?:work|posts|articles|reports)|about (?:us|the author)|contact)\b/iu;
/** Columns, and kinds in a row, whose words are no addresses. */
const isOfFiles =
  /\b(?:files?|file ?(?:names?|paths?)|paths?|hash(?:es)?|md5|sha-?\d+|processes|tools?|versions?|software|namespaces?|class(?:es)?|modules?|packages?|references?|sources?|links?|vendors?)\b/iu;

/** What an address does in a sentence that tells of an intrusion. */
const isTold =
  /\b(?:c2|c&c|command[- ]and[- ]control|beacon(?:s|ed|ing)?|call(?:s|ed|ing)? (?:back|home)|connect(?:s|ed|ing) (?:back )?to|contacted|communicat(?:es|ed|ing) with|resolv(?:es|ed|ing) to|(?:exfiltrat|retriev)(?:es|ed|ing)|(?:upload|download|redirect)(?:s|ed|ing)|fetch(?:es|ed|ing)|(?:pull|load)(?:s|ed|ing) .{0,60} from|lur(?:es|ed|ing)|(?:mails?|messages?) (?:(?:were |was )?(?:sent |came |come )?)from|(?:payloads?|malware|loaders?|droppers?|implants?|archives?|stages?|scripts?) .{0,40}(?:hosted|staged|served)|malicious|attacker-controlled|phishing (?:page|site|domain|kit)s?|typosquatted|look-?alike domain|registered (?:the )?domains?|sinkholed)\b/iu;
/** What a sentence says that sends its reader somewhere. */
const isCited =
  /\b(?:see|sources?|read|reported|reports?|according to|published|blog|documentation|documented|available|visit|refer|references?|advisory|our|here|learn)\b/iu;

/** Before four numbers that count something else. */
const countsBefore =
  /(?:\b(?:v|ver|versions?|builds?|releases?|updates?|firmware|patch(?:ed)?|prior to|up to|before|through|since|section|chapter|appendix|step|table|figure|clause|oid)\.?|§|version["']?[=:])[ ="']{0,3}$/iu;
const countsBehind = /^ ?(?:and|or) (?:earlier|later|above|below|older|newer|prior)\b/iu;

export const liveIndicator: Rule = {
  id: "live-indicator",
  severity: "warning",
  description: "A URL, domain or IP address that a reader could click or copy alive; the fix defangs it.",
  help: "Defang it, or allow it: in this report by front matter, everywhere by a setting.",
  check: ({ report, allowedIndicators }) => {
    let allowed: AllowList | undefined;
    const mayStand = (host: string): boolean =>
      citable().allows(host) ||
      (allowed ??= allowList([
        ...allowedIndicators,
        ...(report.frontMatter?.allow ?? []),
        ...(report.frontMatter?.url === undefined ? [] : [report.frontMatter.url]),
      ])).allows(host);
    return report.blocks.flatMap((block) => liveIn(block, report, mayStand));
  },
};

let known: AllowList | undefined;
const citable = (): AllowList => (known ??= allowList(citableIndicators));

/** Indicators of a block. None has white space inside: only words with a full stop or colon between letters are read. */
const indicatorsOf = ofWords(({ text }) => {
  const found: Indicator[] = [];
  for (let at = nextMark(text, 0); at < text.length;) {
    let start = at;
    let end = at + 1;
    while (start > 0 && !isSpace(text, start - 1)) start -= 1;
    while (end < text.length && !isSpace(text, end)) end += 1;
    const word = text.slice(start, end);
    if (/[\p{L}\p{N}]\.[\p{L}\p{N}]|:[\da-f]{0,4}:/iu.test(word))
      for (const one of indicatorsIn(word)) found.push({ ...one, start: one.start + start, end: one.end + start });
    at = nextMark(text, end);
  }
  return found;
});

/** The next full stop or colon with something right behind it. */
function nextMark(text: string, from: number): number {
  for (let at = from; at < text.length - 1; at += 1) {
    const code = text.charCodeAt(at);
    if ((code === 46 || code === 58) && !isSpace(text, at + 1)) return at;
  }
  return text.length;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/u.test(text.charAt(at)));
}

function liveIn(block: Block, report: Report, mayStand: (host: string) => boolean): readonly Fault[] {
  const indicators = indicatorsOf(block);
  const addresses = indicators.filter(
    (one) => one.kind === "address" && isPublic(one.host) && !isNumber(one, block) && !mayStand(one.host),
  );
  return indicators.flatMap((indicator) => {
    const { words, host, defanged } = indicator;
    if (
      isAddress(host)
        ? !isPublic(host) || isNumber(indicator, block)
        : !isOneOfTheirs(indicator, block, report, addresses)
    )
      return [];
    if (mayStand(host)) return [];
    const start = toSource(block, indicator.start);
    const end = toSource(block, indicator.end, "end");
    const link = block.links.find(
      ({ textStart, textEnd }) => textStart <= indicator.start && indicator.start < textEnd,
    );
    // A link with words of its own is a reference that its author has chosen to make.
    if ((link && !link.url.includes(words)) || report.text.slice(start, end) !== words) return [];
    const isLabel = link !== undefined && (link.end <= start || end <= link.start);
    const allow = frontMatterEdit(report, "allow", host, true);
    return [
      {
        start,
        end,
        message: isLabel ? `${words} is a live link; write ${defanged}` : `${words} is live; write ${defanged}`,
        // To defang the label alone would leave the link alive.
        ...(isLabel ? {} : { fix: { start, end, text: defanged } }),
        ...(allow ? { choices: [{ title: `Allow ${host} in this report`, edit: allow }] } : {}),
      },
    ];
  });
}

/** Whether four numbers are a version, a paragraph's number or the like. */
function isNumber({ kind, start, end, words }: Indicator, block: Block): boolean {
  if (kind !== "address" || words.includes(":")) return false;
  const before = block.text.slice(Math.max(0, start - 24), start);
  const behind = block.text.slice(end, end + 24);
  return (
    countsBefore.test(before) ||
    countsBehind.test(behind) ||
    (words.endsWith(".0") && !/^\/\d/u.test(behind)) ||
    (block.kind === "heading" && start === 0 && /^\.? \p{L}/u.test(behind)) ||
    /\b(?:versions?|builds?|releases?|oid)\b/iu.test(block.table?.header ?? "")
  );
}

/** Whether a URL or domain is the intruders', as far as the words around it tell. */
function isOneOfTheirs(
  { kind, start, mayBeFile }: Indicator,
  block: Block,
  report: Report,
  addresses: readonly Indicator[],
): boolean {
  const { table, section, kind: of } = block;
  const title = report.sections[section]?.title ?? "";
  const header = table?.header ?? "";
  const headed = listsIndicators.test(header);
  const namesHosts = [header, title].some((words) => /\b(?:domains?|hosts?|urls?|c2|c&c)\b/iu.test(words));
  if (mayBeFile && (!namesHosts || isOfFiles.test(header) || isOfFiles.test(title))) return false;
  if (isOfFiles.test(header) || (!headed && (listsSources.test(title) || (kind === "domain" && isOfFiles.test(title)))))
    return false;
  if (table && kind === "domain" && saysFile(block, report)) return false;
  if (headed || listsThem(report.sections[section], report)) return true;
  if (of === "code") return kind === "url";
  if (of === "heading") return false;
  const at = block.sentences.findIndex(({ textStart, textEnd }) => textStart <= start && start < textEnd);
  const sentence = sentenceAt(report, { block: block.index, sentence: Math.max(0, at) })?.sentence;
  const words = sentence
    ? block.text.slice(sentence.textStart, Math.min(sentence.textEnd, sentence.textStart + 2_000))
    : "";
  const from = sentence?.textStart ?? 0;
  // Whose the address is, theirs is the page beside it.
  const isBesideAddress = addresses.some((one) => from <= one.start && one.start < from + words.length);
  return (isBesideAddress || isTold.test(words)) && !isCited.test(words);
}

/** Whether a section or one around it is called so in a few words; a report's own title speaks of hosts for other reasons. */
function listsThem(section: Section | undefined, report: Report): boolean {
  if (!section || section.level === 0) return false;
  const { level, title, parent } = section;
  const words = level > 1 ? listsIndicators : /\b(?:indicators?|iocs?|observables?)\b/iu;
  if (words.test(title) && title.split(/\s+/u).length <= 6) return true;
  return parent !== undefined && listsThem(report.sections[parent], report);
}

/** “Type | Value”: another cell of the row is nothing but the name of a kind of file. */
const saysFile = (block: Block, report: Report): boolean =>
  rowOf(report, block).some(({ index, text }) => index !== block.index && text.length < 30 && isOfFiles.test(text));
