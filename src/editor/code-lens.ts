import * as vscode from "vscode";
import { sectionSummaries, type SectionSummary } from "../exports/outline.ts";
import type { Analyses } from "./analyses.ts";
import { settings } from "./settings.ts";
import { settled } from "./settled.ts";
import { countsInWords } from "./in-words.ts";

/** Above each heading: whose doing its section tells, and how many techniques; a click opens the matrix. */
export function registerCodeLens(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    analyses.onDidSettle(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attackScribe.codeLens")) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(
      { language: "markdown" },
      {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses: async (document, token) => {
          if (!settings().codeLens) return [];
          const found = await settled(analyses, document, token);
          if (!found) return [];
          return sectionSummaries(found.report, found.analysis, found.catalogue).map((summary) => {
            const at = document.positionAt(summary.start);
            const [only, other] = summary.campaigns;
            return new vscode.CodeLens(new vscode.Range(at, at), {
              title: titleOf(summary),
              tooltip: vscode.l10n.t("Show the matrix"),
              command: "attackScribe.showMatrix",
              arguments: [{ document: document.uri, ...(only && !other ? { campaign: only.id } : {}) }],
            });
          });
        },
      },
    ),
  );
}

function titleOf({ campaigns, techniques, suggestions }: SectionSummary): string {
  const names = campaigns.slice(0, 2).map(({ name }) => name);
  const listed = names.join(", ");
  const all = campaigns.length > 2 ? vscode.l10n.t("{0} and {1} more", listed, campaigns.length - 2) : listed;
  const whose = campaigns[0]?.role === "referenced" ? vscode.l10n.t("{0} (only referenced)", all) : all;
  return (
    [
      `$(organization)\u00a0${names.length > 0 ? whose : vscode.l10n.t("Unattributed")}`,
      countsInWords(techniques, suggestions),
    ]
      .join(" · ")
      // A name from the report must not be read as an icon.
      .replace(/(?<!^)\$\(/g, "$ (")
  );
}
