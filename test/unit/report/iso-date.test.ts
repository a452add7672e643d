import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isoDate } from "../../../src/report/iso-date.ts";

const cases: readonly (readonly [text: string, time: string | undefined])[] = [
  ["2026-02-28", "2026-02-28T00:00:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["2026-02-28T10:00", "2026-02-28T10:00:00.000Z"],
  ["2026-02-28 10:00:30", "2026-02-28T10:00:30.000Z"],
  ["2026-02-28T10:00:30.5Z", "2026-02-28T10:00:30.500Z"],
  ["2026-02-28T01:00:00+02:00", "2026-02-27T23:00:00.000Z"],
  ["2026-02-31", undefined],
  ["2026-02-29", undefined],
  ["2026-04-31T10:00", undefined],
  ["2026-13-01", undefined],
  ["2026-00-10", undefined],
  ["0000-01-01", undefined],
  ["12026-01-01", undefined],
  ["28.2.2026", undefined],
  ["2026-02-28x", undefined],
  ["soon", undefined],
  ["", undefined],
];

describe("dates in ISO 8601", () => {
  for (const [text, time] of cases)
    it(`should read “${text}” as ${time ?? "no date"}`, () => {
      assert.equal(isoDate(text), time);
    });
});
