import { isPair, isScalar, parseDocument, visit } from "yaml";
import type { AnalysedMention, Analysis } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { kindOf, type ObjectType } from "../attack/kinds.ts";
import type { LookUp } from "../attack/look-up.ts";
import { nameKey } from "../attack/names.ts";
import type { Report } from "../report/report.ts";
import { toLink, toNameAndId } from "./link.ts";
import type { ReportEdit } from "./decisions.ts";
import { isWritable, linesBefore, startOfLine } from "./writable.ts";

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
  const line = text.slice(Math.max(startOfLine(text, offset), offset - reach), offset);
  const front = frontMatterEnd(text);
  if (offset < front) return inFrontMatter(text, offset);
  const comment = /<!--\s*attack\s*:\s*([^>]*)$/i.exec(line)?.[1];
  if (comment !== undefined) return inDirective(comment, offset);
  const place = inProse(line, offset, asked);
  return place && isWritable(text, front, offset) ? place : undefined;
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

/** What the fields of front matter take, by their path under `attack:`. */
const fields: Readonly<Record<string, Omit<CompletionPlace, "start" | "query">>> = {
  "campaigns groups": { types: ["group", "campaign"], form: "id" },
  "campaigns name": { types: ["group", "campaign"], form: "name", words: "campaigns" },
  ignore: { types: ["technique"], form: "id" },
  domains: { types: [], words: "domains" },
  platforms: { types: [], words: "platforms" },
};

function inFrontMatter(text: string, offset: number): CompletionPlace | undefined {
  const yaml = text.slice(0, offset).replace(/^\ufeff?---[^\n]*\n/, "");
  // A string may be open at the cursor.
  const found = ["", '"', "'"].reduce<Value | undefined>((value, end) => value ?? lastValue(yaml, end), undefined);
  if (found?.path[0] !== "attack") return undefined;
  const fits = fields[found.path.slice(1).join(" ")];
  const query = text.slice(0, offset).endsWith(found.query) ? found.query : "";
  return fits && { start: offset - query.length, query, ...fits };
}

interface Value {
  /** Keys of the mappings around it. */
  readonly path: readonly string[];
  readonly query: string;
}

