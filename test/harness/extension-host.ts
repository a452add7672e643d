import { build, type BuildOptions } from "esbuild";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import type { Counts } from "./counts.ts";
import { installMemoryWorkspace, memoryFolder } from "./memory-workspace.ts";
import {
  ensureServer,
  hostSettings,
  restrictedMode,
  outDirectory,
  projectDirectory,
  startServer,
  withoutOwnMarkdown,
  type Host,
  type RunningServer,
} from "./vscode-server.ts";

/** How a suite is bundled for a host, and what it takes mocha from. */
const targets: Readonly<Record<Host, BuildOptions & { readonly mocha: string }>> = {
  node: { mocha: 'const Mocha = require("mocha");', platform: "node", external: ["vscode", "mocha"] },
  web: {
    mocha: 'require("mocha/mocha.js"); const { Mocha } = globalThis;',
    platform: "browser",
    external: ["vscode"],
    alias: { "node:assert/strict": join(projectDirectory, "test", "harness", "assert-strict.cjs") },
    define: { global: "globalThis", process: '{"env":{}}' },
  },
};

/**
 * All of test/`folder` as one file that VS Code can load: its `run` runs mocha over the tests and writes the counts into
 * `result`, relative to the project. Tests named *.node.test.ts are for Node alone.
 */
async function bundleSuite(
  { folder, host, isVirtual = false, isTrusted = true, only }: ExtensionHostOptions,
  suiteDirectory: string,
  result: string,
): Promise<string> {
  const testDirectory = join(projectDirectory, "test", folder);
  const tests = readdirSync(testDirectory).filter(
    (name) =>
      name.endsWith(".test.ts") &&
      (host === "node" || !name.endsWith(".node.test.ts")) &&
      (only === undefined || name === only),
  );
  // In a web worker VS Code loads nothing that is not called .js.
  const suite = join(suiteDirectory, "suite.js");
  const { mocha, ...target } = targets[host];
  const options = JSON.stringify({ host, isVirtual, isTrusted, forbidOnly: "CI" in process.env, result });
  await build({
    ...target,
    stdin: {
      // Mocha's build for browsers takes the bundle's `module.exports` for its own: ours comes last.
      contents: [
        mocha,
        'const { runSuite } = require("../editor/suite.ts");',
        `const load = () => { ${tests.map((name) => `require("./${name}");`).join(" ")} };`,
        `module.exports = { run: () => runSuite(load, { Mocha, ...${options} }) };`,
      ].join("\n"),
      resolveDir: testDirectory,
      loader: "ts",
    },
    outfile: suite,
    bundle: true,
    format: "cjs",
    logLevel: "warning",
  });
  return suite;
}

export interface ExtensionHostOptions {
  /** Folder whose copy is opened as the workspace. */
  readonly workspace: string;
  /** Folder of the tests, below test/. */
  readonly folder: string;
  readonly host: Host;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Opens the workspace from memory; from a folder of the disk else. */
  readonly isVirtual?: boolean;
  /** Without trust the window is in restricted mode. */
  readonly isTrusted?: boolean;
  /** The one file of tests that is run; all of them else. */
  readonly only?: string;
}

/**
 * Runs test/`folder` inside the extension host of a real VS Code; prints what VS Code logs.
 * Rejects when the window, the server or the host gives up before the suite has ended, or when it is overdue.
 */
export async function runInExtensionHost(options: ExtensionHostOptions): Promise<Counts> {
  const { workspace, folder, host, timeLimit, isVirtual = false, isTrusted = true } = options;
  ensureServer();
  const name = `${folder}-${host}${isTrusted ? "" : "-restricted"}-tests`;
  const suiteDirectory = join(outDirectory, name);
  mkdirSync(suiteDirectory, { recursive: true });
  const result = join(suiteDirectory, "result.json");
  rmSync(result, { force: true });
  const suite = await bundleSuite(options, suiteDirectory, `out/${name}/result.json`);
  const directory = mkdtempSync(join(tmpdir(), "attack-scribe-"));
  const copy = join(directory, "workspace");
  cpSync(workspace, copy, { recursive: true });
  const extensionsDir = join(directory, "extensions");
  if (isVirtual) await installMemoryWorkspace(workspace, extensionsDir);
  let server: RunningServer | undefined;
  let browser: Browser | undefined;
  try {
    server = await startServer({
      extensionsDir,
      userDataDir: join(directory, "user"),
      settings: {
        ...hostSettings(host),
        ...(isTrusted ? {} : restrictedMode),
        ...(isVirtual ? withoutOwnMarkdown : {}),
      },
    });
    browser = await launchBrowser();
    const ended = await Promise.race([
      runInWindow(browser, server.port, isVirtual ? memoryFolder : copy, suite),
      server.crashed,
      elapsed(timeLimit, `test/${folder}`),
    ]);
    return counted(result, ended);
  } finally {
    await browser?.close();
    server?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Ended {
  /** VS Code's exit code. */
  readonly code: number;
  /** The last error that VS Code logged of the suite, else of anything: what kept it from running, where it did not run. */
  readonly lastError: string;
}

/** Opens a window on `folder`, a path or an address, that runs `suite` in its extension host; resolves when the suite has ended. */
async function runInWindow(browser: Browser, port: number, folder: string, suite: string): Promise<Ended> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const errors: string[] = [];
  const ended = new Promise<Ended>((resolve, reject) => {
    page.once("crash", () => reject(new Error("the window crashed")));
    page.once("close", () => reject(new Error("the window was closed before the editor tests had ended")));
    page
      .exposeFunction("codeAutomationExit", (code: number) => {
        const ofSuite = errors.filter((error) => error.includes(suite));
        resolve({ code, lastError: ofSuite.at(-1) ?? errors.at(-1) ?? "" });
      })
      .catch(reject);
  });
  // While the window opens, nobody waits for it yet.
  ended.catch(() => undefined);
  await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => {
    const line = args.map(String).join(" ");
    if (line.startsWith("»")) console.log(line.slice(1));
    else if (type === "error") errors.push(line);
  });
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(projectDirectory)],
    ["extensionTestsPath", remote(suite)],
    ["skipWelcome", "true"],
  ];
  await page.goto(
    `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
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
function counted(result: string, { code, lastError }: Ended): Counts {
  if (!existsSync(result))
    throw new Error(`the extension host ended with code ${code} before the tests had ended\n${lastError}`);
  const counts = JSON.parse(readFileSync(result, "utf8")) as Counts;
  if (code !== 0 && counts.failed === 0) throw new Error(`the extension host ended with code ${code}\n${lastError}`);
  return counts;
}
