import assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { annotate } from "../../../src/exports/preview.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue } from "../catalogue.ts";

/** The HTML of a report, annotated by the analysis of `known`, the report itself by default. */
function render(text: string, known = text): string {
  const md = new MarkdownIt({ html: true });
  const report = parseReport(known, { path: "x.md" });
  const analysis = analyse(report, catalogue);
  annotate(md, () => ({ analysis, report, catalogue, theme: "dark" }));
  return md.render(text);
}

const finSeven = '<span class="attack-scribe" title="G0046 FIN7">FIN7</span>';
const injection =
  '<span class="attack-scribe" title="T1055 Process Injection · Privilege Escalation · Defense Evasion">T1055</span>';

const lazarus = '<span class="attack-scribe" title="G0032 Lazarus Group">Lazarus Group</span>';
const cells = (...words: readonly string[]): string =>
  `<table>\n<thead>\n<tr>\n${words.map((each) => `<th>${each}</th>\n`).join("")}</tr>\n</thead>\n</table>\n`;
const group = (words: string): string => `<span class="attack-scribe" title="G0027 Threat Group-3390">${words}</span>`;

const cases: readonly (readonly [string, string, string])[] = [
  ["ids and names", "FIN7 used T1055.", `<p>${finSeven} used ${injection}.</p>\n`],
  ["bold and cells", "**FIN7**", `<p><strong>${finSeven}</strong></p>\n`],
  ["a name that two lines share", "Threat\nGroup-3390", `<p>${group("Threat")}\n${group("Group-3390")}</p>\n`],
  [
    "a name over two lines of a quote, the first with a space at its end",
    "> **FIN7**, Threat \n> Group-3390",
    `<blockquote>\n<p><strong>${finSeven}</strong>, ${group("Threat")}\n${group("Group-3390")}</p>\n</blockquote>\n`,
  ],
  [
    "no name over two cells",
    "FIN7 rests.\n\n*Lazarus Group*\n\n| Lazarus | Group |\n|---|---|\n",
    `<p>${finSeven} rests.</p>\n<p><em>${lazarus}</em></p>\n${cells("Lazarus", "Group")}`,
  ],
  ["nothing in code", "`FIN7`\n\n    FIN7\n", "<p><code>FIN7</code></p>\n<pre><code>FIN7\n</code></pre>\n"],
  ["nothing inside other words", "FIN7 and FIN77.", `<p>${finSeven} and FIN77.</p>\n`],
  ["nothing where nothing is stated", "It rained.", "<p>It rained.</p>\n"],
  ["hostile text as text", "FIN7 <b onclick=x>&amp;", `<p>${finSeven} <b onclick=x>&amp;</p>\n`],
];

/** A name of software that is a word too, in a paragraph that names the software and in one that does not. */
const tool = "FIN7 ran the Net tool.\n\nNet of taxes, FIN7 won.\n";

describe("a report in the preview", () => {
  for (const [name, text, expected] of cases) it(`should show ${name}`, () => assert.equal(render(text), expected));

  it("should be as without the plug-in where nothing is known of it", () => {
    const text = "FIN7 used T1055.\n\n```attack-matrix\n```\n";
    const md = new MarkdownIt({ html: true });
    const plain = md.render(text);
    annotate(md, () => undefined);
    assert.equal(md.render(text), plain);
  });

  it("should mark a name only where it is stated", () => {
    const html = render(tool);
    assert.match(html, /<span class="attack-scribe" title="S0039 Net">Net<\/span>/);
    assert.match(html, /<p>Net of taxes, <span/);
  });

  it("should tell the places of one paragraph apart", () => {
    const text = "Net of taxes, `Net` is dear. FIN7 ran the Net tool.";
    assert.match(render(text), /^<p>Net of taxes, <code>Net<\/code> is dear\. .*>Net<\/span> tool/);
  });

  it("should mark cells of a table by themselves", () => {
    const row = "| Who | What |\n|---|---|\n| FIN7 | T1055 |\n";
    const html = render(row);
    assert.match(html, new RegExp(`<td>${finSeven}</td>`));
    assert.ok(html.includes(`<td>${injection}</td>`), html);
  });

  it("should leave to other plug-ins what they do with text", () => {
    const text = "FIN7 *rests* :tada:";
    const md = new MarkdownIt({ html: true });
    const former = md.renderer.rules.text;
    md.renderer.rules.text = (tokens, index, options, env, self) =>
      (former?.(tokens, index, options, env, self) ?? "").replace(":tada:", "🎉").replace("FIN7", "FIN<wbr>7");
    const report = parseReport(text, { path: "x.md" });
    annotate(md, () => ({ analysis: analyse(report, catalogue), report, catalogue, theme: "dark" }));
    assert.equal(
      md.render(text),
      '<p><span class="attack-scribe" title="G0046 FIN7">FIN<wbr>7</span> <em>rests</em> 🎉</p>\n',
    );
  });

  it("should show what an older version stated", () =>
    assert.equal(render("Now FIN7 rests.", "FIN7 used T1055."), `<p>Now ${finSeven} rests.</p>\n`));

  const story = "# Two\n\n## FIN7\n\nFIN7 used T1055.\n\n## Naikon\n\nNaikon used T1190.\n\n";
  const matrices: readonly (readonly [string, string, RegExp, RegExp])[] = [
    [
      "all campaigns",
      "```attack-matrix\n```\n",
      /<div class="attack-scribe-matrix"><svg [^]*T1055[^]*T1190/,
      /<script/,
    ],
    ["one campaign", "```attack-matrix\ncampaign: Naikon\n```\n", /<svg [^]*T1190/, /T1055<\/text>/],
    [
      "no such campaign",
      "```attack-matrix\ncampaign: <img src=x>\n```\n",
      /No campaign of this report is called &lt;img src=x&gt;\./,
      /<svg/,
    ],
    ["another language", "```js\ncampaign: Naikon\n```\n", /<pre><code class="language-js">/, /<svg/],
  ];
  for (const [name, block, expected, unwanted] of matrices)
    it(`should draw the matrix: ${name}`, () => {
      const html = render(story + block);
      const drawn = html.slice(html.indexOf("Naikon</span> used"));
      assert.match(drawn, expected);
      assert.doesNotMatch(drawn, unwanted);
    });

  it("should draw a matrix that can be read where a preview is narrow", () => {
    const many = "FIN7 used T1190, T1059, T1053, T1055, T1003, T1087, T1021, T1005, T1071, T1041 and T1486.";
    const html = render(`${many}\n\n\`\`\`attack-matrix\n\`\`\`\n`);
    const [, ids = ""] = /<svg([^]*)<\/svg>/.exec(html) ?? [];
    for (const id of many.match(/T\d+/g) ?? []) assert.ok(ids.includes(`>${id}</text>`), id);
    const width = Number(/width="(\d+)"/.exec(ids)?.[1]);
    assert.ok(width < 600, String(width));
  });

  it("should say why there is no matrix", () =>
    assert.match(render("It rained.\n\n```attack-matrix\n```\n"), /<p class="attack-scribe-matrix">no campaign/));
});
