import { Option, type Command } from "commander";
import { writeWhole } from "../write-whole.ts";
import type { Analysis, Finding } from "../../analysis.ts";
import { exitCodes, Failure, fileTrouble } from "../failure.ts";
import { lintFormats } from "../lint-formats.ts";
import { forEachReport, type Shell } from "../shell.ts";

export function addLint(program: Command, shell: Shell): void {
  program
    .command("lint")
    .description(
      "check reports: ids, names, tactics, tables, links, live indicators (docs/rules.md); exit 1 on an error",
    )
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--format <format>", "how to print it").choices(Object.keys(lintFormats)).default("text"))
    .option("--fix", "write the fixes into the reports, and say what is left")
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe lint 'reports/*.md'\n  attack-scribe lint report.md --format sarif > report.sarif",
    )
    .action((patterns: readonly string[], { format, fix }: { format: string; fix?: true }) => {
      if (fix) fixReports(patterns, shell);
      const analyses: Analysis[] = [];
      forEachReport(patterns, shell, ({ analysis }) => void analyses.push(analysis));
      shell.print(lintFormats[format]?.(analyses) ?? "");
      if (analyses.some(({ findings }) => findings.some(({ severity }) => severity === "error")))
        shell.exit(exitCodes.findings);
    });
}

/** Writes every fix that overlaps no other one; a UTF-16 file becomes UTF-8. */
function fixReports(patterns: readonly string[], shell: Shell): void {
  forEachReport(patterns, shell, ({ report, analysis }) => {
    const edits = fixesOf(analysis.findings);
    if (edits.length === 0) return;
    if (report.path === "stdin.md")
      throw new Failure("standard input: --fix needs a file to write to", exitCodes.usage);
    const text = edits.reduceRight(
      (source, { start, end, text: words }) => source.slice(0, start) + words + source.slice(end),
      report.text,
    );
    try {
      writeWhole(report.path, text);
    } catch (error) {
      throw new Failure(`${report.path}: ${fileTrouble(error)}`);
    }
    shell.complain(`${report.path}: ${edits.length} fixed`);
  });
}

/** In document order, the first of those that overlap. */
function fixesOf(findings: readonly Finding[]): readonly NonNullable<Finding["fix"]>[] {
  const edits: NonNullable<Finding["fix"]>[] = [];
  for (const fix of findings.flatMap((finding) => finding.fix ?? []).sort((a, b) => a.start - b.start))
    if (fix.start >= (edits.at(-1)?.end ?? 0)) edits.push(fix);
  return edits;
}
