import * as vscode from "vscode";
import { analyse, type AnalysedMention, type Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import { parseReport } from "../report/parse.ts";
import type { Report } from "../report/report.ts";
import type { Knowledge } from "./knowledge.ts";
import { settings } from "./settings.ts";

/** What is known of one version of a document. */
export interface DocumentAnalysis {
  readonly version: number;
  readonly report: Report;
  readonly analysis: Analysis;
  readonly catalogue: Catalogue;
  readonly lexicon: Lexicon | undefined;
}

/** How long the author must pause before a new analysis begins, milliseconds. */
const pause = 250;

/** The analyses of open Markdown documents: computed when asked for or when typing pauses, one a version, dropped on close. */
export class Analyses implements vscode.Disposable {
  private readonly known = new Map<string, DocumentAnalysis>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly analysed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly subscriptions: readonly vscode.Disposable[];
  /** Fires when a document has a new analysis, or none any more. */
  readonly onDidAnalyse = this.analysed.event;

  constructor(private readonly knowledge: Knowledge) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.schedule(document, pause)),
      vscode.workspace.onDidOpenTextDocument((document) => this.schedule(document, 0)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        editors.forEach(({ document }) => this.schedule(document, 0)),
      ),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration("attackScribe.maxFileSize") ||
          event.affectsConfiguration("attackScribe.confidence")
        )
          this.startOver();
      }),
      knowledge.onDidChange(() => this.startOver()),
    ];
    for (const { document } of vscode.window.visibleTextEditors) this.schedule(document, 0);
  }

  /** The analysis of the document as it stands; `undefined` for what is no report or too large. */
  async of(document: vscode.TextDocument): Promise<DocumentAnalysis | undefined> {
    if (!isReport(document) || isTooLarge(document)) return undefined;
    const known = this.latest(document);
    if (known?.version === document.version) return known;
    const [catalogue, lexicon, model] = await Promise.all([
      this.knowledge.open(),
      this.knowledge.lexicon(),
      this.knowledge.model(),
    ]);
    const again = this.latest(document);
    if (again?.version === document.version) return again;
    if (document.isClosed) return undefined;
    const report = parseReport(document.getText(), {
      path: vscode.workspace.asRelativePath(document.uri),
      format: "markdown",
    });
    const fresh = {
      version: document.version,
      report,
      analysis: analyse(report, catalogue, { lexicon, model, boldness: settings().confidence }),
      catalogue,
      lexicon,
    };
    this.known.set(document.uri.toString(), fresh);
    this.analysed.fire(document);
    return fresh;
  }

  /** What was last computed for the document, perhaps of an older version. */
  latest(document: vscode.TextDocument): DocumentAnalysis | undefined {
    return this.known.get(document.uri.toString());
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.analysed.dispose();
  }

  private schedule(document: vscode.TextDocument, delay: number): void {
    if (!isReport(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const run = (): void => {
      this.timers.delete(key);
      if (isTooLarge(document)) this.forget(document);
      // A failure to read the data is shown by whoever asks for something; typing must not pop up messages.
      else this.of(document).catch((error: unknown) => console.error(error));
    };
    this.timers.set(key, setTimeout(run, delay));
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.known.delete(key);
    this.analysed.fire(document);
  }

  private startOver(): void {
    this.known.clear();
    for (const { document } of vscode.window.visibleTextEditors) this.schedule(document, 0);
  }
}

export const isReport = (document: vscode.TextDocument): boolean =>
  document.languageId === "markdown" && !document.uri.scheme.startsWith("attack-");

export const isTooLarge = (document: vscode.TextDocument): boolean =>
  document.getText().length > settings().maxFileSize;

export const rangeOf = (
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range => new vscode.Range(document.positionAt(start), document.positionAt(end));

/** The mentions whose span holds `offset` (UTF-16), the narrowest first. */
export function mentionsAt(analysis: Analysis, offset: number): readonly AnalysedMention[] {
  return analysis.mentions
    .filter(({ start, end }) => start <= offset && offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}
