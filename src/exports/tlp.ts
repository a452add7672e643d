import type { Report } from "../report/report.ts";

/** The levels of the Traffic Light Protocol, version 2.0, from open to closed. */
export const tlpLevels = ["clear", "green", "amber", "amber+strict", "red"] as const;

export type TlpLevel = (typeof tlpLevels)[number];

/** "TLP:AMBER" or "amber" as a level; WHITE is what version 1 called CLEAR. `undefined` for anything else. */
export function asTlpLevel(text: string): TlpLevel | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^tlp\s*:\s*/, "")
    .replace(/^white$/, "clear");
  return tlpLevels.find((level) => level === word);
}

/** What front matter says, else the one level that the text names; none where it names several, which is talk about them. */
export function tlpOf({ frontMatter, blocks }: Report): TlpLevel | undefined {
  if (frontMatter?.tlp !== undefined) return asTlpLevel(frontMatter.tlp);
  const named = blocks.flatMap(({ text }) =>
    [...text.matchAll(/\bTLP:\s?(?:WHITE|CLEAR|GREEN|AMBER(?:\+STRICT)?|RED)\b/gi)].flatMap(
      ([label]) => asTlpLevel(label) ?? [],
    ),
  );
  const [level, other] = [...new Set(named)];
  return other === undefined ? level : undefined;
}
