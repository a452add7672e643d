import { createInterface } from "node:readline";
import { InvalidArgumentError, type Command } from "commander";
import { classify } from "../../mapping/classify.ts";
import { exitCodes } from "../failure.ts";
import type { Shell } from "../shell.ts";

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
      const options = { lexicon: shell.lexicon(), model: shell.model(), boldness: shell.boldness(), top };
      let number = 0;
      for await (const line of createInterface({ input: shell.input, crlfDelay: Infinity })) {
        number += 1;
        if (line.trim() === "") continue;
        const read = readLine(line);
        if (read)
          shell.print(`${JSON.stringify({ id: read.id, techniques: classify(read.text, catalogue, options) })}\n`);
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
