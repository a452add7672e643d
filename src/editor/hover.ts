import * as vscode from "vscode";
import type { AnalysedMention, Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { firstParagraph } from "../attack/description.ts";
import { kindOf } from "../attack/kinds.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import { escapeMarkdown } from "../exports/markdown.ts";
import { fullName } from "../exports/matrix.ts";
import { mentionsAt, rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { replaceWithLinkCommand } from "./insert-link.ts";
import { acceptCommand, notThisCommand, rejectCommand, type SuggestionArguments } from "./suggestions.ts";

/** Objects that one hover explains; a CVE may stand for several techniques. */
const mostObjects = 3;

export function registerHover(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: "markdown" },
    {
      provideHover: async (document, position, token) => {
        const found = await analyses.of(document);
        if (!found || token.isCancellationRequested) return undefined;
        const mentions = oneAnObject(mentionsAt(found.analysis, document.offsetAt(position)));
        const [first] = mentions;
        if (!first) return undefined;
        const contents = mentions.slice(0, mostObjects).map((mention) => explain(mention, found, document));
        return new vscode.Hover(contents, rangeOf(document, first));
      },
    },
  );
}

function oneAnObject(mentions: readonly AnalysedMention[]): readonly AnalysedMention[] {
  return mentions.filter(({ object }, index) => mentions.findIndex((other) => other.object.id === object.id) === index);
}

/** Everything in it that comes from data or from the report is escaped; the only commands are the extension's own. */
function explain(
  mention: AnalysedMention,
  { analysis, catalogue, lexicon }: DocumentAnalysis,
  document: vscode.TextDocument,
): vscode.MarkdownString {
  const object = catalogue.get(mention.object.id);
  const markdown = new vscode.MarkdownString("", true);
  markdown.isTrusted = { enabledCommands: [replaceWithLinkCommand, acceptCommand, rejectCommand, notThisCommand] };
  if (!object) return markdown;
  const parts = [
    heading(object, catalogue),
    history(mention, object),
    why(mention, analysis),
    actions(mention, object, document),
    ...about(object, catalogue, lexicon),
    inReport(object, analysis, catalogue),
  ];
  markdown.appendMarkdown(parts.filter((part) => part !== "").join("\n\n"));
  return markdown;
}

/** What an object is, without a word on any report. */
export function describeObject(
  object: AttackObject,
  catalogue: Catalogue,
  lexicon: Lexicon | undefined,
): vscode.MarkdownString {
  const parts = [heading(object, catalogue), ...about(object, catalogue, lexicon)];
  return new vscode.MarkdownString("", true).appendMarkdown(parts.filter((part) => part !== "").join("\n\n"));
}

const heading = (object: AttackObject, catalogue: Catalogue): string =>
  `**$(${kindOf(object.type).icon}) ${escapeMarkdown(`${object.id} · ${fullName(object, catalogue)}`)}**`;

const about = (object: AttackObject, catalogue: Catalogue, lexicon: Lexicon | undefined): readonly string[] => [
  escapeMarkdown(firstParagraph(object.description ?? "") || (lexicon?.glosses[object.id] ?? "")),
  facts(object, catalogue).join("  \n"),
];

/** As many names as a line takes. */
const mostNames = 6;

/** The first names, and how many more there are. */
const some = (names: readonly string[]): string =>
  [...names.slice(0, mostNames), ...(names.length > mostNames ? [`${names.length - mostNames} more`] : [])].join(", ");

/** What else of this report has to do with it: who uses a technique, which of an actor's techniques are shown. */
function inReport(object: AttackObject, { mentions }: Analysis, catalogue: Catalogue): string {
  const here = new Set(mentions.map(({ object: { id } }) => id));
  const nameOf = (id: string): string => catalogue.get(id)?.name ?? id;
  if (object.type === "technique") {
    const users = catalogue.sources(object.id, "uses").filter((id) => here.has(id));
    return users.length > 0 ? `$(references) Known of this report’s ${escapeMarkdown(some(users.map(nameOf)))}` : "";
  }
  const known = catalogue.targets(object.id, "uses").filter((id) => id.startsWith("T"));
  const shown = known.filter((id) => here.has(id));
  return known.length > 0
    ? `$(references) This report shows ${shown.length} of ${known.length} techniques that ATT&CK knows of it${shown.length > 0 ? `: ${escapeMarkdown(some(shown))}` : ""}`
    : "";
}

