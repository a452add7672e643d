import { nameKey } from "../../attack/names.ts";
import type { Rule } from "../rule.ts";

export const otherName: Rule = {
  id: "other-name",
  severity: "hint",
  description: "A name that is not ATT&CK's own for a group, software or campaign; said once, where it first stands.",
  check: ({ mapping }) => {
    const seen = new Set<string>();
    return mapping.mentions.flatMap(({ object, by, text, start, end }) => {
      if (by !== "alias" || !["group", "software", "campaign"].includes(object.type)) return [];
      const key = `${object.id} ${nameKey(text)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ start, end, message: `ATT&CK calls it ${object.name} (${object.id})` }];
    });
  },
};
