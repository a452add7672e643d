import * as vscode from "vscode";
import type { AnalysedMention, Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { firstParagraph } from "../attack/description.ts";
import { fullName } from "../attack/full-name.ts";
import { kindOf } from "../attack/kinds.ts";
import { nameKey } from "../attack/names.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { campaignNamedAt } from "../exports/attribution-edits.ts";
import { isAside, suggestionsIn } from "../exports/decisions.ts";
import { knownTechniques, knownUsers } from "../exports/known-of.ts";
import { shortened } from "../exports/text.ts";
import { toLink } from "../exports/link.ts";
import { escapeMarkdown } from "../exports/markdown.ts";
import { scoreOf } from "../exports/sureness.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import type { Range } from "../report/report.ts";
import { mentionsAt, rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { reveal } from "./current-report.ts";
import { countsInWords } from "./in-words.ts";
import { replaceWithLinkCommand } from "./insert-link.ts";
import { acceptCommand, notThisCommand, rejectCommand, type SuggestionArguments } from "./suggestions.ts";

/** Objects that one hover explains; a CVE may stand for several techniques. */
const mostObjects = 3;

/** Only for links in hovers: not in the palette. */
const goToPlaceCommand = "attackScribe.goToPlace";
const showMatrixCommand = "attackScribe.showMatrix";

const ownCommands = [
  replaceWithLinkCommand,
  acceptCommand,
  rejectCommand,
  notThisCommand,
  goToPlaceCommand,
  showMatrixCommand,
];

export function registerHover(analyses: Analyses): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(goToPlaceCommand, goToPlace),
    vscode.languages.registerHoverProvider(
      { language: "markdown" },
      {
        provideHover: async (document, position, token) => {
          const found = await analyses.of(document);
          if (!found || token.isCancellationRequested) return undefined;
          const offset = document.offsetAt(position);
          const mentions = oneAnObject(mentionsAt(found.analysis, offset));
          const [first] = mentions;
          if (!first) return campaignHover(found, document, offset);
          const contents = mentions.slice(0, mostObjects).map((mention) => explain(mention, found, document));
          return new vscode.Hover(contents, rangeOf(document, first));
        },
      },
    ),
  );
}

async function goToPlace(uri: unknown, start: unknown, end: unknown): Promise<void> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (document && typeof start === "number" && typeof end === "number") await reveal(document, { start, end });
}

function oneAnObject(mentions: readonly AnalysedMention[]): readonly AnalysedMention[] {
  return mentions.filter(({ object }, index) => mentions.findIndex((other) => other.object.id === object.id) === index);
}

const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");
const lines = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("  \n");
const inline = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("  ·  ");

/** With links to the extension's own commands, and no others. */
function trusted(words: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(words, true);
  markdown.isTrusted = { enabledCommands: ownCommands };
  return markdown;
}

