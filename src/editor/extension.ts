import * as vscode from "vscode";
import { Analyses } from "./analyses.ts";
import { registerAssistantTools } from "./assistant.ts";
import { registerCampaignsView } from "./campaigns-view.ts";
import { registerCodeLens } from "./code-lens.ts";
import { registerCompareWithLayer } from "./compare-with-layer.ts";
import { registerCompletions } from "./completions.ts";
import { CurrentReport } from "./current-report.ts";
import { registerDecorations } from "./decorations.ts";
import { registerDiagnostics } from "./diagnostics.ts";
import { registerDocumentLinks } from "./document-links.ts";
import { registerExport } from "./export.ts";
import { registerGenerateLayers } from "./generate-layers.ts";
import { registerHover } from "./hover.ts";
import { registerInlayHints } from "./inlay-hints.ts";
import { registerInsertLink } from "./insert-link.ts";
import { registerKnowledgeBase } from "./knowledge-base.ts";
import { KnowledgeStore } from "./knowledge-store.ts";
import { Knowledge } from "./knowledge.ts";
import { registerLookUp } from "./look-up.ts";
import { markdownPreview, type MarkdownPreview } from "./markdown-preview.ts";
import { registerMatrixPanel } from "./matrix-panel.ts";
import { registerMigrateReport } from "./migrate-report.ts";
import { registerProblemsView } from "./problems-view.ts";
import { registerReferences } from "./references.ts";
import { registerRenameCampaign } from "./rename-campaign.ts";
import { registerSampleReport } from "./sample-report.ts";
import { registerShowMapping } from "./show-mapping.ts";
import { registerStatusBar } from "./status-bar.ts";
import { registerSuggestions } from "./suggestions.ts";
import { registerSymbols } from "./symbols.ts";
import { registerTechniqueTable } from "./technique-table.ts";

/** Called by VS Code, in the Node host and in the web worker host alike, when a Markdown document or a command of ours is opened. */
export function activate(context: vscode.ExtensionContext): Pick<MarkdownPreview, "extendMarkdownIt"> {
  const store = new KnowledgeStore(vscode.Uri.joinPath(context.globalStorageUri, "knowledge"), context.globalState);
  const knowledge = new Knowledge(context.extensionUri, store);
  const analyses = new Analyses(knowledge);
  const current = new CurrentReport();
  const preview = markdownPreview(analyses);
  const { picker, disposable } = registerLookUp(knowledge, analyses);
  context.subscriptions.push(
    store,
    knowledge,
    analyses,
    current,
    preview,
    disposable,
    registerHover(analyses),
    registerDecorations(analyses),
    registerDiagnostics(analyses),
    registerStatusBar(analyses, current),
    registerInsertLink(analyses, picker),
    registerCompletions(analyses, knowledge),
    registerSuggestions(analyses, knowledge),
    registerGenerateLayers(analyses),
    registerCompareWithLayer(analyses),
    registerExport(analyses),
    registerTechniqueTable(analyses),
    registerShowMapping(analyses, current),
    registerCampaignsView(analyses, current, knowledge),
    registerProblemsView(current),
    registerMatrixPanel(analyses, current, context.extensionUri),
    registerCodeLens(analyses),
    registerInlayHints(analyses),
    registerSymbols(analyses),
    registerReferences(analyses),
    registerDocumentLinks(analyses),
    registerRenameCampaign(analyses),
    registerSampleReport(context.extensionUri),
    registerAssistantTools(knowledge),
    registerKnowledgeBase(knowledge, store),
    registerMigrateReport(knowledge, store),
  );
  return { extendMarkdownIt: preview.extendMarkdownIt };
}
