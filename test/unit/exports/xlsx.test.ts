import assert from "node:assert/strict";
import { strFromU8, unzipSync } from "fflate";
import { describe, it } from "mocha";
import { columnName, toWorkbook, type Sheet } from "../../../src/exports/workbook.ts";
import { render, threeDomains, twoGroups } from "./reports.ts";

/** The workbook's files as text, by path. */
async function parts(text: string): Promise<Readonly<Record<string, string>>> {
  const content = await render("xlsx", text);
  assert.ok(content instanceof Uint8Array);
  return unzipped(content);
}

const unzipped = (workbook: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(workbook)).map(([path, bytes]) => [path, strFromU8(bytes)]));

/** Place, type and content of a sheet's cells. */
const cells = (sheet: string | undefined): readonly (readonly [string, string])[] =>
  [...(sheet ?? "").matchAll(/<c r="([A-Z]+\d+)"[^>]*>(?:<is><t[^>]*>([^<]*)<\/t><\/is>|<v>([^<]*)<\/v>)<\/c>/g)].map(
    ([, place = "", text, number]) => [place, text ?? `number ${number ?? ""}`],
  );

const sheetNames = (workbook: string | undefined): readonly string[] =>
  [...(workbook ?? "").matchAll(/<sheet name="([^"]*)"/g)].map(([, name = ""]) => name);

const sheet = (name: string, value: string | number): Sheet => ({
  name,
  widths: [10],
  frozen: 1,
  rows: [[{ value, style: "text" }]],
});

describe("XLSX", () => {
  it("should hold the matrix and the evidence", async () => {
    const files = await parts(twoGroups);
    assert.deepEqual(sheetNames(files["xl/workbook.xml"]), ["Enterprise ATT&amp;CK", "Evidence"]);
    const matrix = new Map(cells(files["xl/worksheets/sheet1.xml"]));
    assert.deepEqual(
      ["A1", "A3", "A4", "A5", "D3", "D4"].map((place) => matrix.get(place)),
      [
        "Two",
        "Execution",
        "Command and Scripting Interpreter\nT1059",
        "PowerShell\nT1059.001\nNaikon",
        "Impact",
        "Data Encrypted for Impact\nT1486\nFIN7",
      ],
    );
    const evidence = new Map(cells(files["xl/worksheets/sheet2.xml"]));
    assert.deepEqual(
      ["A1", "A2", "G2", "J2", "K2", "N2"].map((place) => evidence.get(place)),
      ["Campaign", "Naikon", "T1059.001", "number 1", "number 5", "They used T1055 and T1059.001."],
    );
  });

  it("should have a sheet for each domain", async () => {
    assert.equal(sheetNames((await parts(threeDomains))["xl/workbook.xml"]).length, 4);
  });

  it("should hold no formula, whatever a text looks like", () => {
    for (const text of ["=1+1", "+1", "-1", "@x", " =1", "\t=cmd"]) {
      const xml = unzipped(toWorkbook([sheet("x", text)]))["xl/worksheets/sheet1.xml"] ?? "";
      assert.doesNotMatch(xml, /<f[ >]/);
      const style = Number(/<c r="A1" s="(\d+)" t="inlineStr">/.exec(xml)?.[1]);
      assert.equal(style % 2, 1, text);
    }
    const styles = unzipped(toWorkbook([sheet("x", "y")]))["xl/styles.xml"] ?? "";
    const formats = [...(/<cellXfs.*<\/cellXfs>/s.exec(styles)?.[0] ?? "").matchAll(/<xf [^>]*>/g)].map(([xf]) => xf);
    formats.forEach((xf, index) => assert.equal(xf.includes('quotePrefix="1"'), index % 2 === 1));
  });

  it("should write texts that look like escapes as they are, and cut those that are too long", () => {
    const written = (text: string): string | undefined =>
      new Map(cells(unzipped(toWorkbook([sheet("x", text)]))["xl/worksheets/sheet1.xml"])).get("A1");
    assert.equal(written("_x0041_"), "_x005F_x0041_");
    assert.equal(written("x".repeat(40_000))?.length, 32_767);
  });

  it("should give sheets names that Excel takes", () => {
    const names = sheetNames(
      unzipped(toWorkbook(["a/b:c", "", "x".repeat(40), "x".repeat(40), "'q'"].map((name) => sheet(name, 1))))[
        "xl/workbook.xml"
      ],
    );
    assert.deepEqual(names, ["a b c", "Sheet", "x".repeat(31), `${"x".repeat(27)} (2)`, "q"]);
  });

  it("should count columns in letters", () => {
    assert.deepEqual([0, 25, 26, 51, 52, 701, 702].map(columnName), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
  });
});
