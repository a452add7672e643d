import * as vscode from "vscode";
import { idHints } from "../exports/outline.ts";
import type { Analyses } from "./analyses.ts";
import { settings } from "./settings.ts";
import { howSure } from "./in-words.ts";
import { settled } from "./settled.ts";

/** Ids behind the words that stand for techniques. */
export function registerInlayHints(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  // VS Code keeps every answer until another document is shown: what stays as it was is given again, not made anew.
  const given = new WeakMap<vscode.TextDocument, ReadonlyMap<string, vscode.InlayHint>>();
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
          const former = given.get(document);
          const hints = new Map<string, vscode.InlayHint>();
          for (const { at, ids, mentions } of idHints(found.report, found.analysis, inlayHints)) {
            const position = document.positionAt(at);
            if (!range.contains(position)) continue;
            const tooltip = mentions
              .map((mention) => `${mention.object.id} ${mention.object.name}: ${howSure(mention)}`)
              .join("\n");
            const key = `${position.line}:${position.character} ${ids.join(" ")} ${tooltip}`;
            hints.set(key, former?.get(key) ?? hintAt(position, ids.join(" "), tooltip));
          }
          given.set(document, hints);
          return [...hints.values()];
        },
      },
    ),
  );
}

function hintAt(position: vscode.Position, label: string, tooltip: string): vscode.InlayHint {
  const hint = new vscode.InlayHint(position, label);
  hint.paddingLeft = true;
  hint.tooltip = tooltip;
  return hint;
}
