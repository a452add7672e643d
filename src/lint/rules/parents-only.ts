import type { Rule } from "../rule.ts";

/** So many techniques that have sub-techniques are no longer all told of in general by chance. */
const enough = 6;

export const parentsOnly: Rule = {
  id: "parents-only",
  severity: "hint",
  description: "A mapping in which every technique that has sub-techniques stands without one.",
  help: "Look again for what the text gives away of how it was done: sub-techniques are what defenders can act on.",
  check: ({ catalogue, mapping }) => {
    const stated = mapping.mentions.filter(({ object, by }) => by === "id" && object.type === "technique");
    const parents = new Map(
      stated
        .filter(({ object }) => !object.id.includes(".") && catalogue.subtechniques(object.id).length > 0)
        .map((mention) => [mention.object.id, mention]),
    );
    const [first] = stated.filter(({ object }) => parents.has(object.id));
    if (!first || parents.size < enough || stated.some(({ object }) => object.id.includes("."))) return [];
    return [
      {
        start: first.start,
        end: first.end,
        message: `all ${parents.size} techniques that have sub-techniques are mapped without one: does the text not tell how?`,
      },
    ];
  },
};
