/** The chapter on a rule, for readers of problems and of SARIF. */
export const chapterOn = (rule: string): string =>
  `https://github.com/attack-scribe/attack-scribe/blob/main/docs/rules.md#${rule}`;
