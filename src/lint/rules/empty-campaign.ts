import { nameKey } from "../../attack/names.ts";
import type { Rule } from "../rule.ts";

export const emptyCampaign: Rule = {
  id: "empty-campaign",
  severity: "info",
  description: "A campaign that the author declares, but of which the report tells no technique.",
  check: ({ report, campaigns }) =>
    [
      ...(report.frontMatter?.campaigns ?? []).map(({ name, role }) => ({ name, role, at: report.frontMatter })),
      ...report.directives.flatMap((directive) =>
        directive.kind === "campaign" ? [{ name: directive.name, role: "described", at: directive }] : [],
      ),
    ].flatMap(({ name, role, at }) => {
      const campaign = campaigns.find((one) =>
        [one.name, ...one.aliases].some((other) => nameKey(other) === nameKey(name)),
      );
      if (role !== "described" || !at || !campaign || campaign.techniques.length > 0) return [];
      const offset = report.text.indexOf(name, at.start);
      const start = offset >= 0 && offset < at.end ? offset : at.start;
      return [
        {
          start,
          end: start === at.start ? at.end : start + name.length,
          message: `the report tells no technique of ${name}`,
        },
      ];
    }),
};
