import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, beforeEach, describe, it } from "mocha";
import { parse } from "yaml";
import manifest from "../../../package.json" with { type: "json" };

const project = join(import.meta.dirname, "..", "..", "..");
const read = (name: string): string => readFileSync(join(project, name), "utf8");
const page = read("docs/ci.md");

interface Step {
  readonly id?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
const action = parse(read("action.yml")) as Action;
const hooks = parse(read(".pre-commit-hooks.yaml")) as readonly {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly types: readonly string[];
}[];

/** The fenced block of the page's chapter. */
const snippet = (chapter: string): string => {
  const [, rest = ""] = page.split(`## ${chapter}\n`);
  return /```\w+\n([^]*?)```/u.exec(rest)?.[1] ?? "";
};

describe("before each commit and on GitHub", function () {
  this.timeout(60_000);
  const home = mkdtempSync(join(tmpdir(), "attack-scribe-ci-"));
  let number = 0;
  let repository: string;
  let environment: NodeJS.ProcessEnv;

  const run = (
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): { readonly code: number | null; readonly out: string } => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: repository,
      encoding: "utf8",
      env: { ...environment, ...env },
    });
    return { code: status, out: stdout + stderr };
  };
  const git = (...args: readonly string[]): { readonly code: number | null; readonly out: string } => run("git", args);
  const write = (name: string, text: string): void => writeFileSync(join(repository, name), text);
  const commit = (name: string, text: string): { readonly code: number | null; readonly out: string } => {
    write(name, text);
    git("add", "-A");
    return git("commit", "-m", name);
  };

  beforeEach(() => {
    repository = join(home, String((number += 1)));
    const bin = join(home, "bin");
    mkdirSync(repository, { recursive: true });
    mkdirSync(bin, { recursive: true });
    const program = join(bin, "attack-scribe");
    rmSync(program, { force: true });
    symlinkSync(join(project, manifest.bin["attack-scribe"]), program);
    environment = {
      PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
      HOME: home,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
    };
    git("init", "--quiet");
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  it("should refuse a commit with an unknown id by the hook that the page shows, and take a clean one", () => {
    const hook = join(repository, ".git", "hooks", "pre-commit");
    mkdirSync(join(repository, ".git", "hooks"), { recursive: true });
    writeFileSync(hook, snippet("A Git hook without pre-commit"));
    chmodSync(hook, 0o755);
    assert.equal(commit("clean report.md", "FIN7 used T1055.\n").code, 0);
    const refused = commit("bad.md", "FIN7 used T9999.\n");
    assert.notEqual(refused.code, 0);
    assert.match(refused.out, /bad\.md:1: error unknown-id: T9999 is not in ATT&CK/u);
    assert.equal(commit("bad.md", "FIN7 used T1055.\n").code, 0);
    assert.equal(commit("code.txt", "T9999\n").code, 0);
  });

  it("should have hooks that pre-commit can install with Node and that call our program", () => {
    assert.deepEqual(
      hooks.map(({ id, entry, language, types }) => [id, entry.split(" ")[0], language, types]),
      ["attack-scribe", "attack-scribe-fix"].map((id) => [id, "attack-scribe", "node", ["markdown"]]),
    );
    assert.ok(page.includes("- id: attack-scribe\n"));
    assert.equal(manifest.scripts.prepare, "npm run --silent build");
  });

  it("should refuse and take commits by pre-commit itself", function () {
    if (spawnSync("pre-commit", ["--version"]).status !== 0) this.skip();
    // As in the page, but without the minutes that an installation from a checkout takes.
    const shown = parse(snippet("pre-commit")) as {
      readonly repos: readonly [
        { readonly hooks: readonly { readonly id: string; readonly args: readonly string[] }[] },
      ];
    };
    const local = shown.repos[0].hooks.map(({ id, args }) => ({
      ...hooks.find((hook) => hook.id === id),
      args,
      language: "system",
    }));
    write(".pre-commit-config.yaml", JSON.stringify({ repos: [{ repo: "local", hooks: local }] }));
    assert.equal(run("pre-commit", ["install"]).code, 0);
    const clean = commit("clean.md", "FIN7 used T1055.\n");
    assert.equal(clean.code, 0, clean.out);
    assert.match(clean.out, /Passed/u);
    const refused = commit("bad.md", "FIN7 used T9999.\n");
    assert.notEqual(refused.code, 0);
    assert.match(refused.out, /T9999 is not in ATT&CK/u);
  });

  /** Runs the action's own steps with bash, as GitHub does, on what its inputs say; the last commit but one is the base. */
  const act = (
    inputs: Readonly<Record<string, string>> = {},
  ): { readonly code: number | null; readonly out: string; readonly outputs: string } => {
    const output = join(home, `output-${number}`);
    rmSync(output, { force: true });
    const written = (): string => (existsSync(output) ? readFileSync(output, "utf8") : "");
    const valueOf = (expression: string): string => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/u.exec(expression)?.[1] ?? "";
      assert.ok(input in action.inputs, `${expression} is no input`);
      const standard = action.inputs[input]?.default ?? "";
      return inputs[input] ?? (standard.startsWith("${{") ? git("rev-parse", "HEAD~1").out.trim() : standard);
    };
    let out = "";
    for (const { run: script = "", env = {} } of action.runs.steps) {
      const step = run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
        ...Object.fromEntries(Object.entries(env).map(([name, expression]) => [name, valueOf(expression)])),
        GITHUB_ACTION_PATH: project,
        GITHUB_OUTPUT: output,
      });
      out += step.out;
      if (step.code !== 0) return { code: step.code, out, outputs: written() };
    }
    return { code: 0, out, outputs: written() };
  };
  const sarif = (): readonly string[] =>
    (
      JSON.parse(readFileSync(join(repository, "attack-scribe.sarif"), "utf8")) as {
        runs: [{ results: { ruleId: string }[] }];
      }
    ).runs[0].results.map(({ ruleId }) => ruleId);

  it("should check what has changed by the action, and fail on errors with SARIF written", () => {
    commit("old.md", "FIN7 used T9998.\n");
    commit("new report.md", "FIN7 used T9999.\n");
    const { code, out, outputs } = act();
    assert.equal(code, 1);
    assert.match(out, /^new report\.md:1: error unknown-id/mu);
    assert.doesNotMatch(out, /T9998/u);
    assert.equal(outputs, "reports=1\nsarif=attack-scribe.sarif\n");
    assert.deepEqual(sarif(), ["unknown-id"]);
  });

  it("should pass where nothing is wrong, and where no report has changed", () => {
    commit("old.md", "FIN7 used T9998.\n");
    commit("new.md", "FIN7 used T1055.\n");
    assert.deepEqual([act().code, act().outputs], [0, "reports=1\nsarif=attack-scribe.sarif\n"]);
    commit("code.txt", "T9999\n");
    assert.deepEqual([act().code, act().outputs], [0, "reports=0\nsarif=\n"]);
  });

  it("should check all reports when it can't compare, and those that it is told to", () => {
    commit("old.md", "FIN7 used T9998.\n");
    commit("new.md", "FIN7 used T1055.\n");
    assert.match(act({ base: "0".repeat(40) }).out, /^old\.md:1: error/mu);
    assert.match(act({ files: "ol*.md\n" }).out, /^old\.md:1: error/mu);
  });

  it("should pass arguments on, word by word", () => {
    commit("old.md", "It rained.\n");
    commit("new.md", "FIN7 used T1086, T9999 and 45.77.1.9.\n");
    const quiet = act({ arguments: "--allow=45.77.1.9\n--rule=unknown-id=off\n", "fail-on": "info", sarif: "" });
    assert.equal(quiet.code, 1);
    assert.match(quiet.out, /^new\.md:1: warning revoked-id[^\n]*\n$/u);
    assert.equal(quiet.outputs, "reports=1\nsarif=\n");
    assert.equal(act({ "fail-on": "never" }).code, 0);
    // What looks like a command is an argument.
    assert.match(act({ arguments: "$(touch made); true" }).out, /no such file|no file matches/u);
    assert.equal(existsSync(join(repository, "made")), false);
  });

  it("should have a row on the page for each input, and name each output", () => {
    for (const [name, { default: standard }] of Object.entries(action.inputs)) {
      assert.ok(page.includes(`| \`${name}\` |`), name);
      if (standard !== "" && !standard.startsWith("${{")) assert.ok(page.includes(`| \`${standard}\` |`), standard);
    }
    for (const name of Object.keys(action.outputs)) assert.ok(page.includes(`\`${name}\``), name);
    assert.deepEqual(Object.keys((parse(snippet("GitHub Action")) as { jobs: object }).jobs), ["lint"]);
  });
});
