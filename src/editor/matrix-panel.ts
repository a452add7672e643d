import * as vscode from "vscode";
import { matrixView } from "../exports/matrix-view.ts";
import { escapeXml } from "../exports/text.ts";
import { isReport, isTooLarge, mentionsAt, type Analyses } from "./analyses.ts";
import { reveal, type CurrentReport } from "./current-report.ts";
import type { ExportCommandOptions } from "./export.ts";
import { matrixWords } from "./matrix-words.ts";
import type { FromPage, MatrixWords, ToPage } from "./webview/messages.ts";

const viewType = "attackScribe.matrix";

/** What CodeLenses and other features may pass to *Show Matrix*. */
export interface ShowMatrixOptions {
  readonly document?: vscode.Uri;
  /** Id of a campaign; all of them by default. */
  readonly campaign?: string;
  /** An SVG picture; the command returns its PNG file, which only a page with a canvas can make. */
  readonly rasterise?: string;
}

/** The matrix beside the text: one panel, which follows the report in front. */
export function registerMatrixPanel(
  analyses: Analyses,
  current: CurrentReport,
  extensionUri: vscode.Uri,
): vscode.Disposable {
  let open: MatrixPanel | undefined;
  const start = (panel: vscode.WebviewPanel, campaign?: string): void => {
    open?.panel.dispose();
    const made = startPanel(panel, analyses, current, extensionUri, campaign);
    open = made;
    panel.onDidDispose(() => {
      if (open === made) open = undefined;
    });
  };
  return vscode.Disposable.from(
    new vscode.Disposable(() => {
      open?.panel.dispose();
    }),
    vscode.commands.registerCommand("attackScribe.showMatrix", async (options?: unknown) => {
      const { document, campaign, rasterise } = asOptions(options);
      if (document) {
        const report = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.toString());
        if (report && isReport(report)) current.set(report);
      }
      if (!current.document) {
        void vscode.window.showInformationMessage(vscode.l10n.t("Open a report in Markdown to see its matrix."));
        return undefined;
      }
      // Who asks for the matrix wants to move in it; a picture is made without taking the keys from the text.
      const preserveFocus = rasterise !== undefined;
      if (open) {
        open.panel.reveal(undefined, preserveFocus);
        if (document && rasterise === undefined) await open.choose(campaign);
      } else
        start(
          vscode.window.createWebviewPanel(
            viewType,
            vscode.l10n.t("ATT&CK Matrix"),
            { viewColumn: vscode.ViewColumn.Beside, preserveFocus },
            { enableFindWidget: false },
          ),
          campaign,
        );
      if (rasterise !== undefined) return open?.rasterise(rasterise);
      open?.focus();
      return undefined;
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: (panel) => {
        start(panel);
        return Promise.resolve();
      },
    }),
  );
}

/** From a menu the command gets an address or an editor's place, from a CodeLens our own options. */
function asOptions(value: unknown): ShowMatrixOptions {
  if (typeof value !== "object" || value === null) return {};
  const { document, campaign, rasterise } = value as Readonly<Record<string, unknown>>;
  return {
    ...(typeof rasterise === "string" ? { rasterise } : {}),
    ...(document instanceof vscode.Uri ? { document } : {}),
    // From a hover's link.
    ...(typeof document === "string" ? { document: vscode.Uri.parse(document) } : {}),
    ...(typeof campaign === "string" ? { campaign } : {}),
  };
}

interface MatrixPanel {
  readonly panel: vscode.WebviewPanel;
  readonly choose: (campaign: string | undefined) => Promise<void>;
  readonly rasterise: (svg: string) => Promise<Uint8Array>;
  /** Brings the keys into the grid, once it is there. */
  readonly focus: () => void;
}

