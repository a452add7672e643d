import type { Block, Report } from "../../report/report.ts";
import { toSource } from "../../report/report.ts";
import type { Rule } from "../rule.ts";

const address = /(?<![\d.\w/-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?\d|-\w)/gu;
const url = /\bhttps?:\/\/[^\s<>"'`|)\]]{4,2000}/giu;
const domain =
  /(?<![@\w./\\-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}(?:com|net|org|info|biz|ru|cn|kr|ir|top|xyz|site|online|club|su|cc|tk|pw|ws|live|shop|icu)(?![\w.-]*[\w-])/giu;

/** Titles of sections and table columns whose words are indicators, not references. */
const indicators =
  /\b(?:indicators?|iocs?|observables?|c2|c&c|command[- ]and[- ]control|network infrastructure|domains?|ip address(?:es)?|urls?|hosts?)\b/iu;

/** Private, loop-back, link-local, documentation and multicast addresses are nobody's (RFC 1918, 5735, 5737, 6890). */
const harmless =
  /^(?:0\.|10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|192\.0\.[02]\.|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.|22[4-9]\.|2[345]\d\.|(?:8\.8\.8\.8|8\.8\.4\.4|1\.1\.1\.1|9\.9\.9\.9)$)/u;
const harmlessHost = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local|mitre\.org)$/iu;

export const liveIndicator: Rule = {
  id: "live-indicator",
  severity: "warning",
  description: "An address in a report's indicators that a reader could click or copy alive; the fix defangs it.",
  check: ({ report }) => report.blocks.flatMap((block) => liveIn(block, report)),
};

function liveIn(block: Block, report: Report): ReturnType<Rule["check"]> {
  const { text, links, section, table } = block;
  if (!/\w\.\w/u.test(text)) return [];
  const titles = [...(report.sections[section]?.path ?? []), table?.header ?? ""];
  const isList = titles.some((title) => indicators.test(title));
  const found: { readonly at: number; readonly words: string; readonly safe: string }[] = [];
  for (const match of text.matchAll(address)) {
    const isVersion = /\b(?:v|version|build|release|update|firmware)\.? ?$/iu.test(
      text.slice(Math.max(0, match.index - 12), match.index),
    );
    if (!harmless.test(match[0]) && !isVersion)
      found.push({ at: match.index, words: match[0], safe: match[0].replace(/\.(?=\d+$)/u, "[.]") });
  }
  if (isList)
    for (const [pattern, hostOf] of [
      [url, (words: string) => /\/\/([^/:?#]+)/u.exec(words)?.[1] ?? ""],
      [domain, (words: string) => words],
    ] as const)
      for (const match of text.matchAll(pattern)) {
        const host = hostOf(match[0]);
        if (
          harmlessHost.test(host) ||
          found.some(({ at, words }) => at < match.index + match[0].length && match.index < at + words.length)
        )
          continue;
        const safeHost = host.replace(/\.(?=[^.]+$)/u, "[.]");
        found.push({
          at: match.index,
          words: match[0],
          safe: match[0].replace(/^http/iu, "hxxp").replace(host, safeHost),
        });
      }
  return found.flatMap(({ at, words, safe }) => {
    const start = toSource(block, at);
    const end = toSource(block, at + words.length, "end");
    // A link with words of its own is a reference that its author has chosen to make.
    const isReference = links.some((link) => link.textStart <= at && at < link.textEnd && !link.url.includes(words));
    if (isReference || report.text.slice(start, end) !== words) return [];
    return [{ start, end, message: `${words} is live; write ${safe}`, fix: { start, end, text: safe } }];
  });
}
