import type { Catalogue } from "../../attack/catalogue.ts";
import { compareVersions } from "../../attack/versions.ts";
import { isSameVersion, ownVersion, versionsSaid, type SaidVersion } from "../attack-versions.ts";
import { frontMatterEdit } from "../front-matter-edit.ts";
import type { Fault, Rule } from "../rule.ts";

/** So many techniques make a mapping that others will want to check. */
const aMapping = 5;

export const attackVersion: Rule = {
  id: "attack-version",
  severity: "info",
  description: "A mapping that does not say its version of ATT&CK, goes by several, or by another than is used.",
  help: "Ids and tactics change between versions: say in the text or in front matter (version) which one you mapped to.",
  check: ({ report, catalogue, mapping }) => {
    const said = versionsSaid(report);
    const own = ownVersion(said);
    if (own)
      return [
        ...outdated(own, catalogue),
        ...said
          .filter(({ version }) => !isSameVersion(version, own.version))
          .map(({ start, end, version, by }) => ({
            start,
            end,
            message: `${wordsFor[by]} version ${version} of ATT&CK, the report is mapped to ${own.version} elsewhere`,
          })),
      ];
    const stated = mapping.mentions.filter(({ by, object }) => by === "id" && object.type === "technique");
    const [first] = stated;
    if (!first || new Set(stated.map(({ object }) => object.id)).size < aMapping) return [];
    const edit = frontMatterEdit(report, "version", catalogue.version, false);
    // What is made of domains in different versions has no one version to write.
    const isOne = catalogue.domains.every(({ version }) => version === catalogue.version);
    return [
      {
        start: first.start,
        end: first.end,
        message: `the report does not say which version of ATT&CK it is mapped to (${catalogue.version} is loaded)`,
        choices: edit && isOne ? [{ title: `Say in front matter that it is ATT&CK ${catalogue.version}`, edit }] : [],
      },
    ];
  },
};

/** The version that the report says of itself, where it is another one than is used here; old links have a rule of their own. */
function outdated({ start, end, version, by }: SaidVersion, { domains, version: used }: Catalogue): readonly Fault[] {
  if (by === "link" || by === "layer" || domains.some((domain) => isSameVersion(domain.version, version))) return [];
  const way =
    compareVersions(version, used) > 0
      ? "`attack-scribe data update` or Update Knowledge Base fetches the current one"
      : "`attack-scribe migrate` or Migrate Report to ATT&CK Version… brings it there";
  return [
    { start, end, message: `the report goes by version ${version} of ATT&CK, but is mapped to ${used} here: ${way}` },
  ];
}

const wordsFor = {
  "front matter": "front matter says",
  prose: "here it is",
  link: "this page is of",
  layer: "this layer or bundle is of",
} as const;
