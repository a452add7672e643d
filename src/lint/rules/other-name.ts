import { nameKey } from "../../attack/names.ts";
import type { Rule } from "../rule.ts";

export const otherName: Rule = {
  id: "other-name",
  severity: "hint",
  description: "A name that is not ATT&CK's own for a group, software or campaign; said once, where it first stands.",
  help: "Both names are right; readers who look for ATT&CK's will be glad to find it once.",
  check: ({ mapping }) => {
    const seen = new Set<string>();
    return mapping.mentions.flatMap(({ object, by, text, start, end, evidence }) => {
      if (by !== "alias" || !["group", "software", "campaign"].includes(object.type)) return [];
      const key = `${object.id} ${nameKey(text)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      // A sentence that holds both has told its reader.
      if (evidence.includes(object.name)) return [];
      return [
        {
          start,
          end,
          message: `ATT&CK calls it ${object.name} (${object.id})`,
          choices: [`${object.name} (${text})`, object.name].map((words) => ({
            title: `Write ${words}`,
            edit: { start, end, text: words },
          })),
        },
      ];
    });
  },
};
