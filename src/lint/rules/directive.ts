import type { Rule } from "../rule.ts";

export const directive: Rule = {
  id: "directive",
  severity: "warning",
  description: "Front matter or an attack comment that can't be understood.",
  check: ({ report }) => report.problems.map(({ start, end, message }) => ({ start, end, message })),
};
