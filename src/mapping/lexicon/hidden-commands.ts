/**
 * Undoes what is put into command lines to hide their words: strings that are joined, or put in order by a format,
 * numbers that stand for letters, and variables of cmd that hold parts of a word. What comes out may hold patterns that
 * the line does not show. Undefined where nothing was hidden. Time grows with the text.
 */
export function revealed(line: string): string | undefined {
  if (line.length < shortest) return undefined;
  let text = line;
  if (/\[char\]/i.test(text)) text = withLetters(text);
  if (/["']\)?\s*-f\s*["']/i.test(text)) text = formatted(text);
  if (text.includes("+")) text = joined(text);
  if (/%\w|![\w]/.test(text)) text = withVariables(text);
  return text === line ? undefined : text.slice(0, longest);
}

const shortest = 12;
const longest = 8_000;
const mostVariables = 50;

/** `[char]105` for `'i'`, the numbers in decimal or hexadecimal. */
const withLetters = (text: string): string =>
  text.replace(/\[char\]\s?(0x[0-9a-f]{1,4}|\d{1,5})/gi, (_, code: string) => {
    const letter = String.fromCharCode(Number(code));
    return /[^\s'"]/.test(letter) ? `'${letter}'` : "' '";
  });

/** `"{1}{0}" -f 'ex','i'` for `'iex'`. */
const formatted = (text: string): string =>
  text.replace(
    /["']((?:[^"'{}]{0,60}\{\d{1,2}\}){1,40}[^"'{}]{0,60})["']\)?\s{0,3}-f\s{0,3}((?:["'][^"']{0,80}["']\s{0,3},?\s{0,3}){1,40})/gi,
    (whole: string, format: string, list: string) => {
      const parts = [...list.matchAll(/["']([^"']*)["']/g)].map(([, part = ""]) => part);
      const missing = [...format.matchAll(/\{(\d+)\}/g)].some(([, number]) => parts[Number(number)] === undefined);
      return missing ? whole : `'${format.replace(/\{(\d+)\}/g, (_, number: string) => parts[Number(number)] ?? "")}'`;
    },
  );

/** `'i'+'ex'` for `'iex'`; a bracket round the first or the last of the strings does not keep them apart. */
const joined = (text: string): string => text.replace(/["']\)?\s{0,3}\+\s{0,3}\(?["']/g, "");

/** `set u=who&& call %u%ami` for `call whoami`; parts of variables, as in `%ComSpec:~-7,3%`, are left. */
function withVariables(text: string): string {
  const values = new Map<string, string>([["comspec", "cmd.exe"]]);
  for (const [, name = "", value = ""] of text.matchAll(/\bset\s{1,3}"?([a-z_]\w{0,30})=([^&|"\n]{1,200})/gi)) {
    if (values.size > mostVariables) break;
    values.set(name.toLowerCase(), value.trimEnd());
  }
  return text.replace(/[%!](\w{1,31})[%!]/g, (whole: string, name: string) => values.get(name.toLowerCase()) ?? whole);
}
