import type { Mention } from "../../mapping/mention.ts";
import { sentenceAt } from "../../mapping/place.ts";
import { matchesOf } from "../../report/matches.ts";
import { toSource } from "../../report/report.ts";
import { family } from "../claims.ts";
import { isInAddress } from "../name-beside-id.ts";
import type { Rule, RuleSubject } from "../rule.ts";

export const supposedClaim: Rule = {
  id: "supposed-claim",
  severity: "hint",
  description: "A technique whose only sentence supposes that it was used: “may have”, “likely used”, “we suspect”.",
  help: "What is supposed is not observed: say what speaks for it, or leave the id out until it is shown.",
  check: (subject) => {
    const stated = subject.mapping.mentions.filter(
      ({ object, by, start }) => object.type === "technique" && by === "id" && !isInAddress(subject.report.text, start),
    );
    const supposed = new Map<Mention, string>();
    for (const mention of stated) {
      const words = suppositionAround(mention, subject);
      if (words !== undefined) supposed.set(mention, words);
    }
    if (supposed.size === 0) return [];
    // What another sentence shows, this one may suppose as well.
    const shown = new Set(
      subject.mapping.mentions
        .filter((mention) => mention.object.type === "technique" && isEvidence(mention, supposed, subject))
        .map(({ object }) => family(object.id)),
    );
    return [...supposed].flatMap(([{ object, start, end }, words]) =>
      shown.has(family(object.id))
        ? []
        : [
            {
              start,
              end,
              message: `the sentence only supposes ${object.id} ${object.name} (“${words}”), and no other shows it`,
            },
          ],
    );
  },
};

/** Prose that does not suppose; a table only repeats what the text has said. */
function isEvidence(mention: Mention, supposed: ReadonlyMap<Mention, string>, subject: RuleSubject): boolean {
  const block = mention.place && subject.report.blocks[mention.place.block];
  if (!block || block.table || block.kind === "heading" || supposed.has(mention)) return false;
  return suppositionAround(mention, subject) === undefined;
}

/** Verbs behind “likely” that speak of who it was, not of what was done. */
const ofWhom =
  "(?:based|linked|related|connected|tied|associated|affiliated|aligned|sponsored|backed|motivated|located|directed|attributed|overlapped|named|interested|focused|tasked|funded|supported|state)";
const suppositions: readonly RegExp[] = [
  /\b(?:may|might|could) (?:also |well |even |then |instead )?have (?:also |been )?\p{L}+/giu,
  new RegExp(
    String.raw`\b(?:likely|probably|possibly|presumably|perhaps|maybe|potentially|apparently|supposedly|allegedly) (?:have |has |had |been |also |then )*(?!${ofWhom}\b)(?:\p{L}{2,}ed|used|sent|stole|stolen|gained|got|made|ran|took|wrote|hid|came|began|broke|brought|bought|built|chose|fed|found|gave|kept|knew|led|left|read|set|took)\b(?!-)`,
    "giu",
  ),
  /\b(?:we|analysts|researchers|investigators|responders) (?:suspect|suppose|assume|speculate|surmise)(?:ed)?\b/giu,
  /\b(?:is|was|are|were) (?:suspected|presumed|believed|assumed|rumou?red) (?:of|to have|that)\b/giu,
  /\bit (?:is|was|seems) (?:also )?(?:possible|plausible|conceivable|likely|probable) that\b/giu,
  /\b(?:(?:can ?not|could not|can't|couldn't) (?:be )?(?:confirm|verif|rule)\p{L}*|unconfirmed)\b/giu,
];

/** Right behind a mention: “T1190 was likely used”, “T1190 may have been used”. */
const suppositionsBehind: readonly RegExp[] = [
  /\b(?:is|was|were|has been|have been|had been) (?:then |also )?(?:likely|probably|possibly|presumably|perhaps|maybe|potentially|apparently|supposedly|allegedly) (?:also )?(?:\p{L}{2,}ed|seen|done|made|run|built)\b/giu,
  /\b(?:was|were) (?:likely|probably|possibly|presumably|perhaps|maybe|potentially) (?:the|their|its|his|how)\b/giu,
  /\b(?:may|might|could) (?:also |well |even |then )?have (?:also )?been \p{L}+/giu,
];

/** The words before a mention, in its own clause, or right behind it, by which the sentence only supposes. */
function suppositionAround({ place, start, end }: Mention, { report }: RuleSubject): string | undefined {
  const found = sentenceAt(report, place);
  if (!found || found.block.table || found.block.kind === "heading" || found.block.kind === "code") return undefined;
  const { block, sentence } = found;
  const words = block.text.slice(sentence.textStart, Math.min(sentence.textEnd, sentence.textStart + 1_000));
  for (const pattern of suppositions)
    for (const match of matchesOf(words, pattern)) {
      const until = toSource(block, sentence.textStart + match.index + match[0].length);
      if (until > start) continue;
      const between = clean(report.text.slice(until, start));
      if (between.length <= 200 && !endsClause.test(between)) return match[0];
    }
  for (const pattern of suppositionsBehind)
    for (const match of matchesOf(words, pattern)) {
      const from = toSource(block, sentence.textStart + match.index);
      // Of the id and its brackets nothing but marks may be left.
      if (from >= end && from - end <= 200 && !/[\p{L}\p{N}]/u.test(clean(report.text.slice(end, from))))
        return match[0];
    }
  return undefined;
}

/** Brackets and addresses hold ids and asides, not other clauses. */
const clean = (text: string): string => text.replace(/https?:\/\/\S*|\([^()]{0,100}\)|\[[^[\]]{0,100}\]/gu, " ");
const endsClause =
  /[;:!?]|\.\s|,? (?:but|which|who|whereas|while|although|after|before|because|since|when|once)\b|, (?:and|then)\b| and (?:then|later|finally|they|it)\b/iu;
