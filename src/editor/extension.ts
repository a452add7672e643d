import type * as vscode from "vscode";
import { Analyses } from "./analyses.ts";
import { registerCompareWithLayer } from "./compare-with-layer.ts";
import { registerDecorations } from "./decorations.ts";
import { registerDiagnostics } from "./diagnostics.ts";
import { registerExport } from "./export.ts";
import { registerGenerateLayers } from "./generate-layers.ts";
import { registerHover } from "./hover.ts";
import { registerInsertLink } from "./insert-link.ts";
import { Knowledge } from "./knowledge.ts";
import { registerLookUp } from "./look-up.ts";
import { registerShowMapping } from "./show-mapping.ts";
import { registerStatusBar } from "./status-bar.ts";
import { registerSuggestions } from "./suggestions.ts";
import { registerTechniqueTable } from "./technique-table.ts";

/** Called by VS Code, in the Node host and in the web worker host alike, when a Markdown document or a command of ours is opened. */
export function activate(context: vscode.ExtensionContext): void {
  const knowledge = new Knowledge(context.extensionUri);
  const analyses = new Analyses(knowledge);
  const { picker, disposable } = registerLookUp(knowledge, analyses);
  context.subscriptions.push(
    knowledge,
    analyses,
    disposable,
    registerHover(analyses),
    registerDecorations(analyses),
    registerDiagnostics(analyses),
    registerStatusBar(analyses),
    registerInsertLink(analyses, picker),
    registerSuggestions(analyses, knowledge),
    registerGenerateLayers(analyses),
    registerCompareWithLayer(analyses),
    registerExport(analyses),
    registerTechniqueTable(analyses),
    registerShowMapping(analyses),
  );
}
