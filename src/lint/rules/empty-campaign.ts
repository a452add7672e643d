import { nameKey } from "../../attack/names.ts";
import type { DeclaredCampaign, Directive, Range, Report } from "../../report/report.ts";
import type { Choice, Rule } from "../rule.ts";

export const emptyCampaign: Rule = {
  id: "empty-campaign",
  severity: "info",
  description: "A campaign that the author declares, but of which the report tells no technique.",
  help: "It gets no layer: give sentences to it with <!-- attack: by NAME -->, or declare it as referenced.",
  check: ({ report, campaigns }) =>
    declared(report).flatMap(({ name, role, at, comment }) => {
      const campaign = campaigns.find((one) =>
        [one.name, ...one.aliases].some((other) => nameKey(other) === nameKey(name)),
      );
      if (role !== "described" || !campaign || campaign.techniques.length > 0) return [];
      const offset = report.text.indexOf(name, at.start);
      const isWritten = offset >= 0 && offset < at.end;
      const place = isWritten ? { start: offset, end: offset + name.length } : { start: at.start, end: at.end };
      const choice = comment ? removal(comment, report) : isWritten ? asReferenced(place, name, report) : undefined;
      return [
        { ...place, message: `the report tells no technique of ${name}`, ...(choice ? { choices: [choice] } : {}) },
      ];
    }),
};

interface Declared {
  readonly name: string;
  readonly role: DeclaredCampaign["role"];
  readonly at: Range;
  /** The comment that declares it; absent for front matter. */
  readonly comment?: Directive;
}

const declared = ({ frontMatter, directives }: Report): readonly Declared[] => [
  ...(frontMatter?.campaigns ?? []).map(({ name, role }) => ({ name, role, at: frontMatter ?? { start: 0, end: 0 } })),
  ...directives.flatMap((directive): readonly Declared[] =>
    directive.kind === "campaign"
      ? [{ name: directive.name, role: "described", at: directive, comment: directive }]
      : [],
  ),
];

function removal({ start, end }: Range, { text }: Report): Choice {
  const before = text.slice(Math.max(0, start - 1), start);
  const behind = /^(?:\r\n|\n|\r)/u.exec(text.slice(end, end + 2))?.[0] ?? "";
  // A comment alone on its line takes the line with it.
  const alone = before === "" || /[\r\n]/u.test(before);
  return { title: "Remove the comment", edit: { start, end: alone ? end + behind.length : end, text: "" } };
}

/** Only where it is declared by its name alone: an item of a list. */
function asReferenced({ start, end }: Range, name: string, { text }: Report): Choice | undefined {
  const isItem =
    /(?:\[|,|^\s*-) *$/mu.test(text.slice(Math.max(0, start - 40), start)) &&
    /^ *(?:,|\]|[\r\n])/u.test(text.slice(end, end + 40)) &&
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name);
  if (!isItem) return undefined;
  return {
    title: `Declare ${name} as referenced`,
    edit: { start, end, text: `{ name: ${name}, role: referenced }` },
  };
}
