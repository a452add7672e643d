import { stem } from "../lexicon/stem.ts";

/**
 * What the model sees of a text: words and pairs of words, by their stems, and runs of characters, each as a 32-bit
 * hash. Numbers, addresses, hashes and paths stand as placeholders beside (or instead of) their own words.
 */
export interface Features {
  /** Hashes of words, placeholders and pairs of words. */
  readonly words: readonly number[];
  /** Of words and placeholders alone, in their order. */
  readonly stems: readonly number[];
  /** Hashes of runs of characters inside the words. */
  readonly characters: readonly number[];
}

/** The longest word of which runs of characters are taken; what is longer is a blob. */
const longestWord = 40;
/** A text of more words than that is read no further: no sentence has as many. */
const mostChunks = 1_500;
const shortestRun = 3;
const longestRun = 5;
const mostRemembered = 10_000;

/** A run of anything but white space. */
interface Chunk {
  readonly stems: readonly number[];
  readonly characters: readonly number[];
}

const seeds = { word: 0x811c9dc5, pair: 0x1b873593, skip: 0x7f4a7c15, run: 0x2c1b3c6d } as const;

const memory = new Map<string, Chunk>();

/** Reads the text between two offsets. Time grows with the text. */
export function featuresOf(text: string): Features {
  const words: number[] = [];
  const stems: number[] = [];
  const characters: number[] = [];
  let previous = 0;
  let before = 0;
  let count = 0;
  let start = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const gap = at === text.length || isGap(text.charCodeAt(at));
    if (!gap) {
      if (start < 0) start = at;
      continue;
    }
    if (start < 0) continue;
    const chunk = chunkOf(text.slice(start, at));
    start = -1;
    for (const hash of chunk.characters) characters.push(hash);
    for (const hash of chunk.stems) {
      words.push(hash);
      stems.push(hash);
      if (previous !== 0) words.push(mix(seeds.pair ^ previous, hash));
      if (before !== 0) words.push(mix(seeds.skip ^ before, hash));
      before = previous;
      previous = hash;
    }
    count += 1;
    if (count >= mostChunks) break;
  }
  return { words, stems, characters };
}

const isGap = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0x2028 || code === 0x3000;

function chunkOf(written: string): Chunk {
  const known = memory.get(written);
  if (known) return known;
  const chunk = readChunk(written);
  // Reports hold endless made-up words (hashes, names): the memory must not grow with them.
  if (memory.size >= mostRemembered) memory.clear();
  memory.set(written, chunk);
  return chunk;
}

function readChunk(written: string): Chunk {
  const text = written.slice(0, 300).toLowerCase();
  const placeholder = placeholderOf(text);
  if (placeholder) return { stems: [hashOf(placeholder.name, seeds.word)], characters: [] };
  const stems: number[] = [];
  const characters: number[] = [];
  for (const kind of marksOf(text)) stems.push(hashOf(kind, seeds.word));
  for (const word of text.match(wordPattern) ?? []) {
    if (/^\d+$/.test(word))
      stems.push(hashOf(word.length > 4 ? "<long number>" : word.length > 2 ? "<number>" : word, seeds.word));
    else stems.push(hashOf(apart.has(word) ? `=${word}` : stem(word), seeds.word));
  }
  const bare = text.replace(/^["'“”‘’([{<]+|["'“”‘’)\]}>.,;:!?]+$/g, "").slice(0, longestWord);
  if (bare !== "") addRuns(` ${bare} `, characters);
  return { stems, characters };
}

/** Ordinary words whose stems are those of names: “same” is no SAM. */
const apart: ReadonlySet<string> = new Set(["same"]);

const wordPattern = /[\p{L}\p{N}]+/gu;

/** Things whose own characters say nothing: they stand for their kind. */
function placeholderOf(text: string): { readonly name: string } | undefined {
  if (text.length < 6) return undefined;
  const bare = text.replace(/^["'“”‘’([{<]+|["'“”‘’)\]}>.,;:!?]+$/g, "");
  if (/^(?:\d{1,3}(?:\.|\[\.\]|\(\.\))){3}\d{1,3}(?::\d{1,5})?(?:\/\d{1,2})?$/.test(bare)) return { name: "<address>" };
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(bare)) return { name: "<hash>" };
  if (/^cve-\d{4}-\d{4,7}$/.test(bare)) return { name: "<cve>" };
  return undefined;
}

/** What a chunk looks like, beside its words. */
function marksOf(text: string): readonly string[] {
  const marks: string[] = [];
  if (/^(?:h(?:tt|xx)ps?|ftp):\/\//.test(text)) marks.push("<url>");
  else if (/^["'(]?(?:[a-z]:\\|\\\\|%[a-z_]{3,30}%\\)/.test(text)) marks.push("<windows path>");
  else if (/^["'(]?(?:hklm|hkcu|hkey_|hku\\|software\\|system\\)/.test(text)) marks.push("<registry>");
  else if (/^["'(]?~?\/(?:etc|usr|tmp|var|home|bin|dev|opt|library|users|proc)\b/.test(text)) marks.push("<unix path>");
  if (/^[-/][a-z]/.test(text)) marks.push("<flag>");
  return marks;
}

/** Runs of 3 to 5 characters, the spaces round the word included. */
function addRuns(padded: string, to: number[]): void {
  for (let at = 0; at + shortestRun <= padded.length; at += 1) {
    let hash: number = seeds.run;
    for (let length = 1; length <= longestRun && at + length <= padded.length; length += 1) {
      hash = Math.imul(hash ^ padded.charCodeAt(at + length - 1), 0x01000193);
      if (length >= shortestRun) to.push(finish(hash ^ length));
    }
  }
}

/** FNV-1a with a last mixing. */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return finish(hash);
}

const mix = (a: number, b: number): number => finish(Math.imul(a, 0x9e3779b1) ^ b);

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed | 0 || 1;
}
