import * as vscode from "vscode";
import type { AttackObject } from "../attack/catalogue.ts";
import { kindOf } from "../attack/kinds.ts";
import { lookUpIn } from "../attack/look-up.ts";
import { toLink, toNameAndId } from "../exports/link.ts";
import { phrasesOf } from "../mapping/lexicon/phrases.ts";
import type { Analyses } from "./analyses.ts";
import type { Knowledge } from "./knowledge.ts";
import { settings, type InsertFormat } from "./settings.ts";

interface ObjectItem extends vscode.QuickPickItem {
  readonly object: AttackObject;
}

/** What an item's button does; the order is that of the buttons. */
interface ItemAction {
  readonly button: vscode.QuickInputButton;
  readonly run: (object: AttackObject) => Thenable<unknown>;
}

const formats: Readonly<Record<InsertFormat, (object: AttackObject) => string>> = {
  link: (object) => toLink(object),
  nameAndId: toNameAndId,
  id: ({ id }) => id,
};

const button = (icon: string, tooltip: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
});

const actions: readonly ItemAction[] = [
  { button: button("symbol-numeric", vscode.l10n.t("Insert ID")), run: (object) => insert(formats.id(object)) },
  {
    button: button("symbol-string", vscode.l10n.t("Insert Name (ID)")),
    run: (object) => insert(formats.nameAndId(object)),
  },
  { button: button("link", vscode.l10n.t("Insert Markdown Link")), run: (object) => insert(formats.link(object)) },
  { button: button("link-external", vscode.l10n.t("Open Page")), run: openPage },
  {
    button: button("copy", vscode.l10n.t("Copy Name (ID)")),
    run: (object) => vscode.env.clipboard.writeText(toNameAndId(object)),
  },
];

/** As many as a person scrolls through. */
const mostItems = 60;

export interface LookUpPicker {
  readonly open: (options?: { readonly query?: string; readonly format?: InsertFormat }) => Promise<void>;
}

export function registerLookUp(
  knowledge: Knowledge,
  analyses: Analyses,
): { readonly picker: LookUpPicker; readonly disposable: vscode.Disposable } {
  const picker: LookUpPicker = {
    open: (options) => pick(knowledge, analyses, options?.query ?? "", options?.format ?? settings().insertFormat),
  };
  const disposable = vscode.commands.registerCommand("attackScribe.lookUp", (query?: unknown, format?: unknown) =>
    picker.open({ ...(typeof query === "string" ? { query } : {}), ...(format === "id" ? { format } : {}) }),
  );
  return { picker, disposable };
}

async function pick(knowledge: Knowledge, analyses: Analyses, query: string, format: InsertFormat): Promise<void> {
  const quickPick = vscode.window.createQuickPick<ObjectItem>();
  quickPick.title = vscode.l10n.t("Look Up in ATT&CK");
  quickPick.placeholder = vscode.l10n.t(
    "Type an id, a name or the beginning of one (T1059, emissary panda, web shell); Enter inserts it",
  );
  quickPick.value = query;
  quickPick.busy = true;
  quickPick.show();
  try {
    const [catalogue, lexicon] = await Promise.all([knowledge.open(), knowledge.lexicon()]);
    const lookUp = lookUpIn(catalogue, lexicon && phrasesOf(lexicon));
    const document = vscode.window.activeTextEditor?.document;
    const mapped =
      document && analyses.latest(document)?.analysis.mentions.flatMap(({ object }) => catalogue.get(object.id) ?? []);
    const show = (value: string): void => {
      const found = value.trim() === "" ? [...new Set(mapped ?? [])] : lookUp.search(value, mostItems);
      quickPick.items = found.slice(0, mostItems).map(toItem);
    };
    quickPick.busy = false;
    show(quickPick.value);
    const subscriptions = [
      quickPick.onDidChangeValue(show),
      quickPick.onDidTriggerItemButton(({ item, button: pressed }) => {
        const action = actions.find((row) => row.button === pressed);
        quickPick.hide();
        if (action) void action.run(item.object);
      }),
      quickPick.onDidAccept(() => {
        const [item] = quickPick.activeItems;
        quickPick.hide();
        if (item) void (vscode.window.activeTextEditor ? insert(formats[format](item.object)) : openPage(item.object));
      }),
      quickPick.onDidHide(() => {
        for (const subscription of subscriptions) subscription.dispose();
        quickPick.dispose();
      }),
    ];
  } catch (error) {
    quickPick.dispose();
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

function toItem(object: AttackObject): ObjectItem {
  const { id, name, type, aliases, tactics, revoked, successor, deprecated } = object;
  const state = revoked
    ? successor === undefined
      ? vscode.l10n.t("revoked")
      : vscode.l10n.t("revoked, now {0}", successor)
    : deprecated
      ? vscode.l10n.t("deprecated")
      : "";
  return {
    object,
    label: `$(${kindOf(type).icon}) ${id}  ${name.replace(/\$\(/g, "$ (")}`,
    description: [kindOf(type).label, state, type === "technique" ? tactics.join(", ") : ""]
      .filter((part) => part !== "")
      .join(" · "),
    ...(aliases.length > 0 ? { detail: aliases.join(", ").replace(/\$\(/g, "$ (") } : {}),
    buttons: actions.map((action) => action.button),
    // The search above has judged already; VS Code's own filter would hide what it forgave.
    alwaysShow: true,
  };
}

/** Writes `text` at every cursor of the active editor, in one undo step. */
async function insert(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    await vscode.env.clipboard.writeText(text);
    void vscode.window.showInformationMessage(vscode.l10n.t("No editor is open: copied instead."));
    return;
  }
  await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
}

function openPage({ url }: AttackObject): Thenable<unknown> {
  return /^https:\/\//.test(url) ? vscode.env.openExternal(vscode.Uri.parse(url, true)) : Promise.resolve();
}
