import * as vscode from "vscode";
import type { AnalysedMention } from "../analysis.ts";
import { isCurrent } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import { alternativesTo } from "../exports/alternatives.ts";
import {
  acceptEdit,
  ignoreEverywhereEdit,
  isAside,
  joinEdits,
  openSuggestions,
  rejectEdit,
  replaceEdits,
  suggestionsIn,
  type ReportEdit,
} from "../exports/decisions.ts";
import { placeOf, sentenceAt } from "../mapping/place.ts";
import { rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { decidedInWords, suggestionsInWords } from "./in-words.ts";
import type { Knowledge } from "./knowledge.ts";
import { settings } from "./settings.ts";

export const acceptCommand = "attackScribe.acceptSuggestion";
export const rejectCommand = "attackScribe.rejectSuggestion";
export const notThisCommand = "attackScribe.notThisBut";
/** Behind a quick fix that decided; not in the palette. */
const decidedCommand = "attackScribe.decided";

/** What became of suggestions. */
export type Decision = "accepted" | "rejected" | "replaced";

/** A suggestion as commands and links name it: where it stands, what it says, and the version of the document it was made for. */
export type SuggestionArguments = readonly [uri: string, start: number, id: string, version: number];

type Suggestion = AnalysedMention;

/** Techniques that the text describes are suggestions: accepted, rejected or replaced by keyboard, light bulb or hover. */
export function registerSuggestions(analyses: Analyses, knowledge: Knowledge): vscode.Disposable {
  const withSuggestion =
    (use: (suggestion: Suggestion, found: DocumentAnalysis, document: vscode.TextDocument) => Promise<void>) =>
    async (...args: readonly unknown[]): Promise<void> => {
      const editor = vscode.window.activeTextEditor;
      const document =
        typeof args[0] === "string"
          ? vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === args[0])
          : editor?.document;
      const found = document && (await analyses.of(document));
      if (!found || document.version !== found.version) return;
      const suggestion =
        typeof args[0] === "string"
          ? meantBy(args, found)
          : editor && suggestionAt(found, document.offsetAt(editor.selection.active));
      if (suggestion) await use(suggestion, found, document);
      else void vscode.window.setStatusBarMessage(vscode.l10n.t("No technique is suggested here."), 3000);
    };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      acceptCommand,
      withSuggestion(async (suggestion, found, document) => {
        if (isAside(suggestion)) {
          sayNobodys();
          return;
        }
        await write(document, accept([suggestion], found));
        await afterDeciding(analyses, document, "accepted", 1);
      }),
    ),
    vscode.commands.registerCommand(
      rejectCommand,
      withSuggestion(async ({ start, end, object }, { report }, document) => {
        await write(document, [rejectEdit(report, { start, end }, object.id)]);
        await afterDeciding(analyses, document, "rejected", 1);
      }),
    ),
    vscode.commands.registerCommand(
      notThisCommand,
      withSuggestion((suggestion, found, document) => notThisBut([suggestion], found, document, analyses, knowledge)),
    ),
    vscode.commands.registerCommand(decidedCommand, async (uri: unknown, decision: unknown) => {
      const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
      if (document && (decision === "accepted" || decision === "rejected"))
        await afterDeciding(analyses, document, decision, 1);
    }),
    vscode.commands.registerCommand("attackScribe.acceptAllSuggestions", () => acceptAll(analyses)),
    vscode.commands.registerCommand("attackScribe.nextSuggestion", () => goTo(analyses, 1)),
    vscode.commands.registerCommand("attackScribe.previousSuggestion", () => goTo(analyses, -1)),
    vscode.languages.registerCodeActionsProvider(
      { language: "markdown" },
      { provideCodeActions: (document, range, _context, token) => lightBulb(analyses, document, range, token) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** A link's arguments are not taken on trust: they must name a suggestion of the present version. */
function meantBy([, start, id, version]: readonly unknown[], found: DocumentAnalysis): Suggestion | undefined {
  if (version !== found.version) return undefined;
  return suggestionsIn(found.analysis.mentions).find((one) => one.start === start && one.object.id === id);
}

/** The suggestion at an offset, the narrowest first; else the nearest one of the same sentence. */
function suggestionAt({ analysis, report }: DocumentAnalysis, offset: number): Suggestion | undefined {
  const suggestions = suggestionsIn(analysis.mentions);
  const [here] = suggestions
    .filter(({ start, end }) => start <= offset && offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  if (here) return here;
  const sentence = sentenceAt(report, placeOf(report, offset))?.sentence;
  return suggestions
    .filter(({ start }) => sentence && sentence.start <= start && start < sentence.end)
    .sort((a, b) => Math.abs(a.start - offset) - Math.abs(b.start - offset))[0];
}

function accept(suggestions: readonly Suggestion[], { report, catalogue }: DocumentAnalysis): readonly ReportEdit[] {
  const form = settings().acceptForm;
  return suggestions.flatMap((one) => {
    const technique = catalogue.get(one.object.id);
    return technique ? [acceptEdit(report, one, technique, form)] : [];
  });
}

const sayNobodys = (): void =>
  void vscode.window.setStatusBarMessage(
    vscode.l10n.t("These words tell of nobody, so there is nothing to accept; attribute them to somebody first."),
    messageTime,
  );

/** Milliseconds that a message stays in the status bar. */
const messageTime = 6000;

/** Says how many were decided on and how many are left; goes on to the next one where the author wants that. */
export async function afterDeciding(
  analyses: Analyses,
  document: vscode.TextDocument,
  decision: Decision,
  count: number,
): Promise<void> {
  const found = await analyses.of(document);
  if (!found) return;
  const left = openSuggestions(found.analysis.mentions).length;
  void vscode.window.setStatusBarMessage(decidedInWords(decision, count, left), messageTime);
  const editor = vscode.window.activeTextEditor;
  if (settings().afterDeciding === "next" && count === 1 && left > 0 && editor?.document === document)
    await goTo(analyses, 1);
}

/** One undo step. */
async function write(document: vscode.TextDocument, edits: readonly ReportEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, toTextEdits(document, edits));
  await vscode.workspace.applyEdit(edit);
}

const toTextEdits = (document: vscode.TextDocument, edits: readonly ReportEdit[]): vscode.TextEdit[] =>
  joinEdits(edits).map((edit) => vscode.TextEdit.replace(rangeOf(document, edit), edit.text));

async function lightBulb(
  analyses: Analyses,
  document: vscode.TextDocument,
  range: vscode.Range,
  token: vscode.CancellationToken,
): Promise<vscode.CodeAction[]> {
  const found = await analyses.of(document);
  if (!found || token.isCancellationRequested || document.version !== found.version) return [];
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  const here = suggestionsIn(found.analysis.mentions).filter(({ start, end }) => start <= to && from <= end);
  return here.flatMap((one) => {
    const name = `${one.object.id} ${one.object.name}`;
    const { report } = found;
    const action = (title: string, edits: readonly ReportEdit[], decision: Decision): vscode.CodeAction => {
      const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      made.edit = new vscode.WorkspaceEdit();
      made.edit.set(document.uri, toTextEdits(document, edits));
      made.command = { command: decidedCommand, title, arguments: [document.uri.toString(), decision] };
      return made;
    };
    const other = new vscode.CodeAction(vscode.l10n.t("Not {0}, but…", name), vscode.CodeActionKind.QuickFix);
    const names: SuggestionArguments = [document.uri.toString(), one.start, one.object.id, found.version];
    other.command = { command: notThisCommand, title: other.title, arguments: [...names] };
    const rejected = action(
      vscode.l10n.t("Reject {0} in this paragraph", name),
      [rejectEdit(report, one, one.object.id)],
      "rejected",
    );
    const ignored = action(
      vscode.l10n.t("Reject {0} in the whole report", name),
      [ignoreEverywhereEdit(report, one.object.id)],
      "rejected",
    );
    if (isAside(one)) return [rejected, ignored];
    const accepted = action(vscode.l10n.t("Accept {0}", name), accept([one], found), "accepted");
    accepted.isPreferred = true;
    return [accepted, rejected, other, ignored];
  });
}

/**
 * Asks for the technique that is meant, those of its sentence first and then those that it resembles, and writes it in
 * place of the suggested one; `suggestions` are all of one technique.
 */
export async function notThisBut(
  suggestions: readonly Suggestion[],
  found: DocumentAnalysis,
  document: vscode.TextDocument,
  analyses: Analyses,
  knowledge: Knowledge,
): Promise<void> {
  const [suggestion] = suggestions;
  if (!suggestion) return;
  const { catalogue, lexicon, report, version } = found;
  const { here, alike, family, tactic } = alternativesTo(suggestion, found.analysis.mentions, catalogue, {
    lexicon,
    model: await knowledge.model(),
  });
  const before = new Set([suggestion.object.id, ...here, ...alike, ...family, ...tactic]);
  const techniques = catalogue.objects().filter((object) => object.type === "technique" && isCurrent(object));
  const others = techniques.map(({ id }) => id).filter((id) => !before.has(id));
  const item = (id: string): readonly (vscode.QuickPickItem & { readonly id: string })[] => {
    const technique = catalogue.get(id);
    if (!technique) return [];
    const gloss = lexicon?.glosses[id];
    return [
      {
        id,
        label: fullName(technique, catalogue),
        description: id,
        ...(gloss === undefined ? {} : { detail: gloss }),
      },
    ];
  };
  const group = (label: string, ids: readonly string[]): readonly (vscode.QuickPickItem & { readonly id: string })[] =>
    ids.length === 0 ? [] : [{ label, id: "", kind: vscode.QuickPickItemKind.Separator }, ...ids.flatMap(item)];
  // A hover whose link was followed would stand behind the list; an older VS Code leaves it there.
  vscode.commands.executeCommand("editor.action.hideHover").then(undefined, () => undefined);
  const chosen = await vscode.window.showQuickPick(
    [
      ...group(vscode.l10n.t("suggested for this sentence too"), here),
      ...group(vscode.l10n.t("resembles the sentence too"), alike),
      ...group(vscode.l10n.t("its family"), family),
      ...group(vscode.l10n.t("serves the same tactic"), tactic),
      ...group(vscode.l10n.t("all techniques"), others),
    ],
    {
      title: vscode.l10n.t("Not {0}, but…", `${suggestion.object.id} ${suggestion.object.name}`),
      placeHolder: vscode.l10n.t("Type a name, an id or a part of one; Enter writes it in place of the suggested one"),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  const technique = chosen && catalogue.get(chosen.id);
  if (!technique || document.version !== version) return;
  const form = settings().acceptForm;
  await write(
    document,
    suggestions.flatMap((one) => replaceEdits(report, one, suggestion.object.id, technique, form)),
  );
  await afterDeciding(analyses, document, "replaced", suggestions.length);
}

/** Accepts, in one undo step, every suggestion that is at least as sure as the author asks for. */
async function acceptAll(analyses: Analyses): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const found = document && (await analyses.of(document));
  if (!found) return;
  const suggestions = openSuggestions(found.analysis.mentions);
  if (suggestions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No technique is suggested in this report."));
    return;
  }
  const steps = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0]
    .map((least) => ({ least, those: suggestions.filter(({ confidence }) => confidence >= least) }))
    .filter(({ those }, at, all) => those.length > 0 && those.length !== all[at - 1]?.those.length);
  const chosen = await vscode.window.showQuickPick(
    steps.map(({ least, those }) => ({
      label: least === 0 ? vscode.l10n.t("All") : vscode.l10n.t("{0} or surer", least.toFixed(2)),
      description: suggestionsInWords(those.length),
      those,
    })),
    {
      title: vscode.l10n.t("Accept which suggestions?"),
      placeHolder: vscode.l10n.t("Choose how sure they must be; Enter accepts all of them, in one undo step"),
    },
  );
  if (!chosen || document.version !== found.version) return;
  await write(document, accept(chosen.those, found));
  await afterDeciding(analyses, document, "accepted", chosen.those.length);
}

/** Selects the next suggestion behind the cursor, or the one before it; round the end. */
async function goTo(analyses: Analyses, step: 1 | -1): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const found = editor && (await analyses.of(editor.document));
  if (!found) return;
  const { document, selection } = editor;
  const suggestions = openSuggestions(found.analysis.mentions);
  const from = document.offsetAt(selection.start);
  const next =
    step === 1
      ? (suggestions.find(({ start }) => start > from) ?? suggestions[0])
      : (suggestions.findLast(({ start }) => start < from) ?? suggestions.at(-1));
  if (!next) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("No technique is suggested in this report."), 3000);
    return;
  }
  const range = rangeOf(document, next);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand("editor.action.showHover");
}
