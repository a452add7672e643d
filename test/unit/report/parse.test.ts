import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseReport } from "../../../src/report/parse.ts";
import { toSource } from "../../../src/report/report.ts";

const parse = (source: string, path = "x.md"): ReturnType<typeof parseReport> => parseReport(source, { path });

/** Markdown, and its blocks as "kind: text". */
const blockCases: readonly (readonly [string, string, readonly string[]])[] = [
  ["emphasis and links", "A **bold** [name](https://a.example/x) and `code`.", ["paragraph: A bold name and code."]],
  ["a reference link", "See [the page][1].\n\n[1]: https://a.example\n", ["paragraph: See the page."]],
  ["an image", "![a diagram](x.png) shows it", ["paragraph: a diagram shows it"]],
  ["entities and escapes", "AT&amp;T &mdash; 5 \\* 3 &#8211; ok", ["paragraph: AT&T — 5 * 3 – ok"]],
  ["inline HTML", "Uses <b>Mimikatz</b><br>twice", ["paragraph: Uses Mimikatz\ntwice"]],
  ["a comment in a line", "one <!-- two --> three", ["paragraph: one  three"]],
  ["a soft break", "Threat\nGroup-3390", ["paragraph: Threat\nGroup-3390"]],
  ["a hard break", "one  \ntwo", ["paragraph: one\ntwo"]],
  ["headings", "# One #\n\nTwo\n---\n", ["heading: One", "heading: Two"]],
  [
    "headings with numbers, underlined",
    "1. One\n------\n\nText.\n\n 2) Two\n=====\n",
    ["heading: 1. One", "paragraph: Text.", "heading: 2) Two"],
  ],
  [
    "no headings of lists",
    "1. One\n2. Two\n---\n\n1. Done.\n---\n",
    ["list-item: One", "list-item: Two", "list-item: Done."],
  ],
  ["nested lists and tasks", "- one\n  - two\n- [x] three\n", ["list-item: one", "list-item: two", "list-item: three"]],
  ["a block quote", "> quoted\n> on two lines\n", ["paragraph: quoted\non two lines"]],
  [
    "a table with an empty cell",
    "| a | b |\n|---|---|\n| 1 |   |\n| 2 | `x` |\n",
    ["table-cell: a", "table-cell: b", "table-cell: 1", "table-cell: 2", "table-cell: x"],
  ],
  ["a fenced block", "```sh\nls -la\n\nid\n```\n", ["code: ls -la\n\nid"]],
  ["an indented block", "para\n\n    whoami\n", ["paragraph: para", "code: whoami"]],
  ["footnotes", "Text[^1].\n\n[^1]: The note.\n", ["paragraph: Text.", "footnote: The note."]],
  ["strikethrough", "~~old~~ new", ["paragraph: old new"]],
  ["an HTML block", "<div>\n<p>Uses T1055</p><script>var T1059;</script>\n</div>\n", ["html: \n\n\nUses T1055"]],
  ["front matter", "---\ntitle: x\n---\nText\n", ["paragraph: Text"]],
];

describe("parseReport", () => {
  for (const [name, source, expected] of blockCases) {
    it(`should read ${name}`, () => {
      assert.deepEqual(
        parse(source).blocks.map(({ kind, text }) => `${kind}: ${text}`),
        expected,
      );
      const crlf = parse(source.replaceAll("\n", "\r\n"));
      assert.deepEqual(
        crlf.blocks.map(({ kind, text }) => `${kind}: ${text}`),
        expected,
        "with CRLF",
      );
    });
  }

  it("should give table cells their header, row and column", () => {
    const { blocks } = parse("| Tactic | ID |\n|---|---|\n| Impact | T1486 |\n");
    assert.deepEqual(blocks.at(-1)?.table, { table: 0, row: 1, column: 1, header: "ID" });
  });

  it("should give code its language", () => {
    assert.equal(parse("```PowerShell -x\nls\n```").blocks[0]?.language, "powershell");
  });

  it("should nest sections by their headings", () => {
    const { sections } = parse("# A\n\n## B\n\ntext\n\n# C\n");
    assert.deepEqual(
      sections.map(({ level, path }) => [level, path.join("/")]),
      [
        [0, ""],
        [1, "A"],
        [2, "A/B"],
        [1, "C"],
      ],
    );
    assert.equal(sections[1]?.end, sections[3]?.start);
  });

  it("should map a name behind markup back to its place", () => {
    const source = "\uFEFFÄ 🦊 **Cobalt\r\nStrike**!";
    const [block] = parse(source).blocks;
    const at = block?.text.indexOf("Cobalt") ?? -1;
    assert.ok(block);
    assert.equal(toSource(block, at), source.indexOf("Cobalt"));
    assert.equal(toSource(block, at + "Cobalt\nStrike".length, "end"), source.indexOf("**!"));
  });

  it("should find the addresses of links, images and bare URLs", () => {
    const { blocks } = parse(
      "[a](https://a.example/1) ![b](c.png) https://d.example [e]\n\n[e]: <https://e.example>\n",
    );
    assert.deepEqual(
      blocks[0]?.links.map(({ url, image }) => [url, image]),
      [
        ["https://a.example/1", false],
        ["c.png", true],
        ["https://d.example", false],
        ["<https://e.example>", false],
      ],
    );
  });

  it("should take the title from front matter, a heading, the first sentence or the file's name", () => {
    assert.equal(parse("---\ntitle: One\n---\n# Two\n").title, "One");
    assert.equal(parse("text\n\n# Two\n").title, "Two");
    assert.equal(parse("First. Second.").title, "First");
    assert.equal(parse("", "a/b/report.md").title, "report");
  });

  it("should read plain text without a thought of Markdown", () => {
    const { blocks } = parse("# not a heading\n\n* not a list\n", "x.txt");
    assert.deepEqual(
      blocks.map(({ kind, text }) => `${kind}: ${text}`),
      ["paragraph: # not a heading", "paragraph: * not a list"],
    );
  });
});

