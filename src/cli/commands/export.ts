import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { makeFolder } from "../make-folder.ts";
import { writeWhole } from "../write-whole.ts";
import { nameKey } from "../../attack/names.ts";
import {
  campaignsToExport,
  dayOf,
  optionsOf,
  type Export,
  type ExportOptions,
  type Theme,
} from "../../exports/export.ts";
import { exportFormats } from "../../exports/exports.ts";
import { ownTable, tableEdits, techniqueTable } from "../../exports/technique-table.ts";
import { published } from "../../stated-only.ts";
import { asTlpLevel, tlpLevels, type TlpLevel } from "../../exports/tlp.ts";
import { isoDate } from "../../report/iso-date.ts";
import { parseReport } from "../../report/parse.ts";
import { lineAt } from "../../report/report.ts";
import { generator } from "../context.ts";
import { exitCodes, Failure, fileTrouble, messageOf } from "../failure.ts";
import { rasterise } from "../rasterise.ts";
import { expandPaths } from "../read-reports.ts";
import { forEachReport, type MappedReport, type Shell } from "../shell.ts";

interface ExportArguments {
  readonly as?: string;
  /** The same, as the other commands call it. */
  readonly format?: string;
  readonly campaign?: readonly string[];
  readonly out?: string;
  readonly theme: Theme;
  readonly tlp?: TlpLevel;
  readonly date?: string;
  readonly update?: true;
  readonly stated?: true;
}

interface ReadReport extends MappedReport {
  readonly isFile: boolean;
}

export function addExport(program: Command, shell: Shell): void {
  program
    .command("export")
    .description("write the mapping in another form: picture, sheet, STIX bundle, MISP event, table")
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--as <format>", "the form").choices(exportFormats.map(({ id }) => id)))
    .addOption(new Option("--format <format>", "the same as --as").choices(exportFormats.map(({ id }) => id)))
    .option("--campaign <name>", "only this campaign (name, alias or id); may be given several times", collect)
    .option(
      "--out <path>",
      "file to write, or folder for the files of several reports; else text goes to standard output",
    )
    .addOption(new Option("--theme <theme>", "colours of pictures").choices(["light", "dark"]).default("light"))
    .option("--tlp <level>", `TLP marking: ${tlpLevels.join(", ")} (default: what the report says)`, readTlp)
    .option(
      "--date <date>",
      "date of STIX, Attack Flow and MISP (default: the report's front matter, else the day of the file)",
      readDate,
    )
    .option("--stated", "only what the reports state or their authors accepted, no suggestions")
    .option("--update", "write the table of techniques into the reports, or bring up to date the one that is there")
    .addHelpText(
      "after",
      `\nFormats:\n${exportFormats.map(({ id, title }) => `  ${id.padEnd(10)} ${title}`).join("\n")}\n\nExamples:\n  attack-scribe export report.md --as svg --out matrix.svg\n  attack-scribe export 'reports/*.md' --as xlsx --out sheets\n  attack-scribe export report.md --as stix --campaign DeadRinger --tlp amber > bundle.json\n  attack-scribe export report.md --update`,
    )
    .action(async (patterns: readonly string[], given: ExportArguments) => {
      const format = formatOf(given);
      const several = expandPaths(patterns).length > 1;
      if (format && several && given.out === undefined)
        throw new Failure("several reports need a folder: say which with --out", exitCodes.usage);
      const mapped: MappedReport[] = [];
      forEachReport(patterns, shell, (each) => {
        mapped.push({ ...each, analysis: published(each.analysis, given.stated ? "stated" : "all") });
      });
      const taken = new Set<string>();
      for (const each of mapped) {
        // What came by standard input has a name, but no file.
        const isFile = !(patterns.includes("-") && each.report.path === "stdin.md");
        try {
          if (format) await exportOne({ ...each, isFile }, format, given, several, taken, shell);
          else update({ ...each, isFile }, given, shell);
        } catch (error) {
          if (!(error instanceof Failure) || error.exitCode === exitCodes.usage) throw error;
          shell.complain(error.message);
          shell.exit(error.exitCode);
        }
      }
    });
}

const collect = (name: string, others: readonly string[] = []): readonly string[] => [...others, name];

function readTlp(text: string): TlpLevel {
  const level = asTlpLevel(text);
  if (level === undefined) throw new InvalidArgumentError(`It is one of ${tlpLevels.join(", ")}.`);
  return level;
}

function readDate(text: string): string {
  const date = isoDate(text);
  if (date === undefined) throw new InvalidArgumentError("It is written as 2026-02-28 or 2026-02-28T10:00:00Z.");
  return date;
}

/** What to write; `undefined` for updating the tables in the reports themselves. */
function formatOf({ format: other, as = other, update: updating, out }: ExportArguments): Export | undefined {
  if (other !== undefined && other !== as)
    throw new Failure("--as and --format say two forms; they mean the same: give one", exitCodes.usage);
  if (updating) {
    if (as !== undefined && as !== "markdown")
      throw new Failure("--update writes a Markdown table; leave out --as", exitCodes.usage);
    if (out !== undefined) throw new Failure("--update writes into the reports; leave out --out", exitCodes.usage);
    return undefined;
  }
  const format = exportFormats.find(({ id }) => id === as);
  if (!format)
    throw new Failure(`say the form with --as: ${exportFormats.map(({ id }) => id).join(", ")}`, exitCodes.usage);
  return format;
}

