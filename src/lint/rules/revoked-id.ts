import type { Rule } from "../rule.ts";

export const revokedId: Rule = {
  id: "revoked-id",
  severity: "warning",
  description: "An id that ATT&CK revoked in favour of another; the fix writes the successor.",
  check: ({ mapping, catalogue }) =>
    mapping.mentions.flatMap(({ by, written, object, start, end, text }) => {
      if (by !== "id" || written === undefined) return [];
      const asked = catalogue.get(written);
      // The successor in the shape in which the author wrote the old id.
      const shaped = text.includes("/") ? object.id.replace(".", "/") : object.id;
      return [
        {
          start,
          end,
          message: `${written}${asked ? ` ${asked.name}` : ""} was revoked; ATT&CK ${catalogue.version} has ${object.id} ${object.name} instead`,
          fix: { start, end, text: text === text.toLowerCase() ? shaped.toLowerCase() : shaped },
        },
      ];
    }),
};
