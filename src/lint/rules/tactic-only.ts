import { nameKey } from "../../attack/names.ts";
import { mentionedRows } from "../rows.ts";
import { sentenceRange, type Report } from "../../report/report.ts";
import type { Fault, Rule, RuleSubject } from "../rule.ts";

/** Words under a heading from which on it tells of something that was done. */
const aStory = 25;

export const tacticOnly: Rule = {
  id: "tactic-only",
  severity: "hint",
  description: "A tactic that is claimed without any technique: a table's row, or a section under its name.",
  help: "A tactic says why, not how: name the technique, or say that it is not known how it was done.",
  check: (subject) => [...emptyRows(subject), ...emptySections(subject)],
};

/** Rows of a table that maps tactics to techniques elsewhere; a cell may be left empty for “as above”. */
function emptyRows({ report, mapping }: RuleSubject): readonly Fault[] {
  const rows = mentionedRows(report, mapping.mentions).map(({ table, mentions }) => ({
    table,
    tactics: mentions.filter(({ object }) => object.type === "tactic"),
    has: mentions.some(({ object }) => object.type === "technique"),
  }));
  const mapped = new Map<number, Set<string>>();
  for (const { table, tactics, has } of rows)
    if (has) {
      const names = mapped.get(table) ?? new Set<string>();
      for (const { object } of tactics) names.add(object.name);
      mapped.set(table, names);
    }
  const unknown = new Set(mapping.unknownIds.map(({ start }) => start));
  return rows.flatMap(({ table, tactics, has }) => {
    const [tactic] = tactics;
    const others = mapped.get(table);
    // A table without any technique is about something else; a row of several tactics is a list of them.
    if (has || !tactic || !others || others.has(tactic.object.name)) return [];
    if (new Set(tactics.map(({ object }) => object.name)).size > 1 || hasUnknown(tactic.start, report, unknown))
      return [];
    return [toFault(tactic.start, tactic.end, tactic.object.name)];
  });
}

const hasUnknown = (offset: number, report: Report, unknown: ReadonlySet<number>): boolean => {
  const end = report.text.slice(offset, offset + 2_000).search(/[\r\n]/u);
  return [...unknown].some((start) => start >= offset - 2_000 && start <= offset + (end < 0 ? 2_000 : end));
};

/** Sections that are called by a tactic's name alone, tell a story, and show no technique. */
function emptySections({ report, mapping, catalogue }: RuleSubject): readonly Fault[] {
  const names = new Map(
    catalogue
      .objects("tactic")
      .flatMap(({ id, name }) =>
        [id, name, `${name} ${id}`, `${id} ${name}`].map((key) => [nameKey(key), name] as const),
      ),
  );
  return report.sections.flatMap((section) => {
    const name = section.level > 0 ? names.get(nameKey(section.title)) : undefined;
    if (name === undefined) return [];
    const inside = <T extends { readonly start: number }>(things: readonly T[]): readonly T[] =>
      things.filter(({ start }) => section.start <= start && start < section.end);
    const isMapped =
      inside(mapping.mentions).some(({ object }) => object.type === "technique") ||
      inside(mapping.unknownIds).length > 0;
    const blocks = inside(report.blocks);
    const heading = blocks.find(({ kind }) => kind === "heading");
    const words = blocks
      .filter(({ kind }) => kind === "paragraph" || kind === "list-item")
      .reduce((sum, { text }) => sum + (text.match(/\p{L}{2,}/gu)?.length ?? 0), 0);
    const [title] = heading?.sentences ?? [];
    const { start, end } = heading && title ? sentenceRange(heading, title) : section;
    return isMapped || !heading || words < aStory ? [] : [toFault(start, end, name)];
  });
}

const toFault = (start: number, end: number, name: string): Fault => ({
  start,
  end,
  message: `${name} is claimed, but no technique says how it was done`,
});
