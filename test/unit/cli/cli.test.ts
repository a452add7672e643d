import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { after, before, describe, it } from "mocha";

const project = join(import.meta.dirname, "..", "..", "..");
const program = join(project, "dist", "cli.js");

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe("the terminal program", function () {
  this.timeout(30_000);
  let directory: string;
  const file = (name: string, content: string | Buffer): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  const run = (args: readonly string[], input = ""): Ran => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      input,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      cwd: directory,
    });
    return { code: status, out: stdout, err: stderr };
  };
  const one = (text: string): string => text.trimEnd();

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "attack-scribe-cli-"));
    file("fin7.md", "# Till\n\nFIN7 has T1055 and Emotet.\n");
    file("naikon.md", "Naikon used T1190.\n");
    file("bad.md", "FIN7 used T9999.\n");
  });
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("should write the fixes of its rules into a report, and nothing else", () => {
    const path = file("mend.txt", "FIN7 used T1086 from 45.77.1.9.\r\n\r\nIt is T9999.\r\n");
    const { code, out, err } = run(["lint", "--fix", "mend.txt"]);
    assert.equal(code, 1);
    assert.equal(readFileSync(path, "utf8"), "FIN7 used T1059.001 from 45.77.1[.]9.\r\n\r\nIt is T9999.\r\n");
    assert.match(err, /mend\.txt: 2 fixed/);
    assert.match(out, /^mend\.txt:3: error unknown-id: .*\n$/);
    assert.equal(run(["lint", "--fix", "-"], "T1086").code, 2);
  });

  it("should update layers, and say what is different", () => {
    file("moving.txt", "FIN7 used T1055.\n");
    const layers = (...more: readonly string[]): string =>
      run(["layers", "moving.txt", "--out", "moving", ...more]).out.replaceAll("\\", "/");
    layers();
    const path = join(directory, "moving", "fin7-enterprise-attack.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"score": 100', '"score": 7'));
    file("moving.txt", "FIN7 used T1055.\n\nFIN7 used T1486.\n");
    assert.match(
      layers(),
      /fin7-enterprise-attack\.json +2 techniques +FIN7\n +new: T1486\n +kept as changed by hand: T1055: score\n/,
    );
    assert.match(readFileSync(path, "utf8"), /"score": 7,/);
    layers("--overwrite");
    assert.doesNotMatch(readFileSync(path, "utf8"), /"score": 7,/);
  });

  it("should read several reports as one", () => {
    file("more.txt", "# More\n\nFIN7 used T1486. Unlike Naikon, which used T1491, it is after money.\n");
    const { code, out } = run(["map", "--merge", "fin7.md", "naikon.md", "more.txt"]);
    assert.equal(code, 0);
    const { reports, campaigns, conflicts } = JSON.parse(out) as {
      reports: string[];
      campaigns: { name: string; techniques: { id: string; evidence: { report: string; line: number }[] }[] }[];
      conflicts: object[];
    };
    assert.deepEqual(reports, ["fin7.md", "naikon.md", "more.txt"]);
    assert.deepEqual(
      campaigns.map(({ name, techniques }) => [
        name,
        ...techniques.map(({ id, evidence }) => `${id} ${evidence[0]?.report ?? ""}`),
      ]),
      [
        ["FIN7", "T1055 fin7.md", "T1486 more.txt"],
        ["Naikon", "T1190 naikon.md"],
      ],
    );
    assert.deepEqual(conflicts, [
      { campaign: "naikon", name: "Naikon", described: ["naikon.md"], referenced: ["more.txt"] },
    ]);
    const layers = run(["layers", "fin7.md", "naikon.md", "more.txt", "--out", "merged", "--score", "evidence"]);
    assert.match(layers.out, /Not told alike.*\n +Naikon +described in naikon\.md; only referenced in more\.txt/);
    assert.deepEqual(readdirSync(join(directory, "merged")).sort(), [
      "combined-enterprise-attack.json",
      "fin7-enterprise-attack.json",
      "naikon-enterprise-attack.json",
    ]);
  });

  it("should print an analysis that fits its schema", () => {
    const { code, out } = run(["map", "fin7.md"]);
    assert.equal(code, 0);
    const schema = JSON.parse(readFileSync(join(project, "docs", "analysis.schema.json"), "utf8")) as object;
    const validate = new Ajv({ allErrors: true }).compile(schema);
    assert.ok(validate(JSON.parse(out)), JSON.stringify(validate.errors));
    const mentions = (
      JSON.parse(out) as { mentions: { start: number; end: number; text: string; object: { id: string } }[] }
    ).mentions;
    const source = readFileSync(join(directory, "fin7.md"), "utf8");
    assert.deepEqual(
      mentions.map(({ start, end, object }) => [source.slice(start, end), object.id]),
      [
        ["FIN7", "G0046"],
        ["T1055", "T1055"],
        ["Emotet", "S0367"],
      ],
    );
  });

  it("should print one object a report as NDJSON, for globs too", () => {
    const { code, out } = run(["map", "*.md", "--format", "ndjson"]);
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { report: { path: string } }).report.path),
      ["bad.md", "fin7.md", "naikon.md"],
    );
  });

  it("should take a file for itself, whatever its name would be as a glob", () => {
    // Windows has no file with a question mark.
    const names = ["report (1).md", "[2026] x.md", "a{b}.md", ...(process.platform === "win32" ? [] : ["q?.md"])];
    for (const name of names) {
      file(name, "FIN7 has T1055.\n");
      const { code, out, err } = run(["map", name, "--format", "ndjson"]);
      assert.deepEqual([code, err], [0, ""], name);
      assert.equal((JSON.parse(out) as { report: { path: string } }).report.path, name);
    }
    assert.equal(run(["map", "report*.md", "--format", "ndjson"]).out.match(/"schema"/g)?.length, 1);
    for (const name of names) rmSync(join(directory, name));
  });

  it("should read standard input as -, and print Markdown without letting markup through", () => {
    const { code, out } = run(["map", "-", "--format", "markdown"], "# A <script> | report\n\nFIN7 used T1055.\n");
    assert.equal(code, 0);
    assert.match(out, /^# ATT&CK mapping of A \\?<?/);
    assert.ok(!out.includes("<script>"));
  });

  it("should print the same bytes twice", () => assert.equal(run(["map", "fin7.md"]).out, run(["map", "fin7.md"]).out));

  it("should write layers and say where", () => {
    const { code, out } = run(["layers", "fin7.md", "--out", "layers", "--quiet"]);
    assert.equal(code, 0);
    assert.deepEqual(out.trim().split("\n"), [
      join("layers", "fin7-enterprise-attack.json"),
      join("layers", "combined-enterprise-attack.json"),
    ]);
    const layer = JSON.parse(readFileSync(join(directory, "layers", "fin7-enterprise-attack.json"), "utf8")) as {
      techniques: { techniqueID: string }[];
    };
    assert.deepEqual(
      layer.techniques.map(({ techniqueID }) => techniqueID),
      ["T1055"],
    );
    assert.ok(readdirSync(join(directory, "layers")).every((name) => name.endsWith(".json")));
  });

  it("should use no colour where nobody watches", () =>
    assert.ok(!run(["layers", "fin7.md", "--out", "layers"]).out.includes("\u001b")));

  it("should accept more when it is to be eager, and refuse a word that it does not know", () => {
    const line = [
      "Commands are tunnelled in DNS TXT records.",
      "The files' timestamps were changed to those of kernel32.dll.",
      "Initial access was gained through the company's VPN gateway, which lacked a second factor.",
      "The operators archived the folder before they took it.",
    ]
      .map((text) => `${JSON.stringify({ id: 1, text })}\n`)
      .join("");
    const accepted = (how: string): number =>
      (run(["--confidence", how, "classify"], line).out.match(/"accepted":true/g) ?? []).length;
    assert.ok(accepted("eager") > accepted("cautious"));
    const { code, err } = run(["--confidence", "reckless", "classify"], line);
    assert.equal(code, 2);
    assert.match(err, /reckless/);
  });

  it("should classify lines in their order, and go on behind a bad one", () => {
    const { code, out, err } = run(
      ["classify", "--top", "1"],
      '{"id":"b","text":"They used T1055 and T1190."}\nnonsense\n{"id":7,"text":"Nothing here."}\n',
    );
    assert.equal(code, 1);
    const lines = out
      .trim()
      .split("\n")
      .map(
        (line) => JSON.parse(line) as { id: unknown; techniques: { id: string; score: number; accepted: boolean }[] },
      );
    assert.deepEqual(
      lines.map(({ id }) => id),
      ["b", null, 7],
    );
    assert.equal(lines[0]?.techniques.length, 1);
    assert.equal(lines[0].techniques[0]?.accepted, true);
    assert.ok(lines[2]?.techniques.every(({ accepted }) => !accepted));
    assert.match(err, /line 2: no JSON;/);
  });

  it("should answer thousands of lines as it answers few, in their order", () => {
    const texts = ["They dumped LSASS memory.", "Nothing happened.", "Commands were tunnelled in DNS TXT records."];
    const questions = Array.from({ length: 2_345 }, (_, id) =>
      id === 1_777 ? "nonsense" : JSON.stringify({ id, text: texts[id % texts.length] }),
    );
    const many = run(["classify", "--top", "2"], questions.join("\n"));
    assert.equal(many.code, 1);
    assert.equal(
      many.err,
      'attack-scribe: standard input, line 1778: no JSON; a line is an object with "id" and "text"\n',
    );
    const few = run(["classify", "--top", "2"], questions.slice(0, texts.length).join("\n")).out.trim().split("\n");
    const techniques = few.map((line) => (JSON.parse(line) as { techniques: unknown }).techniques);
    const answers = many.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: unknown; techniques: unknown });
    assert.equal(answers.length, questions.length);
    answers.forEach(({ id, techniques: found }, at) => {
      if (at === 1_777) assert.deepEqual([id, found], [null, []]);
      else assert.deepEqual([id, found], [at, techniques[at % texts.length]]);
    });
  });

  it("should answer a line while the next one is not there yet", async () => {
    const child = spawn(process.execPath, [program, "classify"], { cwd: directory });
    try {
      child.stdin.write('{"id":1,"text":"They used T1055."}\n');
      const [answer] = (await once(child.stdout, "data")) as [Buffer];
      assert.match(answer.toString(), /^\{"id":1,.*T1055/u);
      child.stdin.end('{"id":2,"text":"They used T1190."}');
      const [other] = (await once(child.stdout, "data")) as [Buffer];
      assert.match(other.toString(), /^\{"id":2,.*T1190/u);
    } finally {
      child.kill();
    }
  });

  it("should compare a report with what ATT&CK knows, and write the comparison as a layer", () => {
    const { code, out } = run(["diff", "naikon.md", "Naikon", "--out", "compared"]);
    assert.equal(code, 0);
    assert.match(out, /^Both \(0\)\nOnly .* \(1\)\n {2}T1190 {2}Exploit Public-Facing Application/);
    assert.match(out, /compared.comparison-enterprise-attack\.json/);
    const again = run(["diff", join("compared", "comparison-enterprise-attack.json"), "naikon.md", "--format", "json"]);
    const { techniques } = JSON.parse(again.out) as { techniques: { id: string; side: string }[] };
    assert.deepEqual(
      techniques.flatMap(({ id, side }) => (side === "both" ? [id] : [])),
      ["T1190"],
    );
    run(["export", "naikon.md", "--as", "navigator", "--out", "all.json"]);
    assert.match(run(["diff", "all.json", "naikon.md"]).out, /^Both \(1\)\n {2}T1190 .*“Naikon used T1190/s);
    for (const [argument, message] of [
      ["nobody", /nobody: neither a file nor a group/],
      ["fin7.json", /fin7\.json: no JSON/],
    ] as const) {
      file("fin7.json", "# no layer");
      const failed = run(["diff", "naikon.md", argument]);
      assert.equal(failed.code, 1);
      assert.match(failed.err, message);
    }
  });

  it("should rank who overlaps, and warn that it is no attribution", () => {
    file("much.txt", "FIN7 used T1055, T1105, T1190 and T1486.\n");
    const { code, out } = run(["overlap", "much.txt", "--limit", "3"]);
    assert.equal(code, 0);
    assert.match(out, /4 techniques of/);
    assert.match(out, /Overlap is no attribution/);
    const { overlap, warning } = JSON.parse(run(["overlap", "much.txt", "--format", "json"]).out) as {
      overlap: { shared: string[] }[];
      warning: string;
    };
    assert.ok(overlap.length > 0 && overlap.every(({ shared }) => shared.length >= 3) && warning !== "");
    assert.match(
      run(["overlap", "naikon.md"]).out,
      /^1 technique of “Naikon used T1190”: too few to compare by; who is ranked shares at least 3\.\n$/,
    );
  });

  it("should look up by name, and exit 1 where nothing is found", () => {
    assert.match(run(["lookup", "emissary", "panda"]).out, /^G0027 {2}Group {2}Threat Group-3390/);
    assert.equal(
      (JSON.parse(run(["lookup", "T1055", "--format", "json"]).out) as { objects: { id: string }[] }).objects[0]?.id,
      "T1055",
    );
    assert.equal(run(["lookup", "zzqqxx"]).code, 1);
    assert.match(run(["lookup", "pass the hash"]).out, /^T1550\.002 .*\nT1075 .* revoked, now T1550\.002/);
  });

  it("should lint as text, JSON and SARIF, and exit 1 on an error", () => {
    const text = run(["lint", "bad.md"]);
    assert.equal(text.code, 1);
    assert.equal(one(text.out), "bad.md:1: error unknown-id: T9999 is not in ATT&CK 18.1");
    assert.equal(run(["lint", "fin7.md"]).code, 0);
    const sarif = JSON.parse(run(["lint", "bad.md", "--format", "sarif"]).out) as {
      version: string;
      runs: { results: { ruleId: string }[] }[];
    };
    assert.deepEqual([sarif.version, sarif.runs[0]?.results[0]?.ruleId], ["2.1.0", "unknown-id"]);
    assert.equal(
      (JSON.parse(run(["lint", "bad.md", "--format", "json"]).out) as { findings: unknown[] }[])[0]?.findings.length,
      1,
    );
  });

  it("should lint as the options say", () => {
    file("all.md", "FIN7 used T9999, T1086 and 45.77.1.9.\n");
    const rulesIn = (...args: readonly string[]): readonly [number | null, readonly string[]] => {
      const { code, out } = run(["lint", "all.md", ...args]);
      return [code, [...out.matchAll(/: (\w+ [\w-]+): /gu)].map(([, words = ""]) => words)];
    };
    const all = ["error unknown-id", "warning revoked-id", "warning live-indicator"];
    assert.deepEqual(rulesIn(), [1, all]);
    assert.deepEqual(rulesIn("--allow", "45.77.0.0/16"), [1, all.slice(0, 2)]);
    assert.deepEqual(rulesIn("--rule", "unknown-id=hint", "--rule", "revoked-id=off"), [
      0,
      ["hint unknown-id", "warning live-indicator"],
    ]);
    assert.deepEqual(rulesIn("--rule", "unknown-id=off", "--fail-on", "warning"), [1, all.slice(1)]);
    assert.deepEqual(rulesIn("--fail-on", "never"), [0, all]);
    file("kept.md", "FIN7 used T1086 from 45.77.1.9.\n");
    run(["lint", "kept.md", "--fix", "--allow", "45.77.1.9", "--rule", "revoked-id=off"]);
    assert.equal(readFileSync(join(directory, "kept.md"), "utf8"), "FIN7 used T1086 from 45.77.1.9.\n");
  });

  it("should say which data it works with", () =>
    assert.match(run(["data", "info"]).out, /enterprise-attack +Enterprise ATT&CK 18\.1/));

  /** Arguments, exit code, and the one line on standard error. */
  const failures: readonly (readonly [string, () => readonly string[], number, RegExp])[] = [
    ["a missing file", () => ["map", "nope.md"], 1, /nope\.md: no such file/],
    ["a folder", () => ["map", "."], 1, /\.: a folder, not a file/],
    ["a binary file", () => ["map", file("x.bin", Buffer.from([0x4d, 0x5a, 0, 0, 1]))], 1, /x\.bin: a binary file/],
    [
      "another encoding",
      () => ["map", file("latin.md", Buffer.from([0x46, 0xfc, 0x72, 0x0a]))],
      1,
      /latin\.md: not text in UTF-8/,
    ],
    ["a glob that matches nothing", () => ["map", "*.docx"], 2, /\*\.docx: no file matches/],
    ["an unknown command", () => ["mop"], 2, /unknown command 'mop'\. Did you mean map\?/],
    [
      "an unknown domain",
      () => ["--domain", "windows", "lookup", "T1055"],
      2,
      /^attack-scribe: no domain is called windows: there are enterprise-attack, mobile-attack, ics-attack$/m,
    ],
    ["an indicator that is none", () => ["lint", "fin7.md", "--allow", "two words"], 2, /takes a domain, an address/],
    [
      "a rule that is none",
      () => ["lint", "fin7.md", "--rule", "no-rule=off"],
      2,
      /No rule is called “no-rule”: there are unknown-id, revoked-id, .*\./,
    ],
    [
      "a severity that is none",
      () => ["lint", "fin7.md", "--rule", "live-indicator=fatal"],
      2,
      /“fatal” is no severity: there are error, warning, info, hint, off, as in live-indicator=off/,
    ],
    ["a rule alone", () => ["lint", "fin7.md", "--rule", "live-indicator"], 2, /says no severity: there are error/],
    [
      "a folder without facts",
      () => ["--data", "nope", "map", "fin7.md"],
      1,
      /^attack-scribe: nope.attack: no such folder; `data build` makes one$/m,
    ],
    ["an unknown format", () => ["map", "fin7.md", "--format", "pdf"], 2, /'pdf' is invalid/],
    [
      "a file that is no layer where one belongs",
      () => {
        mkdirSync(join(directory, "taken"), { recursive: true });
        file(join("taken", "fin7-enterprise-attack.json"), "my notes");
        return ["layers", "fin7.md", "--out", "taken"];
      },
      1,
      /taken.fin7-enterprise-attack\.json: no JSON.*nothing was written \(--overwrite/,
    ],
    [
      "nothing to look up",
      () => ["lookup", " "],
      2,
      /^attack-scribe: say what to look up: an id, a name or an alias$/m,
    ],
    ["layers without a folder", () => ["layers", "fin7.md"], 2, /--out/],
    [
      "a file for a folder",
      () => ["layers", "fin7.md", "--out", "naikon.md"],
      1,
      /naikon\.md: a file, not a folder; nothing was written/,
    ],
    [
      "a folder below a file",
      () => ["layers", "fin7.md", "--out", "naikon.md/x"],
      1,
      /naikon\.md.x: .*a file, not a folder; nothing was written/,
    ],
    ["a bundle that is none", () => ["data", "build", "fin7.md", "--out", "facts"], 1, /fin7\.md: not JSON/],
    ["a wrong number", () => ["classify", "--top", "0"], 2, /whole number/],
  ];
  for (const [name, args, code, expected] of failures) {
    it(`should fail in one line on ${name}`, () => {
      const ran = run(args());
      assert.equal(ran.code, code, ran.err);
      assert.match(ran.err, expected);
      assert.equal(one(ran.err).split("\n").length, 1, ran.err);
      assert.equal(ran.out, "");
    });
  }

  it("should not go on for ever where no folder can be made", function () {
    // Elsewhere nothing is there in which no folder can be made.
    if (process.platform !== "linux") this.skip();
    const { code, err } = run(["layers", "fin7.md", "--out", "/proc/x/y"]);
    assert.equal(code, 1);
    assert.match(err, /^attack-scribe: \/proc\/x\/y: .*; nothing was written$/m);
  });

  it("should warn of a report without text and of layers that there are not", () => {
    file("empty.md", "---\ntitle: x\n---\n");
    file("rain.md", "It rained.\n");
    const [map, empty, rain] = [
      run(["map", "empty.md"]),
      run(["layers", "empty.md", "--out", "none", "--quiet"]),
      run(["layers", "rain.md", "--out", "none"]),
    ];
    assert.deepEqual([map.code, empty.code, rain.code], [0, 0, 0]);
    assert.equal(one(map.err), "attack-scribe: empty.md: holds no text to map");
    assert.equal((JSON.parse(map.out) as { campaigns: unknown[] }).campaigns.length, 0);
    assert.equal(
      one(rain.err),
      "attack-scribe: rain.md: no campaign with techniques is described; no layer was written",
    );
    assert.match(empty.err, /holds no text to map\n.*no layer was written\n$/);
    assert.equal(empty.out, "");
  });

  it("should cut nothing where no terminal shows it, and list techniques as tactics follow each other", () => {
    const words = "in the long and winding words of a sentence that has no end ".repeat(3);
    file("wide.md", `FIN7 used T1486 ${words}.\n\nFIN7 used T1078, and FIN7 used T1547.001.\n`);
    const { out } = run(["layers", "wide.md", "--out", "wide"]);
    assert.doesNotMatch(out, /…/);
    assert.deepEqual(
      [...out.matchAll(/^ {2}(T\d{4}(?:\.\d{3})?) /gm)].map(([, id]) => id),
      ["T1078", "T1547.001", "T1486"],
    );
  });

  it("should write nothing into a folder that it may not write to", function () {
    if (process.getuid?.() === 0 || process.platform === "win32") this.skip();
    const locked = mkdtempSync(join(directory, "locked-"));
    chmodSync(locked, 0o555);
    const { code, err } = run(["layers", "fin7.md", "--out", locked]);
    assert.equal(code, 1);
    assert.match(err, /no permission/);
    assert.deepEqual(readdirSync(locked), []);
  });

  it("should be done with a line of many megabytes within seconds", () => {
    const { code } = run(["map", file("long.md", "a".repeat(10_000_000))]);
    assert.equal(code, 0);
    const { err } = run(["map", file("longer.md", "a".repeat(50_000_000))]);
    assert.match(err, /too large for a report/);
  });

  it("should explain itself with examples", () => {
    for (const command of ["map", "layers", "classify", "lookup", "lint"])
      assert.match(run([command, "--help"]).out, /Examples?:/);
  });
});
