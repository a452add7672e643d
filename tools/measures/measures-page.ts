import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "../lexicon/source.ts";
import type { Corpus } from "../train/examples.ts";
import { measureCommands } from "./commands.ts";
import { measureIds } from "./ids.ts";
import { rankingOf, share, type Knowledge, type MeasureRow } from "./knowledge.ts";
import { measureNames } from "./names.ts";
import { rankByNearest } from "./nearest.ts";
import { measurePassages } from "./passages.ts";

/** Measures the model that ships by what it was not trained on, prints the figures and writes them into docs/mapping.md. */
export function writeMeasures(corpus: Corpus, directory: string, knowledge: Knowledge): void {
  const { catalogue } = knowledge;
  const rank = rankingOf(knowledge);
  const baseline = rankByNearest(
    corpus.examples.flatMap(({ text, techniques, source }) =>
      source === "report" || source === "procedure" ? techniques.map((technique) => ({ technique, text })) : [],
    ),
  );
  const rows: readonly MeasureRow[] = [
    ...measureCommands(rank, baseline),
    ...measurePassages(catalogue, rank, baseline),
    ...nameRows(directory, knowledge),
    measureIds(catalogue),
  ];
  const text = [
    "| measure | this mapping | simple baseline |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ].join("\n");
  console.log(text);
  const path = join(dataDirectory, "..", "docs", "mapping.md");
  const page = readFileSync(path, "utf8");
  const [open, close] = ["<!-- measures: npm run evaluate -->", "<!-- /measures -->"];
  const from = page.indexOf(open);
  const to = page.indexOf(close);
  if (from < 0 || to < from) throw new Error(`${path}: no room for the measures between ${open} and ${close}`);
  writeFileSync(path, `${page.slice(0, from + open.length)}\n\n${text}\n${page.slice(to)}`);
}

function nameRows(directory: string, { catalogue }: Knowledge): readonly MeasureRow[] {
  const folder = join(directory, "attack");
  const bundle = readdirSync(folder).find((name) => new RegExp(`^enterprise-attack-${catalogue.version}`).test(name));
  if (bundle === undefined) return [];
  const { links, found, exact } = measureNames(join(folder, bundle), catalogue);
  return [
    [
      `names of groups and software, ${links} that ATT&CK links: right id / at exactly their place`,
      `${share(found, links)} / ${share(exact, links)}`,
      "",
    ],
  ];
}
