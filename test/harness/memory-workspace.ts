import { build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectDirectory } from "./vscode-server.ts";

/** Virtual folders are trusted without being asked for, but for those of this scheme, which come from repositories. */
const scheme = "vscode-vfs";

/** The folder that the extension below offers. */
export const memoryFolder = `${scheme}://memory/`;

/** Installs an extension that offers the files of `workspace` as a virtual workspace, before the server starts. */
export async function installMemoryWorkspace(workspace: string, extensionsDir: string): Promise<void> {
  const directory = join(extensionsDir, "attack-scribe.memory-workspace-0.0.0");
  mkdirSync(directory, { recursive: true });
  const files = Object.fromEntries(
    readdirSync(workspace, { recursive: true, encoding: "utf8" })
      .map((name) => join(workspace, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [relative(workspace, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
  await build({
    stdin: {
      contents: [
        'import * as vscode from "vscode";',
        'import { MemoryFiles } from "./memory-files.ts";',
        `const files = new MemoryFiles(${JSON.stringify(files)});`,
        "export const activate = (context) =>",
        `  context.subscriptions.push(vscode.workspace.registerFileSystemProvider("${scheme}", files));`,
      ].join("\n"),
      resolveDir: join(projectDirectory, "test", "harness"),
      loader: "js",
    },
    outfile: join(directory, "extension.js"),
    bundle: true,
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
  const manifest = {
    name: "memory-workspace",
    publisher: "attack-scribe",
    version: "0.0.0",
    engines: { vscode: "^1.95.0" },
    activationEvents: [`onFileSystem:${scheme}`],
    browser: "./extension.js",
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest, undefined, 2));
}
