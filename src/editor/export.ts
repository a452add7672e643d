import * as vscode from "vscode";
import manifest from "../../package.json" with { type: "json" };
import { dayOf, optionsOf, type Export, type ExportOptions, type Theme } from "../exports/export.ts";
import { exportFormats } from "../exports/exports.ts";
import { forPublishing, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import type { ShowMatrixOptions } from "./matrix-panel.ts";
import { chooseCampaigns } from "./generate-layers.ts";
import { messageOf } from "./in-words.ts";

/** What views, other extensions and tasks may pass to the command; what is left out is asked for. */
export interface ExportCommandOptions {
  /** The report; the one in front by default. */
  readonly document?: vscode.Uri;
  /** Id of a format, as the terminal's `--as` calls it. */
  readonly format?: string;
  readonly target?: vscode.Uri;
  /** Ids of campaigns; all described ones by default. */
  readonly campaigns?: readonly string[];
  readonly theme?: Theme;
}

/** Registers *Export…*; the command returns the file that it wrote. */
export function registerExport(analyses: Analyses): vscode.Disposable {
  return vscode.commands.registerCommand(
    "attackScribe.export",
    async (options: ExportCommandOptions = {}): Promise<vscode.Uri | undefined> => {
      const document = options.document
        ? await vscode.workspace.openTextDocument(options.document)
        : vscode.window.activeTextEditor?.document;
      const found = document && (await analyses.of(document));
      if (!found) {
        void vscode.window.showInformationMessage(vscode.l10n.t("Open a report in Markdown to export its mapping."));
        return undefined;
      }
      try {
        const told = forPublishing(found);
        const wish = await ask(document, told, options);
        if (!wish) return undefined;
        const bytes = await render(wish, document, told);
        await vscode.workspace.fs.writeFile(wish.target, bytes);
        const isDatedByFile = wish.format.dated && found.report.frontMatter?.date === undefined;
        if (!options.target) void offer(wish.target, isDatedByFile);
        return wish.target;
      } catch (error) {
        void vscode.window.showErrorMessage(vscode.l10n.t("Export: {0}", messageOf(error)));
        return undefined;
      }
    },
  );
}

interface Wish {
  readonly format: Export;
  readonly theme: Theme | undefined;
  readonly campaigns: readonly string[] | undefined;
  readonly target: vscode.Uri;
}

function formatCalled(id: string): Export {
  const format = exportFormats.find((each) => each.id === id);
  if (!format)
    throw new Error(vscode.l10n.t("“{0}” is none of {1}", id, exportFormats.map((each) => each.id).join(", ")));
  return format;
}

interface FormatItem extends vscode.QuickPickItem {
  readonly format: Export;
  readonly theme?: Theme;
}

async function ask(
  document: vscode.TextDocument,
  { analysis }: DocumentAnalysis,
  options: ExportCommandOptions,
): Promise<Wish | undefined> {
  const { target: given } = options;
  // Whoever names both form and target is asked nothing.
  const silent = options.format !== undefined && given !== undefined;
  const campaigns =
    options.campaigns ?? (silent ? undefined : await chooseCampaigns(analysis.campaigns, vscode.l10n.t("Export")));
  if (!silent && !campaigns) return undefined;
  const chosen =
    options.format === undefined
      ? await chooseFormat()
      : { format: formatCalled(options.format), theme: options.theme };
  if (!chosen) return undefined;
  const { format, theme } = chosen;
  const target =
    given ??
    (await vscode.window.showSaveDialog({
      ...proposal(document, format),
      filters: { [format.title]: [format.extension] },
      saveLabel: vscode.l10n.t("Export"),
    }));
  return target && { format, theme, campaigns, target };
}

async function chooseFormat(): Promise<{ readonly format: Export; readonly theme?: Theme } | undefined> {
  const items = exportFormats.flatMap((format): readonly FormatItem[] =>
    format.themed
      ? (["light", "dark"] as const).map((theme) => ({
          label:
            theme === "light" ? vscode.l10n.t("{0}, light", format.title) : vscode.l10n.t("{0}, dark", format.title),
          description: `.${format.extension}`,
          format,
          theme,
        }))
      : [{ label: format.title, description: `.${format.extension}`, format }],
  );
  return vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Export"),
    placeHolder: vscode.l10n.t("Type or choose a form, such as SVG; Enter asks where to write it"),
  });
}

/** A file beside the report, with the report's own name and a word to it. */
function proposal(document: vscode.TextDocument, { extension }: Export): { readonly defaultUri?: vscode.Uri } {
  const folder = document.isUntitled
    ? vscode.workspace.workspaceFolders?.[0]?.uri
    : vscode.Uri.joinPath(document.uri, "..");
  const name = document.uri.path.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return folder ? { defaultUri: vscode.Uri.joinPath(folder, `${name}-attack.${extension}`) } : {};
}

async function render(
  { format, theme, campaigns }: Wish,
  document: vscode.TextDocument,
  { report, analysis, catalogue }: DocumentAnalysis,
): Promise<Uint8Array> {
  const options: ExportOptions = {
    generator: `ATT&CK Scribe ${manifest.version}`,
    ...(await datedByFile(document)),
    ...optionsOf(report),
    ...(theme ? { theme } : {}),
    ...(campaigns ? { campaigns } : {}),
    // Neither extension host has a canvas; the page of the matrix does.
    rasterise: async (svg) => {
      const shown: ShowMatrixOptions = { document: document.uri, rasterise: svg };
      const png = await vscode.commands.executeCommand<Uint8Array | undefined>("attackScribe.showMatrix", shown);
      if (!png)
        throw new Error(
          vscode.l10n.t("the page of the matrix could not be opened, and only it can make a PNG picture"),
        );
      return png;
    },
  };
  const content = await format.render(analysis, catalogue, options);
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/** The day on which the file was last written: the nearest to a date that a report without one has. */
async function datedByFile(document: vscode.TextDocument): Promise<{ readonly date?: string }> {
  if (document.isUntitled) return {};
  const { mtime } = await vscode.workspace.fs.stat(document.uri);
  return { date: dayOf(mtime) };
}

async function offer(target: vscode.Uri, isDatedByFile = false): Promise<void> {
  const open = vscode.l10n.t("Open");
  const path = vscode.workspace.asRelativePath(target);
  const chosen = await vscode.window.showInformationMessage(
    isDatedByFile
      ? vscode.l10n.t("Exported to {0}. The report's front matter says no date, so it bears that of the file.", path)
      : vscode.l10n.t("Exported to {0}.", path),
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand("vscode.open", target);
}
