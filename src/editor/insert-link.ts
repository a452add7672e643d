import * as vscode from "vscode";
import type { AttackObject } from "../attack/catalogue.ts";
import { objectCalled } from "../attack/object-called.ts";
import { toLink } from "../exports/link.ts";
import { mentionsAt, rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import type { LookUpPicker } from "./look-up.ts";

/** Only for links in hovers: not in the palette. */
export const replaceWithLinkCommand = "attackScribe.replaceWithLink";

export function registerInsertLink(analyses: Analyses, picker: LookUpPicker): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand("attackScribe.insertLink", () => insertLinks(analyses, picker)),
    vscode.commands.registerCommand(replaceWithLinkCommand, (...args: readonly unknown[]) =>
      replaceWithLink(analyses, args),
    ),
  );
}

/** Turns what stands at every cursor or selection into links, in one undo step; asks where it can't tell what is meant. */
async function insertLinks(analyses: Analyses, picker: LookUpPicker): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const found = await analyses.of(editor.document);
  if (!found) return;
  const meant = editor.selections.map((selection) => ({
    selection,
    target: targetAt(editor.document, selection, found),
  }));
  const missing = meant.find(({ target }) => target === undefined);
  if (missing) {
    await picker.open({ query: editor.document.getText(missing.selection), format: "link" });
    return;
  }
  await editor.edit((edit) => {
    const done: vscode.Range[] = [];
    for (const { target } of meant) {
      if (!target || done.some((range) => range.intersection(target.range) !== undefined)) continue;
      done.push(target.range);
      edit.replace(target.range, toLink(target.object, editor.document.getText(target.range)));
    }
  });
}

interface LinkTarget {
  readonly object: AttackObject;
  readonly range: vscode.Range;
}

function targetAt(
  document: vscode.TextDocument,
  selection: vscode.Selection,
  { analysis, catalogue }: DocumentAnalysis,
): LinkTarget | undefined {
  if (!selection.isEmpty) {
    const object = objectCalled(document.getText(selection), catalogue);
    if (object) return { object, range: selection };
  }
  const [mention] = mentionsAt(analysis, document.offsetAt(selection.active));
  const object = mention && catalogue.get(mention.object.id);
  if (object) return { object, range: rangeOf(document, mention) };
  const range = document.getWordRangeAtPosition(selection.active, /[A-Za-z]{1,3}\d{4}(?:[./]\d{3})?/);
  const typed = range && objectCalled(document.getText(range), catalogue);
  return range && typed && { object: typed, range };
}

/** What the hover's link does. Its arguments went through a link, so nothing about them is taken on trust. */
async function replaceWithLink(analyses: Analyses, args: readonly unknown[]): Promise<void> {
  const [uri, start, end, id, version] = args;
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (
    !document ||
    typeof start !== "number" ||
    typeof end !== "number" ||
    typeof id !== "string" ||
    document.version !== version
  )
    return;
  const object = (await analyses.of(document))?.catalogue.get(id);
  if (!object) return;
  const range = rangeOf(document, { start, end });
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, toLink(object, document.getText(range)));
  await vscode.workspace.applyEdit(edit);
}
