/**
 * Strips English inflection, and nothing else: “dumps”, “dumped” and “dumping” are one word, “dumper” is another.
 *
 * These are steps 0, 1a, 1b and 1c of Porter2 (M. F. Porter, "The English (Porter2) stemming algorithm",
 * snowballstem.org), then the loss of a final e, and a table of irregular forms. Its later steps, which strip
 * derivation ("organization" → "organ"), would join words that cues must keep apart. What comes out is a key, no word.
 */
export function stem(word: string): string {
  const known = memory.get(word);
  if (known !== undefined) return known;
  const found = stripped(word.toLowerCase());
  // Reports hold endless made-up words (hashes, names): the memory must not grow with them.
  if (memory.size >= mostRemembered) memory.clear();
  memory.set(word, found);
  return found;
}

const mostRemembered = 50_000;
const memory = new Map<string, string>();

function stripped(word: string): string {
  const regular = irregular.get(word);
  if (regular !== undefined) return ending(regular);
  // Only plain English words inflect; "base64", "t1059" and "naïve" stay as they are.
  return /^[a-z]{3,40}$/.test(word) ? ending(withoutVerbEnding(withoutPlural(word))) : word;
}

function withoutPlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/(?:ied|ies)$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (/(?:us|ss)$/.test(word)) return word;
  // The s goes where a vowel stands before, not right beside it: "gaps", not "gas".
  return /[aeiouy].+s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutVerbEnding(word: string): string {
  if (word.endsWith("eed")) return afterFirstSyllable(word) <= word.length - 3 ? word.slice(0, -1) : word;
  const rest = word.endsWith("ed") ? word.slice(0, -2) : word.endsWith("ing") ? word.slice(0, -3) : "";
  if (!/[aeiouy]/.test(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  // What is doubled without an ending too stays so: "added" is of "add", "erred" of "err", "sniffed" of "sniff".
  if (rest.length > 3 && /(?:bb|dd|gg|mm|nn|pp|rr|tt)$/.test(rest)) return rest.slice(0, -1);
  return isShort(rest) ? `${rest}e` : rest;
}

function ending(word: string): string {
  if (/[^aeiouy]y$/.test(word) && word.length > 2) return `${word.slice(0, -1)}i`;
  return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
}

/** Where Porter's region R1 begins: behind the first consonant that follows a vowel. */
function afterFirstSyllable(word: string): number {
  const found = /[aeiouy][^aeiouy]/.exec(word);
  return found ? found.index + 2 : word.length;
}

/** One short syllable and no more: "us", "hid", "cod". */
const isShort = (word: string): boolean => /^(?:[aeiouy][^aeiouy]|[^aeiouy]+[aeiouy][^aeiouywx])$/.test(word);

/** Forms that no rule makes, as reports of intrusions use them: base form, then the others. */
const irregular: ReadonlyMap<string, string> = new Map(
  [
    "steal stole stolen",
    "write wrote written",
    "hide hid hidden",
    "send sent",
    "run ran",
    "take took taken",
    "give gave given",
    "get got gotten",
    "break broke broken",
    "choose chose chosen",
    "overwrite overwrote overwritten",
    "rewrite rewrote rewritten",
    "build built",
    "rebuild rebuilt",
    "find found",
    "leave left",
    "make made",
    "buy bought",
    "sell sold",
    "hold held",
    "keep kept",
    "lose lost",
    "find found",
    "bring brought",
    "begin began begun",
    "speak spoke spoken",
    "know knew known",
    "grow grew grown",
    "throw threw thrown",
    "draw drew drawn",
    "see saw seen",
    "do did done does",
    "go went gone goes",
    "have had has",
    "be is are was were been being am",
    "feed fed",
    "lead led",
    "win won",
    "spin spun",
    "sit sat",
    "seek sought",
    "teach taught",
    "catch caught",
    "wake woke woken",
    "withdraw withdrew withdrawn",
    "unzip unzipped unzipping",
    "index indices",
    "directory directories",
    "analysis analyses",
    "proxy proxies proxied proxying",
    "exfiltrate exfil exfilled exfiltrated",
    "control controlled controlling",
    "tunnel tunnelled tunnelling",
    "channel channelled channelling",
    "label labelled labelling",
    "signal signalled signalling",
    "cancel cancelled cancelling",
    "travel travelled travelling",
    "enrol enroll enrolls enrolled enrolling",
  ].flatMap((row) => {
    const [base = "", ...forms] = row.split(" ");
    return forms.map((form): [string, string] => [form, base]);
  }),
);
