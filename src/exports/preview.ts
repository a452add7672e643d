import type { MarkdownIt } from "markdown-it";
import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import type { Theme } from "./export.ts";
import { fullName } from "./matrix.ts";
import { renderSvg } from "./svg.ts";

/** What is known of the report that is rendered. */
export interface PreviewSource {
  /** Perhaps of an older version of the text. */
  readonly analysis: Analysis;
  readonly catalogue: Catalogue;
  readonly theme: Theme;
}

/** Fenced blocks of this language become the matrix of the report, or of the campaign that they name. */
export const matrixLanguage = "attack-matrix";

/** Names in one report that are looked for. */
const mostNames = 2_000;

/**
 * Annotates what a report states of ATT&CK in the HTML that markdown-it makes of it: a tooltip for each id and name, no
 * script, no address. Where `sourceOf` knows nothing of what is rendered, the HTML is as it would be without.
 */
export function annotate(md: MarkdownIt, sourceOf: (env: unknown) => PreviewSource | undefined): void {
  // VS Code parses without saying what; only when it renders does the environment name the document.
  md.renderer.rules.text = (tokens, index, _options, env) => {
    const words = tokens[index]?.content ?? "";
    const source = sourceOf(env);
    const names = source && namesIn(source.analysis);
    if (!source || !names) return md.utils.escapeHtml(words);
    // Text and names in turn, beginning with text.
    return words
      .split(names.pattern)
      .map((piece, at) => {
        const id = at % 2 === 1 ? names.ids.get(nameKey(piece)) : undefined;
        const object = id === undefined ? undefined : source.catalogue.get(id);
        return object ? marked(piece, titleOf(object, source.catalogue), md) : md.utils.escapeHtml(piece);
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

interface Names {
  readonly ids: ReadonlyMap<string, string>;
  readonly pattern: RegExp;
}

const known = new WeakMap<Analysis, Names | false>();

/** What the report states, by the words with which it does. */
function namesIn(analysis: Analysis): Names | undefined {
  let names = known.get(analysis);
  if (names === undefined) {
    const ids = new Map<string, string>();
    const words = new Set<string>();
    for (const { status, text, object } of analysis.mentions) {
      // A short word in small letters means something else elsewhere; a link is its author's own.
      const isName = /\p{Lu}|\d/u.test(text) && text.length > 2 && text.length < 100 && !/[\n/]/u.test(text);
      if (status !== "stated" || !isName || words.size >= mostNames) continue;
      words.add(text);
      ids.set(nameKey(text), object.id);
    }
    const alternatives = [...words]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    names = words.size > 0 && {
      ids,
      pattern: new RegExp(`(?<![\\p{L}\\p{N}_/.-])(${alternatives.join("|")})(?![\\p{L}\\p{N}_])`, "gu"),
    };
    known.set(analysis, names);
  }
  return names === false ? undefined : names;
}

const titleOf = (object: AttackObject, catalogue: Catalogue): string =>
  [`${object.id} ${fullName(object, catalogue)}`, ...catalogue.tacticsOf(object).map(({ name }) => name)].join(" · ");

const marked = (words: string, title: string, { utils }: MarkdownIt): string =>
  `<span class="attack-scribe" title="${utils.escapeHtml(title)}">${utils.escapeHtml(words)}</span>`;

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
      ...(name === undefined ? {} : { campaigns: meant.map(({ id }) => id) }),
    };
    return `<div class="attack-scribe-matrix">${renderSvg(analysis, catalogue, options)}</div>\n`;
  } catch (error) {
    return say(error instanceof Error ? error.message : String(error));
  }
}
