import * as vscode from "vscode";
import type { Campaign } from "../campaigns/campaign.ts";
import { firstPlaceOf } from "../exports/attribution-edits.ts";
import { isReport, rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { settings } from "./settings.ts";
import { settled } from "./settled.ts";
import { howSure, techniquesInWords } from "./in-words.ts";

/** Campaigns in the outline and in *Go to Symbol*, each with its techniques. */
export function registerSymbols(analyses: Analyses): vscode.Disposable {
  // The outline asks again only when providers come and go.
  let outline = registerOutline(analyses);
  return vscode.Disposable.from(
    new vscode.Disposable(() => {
      outline?.dispose();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("attackScribe.outline")) return;
      outline?.dispose();
      outline = registerOutline(analyses);
    }),
    vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: async (query, token) => {
        const symbols: vscode.SymbolInformation[] = [];
        for (const document of vscode.workspace.textDocuments.filter(isReport)) {
          const found = await analyses.of(document);
          if (token.isCancellationRequested) return [];
          if (!found || found.version !== document.version) continue;
          for (const { campaign, range } of described(found)) {
            const called = [campaign.name, ...campaign.aliases, ...campaign.attackIds].find((name) =>
              name.toLowerCase().includes(query.toLowerCase()),
            );
            if (called === undefined) continue;
            const location = new vscode.Location(document.uri, rangeOf(document, range));
            symbols.push(
              new vscode.SymbolInformation(
                // VS Code shows a symbol only where its name holds what was asked for.
                called === campaign.name ? called : `${called} (${campaign.name})`,
                vscode.SymbolKind.Namespace,
                vscode.l10n.t("ATT&CK campaign"),
                location,
              ),
            );
          }
        }
        return symbols;
      },
    }),
  );
}

/** Nothing where the author wants Markdown's own outline alone. */
function registerOutline(analyses: Analyses): vscode.Disposable | undefined {
  const wanted = settings().outline;
  if (wanted === "off") return undefined;
  return vscode.languages.registerDocumentSymbolProvider(
    { language: "markdown" },
    {
      provideDocumentSymbols: async (document, token) => {
        const found = await settled(analyses, document, token);
        if (!found) return [];
        return described(found).map(({ campaign, range }) => {
          const symbol = campaignSymbol(campaign, rangeOf(document, range));
          symbol.children = wanted === "all" ? techniqueSymbols(campaign, document) : [];
          return symbol;
        });
      },
    },
    { label: vscode.l10n.t("ATT&CK campaigns") },
  );
}

const techniqueSymbols = ({ techniques }: Campaign, document: vscode.TextDocument): vscode.DocumentSymbol[] =>
  techniques.flatMap(({ id, name, status, confidence, evidence: [first] }) => {
    if (!first) return [];
    const range = rangeOf(document, first);
    const detail = status === "stated" ? "" : howSure({ status, confidence });
    return [new vscode.DocumentSymbol(`${id} ${name}`, detail, vscode.SymbolKind.Event, range, range)];
  });

function described({ report, analysis }: DocumentAnalysis) {
  return analysis.campaigns.flatMap((campaign) => {
    const range = campaign.role === "described" ? firstPlaceOf(report, campaign) : undefined;
    return range ? [{ campaign, range }] : [];
  });
}

function campaignSymbol({ name, attackIds, techniques }: Campaign, range: vscode.Range): vscode.DocumentSymbol {
  const count = techniquesInWords(techniques.length);
  return new vscode.DocumentSymbol(name, [...attackIds, count].join(" · "), vscode.SymbolKind.Namespace, range, range);
}
