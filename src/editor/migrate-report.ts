import * as vscode from "vscode";
import { versionOf } from "../attack/knowledge-folder.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import { applyEdits } from "../exports/decisions.ts";
import { migrate, migrationInWords, type Migration } from "../exports/migrate.ts";
import { parseReport } from "../report/parse.ts";
import { isReport, rangeOf } from "./analyses.ts";
import type { KnowledgeStore } from "./knowledge-store.ts";
import type { Knowledge } from "./knowledge.ts";

const scheme = "attack-migration";

/** A report that is shown beside what it would be in another version. */
interface Plan {
  readonly report: vscode.Uri;
  readonly to: Catalogue;
  readonly others: readonly Catalogue[];
}

/** Registers *Migrate Report to ATT&CK Version…*: a diff with what it would be, and a command that applies it. */
export function registerMigrateReport(knowledge: Knowledge, store: KnowledgeStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  /** By the address of the outcome. */
  const plans = new Map<string, Plan>();
  const migrationOf = async (plan: Plan): Promise<{ document: vscode.TextDocument; migration: Migration }> => {
    const document = await vscode.workspace.openTextDocument(plan.report);
    const report = parseReport(document.getText(), { path: plan.report.path, format: "markdown" });
    return { document, migration: migrate(report, plan.to, plan.others) };
  };

  const propose = async (version?: unknown): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isReport(document)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Open a report in Markdown to migrate it to another version of ATT&CK."),
      );
      return;
    }
    const folder = typeof version === "string" ? version : await pickVersion(knowledge, store);
    if (folder === undefined) return;
    const plan = await planFor(document.uri, folder, knowledge, store);
    const { migration } = await migrationOf(plan);
    if (migration.edits.length === 0) {
      await tellThatNothingChanges(migration);
      return;
    }
    const outcome = outcomeUri(document.uri, plan.to.version);
    plans.set(outcome.toString(), plan);
    changed.fire(outcome);
    const name = document.uri.path.replace(/^.*\//, "");
    await vscode.commands.executeCommand("vscode.diff", document.uri, outcome, `${name} ↔ ATT&CK ${plan.to.version}`, {
      preview: true,
    });
    void offer(migration, outcome);
  };

  const apply = async (given?: unknown): Promise<boolean> => {
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input, isActive }) => {
        if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== scheme) return false;
        return given instanceof vscode.Uri ? input.modified.toString() === given.toString() : isActive;
      });
    const outcome = tab?.input instanceof vscode.TabInputTextDiff ? tab.input.modified : given;
    const plan = outcome instanceof vscode.Uri ? plans.get(outcome.toString()) : undefined;
    if (!plan || !(outcome instanceof vscode.Uri)) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("No migration is shown: run Migrate Report to ATT&CK Version… first."),
      );
      return false;
    }
    // What is shown follows the report, so this is what is shown.
    const { document, migration } = await migrationOf(plan);
    const edit = new vscode.WorkspaceEdit();
    edit.set(
      document.uri,
      migration.edits.map((change) => vscode.TextEdit.replace(rangeOf(document, change), change.text)),
    );
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showErrorMessage(vscode.l10n.t("The report could not be changed."));
      return false;
    }
    plans.delete(outcome.toString());
    if (tab) await vscode.window.tabGroups.close(tab);
    await vscode.window.showTextDocument(document);
    if (migration.notes.length > 0) await list({ ...migration, edits: [] });
    return true;
  };

  const shown =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result | undefined> => {
      try {
        return await work(...args);
      } catch (error) {
        void vscode.window.showErrorMessage(
          vscode.l10n.t("The report stays as it is: {0}", error instanceof Error ? error.message : String(error)),
        );
        return undefined;
      }
    };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const plan = plans.get(uri.toString());
        if (!plan) return "";
        const { document, migration } = await migrationOf(plan);
        return applyEdits(document.getText(), migration.edits);
      },
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      for (const [outcome, { report }] of plans)
        if (report.toString() === document.uri.toString()) changed.fire(vscode.Uri.parse(outcome));
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void plans.delete(uri.toString())),
    vscode.commands.registerCommand("attackScribe.migrateReport", shown(propose)),
    vscode.commands.registerCommand("attackScribe.applyMigration", shown(apply)),
  );
}

