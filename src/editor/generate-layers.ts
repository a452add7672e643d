import * as vscode from "vscode";
import manifest from "../../package.json" with { type: "json" };
import type { Campaign } from "../campaigns/campaign.ts";
import { buildLayers, layerToJson, type LayerFile } from "../layers/build-layers.ts";
import { layerFaults } from "../layers/validate-layer.ts";
import type { Analyses, DocumentAnalysis } from "./analyses.ts";
import { settings } from "./settings.ts";

/** What other extensions and tasks may pass to the command to be asked nothing. */
export interface GenerateLayersOptions {
  readonly folder?: vscode.Uri;
  /** Ids of campaigns; all described ones by default. */
  readonly campaigns?: readonly string[];
}

/** Registers *Generate Navigator Layers*; the command returns the files that it wrote. */
export function registerGenerateLayers(analyses: Analyses): vscode.Disposable {
  return vscode.commands.registerCommand(
    "attackScribe.generateLayers",
    async (options?: GenerateLayersOptions): Promise<readonly vscode.Uri[]> => {
      const document = vscode.window.activeTextEditor?.document;
      const found = document && (await analyses.of(document));
      if (!found) {
        void vscode.window.showInformationMessage("Open a report in Markdown to generate layers from it.");
        return [];
      }
      const silent = options?.folder !== undefined;
      const campaigns =
        options?.campaigns ??
        (silent ? undefined : await chooseCampaigns(found.analysis.campaigns, "Generate Navigator Layers"));
      if (!silent && campaigns === undefined) return [];
      const folder = options?.folder ?? (await chooseFolder(document));
      if (!folder) return [];
      try {
        const written = await write(found, folder, campaigns);
        if (!silent && written.length > 0) void offer(written);
        return written;
      } catch (error) {
        void vscode.window.showErrorMessage(`Layers: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    },
  );
}

interface CampaignItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Asks which described campaigns are meant, where there are several; `undefined` for none, which the user has been told. */
export async function chooseCampaigns(
  campaigns: readonly Campaign[],
  title: string,
): Promise<readonly string[] | undefined> {
  const items = campaigns
    .filter(({ role, techniques }) => role === "described" && techniques.length > 0)
    .map(({ id, name, type, techniques, partOf }): CampaignItem => ({
      id,
      label: name,
      description: `${type}${partOf === undefined ? "" : ", part of a campaign"} · ${techniques.length} technique${techniques.length === 1 ? "" : "s"}`,
      picked: true,
    }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      "The report describes no campaign with techniques, so there is nothing to write.",
    );
    return undefined;
  }
  if (items.length === 1) return items.map(({ id }) => id);
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: "Campaigns to write",
    canPickMany: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ id }) => id) : undefined;
}

async function chooseFolder(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  const workspace =
    vscode.workspace.getWorkspaceFolder(document.uri)?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const base = document.isUntitled ? workspace : vscode.Uri.joinPath(document.uri, "..");
  const proposed = base && vscode.Uri.joinPath(base, settings().layersFolder);
  if (!proposed) return browse(undefined);
  const here = { label: `$(folder) ${vscode.workspace.asRelativePath(proposed)}`, description: "beside the report" };
  const elsewhere = { label: "$(folder-opened) Another folder…" };
  const chosen = await vscode.window.showQuickPick([here, elsewhere], {
    title: "Generate Navigator Layers",
    placeHolder: "Where to write them",
  });
  if (chosen === undefined) return undefined;
  return chosen === here ? proposed : browse(base);
}

async function browse(from: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: "Write Layers Here",
      ...(from ? { defaultUri: from } : {}),
    })) ?? [];
  return folder;
}

function write(
  { analysis, catalogue, report }: DocumentAnalysis,
  folder: vscode.Uri,
  campaigns: readonly string[] | undefined,
): Thenable<readonly vscode.Uri[]> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "Generating Navigator layers", cancellable: true },
    async (progress, token) => {
      const url = report.frontMatter?.url;
      const files = buildLayers(analysis, catalogue, {
        generator: `ATT&CK Scribe ${manifest.version}`,
        ...(campaigns ? { campaigns } : {}),
        ...(url === undefined ? {} : { reportUrl: url }),
      });
      for (const { fileName, layer } of files) {
        const [fault] = layerFaults(layer, catalogue);
        if (fault !== undefined) throw new Error(`${fileName} would be no valid layer: ${fault}; nothing was written`);
      }
      await vscode.workspace.fs.createDirectory(folder);
      const written: vscode.Uri[] = [];
      for (const file of files) {
        if (token.isCancellationRequested) break;
        progress.report({ message: file.fileName, increment: 100 / files.length });
        written.push(await writeWhole(folder, file));
      }
      return written;
    },
  );
}

/** Written beside its place, then moved there: whoever reads the file sees the old one or the new one. */
async function writeWhole(folder: vscode.Uri, { fileName, layer }: LayerFile): Promise<vscode.Uri> {
  const target = vscode.Uri.joinPath(folder, fileName);
  const draft = vscode.Uri.joinPath(folder, `.${fileName}.part`);
  await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(layerToJson(layer)));
  await vscode.workspace.fs.rename(draft, target, { overwrite: true });
  return target;
}

async function offer(written: readonly vscode.Uri[]): Promise<void> {
  const [first] = written;
  if (!first) return;
  const chosen = await vscode.window.showInformationMessage(
    `${written.length} layer${written.length === 1 ? "" : "s"} written to ${vscode.workspace.asRelativePath(vscode.Uri.joinPath(first, ".."))}.`,
    "Open",
    "Reveal",
  );
  if (chosen === "Open") for (const uri of written) await vscode.window.showTextDocument(uri, { preview: false });
  if (chosen === "Reveal")
    await vscode.commands.executeCommand(
      vscode.env.uiKind === vscode.UIKind.Web ? "revealInExplorer" : "revealFileInOS",
      first,
    );
}
