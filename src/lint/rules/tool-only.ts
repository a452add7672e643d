import { nameKey } from "../../attack/names.ts";
import type { Mention } from "../../mapping/mention.ts";
import { mentionsByPlace, rowOf, sentenceAt } from "../../mapping/place.ts";
import { isInComment, type Report } from "../../report/report.ts";
import { family } from "../claims.ts";
import type { Rule, RuleSubject } from "../rule.ts";

export const toolOnly: Rule = {
  id: "tool-only",
  severity: "hint",
  description: "A technique that is claimed because a tool is named, when nothing says what was done with the tool.",
  help: "Most tools can do many things: say what was done with it, and map that.",
  check: (subject) => {
    const { report, mapping } = subject;
    const places = mentionsByPlace(report, mapping.mentions);
    const bare = [...places.values()].filter((mentions) => namesOnly(mentions, subject));
    if (bare.length === 0) return [];
    const isBare = new Set(bare.flat());
    const told = new Set(
      mapping.mentions
        .filter((mention) => mention.object.type === "technique" && !isBare.has(mention))
        .map(({ object }) => family(object.id)),
    );
    return bare.flatMap((mentions) => {
      const tool = mentions.find(({ object }) => object.type === "software");
      const seen = new Set<string>();
      return mentions.flatMap(({ object, by, start, end }) => {
        if (!tool || by !== "id" || object.type !== "technique" || told.has(family(object.id)) || seen.has(object.id))
          return [];
        seen.add(object.id);
        return [
          {
            start,
            end,
            message: `nothing says what was done with ${tool.object.name}: its name alone does not show ${object.id} ${object.name}`,
          },
        ];
      });
    });
  },
};

/** A sentence or row that names one tool and techniques, and has no word of its own beside “they used”. */
function namesOnly(mentions: readonly Mention[], { report, catalogue }: RuleSubject): boolean {
  const tools = new Set(mentions.filter(({ object }) => object.type === "software").map(({ object }) => object.id));
  const ids = mentions.filter(({ object, by }) => object.type === "technique" && by === "id");
  if (tools.size !== 1 || ids.length === 0 || mentions.some(({ status }) => status === "inferred")) return false;
  const [first] = ids;
  const words = first && wordsAround(first, report);
  if (words === undefined || words.length > 300) return false;
  const known = mentions.flatMap(({ object, text }) => [
    text,
    object.name,
    object.id,
    ...(catalogue.get(object.id)?.aliases ?? []),
  ]);
  const rest = [...new Set(known)]
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, " "), words);
  return (rest.match(/\p{L}[\p{L}'’-]+/gu) ?? []).every((word) => idle.has(nameKey(word)));
}

const wordsAround = ({ place, start }: Mention, report: Report): string | undefined => {
  const found = sentenceAt(report, place);
  if (!found || found.block.kind === "heading" || found.block.kind === "code") return undefined;
  if (found.block.table)
    return rowOf(report, found.block)
      .map(({ text }) => text)
      .join(" ");
  // An id in a comment was put there by somebody who has read the sentence.
  if (isInComment(report, start)) return undefined;
  return found.block.text.slice(found.sentence.textStart, found.sentence.textEnd);
};

/** Words that say that a tool was there, and no more. */
const idle = new Set(
  (
    "a an the they he she it this these that attacker attackers actor actors threat adversary adversaries operator operators intruder intruders group " +
    "used uses use using employed employs employ leveraged leverages leverage utilized utilised utilizes utilises relied relies on deployed deploys deploy via with " +
    "through by of for and or also then has have had been was were is are in their its tool tools malware software utility named called known as such like including " +
    "technique techniques id name mitre attack ttp ttps mapping mapped observed seen"
  ).split(" "),
);
