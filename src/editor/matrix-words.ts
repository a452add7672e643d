import * as vscode from "vscode";
import type { MatrixWords } from "./webview/messages.ts";

/** What the page of the matrix says, in the person's language: a page can't ask VS Code for it. */
export const matrixWords = (): MatrixWords => ({
  title: vscode.l10n.t("ATT&CK matrix"),
  allCampaigns: vscode.l10n.t("All campaigns"),
  empty: vscode.l10n.t(
    "The report describes no campaign with techniques yet. Describe what was done, write an id such as T1190, or give a sentence to a campaign with “ATT&CK: Attribute to…”.",
  ),
  noMatch: vscode.l10n.t("No technique matches."),
  oneMatch: vscode.l10n.t("1 match for “{0}”", "{0}"),
  matches: vscode.l10n.t("{0} matches for “{1}”", "{0}", "{1}"),
  shown: vscode.l10n.t("{0} shown", "{0}"),
  noneShown: vscode.l10n.t("none shown"),
  notShown: vscode.l10n.t("not shown"),
  notInReport: vscode.l10n.t("The report does not show it."),
  stated: vscode.l10n.t("stated"),
  suggested: vscode.l10n.t("suggested, {0} %", "{0}"),
  oneSentence: vscode.l10n.t("1 sentence"),
  sentences: vscode.l10n.t("{0} sentences", "{0}"),
  line: vscode.l10n.t("line {0}", "{0}"),
  more: vscode.l10n.t("and {0} more", "{0}"),
});
