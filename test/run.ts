/**
 * Runs every suite and ends with one line: "N passed, N failed", and ", N skipped" where some were.
 *
 *   npm test                      all of them
 *   npm test -- --only unit       one: unit, editor, editor-restricted, editor-web or e2e
 *
 * TEST_TIME_LIMIT is how long a suite may take, in milliseconds.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./harness/browser.ts";
import type { Counts } from "./harness/counts.ts";
import { runInExtensionHost, type ExtensionHostOptions } from "./harness/extension-host.ts";
import { ensureServer, exitOnSignals, outDirectory, projectDirectory, type Host } from "./harness/vscode-server.ts";

/** A suite that takes longer hangs, milliseconds. */
const timeLimit = Number(process.env["TEST_TIME_LIMIT"] ?? 20 * 60_000);

/** A test that takes longer hangs, milliseconds: speed is measured in `npm run bench`, and a machine may be busy. */
const testTimeLimit = 30_000;

const fixtureWorkspace = join(projectDirectory, "test", "fixtures", "workspace");

interface Suite {
  readonly name: string;
  readonly run: () => Promise<Counts>;
}

const suites: readonly Suite[] = [
  { name: "unit", run: () => runMocha("unit") },
  { name: "editor", run: () => runInHost("node") },
  { name: "editor-restricted", run: () => runInHost("node", { isTrusted: false, only: "workspace.test.ts" }) },
  { name: "editor-web", run: () => runInHost("web", { isTrusted: false, isVirtual: true }) },
  {
    name: "e2e",
    run: async () => {
      ensureServer();
      ensureChromium();
      await packageExtension(join(outDirectory, "attack-scribe.vsix"));
      return runMocha("e2e");
    },
  },
];

/** Runs test/editor in an extension host: on a folder of the disk that is trusted, or as `options` say. */
const runInHost = (
  host: Host,
  options: Pick<ExtensionHostOptions, "isVirtual" | "isTrusted" | "only"> = {},
): Promise<Counts> =>
  runInExtensionHost({ workspace: fixtureWorkspace, folder: "editor", host, timeLimit, ...options });

/** Makes the .vsix anew, so that no test runs on an old one. */
async function packageExtension(vsix: string): Promise<void> {
  mkdirSync(outDirectory, { recursive: true });
  rmSync(vsix, { force: true });
  const code = await execute("npx", ["vsce", "package", "--no-dependencies", "-o", vsix]);
  if (code !== 0 || !existsSync(vsix))
    throw new Error(`the extension could not be packaged: vsce ended with code ${code}`);
}

/** Runs test/`name` with mocha in a process of its own. */
async function runMocha(name: string): Promise<Counts> {
  const file = join(outDirectory, `${name}-counts.json`);
  mkdirSync(outDirectory, { recursive: true });
  rmSync(file, { force: true });
  const reporter = join(projectDirectory, "test", "harness", "reporter.cjs");
  const code = await execute(
    "npx",
    [
      ...["mocha", "--import=tsx", "--exit", "--timeout", String(testTimeLimit), "--reporter", reporter],
      ...(process.env["CI"] === undefined ? [] : ["--forbid-only"]),
      `test/${name}/**/*.test.ts`,
    ],
    { COUNTS_FILE: file },
  );
  if (!existsSync(file)) throw new Error(`mocha ended with code ${code} before it had counted`);
  const counts = JSON.parse(readFileSync(file, "utf8")) as Counts;
  if (code !== 0 && counts.failed === 0) throw new Error(`mocha ended with code ${code} though no test failed`);
  return counts;
}

/** Runs a program to its end with its output on ours; kills it and all its children when it hangs. */
function execute(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: projectDirectory,
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
      env: { ...process.env, ...env },
    });
    let overdue = false;
    // First with a signal that lets it end its own servers and browsers, then with one that it cannot refuse.
    const timer = setTimeout(() => {
      overdue = true;
      signalGroup(child, "SIGTERM");
      setTimeout(() => {
        signalGroup(child, "SIGKILL");
        reject(new Error(`${program} ${args[0] ?? ""} took longer than ${timeLimit / 1000} s`));
      }, 10_000);
    }, timeLimit);
    const endWithUs = (): void => signalGroup(child, "SIGTERM");
    process.once("exit", endWithUs);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      process.off("exit", endWithUs);
      if (!overdue) resolve(code ?? 1);
    });
  });
}

/** Sends `signal` to the process and to all that it started. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // They have ended already.
  }
}

exitOnSignals();
const wanted = process.argv[2] === "--only" ? process.argv[3] : undefined;
if (wanted !== undefined && !suites.some(({ name }) => name === wanted)) {
  console.error(`no suite is called ${wanted}: there are ${suites.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, run } of suites) {
  if (wanted !== undefined && wanted !== name) continue;
  console.log(`\n── ${name} tests ──`);
  try {
    const { passed, failed, skipped } = await run();
    if (passed + failed === 0) throw new Error("the suite holds no test");
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  } catch (error) {
    // A suite that could not run counts as a failure of its own.
    total.failed += 1;
    console.error(`${name} tests: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exit(total.failed > 0 ? 1 : 0);
