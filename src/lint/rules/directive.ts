import { normaliseId } from "../../attack/catalogue.ts";
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
  check: ({ report, report: { problems, frontMatter }, catalogue, mapping }) => [
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
    ...ignored(report)
      .filter(({ id }) => !catalogue.resolve(normaliseId(id) ?? id) && !mapping.unknownIds.some((one) => one.id === id))
      .map(({ id, place }) => ({
        ...place,
        message: `“ignore” has ${id.slice(0, 60)}, which is neither in ATT&CK ${catalogue.version} nor in the text; it leaves nothing out`,
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

/** What the author wants ignored, and where he says so. */
const ignored = (report: Report): readonly { readonly id: string; readonly place: Range }[] => [
  ...(report.frontMatter?.ignore ?? []).map((id) => ({ id, place: inFrontMatter(report, id) })),
  ...report.directives.flatMap((one) =>
    one.kind === "ignore" ? one.ids.map((id) => ({ id, place: placeIn(report.text, one, id) ?? one })) : [],
  ),
];

/** Where an id stands in a stretch of the source, in either case and with either sign before its part. */
function placeIn(text: string, { start, end }: Range, id: string): Range | undefined {
  const at = text.slice(start, end).toUpperCase().replaceAll("/", ".").indexOf(id.toUpperCase());
  return at < 0 ? undefined : { start: start + at, end: start + at + id.length };
}

/** Where an entry stands in front matter, else its first line. */
function inFrontMatter({ text, frontMatter }: Report, entry: string): Range {
  const { start, end } = frontMatter ?? { start: 0, end: 0 };
  return placeIn(text, { start, end }, entry) ?? { start, end: start + 3 };
}
