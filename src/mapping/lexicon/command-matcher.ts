import { asFlag, globMatches, programName, tokenise, type Token } from "./command-line.ts";
import { encodedCommands } from "./encoded-commands.ts";
import { revealed } from "./hidden-commands.ts";
import { commandKinds, type CommandKind, type Lexicon, type TechniqueCommands } from "./lexicon.ts";
import { cmdletOf, isPowerShell, shortens } from "./powershell.ts";

/** A command pattern found in a line; `start`/`end` hold all that matched of it. */
export interface CommandMatch {
  readonly start: number;
  readonly end: number;
  readonly technique: string;
  readonly kind: CommandKind;
  /** As the lexicon writes it. */
  readonly pattern: string;
  /** How much the pattern says: tokens that are more than `*`, and characters that are no wildcard. */
  readonly tokens: number;
  readonly literal: number;
  /** What was read, where it stood encoded or taken to pieces: start and end are those of the code. */
  readonly decoded?: string;
  readonly hiddenBy?: "base64" | "obfuscation";
}

interface Row {
  readonly technique: string;
  readonly kind: CommandKind;
  readonly pattern: string;
}

/** Where a pattern stands in a line. */
type Seeker = (line: Line) => { readonly start: number; readonly end: number } | undefined;

/** A line of code, split once for all patterns. */
interface Line {
  readonly text: string;
  /** Its tokens, with quotes as a shell reads them and without; split when first asked for. */
  readonly readings: () => readonly (readonly NamedToken[])[];
}

/** A token, and the names of the program that it may be. */
interface NamedToken extends Token {
  /** The cmdlet that it is an alias of. */
  readonly cmdlet: string | undefined;
  /** Without its folder and `.exe`. */
  readonly program: string;
  /** … and without what tells the processor that it was built for. */
  readonly build: string;
}

/** What the first token of a pattern asks for. */
interface WantedProgram {
  readonly pattern: string;
  readonly glob: boolean;
  /** Absent where the pattern asks for a folder. */
  readonly program: string | undefined;
}

/** Only the beginning of a longer line is read: what follows is a blob. */
const longestLine = 4000;

/** How many tokens may stand between two tokens of a pattern. */
const widestGap = 12;

/**
 * Finds command patterns in lines of code. Each pattern is looked up by its rarest whole word, so that a line is tried
 * against few of them.
 *
 * A class because it guards the index and the patterns read so far.
 */
export class CommandMatcher {
  private readonly rows: readonly Row[];
  /** Of each row, the words of each part of which a line must hold one. */
  private readonly needed: readonly (readonly (readonly string[])[])[];
  private readonly byWord = new Map<string, number[]>();
  /** Patterns without a whole word, such as `*dump*`, and what a line must hold for them to be tried. */
  private readonly wordless: { readonly number: number; readonly literal: string }[] = [];
  private readonly seekers: (Seeker | undefined)[] = [];

