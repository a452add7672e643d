import type MochaRunner from "mocha";
import * as vscode from "vscode";

/** The runner outside prints the lines that begin with this mark; all else on the console is VS Code's. */
export const say = (line: string): void => console.log(`»${line}`);

export interface SuiteOptions {
  /** Mocha as this host has it: its module in Node, its build for browsers in a web worker. */
  readonly Mocha: typeof MochaRunner;
  /** Where the tests are meant to run. */
  readonly host: "node" | "web";
  /** How the workspace is meant to be. */
  readonly isVirtual: boolean;
  readonly isTrusted: boolean;
  /** Whether a test that is marked as the only one fails the suite. */
  readonly forbidOnly: boolean;
  /** File that gets the counts, relative to the extension's folder. */
  readonly result: string;
}

/** Runs what `load` registers with mocha in the extension host, prints it, and writes the counts for the runner outside. */
export function runSuite(
  load: () => void,
  { Mocha, host, isVirtual, isTrusted, forbidOnly, result }: SuiteOptions,
): Promise<void> {
  const here = "importScripts" in globalThis ? "web" : "node";
  if (here !== host) throw new Error(`the tests for the ${host} host run in the ${here} host`);
  const scheme = vscode.workspace.workspaceFolders?.[0]?.uri.scheme ?? "none";
  const isOnDisk = scheme === "file" || scheme === "vscode-remote";
  if (vscode.workspace.isTrusted !== isTrusted || isOnDisk === isVirtual)
    throw new Error(`trusted: ${vscode.workspace.isTrusted}, scheme of the workspace: ${scheme}`);
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: Mocha.reporters.Base, forbidOnly });
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
      write(result, JSON.stringify(counts)).then(
        () => (failures > 0 ? reject(new Error(`${failures} failed`)) : resolve()),
        reject,
      );
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

/** By VS Code's own file system, which a web worker has too. */
async function write(path: string, text: string): Promise<void> {
  const extension = vscode.extensions.getExtension("attack-scribe.attack-scribe");
  if (!extension) throw new Error("the extension is not installed");
  await vscode.workspace.fs.writeFile(
    vscode.Uri.joinPath(extension.extensionUri, path),
    new TextEncoder().encode(text),
  );
}
