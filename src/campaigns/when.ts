import { remembered } from "../remembered.ts";
import { matchesOf } from "../report/matches.ts";
import { ofReport, ofWords } from "../report/report.ts";

/** Where a sentence stands in a sequence that the text itself tells: "First …", "Then …", "Finally …". */
export type Step = "first" | "then" | "last";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
const month =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const day = "([12]\\d|3[01]|0?[1-9])(?:st|nd|rd|th)?";
const year = "((?:19|20)\\d\\d)";
/** Before a year alone; "Exchange 2016" is no year. */
const yearLed =
  "(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y|[Uu]ntil|[Tt]hroughout|[Ff]rom|[Ee]arly|[Mm]id|[Ll]ate|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|Q[1-4])";

/** Ways to write a date, the most exact first, with the places of year, month and day among the groups. */
const forms: readonly (readonly [RegExp, readonly [number, number?, number?]])[] = [
  [/(?<![\w-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?(?![\d-]|:\d)/gu, [1, 2, 3]],
  [new RegExp(`(?<![\\w.])${day}(?: of)? ${month},? ${year}(?!\\d)`, "gu"), [3, 2, 1]],
  [new RegExp(`\\b${month} ${day},? ${year}(?!\\d)`, "gu"), [3, 1, 2]],
  [new RegExp(`\\b${month}(?: of|,)? ${year}(?!\\d)`, "gu"), [2, 1]],
  [new RegExp(`\\b${yearLed}[ -]${year}(?![\\d-])`, "gu"), [1]],
];

/** Dates that a text tells, each as exact as it is written ("2021", "2021-03", "2021-03-04"), in order of time. */
export const datesIn = remembered((text: string): readonly string[] => {
  if (!/(?:19|20)\d\d/.test(text)) return [];
  const found: string[] = [];
  let rest = text;
  for (const [form, [yearAt, monthAt, dayAt]] of forms) {
    for (const match of matchesOf(rest, form)) {
      const word = monthAt === undefined ? undefined : match[monthAt];
      const number =
        word === undefined || /\d/.test(word)
          ? word
          : String(months.findIndex((each) => word.toLowerCase().startsWith(each)) + 1);
      const parts = [match[yearAt], number, dayAt === undefined ? undefined : match[dayAt]];
      found.push(parts.flatMap((part) => (part === undefined ? [] : [part.padStart(2, "0")])).join("-"));
    }
    // What a more exact form has read is not read again as a year alone.
    rest = rest.replace(form, (match) => " ".repeat(match.length));
  }
  return [...new Set(found)].sort();
});

/** Days without a year, as "06-04" of “on 4 June”. */
export const daysIn = remembered((text: string): readonly string[] => {
  const found = yearless.flatMap(([form, monthAt, dayAt]) =>
    matchesOf(text, form).map((match) => {
      const number = months.findIndex((each) => (match[monthAt] ?? "").toLowerCase().startsWith(each)) + 1;
      return `${String(number).padStart(2, "0")}-${(match[dayAt] ?? "").padStart(2, "0")}`;
    }),
  );
  return [...new Set(found)].sort();
});

const yearless: readonly (readonly [form: RegExp, monthAt: number, dayAt: number])[] = [
  [new RegExp(`(?<![\\w.])${day}(?: of)? ${month}(?![\\p{L}\\d]|,? \\d{4})`, "gu"), 2, 1],
  [new RegExp(`\\b${month} ${day}(?![\\p{L}\\d]|,? \\d{4}|[.:]\\d)`, "gu"), 1, 2],
];

/** Years of a block's dates that have a month, too. */
const monthYearsIn = ofWords(({ text }): readonly string[] =>
  datesIn(text).flatMap((date) => (date.length > 4 ? [date.slice(0, 4)] : [])),
);

/** The year of a report's days without one: the only one of its dates with a month, else that of the report itself. */
export const onlyYear = ofReport(({ blocks, frontMatter }): string | undefined => {
  const [year, another] = new Set(blocks.flatMap(monthYearsIn));
  return another === undefined ? (year ?? frontMatter?.date?.slice(0, 4)) : undefined;
});

const steps: readonly (readonly [Step, RegExp])[] = [
  ["first", /^(?:first(?:ly)?|initially|to begin with|at first)\b/iu],
  ["last", /^(?:finally|lastly|in the end|at last|as a last step|eventually)\b/iu],
  [
    "then",
    /^(?:then|next|after (?:that|this|which)|afterwards?|from there|subsequently|later(?: on)?|once inside|shortly (?:after|thereafter)|(?:second|third)(?:ly)?,)\b/iu,
  ],
];

/** The step that a sentence's first words give it. */
export const stepOf = (sentence: string): Step | undefined =>
  steps.find(([, words]) => words.test(sentence.trimStart()))?.[0];
