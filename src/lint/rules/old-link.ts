import type { Rule } from "../rule.ts";

/** Addresses of ATT&CK's pages that are of a former version, have moved, or lack their protocol's s. */
const outdated =
  /^(?:http:\/\/attack\.mitre\.org\b|https?:\/\/attack\.mitre\.org\/(?:versions\/v\d+(?:-\d+)?\/|wiki\/|docs\/enterprise\/|technique\/|group\/)|https?:\/\/(?:www\.)?(?:mitre\.org\/attack|attackmitre\.org))/iu;

export const oldLink: Rule = {
  id: "old-link",
  severity: "info",
  description: "A link to a former version of ATT&CK's site or to an address that has moved; the fix writes today's.",
  check: ({ report, catalogue }) =>
    report.blocks.flatMap(({ links }) =>
      links.flatMap(({ url, start, end }) => {
        if (!outdated.test(url)) return [];
        const id = /\b(T\d{4})(?:[./](\d{3}))?\b|\b((?:TA|G|S|M|C)\d{4})\b/u.exec(url);
        const named = id && (id[3] ?? [id[1], id[2]].filter((part) => part !== undefined).join("."));
        const today = named ? catalogue.resolve(named)?.current.url : undefined;
        const message = `${/versions\/v/u.test(url) ? "a page of a former version of ATT&CK" : "an address of ATT&CK that has moved"}${today === undefined ? "" : `: today ${today}`}`;
        const isWritten = report.text.slice(start, end) === url;
        return [
          {
            start,
            end,
            message,
            ...(today !== undefined && isWritten && today.startsWith("https://")
              ? { fix: { start, end, text: today } }
              : {}),
          },
        ];
      }),
    ),
};
