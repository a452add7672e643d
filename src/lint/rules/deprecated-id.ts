import type { Rule } from "../rule.ts";

export const deprecatedId: Rule = {
  id: "deprecated-id",
  severity: "warning",
  description: "An id that ATT&CK no longer maintains, or revoked without a successor.",
  help: "There is no successor to write: choose what ATT&CK has today, or leave the technique without an id.",
  check: ({ mapping, catalogue }) =>
    mapping.mentions.flatMap(({ by, object, start, end }) => {
      const found = by === "id" ? catalogue.get(object.id) : undefined;
      if (!found || (!found.deprecated && !found.revoked)) return [];
      const state = found.deprecated ? "deprecated" : "revoked without a successor";
      return [
        {
          start,
          end,
          message: `${found.id} ${found.name} is ${state} in ATT&CK ${catalogue.version}; it is left out of layers`,
        },
      ];
    }),
};