/** The folder of the version that ships, as an argument and in lists. */
const shipped = "bundled";

async function planFor(report: vscode.Uri, folder: string, knowledge: Knowledge, store: KnowledgeStore): Promise<Plan> {
  const to = await knowledge.version(folder === shipped ? undefined : folder);
  const others: Catalogue[] = [];
  for (const other of [undefined, ...(await store.list()).map((stored) => stored.folder)])
    if ((other ?? shipped) !== folder)
      try {
        others.push(await knowledge.version(other));
      } catch {
        // A version without the chosen domains knows no former names of theirs.
      }
  return { report, to, others };
}

/** The versions that are there, the one in force first. */
async function pickVersion(knowledge: Knowledge, store: KnowledgeStore): Promise<string | undefined> {
  const ships = await knowledge.version(undefined);
  const inForce = store.chosen ?? shipped;
  const items = [
    ...(await store.list()).map(({ folder, info }) => ({
      label: `ATT&CK ${versionOf(info)}`,
      detail: vscode.l10n.t("from {0}", info.from),
      folder,
    })),
    { label: `ATT&CK ${ships.version}`, detail: vscode.l10n.t("ships with the extension"), folder: shipped },
  ]
    .map((item) => (item.folder === inForce ? { ...item, description: vscode.l10n.t("in force") } : item))
    .sort((a, b) => Number(b.folder === inForce) - Number(a.folder === inForce));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Migrate Report to ATT&CK Version"),
    placeHolder: vscode.l10n.t(
      "Choose a version; Enter shows what changes. Update and Select Knowledge Base Version… fetch others",
    ),
  });
  return chosen?.folder;
}

/** The outcome bears the report's name, so that it is read as Markdown, too. */
const outcomeUri = (report: vscode.Uri, version: string): vscode.Uri =>
  vscode.Uri.from({
    scheme,
    path: `/${report.path.replace(/^.*\//, "").replace(/\.\w+$/, "")} (ATT&CK ${version}).md`,
    query: report.toString(),
  });

function offerInWords({ edits: { length: changes }, notes: { length: places }, version }: Migration): string {
  const one = changes === 1;
  if (places === 0)
    return one
      ? vscode.l10n.t("{0} change for ATT&CK {1}.", changes, version)
      : vscode.l10n.t("{0} changes for ATT&CK {1}.", changes, version);
  if (places === 1)
    return one
      ? vscode.l10n.t("{0} change for ATT&CK {1}; {2} place left to you.", changes, version, places)
      : vscode.l10n.t("{0} changes for ATT&CK {1}; {2} place left to you.", changes, version, places);
  return one
    ? vscode.l10n.t("{0} change for ATT&CK {1}; {2} places left to you.", changes, version, places)
    : vscode.l10n.t("{0} changes for ATT&CK {1}; {2} places left to you.", changes, version, places);
}

async function tellThatNothingChanges(migration: Migration): Promise<void> {
  if (migration.notes.length > 0) await list({ ...migration, edits: [] });
  else
    void vscode.window.showInformationMessage(vscode.l10n.t("The report fits ATT&CK {0} as it is.", migration.version));
}

async function offer(migration: Migration, outcome: vscode.Uri): Promise<void> {
  const [apply, sayWhy] = [vscode.l10n.t("Apply"), vscode.l10n.t("Say Why")];
  const chosen = await vscode.window.showInformationMessage(offerInWords(migration), apply, sayWhy);
  if (chosen === apply) await vscode.commands.executeCommand("attackScribe.applyMigration", outcome);
  if (chosen === sayWhy) await list(migration);
}

/** The reasons as a document of their own beside the report. */
async function list(migration: Migration): Promise<void> {
  const content = migrationInWords(migration);
  const document = await vscode.workspace.openTextDocument({ content, language: "plaintext" });
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
    preserveFocus: true,
  });
}
