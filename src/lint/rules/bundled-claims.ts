import type { Mention } from "../../mapping/mention.ts";
import type { Rule } from "../rule.ts";

/** So many ids in one place can't all be the sentence's own, and a paragraph of so many sentences has room for them. */
const enough = { ids: 4, sentences: 3 } as const;

export const bundledClaims: Rule = {
  id: "bundled-claims",
  severity: "hint",
  description: "Techniques that are claimed in one row of ids for a whole paragraph, so that no sentence shows which.",
  help: "Put each id behind the sentence that shows it; readers can check it there, and layers quote it.",
  check: ({ report, mapping }) => {
    const byBlock = new Map<number, Mention[]>();
    for (const mention of mapping.mentions) {
      if (mention.by !== "id" || mention.object.type !== "technique" || !mention.place) continue;
      const list = byBlock.get(mention.place.block);
      if (list) list.push(mention);
      else byBlock.set(mention.place.block, [mention]);
    }
    return [...byBlock].flatMap(([index, mentions]) => {
      const block = report.blocks[index];
      if (block?.kind !== "paragraph" || block.sentences.length < enough.sentences) return [];
      const run = longestRun(mentions, report.text);
      const [first, last] = [run[0], run.at(-1)];
      const count = new Set(run.map(({ object }) => object.id)).size;
      if (!first || !last || count < enough.ids) return [];
      // A sentence that goes on behind them tells of each of them, as a list of things done does.
      const behind = report.text.slice(last.end, block.end).replace(/<!--[\s\S]*?-->/gu, "");
      if (/\p{L}{2,}/u.test(behind.replace(/\]\([^)]*\)/gu, ""))) return [];
      return [
        {
          start: first.start,
          end: last.end,
          message: `${count} techniques are claimed for the whole paragraph: which sentence shows which?`,
        },
      ];
    });
  },
};

/** Ids with nothing but separators, links and names of techniques in brackets between them. */
function longestRun(mentions: readonly Mention[], text: string): readonly Mention[] {
  let best: readonly Mention[] = [];
  let run: Mention[] = [];
  for (const mention of mentions) {
    const before = run.at(-1);
    const between = before ? text.slice(before.end, mention.start) : "";
    const isNext =
      before !== undefined && /^(?:[\s,;/+&|()[\]*_`]|and|or|https?:\/\/[^\s)]*|<!--|-->)*$/u.test(between);
    run = isNext ? [...run, mention] : [mention];
    if (run.length > best.length) best = run;
  }
  return best;
}
