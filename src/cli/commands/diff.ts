import { existsSync, readFileSync, statSync } from "node:fs";
import { Option, type Command } from "commander";
import { analyse } from "../../analysis.ts";
import { fullName } from "../../attack/full-name.ts";
import { objectCalled } from "../../attack/object-called.ts";
import { jsonText } from "../../json-text.ts";
import { compareSets, comparisonLayers, type Side } from "../../layers/compare.ts";
import { readLayer } from "../../layers/read-layer.ts";
import {
  techniquesOfLayer,
  techniquesOfObject,
  techniquesOfReport,
  type TechniqueSet,
} from "../../layers/technique-set.ts";
import { generator } from "../context.ts";
import { exitCodes, Failure, messageOf } from "../failure.ts";
import { readReport } from "../read-reports.ts";
import type { Shell } from "../shell.ts";
import { table } from "../table.ts";
import { writeLayers } from "../write-layers.ts";

/** Bytes; see read-layer.ts for what is a layer. */
const largestLayer = 64_000_000;

export function addDiff(program: Command, shell: Shell): void {
  program
    .command("diff")
    .description(
      "compare two of: a report, a saved Navigator layer, what ATT&CK knows of a group, software or campaign",
    )
    .argument("<first>", "a report, a layer (.json), or an id or name of ATT&CK")
    .argument("<second>", "the same")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--out <dir>", "write the comparison as layers into this folder, too")
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe diff report.md G0093\n  attack-scribe diff layers/old.json layers/new.json --out layers",
    )
    .action((one: string, other: string, { format, out }: { format: string; out?: string }) => {
      const catalogue = shell.catalogue();
      const first = techniquesOf(one, shell);
      const second = techniquesOf(other, shell);
      const compared = compareSets(first, second);
      const paths =
        out === undefined
          ? []
          : writeLayers(comparisonLayers(first, second, catalogue, generator), out, catalogue, { overwrite: true }).map(
              ({ path }) => path,
            );
      const named = compared.map(({ id, side, notes }) => {
        const technique = catalogue.get(id);
        return { id, name: technique ? fullName(technique, catalogue) : id, side, notes };
      });
      if (format === "json") {
        shell.print(jsonText({ schema: 1, first: first.name, second: second.name, techniques: named, layers: paths }));
        return;
      }
      const titles: Readonly<Record<Side, string>> = {
        first: `Only ${first.name}`,
        second: `Only ${second.name}`,
        both: "Both",
      };
      for (const side of ["both", "first", "second"] as const) {
        const here = named.filter((row) => row.side === side);
        const rows = here.flatMap(({ id, name, notes: [note = "", ...others] }) => [
          [id, name, note],
          ...others.filter((other) => other !== note).map((other) => ["", "", other]),
        ]);
        shell.print(`${shell.style.bold(`${titles[side]} (${here.length})`)}\n`);
        if (rows.length > 0) shell.print(`${table(rows, shell.style)}\n`);
      }
      if (paths.length > 0)
        shell.print(`${shell.style.bold("Layers written")}\n${paths.map((path) => `  ${path}\n`).join("")}`);
    });
}

/** A file by its name and kind, else an object of ATT&CK. Throws a Failure that says what an argument could have been. */
function techniquesOf(argument: string, shell: Shell): TechniqueSet {
  const catalogue = shell.catalogue();
  if (!existsSync(argument)) {
    const object = objectCalled(argument, catalogue, ["group", "software", "campaign"]);
    if (object) return techniquesOfObject(object, catalogue);
    throw new Failure(
      `${argument}: neither a file nor a group, software or campaign of ATT&CK ${catalogue.version}`,
      exitCodes.findings,
    );
  }
  if (!/\.json$/i.test(argument)) {
    const options = { lexicon: shell.lexicon(), model: shell.model(), boldness: shell.boldness() };
    return techniquesOfReport(analyse(readReport(argument), catalogue, options), catalogue);
  }
  try {
    if (statSync(argument).size > largestLayer) throw new Error(`${argument}: larger than any layer`);
    return techniquesOfLayer(readLayer(readFileSync(argument, "utf8"), argument), catalogue);
  } catch (error) {
    throw new Failure(messageOf(error), exitCodes.findings);
  }
}
