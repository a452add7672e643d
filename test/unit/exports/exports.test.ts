import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { SaxesParser } from "saxes";
import { strFromU8, unzipSync } from "fflate";
import { exportFormats } from "../../../src/exports/exports.ts";
import { asTlpLevel, tlpOf } from "../../../src/exports/tlp.ts";
import { optionsOf } from "../../../src/exports/export.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { hostileReport, hostileTexts, oneGroup, render, renderText, threeDomains, twoGroups } from "./reports.ts";

const lent = { rasterise: (svg: string): Promise<Uint8Array> => Promise.resolve(new TextEncoder().encode(svg)) };

/** Throws where XML is not well-formed or holds what is no character of it. */
function checkXml(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
}

describe("exports", () => {
  it("should each have an id, a title and an ending of their own words", () => {
    const ids = exportFormats.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const { id, title, extension, mediaType } of exportFormats) {
      assert.match(id, /^[a-z]+$/);
      assert.ok(title.length > 0);
      assert.match(extension, /^[a-z.]+$/);
      assert.match(mediaType, /^[a-z]+\/./);
    }
  });

  for (const { id } of exportFormats) {
    describe(id, () => {
      it("should give the same bytes for the same report", async () => {
        for (const text of [oneGroup, twoGroups, threeDomains])
          assert.deepEqual(await render(id, text, lent), await render(id, text, lent));
      });

      it("should say that there is nothing to export rather than export nothing", async () => {
        await assert.rejects(() => render(id, "# Weather\n\nIt rained.\n", lent), /nothing to export/);
        await assert.rejects(() => render(id, oneGroup, { ...lent, campaigns: ["nobody"] }), /nothing to export/);
      });

      it("should survive hostile texts", async () => {
        for (const text of hostileTexts) {
          const content = await render(id, hostileReport(text), lent);
          assert.ok(content.length > 0);
          if (typeof content === "string" && id !== "navigator") assert.doesNotMatch(content, /\p{Surrogate}/u);
        }
      });
    });
  }

  it("should be well-formed XML where they are XML", async () => {
    for (const text of hostileTexts) {
      checkXml(await renderText("svg", hostileReport(text)));
      const workbook = await render("xlsx", hostileReport(text));
      assert.ok(workbook instanceof Uint8Array);
      for (const part of Object.values(unzipSync(workbook))) checkXml(strFromU8(part));
    }
  });

  it("should need a rasteriser for pixels alone", async () => {
    await assert.rejects(() => render("png", oneGroup), /PNG/);
    const content = await render("png", oneGroup, lent);
    assert.ok(content instanceof Uint8Array);
    assert.match(new TextDecoder().decode(content), /^<svg /);
  });

  it("should hold all layers in one Navigator file, and a single one as itself", async () => {
    const layers = JSON.parse(await renderText("navigator", twoGroups)) as { name: string }[];
    assert.deepEqual(
      layers.map(({ name }) => name),
      ["Naikon", "FIN7", "Two (combined)"],
    );
    assert.equal((JSON.parse(await renderText("navigator", oneGroup)) as { name: string }).name, "FIN7");
  });
});

/** What a report says, and the marking that it means. */
const markings: readonly (readonly [string, string | undefined])[] = [
  ["---\ntlp: AMBER+STRICT\n---\n\nText.", "amber+strict"],
  ["---\ntlp: TLP:RED\n---\n\nTLP:CLEAR", "red"],
  ["---\ntlp: purple\n---\n\nTLP:CLEAR", undefined],
  ["**TLP:WHITE**\n\nText.", "clear"],
  ["TLP: GREEN\n\nThis is TLP:GREEN.", "green"],
  ["TLP:AMBER is less than TLP:RED.", undefined],
  ["AMBER alert.", undefined],
];

describe("what a report says of itself", () => {
  for (const [text, expected] of markings)
    it(`should be ${expected ?? "no marking"} for ${JSON.stringify(text)}`, () =>
      assert.equal(tlpOf(parseReport(text, { path: "x.md" })), expected));

  it("should know the levels of both versions of TLP", () => {
    assert.deepEqual(["TLP:WHITE", "tlp: Clear", "amber+strict", "blue"].map(asTlpLevel), [
      "clear",
      "clear",
      "amber+strict",
      undefined,
    ]);
  });

  it("should hold address and date", () => {
    const of = (matter: string): object => optionsOf(parseReport(`---\n${matter}\n---\n\nText.\n`, { path: "x.md" }));
    assert.deepEqual(of("url: https://example.com/r\ndate: 2026-02-28"), {
      reportUrl: "https://example.com/r",
      date: "2026-02-28T00:00:00.000Z",
    });
    assert.deepEqual(of("date: 2026-02-28T10:00:00+02:00"), { date: "2026-02-28T08:00:00.000Z" });
    assert.deepEqual(of("date: 28 February 2026"), {});
    assert.deepEqual(of("date: 2026-99-99"), {});
  });
});
