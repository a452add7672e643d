import assert from "node:assert/strict";
import { CueSyntaxError, parseCue, plainPhrases, type CueSequence } from "../../../../src/mapping/lexicon/pattern.ts";
import { stem } from "../../../../src/mapping/lexicon/stem.ts";

/** The AST in one line: words, `=Exact`, `<3>` for gaps, `(a|b)` and `[a|b]`. */
const shown = (parts: CueSequence): string =>
  parts
    .map((part) => {
      if (part.kind === "word") return `${part.exact ? "=" : ""}${part.text}`;
      if (part.kind === "gap") return `<${part.most}>`;
      const inside = part.alternatives.map(shown).join("|");
      return part.optional ? `[${inside}]` : `(${inside})`;
    })
    .join(" ");

describe("cue patterns", () => {
  const good: readonly (readonly [pattern: string, ast: string])[] = [
    ["dump credential", "dump credential"],
    ["(create|register) [a|the new] scheduled task", "(create|register) [a|the new] scheduled task"],
    ["schtasks .. create", "schtasks <3> create"],
    ["runs ... minutes", "runs <8> minutes"],
    ["=LSASS memory", "=LSASS memory"],
    ["lsass.exe", "lsass exe"],
    ["/etc/shadow", "etc shadow"],
    ["=Get-Process", "=Get =Process"],
    ["C&C & server", "C C server"],
    ["(SAM|hive) of IT, not it", "(=SAM|hive) of =IT not it"],
    ["(a (b|c)|d .. e) f", "(a (b|c)|d <3> e) f"],
  ];
  for (const [pattern, ast] of good) it(`reads ${pattern}`, () => assert.equal(shown(parseCue(pattern)), ast));

  const bad: readonly (readonly [pattern: string, problem: RegExp, position: number])[] = [
    ["", /no word/, 1],
    ["(* * *)", /empty alternative/, 2],
    ["a (b|) c", /empty alternative/, 6],
    ["a (b|c", /"\(" without "\)"/, 3],
    ["a (b|c]", /"\]" where "\)" must stand/, 7],
    ["a | b", /outside of brackets/, 3],
    ["a ) b", /closes nothing/, 3],
    [".. a", /nothing before it/, 1],
    ["a ..", /nothing behind it/, 4],
    ["a .... b", /no longer/, 3],
    ["a = b", /without its word/, 3],
    ["[a] [b]", /optional/, 1],
    ["(((((a)))))", /too deep/, 5],
  ];
  for (const [pattern, problem, position] of bad)
    it(`refuses ${pattern}`, () =>
      assert.throws(
        () => parseCue(pattern),
        (error) => error instanceof CueSyntaxError && problem.test(error.problem) && error.position === position,
      ));

  it("renders alternatives as plain phrases", () =>
    assert.deepEqual(plainPhrases(parseCue("(dump|steal) [the] .. (hash|ticket)")), [
      "dump hash",
      "dump ticket",
      "steal hash",
      "steal ticket",
    ]));
});

describe("stems", () => {
  const same: readonly string[] = [
    "add adds added adding",
    "sniff sniffs sniffed sniffing",
    "err errs erred erring",
    "control controls controlled controlling",
    "tunnel tunnelled tunneling tunnelling",
    "enrol enroll enrolled enrolling",
    "dump dumps dumped dumping",
    "hide hides hid hidden hiding",
    "copy copies copied copying",
    "schedule schedules scheduled scheduling",
    "process processes processed processing",
    "use uses used using",
    "run runs ran running",
    "steal steals stole stolen stealing",
    "encode encodes encoded encoding",
    "credential credentials Credentials",
    "execute executes executed executing",
    "proxy proxies proxied proxying",
  ];
  for (const row of same)
    it(row, () => assert.equal(new Set(row.split(" ").map(stem)).size, 1, row.split(" ").map(stem).join(" ")));
  const apart: readonly string[] = [
    "dump dumper",
    "access ace",
    "string stre",
    "organization organ",
    "DNS DN",
    "base64 base6",
    "ping p",
  ];
  for (const row of apart) it(`apart: ${row}`, () => assert.equal(new Set(row.split(" ").map(stem)).size, 2));
});
