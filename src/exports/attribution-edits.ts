import type { Analysis } from "../analysis.ts";
import { nameKey } from "../attack/names.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { placeOf, sentenceAt } from "../mapping/place.ts";
import { isOfSentence, toSource, type Range, type Report } from "../report/report.ts";
import { behindSentence, type ReportEdit } from "./decisions.ts";

/** Names that a comment, front matter and prose can hold alike. */
export const isCampaignName = (name: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N} .’_()/&+-]{0,99}$/u.test(name) && !name.includes("--") && name.trim() === name;

/** Gives the sentences at these places to a campaign, by a directive behind each; a directive that stands there is rewritten. */
export function attributeEdits(report: Report, places: readonly Range[], name: string): readonly ReportEdit[] {
  const edits = new Map<number, ReportEdit>();
  for (const { start } of places) {
    const known = report.directives.findLast(
      (one) => one.kind === "campaign" && isOfSentence(one) && one.scope.start <= start && start < one.scope.end,
    );
    const edit = known
      ? { start: known.start, end: known.end, text: `<!-- attack: by ${name} -->` }
      : byBehindSentence(report, start, name);
    if (edit) edits.set(edit.start, edit);
  }
  return [...edits.values()].sort((a, b) => a.start - b.start);
}

/** Nowhere where a sentence has no room for a comment: in code, HTML and link definitions. */
function byBehindSentence(report: Report, offset: number, name: string): ReportEdit | undefined {
  const found = sentenceAt(report, placeOf(report, offset));
  if (!found || found.block.kind === "code" || found.block.kind === "html") return undefined;
  return behindSentence(report, found, "by", name);
}

/** A name of a campaign as it stands in the source. */
export interface NamedAt extends Range {
  readonly campaign: Campaign;
  /** The campaign's name or alias that the source writes there. */
  readonly name: string;
}

/** The campaign whose name or alias stands at an offset; the longest name counts. */
export function campaignNamedAt(report: Report, { campaigns }: Analysis, offset: number): NamedAt | undefined {
  return campaigns
    .flatMap((campaign) =>
      [campaign.name, ...campaign.aliases].flatMap((name) =>
        occurrences(report, name)
          .filter(({ start, end }) => start <= offset && offset <= end)
          .map((range): NamedAt => ({ ...range, campaign, name })),
      ),
    )
    .sort((a, b) => b.end - b.start - (a.end - a.start))[0];
}

/** Where a campaign is first named; where none of its names is written, its first evidence. */
export function firstPlaceOf(report: Report, campaign: Campaign): Range | undefined {
  const named = [campaign.name, ...campaign.aliases]
    .flatMap((name) => occurrences(report, name))
    .filter(({ start }) => start >= (report.frontMatter?.end ?? 0))
    .sort((a, b) => a.start - b.start);
  return named[0] ?? campaign.techniques.flatMap(({ evidence }) => evidence).sort((a, b) => a.start - b.start)[0];
}

/** Writes another name wherever the source writes this one: prose, headings, directives and front matter. */
export const renameEdits = (report: Report, name: string, newName: string): readonly ReportEdit[] =>
  occurrences(report, name).map(({ start, end }) => ({ start, end, text: newName }));

/** Whole words in prose, in the author's directives and front matter; not in code, addresses and other comments. */
function occurrences(report: Report, name: string): readonly Range[] {
  const words = name.trim().split(/\s+/);
  if (nameKey(name) === "" || name.length > 200) return [];
  const pattern = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("\\s+");
  const matcher = new RegExp(`(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_])`, "giu");
  const { frontMatter, blocks, directives } = report;
  const places: Range[] = [
    ...(frontMatter ? [frontMatter] : []),
    ...directives.filter(({ kind }) => kind === "campaign"),
    ...blocks.filter(({ kind }) => kind !== "code" && kind !== "html"),
  ];
  const addresses = blocks.flatMap((block) => [
    ...block.links.map(({ start, end }) => ({ start, end })),
    ...block.inlineCode.map(({ start, end }) => ({ start: toSource(block, start), end: toSource(block, end, "end") })),
  ]);
  const hidden = [
    ...addresses,
    ...report.comments.filter(({ start }) => !directives.some((one) => one.start === start)),
  ];
  const seen = new Set<number>();
  return places
    .flatMap(({ start, end }) =>
      [...report.text.slice(start, end).matchAll(matcher)].map((match) => ({
        start: start + match.index,
        end: start + match.index + match[0].length,
      })),
    )
    .filter(({ start, end }) => {
      if (seen.has(start) || hidden.some((range) => range.start < end && start < range.end)) return false;
      seen.add(start);
      return true;
    })
    .sort((a, b) => a.start - b.start);
}
