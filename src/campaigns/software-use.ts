import type { Mention } from "../mapping/mention.ts";
import { guidanceTitle, isDetectionRule } from "../mapping/rules/no-deed.ts";
import { noUse } from "../mapping/rules/no-use.ts";
import { ofPart, toText, type Block, type Report } from "../report/report.ts";

/** Why the naming of software tells of nobody that they used it; `undefined` where it may be somebody's. */
export function unusedSoftware(mention: Mention, block: Block, report: Report): string | undefined {
  if (mention.object.type !== "software" || mention.by === "id") return undefined;
  const title = guidanceTitle(report, block);
  if (title !== undefined) return `stands under “${title}” (guidance)`;
  if (block.kind === "code") return isDetectionRule(block) ? "stands in a detection rule" : undefined;
  const reason = reasonIn(block, {
    sentence: mention.place?.sentence ?? 0,
    start: toText(block, mention.start),
    end: toText(block, mention.end),
  });
  return reason === undefined ? undefined : `nobody is said to have used it (${reason})`;
}

interface NamePlace {
  readonly sentence: number;
  readonly start: number;
  readonly end: number;
}

const reasonIn = ofPart(
  ({ sentence, start, end }: NamePlace) => `${sentence} ${start} ${end}`,
  ({ text, sentences }, { sentence, start, end }) => {
    const { textStart = 0, textEnd = text.length } = sentences[sentence] ?? {};
    if (textEnd - textStart > longestSentence) return undefined;
    const reason = noUse(text.slice(textStart, textEnd), start - textStart, end - textStart);
    // “BloodHound? Yes, on two servers.”
    return reason === "only asked" && answeredYes.test(text.slice(textEnd)) ? undefined : reason;
  },
);

/** UTF-16 units; what is longer is a list or a blob. */
const longestSentence = 2_000;

const answeredYes = /^\W*(?:yes|yep|yeah|found|seen|confirmed|positive|there)(?![\p{L}-])/iu;
