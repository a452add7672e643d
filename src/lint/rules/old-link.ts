import { kindOf, kindOfId, objectKinds } from "../../attack/kinds.ts";
import type { Catalogue } from "../../attack/catalogue.ts";
import { isSameVersion, ownVersion, versionsSaid } from "../attack-versions.ts";
import type { Rule } from "../rule.ts";

const attackSite = /^https?:\/\/(?:www\.)?(?:attack\.mitre\.org|mitre\.org\/attack|attackmitre\.org)(?=[/?#]|$)/iu;
const versionOf = /\/versions\/v(\d+(?:-\d+)?)(?=[/?#]|$)/iu;
const idOf = /\b(T\d{4})(?:[./](\d{1,3}))?\b|\b((?:TA|DS|DC|DET|AN|G|S|M|C|A)\d{4})\b/u;

export const oldLink: Rule = {
  id: "old-link",
  severity: "info",
  description: "A link to a former version of ATT&CK's site or to a path that is dead; the fix writes today's.",
  help: "Link to the page of today; a page of the version that the report says it is mapped to may stay.",
  check: ({ report, catalogue }) => {
    let own: string | undefined;
    return report.blocks.flatMap(({ links }) =>
      links.flatMap(({ url, start, end }) => {
        if (!attackSite.test(url)) return [];
        own ??= ownVersion(versionsSaid(report).filter(({ by }) => by !== "link"))?.version ?? "";
        const version = versionOf.exec(url)?.[1]?.replace("-", ".");
        if (version !== undefined && own !== "" && isSameVersion(version, own)) return [];
        const today = addressToday(url, catalogue);
        const trouble = troubleWith(url, version, today, catalogue);
        if (trouble === undefined) return [];
        const isWritten = report.text.slice(start, end) === url;
        return [
          {
            start,
            end,
            message: `${trouble}${today === undefined ? "" : `: today ${today}`}`,
            ...(today !== undefined && isWritten && today.startsWith("https://")
              ? { fix: { start, end, text: today } }
              : {}),
          },
        ];
      }),
    );
  },
};

/** The page of the object whose id stands in an address; the address itself, mended, where it names none. */
function addressToday(url: string, catalogue: Catalogue): string | undefined {
  const id = idOf.exec(url);
  if (!id) return undefined;
  const sub = id[2]?.padStart(3, "0");
  const named = id[3] ?? (sub === undefined ? id[1] : `${id[1] ?? ""}.${sub}`);
  return named === undefined ? undefined : catalogue.resolve(named)?.current.url;
}

function troubleWith(
  url: string,
  version: string | undefined,
  today: string | undefined,
  catalogue: Catalogue,
): string | undefined {
  if (version !== undefined) return "a page of a former version of ATT&CK";
  if (!/^https:\/\/attack\.mitre\.org(?=[/?#]|$)/u.test(url)) return "an address of ATT&CK that has moved";
  const [, folder = "", id, sub] = /^https:\/\/[^/]+\/([^/?#]*)(?:\/([^/?#]+))?(?:\/([^/?#]+))?/u.exec(url) ?? [];
  if (/^(?:wiki|technique|group|docs)$/iu.test(folder)) return "an address of ATT&CK that has moved";
  if (id === undefined || !idOf.test(id)) return undefined;
  const written = `${id}${sub === undefined ? "" : `.${sub}`}`;
  const kind = kindOfId(written);
  const isFolder = objectKinds.some(({ urlPath }) => urlPath === folder);
  const path = today?.replace(/^https:\/\/[^/]+\//u, "");
  // A revoked object's page leads on to its successor; rule revoked-id speaks of it.
  const isOwn = kind !== undefined && kindOf(kind.type).urlPath === folder && !id.includes(".");
  const resolved = kind && catalogue.resolve(written);
  if (isOwn && resolved) return undefined;
  if (isOwn && (kind.type === "technique" || kind.type === "tactic")) return undefined;
  if (isFolder && path !== undefined && url.includes(path)) return undefined;
  return isFolder || path !== undefined ? "a dead path of ATT&CK's site" : undefined;
}
