import type { Catalogue } from "../attack/catalogue.ts";
import { kindOfId, type ObjectType } from "../attack/kinds.ts";
import { matchesOf } from "../report/matches.ts";
import type { Range, Report } from "../report/report.ts";
import type { Mention } from "./mention.ts";
import { mentionAt, placeOf } from "./place.ts";

/** An id in the text that ATT&CK does not know. */
export interface UnknownId extends Range {
  readonly id: string;
  /** The id that is meant, where only a nought is missing: T1053.005 for T1053.05. */
  readonly readAs?: string;
}

export interface StatedIds {
  readonly mentions: readonly Mention[];
  readonly unknown: readonly UnknownId[];
}

/**
 * Letters and digits of an id, `T1059/001` and the escaped `T1059\.001` too. The letters are those of
 * {@link objectKinds}; what may stand around an id is judged by {@link standsAlone}.
 */
const idLike = /(?:TA|T|DS|DC|DET|AN|G|S|C|M|A)\d{4}(?:\\?\.\d+|\/\d{3}(?!\d))?/iy;
const fourDigits = /\d{4}/g;
const idLetters = /(?:TA|T|DS|DC|DET|AN|G|S|C|M|A)$/i;

/** Everything that looks like an id. Four digits are rarer than letters: to look for them first takes a fifth of the time. */
function* idsLike(text: string): Generator<{ readonly start: number; readonly written: string }> {
  for (const { index } of matchesOf(text, fourDigits)) {
    const letters = idLetters.exec(text.slice(Math.max(0, index - 3), index));
    if (!letters) continue;
    const start = index - letters[0].length;
    idLike.lastIndex = start;
    const written = idLike.exec(text)?.[0];
    if (written !== undefined) yield { start, written };
  }
}

/** Every ATT&CK id that the report writes, wherever: prose, tables, headings, code, HTML, link labels and addresses. */
export function findIds(report: Report, catalogue: Catalogue): StatedIds {
  const mentions: Mention[] = [];
  const unknown: UnknownId[] = [];
  const hidden = hiddenRanges(report);
  let at = 0;
  for (const { start, written: like } of idsLike(report.text)) {
    while (at < hidden.length && (hidden[at]?.end ?? 0) <= start) at += 1;
    const cover = hidden[at];
    if (cover && cover.start <= start) continue;
    const written = trimmed(report.text, like, start);
    const end = start + written.length;
    const id = written.replace("\\", "").replace("/", ".").toUpperCase();
    const type = kindOfId(id.replace(/\..*$/, ""))?.type;
    if (type === undefined || !standsAlone(report.text, start, end, type)) continue;
    const readAs = catalogue.get(id) ? undefined : withNought(id, catalogue);
    const found = catalogue.resolve(readAs ?? id);
    if (!found || readAs !== undefined) {
      if (type === "technique" || type === "tactic")
        unknown.push({ start, end, id, ...(readAs === undefined ? {} : { readAs }) });
      if (!found) continue;
    }
    const { asked, current } = found;
    const place = placeOf(report, start);
    const why =
      asked === current
        ? `the text writes ${readAs === undefined ? asked.id : `${id}, which is read as ${asked.id}`}`
        : `the text writes ${asked.id}, which ATT&CK replaced by ${current.id}`;
    mentions.push(statedById(report, { start, end }, place, found, why));
  }
  return { mentions, unknown };
}

/** The mention of an object whose id is written; `about` is an offset in the sentence that it stands for. */
export function statedById(
  report: Report,
  range: Range,
  place: Mention["place"],
  { asked, current }: NonNullable<ReturnType<Catalogue["resolve"]>>,
  why: string,
  about?: number,
): Mention {
  const written = asked === current ? undefined : asked.id;
  return mentionAt(
    report,
    range,
    place,
    { object: current, by: "id", status: "stated", confidence: 1, why, written },
    about,
  );
}

/** “T1053.05” can only be T1053.005; what begins with another digit may be the end of a sentence and a number. */
function withNought(id: string, catalogue: Catalogue): string | undefined {
  const whole = /^T\d{4}\.0\d$/.test(id) ? id.replace(".", ".0") : undefined;
  return whole !== undefined && catalogue.get(whole) ? whole : undefined;
}

/** What a reader does not see: front matter and comments. */
function hiddenRanges(report: Report): readonly Range[] {
  const { frontMatter, comments } = report;
  return frontMatter ? [frontMatter, ...comments.filter(({ start }) => start >= frontMatter.end)] : comments;
}

/** A full stop and a digit that end a sentence and begin a number are no sub-technique: "in T1059.2 hosts were …" stays whole to be reported. */
function trimmed(text: string, written: string, start: number): string {
  const sub = /^(T\d{4})(?:\\?\.)(\d+)$/i.exec(written);
  if (sub) return written;
  const head = /^[A-Z]+\d{4}/i.exec(written)?.[0] ?? written;
  // Only techniques have parts: "G0007.2" is a group and a footnote.
  return written.length > head.length && !/^T\d/i.test(written) ? text.slice(start, start + head.length) : written;
}

/**
 * Whether an id is a word of its own. Not inside longer words and hashes (`AT1059`, `TA0001x`), nor inside other
 * numbering (`CVE-2021-T1059`, `S1234-56`), and in lower case only where it can't be anything else.
 */
function standsAlone(text: string, start: number, end: number, type: ObjectType): boolean {
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 12);
  if (/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after)) return false;
  // An underscore joins words of a file name or an anchor, but also opens emphasis: _T1059_.
  if (/[\p{L}\p{N}]_$/u.test(before) && type !== "technique") return false;
  const lettered = /[-\u2010\u2011]$/.test(before) ? /([\p{L}\p{N}]+).$/u.exec(before) : null;
  if (lettered && /\d/.test(lettered[1] ?? "") && !/^(?:TA?|DS|DC|DET|AN|G|S|C|M|A)?\d{3,4}$/i.test(lettered[1] ?? ""))
    return false;
  if (lettered && /[A-Z]{2,}-\d+-$/i.test(before)) return false;
  if (/^[-\u2010\u2011]\d/.test(after)) return false;
  if (
    type !== "technique" &&
    type !== "tactic" &&
    ((lettered && !kindOfId((lettered[1] ?? "").toUpperCase())) || /^-\p{L}/u.test(after))
  )
    return false;
  const lowerCase = /^[a-z]/.test(text.slice(start, end));
  if (!lowerCase || type === "technique" || type === "tactic") return true;
  return /(?:attack\.mitre\.org\/\S*|[([])$/i.test(before) || /\/$/.test(before);
}
