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
      for await (const lines of linesOf(shell.input)) {
        const answers: string[] = [];
        for (const line of lines) {
          number += 1;
          if (line.trim() === "") continue;
          const question = readQuestion(line);
          answers.push(
            JSON.stringify(
              question
                ? { id: question.id, techniques: classify(question.text, catalogue, options) }
                : { id: null, techniques: [], error: 'no JSON object with "id" and "text"' },
            ),
          );
          if (question) continue;
          shell.complain(`standard input, line ${number}: no JSON object with "id" and "text"`);
          shell.exit(exitCodes.findings);
        }
        if (answers.length > 0) shell.print(`${answers.join("\n")}\n`);
      }
    });
}

function readQuestion(line: string): { readonly id: unknown; readonly text: string } | undefined {
  try {
    const value = JSON.parse(line) as { readonly id?: unknown; readonly text?: unknown } | null;
    return typeof value === "object" && value !== null && typeof value.text === "string"
      ? { id: value.id ?? null, text: value.text }
      : undefined;
  } catch {
    return undefined;
  }
}

/** What has come in, cut at line feeds: a text may hold other separators of lines. The last line needs none. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<readonly string[]> {
  input.setEncoding("utf8");
  let rest = "";
  for await (const chunk of input) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines;
  }
  if (rest !== "") yield [rest];
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It takes a whole number from 1.");
  return number;
}
