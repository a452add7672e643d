import { readEntry } from "../allowed-indicators.ts";
import type { Rule } from "../rule.ts";

export const directive: Rule = {
  id: "directive",
  severity: "warning",
  description: "Front matter or an attack comment that can't be understood.",
  help: "The message says what can stand there.",
  check: ({ report: { problems, frontMatter, text } }) => [
    ...problems.map(({ start, end, message }) => ({ start, end, message })),
    ...(frontMatter?.allow ?? [])
      .filter((entry) => !readEntry(entry))
      .map((entry) => {
        const at = text.indexOf(entry, frontMatter?.start);
        const start = at >= 0 && at < (frontMatter?.end ?? 0) ? at : (frontMatter?.start ?? 0);
        return {
          start,
          end: start + (start === at ? entry.length : 3),
          message: `front matter: "allow" takes domains, addresses and networks, as in [contoso.com, 198.51.100.0/24], not “${entry.slice(0, 60)}”`,
        };
      }),
  ],
};
