import type { MarkdownIt, Token } from "markdown-it";
import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { nameKey } from "../attack/names.ts";
import { lineAt, toSource, type Report } from "../report/report.ts";
import type { Theme } from "./export.ts";
import { renderSvg } from "./svg.ts";

/** What is known of the report that is rendered. */
export interface PreviewSource {
  /** Perhaps of an older version of the text. */
  readonly analysis: Analysis;
  readonly report: Report;
  readonly catalogue: Catalogue;
  readonly theme: Theme;
}

/** Fenced blocks of this language become the matrix of the report, or of the campaign that they name. */
export const matrixLanguage = "attack-matrix";

/** A preview beside its text is narrow. */
const matrixColumns = 4;

/** Names in one report that are looked for. */
const mostNames = 2_000;

/**
 * Annotates what a report states of ATT&CK in the HTML that markdown-it makes of it: a tooltip for each id and name, no
 * script, no address. Where `sourceOf` knows nothing of what is rendered, the HTML is as it would be without.
 */
export function annotate(md: MarkdownIt, sourceOf: (env: unknown) => PreviewSource | undefined): void {
  const paragraphs = new WeakMap<Token, Paragraph>();
  // VS Code parses without saying what; only when it renders does the environment name the document.
  md.core.ruler.push("attack_scribe_places", ({ tokens }) => {
    for (const paragraph of paragraphsOf(tokens))
      for (const token of paragraph.runs.flat()) paragraphs.set(token, paragraph);
  });
  const text = md.renderer.rules.text;
  md.renderer.rules.text = (tokens, index, options, env, self) => {
    const token = tokens[index];
    // What other plug-ins make of a text they make of its pieces, too.
    const write = (content: string): string => {
      const piece = tokens.with(index, Object.assign(Object.create(token ?? null) as Token, { content }));
      return text ? text(piece, index, options, env, self) : md.utils.escapeHtml(content);
    };
    const paragraph = token && paragraphs.get(token);
    const source = paragraph && sourceOf(env);
    const pieces = source && piecesOf(paragraph, source.analysis, source.report).get(token);
    if (!token || !source || !pieces) return write(token?.content ?? "");
    return pieces
      .map(({ words, id }) => {
        const object = id === undefined ? undefined : source.catalogue.get(id);
        return object
          ? `<span class="attack-scribe" title="${md.utils.escapeHtml(titleOf(object, source.catalogue))}">${write(words)}</span>`
          : write(words);
      })
      .join("");
  };
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const source = token?.info.trim().split(/\s+/)[0] === matrixLanguage ? sourceOf(env) : undefined;
    if (token && source) return matrixOf(token.content, source, md);
    return fence ? fence(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
}

/** The words of one paragraph, heading, or row of a table, as they are rendered. */
interface Paragraph {
  /** The lines that it stands in, the first from 0, the last excluded. */
  readonly lines: readonly [number, number];
  /**
   * What runs on without a gap, one run a cell in a table: texts and breaks of lines in their order; code and pictures too,
   * whose words stand in the report as well.
   */
  readonly runs: (readonly Token[])[];
}

const isBreak = ({ type }: Token): boolean => type === "softbreak" || type === "hardbreak";
const wordsOf = (token: Token): string => (isBreak(token) ? "\n" : token.content);

function paragraphsOf(tokens: readonly Token[]): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let lines: readonly [number, number] = [0, 0];
  for (const { map, children } of tokens) {
    // Cells of a table have no lines of their own, but their row has.
    if (map) lines = map;
    if (!children) continue;
    const last = found.at(-1);
    const paragraph = last?.lines[0] === lines[0] && last.lines[1] === lines[1] ? last : { lines, runs: [] };
    if (paragraph !== last) found.push(paragraph);
    paragraph.runs.push(children.filter((token) => wordsOf(token) !== ""));
  }
  return found;
}

/** A part of a text; with an id where it stands for an object. */
interface Piece {
  readonly words: string;
  readonly id?: string | undefined;
}

const known = new WeakMap<
  Paragraph,
  { readonly analysis: Analysis; readonly pieces: ReadonlyMap<Token, readonly Piece[]> }
>();

/**
 * Cuts a paragraph's texts where the report states something. Of words that stand there more than once, the first in the page
 * is the first in the report, and so on.
 */
