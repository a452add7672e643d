import * as vscode from "vscode";
import { rangeOf, type Analyses, type DocumentMapping } from "./analyses.ts";
import { settings } from "./settings.ts";

const underline = (style: "solid" | "dotted", colour: string): vscode.DecorationRenderOptions => ({
  borderStyle: style,
  borderWidth: style === "solid" ? "0 0 1px 0" : "0 0 2px 0",
  borderColor: new vscode.ThemeColor(colour),
  rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
});

/** From an edit to its underlines, in the host's user timing: `npm run soak` reads it there. */
export const underlining = "attack-scribe.underlining";

/** Underlines mentions in every visible editor: what is stated with a line, what is described with dots. */
export function registerDecorations(analyses: Analyses): vscode.Disposable {
  const stated = vscode.window.createTextEditorDecorationType(underline("solid", "attackScribe.statedUnderline"));
  const inferred = vscode.window.createTextEditorDecorationType(underline("dotted", "attackScribe.inferredUnderline"));

  const draw = (editor: vscode.TextEditor): void => {
    const found = analyses.mappingOf(editor.document);
    // Offsets of an older version would underline the wrong words; VS Code moves the old underlines by itself meanwhile.
    if (found && found.version !== editor.document.version) return;
    const { underline: wanted } = settings();
    const ranges = (status: DocumentMapping["mentions"][number]["status"]): readonly vscode.Range[] =>
      (found?.mentions ?? [])
        .filter((mention) => mention.status === status)
        .map((mention) => rangeOf(editor.document, mention));
    editor.setDecorations(stated, wanted === "off" ? [] : ranges("stated"));
    editor.setDecorations(inferred, wanted === "all" ? ranges("inferred") : []);
  };
  const drawAll = (): void => vscode.window.visibleTextEditors.forEach(draw);

  return vscode.Disposable.from(
    stated,
    inferred,
    analyses.onDidMap((document) => {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) draw(editor);
      const start = analyses.mappingOf(document)?.heardAt;
      if (start === undefined) return;
      performance.measure(underlining, { start });
      // Whoever watches has been told; entries that stay would fill the memory.
      performance.clearMeasures(underlining);
    }),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attackScribe.underline")) drawAll();
    }),
  );
}
