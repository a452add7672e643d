import * as vscode from "vscode";
import { isUpToDate, versionOf } from "../attack/knowledge-folder.ts";
import { chooseReleases, versionsIn, type Release } from "../attack/releases.ts";
import { UnknownVersionError, type ReadBundle } from "../attack/stix.ts";
import { isVersion } from "../attack/versions.ts";
import { knowledgePage } from "../exports/knowledge-page.ts";
import { Cancelled, sizeInWords } from "../update/download.ts";
import { fetchBundles, fetchIndex, type FetchOptions, type Progress } from "../update/fetch-releases.ts";
import { largestBundle, openBundle } from "../update/open-bundle.ts";
import type { KnowledgeStore, StoredKnowledge } from "./knowledge-store.ts";
import type { Knowledge } from "./knowledge.ts";
import { RenderedPages } from "./rendered-pages.ts";
import { settings } from "./settings.ts";

/** What the commands hand back to whoever runs them: the version now in force, and its folder. */
export interface VersionInForce {
  readonly version: string;
  readonly folder: string | undefined;
  readonly uri: vscode.Uri | undefined;
}

/** Name of the version that ships, as an argument of *Select Knowledge Base Version…*. */
const shipped = "bundled";

const scheme = "attack-knowledge";

/** Commands around the versions of ATT&CK: the only ones that use the network, and only when they are run. */
export function registerKnowledgeBase(knowledge: Knowledge, store: KnowledgeStore): vscode.Disposable {
  // What an update left behind that was killed; nobody waits for it.
  store.cleanUp().catch((error: unknown) => console.error(error));
  const pages = new RenderedPages(scheme, () => describe(knowledge, store));
  const page = vscode.Uri.from({ scheme, path: "/ATT&CK knowledge base.md" });
  let busy = false;
  /** One at a time: shows and keeps what goes wrong. */
  const run =
    <Args extends readonly unknown[]>(work: (...args: Args) => Thenable<VersionInForce | undefined>) =>
    async (...args: Args): Promise<VersionInForce | undefined> => {
      if (busy) {
        void vscode.window.showInformationMessage(vscode.l10n.t("The ATT&CK knowledge base is being changed already."));
        return undefined;
      }
      busy = true;
      try {
        return await work(...args);
      } catch (error) {
        if (error instanceof Cancelled) return undefined;
        const message = await store.noteFailure(error);
        void vscode.window
          .showErrorMessage(
            vscode.l10n.t("ATT&CK's knowledge base stays as it was: {0}", message),
            vscode.l10n.t("Show Knowledge Base"),
          )
          .then((chosen) => chosen && vscode.commands.executeCommand("attackScribe.showKnowledgeBase"));
        return undefined;
      } finally {
        busy = false;
        pages.refresh(page);
      }
    };
  const updateTo = run((version?: unknown) =>
    update(knowledge, store, typeof version === "string" ? version : undefined),
  );
  return vscode.Disposable.from(
    pages,
    store.onDidChange(() => pages.refresh(page)),
    vscode.commands.registerCommand("attackScribe.updateKnowledgeBase", updateTo),
    vscode.commands.registerCommand(
      "attackScribe.importKnowledgeBase",
      run((file?: unknown) => importFiles(knowledge, store, file instanceof vscode.Uri ? [file] : undefined)),
    ),
    vscode.commands.registerCommand("attackScribe.selectKnowledgeBase", async (folder?: unknown) => {
      const wanted = typeof folder === "string" ? folder : await pick(knowledge, store);
      if (wanted === undefined) return undefined;
      if (typeof wanted !== "string") {
        const version = wanted.other ? await pickOther() : undefined;
        return wanted.other && version === undefined ? undefined : updateTo(version);
      }
      return run(() => select(store, wanted))();
    }),
    vscode.commands.registerCommand("attackScribe.showKnowledgeBase", async () => {
      pages.refresh(page);
      await pages.show(page);
    }),
  );
}

/** Fetches the newest version, or the one asked for, and puts it in force. */
function update(
  knowledge: Knowledge,
  store: KnowledgeStore,
  version: string | undefined,
): Thenable<VersionInForce | undefined> {
  const { knowledgeUrl: url } = settings();
  return withProgress(vscode.l10n.t("Updating the ATT&CK knowledge base"), async (options, report) => {
    report(vscode.l10n.t("reading the index"));
    const releases = chooseReleases(await fetchIndex(url, options), { version });
    const known = (await store.list()).find(({ info }) => isUpToDate(info, releases));
    if (known) {
      await store.choose(known.folder);
      return tell(store, known, "is up to date");
    }
    const bundles = await fetchBundles(releases, {
      ...options,
      inForce: await knowledge.version(undefined),
      onProgress: (progress) => report(inWords(progress), shareOf(progress)),
    });
    if (options.signal?.aborted) throw new Cancelled();
    report(vscode.l10n.t("storing"));
    const added = bundles.map(({ release, ...bundle }) => ({ ...bundle, released: release.modified }));
    return tell(store, await store.add(largestFirst(added), url, false), "is in force");
  });
}