/** A link to a command; `label` is Markdown. */
const commandLink = (label: string, command: string, args: readonly unknown[]): string =>
  `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;

const placeLink = (label: string, { start, end }: Range, document: vscode.TextDocument): string =>
  commandLink(label, goToPlaceCommand, [document.uri.toString(), start, end]);

/** Everything in it that comes from data or from the report is escaped; the only commands are the extension's own. */
function explain(
  mention: AnalysedMention,
  found: DocumentAnalysis,
  document: vscode.TextDocument,
): vscode.MarkdownString {
  const { analysis, catalogue, lexicon } = found;
  const object = catalogue.get(mention.object.id);
  if (!object) return trusted("");
  return trusted(
    paragraphs([
      heading(object, catalogue),
      history(mention, object),
      why(mention, analysis),
      actions(mention, object, analysis, document),
      ...about(object, catalogue, lexicon),
      inReport(object, found, document),
    ]),
  );
}

/** What an object is, without a word on any report. */
export function describeObject(
  object: AttackObject,
  catalogue: Catalogue,
  lexicon: Lexicon | undefined,
): vscode.MarkdownString {
  return new vscode.MarkdownString("", true).appendMarkdown(
    paragraphs([heading(object, catalogue), ...about(object, catalogue, lexicon)]),
  );
}

const heading = (object: AttackObject, catalogue: Catalogue): string =>
  `**$(${kindOf(object.type).icon}) ${escapeMarkdown(`${object.id} · ${fullName(object, catalogue)}`)}**`;

/** ATT&CK's own words where the user installed a bundle, else ours. */
const about = (object: AttackObject, catalogue: Catalogue, lexicon: Lexicon | undefined): readonly string[] => [
  escapeMarkdown(firstParagraph(object.description ?? "") || (lexicon?.glosses[object.id] ?? "")),
  lines(facts(object, catalogue)),
];

/** As many as a line takes. */
const most = 5;

/** The first of them, and how many more there are. */
const some = (names: readonly string[], limit = most): string =>
  [...names.slice(0, limit), ...(names.length > limit ? [vscode.l10n.t("{0} more", names.length - limit)] : [])].join(
    ", ",
  );

/** What else of this report has to do with it: who uses a technique, which of an actor's techniques are shown. */
function inReport(
  object: AttackObject,
  { analysis, report, catalogue }: DocumentAnalysis,
  document: vscode.TextDocument,
): string {
  if (object.type === "technique") {
    const users = knownUsers(object.id, analysis, catalogue).map((user) => {
      const name = placeLink(escapeMarkdown(user.name), user, document);
      return user.role === "referenced"
        ? vscode.l10n.t("{0} (only referenced, line {1})", name, user.line)
        : vscode.l10n.t("{0} (line {1})", name, user.line);
    });
    return users.length > 0 ? `$(references) ${vscode.l10n.t("Known of, in this report: {0}", some(users))}` : "";
  }
  const { known, shown, beyond } = knownTechniques(object, analysis, report, catalogue);
  const places = (ids: readonly string[]): readonly string[] =>
    ids.map((id) => {
      const name = escapeMarkdown(`${id} ${catalogue.get(id)?.name ?? ""}`.trim());
      const first = analysis.mentions.find((mention) => mention.object.id === id);
      return first ? placeLink(name, first, document) : name;
    });
  const rest = known.filter((id) => !shown.includes(id));
  if (known.length === 0 && beyond.length === 0) return "";
  return lines([
    `$(references) ${shownOf(known.length, places(shown))}`,
    rest.length > 0 && shown.length > 0 ? `$(circle-large-outline) ${vscode.l10n.t("Not shown: {0}", some(rest))}` : "",
    // Whose doing it is beside a software's name the report does not say.
    beyond.length > 0 && object.type !== "software"
      ? `$(add) ${vscode.l10n.t("New to ATT&CK: {0}", some(places(beyond)))}`
      : "",
  ]);
}

/** How many of the techniques that ATT&CK knows of it the report shows, and which. */
function shownOf(known: number, shown: readonly string[]): string {
  if (known === 0) return vscode.l10n.t("ATT&CK knows no technique of it");
  return shown.length === 0
    ? vscode.l10n.t("This report shows none of {0} techniques that ATT&CK knows of it", known)
    : vscode.l10n.t(
        "This report shows {0} of {1} techniques that ATT&CK knows of it: {2}",
        shown.length,
        known,
        some(shown),
      );
}

/** What it is, a line a fact. */
function facts(object: AttackObject, catalogue: Catalogue): readonly string[] {
  const isTechnique = object.type === "technique";
  const parent = object.parent === undefined ? undefined : catalogue.get(object.parent);
  const kind = parent
    ? vscode.l10n.t("Sub-technique of {0}", toLink(parent, `${parent.id} ${parent.name}`))
    : object.softwareType === undefined
      ? kindOf(object.type).label
      : vscode.l10n.t("Software ({0})", object.softwareType);
  const domains = catalogue.domains.filter(({ domain }) => object.domains.includes(domain)).map(({ name }) => name);
  const names = (ids: readonly string[]): string =>
    some(
      ids.flatMap((id) => catalogue.get(id)?.name ?? []),
      3,
    );
  const rows: readonly (readonly [icon: string, label: string, value: string])[] = [
    [
      "milestone",
      vscode.l10n.t("Tactics"),
      isTechnique ? some(catalogue.tacticsOf(object).map(({ name }) => name)) : "",
    ],
    ["device-desktop", vscode.l10n.t("Platforms"), object.platforms.join(", ")],
    ["tag", vscode.l10n.t("Also"), some(object.aliases, 8)],
    ["calendar", vscode.l10n.t("Active"), period(object.firstSeen, object.lastSeen)],
    ["eye", vscode.l10n.t("Detected by"), isTechnique ? names(catalogue.sources(object.id, "detects")) : ""],
    ["shield", vscode.l10n.t("Mitigated by"), isTechnique ? names(catalogue.sources(object.id, "mitigates")) : ""],
  ];
  return [
    [parent ? kind : escapeMarkdown(kind), ...domains.map(escapeMarkdown)].join(" · "),
    ...rows
      .filter(([, , value]) => value !== "")
      .map(([icon, label, value]) => `$(${icon}) ${vscode.l10n.t("{0}: {1}", label, escapeMarkdown(value))}`),
  ];
}

const period = (first: string | undefined, last: string | undefined): string =>
  first !== undefined && last !== undefined ? vscode.l10n.t("{0} to {1}", first, last) : (first ?? last ?? "");

/** A campaign that only the report knows: what it tells of it. */
function campaignHover(
  { analysis, report }: DocumentAnalysis,
  document: vscode.TextDocument,
  offset: number,
): vscode.Hover | undefined {
  const named = campaignNamedAt(report, analysis, offset);
  if (!named) return undefined;
  // Where the report names nobody, its title stands for who did it: in the title itself there is nothing to explain.
  if (nameKey(document.lineAt(document.positionAt(named.start)).text) === nameKey(report.title)) return undefined;
  const { campaign } = named;
  return new vscode.Hover(
    trusted(
      paragraphs([
        `**$(organization) ${escapeMarkdown([campaign.name, ...campaign.attackIds].join(" · "))}**`,
        lines([
          campaign.role === "described"
            ? `$(check) ${vscode.l10n.t("Described: {0}", escapeMarkdown(campaign.reason))}`
            : `$(comment) ${vscode.l10n.t("Only referenced: {0}", escapeMarkdown(campaign.reason))}`,
          ...members(campaign, analysis),
          campaign.aliases.length > 0
            ? `$(tag) ${vscode.l10n.t("Also: {0}", escapeMarkdown(some(campaign.aliases, 8)))}`
            : "",
          campaign.dates
            ? `$(calendar) ${vscode.l10n.t("Told of: {0}", escapeMarkdown(period(campaign.dates.first, campaign.dates.last)))}`
            : "",
          techniquesOf(campaign, document),
        ]),
        commandLink(`$(table) ${vscode.l10n.t("Show matrix")}`, showMatrixCommand, [
          { document: document.uri.toString(), campaign: campaign.id },
        ]),
      ]),
    ),
    rangeOf(document, named),
  );
}

function members({ id, partOf }: Campaign, { campaigns }: Analysis): readonly string[] {
  const below = campaigns.filter((campaign) => campaign.partOf === id).map(({ name }) => name);
  const above = campaigns.find((campaign) => campaign.id === partOf);
  return [
    below.length > 0 ? `$(type-hierarchy-sub) ${vscode.l10n.t("Of it: {0}", escapeMarkdown(some(below)))}` : "",
    above ? `$(type-hierarchy-super) ${vscode.l10n.t("Part of {0}", escapeMarkdown(above.name))}` : "",
  ];
}

function techniquesOf({ techniques }: Campaign, document: vscode.TextDocument): string {
  const names = techniques.flatMap(({ id, name, evidence: [first] }) => {
    const words = escapeMarkdown(`${id} ${name}`);
    return first ? [placeLink(words, first, document)] : [words];
  });
  const suggested = techniques.filter(({ status }) => status === "inferred").length;
  const counts = countsInWords(techniques.length, suggested);
  return `$(references) ${names.length > 0 ? vscode.l10n.t("{0}: {1}", counts, some(names)) : counts}`;
}

function history(mention: AnalysedMention, object: AttackObject): string {
  if (mention.written !== undefined)
    return `$(warning) ${vscode.l10n.t("The report writes {0}, which ATT&CK revoked in favour of this one.", escapeMarkdown(mention.written))}`;
  if (object.deprecated) return `$(warning) ${vscode.l10n.t("Deprecated by ATT&CK: it is left out of layers.")}`;
  return object.revoked ? `$(warning) ${vscode.l10n.t("Revoked by ATT&CK: it is left out of layers.")}` : "";
}

/** Characters of the sentence that the hover quotes: the author has it before his eyes. */
const mostQuoted = 160;

function why(mention: AnalysedMention, analysis: Analysis): string {
  const campaigns = mention.campaigns.flatMap((id) => analysis.campaigns.find((campaign) => campaign.id === id) ?? []);
  const whose =
    campaigns.length > 0
      ? campaigns
          .map(({ name, role }) => (role === "described" ? name : vscode.l10n.t("{0} (only referenced)", name)))
          .join(", ")
      : vscode.l10n.t("nobody");
  return lines([
    mention.status === "stated"
      ? `$(check) ${vscode.l10n.t("Stated: {0}", escapeMarkdown(mention.why))}`
      : `$(lightbulb) ${vscode.l10n.t("Suggestion (described, {0}): {1}", scoreOf(mention), escapeMarkdown(mention.why))}`,
    `$(quote) ${escapeMarkdown(shortened(mention.evidence, mostQuoted))}`,
    `$(person) ${vscode.l10n.t("{0}: {1}", escapeMarkdown(whose), escapeMarkdown(mention.attribution))}`,
  ]);
}

function actions(
  mention: AnalysedMention,
  object: AttackObject,
  { mentions }: Analysis,
  document: vscode.TextDocument,
): string {
  const open = /^https:\/\/[^\s()<>]+$/.test(object.url)
    ? `[$(link-external) ${vscode.l10n.t("Open page")}](${object.url})`
    : "";
  const line = document.lineAt(document.positionAt(mention.start)).text;
  const inLink =
    /\]\([^)]*$/.test(line.slice(0, document.positionAt(mention.start).character)) ||
    /^[^[\]]*\]\(/.test(line.slice(document.positionAt(mention.end).character));
  const { start, end } = mention;
  const link = inLink
    ? ""
    : commandLink(`$(link) ${vscode.l10n.t("Insert link")}`, replaceWithLinkCommand, [
        document.uri.toString(),
        start,
        end,
        object.id,
        document.version,
      ]);
  const undecided = suggestionsIn(mentions).includes(mention);
  return inline([...(undecided ? decisions(mention, document) : []), open, link]);
}

/** What one can do about a technique that the text only describes. */
function decisions(mention: AnalysedMention, document: vscode.TextDocument): readonly string[] {
  const { object, start } = mention;
  const names: SuggestionArguments = [document.uri.toString(), start, object.id, document.version];
  const reject = commandLink(`$(close) ${vscode.l10n.t("Reject")}`, rejectCommand, names);
  if (isAside(mention)) return [reject];
  return [
    commandLink(`$(check) ${vscode.l10n.t("Accept")}`, acceptCommand, names),
    reject,
    commandLink(`$(edit) ${vscode.l10n.t("Not this, but…")}`, notThisCommand, names),
  ];
}
