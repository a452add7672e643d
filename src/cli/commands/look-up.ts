import { Option, type Command } from "commander";
import type { AttackObject } from "../../attack/catalogue.ts";
import { kindOf } from "../../attack/kinds.ts";
import { lookUpIn } from "../../attack/look-up.ts";
import { jsonText } from "../../json-text.ts";
import { phrasesOf } from "../../mapping/lexicon/phrases.ts";
import { exitCodes, Failure } from "../failure.ts";
import type { Shell } from "../shell.ts";
import { table } from "../table.ts";
import { wholeNumber } from "./classify.ts";

export function addLookUp(program: Command, shell: Shell): void {
  program
    .command("lookup")
    .description("find ATT&CK objects of every kind by id, name or alias")
    .argument("<query...>", "an id, a name, an alias, or the beginning of one")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--limit <n>", "at most so many", wholeNumber, 10)
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe lookup T1059.001\n  attack-scribe lookup emissary panda\n  attack-scribe lookup 'web shell' --format json",
    )
    .action((words: readonly string[], { format, limit }: { format: string; limit: number }) => {
      const query = words.join(" ").trim();
      if (query === "") throw new Failure("say what to look up: an id, a name or an alias", exitCodes.usage);
      const lexicon = shell.lexicon();
      const found = lookUpIn(shell.catalogue(), lexicon && phrasesOf(lexicon)).search(query, limit);
      if (format === "json") shell.print(jsonText({ schema: 1, query, objects: found }));
      else if (found.length > 0) shell.print(`${table(found.map(describe), shell.style, "")}\n`);
      if (found.length === 0) {
        shell.complain(`${query}: nothing in ATT&CK ${shell.catalogue().version} is called that`);
        shell.exit(exitCodes.findings);
      }
    });
}

function describe({
  id,
  type,
  name,
  aliases,
  revoked,
  successor,
  deprecated,
  tactics,
}: AttackObject): readonly string[] {
  const state = revoked
    ? `revoked${successor === undefined ? "" : `, now ${successor}`}`
    : deprecated
      ? "deprecated"
      : "";
  return [
    id,
    kindOf(type).label,
    name,
    [state, tactics.join(", "), aliases.join(", ")].filter((part) => part !== "").join(" · "),
  ];
}
