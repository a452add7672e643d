import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "mocha";

const program = join(import.meta.dirname, "..", "..", "..", "dist", "cli.js");

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe("attack-scribe export", function () {
  this.timeout(30_000);
  const directory = mkdtempSync(join(tmpdir(), "attack-scribe-export-"));
  const read = (name: string): string => readFileSync(join(directory, name), "utf8");
  const run = (args: readonly string[], input = ""): Ran => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "export", ...args], {
      input,
      encoding: "utf8",
      cwd: directory,
    });
    return { code: status, out: stdout, err: stderr };
  };

  beforeEach(() => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory);
    writeFileSync(join(directory, "fin7.md"), "# Till\n\nFIN7 used T1055.\n");
    writeFileSync(join(directory, "naikon.md"), "Naikon used T1190.\n");
    writeFileSync(join(directory, "rain.md"), "It rained.\n");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("should print text, or write it to a file or into a folder", () => {
    assert.match(run(["fin7.md", "--as", "csv"]).out, /^Campaign,.*\r\nFIN7,group,/);
    assert.equal(run(["fin7.md", "--format", "csv"]).out, run(["fin7.md", "--as", "csv"]).out);
    assert.equal(run(["fin7.md", "--as", "svg", "--out", "new/m.svg"]).out, "new/m.svg\n");
    assert.match(read("new/m.svg"), /^<svg /);
    const { code, out } = run(["fin7.md", "naikon.md", "--as", "stix", "--out", "all"]);
    assert.equal(code, 0);
    assert.equal(out, "all/fin7-attack.stix.json\nall/naikon-attack.stix.json\n");
  });

  it("should leave out what nobody has accepted", () => {
    writeFileSync(join(directory, "both.md"), "FIN7 used T1055. FIN7 dumped LSASS memory with comsvcs.dll.\n");
    writeFileSync(join(directory, "none.md"), "FIN7 dumped LSASS memory with comsvcs.dll.\n");
    const idsOf = (...args: readonly string[]): readonly string[] => [
      ...new Set(run(["both.md", "--as", "csv", ...args]).out.match(/T\d{4}(?:\.\d{3})?(?=,)/g)),
    ];
    assert.deepEqual(idsOf(), ["T1055", "T1003.001"]);
    assert.deepEqual(idsOf("--stated"), ["T1055"]);
    const { code, err } = run(["none.md", "--as", "csv", "--stated"]);
    assert.equal(code, 1);
    assert.match(err, /^attack-scribe: none\.md: /);
  });

  it("should date STIX objects by the option, the report, or the file", () => {
    const dateOf = (...args: readonly string[]): string =>
      /"published": "([^"]+)"/.exec(run(["fin7.md", "--as", "stix", ...args]).out)?.[1] ?? "";
    const day = statSync(join(directory, "fin7.md")).mtime.toISOString().slice(0, 10);
    assert.equal(dateOf(), `${day}T00:00:00.000Z`);
    const warned = (...args: readonly string[]): string => run(["fin7.md", ...args]).err;
    assert.match(warned("--as", "misp"), new RegExp(`^attack-scribe: fin7\\.md: says no date; .* ${day}, stands`));
    assert.equal(warned("--as", "misp", "--date", "2026-02-28"), "");
    assert.equal(warned("--as", "csv"), "");
    assert.equal(dateOf("--date", "2026-02-28"), "2026-02-28T00:00:00.000Z");
    writeFileSync(join(directory, "fin7.md"), "---\ndate: 2026-01-02\n---\n\nFIN7 used T1055.\n");
    assert.equal(dateOf(), "2026-01-02T00:00:00.000Z");
  });

  it("should make a PNG picture", () => {
    const { code, err } = run(["fin7.md", "--as", "png", "--out", "m.png"]);
    // A machine without fonts is told so.
    if (code !== 0) assert.match(err, /no fonts/);
    else assert.equal(readFileSync(join(directory, "m.png")).subarray(1, 4).toString(), "PNG");
  });

  it("should take campaigns by name, alias or id", () => {
    for (const name of ["FIN7", "fin7", "G0046"])
      assert.equal(run(["fin7.md", "--as", "csv", "--campaign", name]).code, 0, name);
  });

  it("should write the table into the report once, and then only what has changed", () => {
    assert.equal(run(["fin7.md", "--update"]).out, "fin7.md: table written\n");
    const once = read("fin7.md");
    assert.match(once, /^# Till\n\nFIN7 used T1055\.\n\n<!-- attack: table -->\n\n.*\n\n<!-- attack: \/table -->\n$/s);
    assert.equal(run(["fin7.md", "--update"]).out, "fin7.md: table is up to date\n");
    assert.equal(read("fin7.md"), once);
    assert.deepEqual(readdirSync(directory).sort(), ["fin7.md", "naikon.md", "rain.md"]);
  });

  it("should put a new table behind the report's own, and say so", () => {
    writeFileSync(join(directory, "own.md"), "FIN7\n\n| ID | Use |\n|---|---|\n| T1055 | a |\n| T1486 | b |\n\nEnd.\n");
    assert.equal(
      run(["own.md", "--update"]).out,
      "own.md: table written behind the report's own of line 6, which stays\n",
    );
    assert.match(read("own.md"), /\| T1486 \| b \|\n\n<!-- attack: table -->.*\/table -->\n\nEnd\.\n$/s);
  });

  it("should keep the encoding of a report that it updates", () => {
    writeFileSync(join(directory, "wide.md"), Buffer.from("\ufeffFIN7 used T1055.\r\n", "utf16le"));
    assert.equal(run(["wide.md", "--update"]).code, 0);
    const text = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(readFileSync(join(directory, "wide.md")));
    assert.ok(text.startsWith("\ufeffFIN7 used T1055.\r\n\r\n<!-- attack: table -->\r\n"));
  });

  it("should print the report with its table where it came by standard input", () => {
    writeFileSync(join(directory, "stdin.md"), "mine\n");
    assert.match(run(["-", "--update"], "FIN7 used T1055.\n").out, /^FIN7 used T1055\.\n\n<!-- attack: table -->/);
    assert.equal(read("stdin.md"), "mine\n");
  });

  /** Arguments, exit code, what is said. */
  const refused: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["fin7.md"], 2, /say the form with --as: svg, /],
    [["fin7.md", "--as", "pdf"], 2, /Allowed choices/],
    [["fin7.md", "--format", "csv", "--as", "svg"], 2, /--as and --format say two forms/],
    [["fin7.md", "--as", "png"], 2, /png is no text: say where to write it with --out/],
    [["fin7.md", "naikon.md", "--as", "csv"], 2, /several reports need a folder/],
    [["fin7.md", "--as", "markdown", "--out", "fin7.md"], 2, /is the report itself/],
    [["fin7.md", "--update", "--as", "svg"], 2, /leave out --as/],
    [["fin7.md", "--update", "--out", "x"], 2, /leave out --out/],
    [["fin7.md", "--as", "stix", "--tlp", "blue"], 2, /--tlp/],
    [["fin7.md", "--as", "stix", "--date", "soon"], 2, /--date/],
    [["fin7.md", "--as", "stix", "--date", "2026-02-31"], 2, /--date/],
    [
      ["fin7.md", "--as", "csv", "--campaign", "Night Heron"],
      1,
      /describes no campaign “Night Heron”.*it describes FIN7/,
    ],
    [["rain.md", "--as", "csv"], 1, /rain\.md: no campaign with techniques is described/],
    [["fin7.md", "--as", "csv", "--out", "naikon.md/x.csv"], 1, /naikon\.md.*(not a folder|a file|EEXIST|exists)/],
    [["missing.md", "--as", "csv"], 1, /missing\.md: no such file/],
  ];
  for (const [args, code, said] of refused) {
    it(`should refuse in one line: ${args.join(" ")}`, () => {
      const ran = run(args);
      assert.equal(ran.code, code);
      assert.match(ran.err, said);
      assert.equal(ran.err.trimEnd().split("\n").length, 1);
      assert.equal(read("fin7.md"), "# Till\n\nFIN7 used T1055.\n");
    });
  }

  it("should refuse to write a table where it would not be found again", () => {
    writeFileSync(join(directory, "fin7.txt"), "FIN7 used T1055.\n");
    const { code, err } = run(["fin7.txt", "--update"]);
    assert.equal(code, 1);
    assert.match(err, /read as plain text/);
    assert.equal(read("fin7.txt"), "FIN7 used T1055.\n");
  });
});
