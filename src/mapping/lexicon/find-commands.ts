import { isCurrent, type Catalogue } from "../../attack/catalogue.ts";
import { lineAt, toSource, type Block, type Report } from "../../report/report.ts";
import { mentioned, type Mention } from "../mention.ts";
import { evidenceAt } from "../place.ts";
import { isDetectionRule, isGuidance, noDeed } from "../rules/no-deed.ts";
import { commandMatcherOf, type CommandMatch } from "./command-matcher.ts";
import type { CommandKind, Lexicon } from "./lexicon.ts";

/** A command line or an artefact shows a technique less surely than words that name it. */
const confidence = 0.7;

/** Runs of inline code that are read in one report: a guard, no report has as many. */
const mostRuns = 20_000;

/** Techniques that command lines and artefacts in code and inline code show, in document order. */
export function findCommands(report: Report, lexicon: Lexicon, catalogue: Catalogue): readonly Mention[] {
  const matcher = commandMatcherOf(lexicon);
  return codeRuns(report)
    .slice(0, mostRuns)
    .flatMap(({ block, sentence, textStart, textEnd }) =>
      best(matcher.find(block.text, textStart, textEnd).filter(isTelling)).flatMap((match): readonly Mention[] => {
        const technique = catalogue.get(match.technique);
        if (!technique || !isCurrent(technique)) return [];
        const start = toSource(block, match.start);
        const end = toSource(block, match.end, "end");
        const place = { block: block.index, sentence };
        const shown = (match.decoded ?? block.text.slice(match.start, match.end)).replace(/\s+/g, " ");
        return [
          {
            start,
            end,
            line: lineAt(report, start),
            text: report.text.slice(start, end),
            object: mentioned(technique),
            by: "command",
            status: "inferred",
            confidence,
            evidence: evidenceAt(report, place, start),
            why: `${match.decoded === undefined ? "" : match.hiddenBy === "obfuscation" ? "put together, " : "decoded from base64, "}${what[match.kind]} “${shown.length > 120 ? `${shown.slice(0, 120)}…` : shown}” is typical of ${technique.name}`,
            place,
          },
        ];
      }),
    );
}

const what: Readonly<Record<CommandKind, string>> = {
  cmd: "the command",
  reg: "the registry key",
  file: "the file",
  api: "the function",
  tool: "the tool",
  net: "the service",
  event: "the event",
};

interface CodeRun {
  readonly block: Block;
  readonly sentence: number;
  readonly textStart: number;
  readonly textEnd: number;
}

/** Lines of code blocks, and inline code of sentences that tell of a deed. */
function codeRuns(report: Report): readonly CodeRun[] {
  return report.blocks.flatMap((block): readonly CodeRun[] => {
    if (block.kind === "code") {
      if (isDetectionRule(block) || isGuidance(report, block)) return [];
      return block.sentences.map(({ textStart, textEnd }, sentence) => ({ block, sentence, textStart, textEnd }));
    }
    if (block.inlineCode.length === 0 || isGuidance(report, block)) return [];
    return block.inlineCode.flatMap(({ start, end }): readonly CodeRun[] => {
      const sentence = Math.max(
        0,
        block.sentences.findIndex(({ textEnd }) => start < textEnd),
      );
      const around = block.sentences[sentence];
      if (!around) return [];
      const text = block.text.slice(around.textStart, around.textEnd);
      return noDeed(text, start - around.textStart) ? [] : [{ block, sentence, textStart: start, textEnd: end }];
    });
  });
}

/**
 * Whether a match says enough to be a mention. A program alone (`whoami`) says too little (it would count with a
 * confidence of 0.45), so do an extension and a port.
 */
function isTelling({ kind, tokens, literal, pattern }: CommandMatch): boolean {
  if (kind === "cmd") return tokens > 1;
  if (kind === "net") return false;
  if (kind === "file") return literal >= 8 && !/^[*/\\]*\.\w+$/.test(pattern);
  return kind === "tool" || kind === "event" || literal >= 6;
}

/** Of matches that overlap, the one whose pattern says most; where two techniques claim as much, their common parent or none. */
function best(matches: readonly CommandMatch[]): readonly CommandMatch[] {
  const ranked = [...matches].sort(
    (a, b) => b.tokens - a.tokens || b.literal - a.literal || a.start - b.start || compareIds(a.technique, b.technique),
  );
  const kept: CommandMatch[] = [];
  const settled: CommandMatch[] = [];
  for (const match of ranked) {
    if (settled.some((other) => overlaps(other, match))) continue;
    const equals = ranked.filter(
      (other) => other.tokens === match.tokens && other.literal === match.literal && overlaps(other, match),
    );
    settled.push(match);
    const techniques = new Set(equals.map(({ technique }) => technique));
    const families = new Set(equals.map(({ technique }) => technique.slice(0, 5)));
    if (techniques.size === 1) kept.push(match);
    else if (families.size === 1) kept.push({ ...match, technique: match.technique.slice(0, 5) });
  }
  return kept.sort((a, b) => a.start - b.start);
}

const overlaps = (a: CommandMatch, b: CommandMatch): boolean => a.start < b.end && b.start < a.end;
const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
