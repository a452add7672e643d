import type { Command } from "commander";
import { Option } from "commander";
import type { Analysis } from "../../analysis.ts";
import { mergeReports } from "../../campaigns/merge-reports.ts";
import { jsonText } from "../../json-text.ts";
import { mapFormats } from "../map-formats.ts";
import { forEachReport, type Shell } from "../shell.ts";

export function addMap(program: Command, shell: Shell): void {
  program
    .command("map")
    .description("print what reports say of ATT&CK: mentions, campaigns and findings")
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--format <format>", "how to print it").choices(Object.keys(mapFormats)).default("json"))
    .option("--merge", "read the reports as one: print their campaigns, joined where they are the same, as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe map report.md | jq '.campaigns[].name'\n  attack-scribe map 'reports/**/*.md' --format ndjson\n  pandoc report.docx -t gfm | attack-scribe map - --format markdown",
    )
    .action((patterns: readonly string[], { format, merge }: { format: string; merge?: true }) => {
      const analyses: Analysis[] = [];
      forEachReport(patterns, shell, (mapped) => {
        if (merge) analyses.push(mapped.analysis);
        else shell.print(mapFormats[format]?.(mapped) ?? "");
      });
      const [first] = analyses;
      if (!first) return;
      const { reports, campaigns, relations, conflicts } = mergeReports(analyses);
      const merged = { schema: first.schema, reports, attack: first.attack, campaigns, relations, conflicts };
      shell.print(jsonText(merged));
    });
}
