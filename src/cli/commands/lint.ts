import { Option, type Command } from "commander";
import type { Analysis } from "../../analysis.ts";
import { exitCodes } from "../failure.ts";
import { lintFormats } from "../lint-formats.ts";
import { forEachReport, type Shell } from "../shell.ts";

export function addLint(program: Command, shell: Shell): void {
  program
    .command("lint")
    .description(
      "check reports: unknown, revoked and deprecated ids, directives that can't be read; exit 1 on an error",
    )
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--format <format>", "how to print it").choices(Object.keys(lintFormats)).default("text"))
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe lint 'reports/*.md'\n  attack-scribe lint report.md --format sarif > report.sarif",
    )
    .action((patterns: readonly string[], { format }: { format: string }) => {
      const analyses: Analysis[] = [];
      forEachReport(patterns, shell, ({ analysis }) => void analyses.push(analysis));
      shell.print(lintFormats[format]?.(analyses) ?? "");
      if (analyses.some(({ findings }) => findings.some(({ severity }) => severity === "error")))
        shell.exit(exitCodes.findings);
    });
}
