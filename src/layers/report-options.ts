import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import type { Report } from "../report/report.ts";
import type { LayerOptions } from "./build-layers.ts";

/** What reports say of themselves that layers show. */
export function reportOptions(
  reports: readonly Report[],
  catalogue: Catalogue,
): Pick<LayerOptions, "sources" | "platforms"> {
  const sources = reports.flatMap(({ title, frontMatter }) =>
    frontMatter?.url === undefined ? [] : [{ title, url: frontMatter.url }],
  );
  const said = reports.map((report) => platformsSaid(report, catalogue));
  // One report that does not limit itself stands for all platforms.
  const platforms = said.every((some) => some.length > 0) ? [...new Set(said.flat())].sort() : [];
  return { sources, platforms };
}

const label = /^(?:(?:affected|targeted|target) )?(?:platforms?|operating systems?|systems affected)$/iu;

/** Platforms by ATT&CK's names: what front matter lists, else a line or table row "Platforms: Windows, Linux". */
export function platformsSaid(report: Report, catalogue: Catalogue): readonly string[] {
  const names = new Map(
    catalogue
      .objects("technique")
      .filter(isCurrent)
      .flatMap(({ platforms }) => platforms.map((platform) => [nameKey(platform), platform] as const)),
  );
  const known = (words: readonly string[]): readonly string[] => [
    ...new Set(words.flatMap((word) => names.get(nameKey(word)) ?? [])),
  ];
  const declared = report.frontMatter?.platforms ?? [];
  if (declared.length > 0) return known(declared);
  const lines = report.blocks.flatMap(({ kind, text, table, index }) => {
    if (kind === "code" || kind === "html" || kind === "heading") return [];
    const next = report.blocks[index + 1];
    if (table)
      return label.test(text.trim()) && next?.table?.row === table.row && next.table.table === table.table
        ? [next.text]
        : [];
    const [head = "", ...rest] = text.slice(0, 300).split(":");
    return rest.length > 0 && label.test(head.trim()) ? [rest.join(":")] : [];
  });
  return known(lines.flatMap((line) => line.split(/[,;/\n]| and |\.$/u)));
}
