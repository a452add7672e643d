import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { analyse, analyseInSteps, type Analysis } from "../../src/analysis.ts";
import { loadBundledLexicon, loadBundledModel } from "../../src/cli/bundled-data.ts";
import { MarkdownMemory } from "../../src/report/markdown.ts";
import { parseReport, readReport } from "../../src/report/parse.ts";
import type { Report } from "../../src/report/report.ts";
import { finish } from "../../src/steps.ts";
import { catalogue } from "./catalogue.ts";
import { piece } from "./report/pieces.ts";

const project = join(import.meta.dirname, "..", "..");
const options = {
  lexicon: loadBundledLexicon(join(project, "data")),
  model: loadBundledModel(join(project, "data")),
};

/** Long enough for the parser to keep what stands round it. */
const paragraph =
  "\n\nThe operators sent spearphishing attachments and dumped LSASS memory with Mimikatz, which Naikon had used before.\n\n";
const text = fc.array(fc.oneof(piece, fc.constant(paragraph)), { maxLength: 60 }).map((pieces) => pieces.join(""));

interface Edit {
  /** 0–1, of the text's length. */
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(20),
  added: fc.array(fc.oneof(piece, fc.constant(paragraph)), { maxLength: 3 }).map((pieces) => pieces.join("")),
});

function edited(source: string, { at, removed, added }: Edit): string {
  const start = Math.floor(at * source.length);
  return source.slice(0, start) + added + source.slice(start + removed);
}

/** An author's editor: one memory from version to version. */
class Author {
  private readonly memory = new MarkdownMemory();

  read(source: string): { readonly report: Report; readonly analysis: Analysis } {
    const report = finish(readReport(source, { path: "x.md" }, this.memory));
    return { report, analysis: finish(analyseInSteps(report, catalogue, options)) };
  }

  /** Begins to read and leaves off after some steps, as when the next key comes. */
  begin(source: string, steps: number): void {
    const reading = readReport(source, { path: "x.md" }, this.memory);
    for (let step = 0; step < steps && !reading.next().done; step += 1);
  }
}

function assertSame(author: Author, source: string): void {
  const { report, analysis } = author.read(source);
  const whole = parseReport(source, { path: "x.md" });
  assert.deepEqual(report, whole);
  assert.deepEqual(analysis, analyse(whole, catalogue, options));
}

describe("reading a report again after an edit", () => {
  it("should give what reading all of it gives, whatever was edited", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 6 }), (source, edits) => {
        const author = new Author();
        assertSame(author, source);
        let version = source;
        for (const next of edits) assertSame(author, (version = edited(version, next)));
      }),
      { numRuns: 150 },
    );
  });

  const dependent: readonly (readonly [what: string, before: string, after: string])[] = [
    ["code whose indentation goes", `\t# Title${paragraph}`, `# Title${paragraph}`],
    ["a paragraph before lines that become no table", `a\n| b |\n|---|${paragraph}`, `a\n| b |\n|---|x${paragraph}`],
    ["an item that becomes a paragraph", `- a\n\n  b${paragraph}`, `a\n\n  b${paragraph}`],
  ];
  for (const [what, before, after] of dependent)
    it(`should read what depends on what changed: ${what}`, () => {
      const author = new Author();
      assertSame(author, before);
      assertSame(author, after);
    });

  it("should not be misled by a reading that was broken off", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(text, edit, edit, fc.nat(30), (source, first, second, steps) => {
        const author = new Author();
        author.read(source);
        const version = edited(source, first);
        author.begin(version, steps);
        assertSame(author, edited(version, second));
      }),
      { numRuns: 80 },
    );
  });

  for (const name of ["deadringer.md", "harbour-lantern-advisory.md"]) {
    it(`should follow somebody who types into ${name}`, function () {
      this.timeout(60_000);
      const author = new Author();
      const source = readFileSync(join(project, "samples", name), "utf8");
      const typed = " They dumped LSASS memory. <!-- attack: T1190 -->\n\n## Naikon\n\n";
      const at = source.indexOf("\n\n", source.length / 2);
      for (let length = 0; length <= typed.length; length += 3)
        assertSame(author, source.slice(0, at) + typed.slice(0, length) + source.slice(at));
    });
  }

  // Versions are compared in stretches of 1024.
  for (const at of [1, 1023, 1024, 1025, 2048, 3000, 4095, 4096])
    it(`should find a change at ${at} of the same letters, from either end`, () => {
      const letters = "a ".repeat(2048);
      for (const [before, after] of [
        [letters, `${letters.slice(0, at)}**a** ${letters.slice(at)}`],
        [letters, `${letters.slice(0, -at)}**a** ${letters.slice(-at)}`],
        [letters, letters.slice(0, at) + letters.slice(at + 2)],
        [`${letters}${paragraph}`, letters.slice(0, at)],
      ] as const) {
        const memory = new MarkdownMemory();
        for (const source of [before, after, before])
          assert.deepEqual(finish(readReport(source, { path: "x.md" }, memory)), parseReport(source, { path: "x.md" }));
      }
    });

  it("should read only what changed", () => {
    const author = new Author();
    const source = `# Report\n${paragraph.repeat(40)}`;
    const before = author.read(source).report.blocks;
    const after = author.read(source.replace("The operators", "The intruders")).report.blocks;
    const read = after.filter(({ own }) => !before.some((block) => block.own === own));
    assert.ok(read.length > 0 && read.length <= 4, `${read.length} of ${after.length} blocks were read again`);
  });

  it("should notice that a link is defined elsewhere, or no longer", () => {
    const author = new Author();
    const linked = (source: string): readonly string[] =>
      author.read(source).report.blocks.flatMap(({ links }) => links.map(({ url }) => url));
    const words = `See [the post][post].${paragraph}`;
    assert.deepEqual(linked(words), []);
    assert.deepEqual(linked(`${words}[post]: https://a.example/\n`), ["https://a.example/"]);
    assert.deepEqual(linked(`${words}[post]: https://b.example/\n`), ["https://b.example/"]);
    assert.deepEqual(linked(words), []);
  });
});
