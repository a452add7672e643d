import type { Command } from "commander";
import { Option } from "commander";
import { mapFormats } from "../map-formats.ts";
import { forEachReport, type Shell } from "../shell.ts";

export function addMap(program: Command, shell: Shell): void {
  program
    .command("map")
    .description("print what reports say of ATT&CK: mentions, campaigns and findings")
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--format <format>", "how to print it").choices(Object.keys(mapFormats)).default("json"))
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe map report.md | jq '.campaigns[].name'\n  attack-scribe map 'reports/**/*.md' --format ndjson\n  pandoc report.docx -t gfm | attack-scribe map - --format markdown",
    )
    .action((patterns: readonly string[], { format }: { format: string }) => {
      forEachReport(patterns, shell, ({ analysis }) => shell.print(mapFormats[format]?.(analysis) ?? ""));
    });
}
