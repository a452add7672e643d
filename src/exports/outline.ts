import type { AnalysedMention, Analysis } from "../analysis.ts";
import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { toSource, type Range, type Report } from "../report/report.ts";

/** What stands below a heading: whose doing, and how many techniques. */
export interface SectionSummary {
  /** Start of the heading, UTF-16. */
  readonly start: number;
  /**
   * The described campaigns that its techniques belong to, the most frequent first, or where there are none those that
   * are only referenced; members stand for a roof all of whose techniques here are theirs, else the roof for them.
   */
  readonly campaigns: readonly Campaign[];
  /** Techniques of these campaigns, or of nobody where there are none, each counted once. */
  readonly techniques: number;
  /** Those of them that the section only describes. */
  readonly suggestions: number;
}

/** One for each heading with techniques below it, sub-headings included. */
export function sectionSummaries(report: Report, analysis: Analysis, catalogue: Catalogue): readonly SectionSummary[] {
  const techniques = analysis.mentions.filter(({ object }) => {
    const known = object.type === "technique" ? catalogue.get(object.id) : undefined;
    return known !== undefined && isCurrent(known);
  });
  return report.sections.flatMap(({ level, start, end }): readonly SectionSummary[] => {
    const here = techniques.filter((mention) => start <= mention.start && mention.start < end);
    if (level === 0 || here.length === 0) return [];
    const campaigns = inFocus(here, analysis);
    // Beside somebody's name only theirs count, not what recommendations or comparisons name.
    const ids = new Set(campaigns.map(({ id }) => id));
    const own = campaigns.length > 0 ? here.filter((mention) => mention.campaigns.some((id) => ids.has(id))) : here;
    const stated = new Set(own.filter(({ status }) => status === "stated").map(({ object }) => object.id));
    const all = new Set(own.map(({ object }) => object.id));
    return [{ start, campaigns, techniques: all.size, suggestions: all.size - stated.size }];
  });
}

function inFocus(mentions: readonly AnalysedMention[], { campaigns }: Analysis): readonly Campaign[] {
  const uses = new Map<string, number>();
  for (const { campaigns: ids } of mentions) for (const id of ids) uses.set(id, (uses.get(id) ?? 0) + 1);
  const all = campaigns.filter(({ id }) => uses.has(id));
  const described = all.filter(({ role }) => role === "described");
  const here = described.length > 0 ? described : all;
  const below = (roof: string): readonly string[] => here.flatMap(({ id, partOf }) => (partOf === roof ? [id] : []));
  const roofs = here.filter(({ id }) => {
    const members = below(id);
    return (
      members.length > 0 &&
      mentions.some(({ campaigns: ids }) => ids.includes(id) && !members.some((one) => ids.includes(one)))
    );
  });
  const mere = here.filter(({ id }) => below(id).length > 0 && !roofs.some((roof) => roof.id === id));
  return here
    .filter((one) => !mere.includes(one) && !roofs.some(({ id }) => id === one.partOf))
    .sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0));
}

/** Ids to show behind the words that stand for them. */
export interface IdHint {
  /** Behind which offset, UTF-16. */
  readonly at: number;
  readonly ids: readonly string[];
  readonly mentions: readonly AnalysedMention[];
}

/** One for each span that stands for techniques without writing their ids; behind the word, or the code, in which it ends. */
export function idHints(report: Report, analysis: Analysis, wanted: "all" | "stated"): readonly IdHint[] {
  const code = report.blocks.flatMap((block) =>
    block.inlineCode.map(({ start, end }): Range => ({
      start: toSource(block, start),
      end: toSource(block, end, "end"),
    })),
  );
  const hints = new Map<number, AnalysedMention[]>();
  for (const mention of analysis.mentions) {
    if (mention.object.type !== "technique" || mention.by === "id") continue;
    if (wanted === "stated" && mention.status !== "stated") continue;
    const at = behindWord(report.text, mention.end, code);
    const here = hints.get(at) ?? [];
    if (!here.some(({ object }) => object.id === mention.object.id)) here.push(mention);
    hints.set(at, here);
  }
  return [...hints]
    .sort(([a], [b]) => a - b)
    .map(([at, mentions]) => ({ at, ids: mentions.map(({ object }) => object.id), mentions }));
}

/** So many characters of a word are looked at. */
const longestWord = 60;

function behindWord(text: string, at: number, code: readonly Range[]): number {
  const around = code.find(({ start, end }) => start < at && at <= end);
  const [rest = ""] = around
    ? (/^`*/.exec(text.slice(around.end, around.end + longestWord)) ?? [])
    : (/^[\p{L}\p{N}]*/u.exec(text.slice(at, at + longestWord)) ?? []);
  return (around?.end ?? at) + rest.length;
}

/** Ids as the report writes them, where no link of the author's own stands. */
export function linkableIds(report: Report, { mentions }: Analysis): readonly AnalysedMention[] {
  const links = report.blocks.flatMap((block) =>
    block.links.flatMap((link): readonly Range[] => [
      link,
      { start: toSource(block, link.textStart), end: toSource(block, link.textEnd, "end") },
    ]),
  );
  return mentions.filter(
    (mention) =>
      mention.by === "id" &&
      !links.some(({ start, end }) => start < mention.end && mention.start < end) &&
      // Definitions of reference links belong to no block.
      !/https?:\/\/\S*$/.test(report.text.slice(Math.max(0, mention.start - 200), mention.start)),
  );
}
