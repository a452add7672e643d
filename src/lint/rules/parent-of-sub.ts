import { mentionsByPlace, placeKey } from "../../mapping/place.ts";
import { isInAddress } from "../name-beside-id.ts";
import type { Rule } from "../rule.ts";
import { inShape } from "./name-id-mismatch.ts";

export const parentOfSub: Rule = {
  id: "parent-of-sub",
  severity: "info",
  description: "A technique where its sentence gives away which of its sub-techniques it was; the fix writes that.",
  help: "Say what was done as exactly as the sentence does: defences differ between sub-techniques.",
  check: ({ report, mapping }) => {
    const places = mentionsByPlace(report, mapping.mentions);
    return mapping.mentions.flatMap(({ object, by, place, start, end, text }) => {
      if (by !== "id" || object.type !== "technique" || object.id.includes(".") || !place) return [];
      const beside = (places.get(placeKey(report, place)) ?? []).filter((other) =>
        other.object.id.startsWith(`${object.id}.`),
      );
      const [sub, second] = new Map(beside.map((other) => [other.object.id, other])).values();
      // What the sentence states beside it, its author has told apart.
      if (!sub || second || sub.status === "stated") return [];
      const fix = {
        fix: {
          start,
          end,
          text: isInAddress(report.text, start) ? sub.object.id.replace(".", "/") : inShape(sub.object.id, text),
        },
      };
      return [{ start, end, message: `the sentence tells of ${sub.object.id} ${sub.object.name}: ${sub.why}`, ...fix }];
    });
  },
};