async function exportOne(
  mapped: ReadReport,
  format: Export,
  given: ExportArguments,
  several: boolean,
  taken: Set<string>,
  shell: Shell,
): Promise<void> {
  const { report, analysis, catalogue } = mapped;
  const ofFile = mapped.isFile ? datedByFile(report.path) : undefined;
  if (format.dated && given.date === undefined && report.frontMatter?.date === undefined) {
    const instead = ofFile ? `that of its file, ${ofFile.date.slice(0, 10)},` : "that of the knowledge base";
    shell.complain(
      `${report.path}: says no date; ${instead} stands for it (--date says one, and so does date in front matter)`,
    );
  }
  const options: ExportOptions = {
    generator,
    rasterise,
    ...ofFile,
    ...optionsOf(report),
    ...(given.date === undefined ? {} : { date: given.date }),
    ...(given.tlp === undefined ? {} : { tlp: given.tlp }),
    ...chosen(mapped, given),
    theme: given.theme,
  };
  let content: string | Uint8Array;
  try {
    content = await format.render(analysis, catalogue, options);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${report.path}: ${messageOf(error)}`);
  }
  if (given.out === undefined) {
    if (typeof content !== "string")
      throw new Failure(`${format.id} is no text: say where to write it with --out`, exitCodes.usage);
    shell.print(content);
    return;
  }
  const path = targetOf(report.path, format, given.out, several);
  if (mapped.isFile && resolve(path) === resolve(report.path))
    throw new Failure(`${path}: is the report itself; write elsewhere, or use --update`, exitCodes.usage);
  if (taken.has(resolve(path)))
    throw new Failure(`${report.path}: another report of the same name was written to ${path}`);
  taken.add(resolve(path));
  try {
    makeFolder(dirname(path));
    writeWhole(path, typeof content === "string" ? content : Buffer.from(content));
  } catch (error) {
    throw new Failure(`${path}: ${fileTrouble(error)}`);
  }
  shell.print(`${path}\n`);
}

/** In a folder, the report's own name with a word to it, so that no report is written over. */
function targetOf(report: string, { extension }: Export, out: string, several: boolean): string {
  const folder = several || /[\\/]$/.test(out) || (existsSync(out) && statSync(out).isDirectory());
  return folder ? join(out, `${basename(report, extname(report))}-attack.${extension}`) : out;
}

/** The day on which the file was last written: the nearest to a date that a report without one has. */
const datedByFile = (path: string): { readonly date: string } => ({ date: dayOf(statSync(path).mtimeMs) });

/** Ids of the campaigns that are asked for by name. Throws a {@link Failure} for a name that none has. */
function chosen(
  { report, analysis, catalogue }: MappedReport,
  { campaign: names }: ExportArguments,
): { readonly campaigns?: readonly string[] } {
  if (names === undefined) return {};
  const all = campaignsToExport(analysis, catalogue, {});
  const ids = names.map((wanted) => {
    const found = all.find(({ id, name, aliases, attackIds }) =>
      [id, name, ...aliases, ...attackIds].some((other) => nameKey(other) === nameKey(wanted)),
    );
    if (found) return found.id;
    const known = all.length > 0 ? `it describes ${all.map(({ name }) => name).join(", ")}` : "it describes none";
    throw new Failure(`${report.path}: describes no campaign “${wanted}” with techniques; ${known}`);
  });
  return { campaigns: ids };
}

/** Writes the table into the report, whole or not at all; of standard input, prints the report with its table. */
function update(mapped: ReadReport, given: ExportArguments, shell: Shell): void {
  const { report, analysis, catalogue } = mapped;
  const edits = tableEdits(report, techniqueTable(analysis, catalogue, chosen(mapped, given)));
  const text = [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end), report.text);
  if (parseReport(text, { path: report.path }).tables.length === 0)
    throw new Failure(
      `${report.path}: is read as plain text, where the table would not be found again; nothing was written`,
    );
  if (!mapped.isFile) {
    shell.print(text);
    return;
  }
  if (edits.length > 0) {
    try {
      writeWhole(report.path, encodedLike(readFileSync(report.path), text));
    } catch (error) {
      throw new Failure(`${report.path}: ${fileTrouble(error)}`);
    }
  }
  const own = report.tables.length === 0 ? ownTable(report) : undefined;
  const where = own ? ` behind the report's own of line ${lineAt(report, own.end)}, which stays` : "";
  shell.print(`${report.path}: ${edits.length > 0 ? `table written${where}` : "table is up to date"}\n`);
}

/** In the encoding that the byte order mark of the old bytes names; `text` brings the mark along. */
function encodedLike(old: Buffer, text: string): Buffer {
  if (old[0] === 0xff && old[1] === 0xfe) return Buffer.from(text, "utf16le");
  if (old[0] === 0xfe && old[1] === 0xff) return Buffer.from(text, "utf16le").swap16();
  return Buffer.from(text, "utf8");
}
