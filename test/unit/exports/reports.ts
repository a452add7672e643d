import { analyse, type Analysis } from "../../../src/analysis.ts";
import type { ExportOptions } from "../../../src/exports/export.ts";
import { exportFormats } from "../../../src/exports/exports.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** What the tests export with unless they say otherwise. */
export const options: ExportOptions = { generator: "test 1", date: "2026-02-28T00:00:00.000Z" };

export const analysisOf = (text: string): Analysis => analyse(parseReport(text, { path: "x.md" }), catalogue);

/** A report in one of the formats. */
export async function render(
  id: string,
  text: string,
  more: Partial<ExportOptions> = {},
): Promise<string | Uint8Array> {
  const format = exportFormats.find((each) => each.id === id);
  if (!format) throw new Error(`no format ${id}`);
  return format.render(analysisOf(text), catalogue, { ...options, ...more });
}

export async function renderText(id: string, text: string, more: Partial<ExportOptions> = {}): Promise<string> {
  const content = await render(id, text, more);
  if (typeof content !== "string") throw new Error(`${id} is no text`);
  return content;
}

export const oneGroup = "# Till\n\nFIN7 used T1059.001.\n\nThen FIN7 has T1486.\n";
export const twoGroups =
  "# Two\n\n## Naikon\n\nThey used T1055 and T1059.001.\n\n## FIN7\n\nThey used T1055 and T1486.\n";
export const threeDomains = "FIN7 used T1055, T0883 and T1660.";

/** Texts that mean something to a format they end up in, or that it can't hold. */
export const hostileTexts: readonly string[] = [
  "<script>alert(1)</script>",
  "]]>",
  "<![CDATA[ x ]]>",
  "&lt;b&gt; & 'x' \"y\"",
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-2",
  "@SUM(A1)",
  "lone \ud800 high",
  "lone \udc00 low",
  "bell \u0007 escape \u001b[31m nul \u0001",
  "not a character \uffff \ufffe",
  "a | pipe, a `tick`, *stars* and <!-- attack: /table -->",
  "_x0041_ and __x000D_",
  "🦊 Füchse \u202e rtl",
];

/** A report of a group whose heading and evidence are such a text. */
export const hostileReport = (text: string): string =>
  `---\ntitle: ${JSON.stringify(text)}\nattack: { campaigns: [{ name: ${JSON.stringify(text)} }] }\n---\n\nWords ${text} T1055 and T1486 words.\n\n${text}: T1190.\n`;
