import { nameKey } from "../../attack/names.ts";
import { isInAddress, nameBeside } from "../name-beside-id.ts";
import type { Rule } from "../rule.ts";
import { inShape } from "./name-id-mismatch.ts";

export const revokedId: Rule = {
  id: "revoked-id",
  severity: "warning",
  description: "An id that ATT&CK revoked in favour of another; the fix writes the successor.",
  help: "Write the successor; Navigator drops revoked ids without a word.",
  check: ({ report, mapping, catalogue }) =>
    mapping.mentions.flatMap(({ by, written, object, start, end, text }) => {
      if (by !== "id" || written === undefined) return [];
      const asked = catalogue.get(written);
      const today = isInAddress(report.text, start) ? object.id.replace(".", "/") : inShape(object.id, text);
      return [
        {
          start,
          end,
          message: `${written}${asked ? ` ${asked.name}` : ""} was revoked; ATT&CK ${catalogue.version} has ${object.id} ${object.name} instead`,
          fix: oldNameToo() ?? { start, end, text: today },
        },
      ];

      /** The old name beside the old id goes with it, where the successor has another one. */
      function oldNameToo(): { start: number; end: number; text: string } | undefined {
        const name = asked && nameBeside(report.text, { start, end }, catalogue, asked.type);
        if (!name || nameKey(report.text.slice(name.start, name.end)) !== nameKey(asked.name)) return undefined;
        if (nameKey(asked.name) === nameKey(object.name)) return undefined;
        const whole = { start: Math.min(start, name.start), end: Math.max(end, name.end) };
        const between = report.text.slice(Math.min(end, name.end), Math.max(start, name.start));
        return { ...whole, text: name.start < start ? object.name + between + today : today + between + object.name };
      }
    }),
};
