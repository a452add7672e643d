import * as vscode from "vscode";
import { attributeEdits, isCampaignName } from "../exports/attribution-edits.ts";
import { campaignRows, unattributedRows, type TreeRow } from "../exports/campaign-tree.ts";
import {
  acceptEdit,
  ignoreEverywhereEdit,
  joinEdits,
  rejectEdit,
  suggestionsAmong,
  type ReportEdit,
} from "../exports/decisions.ts";
import { rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { reveal, type CurrentReport } from "./current-report.ts";
import { settings } from "./settings.ts";

const dragType = "application/vnd.attack-scribe.rows";
/** Of the addresses that carry a row's badge; nothing is ever read from them. */
const badgeScheme = "attack-suggestion";

/** A row with what the tree needs to find its way up. */
interface Node {
  readonly row: TreeRow;
  readonly parent: Node | undefined;
}

type RowsOf = (found: DocumentAnalysis) => readonly TreeRow[];

/** The views *Campaigns* and *Unattributed*, and what their rows' menus do. */
export function registerCampaignsView(analyses: Analyses, current: CurrentReport): vscode.Disposable {
  const campaigns = rowsProvider(analyses, current, ({ analysis, catalogue }) => campaignRows(analysis, catalogue));
  const orphans = rowsProvider(analyses, current, ({ analysis, catalogue }) => unattributedRows(analysis, catalogue));
  const dragAndDrop = attributeByDrop(analyses, current);
  const campaignsView = vscode.window.createTreeView("attackScribe.campaigns", {
    treeDataProvider: campaigns,
    dragAndDropController: dragAndDrop,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const orphansView = vscode.window.createTreeView("attackScribe.unattributed", {
    treeDataProvider: orphans,
    dragAndDropController: dragAndDrop,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const badge = (): void => {
    const found = current.document && analyses.latest(current.document);
    const described = (found?.analysis.campaigns ?? []).filter(({ role }) => role === "described");
    const rows = found ? campaignRows({ ...found.analysis, campaigns: described }, found.catalogue) : [];
    const count = rows.reduce((sum, { suggestions }) => sum + suggestions, 0);
    campaignsView.badge =
      count > 0
        ? {
            value: count,
            tooltip:
              count === 1 ? vscode.l10n.t("1 suggested technique") : vscode.l10n.t("{0} suggested techniques", count),
          }
        : undefined;
    const orphaned = found ? unattributedRows(found.analysis, found.catalogue).length : 0;
    orphansView.description = orphaned > 0 ? String(orphaned) : "";
    campaignsView.description = current.document ? current.document.uri.path.replace(/^.*\//, "") : "";
    void vscode.commands.executeCommand("setContext", "attackScribe.hasReport", current.document !== undefined);
  };
  badge();
  const onRows =
    (use: (rows: readonly TreeRow[], found: DocumentAnalysis, document: vscode.TextDocument) => Promise<void>) =>
    async (node: unknown, selected: unknown): Promise<void> => {
      const document = current.document;
      const found = document && (await analyses.of(document));
      const chosen = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [node];
      const rows = found ? presentRows(chosen.filter(isNode), found) : [];
      if (found && rows.length > 0) await use(rows, found, document);
    };
  return vscode.Disposable.from(
    campaignsView,
    orphansView,
    campaigns,
    orphans,
    analyses.onDidSettle(badge),
    current.onDidChange(badge),
    vscode.window.registerFileDecorationProvider({ provideFileDecoration: decorate }),
    vscode.commands.registerCommand("attackScribe.revealEvidence", async (node: unknown, stay: unknown) => {
      const document = current.document;
      const found = document && (await analyses.of(document));
      const place = found && isNode(node) ? presentRows([node], found)[0]?.place : undefined;
      if (document && place) await reveal(document, place, stay === true);
    }),
    vscode.commands.registerCommand("attackScribe.exportCampaign", async (node: unknown) => {
      if (isNode(node) && node.row.campaign !== undefined && current.document)
        await vscode.commands.executeCommand("attackScribe.export", {
          document: current.document.uri,
          campaigns: [node.row.campaign],
        });
    }),
    vscode.commands.registerCommand(
      "attackScribe.ignoreMapping",
      onRows((rows, { report }, document) =>
        write(
          document,
          rows.flatMap(({ kind, technique, evidence }) => {
            if (technique === undefined) return [];
            return kind === "evidence"
              ? evidence.map((each) => rejectEdit(report, each, technique))
              : [ignoreEverywhereEdit(report, technique)];
          }),
        ),
      ),
    ),
    vscode.commands.registerCommand(
      "attackScribe.acceptRow",
      onRows(async (rows, { report, analysis, catalogue }, document) => {
        const form = settings().acceptForm;
        const edits = suggestionsAmong(rows, analysis.mentions).flatMap((suggestion) => {
          const technique = catalogue.get(suggestion.object.id);
          return technique ? [acceptEdit(report, suggestion, technique, form)] : [];
        });
        if (edits.length > 0) await write(document, edits);
      }),
    ),
    vscode.commands.registerCommand(
      "attackScribe.rejectRow",
      onRows(async (rows, { report, analysis }, document) => {
        const edits = suggestionsAmong(rows, analysis.mentions).map((suggestion) =>
          rejectEdit(report, suggestion, suggestion.object.id),
        );
        if (edits.length > 0) await write(document, edits);
      }),
    ),
    vscode.commands.registerCommand("attackScribe.attributeTo", async (node: unknown, selected: unknown) => {
      // From the palette: what stands at the cursor.
      const use = isNode(node) ? onRows : atCursor(analyses);
      await use(async (rows, found, document) => {
        const name = await askForCampaign(found);
        if (name !== undefined) await attribute(rows, name, found, document);
      })(node, selected);
    }),
  );
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" &&
  value !== null &&
  "row" in value &&
  typeof value.row === "object" &&
  value.row !== null &&
  "key" in value.row;

/** The rows of these keys as the report has them now: places of an older version would lead elsewhere. */
function presentRows(nodes: readonly Node[], { analysis, catalogue }: DocumentAnalysis): readonly TreeRow[] {
  const keys = new Set(nodes.map(({ row }) => row.key));
  const flat = (rows: readonly TreeRow[]): readonly TreeRow[] => rows.flatMap((row) => [row, ...flat(row.children)]);
  return flat([...campaignRows(analysis, catalogue), ...unattributedRows(analysis, catalogue)]).filter(({ key }) =>
    keys.has(key),
  );
}

const atCursor =
  (analyses: Analyses) =>
  (use: (rows: readonly TreeRow[], found: DocumentAnalysis, document: vscode.TextDocument) => Promise<void>) =>
  async (_node: unknown, _selected: unknown): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    const found = editor && (await analyses.of(editor.document));
    if (!found) return;
    const from = editor.document.offsetAt(editor.selection.start);
    const to = editor.document.offsetAt(editor.selection.end);
    const line = editor.document.lineAt(editor.selection.active.line).range;
    const here = { start: editor.document.offsetAt(line.start), end: editor.document.offsetAt(line.end) };
    const mentions = found.analysis.mentions.filter(({ object }) => object.type === "technique");
    const meant = mentions.filter(({ start, end }) => start <= to && from <= end);
    const evidence = (
      meant.length > 0 ? meant : mentions.filter(({ start }) => here.start <= start && start <= here.end)
    ).map(({ start, end, line: number, evidence: text }) => ({ start, end, line: number, text }));
    if (evidence.length === 0) {
      void vscode.window.setStatusBarMessage(vscode.l10n.t("No technique is mapped here."), 3000);
      return;
    }
    const row: TreeRow = {
      kind: "evidence",
      key: "",
      label: "",
      description: "",
      tooltip: "",
      suggestions: 0,
      evidence,
      children: [],
    };
    await use([row], found, editor.document);
  };

function rowsProvider(
  analyses: Analyses,
  current: CurrentReport,
  rowsOf: RowsOf,
): vscode.TreeDataProvider<Node> & { readonly dispose: () => void } {
  const changed = new vscode.EventEmitter<undefined>();
  const subscriptions = vscode.Disposable.from(
    changed,
    current.onDidChange(() => changed.fire(undefined)),
    analyses.onDidSettle((document) => {
      if (document === current.document) changed.fire(undefined);
    }),
  );
  return {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node) return node.row.children.map((row) => ({ row, parent: node }));
      const found = current.document && (await analyses.of(current.document));
      return found ? rowsOf(found).map((row) => ({ row, parent: undefined })) : [];
    },
    getParent: ({ parent }) => parent,
    getTreeItem: toItem,
    dispose: () => {
      subscriptions.dispose();
    },
  };
}

const icons: Readonly<Record<TreeRow["kind"], string>> = {
  campaign: "organization",
  tactic: "milestone",
  technique: "symbol-event",
  evidence: "quote",
};

function toItem(node: Node): vscode.TreeItem {
  const { row } = node;
  const item = new vscode.TreeItem(
    row.label,
    row.children.length === 0
      ? vscode.TreeItemCollapsibleState.None
      : row.kind === "campaign"
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const suggested = row.kind === "technique" && row.suggestions > 0;
  item.id = row.key;
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.contextValue = contextOf(node);
  item.iconPath = new vscode.ThemeIcon(suggested ? "lightbulb" : icons[row.kind]);
  if (row.suggestions > 0)
    item.resourceUri = vscode.Uri.from({ scheme: badgeScheme, path: `/${row.kind}`, query: String(row.suggestions) });
  item.accessibilityInformation = {
    label: [
      row.label,
      row.description,
      ...(row.suggestions > 0 ? [vscode.l10n.t("{0} suggested", row.suggestions)] : []),
    ].join(", "),
  };
  // A row that opens shows its place but keeps the focus, so that the arrow keys go on in the tree.
  const opens = row.children.length > 0;
  if (row.place)
    item.command = {
      command: "attackScribe.revealEvidence",
      title: vscode.l10n.t("Go to sentence"),
      arguments: [node, opens],
    };
  return item;
}

/** What package.json's menus know a row by. */
function contextOf({ row, parent }: Node): string {
  if (row.kind === "campaign") return row.evidence.length === 0 ? "campaign-empty" : "campaign";
  const technique = row.kind === "evidence" ? parent?.row : row;
  return technique?.kind === "technique" && technique.suggestions > 0 ? `${row.kind}-suggested` : row.kind;
}

/** A small number behind rows with suggestions. */
function decorate(uri: vscode.Uri): vscode.FileDecoration | undefined {
  if (uri.scheme !== badgeScheme) return undefined;
  const count = Number(uri.query);
  // The row's own tooltip says how sure that is.
  if (uri.path === "/technique") return new vscode.FileDecoration("?");
  return new vscode.FileDecoration(
    count > 99 ? "∞" : String(count),
    vscode.l10n.t("{0} suggested, not accepted yet", count),
  );
}

/** Rows dragged onto a campaign, or onto anything below it, become that campaign's. */
function attributeByDrop(analyses: Analyses, current: CurrentReport): vscode.TreeDragAndDropController<Node> {
  return {
    dragMimeTypes: [dragType],
    dropMimeTypes: [dragType],
    handleDrag: (nodes, transfer) => {
      const dragged = nodes.filter(({ row }) => row.kind !== "campaign").map(({ row }) => row.key);
      if (dragged.length > 0) transfer.set(dragType, new vscode.DataTransferItem(JSON.stringify(dragged)));
    },
    handleDrop: async (target, transfer) => {
      const document = current.document;
      const found = document && (await analyses.of(document));
      const items: vscode.DataTransferItem[] = [];
      // The window adds an empty item of the same type beside what handleDrag set.
      transfer.forEach((item, type) => {
        if (type === dragType) items.push(item);
      });
      if (!found || target?.row.campaign === undefined) return;
      const dragged = (await Promise.all(items.map((item) => item.asString()))).flatMap(keysIn);
      const campaign = found.analysis.campaigns.find(({ id }) => id === target.row.campaign);
      const nodes = dragged.map((key) => ({ row: { key } as TreeRow, parent: undefined }));
      if (campaign) await attribute(presentRows(nodes, found), campaign.name, found, document);
    },
  };
}

function keysIn(json: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}

async function askForCampaign({ analysis }: DocumentAnalysis): Promise<string | undefined> {
  const other = `$(add) ${vscode.l10n.t("Another campaign…")}`;
  const chosen = await vscode.window.showQuickPick(
    [
      ...analysis.campaigns.map(({ name, type, role, attackIds }) => ({
        label: name,
        description: [
          type,
          ...attackIds,
          ...(role === "referenced" ? [vscode.l10n.t("only referenced so far")] : []),
        ].join(" · "),
      })),
      { label: other, description: "" },
    ],
    { title: vscode.l10n.t("Attribute to"), placeHolder: vscode.l10n.t("Whose doing it is") },
  );
  if (chosen?.label !== other) return chosen?.label;
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Attribute to another campaign"),
    prompt: vscode.l10n.t("Name of the campaign, group or cluster"),
    validateInput: (name) =>
      isCampaignName(name) ? undefined : vscode.l10n.t("Letters, digits, spaces and . ’ _ ( ) / & + - only."),
  });
}

async function attribute(
  rows: readonly TreeRow[],
  name: string,
  { report }: DocumentAnalysis,
  document: vscode.TextDocument,
): Promise<void> {
  if (!isCampaignName(name)) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t("“{0}” can't be written into a comment; rename the campaign first.", name),
    );
    return;
  }
  const edits = attributeEdits(
    report,
    rows.flatMap(({ evidence }) => evidence),
    name,
  );
  if (edits.length > 0) await write(document, edits);
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Code has no room for a comment that says whose doing it is."),
    );
}

/** One undo step. */
async function write(document: vscode.TextDocument, edits: readonly ReportEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    joinEdits(edits).map((each) => vscode.TextEdit.replace(rangeOf(document, each), each.text)),
  );
  await vscode.workspace.applyEdit(edit);
}
