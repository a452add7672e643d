import assert from "node:assert/strict";
import { describe, it } from "mocha";
import manifest from "../../../package.json" with { type: "json" };
import { analyse } from "../../../src/analysis.ts";
import { rules } from "../../../src/lint/rules.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

const deprecated = catalogue.objects("technique").find((technique) => technique.deprecated)?.id ?? "";

/** Text; findings as "severity rule: marked words → fix". */
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["T1055", []],
  ["T9999", ["error unknown-id: T9999"]],
  ["T1059.999", ["error unknown-id: T1059.999"]],
  ["T1086", ["warning revoked-id: T1086 → T1059.001"]],
  ["t1086", ["warning revoked-id: t1086 → t1059.001"]],
  ["https://attack.mitre.org/techniques/T1086/", ["warning revoked-id: T1086 → T1059.001"]],
  [deprecated, [`warning deprecated-id: ${deprecated}`]],
  ["<!-- attack: nonsense here! -->", ["warning directive: <!-- attack: nonsense here! -->"]],
  ["<!-- attack: T9999 -->", ["error unknown-id: T9999"]],
];

describe("lint rules", () => {
  it("should stand in the setting of severities, each with its own as the default", () => {
    const { properties } = manifest.contributes.configuration.properties["attackScribe.rules"];
    assert.deepEqual(
      Object.entries(properties).map(([id, { default: severity, description }]) => ({ id, severity, description })),
      rules.map(({ id, severity, description }) => ({ id, severity, description })),
    );
  });

  for (const [text, expected] of cases) {
    it(text, () => {
      const { findings } = analyse(parseReport(text, { path: "x.md" }), catalogue);
      assert.deepEqual(
        findings.map(
          ({ severity, rule, start, end, fix }) =>
            `${severity} ${rule}: ${text.slice(start, end)}${fix ? ` → ${fix.text}` : ""}`,
        ),
        expected,
      );
    });
  }

  it("should each have an id of its own and a description", () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    assert.ok(rules.every(({ description }) => description.length > 20));
  });
});
