import { Option, type Command } from "commander";
import type { Catalogue } from "../../attack/catalogue.ts";
import { applyEdits } from "../../exports/decisions.ts";
import { migrate } from "../../exports/migrate.ts";
import { jsonText } from "../../json-text.ts";
import { exitCodes, Failure, fileTrouble } from "../failure.ts";
import { expandPaths, readReport } from "../read-reports.ts";
import type { Shell } from "../shell.ts";
import { printable } from "../table.ts";
import { writeWhole } from "../write-whole.ts";

interface MigrateOptions {
  readonly to?: string;
  readonly from: readonly string[];
  readonly format: string;
  readonly write?: true;
}

export function addMigrate(program: Command, shell: Shell): void {
  program
    .command("migrate")
    .description(
      "bring reports to another version of ATT&CK: ids, names beside them, tactics, links; exit 1 where something is left to you",
    )
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .option("--to <dir>", "facts of the version wanted (DIR/attack/*.json); else those that --data names or that ship")
    .option(
      "--from <dir>",
      "facts of a version that the reports were written for: they tell former names; may be given several times",
      (dir: string, others: readonly string[]) => [...others, dir],
      [],
    )
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--write", "write the changes into the reports")
    .addHelpText(
      "after",
      "\nExample:\n  attack-scribe data update --out new/attack && attack-scribe migrate report.md --to new --write",
    )
    .action((patterns: readonly string[], { to, from, format, write }: MigrateOptions) => {
      const wanted = to === undefined ? shell.catalogue() : shell.catalogueOf(to);
      const others = [...(to === undefined ? [] : [undefined]), ...from].map((dir) => shell.catalogueOf(dir));
      const printed = expandPaths(patterns).map((path) => migrateReport(path, wanted, others, write === true, shell));
      if (format === "json") shell.print(jsonText({ schema: 1, reports: printed }));
      else for (const report of printed) shell.print(inWords(report));
      if (printed.some(({ notes }) => notes.length > 0)) shell.exit(exitCodes.findings);
    });
}

type MigratedReport = { readonly path: string } & ReturnType<typeof migrate>;

function migrateReport(
  path: string,
  wanted: Catalogue,
  others: readonly Catalogue[],
  write: boolean,
  shell: Shell,
): MigratedReport {
  if (write && path === "-") throw new Failure("standard input: --write needs a file to write to", exitCodes.usage);
  const report = readReport(path);
  const migration = migrate(report, wanted, others);
  if (write && migration.edits.length > 0) {
    try {
      writeWhole(path, applyEdits(report.text, migration.edits));
    } catch (error) {
      throw new Failure(`${path}: ${fileTrouble(error)}`);
    }
    shell.complain(`${path}: ${migration.edits.length} changed`);
  }
  return { path: report.path, ...migration };
}

/** As `lint` prints its findings. */
const inWords = ({ path, edits, notes }: MigratedReport): string =>
  [
    ...edits.map(({ start, line, text, reason }) => ({ start, line, words: `write ${text}: ${reason}` })),
    ...notes.map(({ start, line, message }) => ({ start, line, words: `by hand: ${message}` })),
  ]
    .sort((a, b) => a.start - b.start)
    .map(({ line, words }) => `${printable(path)}:${line}: ${printable(words)}\n`)
    .join("");
