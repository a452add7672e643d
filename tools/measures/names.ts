import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Catalogue } from "../../src/attack/catalogue.ts";
import { mapReport } from "../../src/mapping/map-report.ts";
import { parseReport } from "../../src/report/parse.ts";

export interface NameCounts {
  readonly links: number;
  readonly found: number;
  readonly exact: number;
  readonly mentions: number;
  readonly right: number;
}

interface Example {
  readonly text: string;
  readonly links: readonly { readonly start: number; readonly end: number; readonly id: string }[];
}

function withoutLinks(description: string): Example {
  const source = description.replace(/\(Citation:[^)]*\)/g, "");
  const links: { start: number; end: number; id: string }[] = [];
  let text = "";
  let last = 0;
  for (const match of source.matchAll(
    /\[([^\]]+)\]\(https:\/\/attack\.mitre\.org\/(?:groups|software)\/([GS]\d{4})\/?\)/g,
  )) {
    const [whole, name = "", id = ""] = match;
    text += source.slice(last, match.index);
    links.push({ start: text.length, end: text.length + name.length, id });
    text += name;
    last = match.index + whole.length;
  }
  return { text: text + source.slice(last), links };
}

/**
 * How well names of groups and software are linked: ATT&CK's procedure examples carry links, which are taken out of the
 * text and serve as the truth. `bundle` is the path of a STIX bundle, gzipped or not.
 */
export function measureNames(bundle: string, catalogue: Catalogue): NameCounts {
  const bytes = readFileSync(bundle);
  const { objects } = JSON.parse((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8")) as {
    readonly objects: readonly { readonly relationship_type?: string; readonly description?: string }[];
  };
  const count = { links: 0, found: 0, exact: 0, mentions: 0, right: 0 };
  for (const { relationship_type, description } of objects) {
    if (relationship_type !== "uses" || description === undefined) continue;
    const { text, links } = withoutLinks(description);
    const { mentions } = mapReport(parseReport(text, { path: "x.txt", format: "text" }), catalogue);
    const named = mentions.filter(
      ({ status, object }) => status === "stated" && (object.type === "group" || object.type === "software"),
    );
    count.links += links.length;
    count.mentions += named.length;
    for (const link of links) {
      const found = named.find(
        ({ start, end, object }) => start < link.end && link.start < end && object.id === link.id,
      );
      if (found) count.found += 1;
      if (found?.start === link.start && found.end === link.end) count.exact += 1;
    }
    count.right += named.filter(({ start, end, object }) =>
      links.some((link) => start < link.end && link.start < end && object.id === link.id),
    ).length;
  }
  return count;
}
