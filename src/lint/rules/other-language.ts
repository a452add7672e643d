import { otherLanguageOf } from "../../mapping/language.ts";
import { sentenceRange } from "../../report/report.ts";
import type { Rule } from "../rule.ts";

export const otherLanguage: Rule = {
  id: "other-language",
  severity: "info",
  description: "A report whose prose is not in English.",
  help: "Only English is read: translate the report, or write the ids into it.",
  check: ({ report }) => {
    const other = otherLanguageOf(report);
    if (!other) return [];
    const { block, name } = other;
    const [sentence] = block.sentences;
    return [
      {
        ...(sentence ? sentenceRange(block, sentence) : { start: block.start, end: block.end }),
        message: `the prose is in another language than English (${name}), and only English is read: ids, names and commands are mapped, what the text describes is not`,
      },
    ];
  },
};
