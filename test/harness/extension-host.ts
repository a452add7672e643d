import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import type { Counts } from "./counts.ts";
import { ensureServer, outDirectory, projectDirectory, startServer, type RunningServer } from "./vscode-server.ts";

/** All of test/`folder` as one file that VS Code can load: its `run` runs mocha over the tests. */
async function bundleSuite(folder: string, suiteDirectory: string): Promise<string> {
  const testDirectory = join(projectDirectory, "test", folder);
  const tests = readdirSync(testDirectory).filter((name) => name.endsWith(".test.ts"));
  const suite = join(suiteDirectory, "suite.cjs");
  mkdirSync(suiteDirectory, { recursive: true });
  await build({
    stdin: {
      contents: `import { runSuite } from "../editor/suite.ts";\nexport const run = () => runSuite(() => {\n${tests.map((name) => `require("./${name}");`).join("\n")}\n});`,
      resolveDir: testDirectory,
      loader: "ts",
    },
    outfile: suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return suite;
}

/**
 * Runs test/`folder` inside the extension host of a real VS Code, on a copy of `workspace`; prints what VS Code logs.
 * Rejects when the window, the server or the host gives up before the suite has ended, or after `timeLimit` milliseconds.
 */
export async function runInExtensionHost(workspace: string, timeLimit: number, folder = "editor"): Promise<Counts> {
  ensureServer();
  const suiteDirectory = join(outDirectory, `${folder}-tests`);
  const suite = await bundleSuite(folder, suiteDirectory);
  const result = join(suiteDirectory, "result.json");
  rmSync(result, { force: true });
  writeFileSync(join(suiteDirectory, "options.json"), JSON.stringify({ result }));
  const directory = mkdtempSync(join(tmpdir(), "attack-scribe-"));
  const copy = join(directory, "workspace");
  cpSync(workspace, copy, { recursive: true });
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  try {
    server = await startServer({ extensionsDir: join(directory, "extensions"), userDataDir: join(directory, "user") });
    browser = await launchBrowser();
    const code = await Promise.race([
      runInWindow(browser, server.port, copy, suite),
      server.crashed,
      elapsed(timeLimit, `test/${folder}`),
    ]);
    return counted(result, code);
  } finally {
    await browser?.close();
    server?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens a window that runs `suite` in its extension host; resolves to VS Code's exit code when the suite has ended. */
async function runInWindow(browser: Browser, port: number, workspace: string, suite: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const ended = new Promise<number>((resolve, reject) => {
    page.once("crash", () => reject(new Error("the window crashed")));
    page.once("close", () => reject(new Error("the window was closed before the editor tests had ended")));
    page.exposeFunction("codeAutomationExit", (code: number) => resolve(code)).catch(reject);
  });
  // While the window opens, nobody waits for it yet.
  ended.catch(() => undefined);
  await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
    const line = args.map(String).join(" ");
    if (line.startsWith("»")) console.log(line.slice(1));
  });
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(projectDirectory)],
    ["extensionTestsPath", remote(suite)],
    ["skipWelcome", "true"],
  ];
  await page.goto(
    `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    { timeout: 60_000 },
  );
  return ended;
}

/** Rejects after `limit` milliseconds, and keeps no process alive for it. */
function elapsed(limit: number, what: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${what} took longer than ${limit / 1000} s`)), limit).unref();
  });
}

/** What the suite wrote; an exit code that its counts do not explain is an error. */
function counted(result: string, code: number): Counts {
  if (!existsSync(result)) throw new Error(`the extension host ended with code ${code} before the tests had ended`);
  const counts = JSON.parse(readFileSync(result, "utf8")) as Counts;
  if (code !== 0 && counts.failed === 0) throw new Error(`the extension host ended with code ${code}`);
  return counts;
}