function startPanel(
  panel: vscode.WebviewPanel,
  analyses: Analyses,
  current: CurrentReport,
  extensionUri: vscode.Uri,
  wanted?: string,
): MatrixPanel {
  let campaign = wanted;
  let ready = false;
  let becomeReady: () => void = () => undefined;
  const readiness = new Promise<void>((resolve) => (becomeReady = resolve));
  const jobs = new Map<number, (data: ArrayBuffer | undefined) => void>();
  let lastJob = 0;
  const send = (message: ToPage): void => {
    if (ready) void panel.webview.postMessage(message);
  };
  const show = async (): Promise<void> => {
    const { document } = current;
    panel.title = document
      ? vscode.l10n.t("Matrix: {0}", document.uri.path.replace(/^.*\//, ""))
      : vscode.l10n.t("ATT&CK Matrix");
    if (!document || isTooLarge(document)) {
      send({
        type: "empty",
        message: document
          ? vscode.l10n.t("This report is larger than attackScribe.maxFileSize, so it is not analysed.")
          : vscode.l10n.t("Open a report in Markdown to see its matrix."),
      });
      return;
    }
    const found = await analyses.of(document);
    if (!found || document !== current.document) return;
    const view = matrixView(found.analysis, found.catalogue, campaign);
    send({ type: "show", view, report: document.uri.toString() });
    pointAtCursor();
  };
  const pointAtCursor = (): void => {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === current.document);
    const found = editor && analyses.latest(editor.document);
    if (!found || found.version !== editor.document.version) return;
    const mentions = mentionsAt(found.analysis, editor.document.offsetAt(editor.selection.active));
    const ids = mentions.filter(({ object }) => object.type === "technique").map(({ object }) => object.id);
    send({ type: "cursor", ids });
  };
  const rasterise = (svg: string): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      lastJob += 1;
      const job = lastJob;
      const done = (data: ArrayBuffer | undefined): void => {
        clearTimeout(timer);
        jobs.delete(job);
        if (data) resolve(new Uint8Array(data));
        else reject(new Error(vscode.l10n.t("the picture could not be turned into PNG; SVG has no limit of size")));
      };
      const timer = setTimeout(() => done(undefined), 30_000);
      jobs.set(job, done);
      void readiness.then(() => send({ type: "rasterise", svg, job }));
    });
  const receive = async (message: FromPage): Promise<void> => {
    const { document } = current;
    if (message.type === "ready") {
      ready = true;
      becomeReady();
      campaign ??= message.campaign;
      if (!document && message.report !== undefined) await reopen(message.report, current);
      await show();
    } else if (message.type === "campaign") {
      campaign = message.id;
      await show();
    } else if (message.type === "png") {
      jobs.get(message.job)?.(message.data);
    } else if (!document) {
      return;
    } else if (message.type === "reveal") {
      const found = await analyses.of(document);
      const view = found && matrixView(found.analysis, found.catalogue, campaign);
      const evidence = view?.domains
        .flatMap(({ columns }) => columns.filter(({ id }) => id === message.tactic))
        .flatMap(({ cells }) => cells)
        .find(({ id }) => id === message.id)?.use?.evidence;
      const place = evidence?.[message.evidence % evidence.length];
      if (place) await reveal(document, place, message.keep);
    } else {
      const found = await analyses.of(document);
      const all = found ? matrixView(found.analysis, found.catalogue).campaigns.map(({ id }) => id) : [];
      const dark = [vscode.ColorThemeKind.Dark, vscode.ColorThemeKind.HighContrast].includes(
        vscode.window.activeColorTheme.kind,
      );
      const options: ExportCommandOptions = {
        document: document.uri,
        format: message.format,
        campaigns: campaign !== undefined && all.includes(campaign) ? [campaign] : all,
        ...(message.format === "navigator" ? {} : { theme: dark ? "dark" : "light" }),
      };
      await vscode.commands.executeCommand("attackScribe.export", options);
    }
  };
  const subscriptions = vscode.Disposable.from(
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const read = readMessage(message);
      if (read) void receive(read);
    }),
    analyses.onDidSettle((document) => {
      if (document === current.document) void show();
    }),
    current.onDidChange(() => {
      campaign = undefined;
      void show();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor.document === current.document) pointAtCursor();
    }),
  );
  panel.onDidDispose(() => {
    for (const done of [...jobs.values()]) done(undefined);
    subscriptions.dispose();
  });
  const folder = vscode.Uri.joinPath(extensionUri, "dist", "webview");
  panel.webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, "docs", "images", name);
  panel.iconPath = { dark: icon("activity-bar.svg"), light: icon("matrix-light.svg") };
  panel.webview.html = page(panel.webview, folder);
  return {
    panel,
    rasterise,
    // Behind the cells, and the cursor's mark on them.
    focus: () => void readiness.then(show).then(() => send({ type: "focus" })),
    choose: async (id) => {
      campaign = id;
      await show();
    },
  };
}

/** After a restart, the report that the panel showed. */
async function reopen(address: string, current: CurrentReport): Promise<void> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(address, true));
    if (isReport(document)) current.set(document);
  } catch {
    // It is gone; the page says that none is open.
  }
}

