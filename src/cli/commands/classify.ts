import { createInterface } from "node:readline";
import { InvalidArgumentError, type Command } from "commander";
import { analyse } from "../../analysis.ts";
import type { Catalogue } from "../../attack/catalogue.ts";
import type { Lexicon } from "../../mapping/lexicon/lexicon.ts";
import { parseReport } from "../../report/parse.ts";
import { exitCodes } from "../failure.ts";
import type { Shell } from "../shell.ts";

export interface Classified {
  readonly id: unknown;
  readonly techniques: readonly {
    readonly id: string;
    readonly score: number;
    readonly accepted: boolean;
    readonly why: string;
  }[];
}

/** Techniques that one text states or describes, the surest first. */
export function classify(id: unknown, text: string, catalogue: Catalogue, top: number, lexicon?: Lexicon): Classified {
  const { mentions } = analyse(parseReport(text, { path: "text", format: "text" }), catalogue, { lexicon });
  const best = new Map<string, { id: string; score: number; accepted: boolean; why: string }>();
  for (const { object, confidence, why } of mentions) {
    if (object.type !== "technique" || confidence <= (best.get(object.id)?.score ?? 0)) continue;
    best.set(object.id, { id: object.id, score: confidence, accepted: confidence >= 0.5, why });
  }
  const ranked = [...best.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return { id, techniques: ranked.slice(0, top) };
}

export function addClassify(program: Command, shell: Shell): void {
  program
    .command("classify")
    .description('read NDJSON {"id","text"} on standard input, print NDJSON {"id","techniques"} in the same order')
    .option("--top <n>", "at most so many techniques a line", wholeNumber, 10)
    .addHelpText(
      "after",
      '\nExample:\n  echo \'{"id":1,"text":"The loader uses Process Injection (T1055)."}\' | attack-scribe classify --top 3',
    )
    .action(async ({ top }: { top: number }) => {
      const catalogue = shell.catalogue();
      let number = 0;
      for await (const line of createInterface({ input: shell.input, crlfDelay: Infinity })) {
        number += 1;
        if (line.trim() === "") continue;
        const read = readLine(line);
        if (read) shell.print(`${JSON.stringify(classify(read.id, read.text, catalogue, top, shell.lexicon()))}\n`);
        else {
          shell.print(
            `${JSON.stringify({ id: null, techniques: [], error: 'no JSON object with "id" and "text"' })}\n`,
          );
          shell.complain(`standard input, line ${number}: no JSON object with "id" and "text"`);
          shell.exit(exitCodes.findings);
        }
      }
    });
}

function readLine(line: string): { readonly id: unknown; readonly text: string } | undefined {
  try {
    const value = JSON.parse(line) as { readonly id?: unknown; readonly text?: unknown } | null;
    return typeof value === "object" && value !== null && typeof value.text === "string"
      ? { id: value.id ?? null, text: value.text }
      : undefined;
  } catch {
    return undefined;
  }
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It takes a whole number from 1.");
  return number;
}
