import { isInAddress } from "../name-beside-id.ts";
import { isInComment } from "../../report/report.ts";
import { unprovedClaims } from "../claims.ts";
import type { Rule } from "../rule.ts";

export const unprovedClaim: Rule = {
  id: "unproved-claim",
  severity: "hint",
  description: "A technique in a table, when neither its row nor any sentence is found to say what was done.",
  help: "A mapping without evidence can't be checked: tell what was done, or leave the technique out of the mapping.",
  check: (subject) =>
    unprovedClaims(subject).map(({ object, start, end }) => ({
      start,
      end,
      message: `no sentence is found that says how ${object.id} ${object.name} was used`,
      ...(isInAddress(subject.report.text, start) || isInComment(subject.report, start)
        ? {}
        : {
            choices: [
              {
                title: `Leave ${object.id} of this cell out of the mapping`,
                edit: { start: end, end, text: ` <!-- attack: ignore ${object.id} -->` },
              },
            ],
          }),
    })),
};
