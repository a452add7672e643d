import { matchesOf } from "../report/matches.ts";
import { ofWords, type Block, type Report } from "../report/report.ts";
import { wordsOf } from "../report/text-words.ts";

/** The language that most of a report's prose is in, where that is not English; only English is read. */
export interface OtherLanguage {
  /** “German”, or the letters: “Cyrillic letters”. */
  readonly name: string;
  /** The first block of prose in it. */
  readonly block: Block;
}

const english = "the of and to that is with for from by this were are which it as have had they was has been their at";

/** Small words that a text can hardly do without, and that are rare in English. */
const languages: readonly (readonly [name: string, words: string])[] = [
  [
    "German",
    "der die das und nicht mit von auf aus ist ein eine einen einem einer wurde wurden werden für sich dem den über bei nach auch danach sie im zum zur",
  ],
  ["French", "le la les des et dans une est pour sur par qui pas avec du aux été cette ces leur"],
  ["Spanish", "el los las del que una por con para se su como fue fueron esta desde también"],
  ["Portuguese", "da das dos que em uma para com não foi pelo pela foram seu também"],
  ["Italian", "il di che della per una con non sono gli nel è stato dei alla questo"],
  ["Dutch", "de het een van niet met voor zijn op door werd deze ook naar bij"],
  ["Swedish", "och att det som är på för av med till den ett inte från"],
  ["Danish or Norwegian", "og det som er på til af av med den et ikke har fra blev ble"],
  ["Polish", "na że się nie jest przez oraz został które dla są"],
  ["Czech", "se na že je jsou byl která který byla také ze od"],
  ["Turkish", "ve bir bu için ile olarak olan tarafından daha"],
  ["Indonesian", "yang dan untuk dengan pada ini dari tidak dalam oleh"],
  ["Vietnamese", "của và là được các những một trong cho không"],
];

const letters = [
  ["Cyrillic letters", /\p{Script=Cyrillic}/gu],
  ["Chinese characters", /\p{Script=Han}/gu],
  ["Japanese characters", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["Korean characters", /\p{Script=Hangul}/gu],
  ["Arabic letters", /\p{Script=Arabic}/gu],
  ["Hebrew letters", /\p{Script=Hebrew}/gu],
  ["Greek letters", /\p{Script=Greek}/gu],
  ["Thai letters", /\p{Script=Thai}/gu],
  ["Devanagari letters", /\p{Script=Devanagari}/gu],
] as const;

/** Fewer small words of a language are quotations and names. */
const fewWords = 5;
/** Of all words. */
const leastShare = 0.12;
/** So many times as many as of English. */
const timesEnglish = 2;
/** Fewer letters of another script are names; a language of syllables or ideographs needs few. */
const fewLetters = 60;
/** Of all letters. */
const mostLetters = 0.4;

interface Counts {
  readonly english: number;
  readonly words: number;
  readonly ofLanguage: readonly number[];
  readonly letters: number;
  readonly ofScript: readonly number[];
}

/** Where most of a report's prose is in another language than English. */
export function otherLanguageOf({ blocks }: Report): OtherLanguage | undefined {
  const prose = blocks.filter(({ kind }) => kind !== "code" && kind !== "html");
  const sum = { english: 0, words: 0, letters: 0, ofLanguage: languages.map(() => 0), ofScript: letters.map(() => 0) };
  for (const block of prose) {
    const counts = countsIn(block);
    sum.english += counts.english;
    sum.words += counts.words;
    sum.letters += counts.letters;
    counts.ofLanguage.forEach((count, at) => (sum.ofLanguage[at] = (sum.ofLanguage[at] ?? 0) + count));
    counts.ofScript.forEach((count, at) => (sum.ofScript[at] = (sum.ofScript[at] ?? 0) + count));
  }
  // Japanese has Chinese characters, too.
  const ofScript = Math.max(...sum.ofScript);
  const inScript = sum.ofScript.reduce((all, count) => all + count, 0);
  if (inScript >= fewLetters && inScript >= mostLetters * sum.letters) {
    const at = (sum.ofScript[2] ?? 0) > inScript / 4 ? 2 : sum.ofScript.indexOf(ofScript);
    return found(letters[at]?.[0], prose, (counts) => counts.ofScript[at]);
  }
  const ofLanguage = Math.max(...sum.ofLanguage);
  const least = Math.max(fewWords, timesEnglish * sum.english, leastShare * sum.words);
  if (ofLanguage < least) return undefined;
  const at = sum.ofLanguage.indexOf(ofLanguage);
  return found(languages[at]?.[0], prose, (counts) => counts.ofLanguage[at]);
}

function found(
  name: string | undefined,
  prose: readonly Block[],
  count: (counts: Counts) => number | undefined,
): OtherLanguage | undefined {
  const block = prose.find((one) => (count(countsIn(one)) ?? 0) > 0);
  return name !== undefined && block ? { name, block } : undefined;
}

const split = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const ofEnglish = split(english);
const byWord = new Map<string, number[]>();
languages.forEach(([, words], at) => {
  for (const word of split(words)) byWord.set(word, [...(byWord.get(word) ?? []), at]);
});

/** Before and behind a run of letters that is part of an address, a path or the name of a file. */
const joinedBefore = /[._@/\\-]/u;
const joinedBehind = /^(?:[_@/\\-]|[.:]\p{L})/u;
const lettersAlone = /^\p{L}{1,40}$/u;
const notLatin = /(?!\p{Script=Latin})\p{L}/u;
/** Most texts have none, and so no letters of other scripts. */
const beyondAscii = /[^\0-\x7f]/;

const none: readonly number[] = [];

const countsIn = ofWords(({ text }): Counts => {
  const ofLanguage = languages.map(() => 0);
  let inEnglish = 0;
  let [words, all] = [0, 0];
  for (const { start, end, lower } of wordsOf(text)) {
    if (!lettersAlone.test(lower)) continue;
    if (start > 0 && joinedBefore.test(text.charAt(start - 1))) continue;
    if (text.charAt(end) !== " " && joinedBehind.test(text.slice(end, end + 3))) continue;
    words += 1;
    all += end - start;
    if (ofEnglish.has(lower)) inEnglish += 1;
    for (const at of byWord.get(lower) ?? none) ofLanguage[at] = (ofLanguage[at] ?? 0) + 1;
  }
  const hasOthers = beyondAscii.test(text) && notLatin.test(text);
  const ofScript = letters.map(([, letter]) => (hasOthers ? matchesOf(text, letter).length : 0));
  return { english: inEnglish, words, ofLanguage, letters: all, ofScript };
});
