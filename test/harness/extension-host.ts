import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "./browser.ts";
import type { Counts } from "./counts.ts";
import { ensureServer, outDirectory, projectDirectory, startServer } from "./vscode-server.ts";

const suiteDirectory = join(outDirectory, "editor-tests");

/** All of test/editor as one file that VS Code can load: its `run` runs mocha over the tests. */
async function bundleSuite(): Promise<string> {
  const tests = readdirSync(join(projectDirectory, "test", "editor")).filter((name) => name.endsWith(".test.ts"));
  const suite = join(suiteDirectory, "suite.cjs");
  mkdirSync(suiteDirectory, { recursive: true });
  await build({
    stdin: {
      contents: `import { runSuite } from "./suite.ts";\nexport const run = () => runSuite(() => {\n${tests.map((name) => `require("./${name}");`).join("\n")}\n});`,
      resolveDir: join(projectDirectory, "test", "editor"),
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
 * Runs test/editor inside the extension host of a real VS Code, on a copy of `workspace`; prints what VS Code logs.
 * Rejects when the window or the host gives up before the suite has ended.
 */
export async function runInExtensionHost(workspace: string, timeLimit: number): Promise<Counts> {
  ensureServer();
  const suite = await bundleSuite();
  const result = join(suiteDirectory, "result.json");
  rmSync(result, { force: true });
  const directory = mkdtempSync(join(tmpdir(), "attack-scribe-"));
  const copy = join(directory, "workspace");
  cpSync(workspace, copy, { recursive: true });
  writeFileSync(join(suiteDirectory, "options.json"), JSON.stringify({ result }));
  const server = await startServer({
    extensionsDir: join(directory, "extensions"),
    userDataDir: join(directory, "user"),
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
    });
    await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
      const line = args.map(String).join(" ");
      if (line.startsWith("»")) console.log(line.slice(1));
    });
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(projectDirectory)],
      ["extensionTestsPath", remote(suite)],
      ["skipWelcome", "true"],
    ];
    await page.goto(
      `http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(copy)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    const limit = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`the editor tests took longer than ${timeLimit / 1000} s`)), timeLimit).unref();
    });
    const code = await Promise.race([ended, limit]);
    if (!existsSync(result)) throw new Error(`the extension host ended with code ${code} before any test had run`);
    return JSON.parse(readFileSync(result, "utf8")) as Counts;
  } finally {
    await browser.close();
    server.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
