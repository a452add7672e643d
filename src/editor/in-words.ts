import * as vscode from "vscode";
import type { CampaignTechnique } from "../campaigns/campaign.ts";
import { scoreOf } from "../exports/sureness.ts";

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

/** “1 suggestion”, “2 suggestions”: places that wait for a decision, of which several may be of one technique. */
export const suggestionsInWords = (count: number): string =>
  count === 1 ? vscode.l10n.t("1 suggestion") : vscode.l10n.t("{0} suggestions", count);

/** “3 accepted, 12 suggestions left”. */
export function decidedInWords(decision: "accepted" | "rejected" | "replaced", count: number, left: number): string {
  const rest = left === 0 ? vscode.l10n.t("no suggestion left") : vscode.l10n.t("{0} left", suggestionsInWords(left));
  const done = {
    accepted: vscode.l10n.t("{0} accepted", count),
    rejected: vscode.l10n.t("{0} rejected", count),
    replaced: vscode.l10n.t("{0} replaced", count),
  }[decision];
  return `${done}, ${rest}`;
}

/** “stated”, “described, 0.83”. */
export const howSure = (judged: Pick<CampaignTechnique, "status" | "confidence">): string =>
  judged.status === "stated" ? vscode.l10n.t("stated") : vscode.l10n.t("described, {0}", scoreOf(judged));

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
