import { isCurrent, type Catalogue } from "../../attack/catalogue.ts";
import { ofReport, ofWords, sentenceHolding, type Block, type Report, type Words } from "../../report/report.ts";
import { inferredMention } from "../inferred-mention.ts";
import type { Mention } from "../mention.ts";
import { isMereName } from "../rules/mere-name.ts";
import { isDetectionRule, isGuidance, noDeed } from "../rules/no-deed.ts";
import { commandMatcherOf, type CommandMatch, type CommandMatcher } from "./command-matcher.ts";
import type { CommandKind, Lexicon } from "./lexicon.ts";

/** A command line or an artefact shows a technique less surely than words that name it. */
const confidence = 0.7;
/** A program alone on a line, such as `systeminfo`, says what it does and not what for. */
const loneConfidence = 0.5;

/** Runs of code that are read in one report: a guard, no report has as many. */
const mostRuns = 20_000;

/** A command or an artefact that a block's words show, wherever the block stands. */
interface ShownCommand {
  readonly sentence: number;
  readonly match: CommandMatch;
}

type Show = (words: Words) => readonly ShownCommand[];

/** Techniques that command lines and artefacts in code and inline code show, in document order. */
export function findCommands(report: Report, lexicon: Lexicon, catalogue: Catalogue): readonly Mention[] {
  const show = showerOf(commandMatcherOf(lexicon), lexicon);
  return blocksOfRuns(report).flatMap((block) =>
    show(block).flatMap(({ sentence, match }) => toMention(report, block, sentence, match, catalogue) ?? []),
  );
}

/** Reads a block beforehand, so that {@link findCommands} finds what it needs remembered. */
export function commandReader(report: Report, lexicon: Lexicon): (block: Block) => void {
  const show = showerOf(commandMatcherOf(lexicon), lexicon);
  const runs = new Set(blocksOfRuns(report));
  return (block) => {
    if (runs.has(block)) show(block);
  };
}

/** Blocks with code in them, to as much of it as is read. */
const blocksOfRuns = ofReport((report): readonly Block[] => {
  let runs = 0;
  return report.blocks.filter((block) => {
    const own = block.kind === "code" ? block.sentences.length : block.inlineCode.length;
    if (own === 0 || runs >= mostRuns || isGuidance(report, block)) return false;
    runs += own;
    return true;
  });
});

const showers = new WeakMap<CommandMatcher, Show>();

function showerOf(matcher: CommandMatcher, lexicon: Lexicon): Show {
  let known = showers.get(matcher);
  if (!known)
    showers.set(
      matcher,
      (known = ofWords((words) =>
        codeRuns(words).flatMap(({ sentence, textStart, textEnd }) =>
          best(
            matcher
              .find(words.text, textStart, textEnd)
              .filter(
                (match) =>
                  (isTelling(match) && !isOnlyNamed(match, words, lexicon)) ||
                  (words.kind === "code" && standsAlone(match, words.text, textStart, textEnd)),
              ),
          ).map((match) => ({ sentence, match })),
        ),
      )),
    );
  return known;
}

function toMention(
  report: Report,
  block: Block,
  sentence: number,
  match: CommandMatch,
  catalogue: Catalogue,
): Mention | undefined {
  const technique = catalogue.get(match.technique);
  if (!technique || !isCurrent(technique)) return undefined;
  const shown = (match.decoded ?? block.text.slice(match.start, match.end)).replace(/\s+/g, " ");
  const undone =
    match.decoded === undefined ? "" : match.hiddenBy === "obfuscation" ? "put together, " : "decoded from base64, ";
  return inferredMention(report, block, {
    sentence,
    textStart: match.start,
    textEnd: match.end,
    technique,
    by: "command",
    confidence: isTelling(match) ? confidence : loneConfidence,
    why: `${undone}${what[match.kind]} “${shown.length > 120 ? `${shown.slice(0, 120)}…` : shown}” is typical of ${technique.name}`,
  });
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
  readonly sentence: number;
  readonly textStart: number;
  readonly textEnd: number;
}

/** Lines of code blocks, and inline code of sentences that tell of a deed. */
function codeRuns(words: Words): readonly CodeRun[] {
  const { kind, text, sentences, inlineCode } = words;
  if (kind === "code")
    return isDetectionRule(words)
      ? []
      : sentences.map(({ textStart, textEnd }, sentence) => ({ sentence, textStart, textEnd })).slice(0, mostRuns);
  return inlineCode.slice(0, mostRuns).flatMap(({ start, end }): readonly CodeRun[] => {
    const sentence = sentenceHolding(words, start);
    const around = sentences[sentence];
    if (!around) return [];
    const whole = text.slice(around.textStart, around.textEnd);
    return noDeed(whole, start - around.textStart) ? [] : [{ sentence, textStart: start, textEnd: end }];
  });
}

/**
 * Whether a match says enough to be a mention wherever it stands. A program's name alone (`whoami`), an extension
 * and a port say too little.
 */
function isTelling({ kind, tokens, literal, pattern }: CommandMatch): boolean {
  if (kind === "cmd") return tokens > 1;
  if (kind === "net") return false;
  if (kind === "file") return literal >= 8 && !/^[*/\\]*\.\w+$/.test(pattern);
  return kind === "tool" || kind === "event" || literal >= 6;
}

/** A tool or file in prose that lends its name to something else: “disguised as `AnyDesk.exe`”. */
const isOnlyNamed = (match: CommandMatch, { kind, text }: Words, { lures }: Lexicon): boolean =>
  kind !== "code" &&
  match.decoded === undefined &&
  (match.kind === "tool" || match.kind === "file") &&
  isMereName(text, match, lures);

/** Whether a line of code is a program's call without more than options, or several such calls: `whoami & systeminfo`. */
function standsAlone(
  { kind, pattern, literal, start, end, decoded }: CommandMatch,
  text: string,
  from: number,
  to: number,
): boolean {
  return (
    kind === "cmd" &&
    decoded === undefined &&
    literal >= 6 &&
    /^[a-z][\w-]*(?:\.exe)?$/i.test(pattern) &&
    /(?:^|[|&;]|\/c|[>$#]) *(?:\w:\\[\w\\]{1,80})?$/i.test(text.slice(Math.max(from, start - 120), start)) &&
    /^ *(?:$|[|&;>]|[-/]\w)/.test(text.slice(end, Math.min(to, end + 20)).trimEnd())
  );
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
