import * as vscode from "vscode";
import { campaignNamedAt, isCampaignName, renameEdits, type NamedAt } from "../exports/attribution-edits.ts";
import { rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";

/** *Rename Symbol* on the name of a campaign writes the new one in prose, headings, directives and front matter. */
export function registerRenameCampaign(analyses: Analyses): vscode.Disposable {
  const namedAt = async (
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<{ readonly found: DocumentAnalysis; readonly named: NamedAt } | undefined> => {
    const found = await analyses.of(document);
    if (!found || found.version !== document.version) return undefined;
    const named = campaignNamedAt(found.report, found.analysis, document.offsetAt(position));
    return named && { found, named };
  };
  return vscode.languages.registerRenameProvider(
    { language: "markdown" },
    {
      prepareRename: async (document, position) => {
        const here = await namedAt(document, position);
        if (!here) throw new Error(vscode.l10n.t("No campaign is named here."));
        return { range: rangeOf(document, here.named), placeholder: here.named.name };
      },
      provideRenameEdits: async (document, position, newName) => {
        const here = await namedAt(document, position);
        if (!here) throw new Error(vscode.l10n.t("No campaign is named here."));
        const name = newName.trim();
        if (!isCampaignName(name))
          throw new Error(vscode.l10n.t("A name takes letters, digits, spaces and . ’ _ ( ) / & + - only."));
        const edit = new vscode.WorkspaceEdit();
        edit.set(
          document.uri,
          renameEdits(here.found.report, here.named.name, name).map((each) =>
            vscode.TextEdit.replace(rangeOf(document, each), each.text),
          ),
        );
        return edit;
      },
    },
  );
}
