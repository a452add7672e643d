import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { cleanText, escapeXml, shortened } from "../../../src/exports/text.ts";
import { textWidth, wrap } from "../../../src/exports/text-width.ts";
import { catalogue } from "../catalogue.ts";
import { renderSvg } from "../../../src/exports/svg.ts";
import { analysisOf, hostileReport, oneGroup, options, renderText, threeDomains, twoGroups } from "./reports.ts";

/** The words of the picture in the order of drawing, tooltips left out. */
const words = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);

describe("SVG", () => {
  it("should show tactics in the data's order, techniques below them, sub-techniques below theirs", async () => {
    assert.deepEqual(words(await renderText("svg", oneGroup)), [
      "FIN7",
      "ATT&amp;CK: G0046 · Till",
      "Enterprise ATT&amp;CK 18.1: 2 techniques",
      "Execution",
      "Command and",
      "Scripting Interpreter",
      "T1059",
      "PowerShell",
      "T1059.001",
      "Impact",
      "Data Encrypted for",
      "Impact",
      "T1486",
      "Nothing mapped to: Reconnaissance, Resource Development, Initial Access, Persistence, Privilege Escalation, Defense",
      "Evasion, Credential Access, Discovery, Lateral Movement, Collection, Command and Control, Exfiltration",
      "stated by the report",
      "only its sub-techniques",
      "test 1, with MITRE ATT&amp;CK®",
    ]);
  });

  it("should break a title before the letters of a wider font would leave the picture", async () => {
    const shown = words(
      await renderText("svg", twoGroups.replace("Two", "Inside Ratchet: a ransomware program and its affiliates")),
    );
    assert.deepEqual(shown.slice(0, 2), ["Inside Ratchet: a ransomware program and its", "affiliates"]);
  });

  it("should number several campaigns, in cells and legend, and say a marking", async () => {
    const svg = await renderText("svg", twoGroups, { tlp: "amber" });
    const shown = words(svg);
    assert.equal(shown[0], "Two");
    assert.deepEqual(shown.slice(-7), [
      "stated by the report",
      "only its sub-techniques",
      "1",
      "Naikon",
      "2",
      "FIN7",
      "TLP:AMBER · test 1, with MITRE ATT&amp;CK®",
    ]);
    const at = shown.indexOf("T1055");
    assert.deepEqual(shown.slice(at + 1, at + 3), ["1", "2"]);
  });

  it("should set no number of a campaign on a technique's name", async () => {
    const svg = await renderText("svg", "Naikon and FIN7 used T1560.001 and T1056.003. Naikon used T1190.");
    const numbers = (part: string, pattern: RegExp): readonly (readonly number[])[] =>
      [...part.matchAll(pattern)].map((match) => match.slice(1, 4).map(Number));
    const cells = svg
      .split("<g>")
      .map((part) => part.slice(0, part.indexOf("</g>")))
      .filter((part) => part.includes('width="12" height="12"'));
    assert.ok(cells.length >= 3);
    for (const cell of cells) {
      const names = [...cell.matchAll(/<text x="([\d.]+)" y="([\d.]+)" font-size="10.5"[^>]*>([^<]*)</g)];
      const [, x = "", y = "", text = ""] = names.at(-1) ?? [];
      const [right, below] = [Number(x) + textWidth(text, 10.5), Number(y) + 10.5 * 0.22];
      for (const [chipX = 0, chipY = 0] of numbers(cell, /<rect x="([\d.]+)" y="([\d.]+)" width="12" height="12"/g))
        assert.ok(chipX >= right || chipY >= below, `${text}: ${chipX} ${right} ${chipY} ${below}`);
    }
  });

  it("should stack the matrices of several domains", async () => {
    const captions = words(await renderText("svg", threeDomains)).filter((text) => / technique/.test(text));
    assert.deepEqual(
      captions,
      catalogue.domains.map(({ name, version }) => `${escapeXml(name)} ${version}: 1 technique`),
    );
  });

  it("should tell in its tooltips who used a technique by which words", async () => {
    assert.match(
      await renderText("svg", oneGroup),
      /<title>T1486 Data Encrypted for Impact \(FIN7\)\nline 5: “Then FIN7 has T1486\.”<\/title>/,
    );
  });

  it("should tell the sure from the unsure by colour, border and number", () => {
    const analysis = analysisOf("FIN7 exploited CVE-2021-44228 and used T1055.\n");
    const drawn = (confidence: number): readonly [string | undefined, readonly string[]] => {
      const campaigns = analysis.campaigns.map((campaign) => ({
        ...campaign,
        techniques: campaign.techniques.map((one) => (one.status === "inferred" ? { ...one, confidence } : one)),
      }));
      const picture = renderSvg({ ...analysis, campaigns }, catalogue, options);
      const frame = /<g><title>T1190[^<]*<\/title><rect [^>]*rx="2" ([^>]*)\/>/.exec(picture)?.[1];
      return [frame, words(picture).filter((text) => / · 0|described|stated/.test(text))];
    };
    assert.deepEqual(drawn(0.9), [
      'fill="#deebf7" stroke="#8c8c8c" stroke-width=".8" stroke-dasharray="3 2"',
      ["T1190 · 0.90", "stated by the report", "described by its words"],
    ]);
    assert.deepEqual(drawn(0.31), [
      'fill="#f7fbff" stroke="#8c8c8c" stroke-width=".8" stroke-dasharray="1 2.5"',
      ["T1190 · 0.31", "stated by the report", "described, unsure (below 0.5)"],
    ]);
  });

  it("should be light or dark", async () => {
    const page = async (theme: "light" | "dark"): Promise<string | undefined> =>
      /<rect width="\d+" height="\d+" fill="(#\w+)"/.exec(await renderText("svg", oneGroup, { theme }))?.[1];
    assert.deepEqual([await page("light"), await page("dark")], ["#ffffff", "#16191d"]);
  });

  it("should hold no markup but its own", async () => {
    const svg = await renderText("svg", hostileReport('<script>alert("x")</script><image href="x"/>'));
    assert.deepEqual([...new Set([...svg.matchAll(/<(\w+)/g)].map(([, tag]) => tag))].sort(), [
      "desc",
      "g",
      "path",
      "rect",
      "svg",
      "text",
      "title",
    ]);
  });

  it("should be no wider than a page for a report of everything", async () => {
    const all = catalogue
      .objects("technique")
      .filter(({ revoked, deprecated, domains }) => !revoked && !deprecated && domains.includes("enterprise-attack"));
    const svg = await renderText("svg", `FIN7 used ${all.map(({ id }) => id).join(", ")}.`);
    assert.ok(Number(/width="(\d+)"/.exec(svg)?.[1]) < 1000);
    for (const { id } of all) assert.ok(svg.includes(`>${id}</text>`), id);
  });
});

