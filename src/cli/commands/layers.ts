import { Option, type Command } from "commander";
import { mergeReports, type MergedReports } from "../../campaigns/merge-reports.ts";
import { buildLayers, type LayerFile } from "../../layers/build-layers.ts";
import { ramps, type RampId } from "../../layers/palette.ts";
import { reportOptions } from "../../layers/report-options.ts";
import { scorings, type ScoringId } from "../../layers/scoring.ts";
import { published } from "../../stated-only.ts";
import { updateInWords } from "../../layers/update-layer.ts";
import { generator } from "../context.ts";
import { forEachReport, type MappedReport, type Shell } from "../shell.ts";
import { summarise } from "../summary.ts";
import { printable, table, type Style } from "../table.ts";
import { writeLayers, type WrittenLayer } from "../write-layers.ts";

interface LayersOptions {
  readonly out: string;
  readonly score: ScoringId;
  readonly colours: RampId;
  readonly overwrite?: true;
  readonly stated?: true;
  readonly quiet?: true;
}

export function addLayers(program: Command, shell: Shell): void {
  program
    .command("layers")
    .description(
      "write ATT&CK Navigator layers: one for each described campaign and domain, and one combined; several reports are read as one, and layers that are there are updated",
    )
    .argument("<report...>", "Markdown or text files, globs, or - for standard input")
    .requiredOption("--out <dir>", "folder for the layers; made if need be")
    .addOption(new Option("--score <what>", "what scores mean").choices(Object.keys(scorings)).default("confidence"))
    .addOption(new Option("--colours <scale>", "from weak to strong").choices(Object.keys(ramps)).default("blues"))
    .option("--overwrite", "make layers anew: what was changed in them by hand is lost")
    .option("--stated", "only what the reports state or their authors accepted, no suggestions")
    .option("--quiet", "print only the paths of the layers")
    .addHelpText(
      "after",
      "\nExamples:\n  attack-scribe layers report.md --out layers\n  attack-scribe layers 'reports/*.md' --out layers --score evidence --quiet",
    )
    .action((patterns: readonly string[], { out, score, colours, overwrite, stated, quiet }: LayersOptions) => {
      const mapped: MappedReport[] = [];
      forEachReport(patterns, shell, (each) => {
        mapped.push({ ...each, analysis: published(each.analysis, stated ? "stated" : "all") });
      });
      const [first, second] = mapped;
      if (!first) return;
      const { catalogue } = first;
      const told = second ? mergeReports(mapped.map(({ analysis }) => analysis)) : first.analysis;
      const files = buildLayers(told, catalogue, {
        generator,
        scoring: score,
        colours,
        ...reportOptions(
          mapped.map(({ report }) => report),
          catalogue,
        ),
      });
      const written = writeLayers(files, out, catalogue, { overwrite: overwrite ?? false });
      if (files.length === 0)
        shell.complain(
          `${mapped.map(({ report }) => report.path).join(", ")}: no campaign with ${stated ? "stated " : ""}techniques is described; no layer was written`,
        );
      if (quiet) {
        shell.print(written.map(({ path }) => `${path}\n`).join(""));
        return;
      }
      for (const { report, analysis } of mapped)
        shell.print(`${summarise(report, analysis, catalogue, shell.style)}\n`);
      if ("conflicts" in told) shell.print(conflictsInWords(told, shell.style));
      shell.print(filesInWords(files, written, shell.style));
    });
}

function conflictsInWords({ conflicts }: MergedReports, style: Style): string {
  if (conflicts.length === 0) return "";
  const rows = conflicts.map(({ name, described, referenced }) => [
    name,
    `described in ${described.join(", ")}; only referenced in ${referenced.join(", ")}`,
  ]);
  return `${style.bold("Not told alike")} (what a report only refers to is in no layer)\n${table(rows, style)}\n\n`;
}

function filesInWords(files: readonly LayerFile[], written: readonly WrittenLayer[], style: Style): string {
  if (written.length === 0) return "";
  const rows = files.map(({ layer, combined }, index) => {
    const scored = layer.techniques.filter(({ score }) => score !== undefined);
    const count = new Set(scored.map(({ techniqueID }) => techniqueID)).size;
    return [
      written[index]?.path ?? "",
      `${count} technique${count === 1 ? "" : "s"}`,
      combined ? "all described campaigns" : layer.name,
    ];
  });
  const lines = table(rows, style)
    .split("\n")
    .flatMap((line, index) => [
      line,
      ...updateInWords(written[index]?.update).map((words) => `    ${printable(words)}`),
    ]);
  const head = `${style.bold("Layers written")} (open them at https://mitre-attack.github.io/attack-navigator/)`;
  return `${[head, ...lines].join("\n")}\n`;
}
