import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import type { Answers } from "../answer-lines.ts";
import { answererOf, type ClassifySetup, type ClassifyTask } from "../classify-thread.ts";
import { exitCodes } from "../failure.ts";
import { gatherLines, mostGathered } from "../gather-lines.ts";
import type { Shell } from "../shell.ts";

/** Lines that a thread gets at a time: enough to be worth the way, and few enough that all have work to the end. */
const linesOfTask = 100;

/** Each thread holds the data once more, some 100 MB. */
const mostThreads = 8;

/** Answers lines, sooner or later. */
type Answerer = (lines: readonly string[]) => Promise<Answers> | Answers;

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
      const setup = { ...shell.dataOptions(), boldness: shell.boldness(), top };
      const print = ({ text, faults }: Answers, from: number): void => {
        for (const { at, error } of faults) {
          shell.complain(`standard input, line ${from + at + 1}: ${error}`);
          shell.exit(exitCodes.findings);
        }
        if (text !== "") shell.print(text);
      };
      let here: Answerer | undefined;
      let threads: Threads | undefined;
      let done = 0;
      // In the order of the lines; so many tasks may wait that no thread does.
      const waiting: Promise<void>[] = [];
      try {
        for await (const lines of gatherLines(shell.input)) {
          if (lines.length >= mostGathered) threads ??= await startThreads(setup, shell.programDirectory);
          const answer: Answerer = threads?.answer ?? (here ??= answererOf(setup));
          for (let at = 0; at < lines.length; at += linesOfTask) {
            const from = done + at;
            const answers = Promise.all([answer(lines.slice(at, at + linesOfTask)), waiting.at(-1)]);
            const printed = answers.then(([found]) => print(found, from));
            // Whoever awaits it hears of it; until then it is no error that nobody minds.
            printed.catch(() => undefined);
            waiting.push(printed);
            if (waiting.length > (threads?.most ?? 0)) await waiting.shift();
          }
          done += lines.length;
        }
        await Promise.all(waiting);
      } finally {
        await threads?.stop();
      }
    });
}

interface Threads {
  readonly answer: Answerer;
  /** How many tasks are worth handing out. */
  readonly most: number;
  readonly stop: () => Promise<void>;
}

/** One thread a processor; none where there is one only, or where the program was not built. */
async function startThreads(setup: ClassifySetup, programDirectory: string): Promise<Threads | undefined> {
  const filename = join(programDirectory, "classify-thread.js");
  const count = Math.min(mostThreads, availableParallelism());
  if (count < 2 || !existsSync(filename)) return undefined;
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({ filename, minThreads: count, maxThreads: count });
  return {
    answer: (lines) => pool.run({ setup, lines } satisfies ClassifyTask, { name: "answerTask" }) as Promise<Answers>,
    most: 3 * count,
    stop: () => pool.destroy(),
  };
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It takes a whole number from 1.");
  return number;
}
