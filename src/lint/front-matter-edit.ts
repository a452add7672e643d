import { isMap, isSeq, parseDocument, type Pair, type Scalar, type YAMLMap } from "yaml";
import type { Report } from "../report/report.ts";
import type { Edit } from "./rule.ts";

/**
 * Puts `value` into `attack: {field: [...]}` of the front matter, or `attack: {field: value}` where it is no list, with
 * one insertion that leaves all else as its author wrote it. `undefined` where the front matter is written in a way
 * that leaves no room for it.
 */
export function frontMatterEdit(report: Report, field: string, value: string, list: boolean): Edit | undefined {
  const { text, frontMatter } = report;
  const line = /\r\n|\n|\r/u.exec(text)?.[0] ?? "\n";
  const entry = `${field}: ${list ? `[${quoted(value)}]` : quoted(value)}`;
  if (!frontMatter) {
    // Behind a byte order mark, and before a text that would else become part of the front matter.
    const at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    return insert(at, `---${line}attack: { ${entry} }${line}---${line}${line}`);
  }
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/u.exec(text.slice(frontMatter.start, frontMatter.end));
  if (!opening) return undefined;
  const from = frontMatter.start + opening[0].length;
  const closing = /(?:---|\.\.\.)[ \t]*$/u.exec(text.slice(from, frontMatter.end));
  if (!closing) return undefined;
  const body = text.slice(from, from + closing.index);
  const document = parseDocument(body, { prettyErrors: false, logLevel: "silent" });
  if (document.errors.length > 0) return undefined;
  const root = document.contents;
  if (root !== null && !isMap(root)) return undefined;
  const attack = root ? pairOf(root, "attack")?.value : undefined;
  if (!attack) {
    if (root && (root.flow || pairOf(root, "attack"))) return undefined;
    return insert(from + body.length, `attack: { ${entry} }${line}`);
  }
  if (!isMap(attack) || !attack.range) return undefined;
  const own = pairOf(attack, field);
  if (own) {
    const listed = own.value;
    if (!list || !isSeq(listed) || !listed.range) return undefined;
    if (!listed.flow) {
      const first = listed.range[0];
      return insert(from + first, `- ${quoted(value)}${line}${columnOf(body, first)}`);
    }
    const bracket = body.slice(0, listed.range[1]).lastIndexOf("]");
    if (bracket < listed.range[0]) return undefined;
    const inside = body.slice(listed.range[0], bracket).trimEnd();
    return insert(from + listed.range[0] + inside.length, `${listed.items.length > 0 ? ", " : ""}${quoted(value)}`);
  }
  if (attack.flow) {
    const bracket = body.indexOf("{", attack.range[0]) + 1;
    return insert(from + bracket, attack.items.length > 0 ? ` ${entry},` : ` ${entry} `);
  }
  const start = attack.range[0];
  return insert(from + start, `${entry}${line}${columnOf(body, start)}`);
}

/** The white space before an offset on its line: what stands in a block begins in one column. */
const columnOf = (text: string, at: number): string =>
  " ".repeat(at - Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) - 1);

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });

/** Plain where YAML reads it as the same words, else in quotes. */
const quoted = (value: string): string => (/^[a-z0-9][a-z0-9./-]*$/iu.test(value) ? value : JSON.stringify(value));

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => (pair.key as Scalar | null)?.value === key);
}
