import * as vscode from "vscode";
import manifest from "../../package.json" with { type: "json" };
import type { Campaign } from "../campaigns/campaign.ts";
import { mergeReports, type ToldReport } from "../campaigns/merge-reports.ts";
import { buildLayers, layerToJson, type LayerFile } from "../layers/build-layers.ts";
import { reportOptions } from "../layers/report-options.ts";
import { updateInWords, updateLayer, type LayerUpdate } from "../layers/update-layer.ts";
import { layerFaults } from "../layers/validate-layer.ts";
import { forPublishing, isTooLarge, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { settings } from "./settings.ts";
import { messageOf, techniquesInWords } from "./in-words.ts";
import { workspaceReports } from "./workspace-reports.ts";

/** What other extensions and tasks may pass to the command to be asked nothing. */
export interface GenerateLayersOptions {
  readonly folder?: vscode.Uri;
  /** Ids of campaigns; all described ones by default. */
  readonly campaigns?: readonly string[];
}

/** Registers *Generate Navigator Layers*, for the report in front and for the workspace; both return the files written. */
export function registerGenerateLayers(analyses: Analyses): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(
      "attackScribe.generateLayers",
      async (options?: GenerateLayersOptions): Promise<readonly vscode.Uri[]> => {
        const document = vscode.window.activeTextEditor?.document;
        const found = document && (await analyses.of(document));
        if (!found) {
          void vscode.window.showInformationMessage(
            vscode.l10n.t("Open a report in Markdown to generate layers from it."),
          );
          return [];
        }
        const told = forPublishing(found);
        return generate([told], told.analysis, document.isUntitled ? undefined : folderOf(document.uri), options);
      },
    ),
    vscode.commands.registerCommand(
      "attackScribe.generateLayersForWorkspace",
      async (options?: GenerateLayersOptions): Promise<readonly vscode.Uri[]> => {
        const found = await analyseWorkspace(analyses);
        if (!found) return [];
        if (found.length === 0) {
          void vscode.window.showInformationMessage(vscode.l10n.t("The workspace has no report in Markdown."));
          return [];
        }
        const told = mergeReports(found.map(({ analysis }) => analysis));
        const written = await generate(found, told, vscode.workspace.workspaceFolders?.[0]?.uri, options);
        if (options?.folder === undefined && written.length > 0 && told.conflicts.length > 0)
          void vscode.window.showWarningMessage(
            vscode.l10n.t(
              "Described in one report, only referenced in another: {0}. What is only referenced is in no layer.",
              told.conflicts.map(({ name }) => name).join(", "),
            ),
          );
        return written;
      },
    ),
  );
}

const folderOf = (file: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(file, "..");

/** More than any team keeps in one folder; what lies beyond is said to be left out. */
const mostReports = 1000;

/** Every report of the workspace, one after the other; `undefined` when the user calls it off. */
async function analyseWorkspace(analyses: Analyses): Promise<readonly DocumentAnalysis[] | undefined> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Reading reports"), cancellable: true },
    async (progress, token) => {
      const files = await workspaceReports(mostReports + 1, token);
      const uris = files
        .slice(0, mostReports)
        .sort((a, b) => (vscode.workspace.asRelativePath(a) < vscode.workspace.asRelativePath(b) ? -1 : 1));
      if (files.length > mostReports)
        void vscode.window.showWarningMessage(
          vscode.l10n.t("Only the first {0} reports of the workspace are read.", mostReports),
        );
      const found: DocumentAnalysis[] = [];
      for (const uri of uris) {
        if (token.isCancellationRequested) return undefined;
        progress.report({ message: vscode.workspace.asRelativePath(uri), increment: 100 / uris.length });
        const document = await vscode.workspace.openTextDocument(uri);
        const analysed = isTooLarge(document) ? undefined : await analyses.of(document);
        if (analysed) found.push(forPublishing(analysed));
      }
      return token.isCancellationRequested ? undefined : found;
    },
  );
}

/** Asks what is not said yet, then writes the layers. */
async function generate(
  found: readonly DocumentAnalysis[],
  told: ToldReport,
  base: vscode.Uri | undefined,
  options: GenerateLayersOptions | undefined,
): Promise<readonly vscode.Uri[]> {
  const silent = options?.folder !== undefined;
  const campaigns =
    options?.campaigns ??
    (silent ? undefined : await chooseCampaigns(told.campaigns, vscode.l10n.t("Generate Navigator Layers")));
  if (!silent && campaigns === undefined) return [];
  const folder = options?.folder ?? (await chooseFolder(base));
  if (!folder) return [];
  try {
    const written = await write(found, told, folder, campaigns);
    if (!silent && written.length > 0) void offer(written);
    return written.map(({ uri }) => uri);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("Layers: {0}", messageOf(error)));
    return [];
  }
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
      description: [
        partOf === undefined ? type : vscode.l10n.t("{0}, part of a campaign", type),
        techniquesInWords(techniques.length),
      ].join(" · "),
      picked: true,
    }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The report describes no campaign with techniques, so there is nothing to write."),
    );
    return undefined;
  }
  if (items.length === 1) return items.map(({ id }) => id);
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Type a name, tick with the space bar; Enter goes on with those that are ticked"),
    canPickMany: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ id }) => id) : undefined;
}