/** What it is, a line a fact. */
function facts(object: AttackObject, catalogue: Catalogue): readonly string[] {
  const kind =
    object.type === "technique" && object.parent !== undefined
      ? "Sub-technique"
      : object.softwareType === undefined
        ? kindOf(object.type).label
        : `Software (${object.softwareType})`;
  const tactics = object.type === "technique" ? catalogue.tacticsOf(object).map(({ name }) => name) : [];
  const names = (ids: readonly string[]): string => some(ids.flatMap((id) => catalogue.get(id)?.name ?? []));
  const rows: readonly (readonly [string, string])[] = [
    [kind, tactics.join(", ")],
    ["Platforms", object.platforms.join(", ")],
    ["Also", object.aliases.slice(0, 8).join(", ")],
    ["Active", [object.firstSeen, object.lastSeen].filter((day) => day !== undefined).join(" to ")],
    ["Detected by", object.type === "technique" ? names(catalogue.sources(object.id, "detects")) : ""],
    ["Mitigated by", object.type === "technique" ? names(catalogue.sources(object.id, "mitigates")) : ""],
    [
      "Domain",
      catalogue.domains
        .filter(({ domain }) => object.domains.includes(domain))
        .map(({ name }) => name)
        .join(", "),
    ],
  ];
  return rows
    .filter(([label, value]) => value !== "" || label === kind)
    .map(([label, value]) =>
      value === "" ? escapeMarkdown(label) : `${escapeMarkdown(label)}: ${escapeMarkdown(value)}`,
    );
}

function history(mention: AnalysedMention, object: AttackObject): string {
  if (mention.written !== undefined)
    return `$(warning) The report writes ${escapeMarkdown(mention.written)}, which ATT&CK revoked in favour of this one.`;
  return object.deprecated || object.revoked
    ? `$(warning) ${object.deprecated ? "Deprecated" : "Revoked"} by ATT&CK: it is left out of layers.`
    : "";
}

/** Characters of the sentence that the hover quotes: the author has it before his eyes. */
const mostQuoted = 160;

function why(mention: AnalysedMention, analysis: Analysis): string {
  const campaigns = mention.campaigns.flatMap((id) => analysis.campaigns.find((campaign) => campaign.id === id) ?? []);
  const whose =
    campaigns.length > 0
      ? campaigns.map(({ name, role }) => (role === "described" ? name : `${name} (only referenced)`)).join(", ")
      : "nobody";
  return [
    `$(${mention.status === "stated" ? "check" : "lightbulb"}) ${mention.status === "stated" ? "Stated" : `Described, ${mention.confidence.toFixed(2)}`}: ${escapeMarkdown(mention.why)}`,
    `$(quote) ${escapeMarkdown(mention.evidence.length > mostQuoted ? `${mention.evidence.slice(0, mostQuoted)}…` : mention.evidence)}`,
    `$(person) ${escapeMarkdown(whose)}: ${escapeMarkdown(mention.attribution)}`,
  ].join("  \n");
}

function actions(mention: AnalysedMention, object: AttackObject, document: vscode.TextDocument): string {
  const open = /^https:\/\/[^\s()<>]+$/.test(object.url) ? `[$(link-external) Open page](${object.url})` : "";
  const line = document.lineAt(document.positionAt(mention.start)).text;
  const inLink =
    /\]\([^)]*$/.test(line.slice(0, document.positionAt(mention.start).character)) ||
    /^[^[\]]*\]\(/.test(line.slice(document.positionAt(mention.end).character));
  const argument = encodeURIComponent(
    JSON.stringify([document.uri.toString(), mention.start, mention.end, object.id, document.version]),
  );
  const link = inLink ? "" : `[$(link) Insert link](command:${replaceWithLinkCommand}?${argument})`;
  return [...decisions(mention, document), open, link].filter((part) => part !== "").join("  ·  ");
}

/** What one can do about a technique that the text only describes. */
function decisions({ status, object, start }: AnalysedMention, document: vscode.TextDocument): readonly string[] {
  if (status !== "inferred" || object.type !== "technique") return [];
  const names: SuggestionArguments = [document.uri.toString(), start, object.id, document.version];
  const argument = encodeURIComponent(JSON.stringify(names));
  return [
    `[$(check) Accept](command:${acceptCommand}?${argument})`,
    `[$(close) Reject](command:${rejectCommand}?${argument})`,
    `[$(edit) Not this, but…](command:${notThisCommand}?${argument})`,
  ];
}
