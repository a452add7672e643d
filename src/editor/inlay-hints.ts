import * as vscode from "vscode";
import { idHints } from "../exports/outline.ts";
import type { Analyses } from "./analyses.ts";
import { settings } from "./settings.ts";
import { settled } from "./settled.ts";

/** Ids behind the words that stand for techniques. */
export function registerInlayHints(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    analyses.onDidSettle(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attackScribe.inlayHints")) changed.fire();
    }),
    vscode.languages.registerInlayHintsProvider(
      { language: "markdown" },
      {
        onDidChangeInlayHints: changed.event,
        provideInlayHints: async (document, range, token) => {
          const { inlayHints } = settings();
          if (inlayHints === "off") return [];
          const found = await settled(analyses, document, token);
          if (!found) return [];
          return idHints(found.analysis, inlayHints).flatMap(({ at, ids, mentions }) => {
            const position = document.positionAt(at);
            if (!range.contains(position)) return [];
            const hint = new vscode.InlayHint(position, ids.join(" "));
            hint.paddingLeft = true;
            hint.tooltip = mentions
              .map(
                ({ object, status }) =>
                  `${object.id} ${object.name}: ${status === "stated" ? vscode.l10n.t("stated") : vscode.l10n.t("suggested")}`,
              )
              .join("\n");
            return [hint];
          });
        },
      },
    ),
  );
}
