import { isDeedTitle } from "../mapping/rules/no-deed.ts";
import { remembered } from "../remembered.ts";
import { matchesOf } from "../report/matches.ts";
import { isHeadline, type Block, type Range, type Report, type Section } from "../report/report.ts";
import { backgrounds, sidelines, headingKey } from "./rules/comparisons.ts";

/** Why what stands in this block is not what the report tells of its actors; `undefined` where it is. */
export function sidelineOf(report: Report, block: Block): string | undefined {
  if (isLinkAlone(block)) return "in a link to something else";
  const section = report.sections[block.section];
  if (!section) return undefined;
  let known = sidelineOfSections.get(section);
  if (!known) sidelineOfSections.set(section, (known = { reason: sidelineUnder(section, report) }));
  return known.reason;
}

const sidelineOfSections = new WeakMap<Section, { readonly reason: string | undefined }>();

/** The title of the whole report sets nothing aside: only those of its parts do. */
function sidelineUnder(section: Section, report: Report): string | undefined {
  const titles = titlesAbove(report, section);
  for (const title of titles) {
    if (isDeedTitle(title)) continue;
    const key = headingKey(title);
    if (isAboutSubject(key, report)) continue;
    const reason = reasonOf(key);
    if (reason !== undefined) return `under “${title}” (${reason})`;
  }
  const title = titles.at(-1) ?? "";
  const isPast = backgrounds.test(headingKey(title)) && isBeforeAll(section, report);
  return isPast ? `under “${title}” (history)` : undefined;
}

/** The titles of the sections that hold a section, and its own, from the outermost; without the report's. */
function titlesAbove(report: Report, innermost: Section): readonly string[] {
  const titles: string[] = [];
  for (
    let section: Section | undefined = innermost;
    section;
    section = section.parent === undefined ? undefined : report.sections[section.parent]
  )
    if (!isHeadline(report, section)) titles.unshift(section.title);
  return titles;
}

/** Remembered: a report's sections are read anew at each edit. */
const reasonOf = remembered((key) => sidelines.find(({ pattern }) => pattern.test(key))?.reason);

/** “About X” tells of the publisher, unless X is what the report's title names. */
function isAboutSubject(key: string, { title }: Report): boolean {
  const subject = /^about (.{2,60})$/u.exec(key)?.[1];
  return subject !== undefined && ` ${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `.includes(` ${subject} `);
}

/** The last year that a text names; 0 where it names none. */
const lastYearIn = (text: string): number =>
  matchesOf(text, fourDigits).reduce((last, [year]) => Math.max(last, Number(year)), 0);
const fourDigits = /(?<![\w-])(?:19|20)\d\d(?![\w-])/gu;

/** Whether a section names years, and none of the last one that the report names. */
function isBeforeAll({ start, end }: Range, { text }: Report): boolean {
  const own = lastYearIn(text.slice(start, end));
  return own > 0 && own < lastYearIn(text.slice(0, longestRead));
}

/** UTF-16 units of a report in which years are looked for. */
const longestRead = 200_000;

/** Whether such a reason is that the words tell of the past, or of others. */
export const isHistory = (reason: string): boolean => /\((?:history|comparison)\)$/u.test(reason);

/** A line that is nothing but a link advertises or cites. */
const isLinkAlone = ({ text, links, kind }: Block): boolean =>
  kind !== "heading" &&
  kind !== "table-cell" &&
  links.some(
    ({ textStart, textEnd, image }) =>
      !image && textEnd - textStart >= 12 && textEnd - textStart >= 0.9 * text.trim().length,
  );
