import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";

/** The runner outside prints the lines that begin with this mark; all else on the console is VS Code's. */
export const say = (line: string): void => console.log(`»${line}`);

/** Runs what `load` registers with mocha in the extension host, prints it, and writes the counts for the runner outside. */
export function runSuite(load: () => void): Promise<void> {
  const { result } = JSON.parse(readFileSync(join(__dirname, "options.json"), "utf8")) as { readonly result: string };
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: "min", forbidOnly: "CI" in process.env });
  mocha.suite.emit("pre-require", globalThis as never, "", mocha);
  try {
    load();
  } catch (error) {
    say(`a test file could not be loaded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    throw error;
  }
  return new Promise((resolve, reject) => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const runner = mocha.run((failures) => {
      writeFileSync(result, JSON.stringify(counts));
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
    runner.on("suite", ({ title }) => (title === "" ? undefined : say(`\n  ${title}`)));
    runner.on("pass", ({ title }) => {
      counts.passed += 1;
      say(`    ✔ ${title}`);
    });
    runner.on("pending", ({ title }) => {
      counts.skipped += 1;
      say(`    - ${title}`);
    });
    runner.on("fail", ({ title }, error: Error) => {
      counts.failed += 1;
      say(`    ✘ ${title}\n${(error.stack ?? error.message).replace(/^/gm, "        ")}`);
    });
  });
}
