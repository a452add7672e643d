import * as vscode from "vscode";

/** “1 technique”, “2 techniques”. */
export const techniquesInWords = (count: number): string =>
  count === 1 ? vscode.l10n.t("1 technique") : vscode.l10n.t("{0} techniques", count);

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
