import type { Analysis } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { kindOf, type ObjectType } from "../attack/kinds.ts";
import type { LookUp } from "../attack/look-up.ts";
import { toLink, toNameAndId } from "./link.ts";
import { fullName } from "./matrix.ts";
import type { ReportEdit } from "./decisions.ts";

/** How a completed object is written into prose. */
export const completionFormats = ["nameAndId", "id", "name", "link", "reference"] as const;
export type CompletionFormat = (typeof completionFormats)[number];

/** What is being written at a place of a report's source, as far as ATT&CK can complete it. */
export interface CompletionPlace {
  /** Where the words to replace begin; they end at the cursor. UTF-16. */
  readonly start: number;
  /** What has been typed of an id or a name. */
  readonly query: string;
  /** Kinds that fit; all of them where absent. */
  readonly types?: readonly ObjectType[];
  /** Where only an id, or only a name, can be read. */
  readonly form?: "id" | "name";
  /** Words that fit beside objects: names of domains, platforms and campaigns. */
  readonly words?: "domains" | "platforms" | "campaigns";
}

export interface Completion {
  readonly label: string;
  readonly detail: string;
  readonly insert: string;
  /** What it stands for; words of the report have none. */
  readonly object?: AttackObject;
  /** What else has to be written: the definition of a reference link. */
  readonly also?: ReportEdit;
}

/** Offers as many as a person looks through. */
const most = 40;

/** How far back the line is read. */
const reach = 300;

/**
 * What can be completed at an offset. `asked` is set when the author asks for completions; while typing only what looks
 * like the beginning of an id, `[[` or `@` counts. Nothing in code, addresses and links.
 */
export function completionPlaceAt(text: string, offset: number, asked: boolean): CompletionPlace | undefined {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const line = text.slice(Math.max(lineStart, offset - reach), offset);
  const front = frontMatterEnd(text);
  if (offset < front) return inFrontMatter(line, offset);
  const comment = /<!--\s*attack\s*:\s*([^>]*)$/i.exec(line)?.[1];
  if (comment !== undefined) return inDirective(comment, offset);
  if (isInCode(text, front, lineStart) || isInSpan(line)) return undefined;
  return inProse(line, offset, asked);
}

