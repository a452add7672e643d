/** A run of base64 in a command line, and the commands that it hides. */
export interface EncodedCommand {
  /** Of the run, as offsets of the text. */
  readonly start: number;
  readonly end: number;
  readonly decoded: string;
}

/** Only so much of a run is decoded. */
const longestRun = 8_000;
const mostRuns = 8;
/** How far before or behind a run the word stands that says that it is base64. */
const reach = 120;

/** `-e`, `-enc`, `-EncodedCommand` and every shortening of it; .NET's and the shells' decoders. */
const hint = /[-/]e(?:c|n(?:c(?:o(?:d(?:e(?:d(?:c(?:o(?:m(?:m(?:a(?:nd?)?)?)?)?)?)?)?)?)?)?)?)?\b|base64|b64decode/i;

/** Base64 that the words beside it call a command or give to a decoder, decoded from UTF-16 or UTF-8. Time grows with the text. */
export function encodedCommands(text: string): readonly EncodedCommand[] {
  if (text.length < 24 || !hint.test(text)) return [];
  const found: EncodedCommand[] = [];
  for (const match of text.matchAll(/[A-Za-z0-9+/]{20,}={0,2}/g)) {
    if (found.length >= mostRuns) break;
    const start = match.index;
    const end = start + match[0].length;
    if (!hint.test(text.slice(Math.max(0, start - reach), start)) && !hint.test(text.slice(end, end + reach))) continue;
    const decoded = decode(match[0].slice(0, longestRun));
    if (decoded !== undefined) found.push({ start, end, decoded });
  }
  return found;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Text, if that is what it is: PowerShell's UTF-16 (every second byte is 0), else readable ASCII. */
function decode(run: string): string | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of run.replace(/=+$/, "")) {
    held = ((held << 6) | alphabet.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  const odd = bytes.filter((_, at) => at % 2 === 1);
  const isWide = odd.length > 4 && odd.filter((byte) => byte === 0).length > 0.8 * odd.length;
  const codes = isWide ? bytes.filter((_, at) => at % 2 === 0) : bytes;
  const readable = codes.filter((code) => (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13);
  return codes.length >= 6 && readable.length >= 0.95 * codes.length ? String.fromCharCode(...readable) : undefined;
}
