import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "../lexicon/source.ts";
import { recallAt3, type MeasureRow, type Question, type Ranking } from "./knowledge.ts";

const path = join(dataDirectory, "..", "test", "fixtures", "commands", "commands.tsv");

/** Commands of our own, a technique and a command a line; ⏎ stands between the lines of one command. */
export const readCommands = (): readonly Question[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [technique = "", command = ""] = line.split("\t");
      return { technique, text: command.replaceAll(" ⏎ ", "\n") };
    });

/** Every second command, from the first on, was in sight when patterns were written; the others never. */
export function measureCommands(rank: Ranking, baseline: Ranking): readonly MeasureRow[] {
  const commands = readCommands();
  return [
    { what: "out of sight", odd: 1 },
    { what: "in sight of the patterns", odd: 0 },
  ].map(({ what, odd }): MeasureRow => {
    const half = commands.filter((_, at) => at % 2 === odd);
    return [`recall@3, ${half.length} commands ${what}`, recallAt3(half, rank), recallAt3(half, baseline)];
  });
}