const frontMatterCases: readonly (readonly [string, string, RegExp])[] = [
  ["YAML that is none", "---\na: [1\n---\n", /no valid YAML/],
  ["an unknown field", "---\nattack: { campaign: X }\n---\n", /no field "campaign"/],
  ["groups that are no list", "---\nattack: { campaigns: [{ name: X, groups: 3 }] }\n---\n", /"groups" takes a list/],
  ["a campaign without a name", "---\nattack: { campaigns: [{ groups: [G0001] }] }\n---\n", /needs a name/],
  ["attack that is a word", "---\nattack: yes please\n---\n", /"attack" takes/],
  [
    "an alias bomb",
    `---\na: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
      .split("")
      .map(
        (key, at) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${"abcdefg"[at] ?? ""}`)
            .join(",")}]`,
      )
      .join("\n")}\n---\n`,
    /front matter/,
  ],
];

describe("front matter", () => {
  for (const line of ["\n", "\r\n"])
    for (const [what, last] of [
      ["a bracket", "  campaigns: [{ name: DeadRinger }]"],
      ["a brace", 'other: { "a": 1 }'],
      ["a quotation mark", 'title: "One"'],
      ["a word", "title: One"],
    ] as const)
      it(`should be read whatever ends its lines: ${JSON.stringify(line)} behind ${what}`, () => {
        const lines = ["---", "attack:", "  ignore: [T1071]", last, "---", "", "# Two", ""];
        const { frontMatter, problems } = parse(lines.join(line));
        assert.deepEqual(problems, []);
        assert.deepEqual(frontMatter?.ignore, ["T1071"]);
      });

  it("should hold what the author declares", () => {
    const { frontMatter, problems } = parse(
      "---\nattack: { domains: [enterprise-attack], campaigns: [{name: DeadRinger, groups: [G0093, G0019]}, Other], ignore: [t1071] }\n---\n",
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(frontMatter?.domains, ["enterprise-attack"]);
    assert.deepEqual(frontMatter.ignore, ["T1071"]);
    assert.deepEqual(
      frontMatter.campaigns.map(({ name, groups }) => [name, groups]),
      [
        ["DeadRinger", ["G0093", "G0019"]],
        ["Other", []],
      ],
    );
  });

  for (const [name, source, expected] of frontMatterCases) {
    it(`should report ${name}`, () => assert.match(parse(source).problems[0]?.message ?? "", expected));
  }
});

/** Source with a directive; the words of its scope. */
const scopeCases: readonly (readonly [string, string, string])[] = [
  ["a campaign at the top holds to the end", "<!-- attack: campaign A -->\n# H\n\ntext", "# H\n\ntext"],
  [
    "a campaign under a heading holds for its section",
    "# H\n<!-- attack: campaign A -->\none\n\n# I\n\ntwo",
    "<!-- attack: campaign A -->\none\n\n",
  ],
  [
    "a campaign ends at the next",
    "<!-- attack: campaign A -->\n\none\n\n<!-- attack: campaign B -->\n\ntwo",
    "<!-- attack: campaign A -->\n\none\n\n",
  ],
  [
    "ignore in a line holds for its block",
    "one\n\ntwo T1190 <!-- attack: ignore T1190 -->\n\nthree",
    "two T1190 <!-- attack: ignore T1190 -->",
  ],
  [
    "ignore on a line of its own holds everywhere",
    "one\n\n<!-- attack: ignore T1190 -->\n\nthree",
    "one\n\n<!-- attack: ignore T1190 -->\n\nthree",
  ],
  ["ids hold for the sentence before them", "One. Two. <!-- attack: T1190, T1505.003 -->", "Two."],
  ["ids on a line of their own hold for the block before", "One.\n\n<!-- attack: T1190 -->\n\nThree.", "One."],
];

describe("directives", () => {
  for (const [name, source, scope] of scopeCases) {
    it(name, () => {
      const { directives, problems } = parse(source);
      assert.deepEqual(problems, []);
      const found = directives[0]?.scope;
      assert.equal(source.slice(found?.start, found?.end), scope);
    });
  }

  it("should report what can't be understood", () => {
    assert.match(
      parse("<!-- attack: frobnicate the thing -->").problems[0]?.message ?? "",
      /campaign NAME, by NAME, ignore IDS, or IDS/,
    );
    assert.match(parse("<!-- attack: campaign -->").problems[0]?.message ?? "", /needs a name/);
  });

  it("should leave other comments alone", () => {
    const { directives, problems, comments } = parse("<!-- attack of the clones -->\n\n<!-- TODO -->");
    assert.deepEqual([directives, problems, comments.length], [[], [], 2]);
  });
});
