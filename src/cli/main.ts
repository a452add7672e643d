import { fileURLToPath } from "node:url";
import { Command, CommanderError, Option } from "commander";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import { boldnesses, type Boldness, type Model } from "../mapping/model/model.ts";
import { addClassify } from "./commands/classify.ts";
import { addData } from "./commands/data.ts";
import { addDiff } from "./commands/diff.ts";
import { addExport } from "./commands/export.ts";
import { addLayers } from "./commands/layers.ts";
import { addLint } from "./commands/lint.ts";
import { addLookUp } from "./commands/look-up.ts";
import { addMap } from "./commands/map.ts";
import { addMigrate } from "./commands/migrate.ts";
import { addOverlap } from "./commands/overlap.ts";
import { dataDirectory, openCatalogue, openLexicon, openModel, version, type CatalogueOptions } from "./context.ts";
import { exitCodes, Failure, messageOf } from "./failure.ts";
import type { Shell } from "./shell.ts";
import { printable, styleFor } from "./table.ts";

/** Where this program lies; esbuild's CommonJS has no `import.meta.url`, so the build defines it. */
const here = fileURLToPath(new URL(".", import.meta.url));

/** "unknown command 'mop'. Did you mean map?" */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, "")
    .trim()
    .replace(/\n\((Did you mean .*\?)\)$/, ". $1")
    .split("\n")[0] ?? "";

/** Runs the program with the arguments behind its name; resolves to its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = exitCodes.done;
  let catalogue: Catalogue | undefined;
  let lexicon: Lexicon | undefined;
  let model: Model | undefined;
  const program = new Command("attack-scribe");
  const shell: Shell = {
    input: process.stdin,
    print: (text) => void process.stdout.write(text),
    complain: (line) => void process.stderr.write(`attack-scribe: ${line}\n`),
    style: styleFor(process.stdout, process.env),
    catalogue: () => (catalogue ??= openCatalogue(dataDirectory(here), program.opts())),
    catalogueOf: (data) =>
      openCatalogue(dataDirectory(here), {
        ...program.opts<CatalogueOptions>(),
        ...(data === undefined ? { data: dataDirectory(here) } : { data }),
      }),
    lexicon: () => (lexicon ??= openLexicon(dataDirectory(here))),
    model: () => (model ??= openModel(dataDirectory(here))),
    dataOptions: () => ({ directory: dataDirectory(here), catalogue: program.opts<CatalogueOptions>() }),
    programDirectory: here,
    boldness: () => program.opts<{ confidence: Boldness }>().confidence,
    exit: (wanted) => void (code = Math.max(code, wanted)),
    watch: (what) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${printable(what).slice(-70)}`);
    },
    progress: (done, of, what) => {
      if (process.stderr.isTTY && of > 3)
        process.stderr.write(done < of ? `\r\u001b[K${done + 1}/${of} ${what.slice(-60)}` : "\r\u001b[K");
    },
  };
  program
    .description(
      "Annotates threat reports with MITRE ATT&CK® and turns the campaigns they describe into Navigator layers.\nWorks offline: nothing leaves this machine; only `data update` uses the network, to fetch.",
    )
    .version(version)
    .option("--data <dir>", "use facts made with `data build` instead of those that ship (DIR/attack/*.json)")
    .option(
      "--domain <domain>",
      "use this domain only; may be given several times",
      (domain: string, others: readonly string[] | undefined) => [...(others ?? []), domain],
    )
    .addOption(
      new Option("--confidence <how>", "how sure a technique must be that the text describes without naming it")
        .choices(boldnesses)
        .default("balanced"),
    )
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(text.startsWith("Usage") ? text : `attack-scribe: ${oneLine(text)}\n`),
    })
    .addHelpText("after", "\nExit codes: 0 done, 1 findings or a report that could not be mapped, 2 wrong usage.");
  for (const add of [
    addMap,
    addLayers,
    addDiff,
    addOverlap,
    addExport,
    addClassify,
    addLookUp,
    addLint,
    addMigrate,
    addData,
  ])
    add(program, shell);
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(error instanceof Failure)) throw error;
    shell.complain(messageOf(error));
    return Math.max(code, error.exitCode);
  }
}
