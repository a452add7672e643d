import { Option, type Command } from "commander";
import { jsonText } from "../../json-text.ts";
import { leastShared, overlapWarning, rankOverlap } from "../../layers/overlap.ts";
import { techniquesOfReport } from "../../layers/technique-set.ts";
import { forEachReport, type Shell } from "../shell.ts";
import { table } from "../table.ts";
import { wholeNumber } from "./classify.ts";

/** Shared techniques that a row names. */
const namedTechniques = 6;

export function addOverlap(program: Command, shell: Shell): void {
  program
    .command("overlap")
    .description("rank ATT&CK's groups and campaigns by the techniques that they share with a report")
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--limit <n>", "at most so many", wholeNumber, 10)
    .addHelpText("after", `\n${overlapWarning}\n\nExample:\n  attack-scribe overlap report.md --limit 5`)
    .action((patterns: readonly string[], { format, limit }: { format: string; limit: number }) => {
      forEachReport(patterns, shell, ({ analysis, catalogue }) => {
        const set = techniquesOfReport(analysis, catalogue);
        const ranked = rankOverlap(set, catalogue).slice(0, limit);
        if (format === "json") {
          const { report, attack } = analysis;
          const techniques = [...set.techniques.keys()];
          shell.print(jsonText({ schema: 1, report, attack, techniques, overlap: ranked, warning: overlapWarning }));
          return;
        }
        const rows = ranked.map(({ id, name, score, shared, known }) => [
          score.toFixed(2),
          id,
          name,
          `${shared.length} of ${known}`,
          shared.length > namedTechniques ? `${shared.slice(0, namedTechniques).join(" ")} …` : shared.join(" "),
        ]);
        const of = `${set.techniques.size} technique${set.techniques.size === 1 ? "" : "s"} of “${analysis.report.title}”`;
        shell.print(
          rows.length === 0
            ? `${of}: ${nobody(set.techniques.size, catalogue.version)}.\n`
            : `${shell.style.bold(`Overlap with ${of}`)}\n${table([["score", "id", "name", "shared", "rarest first"], ...rows], shell.style)}\n${shell.style.warn(overlapWarning)}\n`,
        );
      });
    });
}

const nobody = (techniques: number, version: string): string =>
  techniques < leastShared
    ? `too few to compare by; who is ranked shares at least ${leastShared}`
    : `no group and no campaign of ATT&CK ${version} shares ${leastShared} of them or more`;
