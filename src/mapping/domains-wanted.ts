import type { Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import type { Report } from "../report/report.ts";

/** What a report's front matter says of the domains that it is to be mapped to. */
export interface DomainsWanted {
  /** As the catalogue calls them; none where the report does not limit itself. */
  readonly domains: readonly string[];
  /** Words that name no loaded domain: they limit nothing. */
  readonly unknown: readonly string[];
}

/** “enterprise-attack”, “Enterprise ATT&CK” and “enterprise” are one domain. */
export function domainsWanted({ frontMatter }: Report, catalogue: Catalogue): DomainsWanted {
  const said = frontMatter?.domains ?? [];
  if (said.length === 0) return { domains: [], unknown: [] };
  const short = (words: string): string => nameKey(words).replace(/atta?ck$/u, "");
  const called = (words: string): string | undefined =>
    catalogue.domains.find(({ domain, name }) => [domain, name].some((own) => short(own) === short(words)))?.domain;
  return {
    domains: [...new Set(said.flatMap((words) => called(words) ?? []))],
    unknown: said.filter((words) => called(words) === undefined),
  };
}
