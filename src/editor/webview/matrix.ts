import type { MatrixCell, MatrixColumn, MatrixDomain, MatrixView } from "../../exports/matrix-view.ts";
import type { FromPage, MatrixWords, ToPage } from "./messages.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: State): void;
};

/** What outlives the page: VS Code keeps it while the tab is hidden and over restarts. */
interface State {
  readonly report?: string;
  readonly campaign?: string;
  readonly onlyUsed: boolean;
  readonly query: string;
  /** The cell that has the focus, as {@link keyOf} names it. */
  readonly cell?: string;
}

const vscode = acquireVsCodeApi();
let state = readState(vscode.getState());
let view: MatrixView | undefined;
let atCursor: ReadonlySet<string> = new Set();
/** Which sentence of a cell comes next, by the cell's key. */
const turns = new Map<string, number>();

/** What the extension wrote into the page, in the person's language. */
const words = JSON.parse(document.body.dataset["words"] ?? "{}") as MatrixWords;
const filled = (words: string, ...values: readonly (string | number)[]): string =>
  words.replace(/\{(\d)\}/g, (whole, at: string) => String(values[Number(at)] ?? whole));

const element = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
const matrix = element("matrix");
const campaigns = element("campaign") as HTMLSelectElement;
const search = element("search") as HTMLInputElement;
const used = element("used") as HTMLInputElement;
const tooltip = element("tooltip");
const status = element("status");

search.value = state.query;
used.checked = state.onlyUsed;

function readState(kept: unknown): State {
  const of = typeof kept === "object" && kept !== null ? (kept as Readonly<Record<string, unknown>>) : {};
  return {
    ...(typeof of["report"] === "string" ? { report: of["report"] } : {}),
    ...(typeof of["campaign"] === "string" ? { campaign: of["campaign"] } : {}),
    onlyUsed: of["onlyUsed"] !== false,
    query: typeof of["query"] === "string" ? of["query"] : "",
    ...(typeof of["cell"] === "string" ? { cell: of["cell"] } : {}),
  };
}

function keep(change: Partial<State>): void {
  state = { ...state, ...change };
  vscode.setState(state);
}

/** An element with a class, words and children; words are only ever set as text. */
function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  text = "",
  ...children: readonly HTMLElement[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  if (text !== "") made.textContent = text;
  made.append(...children);
  return made;
}

const keyOf = (domain: string, tactic: string, technique: string): string => `${domain}/${tactic}/${technique}`;

/** What each cell on the page stands for. */
const shown = new WeakMap<
  HTMLElement,
  { readonly cell: MatrixCell; readonly column: MatrixColumn; readonly key: string }
>();

function draw(): void {
  hideTooltip();
  if (!view) return;
  const hadFocus = matrix.contains(document.activeElement);
  element("title").textContent = view.title === "" ? words.title : view.title;
  const all = new Option(words.allCampaigns, "");
  campaigns.replaceChildren(all, ...view.campaigns.map(({ id, name, count }) => new Option(`${name} (${count})`, id)));
  campaigns.value = view.selected ?? "";
  const query = state.query.trim().toLowerCase();
  const grids = view.domains.map((domain) => drawDomain(domain, query));
  matrix.replaceChildren(...(view.domains.length > 0 ? grids : [emptyState()]));
  const cells = techniqueCells();
  const focus = cells.find((cell) => shown.get(cell)?.key === state.cell) ?? cells[0];
  if (focus) focus.tabIndex = 0;
  if (hadFocus) focus?.focus({ preventScroll: true });
  markCursor(false);
  say(query);
}

const emptyState = (): HTMLElement => make("p", "empty", words.empty);

const matches = ({ id, fullName }: MatrixCell, query: string): boolean =>
  query === "" || id.toLowerCase().includes(query) || fullName.toLowerCase().includes(query);