async function chooseFolder(besides: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const base = besides ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const proposed = base && vscode.Uri.joinPath(base, settings().layersFolder);
  if (!proposed) return browse(undefined);
  const here = {
    label: `$(folder) ${vscode.workspace.asRelativePath(proposed)}`,
    description: vscode.l10n.t("layers there are updated"),
  };
  const elsewhere = { label: `$(folder-opened) ${vscode.l10n.t("Another folder…")}` };
  const chosen = await vscode.window.showQuickPick([here, elsewhere], {
    title: vscode.l10n.t("Generate Navigator Layers"),
    placeHolder: vscode.l10n.t("Choose where to write them; Enter writes"),
  });
  if (chosen === undefined) return undefined;
  return chosen === here ? proposed : browse(base);
}

async function browse(from: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: vscode.l10n.t("Write Layers Here"),
      ...(from ? { defaultUri: from } : {}),
    })) ?? [];
  return folder;
}

interface WrittenLayer {
  readonly uri: vscode.Uri;
  /** What is different from the layer that was there. */
  readonly update?: LayerUpdate;
}

function write(
  found: readonly DocumentAnalysis[],
  told: ToldReport,
  folder: vscode.Uri,
  campaigns: readonly string[] | undefined,
): Thenable<readonly WrittenLayer[]> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Generating Navigator layers"),
      cancellable: true,
    },
    async (progress, token) => {
      const catalogue = found[0]?.catalogue;
      if (!catalogue) return [];
      const { layersScore: scoring, layersColours: colours } = settings();
      const files = buildLayers(told, catalogue, {
        generator: `ATT&CK Scribe ${manifest.version}`,
        scoring,
        colours,
        ...(campaigns ? { campaigns } : {}),
        ...reportOptions(
          found.map(({ report }) => report),
          catalogue,
        ),
      });
      for (const { fileName, layer } of files) {
        const [fault] = layerFaults(layer, catalogue);
        if (fault !== undefined)
          throw new Error(vscode.l10n.t("{0} would be no valid layer: {1}; nothing was written", fileName, fault));
      }
      await vscode.workspace.fs.createDirectory(folder);
      const ready: { readonly file: LayerFile; readonly update?: LayerUpdate }[] = [];
      for (const file of files) {
        const saved = await readSaved(vscode.Uri.joinPath(folder, file.fileName));
        const update = saved === undefined ? undefined : updateLayer(saved, file.fileName, file.layer, catalogue);
        ready.push(update ? { file: { ...file, layer: update.layer }, update } : { file });
      }
      const written: WrittenLayer[] = [];
      for (const { file, update } of ready) {
        if (token.isCancellationRequested) break;
        progress.report({ message: file.fileName, increment: 100 / files.length });
        const uri = await writeWhole(folder, file);
        written.push(update ? { uri, update } : { uri });
      }
      return written;
    },
  );
}

/** What stands in a file; `undefined` where there is none. */
async function readSaved(uri: vscode.Uri): Promise<string | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Written beside its place, then moved there: whoever reads the file sees the old one or the new one. */
async function writeWhole(folder: vscode.Uri, { fileName, layer }: LayerFile): Promise<vscode.Uri> {
  const target = vscode.Uri.joinPath(folder, fileName);
  const draft = vscode.Uri.joinPath(folder, `.${fileName}.part`);
  await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(layerToJson(layer)));
  await vscode.workspace.fs.rename(draft, target, { overwrite: true });
  return target;
}

async function offer(written: readonly WrittenLayer[]): Promise<void> {
  const [first] = written;
  if (!first) return;
  const changes = written.flatMap(({ uri, update }) => {
    const words = updateInWords(update);
    return words.length > 0 ? [[uri.path.replace(/^.*\//, ""), ...words.map((line) => `  ${line}`)].join("\n")] : [];
  });
  const folder = vscode.workspace.asRelativePath(vscode.Uri.joinPath(first.uri, ".."));
  const [open, reveal, changed] = [vscode.l10n.t("Open"), vscode.l10n.t("Reveal"), vscode.l10n.t("What Changed")];
  const chosen = await vscode.window.showInformationMessage(
    written.length === 1
      ? vscode.l10n.t("1 layer written to {0}.", folder)
      : vscode.l10n.t("{0} layers written to {1}.", written.length, folder),
    open,
    reveal,
    ...(changes.length > 0 ? [changed] : []),
  );
  if (chosen === open) for (const { uri } of written) await vscode.window.showTextDocument(uri, { preview: false });
  if (chosen === changed)
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: `${changes.join("\n\n")}\n`, language: "plaintext" }),
    );
  if (chosen === reveal)
    await vscode.commands.executeCommand(
      vscode.env.uiKind === vscode.UIKind.Web ? "revealInExplorer" : "revealFileInOS",
      first.uri,
    );
}
