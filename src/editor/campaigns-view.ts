import * as vscode from "vscode";
import { attributeEdits, isCampaignName } from "../exports/attribution-edits.ts";
import { campaignRows, unattributedRows, type TreeRow } from "../exports/campaign-tree.ts";
import {
  acceptEdit,
  ignoreEdits,
  ignoreEverywhereEdit,
  isAside,
  joinEdits,
  openSuggestions,
  rejectEdit,
  suggestionsAmong,
  suggestionsIn,
  type ReportEdit,
} from "../exports/decisions.ts";
import { rangeOf, type Analyses, type DocumentAnalysis } from "./analyses.ts";
import { reveal, type CurrentReport } from "./current-report.ts";
import { suggestionsInWords } from "./in-words.ts";
import type { Knowledge } from "./knowledge.ts";
import { settings } from "./settings.ts";
import { afterDeciding, notThisBut } from "./suggestions.ts";

const dragType = "application/vnd.attack-scribe.rows";

/** A row with what the tree needs to find its way up. */
interface Node {
  readonly row: TreeRow;
  readonly parent: Node | undefined;
}

type RowsOf = (found: DocumentAnalysis) => readonly TreeRow[];

/** The views *Campaigns* and *Unattributed*, and what their rows' menus do. */
export function registerCampaignsView(
  analyses: Analyses,
  current: CurrentReport,
  knowledge: Knowledge,
): vscode.Disposable {
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
    const count = found ? openSuggestions(found.analysis.mentions).length : 0;
    campaignsView.badge =
      count > 0
        ? { value: count, tooltip: vscode.l10n.t("{0} to accept or reject", suggestionsInWords(count)) }
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
    ...ignoreCommands.map((command) =>
      vscode.commands.registerCommand(
        command,
        onRows((rows, { report }, document) =>
          write(
            document,
            rows.flatMap(({ kind, technique, evidence }) => {
              if (technique === undefined) return [];
              return kind === "evidence"
                ? evidence.flatMap((each) => ignoreEdits(report, technique, each))
                : ignoreEdits(report, technique);
            }),
          ),
        ),
      ),
    ),
    vscode.commands.registerCommand(
      "attackScribe.acceptRow",
      onRows(async (rows, { report, analysis, catalogue }, document) => {
        const form = settings().acceptForm;
        const meant = suggestionsAmong(rows, analysis.mentions).filter((suggestion) => !isAside(suggestion));
        const edits = meant.flatMap((suggestion) => {
          const technique = catalogue.get(suggestion.object.id);
          return technique ? [acceptEdit(report, suggestion, technique, form)] : [];
        });
        if (edits.length === 0) return;
        await write(document, edits);
        await afterDeciding(analyses, document, "accepted", edits.length);
      }),
    ),
    vscode.commands.registerCommand(
      "attackScribe.rejectRow",
      onRows(async (rows, { report, analysis }, document) => {
        const edits = suggestionsAmong(rows, analysis.mentions).map((suggestion) =>
          rejectEdit(report, suggestion, suggestion.object.id),
        );
        if (edits.length === 0) return;
        await write(document, edits);
        await afterDeciding(analyses, document, "rejected", edits.length);
      }),
    ),
    vscode.commands.registerCommand(
      "attackScribe.rejectEverywhere",
      onRows(async (rows, { report, analysis }, document) => {
        const ids = new Set(rows.flatMap(({ technique }) => technique ?? []));
        const count = suggestionsIn(analysis.mentions).filter(({ object }) => ids.has(object.id)).length;
        if (count === 0) return;
        await write(
          document,
          [...ids].map((id) => ignoreEverywhereEdit(report, id)),
        );
        await afterDeciding(analyses, document, "rejected", count);
      }),
    ),
    vscode.commands.registerCommand(
      "attackScribe.notThisRow",
      onRows(async ([row], found, document) => {
        if (!row) return;
        await notThisBut(suggestionsAmong([row], found.analysis.mentions), found, document, analyses, knowledge);
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

/** Two names of one command, as a menu says how far each goes: a technique's row means the whole report, a sentence's its paragraph. */
const ignoreCommands = ["attackScribe.ignoreMapping", "attackScribe.ignoreHere"];

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
    row.highlight ? { label: row.label, highlights: [[...row.highlight]] } : row.label,
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
  item.accessibilityInformation = {
    label: row.kind === "tactic" ? row.tooltip.replaceAll("\n", ", ") : `${row.label}, ${row.description}`,
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
  if (row.aside === true) return `${row.kind}-aside`;
  const technique = row.kind === "evidence" ? parent?.row : row;
  return technique?.kind === "technique" && technique.suggestions > 0 ? `${row.kind}-suggested` : row.kind;
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
    {
      title: vscode.l10n.t("Attribute to"),
      placeHolder: vscode.l10n.t("Type whose doing it is; Enter writes that behind the sentences, in comments"),
    },
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