function drawDomain(domain: MatrixDomain, query: string): HTMLElement {
  const columns = domain.columns
    .map((column) => ({
      column,
      cells: column.cells.filter(
        (cell) => (cell.use || !state.onlyUsed || parentOfUsed(cell, column)) && matches(cell, query),
      ),
    }))
    .filter(({ cells }) => cells.length > 0 || (!state.onlyUsed && query === ""));
  const table = make("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  const title = make("h2", "", `${domain.name} ${domain.version}`);
  title.id = `domain-${domain.id}`;
  table.setAttribute("aria-labelledby", title.id);
  const head = table.createTHead().insertRow();
  for (const { column } of columns) {
    const count = column.used > 0 ? filled(words.shown, column.used) : words.noneShown;
    const cell = make("th", "", "", make("span", "tactic", column.name), make("span", "count", count));
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  const rows = Math.max(0, ...columns.map(({ cells }) => cells.length));
  for (let at = 0; at < rows; at += 1) {
    const row = body.insertRow();
    for (const { column, cells } of columns) {
      const cell = cells[at];
      row.append(cell ? drawCell(cell, column, domain) : make("td", "void"));
    }
  }
  const section = make("section", "", "", title);
  const scroller = make("div", "scroller", "", table);
  section.append(rows > 0 ? scroller : make("p", "empty", words.noMatch));
  return section;
}

/** A technique stays where only its sub-techniques are used. */
const parentOfUsed = ({ id, sub }: MatrixCell, { cells }: MatrixColumn): boolean =>
  !sub && cells.some((other) => other.sub && other.use && other.id.startsWith(`${id}.`));

function drawCell(cell: MatrixCell, column: MatrixColumn, domain: MatrixDomain): HTMLTableCellElement {
  const { use } = cell;
  const td = make("td", ["cell", use?.sureness ?? "unused", ...(cell.sub ? ["sub"] : [])].join(" "));
  td.append(make("span", "name", cell.name), " ", make("span", "id", cell.id), make("span", "unseen", inWords(cell)));
  td.tabIndex = -1;
  shown.set(td, { cell, column, key: keyOf(domain.id, column.id, cell.id) });
  return td;
}

/** What colours and lines say to the eye. */
function inWords({ use }: MatrixCell): string {
  if (!use) return `, ${words.notShown}`;
  const sentences = use.evidence.length === 1 ? words.oneSentence : filled(words.sentences, use.evidence.length);
  return `, ${howSure(use)}, ${use.campaigns.join(", ")}, ${sentences}`;
}

const howSure = ({ status, confidence }: NonNullable<MatrixCell["use"]>): string =>
  status === "stated" ? words.stated : filled(words.suggested, Math.round(confidence * 100));

const techniqueCells = (): readonly HTMLElement[] => [...matrix.querySelectorAll<HTMLElement>("td.cell")];

function say(query: string): void {
  const found = techniqueCells().length;
  if (query === "") status.textContent = "";
  else status.textContent = found === 1 ? filled(words.oneMatch, query) : filled(words.matches, found, query);
}

/** Marks the cells of what stands at the cursor, and brings the first into sight. */
function markCursor(scroll: boolean): void {
  let first: HTMLElement | undefined;
  for (const td of techniqueCells()) {
    const here = atCursor.has(shown.get(td)?.cell.id ?? "");
    if (here) {
      td.setAttribute("aria-current", "location");
      first ??= td;
    } else td.removeAttribute("aria-current");
  }
  if (scroll) first?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function focusCell(td: HTMLElement): void {
  for (const other of matrix.querySelectorAll<HTMLElement>('td[tabindex="0"]')) other.tabIndex = -1;
  td.tabIndex = 0;
  td.focus();
  td.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Goes to a sentence of the cell; the next time, to its next one. */
function revealEvidence(td: HTMLElement, keepFocus: boolean): void {
  const here = shown.get(td);
  if (!here?.cell.use) return;
  const turn = turns.get(here.key) ?? 0;
  turns.set(here.key, (turn + 1) % here.cell.use.evidence.length);
  vscode.postMessage({ type: "reveal", id: here.cell.id, tactic: here.column.id, evidence: turn, keep: keepFocus });
}

/** The next cell of a technique in a direction, over gaps. */
function neighbour(td: HTMLElement, rows: number, columns: number): HTMLElement | undefined {
  const row = td.parentElement as HTMLTableRowElement;
  const table = td.closest("table");
  const body = table?.tBodies[0];
  if (!table || !body) return undefined;
  let y = row.sectionRowIndex + rows;
  let x = (td as HTMLTableCellElement).cellIndex + columns;
  while (y >= 0 && y < body.rows.length) {
    const cells = body.rows[y]?.cells;
    if (!cells || x < 0 || x >= cells.length) break;
    const cell = cells[x];
    if (cell?.classList.contains("cell")) return cell;
    // Columns are ragged: beside the end of a shorter one lies its last cell.
    if (columns !== 0) {
      for (let up = y - 1; up >= 0; up -= 1) {
        const above = body.rows[up]?.cells[x];
        if (above?.classList.contains("cell")) return above;
      }
      x += columns;
    } else y += rows;
  }
  if (rows === 0) return undefined;
  // Over the edge of one domain's grid lies the next one's.
  const tables = [...matrix.querySelectorAll("table")];
  const other = tables[tables.indexOf(table) + rows];
  const cells = other ? [...other.querySelectorAll<HTMLElement>("td.cell")] : [];
  return rows > 0 ? cells[0] : cells.at(-1);
}

function inRow(td: HTMLElement, last: boolean): HTMLElement | undefined {
  const cells = [...(td.parentElement?.querySelectorAll<HTMLElement>("td.cell") ?? [])];
  return last ? cells.at(-1) : cells[0];
}

function move(key: string, control: boolean, td: HTMLElement): HTMLElement | undefined {
  const cells = techniqueCells();
  switch (key) {
    case "ArrowRight":
      return neighbour(td, 0, 1);
    case "ArrowLeft":
      return neighbour(td, 0, -1);
    case "ArrowDown":
      return neighbour(td, 1, 0);
    case "ArrowUp":
      return neighbour(td, -1, 0);
    case "Home":
      return control ? cells[0] : inRow(td, false);
    case "End":
      return control ? cells.at(-1) : inRow(td, true);
    default:
      return undefined;
  }
}

const cellOf = (target: EventTarget | null): HTMLElement | undefined =>
  target instanceof Element ? (target.closest<HTMLElement>("td.cell") ?? undefined) : undefined;

matrix.addEventListener("keydown", (event) => {
  const td = cellOf(event.target);
  if (!td || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    // The space bar leaves the focus in the matrix, so that one can read on there.
    revealEvidence(td, event.key === " ");
    return;
  }
  const next = move(event.key, event.ctrlKey, td);
  if (!next) return;
  event.preventDefault();
  focusCell(next);
});
matrix.addEventListener("click", (event) => {
  const td = cellOf(event.target);
  if (!td) return;
  focusCell(td);
  revealEvidence(td, false);
});
matrix.addEventListener("focusin", (event) => {
  const td = cellOf(event.target);
  if (!td) return;
  keep({ cell: shown.get(td)?.key ?? "" });
  showTooltip(td);
});
matrix.addEventListener("focusout", hideTooltip);
matrix.addEventListener("mouseover", (event) => {
  const td = cellOf(event.target);
  if (td) showTooltip(td);
  else hideTooltip();
});
matrix.addEventListener("mouseleave", hideTooltip);
document.addEventListener("scroll", hideTooltip, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hideTooltip();
  if ((event.ctrlKey || event.metaKey) && event.key === "f") {
    event.preventDefault();
    search.select();
  }
});

/** The evidence beside the cell that has the pointer or the focus. */
function showTooltip(td: HTMLElement): void {
  const here = shown.get(td);
  hideTooltip();
  if (!here) return;
  const { cell } = here;
  const parts = [make("strong", "", `${cell.id} ${cell.fullName}`)];
  if (cell.use) {
    parts.push(make("span", "facts", `${howSure(cell.use)} · ${cell.use.campaigns.join(", ")}`));
    for (const { line, text } of cell.use.evidence.slice(0, 3))
      parts.push(make("q", "", text, make("span", "line", ` ${filled(words.line, line)}`)));
    const more = cell.use.evidence.length - 3;
    if (more > 0) parts.push(make("span", "facts", filled(words.more, more)));
  } else parts.push(make("span", "facts", words.notInReport));
  tooltip.replaceChildren(...parts);
  tooltip.hidden = false;
  td.setAttribute("aria-describedby", tooltip.id);
  const cellBox = td.getBoundingClientRect();
  const box = tooltip.getBoundingClientRect();
  const below = cellBox.bottom + 4 + box.height <= window.innerHeight;
  tooltip.style.left = `${Math.max(4, Math.min(cellBox.left, window.innerWidth - box.width - 4))}px`;
  tooltip.style.top = `${below ? cellBox.bottom + 4 : Math.max(4, cellBox.top - box.height - 4)}px`;
}

function hideTooltip(): void {
  tooltip.hidden = true;
  matrix.querySelector("[aria-describedby]")?.removeAttribute("aria-describedby");
}

campaigns.addEventListener("change", () => {
  vscode.postMessage({ type: "campaign", id: campaigns.value === "" ? undefined : campaigns.value });
});
search.addEventListener("input", () => {
  keep({ query: search.value });
  draw();
});
search.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "Enter") return;
  const [first] = techniqueCells();
  if (!first) return;
  event.preventDefault();
  focusCell(first);
});
used.addEventListener("change", () => {
  keep({ onlyUsed: used.checked });
  draw();
});
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-format]"))
  button.addEventListener("click", () => {
    const format = (["svg", "png", "navigator"] as const).find((each) => each === button.dataset["format"]);
    if (format) vscode.postMessage({ type: "export", format });
  });

/** Draws the picture at twice its size and hands back its PNG file; nothing where a canvas can't be that large. */
async function rasterise(svg: string): Promise<ArrayBuffer | undefined> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    return await blob?.arrayBuffer();
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(address);
  }
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "show") {
    if (data.report !== state.report) turns.clear();
    view = data.view;
    const { campaign: _former, ...rest } = state;
    state = { ...rest, report: data.report, ...(view.selected === undefined ? {} : { campaign: view.selected }) };
    vscode.setState(state);
    draw();
  } else if (data.type === "empty") {
    view = undefined;
    matrix.replaceChildren(make("p", "empty", data.message));
  } else if (data.type === "cursor") {
    atCursor = new Set(data.ids);
    markCursor(true);
  } else {
    void rasterise(data.svg).then((png) => vscode.postMessage({ type: "png", job: data.job, data: png }));
  }
});
vscode.postMessage({ type: "ready", report: state.report, campaign: state.campaign });