/** The value in which YAML ends, in block style or in brackets that are still open. */
function lastValue(yaml: string, end: string): Value | undefined {
  // A private character holds the place: an empty value has none in the tree.
  const mark = "\ue000";
  let found: Value | undefined;
  visit(parseDocument(yaml + mark + end, { prettyErrors: false, logLevel: "silent" }), {
    Scalar: (key, { value }, ancestors) => {
      if (key === "key" || typeof value !== "string" || !value.endsWith(mark)) return;
      const path = ancestors.flatMap((one) => (isPair(one) && isScalar(one.key) ? [String(one.key.value)] : []));
      found = { path, query: value.slice(0, -mark.length) };
    },
  });
  return found;
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

/** What the completions of a place are ranked and written by. */
export interface CompletionContext {
  readonly catalogue: Catalogue;
  readonly lookUp: LookUp;
  /** The last analysis and the report that it is of, perhaps of an older version; without them nothing is preferred. */
  readonly analysis?: Analysis | undefined;
  readonly report?: Report | undefined;
  readonly text: string;
  readonly format: CompletionFormat;
}

/**
 * Objects and words for a place, the likeliest first: what is called exactly so; what the report shows of the campaign at
 * the cursor; what ATT&CK knows that campaign and its software to use; what the report shows of others; what others are
 * known to use; what has a name that begins so; techniques of the same tactics; the rest in the order of the look-up.
 */
export function completionsFor(place: CompletionPlace, context: CompletionContext): readonly Completion[] {
  const { catalogue, lookUp } = context;
  const preferred = preferredAt(place.start, context);
  const likely = preferred.flatMap((ids) => [...ids]).flatMap((id) => catalogue.get(id) ?? []);
  const tactics = new Set([...(preferred[0] ?? [])].flatMap((id) => catalogue.get(id)?.tactics ?? []));
  const found =
    place.query === ""
      ? likely
      : [...likely.filter((object) => begins(object, place.query)), ...lookUp.search(place.query, 3 * most)];
  const rank = (object: AttackObject): number => {
    if (isCalled(object, place.query)) return 0;
    const at = preferred.findIndex((ids) => ids.has(object.id));
    if (at >= 0) return 1 + at;
    // What is called so itself comes before what somebody else calls so: “gold” is no group's alias first.
    if (object.name.toLowerCase().startsWith(place.query.toLowerCase())) return 1 + preferred.length;
    return 2 + preferred.length + (object.tactics.some((tactic) => tactics.has(tactic)) ? 0 : 1);
  };
  const objects = [...new Set(found)]
    .filter((object) => isCurrent(object) && (place.types?.includes(object.type) ?? true))
    .map((object, index) => ({ object, index, rank: rank(object) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, most);
  const shown = new Set(context.analysis?.mentions.map(({ object }) => object.id));
  const write = writer(place, context);
  return [
    ...wordsFor(place, context),
    ...objects.map(({ object }) => ({
      label: `${object.id} ${fullName(object, catalogue)}`,
      detail: [kindOf(object.type).label, ...(shown.has(object.id) ? ["in this report"] : [])].join(", "),
      object,
      ...write(object),
    })),
  ];
}

/** Ids that are likely at an offset, in groups, the likeliest group first. */
function preferredAt(
  offset: number,
  { catalogue, analysis, report }: CompletionContext,
): readonly ReadonlySet<string>[] {
  if (!analysis) return [];
  const here = campaignsAt(offset, analysis, report);
  const isHere = ({ campaigns }: AnalysedMention): boolean => campaigns.some((id) => here.has(id));
  const ids = (mentions: readonly AnalysedMention[]): readonly string[] => mentions.map(({ object }) => object.id);
  const own = ids(analysis.mentions.filter(isHere));
  const ownIds = analysis.campaigns.filter(({ id }) => here.has(id)).flatMap(({ attackIds }) => attackIds);
  const others = ids(analysis.mentions.filter((mention) => !isHere(mention)));
  const usedBy = (users: readonly string[]): readonly string[] =>
    mostFrequent(
      [...new Set(users)].filter((id) => /^[GSC]\d/.test(id)).flatMap((id) => catalogue.targets(id, "uses")),
    );
  return [own, usedBy([...ownIds, ...own]), others, usedBy(others)].map((group) => new Set(group));
}

/** Each once, what is there most often first. */
function mostFrequent(ids: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id);
}

/** Ids of the campaigns that an offset speaks of: by a directive, else by what was last said of somebody in its section, else all that are described. */
function campaignsAt(offset: number, analysis: Analysis, report: Report | undefined): ReadonlySet<string> {
  const directive = report?.directives.findLast(
    ({ kind, scope }) => kind === "campaign" && scope.start <= offset && offset <= scope.end,
  );
  if (directive?.kind === "campaign") {
    const key = nameKey(directive.name);
    const named = analysis.campaigns.filter(({ name, aliases }) =>
      [name, ...aliases].some((other) => nameKey(other) === key),
    );
    if (named.length > 0) return new Set(named.map(({ id }) => id));
  }
  const described = new Set(analysis.campaigns.filter(({ role }) => role === "described").map(({ id }) => id));
  // An older version may end before the cursor.
  const section = report?.sections.findLast(({ start }) => start <= offset);
  const last = analysis.mentions.findLast(
    ({ start, campaigns }) =>
      (section?.start ?? 0) <= start && start < offset && campaigns.some((id) => described.has(id)),
  );
  if (!last) return described;
  const members = analysis.campaigns.filter(({ id, partOf }) => last.campaigns.includes(id) && partOf !== undefined);
  // A member is nearer than the campaign that it is part of.
  return new Set(members.length > 0 ? members.map(({ id }) => id) : last.campaigns);
}

/** Whether its id or a name of it begins with the query. */
const begins = ({ id, name, aliases }: AttackObject, query: string): boolean =>
  [id, name, ...aliases].some((word) => word.toLowerCase().startsWith(query.toLowerCase()));

const isCalled = ({ id, name, aliases }: AttackObject, query: string): boolean =>
  [id, name, ...aliases].some((word) => word.toLowerCase() === query.toLowerCase());

/** How the objects of a list are written. */
function writer(
  { form }: CompletionPlace,
  { format, text }: CompletionContext,
): (object: AttackObject) => Pick<Completion, "insert" | "also"> {
  const written = form ?? format;
  const insert = formats[written];
  if (written !== "reference") return (object) => ({ insert: insert(object) });
  const define = definitions(text);
  return (object) => {
    const also = define(object);
    return { insert: insert(object), ...(also ? { also } : {}) };
  };
}

const formats: Readonly<Record<CompletionFormat, (object: AttackObject) => string>> = {
  nameAndId: toNameAndId,
  id: ({ id }) => id,
  name: ({ name }) => name,
  link: (object) => toLink(object),
  reference: ({ name, id }) => `[${name.replace(/[[\]\\]/g, "\\$&")}][${id}]`,
};

/** Definitions behind reference links, at the report's end; nothing where one stands in the report already. */
function definitions(text: string): (object: AttackObject) => ReportEdit | undefined {
  const { labels, openFence } = linesBefore(text, frontMatterEnd(text), text.length);
  const comment = text.lastIndexOf("<!--");
  const openComment = comment >= 0 && !text.includes("-->", comment) ? startOfLine(text, comment) : undefined;
  const line = text.includes("\r\n") ? "\r\n" : "\n";
  const open = openFence ?? openComment;
  const lastLine = text.slice(startOfLine(text, text.trimEnd().length));
  const gap = text.endsWith("\n") ? (/^\[[^\]]+\]: /.test(lastLine) ? "" : line) : line + line;
  return (object) => {
    if (labels.has(nameKey(object.id))) return undefined;
    const address = /\]\((.*)\)$/u.exec(toLink(object))?.[1] ?? "";
    const definition = `[${object.id}]: ${address}${line}`;
    // What is open at the end would swallow it.
    return open === undefined
      ? { start: text.length, end: text.length, text: gap + definition }
      : { start: open, end: open, text: definition + line };
  };
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
  // A directive that is being written names a campaign itself: of half a word that is none.
  const isTyped = ([name]: readonly [string, string]): boolean => name.toLowerCase() === query.toLowerCase();
  return (words === undefined ? [] : all[words]())
    .filter(([name]) => name.toLowerCase().includes(query.toLowerCase()))
    .sort((a, b) => Number(isTyped(a)) - Number(isTyped(b)))
    .map(([name, detail]) => ({ label: name, detail, insert: name }));
}
