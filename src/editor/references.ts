import * as vscode from "vscode";
import { mentionsAt, rangeOf, type Analyses } from "./analyses.ts";

/** Every place of the report that states or describes the object under the cursor. */
export function registerReferences(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerReferenceProvider(
    { language: "markdown" },
    {
      provideReferences: async (document, position, _context, token) => {
        const found = await analyses.of(document);
        if (!found || token.isCancellationRequested || found.version !== document.version) return undefined;
        const [here] = mentionsAt(found.analysis, document.offsetAt(position));
        return found.analysis.mentions
          .filter(({ object }) => object.id === here?.object.id)
          .map((mention) => new vscode.Location(document.uri, rangeOf(document, mention)));
      },
    },
  );
}