const idBeginning = /(?:^|[^\p{L}\p{N}/.#_-])((?:TA|T|G|S|C|M|DS|DET|AN)\d[\d./]{0,9})$/u;

function inProse(line: string, offset: number, asked: boolean): CompletionPlace | undefined {
  const id = idBeginning.exec(line)?.[1];
  if (id !== undefined) return { start: offset - id.length, query: id };
  const wiki = /\[\[([^\][\n]{0,60})$/u.exec(line);
  if (wiki) return { start: offset - wiki[0].length, query: wiki[1] ?? "" };
  const at = /(?:^|[\s([{|*_])(@(\p{L}[\p{L}\p{N} .'-]{0,40})?)$/u.exec(line);
  if (at) return { start: offset - (at[1] ?? "").length, query: at[2] ?? "" };
  if (!asked) return undefined;
  const word = /[\p{L}\p{N}][\p{L}\p{N}.'-]{0,60}$/u.exec(line)?.[0] ?? "";
  return { start: offset - word.length, query: word };
}

function inFrontMatter(line: string, offset: number): CompletionPlace | undefined {
  const field = [...line.matchAll(/(\w+)\s*:/gu)].at(-1)?.[1];
  const query = /[\p{L}\p{N}][\p{L}\p{N} .'-]{0,60}$/u.exec(line.replace(/^.*[:[,{]\s*/u, ""))?.[0] ?? "";
  const place = { start: offset - query.length, query };
  switch (field) {
    case "groups":
      return { ...place, types: ["group", "campaign"], form: "id" };
    case "ignore":
      return { ...place, types: ["technique"], form: "id" };
    case "name":
      return { ...place, types: ["group", "campaign"], form: "name", words: "campaigns" };
    case "domains":
      return { ...place, types: [], words: "domains" };
    case "platforms":
      return { ...place, types: [], words: "platforms" };
    default:
      return undefined;
  }
}

function inDirective(body: string, offset: number): CompletionPlace {
  const name = /^(?:campaign|by)\s+([^\n]*)$/i.exec(body)?.[1];
  if (name !== undefined)
    return { start: offset - name.length, query: name, types: ["group", "campaign"], form: "name", words: "campaigns" };
  const query = body.replace(/^(?:ignore\b)?(?:[\s,;[]*[A-Z]{1,3}\d{4}(?:[./]\d{3})?(?=[\s,;]))*[\s,;[]*/iu, "");
  return { start: offset - query.length, query, types: ["technique"], form: "id" };
}

function frontMatterEnd(text: string): number {
  if (!/^\ufeff?---[ \t]*\r?\n/.test(text.slice(0, 20))) return 0;
  const end = /\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text.slice(3, 64 * 1024));
  return end ? 3 + end.index + 1 : 0;
}

/** Whether a fence is open before a line. */
function isInCode(text: string, from: number, lineStart: number): boolean {
  let open: string | undefined;
  for (const match of text.slice(from, lineStart).matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    const fence = match[1] ?? "";
    if (open === undefined) open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length) open = undefined;
  }
  return open !== undefined;
}

/** Inline code, an address, or the target of a link. */
const isInSpan = (line: string): boolean =>
  (line.match(/`/g) ?? []).length % 2 === 1 || /(?:https?:\/\/|www\.)\S*$/iu.test(line) || /\]\([^)\s]*$/u.test(line);

/** What the completions of a place are ranked and written by. */
export interface CompletionContext {
  readonly catalogue: Catalogue;
  readonly lookUp: LookUp;
  /** The last analysis, perhaps of an older version; without one nothing is preferred. */
  readonly analysis?: Analysis | undefined;
  readonly text: string;
  readonly format: CompletionFormat;
}

/**
 * Objects and words for a place, the likeliest first: what is called exactly so; what the report names already; what
 * ATT&CK knows the report's groups, campaigns and software to use; the rest in the order of the look-up.
 */
export function completionsFor(place: CompletionPlace, context: CompletionContext): readonly Completion[] {
  const { catalogue, lookUp, analysis } = context;
  const shown = new Set(analysis?.mentions.map(({ object }) => object.id));
  const near = new Set(
    [...shown].flatMap((id) => (/^[GSC]/.test(id) ? catalogue.targets(id, "uses") : [])).filter((id) => !shown.has(id)),
  );
  const tactics = new Set([...shown].flatMap((id) => catalogue.get(id)?.tactics ?? []));
  const found =
    place.query === ""
      ? [...shown, ...near].flatMap((id) => catalogue.get(id) ?? [])
      : [
          ...[...shown, ...near]
            .flatMap((id) => catalogue.get(id) ?? [])
            .filter((object) => begins(object, place.query)),
          ...lookUp.search(place.query, 3 * most),
        ];
  const rank = (object: AttackObject): number =>
    isCalled(object, place.query)
      ? 0
      : shown.has(object.id)
        ? 1
        : near.has(object.id)
          ? 2
          : object.tactics.some((tactic) => tactics.has(tactic))
            ? 3
            : 4;
  const objects = [...new Set(found)]
    .filter((object) => isCurrent(object) && (place.types?.includes(object.type) ?? true))
    .map((object, index) => ({ object, index, rank: rank(object) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, most);
  return [...wordsFor(place, context), ...objects.map(({ object }) => toCompletion(object, place, context, shown))];
}

/** Whether its id or a name of it begins with the query. */
const begins = ({ id, name, aliases }: AttackObject, query: string): boolean =>
  [id, name, ...aliases].some((word) => word.toLowerCase().startsWith(query.toLowerCase()));

const isCalled = ({ id, name, aliases }: AttackObject, query: string): boolean =>
  [id, name, ...aliases].some((word) => word.toLowerCase() === query.toLowerCase());

function toCompletion(
  object: AttackObject,
  { form }: CompletionPlace,
  { catalogue, format, text }: CompletionContext,
  shown: ReadonlySet<string>,
): Completion {
  const detail = [kindOf(object.type).label, ...(shown.has(object.id) ? ["in this report"] : [])].join(", ");
  const written = form ?? format;
  const completion = {
    label: `${object.id} ${fullName(object, catalogue)}`,
    detail,
    insert: formats[written](object),
    object,
  };
  const also = written === "reference" ? definitionOf(object, text) : undefined;
  return also ? { ...completion, also } : completion;
}

const formats: Readonly<Record<CompletionFormat, (object: AttackObject) => string>> = {
  nameAndId: toNameAndId,
  id: ({ id }) => id,
  name: ({ name }) => name,
  link: (object) => toLink(object),
  reference: ({ name, id }) => `[${name.replace(/[[\]\\]/g, "\\$&")}][${id}]`,
};

/** The definition behind a reference link, at the report's end; nothing where it stands there already. */
function definitionOf(object: AttackObject, text: string): ReportEdit | undefined {
  if (text.includes(`\n[${object.id}]: `)) return undefined;
  const address = /\]\((.*)\)$/u.exec(toLink(object))?.[1] ?? "";
  const line = text.includes("\r\n") ? "\r\n" : "\n";
  const lastLine = text.slice(text.trimEnd().lastIndexOf("\n") + 1);
  const gap = text.endsWith("\n") ? (/^\[[^\]]+\]: /.test(lastLine) ? "" : line) : line + line;
  return { start: text.length, end: text.length, text: `${gap}[${object.id}]: ${address}${line}` };
}

/** Names of domains and platforms of the data, or of campaigns of the report. */
function wordsFor(
  { words, query }: CompletionPlace,
  { catalogue, analysis }: CompletionContext,
): readonly Completion[] {
  const techniques = (): readonly AttackObject[] => catalogue.objects("technique").filter(isCurrent);
  const all: Readonly<Record<NonNullable<CompletionPlace["words"]>, () => readonly (readonly [string, string])[]>> = {
    domains: () => catalogue.domains.map(({ domain, name }) => [domain, name]),
    platforms: () =>
      [...new Set(techniques().flatMap(({ platforms }) => platforms))].sort().map((name) => [name, "Platform"]),
    campaigns: () => (analysis?.campaigns ?? []).map(({ name, type }) => [name, `${type} in this report`]),
  };
  return (words === undefined ? [] : all[words]())
    .filter(([name]) => name.toLowerCase().includes(query.toLowerCase()))
    .map(([name, detail]) => ({ label: name, detail, insert: name }));
}
