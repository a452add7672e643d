import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { isRecord } from "../json.ts";
import { isoDate } from "./iso-date.ts";
import type { DeclaredCampaign, FrontMatter, Range, ReportProblem } from "./report.ts";

/** Longer front matter is not read. UTF-16 units. */
const longest = 64 * 1024;

export interface ReadFrontMatter {
  /** All of the front matter with its lines of hyphens, where there is any. */
  readonly range?: Range;
  readonly frontMatter?: FrontMatter;
  readonly problems: readonly ReportProblem[];
}

/** Reads what stands between two lines of `---` at the very start of a report, behind a byte order mark if need be. */
export function readFrontMatter(text: string): ReadFrontMatter {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(start, start + 100));
  if (!opening) return { problems: [] };
  const bodyStart = start + opening[0].length;
  const closing = /(?:^|\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/.exec(text.slice(bodyStart, bodyStart + longest));
  if (!closing) return { problems: [] };
  const bodyEnd = bodyStart + closing.index;
  const range = { start, end: bodyEnd + closing[0].length };
  const counter = new LineCounter();
  const problem = (message: string, at: readonly [number, number] = [0, bodyEnd - bodyStart]): ReportProblem => ({
    start: Math.min(bodyStart + at[0], bodyEnd),
    end: Math.min(Math.max(bodyStart + at[1], bodyStart + at[0]), bodyEnd),
    message: `front matter: ${message}`,
  });
  let data: unknown;
  let read: Document;
  try {
    const document = parseDocument(text.slice(bodyStart, bodyEnd), {
      lineCounter: counter,
      prettyErrors: false,
      logLevel: "silent",
    });
    read = document;
    const [error] = document.errors;
    if (error)
      return {
        range,
        frontMatter: { ...nothingSaid, ...range },
        problems: [problem(`no valid YAML (${firstLine(error.message)})`, [error.pos[0], error.pos[1]])],
      };
    data = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    return {
      range,
      frontMatter: { ...nothingSaid, ...range },
      problems: [problem(firstLine(error instanceof Error ? error.message : String(error)))],
    };
  }
  const problems: ReportProblem[] = [];
  const complain: Complain = (message, unknown) => {
    const at = unknown && keyIn(read, unknown);
    const found = problem(message, at);
    problems.push(at ? { ...found, unknown: { ...rangeOf(found), takes: unknown.takes } } : found);
  };
  return { range, frontMatter: { ...range, ...readFields(data, complain) }, problems };
}

/** A key that is not known: the way to where it stands, and the keys that may stand there. */
interface UnknownKey {
  readonly path: readonly (string | number)[];
  readonly key: string;
  readonly takes: readonly string[];
}

type Complain = (message: string, unknown?: UnknownKey) => void;

/** Where a key stands in the YAML. */
function keyIn(document: Document, { path, key }: UnknownKey): readonly [number, number] | undefined {
  const map = document.getIn(path, true);
  const found = isMap(map) ? map.items.map((pair) => pair.key).find((one) => isScalar(one) && one.value === key) : null;
  return isScalar(found) && found.range ? [found.range[0], found.range[1]] : undefined;
}

const rangeOf = ({ start, end }: Range): Range => ({ start, end });

const nothingSaid = { domains: [], campaigns: [], platforms: [], ignore: [], allow: [] } as const;

/** What `attack:` takes. */
const fields = ["domains", "campaigns", "platforms", "ignore", "allow", "version"];
const fieldsInWords = "domains, campaigns, platforms, ignore, allow and version";
/** What an entry of `campaigns:` takes. */
const campaignFields = ["name", "groups", "aliases", "role"];
const firstLine = (message: string): string => message.split("\n")[0] ?? message;

function readFields(data: unknown, complain: Complain): Omit<FrontMatter, "start" | "end"> {
  if (!isRecord(data)) return nothingSaid;
  const title = typeof data["title"] === "string" && data["title"].trim() !== "" ? { title: data["title"].trim() } : {};
  const url = [data["canonical_url"], data["canonical"], data["url"], data["link"]].find(
    (value) => typeof value === "string" && /^https?:\/\//.test(value),
  );
  const about = {
    ...title,
    ...(typeof url === "string" ? { url } : {}),
    ...dateOf(data["published"] ?? data["date"]),
    ...(typeof data["tlp"] === "string" ? { tlp: data["tlp"].trim() } : {}),
  };
  const attack = data["attack"];
  if (attack === undefined || attack === null) return { ...nothingSaid, ...about };
  if (!isRecord(attack)) {
    complain(`"attack" takes ${fieldsInWords}`);
    return { ...nothingSaid, ...about };
  }
  for (const key of Object.keys(attack)) {
    if (!fields.includes(key))
      complain(`"attack" has no field "${key.slice(0, 40)}"; it takes ${fieldsInWords}`, {
        path: ["attack"],
        key,
        takes: fields,
      });
  }
  const campaigns = attack["campaigns"] ?? [];
  if (!Array.isArray(campaigns)) complain('"campaigns" takes a list, as in [{name: Night Heron, groups: [G0001]}]');
  return {
    ...about,
    domains: strings(attack["domains"], "domains", complain),
    platforms: strings(attack["platforms"], "platforms", complain),
    ignore: strings(attack["ignore"], "ignore", complain).map((id) => id.toUpperCase()),
    allow: strings(attack["allow"], "allow", complain),
    ...versionOf(attack["version"], complain),
    campaigns: (Array.isArray(campaigns) ? campaigns : []).flatMap(
      (entry, index) => readCampaign(entry, index, complain) ?? [],
    ),
  };
}

function dateOf(value: unknown): { readonly date?: string } {
  const date = typeof value === "string" ? isoDate(value) : undefined;
  return date === undefined ? {} : { date };
}

/** YAML reads 18.1 as a number and "v18.1" as words. */
function versionOf(value: unknown, complain: (message: string) => void): { readonly version?: string } {
  if (value === undefined || value === null) return {};
  const said = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  const version = /^v?(\d{1,3}(?:\.\d{1,3})?)$/.exec(said)?.[1];
  if (version === undefined) complain('"version" takes a version of ATT&CK, as in 18.1');
  return version === undefined ? {} : { version };
}

function readCampaign(entry: unknown, index: number, complain: Complain): DeclaredCampaign | undefined {
  if (typeof entry === "string" && entry.trim() !== "")
    return { name: entry.trim(), groups: [], aliases: [], role: "described" };
  if (!isRecord(entry) || typeof entry["name"] !== "string" || entry["name"].trim() === "") {
    complain("a campaign needs a name, as in {name: Night Heron, groups: [G0001]}");
    return undefined;
  }
  const role = entry["role"] ?? "described";
  if (role !== "described" && role !== "referenced")
    complain(`the role of ${entry["name"].slice(0, 40)} is either described or referenced`);
  for (const key of Object.keys(entry)) {
    if (!campaignFields.includes(key))
      complain(`a campaign has no field "${key.slice(0, 40)}"; it takes name, groups, aliases and role`, {
        path: ["attack", "campaigns", index],
        key,
        takes: campaignFields,
      });
  }
  return {
    name: entry["name"].trim(),
    groups: strings(entry["groups"], "groups", complain),
    aliases: strings(entry["aliases"], "aliases", complain),
    role: role === "referenced" ? "referenced" : "described",
  };
}

/** A list of strings, or one string alone. */
function strings(value: unknown, field: string, complain: (message: string) => void): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [value.trim()];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.map((item) => item.trim());
  complain(`"${field}" takes a list of words, as in [A, B]`);
  return [];
}
