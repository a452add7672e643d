/** A token of a command line: what the shell would hand on, and where it stands in the text. */
export interface Token {
  /** Lower case, without quotes, carets and back-ticks; a flag always begins with one hyphen. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `|`, `;`, `&` and their like: behind it another command begins. */
  readonly separator: boolean;
}

export interface TokeniseOptions {
  /** Quotes hold words together, as a shell reads them; otherwise they are white space. */
  readonly quotes: boolean;
  /** Bars inside a token belong to it: so in patterns, where they stand between alternatives. */
  readonly bars?: boolean;
}

/** Splits one command line. Never throws: a quote that nothing closes reaches to the end. */
export function tokenise(line: string, { quotes, bars = false }: TokeniseOptions): readonly Token[] {
  const tokens: Token[] = [];
  let text = "";
  let start = -1;
  let end = 0;
  let quote = "";
  const finish = (): void => {
    if (start >= 0 && text !== "") tokens.push({ text: asFlag(text.toLowerCase()), start, end, separator: false });
    text = "";
    start = -1;
  };
  for (let at = 0; at < line.length; at += 1) {
    const mark = line.charAt(at);
    if (quote !== "") {
      if (mark === quote) quote = "";
      else text += mark;
      end = at + 1;
    } else if (mark === '"' || (mark === "'" && start < 0) || (mark === "'" && text.endsWith("="))) {
      if (quotes) {
        if (start < 0) start = at;
        quote = mark;
        end = at + 1;
      } else finish();
    } else if (mark === "'") {
      if (quotes) end = at + 1;
      else finish();
    } else if (isBlank(line.charCodeAt(at))) finish();
    else if (isSeparator(line, at, bars)) {
      finish();
      const length = line.charAt(at + 1) === mark ? 2 : 1;
      tokens.push({ text: line.slice(at, at + length), start: at, end: at + length, separator: true });
      at += length - 1;
    } else if (mark === "^" || mark === "`") {
      // Escapes of cmd and PowerShell, put into words to hide them.
      if (start >= 0) end = at + 1;
    } else {
      if (start < 0) start = at;
      text += mark;
      end = at + 1;
    }
  }
  finish();
  return tokens;
}

/** `&` and `;` end a command where white space or the line's end follows: URLs hold them too. */
function isSeparator(line: string, at: number, bars: boolean): boolean {
  const mark = line.charAt(at);
  if (mark === "|") return !bars || (isGap(line, at - 1) && (isGap(line, at + 1) || line.charAt(at + 1) === "|"));
  return (mark === "&" || mark === ";") && (isGap(line, at + 1) || line.charAt(at + 1) === mark);
}

const isBlank = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0x2028 || code === 0x3000;
const isGap = (line: string, at: number): boolean => at < 0 || at >= line.length || isBlank(line.charCodeAt(at));

/** `/create`, `--create` and `-create` are one flag; a path with a second slash is none. */
export const asFlag = (token: string): string => token.replace(/^(?:\/|--?)(?=[a-z0-9?*][^/\\]*$)/, "-");

/** The program's name without its folder and `.exe`. */
export function programName(token: string): string {
  let name = token.slice(Math.max(token.lastIndexOf("/"), token.lastIndexOf("\\")) + 1);
  if (name.startsWith("-") && /^-[a-z]/.test(name)) name = name.slice(1);
  return name.endsWith(".exe") || name.endsWith(".com") ? name.slice(0, -4) : name;
}

/** Whether `text` fits `pattern`, in which `*` stands for any run of characters. Time grows with the product at worst. */
export function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let inside = 0;
  let star = -1;
  let mark = 0;
  while (inside < text.length) {
    if (at < pattern.length && pattern.charAt(at) === "*") {
      star = at;
      mark = inside;
      at += 1;
    } else if (at < pattern.length && pattern.charAt(at) === text.charAt(inside)) {
      at += 1;
      inside += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      inside = mark;
    } else return false;
  }
  while (pattern.charAt(at) === "*") at += 1;
  return at === pattern.length;
}
