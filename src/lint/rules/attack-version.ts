import { isSameVersion, ownVersion, versionsSaid } from "../attack-versions.ts";
import { frontMatterEdit } from "../front-matter-edit.ts";
import type { Rule } from "../rule.ts";

/** So many techniques make a mapping that others will want to check. */
const aMapping = 5;

export const attackVersion: Rule = {
  id: "attack-version",
  severity: "info",
  description: "A mapping that does not say its version of ATT&CK, or that goes by several.",
  help: "Ids and tactics change between versions: say in the text or in front matter (version) which one you mapped to.",
  check: ({ report, catalogue, mapping }) => {
    const said = versionsSaid(report);
    const own = ownVersion(said);
    if (own)
      return said
        .filter(({ version }) => !isSameVersion(version, own.version))
        .map(({ start, end, version, by }) => ({
          start,
          end,
          message: `${wordsFor[by]} version ${version} of ATT&CK, the report is mapped to ${own.version} elsewhere`,
        }));
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

const wordsFor = {
  "front matter": "front matter says",
  prose: "here it is",
  link: "this page is of",
  layer: "this layer or bundle is of",
} as const;
