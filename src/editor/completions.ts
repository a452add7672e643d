import * as vscode from "vscode";
import type { AttackObject } from "../attack/catalogue.ts";
import { lookUpIn } from "../attack/look-up.ts";
import { completionPlaceAt, completionsFor } from "../exports/completions.ts";
import { phrasesOf } from "../mapping/lexicon/phrases.ts";
import { isReport, isTooLarge, rangeOf, type Analyses } from "./analyses.ts";
import { describeObject } from "./hover.ts";
import type { Knowledge } from "./knowledge.ts";
import { settings } from "./settings.ts";

const icons: Readonly<Record<string, vscode.CompletionItemKind>> = {
  technique: vscode.CompletionItemKind.Event,
  tactic: vscode.CompletionItemKind.Enum,
  group: vscode.CompletionItemKind.User,
  software: vscode.CompletionItemKind.Module,
  campaign: vscode.CompletionItemKind.Folder,
};

/** Ids and names of ATT&CK's objects behind the beginning of an id, `[[` or `@`, or on demand. */
export function registerCompletions(analyses: Analyses, knowledge: Knowledge): vscode.Disposable {
  /** What the items of the last list stand for, for their documentation. */
  const objects = new WeakMap<vscode.CompletionItem, AttackObject>();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(suggestBehindId),
    vscode.languages.registerCompletionItemProvider(
      { language: "markdown" },
      {
        provideCompletionItems: async (document, position, token, { triggerKind }) => {
          if (!isReport(document) || isTooLarge(document)) return undefined;
          const text = document.getText();
          const offset = document.offsetAt(position);
          const asked = triggerKind === vscode.CompletionTriggerKind.Invoke;
          const place = completionPlaceAt(text, offset, asked);
          if (!place) return undefined;
          const [catalogue, lexicon] = await Promise.all([knowledge.open(), knowledge.lexicon()]);
          if (token.isCancellationRequested) return undefined;
          const latest = analyses.latest(document);
          const completions = completionsFor(place, {
            catalogue,
            lookUp: lookUpIn(catalogue, lexicon && phrasesOf(lexicon)),
            // An older version will do for the order.
            analysis: latest?.analysis,
            report: latest?.report,
            text,
            format: settings().completionFormat,
          });
          const closing = text.startsWith("]]", offset) && text.startsWith("[[", place.start) ? 2 : 0;
          const range = rangeOf(document, { start: place.start, end: offset + closing });
          const typed = text.slice(place.start, offset);
          const items = completions.map((completion, index) => {
            const item = new vscode.CompletionItem(
              { label: completion.label, description: completion.detail },
              icons[completion.object?.type ?? ""] ?? vscode.CompletionItemKind.Value,
            );
            item.insertText = completion.insert;
            item.range = range;
            // The search has chosen and ordered; the list must not do so again by letters.
            item.filterText = typed;
            item.sortText = String(index).padStart(4, "0");
            const { also, object } = completion;
            if (also) item.additionalTextEdits = [vscode.TextEdit.insert(document.positionAt(also.start), also.text)];
            if (object) objects.set(item, object);
            return item;
          });
          return new vscode.CompletionList(items, true);
        },
        resolveCompletionItem: async (item) => {
          const object = objects.get(item);
          if (!object) return item;
          const [catalogue, lexicon] = await Promise.all([knowledge.open(), knowledge.lexicon()]);
          item.documentation = describeObject(object, catalogue, lexicon);
          return item;
        },
      },
      ..."[@".split(""),
    ),
  );
}

/**
 * Opens the list behind the beginning of an id. VS Code takes no letter or digit of a word for a character that opens
 * it, and its own suggestions while typing are off in Markdown.
 */
function suggestBehindId({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
  const editor = vscode.window.activeTextEditor;
  const [change, another] = contentChanges;
  if (editor?.document !== document || !change || another || reason !== undefined) return;
  if (!/^[\d.]$/.test(change.text) || change.rangeLength > 0 || !isReport(document) || isTooLarge(document)) return;
  if (!vscode.workspace.getConfiguration("editor", document).get<boolean>("suggestOnTriggerCharacters", true)) return;
  if (completionPlaceAt(document.getText(), change.rangeOffset + 1, false) === undefined) return;
  void vscode.commands.executeCommand("editor.action.triggerSuggest");
}
