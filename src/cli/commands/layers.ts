import type { Command } from "commander";
import { basename, extname } from "node:path";
import { buildLayers } from "../../layers/build-layers.ts";
import { generator } from "../context.ts";
import { forEachReport, type Shell } from "../shell.ts";
import { summarise } from "../summary.ts";
import { printable, table } from "../table.ts";
import { writeLayers } from "../write-layers.ts";
import { expandPaths } from "../read-reports.ts";

export function addLayers(program: Command, shell: Shell): void {
  program
    .command("layers")
    .description("write ATT&CK Navigator layers: one for each described campaign and domain, and one combined")
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .requiredOption("--out <dir>", "folder for the layers; made if need be")
    .option("--quiet", "print only the paths of the layers")
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe layers report.md --out layers\n  attack-scribe layers 'reports/*.md' --out layers --quiet",
    )
    .action((patterns: readonly string[], { out, quiet }: { out: string; quiet?: true }) => {
      const several = expandPaths(patterns).length > 1;
      forEachReport(patterns, shell, ({ report, analysis, catalogue }) => {
        const url = report.frontMatter?.url;
        const files = buildLayers(analysis, catalogue, { generator, ...(url === undefined ? {} : { reportUrl: url }) });
        const prefix = several ? `${basename(report.path, extname(report.path))}-` : "";
        const paths = writeLayers(
          files.map((file) => ({ ...file, fileName: `${prefix}${file.fileName}` })),
          out,
          catalogue,
        );
        if (quiet) {
          shell.print(paths.map((path) => `${path}\n`).join(""));
          return;
        }
        const rows = files.map(({ layer, combined }, index) => {
          const scored = layer.techniques.filter(({ score }) => score !== undefined);
          const count = new Set(scored.map(({ techniqueID }) => techniqueID)).size;
          return [
            paths[index] ?? "",
            `${count} technique${count === 1 ? "" : "s"}`,
            combined ? "all described campaigns" : layer.name,
          ];
        });
        const written =
          rows.length > 0
            ? `${shell.style.bold("Layers written")} (open them at https://mitre-attack.github.io/attack-navigator/)\n${table(rows, shell.style)}`
            : "No layer written: no campaign with techniques is described.";
        shell.print(`${summarise(analysis, catalogue, shell.style)}\n${printableLines(written)}\n`);
      });
    });
}

const printableLines = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line.includes("\u001b") ? line : printable(line)))
    .join("\n");
