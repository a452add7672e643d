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

/** Underlines mentions in every visible editor, on the screen and around it: what is stated with a line, what is described with dots. */
export function registerDecorations(analyses: Analyses): vscode.Disposable {
  const stated = vscode.window.createTextEditorDecorationType(underline("solid", "attackScribe.statedUnderline"));
  const inferred = vscode.window.createTextEditorDecorationType(underline("dotted", "attackScribe.inferredUnderline"));

  /** The lines of each editor that were drawn last. */
  const drawn = new WeakMap<vscode.TextEditor, vscode.Range>();

  const draw = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    const found = analyses.mappingOf(document);
    // Offsets of an older version would underline the wrong words; VS Code moves the old underlines by itself meanwhile.
    if (found && found.version !== document.version) return;
    const { underline: wanted } = settings();
    const lines = linesAround(editor);
    const from = document.offsetAt(lines.start);
    const to = document.offsetAt(lines.end);
    const near = (found?.mentions ?? []).filter(({ start, end }) => end >= from && start <= to);
    const ranges = (status: DocumentMapping["mentions"][number]["status"]): readonly vscode.Range[] =>
      near.filter((mention) => mention.status === status).map((mention) => rangeOf(document, mention));
    editor.setDecorations(stated, wanted === "off" ? [] : ranges("stated"));
    editor.setDecorations(inferred, wanted === "all" ? ranges("inferred") : []);
    drawn.set(editor, lines);
  };
  /** Draws what has been scrolled to, if it was not drawn before. */
  const drawMore = (editor: vscode.TextEditor): void => {
    const lines = drawn.get(editor);
    if (lines && !editor.visibleRanges.every((visible) => lines.contains(visible))) draw(editor);
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
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => drawMore(textEditor)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attackScribe.underline")) drawAll();
    }),
  );
}

/** Lines above and below the screen that are underlined beforehand: more than one scrolls at once. */
const ahead = 200;

/** The lines on the screen and some around them. To underline a long report as a whole at each key keeps the window from its work. */
function linesAround({ document, visibleRanges }: vscode.TextEditor): vscode.Range {
  const first = Math.min(...visibleRanges.map(({ start }) => start.line), document.lineCount - 1);
  const last = Math.max(...visibleRanges.map(({ end }) => end.line), 0);
  return document.validateRange(new vscode.Range(Math.max(0, first - ahead), 0, last + ahead + 1, 0));
}
