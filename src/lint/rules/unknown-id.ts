import type { Rule } from "../rule.ts";

export const unknownId: Rule = {
  id: "unknown-id",
  severity: "error",
  description: "An id that looks like ATT&CK's, but that no loaded domain has.",
  check: ({ mapping, catalogue }) =>
    mapping.unknownIds.map(({ start, end, id }) => {
      const parent = catalogue.get(id.replace(/\..*$/, ""));
      const hint = parent && parent.id !== id ? `; its parent is ${parent.id} ${parent.name}` : "";
      return { start, end, message: `${id} is not in ATT&CK ${catalogue.version}${hint}` };
    }),
};
