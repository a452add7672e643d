import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv";
import { describe, it } from "mocha";
import manifest from "../../../package.json" with { type: "json" };
import { analyse } from "../../../src/analysis.ts";
import { toSarif } from "../../../src/cli/sarif.ts";
import { rules } from "../../../src/lint/rules.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly charOffset: number;
  readonly charLength: number;
}
interface Change {
  readonly replacements: readonly {
    readonly deletedRegion: Region;
    readonly insertedContent?: { readonly text: string };
  }[];
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
      readonly region: Region;
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly Change[];
  }[];
}
interface Log {
  readonly runs: readonly [
    {
      readonly columnKind: string;
      readonly originalUriBaseIds: object;
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly helpUri: string;
            readonly help: { readonly text: string };
            readonly defaultConfiguration: { readonly level: string };
          }[];
        };
      };
      readonly results: readonly Result[];
    },
  ];
}

const sarifOf = (...reports: readonly (readonly [path: string, text: string])[]): Log =>
  toSarif(
    reports.map(([path, text]) => {
      const source = parseReport(text, { path, format: "markdown" });
      return { source, analysis: analyse(source, catalogue) };
    }),
    "/work",
  ) as Log;

const resultsOf = (text: string): readonly Result[] => sarifOf(["x.md", text]).runs[0].results;
const regionOf = ({ locations }: Result): Region | undefined => locations[0]?.physicalLocation.region;

const require = createRequire(import.meta.url);
const {
  $schema: _draft4,
  id: _address,
  ...schema
} = JSON.parse(
  readFileSync(join(require.resolve("@microsoft/jest-sarif"), "..", "schemas", "sarif-2.1.0-rtm.5.json"), "utf8"),
) as Readonly<Record<string, unknown>>;
// It is written in draft 4, in words that mean the same in the draft that ajv reads.
// The schema's formats only say what its patterns say, too; ajv itself knows none.
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile(
  schema,
);

const everyFault = `\uFEFF# Faults 😀\r\n\r\n😀 It is T9999, T1086 and [x](https://attack.mitre.org/wiki/Group/G0007).\r\n\r\nPowerShell (T1059.003) asked 45.77.1.9; Sednit.\r\n\r\n<!-- attack: nonsense! -->\r\n\r\n| Tactic | Technique |\r\n|---|---|\r\n| Impact | T1566.001 |\r\n| Impact | T1566.001 |\r\n`;

describe("SARIF", () => {
  for (const [what, reports] of [
    ["no report", []],
    ["no finding", [["x.md", "It rained."]]],
    [
      "every kind of finding",
      [
        ["x.md", everyFault],
        ["a b/ü#?.md", "T9999"],
        ["/work/in/y.md", "T9999"],
        ["/else/z.md", "T9999"],
      ],
    ],
  ] as readonly (readonly [string, readonly (readonly [string, string])[]])[])
    it(`should follow OASIS's schema for ${what}`, () => {
      assert.equal(validate(sarifOf(...reports)), true, JSON.stringify(validate.errors?.slice(0, 3)));
    });

  it("should be refused by the schema where it is wrong", () =>
    assert.equal(validate({ ...sarifOf(), version: "2.0.0" }), false));

  it("should tell of every rule what it looks for, what to do, where to read on and how severe it is", () => {
    const [{ tool, results }] = sarifOf(["x.md", everyFault]).runs;
    assert.deepEqual(
      tool.driver.rules.map(({ id, help, defaultConfiguration: { level } }) => [id, help.text, level]),
      rules.map(({ id, help, severity }) => [
        id,
        help,
        severity === "error" || severity === "warning" ? severity : "note",
      ]),
    );
    const home = manifest.repository.url.replace(/\.git$/u, "");
    assert.ok(tool.driver.rules.every(({ id, helpUri }) => helpUri === `${home}/blob/main/docs/rules.md#${id}`));
    assert.ok(results.length > 8);
    assert.ok(results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId));
  });

  /** Text; lines and columns "1:2-1:5" of what is found, in UTF-16 units, without a byte order mark. */
  for (const [text, expected] of [
    ["T9999", "1:1-1:6"],
    ["\uFEFFT9999", "1:1-1:6"],
    ["😀 T9999", "1:4-1:9"],
    ["a\r\nb T9999\r\n", "2:3-2:8"],
    ["\uFEFFa\n\nT9999\n", "3:1-3:6"],
  ] as const)
    it(`should say where ${JSON.stringify(text)} is wrong`, () => {
      const [result] = resultsOf(text);
      const region = result && regionOf(result);
      assert.ok(region);
      assert.equal(`${region.startLine}:${region.startColumn}-${region.endLine}:${region.endColumn}`, expected);
      const plain = text.replace("\uFEFF", "");
      assert.equal(plain.slice(region.charOffset, region.charOffset + region.charLength), "T9999");
    });

  it("should tell paths below its folder by themselves, and others whole", () => {
    const uris = sarifOf(
      ["./a b/ü#?.md", "T9999"],
      ["/work/in/y.md", "T9999"],
      ["/else/z.md", "T9999"],
      ["../z.md", "T9999"],
    ).runs[0].results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation);
    assert.deepEqual(
      uris.slice(0, 3).map((uri) => [uri?.uri, uri?.uriBaseId]),
      [
        ["a%20b/%C3%BC%23%3F.md", "%SRCROOT%"],
        ["in/y.md", "%SRCROOT%"],
        ["file:///else/z.md", undefined],
      ],
    );
    assert.match(uris[3]?.uri ?? "", /^file:\/\/\/.*\/z\.md$/u);
  });

  it("should keep fingerprints when something else is edited, and tell alike findings apart", () => {
    const printsOf = (text: string): readonly string[] =>
      resultsOf(text).map(({ partialFingerprints }) => partialFingerprints["attackScribe/v1"] ?? "");
    const text = "It is T9999.\n\nIt is T9999.\n\nIt was T9998.\n";
    const prints = printsOf(text);
    assert.equal(new Set(prints).size, 3);
    assert.deepEqual(printsOf(`# New\n\nSome words.\n\n${text.replaceAll("\n", "\r\n")}`), prints);
    assert.deepEqual(printsOf(text.replace("It was", "It may be")).slice(0, 2), prints.slice(0, 2));
    assert.notEqual(printsOf(text.replace("It was", "It may be"))[2], prints[2]);
  });

  it("should offer fixes that mend the text where they say", () => {
    const text = "a\n\n😀 It is T1086, from 45.77.1.9.\n";
    const lines = text.split("\n");
    const mended = resultsOf(text).flatMap(({ fixes }) =>
      (fixes ?? []).map(({ description, artifactChanges }) => {
        const [replacement] = artifactChanges[0]?.replacements ?? [];
        assert.ok(replacement);
        const { startLine, startColumn, endLine, endColumn } = replacement.deletedRegion;
        const before = [...lines.slice(0, startLine - 1), lines[startLine - 1]?.slice(0, startColumn - 1)].join("\n");
        const behind = [lines[endLine - 1]?.slice(endColumn - 1), ...lines.slice(endLine)].join("\n");
        return [description.text, before + (replacement.insertedContent?.text ?? "") + behind];
      }),
    );
    assert.deepEqual(mended, [
      ["Write T1059.001", text.replace("T1086", "T1059.001")],
      ["Write 45.77.1[.]9", text.replace("45.77.1.9", "45.77.1[.]9")],
      ["Allow 45.77.1.9 in this report", `---\nattack: { allow: [45.77.1.9] }\n---\n\n${text}`],
    ]);
  });
});
