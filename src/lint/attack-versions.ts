import { ownCopy } from "../own-copy.ts";
import { remembered } from "../remembered.ts";
import { matchesOf } from "../report/matches.ts";
import { isInComment, ofReport, type Range, type Report } from "../report/report.ts";

/** A version of ATT&CK that a report names, as "18" or "18.1", and where. */
export interface SaidVersion extends Range {
  readonly version: string;
  /** In front matter it holds for the whole report; a link or a file is only as new as it is. */
  readonly by: "front matter" | "prose" | "link" | "layer";
}

/** Nobody needs a report's whole megabytes read for this. UTF-16 units. */
const longest = 2_000_000;

const name = String.raw`(?:MITRE )?ATT&(?:amp;)?CK(?:®|™|\(R\))?`;
const scope = String.raw`(?:,? ?(?:(?:and|&|&amp;) )?(?:for |\()?(?:the )?(?:Enterprise|Mobile|ICS|Matrix|Matrices|framework|knowledge base|techniques)\)?){0,4}`;
const number = String.raw`(\d{1,2}(?:\.\d{1,2})?)`;

/** “ATT&CK v18”, “ATT&CK for Enterprise, version 18.1”, “version 18 of MITRE ATT&CK”, “ATT&CK (v18)”. */
const inProse: readonly RegExp[] = [
  new RegExp(String.raw`\b${name}${scope}[,:]? ?\(?(?:versions? |ver\. ?|v\.? ?)${number}(?![\d.]*\d)`, "giu"),
  new RegExp(String.raw`\b(?:versions? |v\.? ?)${number} of (?:the )?${name}`, "giu"),
];

/** Words by which a version is told of, not gone by: “introduced in ATT&CK v18”. */
const isHistory =
  /\b(?:since|until|before|after|prior to|older than|newer than|(?:introduced|added|renamed|removed|revoked|deprecated|split|merged|changed|new|published|released) (?:in|with|by|as of)|changes? (?:in|between)|(?:up|down)grad\w+ (?:from|to)|migrat\w+ (?:from|to)|moved? (?:from|to)|from|between|unlike|compared (?:with|to))(?: (?:the|MITRE|MITRE's))? ?$/iu;

/** Addresses of a former version's pages and files, and layers' own field. */
const inLink = /attack\.mitre\.org\/versions\/v(\d{1,2}(?:[.-]\d{1,2})?)(?![\d])/giu;
const inLayer: readonly RegExp[] = [
  /"attack"\s*:\s*"(\d{1,2}(?:\.\d{1,2})?)"/gu,
  /\b(?:enterprise|mobile|ics)-attack[-_]v?(\d{1,2}\.\d{1,2})(?:\.json)?\b/giu,
  /\blayers?\b[^.\n]{0,40}?\bATT&CK(?:®|™)? (\d{1,2}(?:\.\d{1,2})?)(?![.\d])/giu,
];

/** Versions in a piece of a report, in the order of the patterns. Remembered: while an author types, few pieces change. */
const saidBy = (patterns: readonly RegExp[]) =>
  remembered((part) =>
    patterns.flatMap((pattern) =>
      matchesOf(part, pattern).map(({ 0: words, 1: version = "", index }) => ({
        at: index,
        length: words.length,
        version: ownCopy(version.replace("-", ".")),
      })),
    ),
  );

/** What says a version, and the words without which it does not. */
const ways: readonly (readonly [ReturnType<typeof saidBy>, SaidVersion["by"], RegExp])[] = [
  [saidBy(inProse), "prose", /ATT&(?:amp;)?CK/gi],
  [saidBy([inLink]), "link", /attack\.mitre\.org\/versions\//gi],
  [saidBy(inLayer), "layer", /"attack"|-attack[-_]|ATT&CK/gi],
];
/** How far from them it may stand. UTF-16 units. */
const near = 150;

/** Every version of ATT&CK that a report goes by, in order of place. */
export const versionsSaid = ofReport(findVersions);

function findVersions(report: Report): readonly SaidVersion[] {
  const text = report.text.slice(0, longest);
  const found: SaidVersion[] = [];
  const { frontMatter } = report;
  if (frontMatter?.version !== undefined) {
    const at = text.indexOf(frontMatter.version, Math.max(0, text.indexOf("version", frontMatter.start)));
    found.push({
      start: at,
      end: at + frontMatter.version.length,
      version: frontMatter.version,
      by: "front matter",
    });
  }
  // Numbers stand near the words that say of what; to look for those first takes a tenth of the time.
  for (const [versionsIn, by, anchor] of ways)
    for (const { index } of matchesOf(text, anchor)) {
      const from = Math.max(0, index - near);
      for (const { at, length, version } of versionsIn(text.slice(from, index + near))) {
        const start = from + at;
        const end = start + length;
        const isHidden = start < (frontMatter?.end ?? 0) || isInComment(report, start);
        if (isHidden || found.some((other) => other.start < end && start < other.end)) continue;
        if (by === "prose" && isHistory.test(text.slice(Math.max(0, start - 60), start))) continue;
        found.push({ start, end, version, by });
      }
    }
  return found.sort((a, b) => a.start - b.start);
}

/** "18" and "18.1" are one version, told more or less exactly. */
export const isSameVersion = (one: string, other: string): boolean =>
  one === other || `${one}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${one}.`);

/** The version that the report goes by: front matter's, else what its prose says first, else what it links to. */
export const ownVersion = (said: readonly SaidVersion[]): SaidVersion | undefined =>
  said.find(({ by }) => by === "front matter") ?? said.find(({ by }) => by === "prose") ?? said[0];
