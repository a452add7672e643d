import type { Range, ReportProblem, TechniqueTable } from "./report.ts";

/** Comments told apart: those that hold a table that the program writes, and the others. */
export interface FoundTables {
  readonly tables: readonly TechniqueTable[];
  /** Neither the two comments of a table nor any between them. */
  readonly comments: readonly Range[];
  readonly problems: readonly ReportProblem[];
}

const opening = /^<!--\s*attack\s*:\s*table\s*-->$/i;
const closing = /^<!--\s*attack\s*:\s*\/\s*table\s*-->$/i;

/**
 * Finds the technique tables: from `<!-- attack: table -->` to the next `<!-- attack: /table -->`, each on a line of its
 * own. What stands between them was written from the report and is no part of it: read again, it would prove itself.
 */
export function findTechniqueTables(text: string, comments: readonly Range[]): FoundTables {
  const tables: TechniqueTable[] = [];
  const others: Range[] = [];
  const problems: ReportProblem[] = [];
  const is = (mark: RegExp, { start, end }: Range): boolean =>
    mark.test(text.slice(start, end)) && /(?:^|[\r\n])[ \t]*$/.test(text.slice(Math.max(0, start - 8), start));
  for (let at = 0; at < comments.length; at += 1) {
    const comment = comments[at];
    if (!comment) continue;
    if (is(closing, comment)) {
      problems.push({
        ...comment,
        message: "attack: /table closes no table; it needs <!-- attack: table --> before it",
      });
    } else if (!is(opening, comment)) {
      others.push(comment);
    } else {
      const next = comments.findIndex((other, index) => index > at && (is(closing, other) || is(opening, other)));
      const end = comments[next];
      if (end && is(closing, end)) {
        tables.push({ start: comment.start, end: end.end, inner: { start: comment.end, end: end.start } });
        at = next;
      } else {
        tables.push({ ...comment, inner: { start: comment.end, end: comment.end } });
        problems.push({
          ...comment,
          message:
            "attack: table has no <!-- attack: /table --> behind it; Insert or Update Technique Table writes both",
        });
      }
    }
  }
  return { tables, comments: others, problems };
}
