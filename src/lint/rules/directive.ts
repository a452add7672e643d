import { domainsWanted } from "../../mapping/domains-wanted.ts";
import type { Range, Report, ReportProblem } from "../../report/report.ts";
import { readEntry } from "../allowed-indicators.ts";
import type { Choice, Rule } from "../rule.ts";
import { isOneSlip } from "./unknown-id.ts";

export const directive: Rule = {
  id: "directive",
  severity: "warning",
  description: "Front matter or an attack comment that can't be understood.",
  help: "The message says what can stand there.",
  check: ({ report, report: { problems, frontMatter }, catalogue }) => [
    ...problems.map(({ start, end, message, unknown }) => ({
      start,
      end,
      message,
      choices: unknown ? nearestWords(report.text, unknown) : [],
    })),
    ...(frontMatter?.allow ?? [])
      .filter((entry) => !readEntry(entry))
      .map((entry) => ({
        ...inFrontMatter(report, entry),
        message: `front matter: "allow" takes domains, addresses and networks, as in [contoso.com, 198.51.100.0/24], not “${entry.slice(0, 60)}”`,
      })),
    ...domainsWanted(report, catalogue).unknown.map((words) => ({
      ...inFrontMatter(report, words),
      message: `front matter: no domain is called “${words.slice(0, 60)}”: there are ${catalogue.domains.map(({ domain }) => domain).join(", ")}`,
    })),
  ],
};

/** The words that may stand there and are one slip away, with or without the plural's s. */
function nearestWords(text: string, { start, end, takes }: NonNullable<ReportProblem["unknown"]>): readonly Choice[] {
  const written = text.slice(start, end);
  const bare = (word: string): string => word.toLowerCase().replace(/s$/u, "");
  return takes
    .filter((word) => bare(word) === bare(written) || isOneSlip(bare(word), bare(written)))
    .map((word) => ({ title: `Write “${word}”`, edit: { start, end, text: word } }));
}

/** Where an entry stands in front matter, else its first line. */
function inFrontMatter({ text, frontMatter }: Report, entry: string): Range {
  const at = text.indexOf(entry, frontMatter?.start);
  const start = at >= 0 && at < (frontMatter?.end ?? 0) ? at : (frontMatter?.start ?? 0);
  return { start, end: start + (start === at ? entry.length : 3) };
}