/** A page is not trusted to send what it should. */
function readMessage(message: unknown): FromPage | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const of = message as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | undefined =>
    typeof value === "string" && value.length < 5000 ? value : undefined;
  switch (of["type"]) {
    case "ready":
      return { type: "ready", report: text(of["report"]), campaign: text(of["campaign"]) };
    case "campaign":
      return { type: "campaign", id: text(of["id"]) };
    case "reveal": {
      const [id, tactic, evidence] = [text(of["id"]), text(of["tactic"]), of["evidence"]];
      if (id === undefined || tactic === undefined || !Number.isSafeInteger(evidence) || Number(evidence) < 0)
        return undefined;
      return { type: "reveal", id, tactic, evidence: Number(evidence), keep: of["keep"] === true };
    }
    case "export": {
      const format = (["svg", "png", "navigator"] as const).find((each) => each === of["format"]);
      return format && { type: "export", format };
    }
    case "png":
      return typeof of["job"] === "number"
        ? { type: "png", job: of["job"], data: of["data"] instanceof ArrayBuffer ? of["data"] : undefined }
        : undefined;
    default:
      return undefined;
  }
}

/** What the cells' lines and colours mean, in the order of how sure it is. */
const legend = (words: MatrixWords): string =>
  [
    ["stated", words.stated],
    ["inferred", vscode.l10n.t("described (a suggestion)")],
    ["unsure", vscode.l10n.t("described, unsure (below 0.5)")],
    ["unused", words.notInReport],
    ["at", vscode.l10n.t("at the cursor")],
  ]
    .map(([kind, label = ""]) => `<span><span class="key ${kind}"></span> ${escapeXml(label)}</span>`)
    .join(" ");

/** One stop of the Tab key; arrows move between them. */
const exportButtons = (): string =>
  [
    { format: "svg", label: "SVG", title: vscode.l10n.t("Export as SVG picture") },
    { format: "png", label: "PNG", title: vscode.l10n.t("Export as PNG picture") },
    { format: "navigator", label: vscode.l10n.t("Layer"), title: vscode.l10n.t("Export as Navigator layer") },
  ]
    .map(
      ({ format, label, title }, at) =>
        `<button data-format="${format}" title="${escapeXml(title)}" aria-label="${escapeXml(title)}" tabindex="${at === 0 ? 0 : -1}">${escapeXml(label)}</button>`,
    )
    .join("");

/** Nothing of a report is in it: that comes as data, and the script writes it as text. */
function page(webview: vscode.Webview, folder: vscode.Uri): string {
  const words = matrixWords();
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    // The picture that becomes a PNG file.
    "img-src blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeXml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(words.title)}</title>
<link rel="stylesheet" href="${address("matrix.css")}">
</head>
<body data-words="${escapeXml(JSON.stringify(words))}">
<div id="page">
<button id="skip">${escapeXml(vscode.l10n.t("To the techniques"))}</button>
<header>
<h1 id="title">${escapeXml(words.title)}</h1>
<div class="controls">
<label><span>${escapeXml(vscode.l10n.t("Campaign"))}</span> <select id="campaign"></select></label>
<label><span>${escapeXml(vscode.l10n.t("Search"))}</span> <input id="search" type="search" placeholder="${escapeXml(vscode.l10n.t("Name or id"))}" spellcheck="false"></label>
<label class="check"><input id="used" type="checkbox" checked> ${escapeXml(vscode.l10n.t("Only what the report shows"))}</label>
<label class="check" title="${escapeXml(vscode.l10n.t("Ids without names (C)"))}"><input id="compact" type="checkbox" aria-keyshortcuts="C"> ${escapeXml(vscode.l10n.t("Compact"))}</label>
<span class="exports" role="toolbar" aria-labelledby="exports"><span id="exports">${escapeXml(vscode.l10n.t("Export"))}</span> ${exportButtons()}</span>
</div>
<p id="legend">${legend(words)}</p>
</header>
<main id="matrix"></main>
</div>
<div id="left" class="edge" hidden><button tabindex="-1" aria-hidden="true"></button></div>
<div id="right" class="edge" hidden><button tabindex="-1" aria-hidden="true"></button></div>
<footer>
<p id="status" role="status"></p>
<div id="tooltip" role="tooltip" hidden></div>
</footer>
<script nonce="${nonce}" src="${address("matrix.js")}"></script>
</body>
</html>`;
}