function piecesOf(paragraph: Paragraph, analysis: Analysis, report: Report): ReadonlyMap<Token, readonly Piece[]> {
  const before = known.get(paragraph);
  if (before?.analysis === analysis) return before.pieces;
  const { pattern, byLine } = namesIn(analysis, report);
  const stated = new Map<string, (string | undefined)[]>();
  for (let line = paragraph.lines[0]; line < paragraph.lines[1]; line += 1)
    for (const { words, id } of byLine.get(line) ?? []) stated.set(words, [...(stated.get(words) ?? []), id]);
  const pieces = new Map<Token, readonly Piece[]>();
  if (pattern && stated.size > 0)
    for (const run of paragraph.runs) {
      const marks = [...run.map(wordsOf).join("").matchAll(pattern)].map((match) => {
        const ids = stated.get(oneLine(match[0])) ?? [];
        const id = ids.length > 1 ? ids.shift() : ids[0];
        return { start: match.index, end: match.index + match[0].length, id };
      });
      let [start, next] = [0, 0];
      for (const token of run) {
        const end = start + wordsOf(token).length;
        const here: Piece[] = [];
        let at = start;
        for (let mark = marks[next]; mark && mark.start < end; mark = marks[next]) {
          const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
          here.push(
            { words: token.content.slice(at - start, from - start) },
            { words: token.content.slice(from - start, to - start), id: mark.id },
          );
          at = to;
          // A name may go on in the next text.
          if (mark.end > end) break;
          next += 1;
        }
        pieces.set(token, [...here, { words: token.content.slice(at - start) }]);
        start = end;
      }
    }
  known.set(paragraph, { analysis, pieces });
  return pieces;
}

interface Names {
  /** Absent where nothing is stated. */
  readonly pattern?: RegExp;
  /** By line, from 0, in which a block begins: where the words stand that name something somewhere, with what they stand for there. */
  readonly byLine: ReadonlyMap<number, readonly Piece[]>;
}

/** A name whose words two lines share, those of a quote as well, is the same name. */
const oneLine = (words: string): string => words.replace(/\s+(?:>\s*)*/g, " ");

const namesOf = new WeakMap<Analysis, Names>();

function namesIn(analysis: Analysis, report: Report): Names {
  const before = namesOf.get(analysis);
  if (before) return before;
  const found = readNames(analysis, report);
  namesOf.set(analysis, found);
  return found;
}

function readNames(analysis: Analysis, report: Report): Names {
  const ids = new Map<number, string>();
  const names = new Set<string>();
  for (const { status, text, start, object } of analysis.mentions) {
    // A short word in small letters is no name; a link is its author's own.
    const isName = /\p{Lu}|\d/u.test(text) && text.length > 2 && text.length < 100 && !text.includes("/");
    if (status !== "stated" || !isName || names.size >= mostNames) continue;
    names.add(oneLine(text));
    ids.set(start, object.id);
  }
  if (names.size === 0) return { byLine: new Map() };
  const alternatives = [...names]
    .sort((a, b) => b.length - a.length)
    .map((words) => words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll(" ", "[ \\n]{1,3}"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_/.-])(${alternatives.join("|")})(?![\\p{L}\\p{N}_])`, "gu");
  const byLine = new Map<number, Piece[]>();
  for (const block of report.blocks) {
    const line = lineAt(report, block.start) - 1;
    const here = byLine.get(line) ?? [];
    for (const match of block.text.matchAll(pattern))
      here.push({ words: oneLine(match[0]), id: ids.get(toSource(block, match.index)) });
    if (here.length > 0) byLine.set(line, here);
  }
  return { pattern, byLine };
}

const titleOf = (object: AttackObject, catalogue: Catalogue): string =>
  [`${object.id} ${fullName(object, catalogue)}`, ...catalogue.tacticsOf(object).map(({ name }) => name)].join(" · ");

/** The block's text may say `campaign: NAME`. */
function matrixOf(body: string, { analysis, catalogue, theme }: PreviewSource, { utils }: MarkdownIt): string {
  const name = /^\s*campaign\s*:\s*(\S.*?)\s*$/imu.exec(body.slice(0, 1_000))?.[1];
  const meant = analysis.campaigns.filter(({ name: own, aliases }) =>
    [own, ...aliases].some((other) => name !== undefined && nameKey(other) === nameKey(name)),
  );
  const say = (words: string): string => `<p class="attack-scribe-matrix">${utils.escapeHtml(words)}</p>\n`;
  if (name !== undefined && meant.length === 0) return say(`No campaign of this report is called ${name}.`);
  try {
    const options = {
      generator: "ATT&CK Scribe",
      theme,
      columns: matrixColumns,
      ...(name === undefined ? {} : { campaigns: meant.map(({ id }) => id) }),
    };
    return `<div class="attack-scribe-matrix">${renderSvg(analysis, catalogue, options)}</div>\n`;
  } catch (error) {
    return say(error instanceof Error ? error.message : String(error));
  }
}