  constructor({ commands, commandWords }: Pick<Lexicon, "commands" | "commandWords">) {
    this.rows = commandRows(commands);
    this.needed = commandWords ?? this.rows.map(neededWords);
    const counts = new Map<string, number>();
    for (const parts of this.needed)
      for (const words of parts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    this.needed.forEach((parts, number) => {
      const anchors = rarest(parts, counts);
      if (anchors.length === 0)
        this.wordless.push({ number, literal: longestLiteral(this.rows[number]?.pattern ?? "") });
      for (const word of new Set(anchors)) {
        const list = this.byWord.get(word);
        if (list) list.push(number);
        else this.byWord.set(word, [number]);
      }
    });
  }

  /**
   * What stands in one line of code or run of inline code, in the order of the lexicon; then what shows when its
   * obfuscation is undone, and what stands in commands that it holds in base64. Offsets count from the text's beginning.
   */
  find(text: string, from = 0, to = text.length): readonly CommandMatch[] {
    const code = text.slice(from, to);
    const encoded = encodedCommands(code);
    const undone = revealed(code.slice(0, longestLine));
    const plain = this.findPlain(text, from, to);
    if (encoded.length === 0 && undone === undefined) return plain;
    const known = new Set(plain.map(({ technique, pattern }) => `${technique} ${pattern}`));
    const shown = undone === undefined ? [] : this.findPlain(undone, 0, undone.length);
    return [
      ...plain,
      ...shown.flatMap((match): CommandMatch[] =>
        known.has(`${match.technique} ${match.pattern}`)
          ? []
          : [
              {
                ...match,
                start: from,
                end: from + code.trimEnd().length,
                decoded: (undone ?? "").slice(match.start, match.end),
                hiddenBy: "obfuscation",
              },
            ],
      ),
      ...encoded.flatMap(({ start, end, decoded }) =>
        this.findPlain(decoded, 0, decoded.length).map((match) => ({
          ...match,
          start: from + start,
          end: from + end,
          decoded: decoded.slice(match.start, match.end),
          hiddenBy: "base64" as const,
        })),
      ),
    ];
  }

  private findPlain(text: string, from: number, to: number): readonly CommandMatch[] {
    const code = text.slice(from, Math.min(to, from + longestLine));
    let split: readonly (readonly NamedToken[])[] | undefined;
    const readings = (): readonly (readonly NamedToken[])[] => (split ??= readingsOf(code));
    const line: Line = { text: code, readings };
    const words = new Set(wordsIn(code));
    // Carets, back-ticks and quotes inside a word hide it from the first look.
    if (/[\^`]|\w["']\w|["']{2}/.test(code))
      for (const word of readings()
        .flat()
        .flatMap((token) => wordsIn(token.text)))
        words.add(word);
    for (const word of [...words]) {
      for (const part of wordsIn(cmdletOf(word) ?? "")) words.add(part);
      words.add(withoutBits(word));
    }
    const lower = code.toLowerCase();
    const numbers = new Set(this.wordless.flatMap(({ number, literal }) => (lower.includes(literal) ? [number] : [])));
    for (const word of words)
      for (const number of this.byWord.get(word) ?? [])
        if (this.needed[number]?.every((one) => one.some((other) => words.has(other))) === true) numbers.add(number);
    return [...numbers]
      .sort((a, b) => a - b)
      .flatMap((number): CommandMatch[] => {
        const row = this.rows[number];
        const place = row && (this.seekers[number] ??= seekerOf(row))(line);
        if (!place) return [];
        return [{ start: from + place.start, end: from + place.end, ...row, ...weightOf(row) }];
      });
  }
}

const commandRows = (commands: readonly TechniqueCommands[]): readonly Row[] =>
  commands.flatMap(([technique, patterns]) =>
    commandKinds.flatMap((kind) => (patterns[kind] ?? []).map((pattern) => ({ technique, kind, pattern }))),
  );

/** What the matcher would else ask of every pattern when it is built. */
export const neededWordsOf = ({ commands }: Pick<Lexicon, "commands">): NonNullable<Lexicon["commandWords"]> =>
  commandRows(commands).map(neededWords);

/** The longest run of letters and digits that a match must hold; carets and quotes in a word hide it, as nobody writes such names. */
const longestLiteral = (pattern: string): string =>
  pattern.includes("|")
    ? ""
    : (pattern.toLowerCase().match(/[a-z0-9]+/g) ?? []).reduce(
        (best, run) => (run.length > best.length ? run : best),
        "",
      );

function readingsOf(code: string): readonly (readonly NamedToken[])[] {
  const quoted = tokenise(code, { quotes: true }).map(named);
  return /["']/.test(code) ? [quoted, tokenise(code, { quotes: false }).map(named)] : [quoted];
}

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** Of each part of the pattern, the words of which a match must hold one; parts that need none are left out. */
function neededWords({ kind, pattern }: Row): readonly (readonly string[])[] {
  // `registryExpression` lets numbered control sets stand for the current one.
  if (kind !== "cmd")
    return wholeWords(withoutHive(pattern)).flatMap((word) => (word === "currentcontrolset" ? [] : [[word]]));
  const tokens = patternTokens(pattern);
  const shortened = tokens[0]?.every(isPowerShell) === true;
  return tokens.flatMap((alternatives, at) => {
    if (shortened && at > 0 && alternatives.every((alternative) => alternative.startsWith("-"))) return [];
    const words = alternatives.map((alternative) => {
      const whole = wholeWords(at === 0 ? programName(alternative) : alternative);
      return [...whole].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
    });
    return words.every((word) => word !== undefined) ? [words] : [];
  });
}

/** Words of a pattern that no wildcard cuts. */
function wholeWords(pattern: string): readonly string[] {
  return pattern
    .toLowerCase()
    .split("*")
    .flatMap((literal, at, literals) => {
      let inside = literal;
      if (at > 0) inside = inside.replace(/^[a-z0-9]+/, "");
      if (at < literals.length - 1) inside = inside.replace(/[a-z0-9]+$/, "");
      return wordsIn(inside);
    });
}

function rarest(parts: readonly (readonly string[])[], counts: ReadonlyMap<string, number>): readonly string[] {
  const cost = (words: readonly string[]): number => words.reduce((total, word) => total + (counts.get(word) ?? 0), 0);
  return parts.reduce<readonly string[]>(
    (best, words) => (best.length === 0 || cost(words) < cost(best) ? words : best),
    [],
  );
}

/** The tokens of a `cmd` pattern, each with its alternatives. */
function patternTokens(pattern: string): readonly (readonly string[])[] {
  return tokenise(pattern, { quotes: true, bars: true }).map(({ text, separator }) =>
    separator
      ? [text]
      : text
          .split("|")
          .filter((part) => part !== "")
          .map(asFlag),
  );
}

function weightOf({ kind, pattern }: Row): Pick<CommandMatch, "tokens" | "literal"> {
  const literal = pattern.replace(/[*\s"']/g, "").length;
  if (kind !== "cmd") return { tokens: 1, literal };
  const tokens = patternTokens(pattern).filter((alternatives) => alternatives.some((part) => /[^*|&;]/.test(part)));
  // Of alternatives, only the shortest is sure to stand there.
  const sure = tokens.map((alternatives) => Math.min(...alternatives.map((part) => part.replaceAll("*", "").length)));
  return { tokens: tokens.length, literal: sure.reduce((total, length) => total + length, 0) };
}

function seekerOf(row: Row): Seeker {
  if (row.kind === "cmd") {
    const [programs = [], ...others] = patternTokens(row.pattern);
    const crosses = [programs, ...others].some(([text = ""]) => /^[|&;]{1,2}$/.test(text));
    const wanted = { programs: programs.map(wantedProgram), others, crosses, powerShell: programs.some(isPowerShell) };
    return ({ readings }) => {
      for (const tokens of readings()) {
        const found = seekTokens(wanted, tokens);
        if (found) return found;
      }
      return undefined;
    };
  }
  const expression = expressionOf(row);
  return ({ text }) => {
    const found = expression.exec(text);
    return found && found[0] !== "" ? { start: found.index, end: found.index + found[0].length } : undefined;
  };
}

/** A pattern of a command line, read. */
interface Wanted {
  readonly programs: readonly WantedProgram[];
  /** Alternatives of each token behind the program. */
  readonly others: readonly (readonly string[])[];
  /** It goes on behind a separator. */
  readonly crosses: boolean;
  readonly powerShell: boolean;
}

function seekTokens(
  wanted: Wanted,
  tokens: readonly NamedToken[],
): { readonly start: number; readonly end: number } | undefined {
  for (let first = 0; first < tokens.length; first += 1) {
    const token = tokens[first];
    if (!token || !wanted.programs.some((program) => fitsProgram(program, token))) continue;
    const last = followTokens(wanted, tokens, first);
    if (last !== undefined) return { start: token.start, end: tokens[last]?.end ?? token.end };
  }
  return undefined;
}

/** The token that the last of the wanted ones fits, each being taken as early as it comes. */
function followTokens(
  { others, crosses, powerShell }: Wanted,
  tokens: readonly Token[],
  from: number,
): number | undefined {
  let at = from;
  for (const alternatives of others) {
    const furthest = Math.min(tokens.length - 1, at + 1 + widestGap);
    let next = at + 1;
    for (; next <= furthest; next += 1) {
      const token = tokens[next];
      // What a cmdlet hands on through a pipe is still its own: the pipeline is one command.
      if (!token || (token.separator && !crosses && !(powerShell && token.text === "|"))) return undefined;
      // In prose, another command is named behind “and”; no wildcard goes on there.
      if (isConjunction(token) && !alternatives.includes(token.text)) return undefined;
      if (alternatives.some((part) => fits(part, token.text) || (powerShell && shortens(token.text, part)))) break;
    }
    if (next > furthest) return undefined;
    at = next;
  }
  return at;
}

const isConjunction = ({ text }: Token): boolean => text === "and" || text === "or";

/** A comma may stand behind a word or not, as in `comsvcs.dll, MiniDump`, and in prose a full stop behind an option. */
const fits = (pattern: string, token: string): boolean =>
  fitsWhole(pattern, token) ||
  ((/,$|^-.*\.$/.test(token) || pattern.endsWith(",")) && token.length > 1 && fitsWhole(bare(pattern), bare(token)));

const bare = (token: string): string => token.replace(/[.,]$/, "");

/** A flag also fits with its value: `/p` and “/p:secret”. The colon of a drive is none that a pattern asks for. */
const fitsWhole = (pattern: string, token: string): boolean =>
  globMatches(pattern, pattern.startsWith("*:") ? token.replace(/^[a-z]:(?=[\\/])/i, "") : token) ||
  (pattern.startsWith("-") && (token.startsWith(`${pattern}:`) || token.startsWith(`${pattern}=`)));

const wantedProgram = (pattern: string): WantedProgram => ({
  pattern,
  glob: pattern.includes("*"),
  program: /[\\/]/.test(pattern) ? undefined : programName(pattern),
});

const fitsProgram = ({ pattern, glob, program }: WantedProgram, token: NamedToken): boolean =>
  token.cmdlet === pattern ||
  (glob
    ? globMatches(pattern, token.text) ||
      (program !== undefined && (globMatches(program, token.program) || globMatches(program, token.build)))
    : token.text === pattern || token.program === program || token.build === program);

function named({ text, start, end, separator }: Token): NamedToken {
  const program = programName(text);
  return { text, start, end, separator, cmdlet: cmdletOf(text), program, build: withoutBits(program) };
}

/** `procdump64`, `mimikatz_x64`: builds of one program for one processor or another. */
const withoutBits = (name: string): string =>
  name.endsWith("64") || name.endsWith("86") ? name.replace(/(?<=[a-z])[-_.]?(?:x64|x86|amd64|64)$/, "") : name;

const hives: readonly (readonly [short: string, long: string])[] = [
  ["HKLM", "HKEY_LOCAL_MACHINE"],
  ["HKCU", "HKEY_CURRENT_USER"],
  ["HKU", "HKEY_USERS"],
  ["HKCR", "HKEY_CLASSES_ROOT"],
  ["HKCC", "HKEY_CURRENT_CONFIG"],
];

const withoutHive = (pattern: string): string => pattern.replace(/^(?:HK[A-Z]{1,2}|HKEY_[A-Z_]+)(?=\\)/i, "");

function expressionOf({ kind, pattern }: Row): RegExp {
  switch (kind) {
    case "reg":
      return registryExpression(pattern);
    case "file":
      return fileExpression(pattern);
    case "event":
      return eventExpression(pattern);
    case "api":
      return new RegExp(bounded(escaped(pattern, "[^\\s\"']{0,120}?")));
    default:
      return new RegExp(bounded(escaped(pattern, "[^\\s\"']{0,120}?")), "i");
  }
}

function registryExpression(pattern: string): RegExp {
  const hive = /^([^\\*]+)\\/.exec(pattern)?.[1]?.toUpperCase();
  const names = hives.find((row) => hive !== undefined && row.includes(hive));
  const key = names ? withoutHive(pattern) : pattern;
  const body = escaped(key.replace(/\\?\*+$/, ""), "[^\"'<>|]{0,120}?")
    .replaceAll("\\\\", "\\\\{1,2}")
    .replaceAll("CurrentControlSet", "(?:CurrentControlSet|ControlSet00\\d)");
  return new RegExp(bounded(names ? `(?:${names.join("|")}):?${body}` : body), "i");
}

/** Either slash; the home folder by any of its names. Wildcards at the ends only free these from the word's boundary. */
function fileExpression(pattern: string): RegExp {
  const core = pattern.replace(/^\*+/, "").replace(/\*+$/, "");
  const body = escaped(core, "[^\\s\"'<>|]{0,120}?")
    .replace(/\\\\|\//g, "[\\\\/]{1,2}")
    .replace(/^~/, "(?:~|\\$HOME|/root|/home/[^/\\s]{1,60}|/Users/[^/\\s]{1,60})");
  const before = pattern.startsWith("*") ? "" : startBoundary(core);
  return new RegExp(`${before}${body}${pattern.endsWith("*") ? "" : endBoundary(core)}`, "i");
}

/** A bare number is an event only where it is called one. */
function eventExpression(pattern: string): RegExp {
  const numbered = /^(?:(.*\S)\s+)?(\d+)$/.exec(pattern);
  if (!numbered) return new RegExp(bounded(escaped(pattern, ".{0,60}?")), "i");
  const [, source, number = ""] = numbered;
  const called = "event(?:s|\\W?ids?|\\W?codes?)?\\W{1,4}";
  return new RegExp(
    source === undefined
      ? `\\b(?:${called}|EID\\W{1,3})${number}\\b`
      : `\\b${escaped(source, "")}\\W{1,3}(?:${called})?${number}\\b`,
    "i",
  );
}

/** The pattern for a regular expression, with `wildcard` for its asterisks. */
const escaped = (pattern: string, wildcard: string): string =>
  pattern
    .split(/\*+/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(wildcard);

const bounded = (body: string): string => `(?<![A-Za-z0-9])${body}(?![A-Za-z0-9])`;
const startBoundary = (core: string): string => (/^[a-z0-9.]/i.test(core) ? "(?<![A-Za-z0-9])" : "");
const endBoundary = (core: string): string => (/[a-z0-9]$/i.test(core) ? "(?![A-Za-z0-9])" : "");

const matchers = new WeakMap<Lexicon, CommandMatcher>();

/** The matcher of a lexicon, built at the first question. */
export function commandMatcherOf(lexicon: Lexicon): CommandMatcher {
  let known = matchers.get(lexicon);
  if (!known) matchers.set(lexicon, (known = new CommandMatcher(lexicon)));
  return known;
}
