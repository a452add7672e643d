import type { MarkdownIt } from "markdown-it";
import * as vscode from "vscode";
import { annotate } from "../exports/preview.ts";
import type { Analyses } from "./analyses.ts";
import { settings } from "./settings.ts";

/** What VS Code's Markdown preview asks of an extension that adds to it. */
export interface MarkdownPreview {
  readonly dispose: () => void;
  readonly extendMarkdownIt: (md: MarkdownIt) => MarkdownIt;
}

/** What the preview says of the page that it renders. */
interface PreviewEnvironment {
  readonly currentDocument?: vscode.Uri;
  /** Only the preview has one: HTML that is exported gets nothing from us, unless its author wants it. */
  readonly resourceProvider?: unknown;
}

/** Annotates ids and names in VS Code's own preview, and draws the matrix in `attack-matrix` blocks. */
export function markdownPreview(analyses: Analyses): MarkdownPreview {
  /** Reports that were rendered before they were read, or as they were read before. */
  const waiting = new Set<string>();
  const refresh = (): void => {
    void Promise.resolve(vscode.commands.executeCommand("markdown.preview.refresh")).catch(() => undefined);
  };
  const documentOf = ({ currentDocument }: PreviewEnvironment): vscode.TextDocument | undefined => {
    if (!currentDocument) return undefined;
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === currentDocument.toString());
  };
  const subscriptions = vscode.Disposable.from(
    analyses.onDidSettle((document) => {
      if (waiting.delete(document.uri.toString())) refresh();
    }),
    // A picture of the matrix has its colours in it.
    vscode.window.onDidChangeActiveColorTheme(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attackScribe.preview")) refresh();
    }),
  );
  return {
    extendMarkdownIt: (md) => {
      annotate(md, (env) => {
        const asked = (env ?? {}) as PreviewEnvironment;
        const isPreview = asked.resourceProvider !== undefined;
        const { preview, exportedHtml } = settings();
        const document = (isPreview ? preview : exportedHtml) ? documentOf(asked) : undefined;
        const found = document && analyses.latest(document);
        if (isPreview && document && found?.version !== document.version) waiting.add(document.uri.toString());
        if (!found) return undefined;
        const { kind } = vscode.window.activeColorTheme;
        // A page is read on white, whatever theme it was written in.
        const isDark =
          isPreview && (kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast);
        return {
          analysis: found.analysis,
          report: found.report,
          catalogue: found.catalogue,
          theme: isDark ? "dark" : "light",
        };
      });
      return md;
    },
    dispose: () => {
      subscriptions.dispose();
    },
  };
}
