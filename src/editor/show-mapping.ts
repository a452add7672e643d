import * as vscode from "vscode";
import { toMarkdown } from "../exports/markdown.ts";
import { ownSoftware } from "../exports/own-software.ts";
import { type Analyses, isReport } from "./analyses.ts";
import type { CurrentReport } from "./current-report.ts";
import { RenderedPages, stemOf } from "./rendered-pages.ts";

const scheme = "attack-mapping";

/** The analysis of a report as a page of its own, which follows the report as it changes. */
export function registerShowMapping(analyses: Analyses, current: CurrentReport): vscode.Disposable {
  const pages = new RenderedPages(scheme, async (page) => {
    const report = vscode.workspace.textDocuments.find((document) => document.uri.toString() === page.query);
    const found = report && (await analyses.of(report));
    return found
      ? toMarkdown(found.analysis, ownSoftware(found.report, found.analysis, found.catalogue))
      : `${vscode.l10n.t("The report is closed; open it again to see its mapping.")}\n`;
  });
  return vscode.Disposable.from(
    pages,
    analyses.onDidSettle(({ uri }) => pages.refresh(mappingUri(uri))),
    vscode.commands.registerCommand("attackScribe.showMapping", async (asked?: unknown) => {
      const { activeTextEditor, visibleTextEditors } = vscode.window;
      // A matrix or preview beside the report may have the keys: it is the report's mapping that is asked for.
      const inFront = activeTextEditor?.document ?? current.document;
      const isAsked = ({ document }: vscode.TextEditor): boolean =>
        asked instanceof vscode.Uri && document.uri.toString() === asked.toString();
      const document = visibleTextEditors.find(isAsked)?.document ?? inFront;
      if (document && isReport(document)) await pages.show(mappingUri(document.uri), document);
      else
        void vscode.window.showInformationMessage(
          vscode.l10n.t("Open a report in Markdown to see its ATT&CK mapping."),
        );
    }),
  );
}

const mappingUri = (report: vscode.Uri): vscode.Uri =>
  vscode.Uri.from({ scheme, path: `/${stemOf(report)} (ATT&CK mapping).md`, query: report.toString() });
