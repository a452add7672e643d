import * as vscode from "vscode";
import type { Finding } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import { asSentence } from "../exports/problem-row.ts";
import { rules } from "../lint/rules.ts";
import { chapterOn } from "../lint/documentation.ts";
import type { Edit } from "../lint/rule.ts";
import { rangeOf, type Analyses } from "./analyses.ts";
import { settings } from "./settings.ts";

/** By which other features know these problems. */
export const diagnosticsSource = "ATT&CK Scribe";

/** Only behind quick fixes: not in the palette. */
const turnOffRuleCommand = "attackScribe.turnOffRule";
const lookUpInsteadCommand = "attackScribe.lookUpInstead";

/** Shows what is wrong with a report as problems, each with its rule, and offers the rules' fixes. */
export function registerDiagnostics(analyses: Analyses): vscode.Disposable {
  const problems = vscode.languages.createDiagnosticCollection("attack-scribe");
  const show = (document: vscode.TextDocument): void => {
    const found = analyses.latest(document);
    if (!found) problems.delete(document.uri);
    else if (found.version === document.version) {
      const { rules: wanted } = settings();
      problems.set(
        document.uri,
        found.analysis.findings.flatMap((finding) => toDiagnostic(document, finding, wanted[finding.rule])),
      );
    }
  };
  return vscode.Disposable.from(
    problems,
    vscode.commands.registerCommand(turnOffRuleCommand, turnOffRule),
    vscode.commands.registerCommand(lookUpInsteadCommand, lookUpInstead),
    analyses.onDidAnalyse(show),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("attackScribe.rules")) vscode.workspace.textDocuments.forEach(show);
    }),
    vscode.languages.registerCodeActionsProvider(
      { language: "markdown" },
      { provideCodeActions: (document, range, context) => fixes(analyses, document, range, context) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

const severities: Readonly<Record<string, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** None where the author switched the rule off. */
function toDiagnostic(document: vscode.TextDocument, finding: Finding, wanted: unknown): readonly vscode.Diagnostic[] {
  if (wanted === "off") return [];
  const severity = severities[typeof wanted === "string" && wanted in severities ? wanted : finding.severity];
  if (severity === undefined) return [];
  const diagnostic = new vscode.Diagnostic(rangeOf(document, finding), asSentence(finding.message), severity);
  diagnostic.source = diagnosticsSource;
  diagnostic.code = { value: finding.rule, target: vscode.Uri.parse(chapterOn(finding.rule)) };
  return [diagnostic];
}

async function fixes(
  analyses: Analyses,
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): Promise<vscode.CodeAction[]> {
  const ours = diagnostics.filter((diagnostic) => diagnostic.source === diagnosticsSource);
  const found = ours.length > 0 ? await analyses.of(document) : undefined;
  if (!found || found.version !== document.version) return [];
  return found.analysis.findings.flatMap((finding) => {
    const at = rangeOf(document, finding);
    const diagnostic = ours.find((one) => ruleOf(one) === finding.rule && one.range.isEqual(at));
    if (!diagnostic || !at.intersection(range)) return [];
    const { fix, choices } = finding;
    const toAction = (title: string, edit: Edit): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
      return action;
    };
    const preferred = fix ? toAction(vscode.l10n.t("Write {0}", named(fix.text, found.catalogue)), fix) : undefined;
    if (preferred) preferred.isPreferred = true;
    const toCommand = (title: string, command: string, args: readonly unknown[]): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.command = { command, title, arguments: [...args] };
      return action;
    };
    return [
      ...(preferred ? [preferred] : []),
      ...choices.map(({ title, edit }) => toAction(title, edit)),
      ...(finding.rule === "unknown-id"
        ? [toCommand(vscode.l10n.t("Look up another id…"), lookUpInsteadCommand, [document.uri.toString(), at])]
        : []),
      toCommand(
        whereRulesAreSet() === vscode.ConfigurationTarget.Workspace
          ? vscode.l10n.t("Turn off the rule {0} in this workspace", finding.rule)
          : vscode.l10n.t("Turn off the rule {0}", finding.rule),
        turnOffRuleCommand,
        [finding.rule],
      ),
    ];
  });
}

/** An id with the name of what it stands for; anything else as it is. */
function named(text: string, catalogue: Catalogue): string {
  const object = catalogue.get(text);
  return object ? `${object.id} ${object.name}` : text;
}

/** A workspace that is not trusted has no say in the rules. */
const whereRulesAreSet = (): vscode.ConfigurationTarget =>
  vscode.workspace.isTrusted && (vscode.workspace.workspaceFolders ?? []).length > 0
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;

async function turnOffRule(rule: unknown): Promise<void> {
  if (!rules.some(({ id }) => id === rule)) return;
  const configuration = vscode.workspace.getConfiguration("attackScribe");
  const target = whereRulesAreSet();
  const known = configuration.inspect<Readonly<Record<string, unknown>>>("rules");
  const own = target === vscode.ConfigurationTarget.Workspace ? known?.workspaceValue : known?.globalValue;
  await configuration.update("rules", { ...own, [String(rule)]: "off" }, target);
}

/** Selects the id that is not known, so that what is looked up stands in its place. */
async function lookUpInstead(uri: unknown, range: unknown): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  if (!editor || !(range instanceof vscode.Range)) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  await vscode.commands.executeCommand("attackScribe.lookUp", editor.document.getText(range), "id");
}

/** The rule that a problem of ours comes from. */
export const ruleOf = ({ code }: vscode.Diagnostic): string =>
  String(typeof code === "object" ? code.value : (code ?? ""));
