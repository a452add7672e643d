import * as vscode from "vscode";

/** “1 technique”, “2 techniques”. */
export const techniquesInWords = (count: number): string =>
  count === 1 ? vscode.l10n.t("1 technique") : vscode.l10n.t("{0} techniques", count);

/** “11 techniques · 3 suggested”; “11 techniques, all suggested”, since two equal numbers look like a sum. */
export function countsInWords(techniques: number, suggestions: number): string {
  const all = techniquesInWords(techniques);
  if (suggestions === 0) return all;
  if (suggestions < techniques) return vscode.l10n.t("{0} · {1} suggested", all, suggestions);
  return techniques === 1 ? vscode.l10n.t("{0}, suggested", all) : vscode.l10n.t("{0}, all suggested", all);
}

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
