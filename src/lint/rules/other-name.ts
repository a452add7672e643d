import { nameKey } from "../../attack/names.ts";
import type { Rule } from "../rule.ts";

export const otherName: Rule = {
  id: "other-name",
  severity: "hint",
  description: "A name that is not ATT&CK's own for a group, software or campaign; said once, where it first stands.",
  help: "Both names are right; readers who look for ATT&CK's will be glad to find it once.",
  check: ({ mapping, report }) => {
    const seen = new Set<string>();
    return mapping.mentions.flatMap(({ object, by, text, start, end }) => {
      if (by !== "alias" || !["group", "software", "campaign"].includes(object.type)) return [];
      const key = `${object.id} ${nameKey(text)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      // What already stands beside it need not be written again.
      const around = report.text.slice(Math.max(0, start - 80), end + 80);
      const beside =
        around.includes(object.name) || around.includes(object.id) ? object.name : `${object.name} (${text})`;
      return [
        {
          start,
          end,
          message: `ATT&CK calls it ${object.name} (${object.id})`,
          choices: [...new Set([beside, object.name])].map((words) => ({
            title: `Write ${words}`,
            edit: { start, end, text: words },
          })),
        },
      ];
    });
  },
};
