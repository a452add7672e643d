import { sectionsAround, type Block, type Report, type Section } from "../report/report.ts";
import { headingKey } from "./rules/comparisons.ts";

/** A heading that opens one case among others: “Case 2: the help desk”, “3. Case DAMSON”, “Incident B”. */
const ofCase =
  /^(?:case(?: (?:study|file|report))?|incident|intrusion|investigation|engagement|episode) (?:no\.? ?|number |#)?(?:\d{1,4}|[a-z]|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|\p{L}[\p{L}\d-]{2,30})(?:$|\s*[:.–—(|,-])/iu;

/** Titles of reports that collect cases: every numbered section of theirs is one. */
const collections =
  /\b(?:case ?books?|case ?(?:files|studies|collections?)|(?:collected|selected) cases|tales from)\b/iu;

const numbered = /^\s*(?:\d{1,2}|[ivx]{1,4})[.):]\s+\S/iu;

/** So many make a report one of several cases. */
const fewest = 2;

/** The sections of a report that each tell of another case, where it is built so; siblings of one level. */
export function caseSections({ sections, title }: Report): readonly Section[] {
  const isCase = (section: Section): boolean =>
    section.level > 0 &&
    (ofCase.test(headingKey(section.title)) || (collections.test(title) && numbered.test(section.title)));
  const byParent = new Map<number | undefined, Section[]>();
  for (const section of sections) {
    if (!isCase(section)) continue;
    const siblings = byParent.get(section.parent);
    if (siblings) siblings.push(section);
    else byParent.set(section.parent, [section]);
  }
  const [largest = []] = [...byParent.values()].sort((a, b) => b.length - a.length);
  return largest.length >= fewest ? largest : [];
}

/** So many sections side by side that name an actor in their headings make a report one of several stories. */
const fewestNamed = 2;

/** Sections beside those that tell of an actor in their headings, in which nobody is named: each may tell of somebody unknown. */
export function namelessSections(
  { sections }: Report,
  /** Sections, by index, whose headings name an actor who is told of. */
  named: ReadonlySet<number>,
  /** Whether somebody who is told of comes up in the section. */
  hasActor: (section: Section) => boolean,
): readonly Section[] {
  const counts = new Map<number | undefined, number>();
  for (const index of named) {
    const parent = sections[index]?.parent;
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return sections.filter(
    (section) =>
      section.level > 0 &&
      (counts.get(section.parent) ?? 0) >= fewestNamed &&
      !named.has(section.index) &&
      !hasActor(section),
  );
}

/** Which of the cases a block belongs to. */
export const caseOf = (report: Report, block: Block, cases: readonly Section[]): Section | undefined =>
  cases.length === 0 ? undefined : sectionsAround(report, block).find((section) => cases.includes(section));

/** What a case is called: its heading without its number. */
export const caseName = ({ title }: Section): string =>
  title.replace(/^\s*(?:\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4})[.):]?\s+(?=\S)/iu, "").trim();