/** Takes bundles from files and puts their version in force. */
async function importFiles(
  knowledge: Knowledge,
  store: KnowledgeStore,
  given: readonly vscode.Uri[] | undefined,
): Promise<VersionInForce | undefined> {
  const files =
    given ??
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Import ATT&CK Bundles"),
      openLabel: vscode.l10n.t("Import"),
      canSelectMany: true,
      filters: { "STIX bundles": ["json", "gz"] },
    })) ??
    [];
  if (files.length === 0) return undefined;
  return withProgress(vscode.l10n.t("Importing into the ATT&CK knowledge base"), async ({ signal }, report) => {
    const inForce = await knowledge.version(undefined);
    const bundles: ReadBundle[] = [];
    for (const uri of files) {
      const file = uri.path.replace(/^.*\//, "");
      report(file);
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > largestBundle) throw new Error(`${file}: ${sizeInWords(size)} is more than any ATT&CK bundle has`);
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (signal?.aborted) throw new Cancelled();
      try {
        bundles.push(await openBundle(bytes, { file, inForce }));
      } catch (error) {
        if (!(error instanceof UnknownVersionError)) throw error;
        const version = await askVersion(file);
        if (version === undefined) throw new Cancelled();
        bundles.push(await openBundle(bytes, { file, inForce, version }));
      }
    }
    if (signal?.aborted) throw new Cancelled();
    const from = files.map(({ path }) => path.replace(/^.*\//, "")).join(", ");
    return tell(store, await store.add(largestFirst(bundles), from, true), "is in force");
  });
}

const askVersion = (file: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: vscode.l10n.t("{0} does not say which version of ATT&CK it holds", file),
    prompt: vscode.l10n.t("Version of ATT&CK, such as 18.1"),
    ignoreFocusOut: true,
    validateInput: (text) =>
      isVersion(text.trim()) ? undefined : vscode.l10n.t("A version is a number such as 18.1."),
  });

async function select(store: KnowledgeStore, folder: string): Promise<VersionInForce | undefined> {
  const known = folder === shipped ? undefined : (await store.list()).find((stored) => stored.folder === folder);
  if (folder !== shipped && !known)
    throw new Error(vscode.l10n.t("{0}: no such version is stored", folder.slice(0, 100)));
  await store.choose(known?.folder);
  return {
    version: known ? versionOf(known.info) : shipped,
    folder: known?.folder,
    uri: known && store.folderUri(known.folder),
  };
}

interface VersionItem extends vscode.QuickPickItem {
  /** What choosing it does. */
  readonly does: string | { readonly other: boolean };
  readonly stored?: StoredKnowledge;
}

