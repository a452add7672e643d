import * as vscode from "vscode";
import { problemRow } from "../exports/problem-row.ts";
import { diagnosticsSource, ruleOf } from "./diagnostics.ts";
import type { CurrentReport } from "./current-report.ts";

/** The view *Problems in mapping*: what the rules find in the report in front, as severe as the settings say. */
export function registerProblemsView(current: CurrentReport): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const problems = (): readonly vscode.Diagnostic[] =>
    current.document
      ? vscode.languages
          .getDiagnostics(current.document.uri)
          .filter(({ source, severity }) => source === diagnosticsSource && severity !== vscode.DiagnosticSeverity.Hint)
      : [];
  const view = vscode.window.createTreeView<vscode.Diagnostic>("attackScribe.problems", {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (problem) => (problem ? [] : [...problems()]),
      getTreeItem: (problem) => toItem(problem, current.document),
    },
  });
  const update = (): void => {
    const count = problems().length;
    view.description = count > 0 ? String(count) : "";
    changed.fire(undefined);
  };
  update();
  return vscode.Disposable.from(
    changed,
    view,
    current.onDidChange(update),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((uri) => uri.toString() === current.document?.uri.toString())) update();
    }),
  );
}

const icons: Readonly<Record<vscode.DiagnosticSeverity, readonly [string, string]>> = {
  [vscode.DiagnosticSeverity.Error]: ["error", "list.errorForeground"],
  [vscode.DiagnosticSeverity.Warning]: ["warning", "list.warningForeground"],
  [vscode.DiagnosticSeverity.Information]: ["info", "editorInfo.foreground"],
  [vscode.DiagnosticSeverity.Hint]: ["lightbulb", "editorInfo.foreground"],
};

function toItem(problem: vscode.Diagnostic, document: vscode.TextDocument | undefined): vscode.TreeItem {
  const [icon, colour] = icons[problem.severity];
  const line = problem.range.start.line + 1;
  const words = document?.getText(problem.range) ?? "";
  const item = new vscode.TreeItem(vscode.l10n.t("Line {0}: {1}", line, problemRow(problem.message, words)));
  item.tooltip = `${problem.message}\n${ruleOf(problem)}`.trim();
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  if (document)
    item.command = {
      command: "vscode.open",
      title: vscode.l10n.t("Go to problem"),
      arguments: [document.uri, { selection: problem.range }],
    };
  return item;
}
