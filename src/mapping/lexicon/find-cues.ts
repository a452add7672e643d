import { isCurrent, type AttackObject, type Catalogue } from "../../attack/catalogue.ts";
import type { Block, Report } from "../../report/report.ts";
import { inferredMention } from "../inferred-mention.ts";
import type { Mention } from "../mention.ts";
import { isGuidance, noDeed } from "../rules/no-deed.ts";
import { cueMatcherOf, type CueMatch } from "./cue-matcher.ts";
import type { Lexicon } from "./lexicon.ts";

/** Of one decisive cue alone; each further sign of the technique in the sentence adds, up to the most. */
const confidence = { alone: 0.8, further: 0.05, most: 0.95 };

/** Techniques that the prose describes by a decisive cue: one mention a technique and sentence, in document order. */
export function findCues(report: Report, lexicon: Lexicon, catalogue: Catalogue): readonly Mention[] {
  const matcher = cueMatcherOf(lexicon);
  return report.blocks.flatMap((block) => {
    if (block.kind === "code" || block.table?.row === 0) return [];
    let guidance: boolean | undefined;
    return block.sentences.flatMap(({ textStart, textEnd }, sentence): readonly Mention[] => {
      const matches = matcher.find(block.text, textStart, textEnd);
      const decisive = matches.filter(({ weight }) => weight === "decisive");
      if (decisive.length === 0 || (guidance ??= isGuidance(report, block))) return [];
      const text = block.text.slice(textStart, textEnd);
      const telling = decisive.filter(
        (match) => !noDeed(text, match.start - textStart) && !isInAddress(block.text, match),
      );
      return surest(telling, catalogue).map(({ match, technique }) =>
        toMention(report, block, sentence, match, technique, matches),
      );
    });
  });
}

/** The longest cue of each technique; one that stands inside a longer cue of a relative gives way to it. */
function surest(
  matches: readonly CueMatch[],
  catalogue: Catalogue,
): readonly { readonly match: CueMatch; readonly technique: AttackObject }[] {
  const longest = new Map<string, CueMatch>();
  for (const match of matches) {
    const known = longest.get(match.technique);
    if (!known || match.end - match.start > known.end - known.start) longest.set(match.technique, match);
  }
  const kept = [...longest.values()];
  return kept
    .filter((match) => !kept.some((other) => isRelative(match.technique, other.technique) && surrounds(other, match)))
    .flatMap((match) => {
      const technique = catalogue.get(match.technique);
      return technique && isCurrent(technique) ? [{ match, technique }] : [];
    });
}

const isRelative = (id: string, other: string): boolean => id !== other && id.slice(0, 5) === other.slice(0, 5);

const surrounds = (outer: CueMatch, inner: CueMatch): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;

/** Words of a web address say nothing of themselves: “https://blog.example/pass-the-hash”. */
function isInAddress(text: string, { start, end }: CueMatch): boolean {
  const from = Math.max(text.lastIndexOf(" ", start), text.lastIndexOf("\n", start)) + 1;
  const before = text.slice(Math.max(from, start - 300), start);
  return /(?:https?|hxxps?|ftp):\/\//i.test(before) && !/\s/.test(text.slice(start, end));
}

function toMention(
  report: Report,
  block: Block,
  sentence: number,
  match: CueMatch,
  technique: AttackObject,
  all: readonly CueMatch[],
): Mention {
  const further = new Set(
    all.filter((other) => other.technique === match.technique && other.cue !== match.cue).map(({ cue }) => cue),
  );
  return inferredMention(report, block, {
    sentence,
    textStart: match.start,
    textEnd: match.end,
    technique,
    by: "lexicon",
    confidence: Math.min(
      confidence.most,
      Math.round((confidence.alone + further.size * confidence.further) * 100) / 100,
    ),
    why: `the text says “${block.text.slice(match.start, match.end).replace(/\s+/g, " ")}”, a decisive cue of ${technique.name}`,
  });
}