describe("text in pictures", () => {
  it("should break at spaces, behind hyphens and slashes, and inside words that are too long", () => {
    assert.deepEqual(wrap("Exploit Public-Facing Application", 90, 10), ["Exploit Public-", "Facing", "Application"]);
    assert.deepEqual(wrap("Scheduled Task/Job", 90, 10), ["Scheduled Task/", "Job"]);
    assert.deepEqual(wrap("", 90, 10), []);
    assert.ok(wrap("x".repeat(60), 90, 10).length > 2);
  });

  it("should never be wider than asked for, nor lose a letter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), fc.integer({ min: 30, max: 200 }), (text, width) => {
        const lines = wrap(text, width, 10);
        for (const line of lines) assert.ok(textWidth(line, 10) <= width || Array.from(line).length === 1, line);
        assert.equal(lines.join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
      }),
    );
  });

  it("should hold only characters of XML", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const clean = cleanText(text);
        assert.equal(clean.length, text.length);
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(clean, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
        assert.doesNotMatch(escapeXml(text), /[<>"']|&(?!(?:amp|lt|gt|quot|apos);)/);
      }),
    );
  });

  it("should be cut at a word, and at no half of a character", () => {
    assert.equal(shortened("one two three", 9), "one two …");
    assert.equal(shortened("one two", 9), "one two");
    assert.equal(shortened("🦊".repeat(9), 7), "🦊🦊 …");
  });
});
