import * as vscode from "vscode";
import { linkableIds } from "../exports/outline.ts";
import { rangeOf, type Analyses } from "./analyses.ts";
import { settled } from "./settled.ts";

/** Ids lead to ATT&CK's pages, where the author has not linked them already. */
export function registerDocumentLinks(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(
    { language: "markdown" },
    {
      provideDocumentLinks: async (document, token) => {
        const found = await settled(analyses, document, token);
        if (!found) return [];
        return linkableIds(found.report, found.analysis).flatMap((mention) => {
          const object = found.catalogue.get(mention.object.id);
          // Addresses come from a bundle.
          if (!object || !/^https:\/\/[^\s<>]+$/.test(object.url)) return [];
          const link = new vscode.DocumentLink(rangeOf(document, mention), vscode.Uri.parse(object.url));
          link.tooltip = `${object.id} ${object.name}`;
          return [link];
        });
      },
    },
  );
}