/** Asks for a version: those that are there, with a button that removes them, and those that can be fetched. */
async function pick(
  knowledge: Knowledge,
  store: KnowledgeStore,
): Promise<string | { readonly other: boolean } | undefined> {
  const remove: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("trash"),
    tooltip: vscode.l10n.t("Remove This Version"),
  };
  const ships = await knowledge.version(undefined);
  const items = async (): Promise<readonly VersionItem[]> => {
    const { failure, chosen } = store;
    const mark = (folder: string | undefined): string => (chosen === folder ? "$(check) " : "$(blank) ");
    return [
      ...(failure ? [heading(`$(error) ${plain(failure.message)}`)] : []),
      ...(await store.list()).map((stored): VersionItem => ({
        label: `${mark(stored.folder)}ATT&CK ${versionOf(stored.info)}`,
        description: stored.info.domains.map(({ name }) => name).join(", "),
        detail: plain(vscode.l10n.t("{0}, from {1}", stored.info.added.slice(0, 10), stored.info.from)),
        buttons: [remove],
        does: stored.folder,
        stored,
      })),
      {
        label: `${mark(undefined)}ATT&CK ${ships.version}`,
        description: vscode.l10n.t("ships with the extension, without ATT&CK's own texts"),
        does: shipped,
      },
      heading(""),
      {
        label: `$(cloud-download) ${vscode.l10n.t("Update Knowledge Base")}`,
        description: vscode.l10n.t("fetches the newest version"),
        does: { other: false },
      },
      {
        label: `$(history) ${vscode.l10n.t("Other Version…")}`,
        description: vscode.l10n.t("fetches the list of versions"),
        does: { other: true },
      },
    ];
  };
  const picker = vscode.window.createQuickPick<VersionItem>();
  picker.title = vscode.l10n.t("Select Knowledge Base Version");
  picker.placeholder = vscode.l10n.t("Type or choose a version, such as 18.1; Enter maps reports to it");
  picker.matchOnDescription = true;
  picker.items = await items();
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const does = picker.selectedItems[0]?.does;
      resolve(does === "" ? undefined : does);
      picker.hide();
    });
    picker.onDidTriggerItemButton(({ item: { stored } }) => {
      if (!stored) return;
      picker.busy = true;
      store
        .remove(stored.folder)
        .catch((error: unknown) => store.noteFailure(error))
        .then(async () => {
          picker.items = await items();
          picker.busy = false;
        }, console.error);
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** What servers and files say makes no icons. */
const plain = (text: string): string => text.replaceAll("$(", "$ (").replace(/\s+/g, " ");

const heading = (label: string): VersionItem => ({ label, does: "", kind: vscode.QuickPickItemKind.Separator });

/** Asks for one of the versions that the repository offers. */
async function pickOther(): Promise<string | undefined> {
  try {
    const { knowledgeUrl } = settings();
    const releases = await withProgress(vscode.l10n.t("Reading the list of ATT&CK's versions"), (options) =>
      fetchIndex(knowledgeUrl, options),
    );
    const items = versionsIn(releases).map((version) => ({ label: version, description: namesOf(releases, version) }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Fetch Which Version of ATT&CK?"),
      placeHolder: vscode.l10n.t("Type or choose a version, such as 17.1; Enter fetches it and maps reports to it"),
    });
    return chosen?.label;
  } catch (error) {
    if (!(error instanceof Cancelled))
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

const namesOf = (releases: readonly Release[], version: string): string =>
  releases
    .filter((release) => release.version === version)
    .map(({ name }) => name)
    .join(", ");

async function describe(knowledge: Knowledge, store: KnowledgeStore): Promise<string> {
  const catalogue = await knowledge.open();
  const stored = await store.list();
  return knowledgePage({
    inForce: catalogue.domains,
    chosen: stored.find(({ folder }) => folder === store.chosen)?.info,
    texts: catalogue.objects().filter(({ description }) => description !== undefined).length,
    stored: stored.map(({ info }) => info),
    failure: store.failure,
    url: settings().knowledgeUrl,
  });
}

/** Long work with a bar and a button that cancels it; the network's time limit comes from the settings. */
function withProgress<T>(
  title: string,
  work: (options: FetchOptions, report: (message: string, share?: number) => void) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      let shown = 0;
      try {
        return await work(
          { timeout: settings().knowledgeTimeout * 1_000, signal: controller.signal },
          (message, share) => {
            const increment = Math.max(0, (share ?? shown) * 100 - shown * 100);
            shown = Math.max(shown, share ?? shown);
            progress.report({ message, increment });
          },
        );
      } finally {
        subscription.dispose();
      }
    },
  );
}

const inWords = ({ release, received }: Progress): string =>
  `${release.name} ${release.version}${received > 0 ? `, ${sizeInWords(received)}` : ""}`;

/** 0–1; a bundle of unknown length counts when it is there. */
const shareOf = ({ done, of, received, total }: Progress): number =>
  (done + (total === undefined || total === 0 ? 0 : received / total)) / of;

/** The words of the largest domain win where two describe one object. */
const largestFirst = <T extends ReadBundle>(bundles: readonly T[]): readonly T[] =>
  [...bundles].sort((a, b) => (b.facts.objects.technique?.length ?? 0) - (a.facts.objects.technique?.length ?? 0));

function tell(
  store: KnowledgeStore,
  { folder, info }: StoredKnowledge,
  what: "is up to date" | "is in force",
): VersionInForce {
  const version = versionOf(info);
  const domains = info.domains.map(({ name }) => name).join(", ");
  void vscode.window.showInformationMessage(
    what === "is in force"
      ? vscode.l10n.t("ATT&CK {0} is in force: {1}.", version, domains)
      : vscode.l10n.t("ATT&CK {0} is up to date: {1}.", version, domains),
  );
  return { version, folder, uri: store.folderUri(folder) };
}
