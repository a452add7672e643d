import * as vscode from "vscode";
import { analyseInSteps, type AnalysedMention, type Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import type { Mapping } from "../mapping/map-report.ts";
import type { Mention } from "../mapping/mention.ts";
import { MarkdownMemory } from "../report/markdown.ts";
import { readReport } from "../report/parse.ts";
import type { Report } from "../report/report.ts";
import type { Steps } from "../steps.ts";
import type { Knowledge } from "./knowledge.ts";
import { allowedIndicators, settings } from "./settings.ts";
import { published } from "../stated-only.ts";
import { inSlices } from "./slices.ts";

/** What is known of one version of a document. */
export interface DocumentAnalysis {
  readonly version: number;
  readonly report: Report;
  readonly analysis: Analysis;
  readonly catalogue: Catalogue;
  readonly lexicon: Lexicon | undefined;
}

/** What one version of a document maps: known before it is known whose doing that is. */
export interface DocumentMapping {
  readonly version: number;
  readonly mentions: readonly Pick<Mention, "start" | "end" | "status">[];
  /** When the version was first heard of, by `performance.now()`. */
  readonly heardAt: number;
}

/** The analysis as layers, exports and tables are to hold it. */
export const forPublishing = (found: DocumentAnalysis): DocumentAnalysis => ({
  ...found,
  analysis: published(found.analysis, settings().publish),
});

/** How long the author must pause before views and lenses follow, milliseconds. */
const pause = 250;

/** An analysis that is under way; another version's begins in its stead. */
interface Run {
  readonly version: number;
  readonly result: Promise<DocumentAnalysis | undefined>;
}

/** The analyses of open Markdown documents: begun anew at every edit, in short slices, and dropped on close. */
export class Analyses implements vscode.Disposable {
  private readonly known = new Map<string, DocumentAnalysis>();
  private readonly mappings = new Map<string, DocumentMapping>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly runs = new Map<string, Run>();
  private readonly memories = new WeakMap<vscode.TextDocument, MarkdownMemory>();
  private readonly mapped = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly analysed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly settled = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly subscriptions: readonly vscode.Disposable[];
  /** Fires when a document has a new mapping, which is some time before its analysis, or none any more. */
  readonly onDidMap = this.mapped.event;
  /** Fires when a document has a new analysis, or none any more. */
  readonly onDidAnalyse = this.analysed.event;
  /** As {@link onDidAnalyse}, when typing has paused: for what takes long to draw. */
  readonly onDidSettle = this.settled.event;

  constructor(private readonly knowledge: Knowledge) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.analyseSoon(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.analyseSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.window.onDidChangeVisibleTextEditors((editors) =>
        editors.forEach(({ document }) => this.analyseSoon(document)),
      ),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration("attackScribe.maxFileSize") ||
          event.affectsConfiguration("attackScribe.lint") ||
          event.affectsConfiguration("attackScribe.confidence")
        )
          this.startOver();
      }),
      knowledge.onDidChange(() => this.startOver()),
    ];
    for (const { document } of vscode.window.visibleTextEditors) this.analyseSoon(document);
  }

  /** The analysis of the document as it stands; `undefined` for what is no report or too large. */
  async of(document: vscode.TextDocument): Promise<DocumentAnalysis | undefined> {
    for (;;) {
      if (document.isClosed || !isReport(document) || isTooLarge(document)) return undefined;
      const known = this.latest(document);
      if (known?.version === document.version) return known;
      const found = await this.run(document).result;
      // Another edit came meanwhile: what it left is what was asked for.
      if (found?.version === document.version) return found;
    }
  }

  /** What was last computed for the document, perhaps of an older version. */
  latest(document: vscode.TextDocument): DocumentAnalysis | undefined {
    return this.known.get(document.uri.toString());
  }

  /** What the document was last found to map, perhaps in an older version. */
  mappingOf(document: vscode.TextDocument): DocumentMapping | undefined {
    return this.mappings.get(document.uri.toString());
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.mapped.dispose();
    this.analysed.dispose();
    this.settled.dispose();
  }

  private analyseSoon(document: vscode.TextDocument): void {
    if (!isReport(document)) return;
    if (isTooLarge(document)) this.forget(document);
    // A failure to read the data is shown by whoever asks for something; typing must not pop up messages.
    else this.of(document).catch((error: unknown) => console.error(error));
  }

  /** The run for the document's version, begun where there is none. */
  private run(document: vscode.TextDocument): Run {
    const key = document.uri.toString();
    const known = this.runs.get(key);
    if (known?.version === document.version) return known;
    const run: Run = { version: document.version, result: this.analyse(document, () => this.runs.get(key) !== run) };
    this.runs.set(key, run);
    const done = (): void => {
      if (this.runs.get(key) === run) this.runs.delete(key);
    };
    run.result.then(done, done);
    return run;
  }

  private async analyse(document: vscode.TextDocument, isOver: () => boolean): Promise<DocumentAnalysis | undefined> {
    const { version } = document;
    const heardAt = performance.now();
    const [catalogue, lexicon, model] = await Promise.all([
      this.knowledge.open(),
      this.knowledge.lexicon(),
      this.knowledge.model(),
    ]);
    const isOutdated = (): boolean => isOver() || document.isClosed || document.version !== version;
    if (isOutdated()) return undefined;
    let memory = this.memories.get(document);
    if (!memory) this.memories.set(document, (memory = new MarkdownMemory()));
    const path = vscode.workspace.asRelativePath(document.uri);
    const options = {
      lexicon,
      model,
      boldness: settings().confidence,
      allowedIndicators: allowedIndicators(document),
    };
    const onMapped = ({ mentions }: Mapping): void => {
      this.mappings.set(document.uri.toString(), { version, mentions, heardAt });
      this.mapped.fire(document);
    };
    const fresh = await inSlices(
      (function* (text: string, known: MarkdownMemory): Steps<DocumentAnalysis> {
        const report = yield* readReport(text, { path, format: "markdown" }, known);
        const analysis = yield* analyseInSteps(report, catalogue, options, onMapped);
        return { version, report, analysis, catalogue, lexicon };
      })(document.getText(), memory),
      isOutdated,
    );
    if (!fresh || isOutdated()) return undefined;
    this.known.set(document.uri.toString(), fresh);
    this.analysed.fire(document);
    this.settleSoon(document);
    return fresh;
  }

  private settleSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const settle = (): void => {
      this.timers.delete(key);
      this.settled.fire(document);
    };
    this.timers.set(key, setTimeout(settle, pause));
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.runs.delete(key);
    this.known.delete(key);
    this.mappings.delete(key);
    this.mapped.fire(document);
    this.analysed.fire(document);
    this.settled.fire(document);
  }

  private startOver(): void {
    this.known.clear();
    this.mappings.clear();
    this.runs.clear();
    for (const { document } of vscode.window.visibleTextEditors) this.analyseSoon(document);
  }
}

export const isReport = (document: vscode.TextDocument): boolean =>
  document.languageId === "markdown" && !document.uri.scheme.startsWith("attack-");

/** Asked at every key, so by the place of the end: to ask for the text would put all its lines together. */
export const isTooLarge = (document: vscode.TextDocument): boolean =>
  document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > settings().maxFileSize;

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
