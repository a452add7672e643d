import topLevelDomains from "tlds";
import { matchesOf } from "../report/matches.ts";
import { isAddress } from "./allowed-indicators.ts";

/** An address of a machine or a page, as a text writes it alive; `start`/`end` are offsets into that text. */
export interface Indicator {
  readonly kind: "url" | "address" | "domain";
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** The domain or address in it. */
  readonly host: string;
  /** The same with its last dot (or colon) in brackets, and hxxp for http. */
  readonly defanged: string;
  /** Whether its ending is rather a file's than a domain's: "install.sh", "update.zip". */
  readonly mayBeFile: boolean;
}

const known = new Set<string>(topLevelDomains);

/** Top-level domains that are endings of files; reports name such files far oftener than such domains. */
const fileEndings = new Set([
  ...["ac", "am", "in", "md", "pages", "properties", "save", "inc", "tf"], // texts, settings and what builds programs
  ...["pl", "pm", "ps", "py", "rs", "sh", "so", "mm", "sc"], // programs
  ...["app", "cab", "zip", "mov", "pub", "download"], // bundles, archives, films, keys
]);

/** What is called by a name with a full stop, and is no domain. */
const notDomains = new Set(["ado.net", "asp.net", "ml.net", "paint.net", "vb.net"]);

const url =
  /\b(?:https?|ftps?|wss?|tcp):\/\/(?:\[[0-9a-f:.]{2,60}\](?::\d{1,5})?(?:\/[^\s<>"'`|)\]]{0,2000})?|[^\s<>"'`|()[\]{}]{4,2000})/giu;
const fourNumbers = /(?<![\d.\p{L}_/[-])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\d|[\p{L}_[]|-\p{L})/gu;
const colons =
  /(?<![\p{L}\p{N}_:.[-])(?:[0-9a-f]{1,4}:){1,7}[0-9a-f:]{1,34}(?:[0-9a-f]|(?<=::))(?![\p{L}\p{N}_:[]|\.\p{N})/giu;
const domain =
  /(?<![\p{L}\p{N}@_./\\$%#\]-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})(?![\p{L}\p{N}_@(\\[-]|\.[\p{L}\p{N}])/giu;

/** Every URL, address and domain in a text that is not defanged; in order, and none inside another. */
export function indicatorsIn(text: string): readonly Indicator[] {
  const found: Indicator[] = [];
  const isFree = (start: number, end: number): boolean =>
    !found.some((other) => other.start < end && start < other.end);
  for (const match of matchesOf(text, url)) {
    const words = match[0].replace(/[.,;:!?*_]+$/u, "");
    const host = /^[a-z]+:\/\/(?:[^/@]{0,200}@)?(\[[^\]]*\]|[^/:?#]+)/iu.exec(words)?.[1]?.replace(/^\[(.*)\]$/u, "$1");
    if (host === undefined || !(isAddress(host) || isDomain(host.toLowerCase()))) continue;
    const at = words.indexOf(host);
    found.push({
      kind: "url",
      start: match.index,
      end: match.index + words.length,
      words,
      host,
      defanged: `${words.slice(0, at).replace(/^(h)tt(p)/iu, "$1xx$2")}${defangHost(host)}${words.slice(at + host.length)}`,
      mayBeFile: false,
    });
  }
  for (const pattern of [fourNumbers, colons])
    for (const { 0: words, index: start } of matchesOf(text, pattern))
      if (isAddress(words) && isFree(start, start + words.length))
        found.push({ kind: "address", ...span(start, words), defanged: defangHost(words), mayBeFile: false });
  for (const { 0: words, index: start } of matchesOf(text, domain))
    if (isDomain(words) && isFree(start, start + words.length))
      found.push({
        kind: "domain",
        ...span(start, words),
        defanged: defangHost(words),
        mayBeFile: fileEndings.has(words.slice(words.lastIndexOf(".") + 1).toLowerCase()),
      });
  return found.sort((a, b) => a.start - b.start);
}

const span = (start: number, words: string): Pick<Indicator, "start" | "end" | "words" | "host"> => ({
  start,
  end: start + words.length,
  words,
  host: words,
});

const defangHost = (host: string): string => {
  const at = host.lastIndexOf(host.includes(":") ? ":" : ".");
  return `${host.slice(0, at)}[${host.charAt(at)}]${host.slice(at + 1)}`;
};

/** Ends as domains end, and is written as domains are: not "System.Net", not "com.contoso.app". */
function isDomain(host: string): boolean {
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  const isKnown = known.has(last.toLowerCase()) || /^xn--/iu.test(last);
  if (labels.length < 2 || !isKnown || notDomains.has(host.toLowerCase())) return false;
  if (last !== last.toLowerCase() && host !== host.toUpperCase()) return false;
  if (labels.length > 2 && /^(?:com|org|net|io)$/iu.test(labels[0] ?? "")) return false;
  return labels.every((label) => label !== "" && label.length <= 63);
}
