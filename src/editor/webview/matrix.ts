import type { MatrixCell, MatrixColumn, MatrixDomain, MatrixView } from "../../exports/matrix-view.ts";
import { scoreOf } from "../../exports/sureness.ts";
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
  /** Ids without names, so that more techniques are in sight. */
  readonly compact: boolean;
  readonly query: string;
  /** The cell that has the focus, as {@link keyOf} names it. */
  readonly cell?: string;
  /** Techniques that a hand unfolded or folded, by their cells' keys. */
  readonly folds: Readonly<Record<string, "open" | "closed">>;
}

const vscode = acquireVsCodeApi();
let state = readState(vscode.getState());
let view: MatrixView | undefined;
let atCursor: ReadonlySet<string> = new Set();
/** Which sentence of a cell comes next, by the cell's key. */
const turns = new Map<string, number>();
/** Whether the keys shall go to the grid as soon as it is there. */
let wantsFocus = false;

/** What the extension wrote into the page, in the person's language. */
const words = JSON.parse(document.body.dataset["words"] ?? "{}") as MatrixWords;
const filled = (words: string, ...values: readonly (string | number)[]): string =>
  words.replace(/\{(\d)\}/g, (whole, at: string) => String(values[Number(at)] ?? whole));

const element = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
const page = element("page");
const matrix = element("matrix");
const campaigns = element("campaign") as HTMLSelectElement;
const search = element("search") as HTMLInputElement;
const used = element("used") as HTMLInputElement;
const compact = element("compact") as HTMLInputElement;
const tooltip = element("tooltip");
const status = element("status");

search.value = state.query;
used.checked = state.onlyUsed;
compact.checked = state.compact;

function readState(kept: unknown): State {
  const of = typeof kept === "object" && kept !== null ? (kept as Readonly<Record<string, unknown>>) : {};
  return {
    ...(typeof of["report"] === "string" ? { report: of["report"] } : {}),
    ...(typeof of["campaign"] === "string" ? { campaign: of["campaign"] } : {}),
    onlyUsed: of["onlyUsed"] !== false,
    compact: of["compact"] === true,
    query: typeof of["query"] === "string" ? of["query"] : "",
    ...(typeof of["cell"] === "string" ? { cell: of["cell"] } : {}),
    folds: readFolds(of["folds"]),
  };
}

function readFolds(kept: unknown): State["folds"] {
  const folds: Record<string, "open" | "closed"> = {};
  for (const [key, value] of Object.entries(typeof kept === "object" && kept !== null ? kept : {}) as [
    string,
    unknown,
  ][])
    if (value === "open" || value === "closed") folds[key] = value;
  return folds;
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
const shown = new WeakMap<HTMLElement, Shown>();

interface Shown {
  readonly cell: MatrixCell;
  readonly column: MatrixColumn;
  readonly key: string;
  /** What the cell unfolds to and folds away; none while one searches. */
  readonly subs: readonly MatrixCell[];
  readonly isOpen: boolean;
}

function draw(): void {
  hideTooltip();
  if (!view) return;
  const hadFocus = matrix.contains(document.activeElement);
  const { scrollLeft, scrollTop } = page;
  element("title").textContent = view.title === "" ? words.title : view.title;
  const all = new Option(words.allCampaigns, "");
  campaigns.replaceChildren(all, ...view.campaigns.map(({ id, name, count }) => new Option(`${name} (${count})`, id)));
  campaigns.value = view.selected ?? "";
  const query = state.query.trim().toLowerCase();
  const drawn = view.domains.map((domain) => drawDomain(domain, query));
  const grids = drawn.filter((section) => section !== undefined);
  const none = view.domains.length > 0 ? noMatch(view.domains, query) : make("p", "empty", words.empty);
  matrix.classList.toggle("compact", state.compact);
  matrix.replaceChildren(...(grids.length > 0 ? grids : [none]));
  for (const table of matrix.querySelectorAll("table"))
    table.style.setProperty("--head", `${table.tHead?.offsetHeight ?? 0}px`);
  page.scrollTo(scrollLeft, scrollTop);
  const cells = techniqueCells();
  // To begin with a parent that the report does not show would say nothing.
  const isUsed = (cell: HTMLElement): boolean => shown.get(cell)?.cell.use !== undefined;
  const focus = cells.find((cell) => shown.get(cell)?.key === state.cell) ?? cells.find(isUsed) ?? cells[0];
  if (focus) focus.tabIndex = 0;
  if (hadFocus) focus?.focus({ preventScroll: true });
  markCursor(false);
  say(query);
  pointAtEdges();
  if (wantsFocus) focusGrid();
}

/** Says what hides the techniques that a search does not find, and shows them on demand. */
function noMatch(domains: readonly MatrixDomain[], query: string): HTMLElement {
  const found = domains.flatMap(({ columns }) => columns.flatMap(({ cells }) => cells));
  const all = new Set(found.filter((cell) => matches(cell, query)).map(({ id }) => id)).size;
  if (!state.onlyUsed || all === 0) return make("p", "empty", filled(words.noMatch, query));
  const button = make("button", "", filled(words.searchAll, all));
  button.addEventListener("click", () => {
    used.checked = false;
    keep({ onlyUsed: false });
    draw();
    focusGrid();
  });
  return make("p", "empty", "", make("span", "", filled(words.noUsedMatch, query)), button);
}

const matches = ({ id, fullName }: MatrixCell, query: string): boolean =>
  query === "" || id.toLowerCase().includes(query) || fullName.toLowerCase().includes(query);

function drawDomain(domain: MatrixDomain, query: string): HTMLElement | undefined {
  const columns = domain.columns
    .map((column) => ({ column, cells: visibleCells(column, domain, query) }))
    .filter(({ cells }) => cells.length > 0 || (!state.onlyUsed && query === ""));
  const rows = Math.max(0, ...columns.map(({ cells }) => cells.length));
  if (rows === 0) return undefined;
  const table = make("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  const title = make("h2", "", `${domain.name} ${domain.version}`);
  title.id = `domain-${domain.id}`;
  table.setAttribute("aria-labelledby", title.id);
  const head = table.createTHead().insertRow();
  for (const { column, cells } of columns) {
    const count = query === "" ? inReport(column.used) : found(cells.length);
    const cell = make("th", "", "", make("span", "tactic", column.name), make("span", "count", count));
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  for (let at = 0; at < rows; at += 1) {
    const row = body.insertRow();
    for (const { cells } of columns) {
      const cell = cells[at];
      row.append(cell ? drawCell(cell) : make("td", "void"));
    }
  }
  return make("section", "", "", title, table);
}

const inReport = (count: number): string => (count > 0 ? filled(words.inReport, count) : words.noneInReport);
const found = (count: number): string => (count === 1 ? words.oneFound : filled(words.found, count));

/** The cells of a column that are not filtered or folded away. Who searches finds them folded or not. */
function visibleCells(column: MatrixColumn, domain: MatrixDomain, query: string): readonly Shown[] {
  const kept = column.cells.filter(
    (cell) => (cell.use || !state.onlyUsed || parentOfUsed(cell, column)) && matches(cell, query),
  );
  const subsOf = new Map<string, MatrixCell[]>();
  let parent = "";
  for (const cell of query === "" ? kept : []) {
    if (cell.sub) subsOf.get(parent)?.push(cell);
    else subsOf.set((parent = cell.id), []);
  }
  const isOpen = (id: string): boolean => {
    const fold = state.folds[keyOf(domain.id, column.id, id)];
    return fold === undefined ? subsOf.get(id)?.some(({ use }) => use) === true : fold === "open";
  };
  let hides = false;
  return kept.flatMap((cell) => {
    const subs = subsOf.get(cell.id) ?? [];
    if (!cell.sub) hides = subs.length > 0 && !isOpen(cell.id);
    else if (hides) return [];
    return [{ cell, column, key: keyOf(domain.id, column.id, cell.id), subs, isOpen: isOpen(cell.id) }];
  });
}

/** A technique stays where only its sub-techniques are used. */
const parentOfUsed = ({ id, sub }: MatrixCell, { cells }: MatrixColumn): boolean =>
  !sub && cells.some((other) => other.sub && other.use && other.id.startsWith(`${id}.`));

function drawCell(here: Shown): HTMLTableCellElement {
  const { cell, subs, isOpen } = here;
  const { use } = cell;
  const td = make("td", ["cell", use?.sureness ?? "unused", ...(cell.sub ? ["sub"] : [])].join(" "));
  const foot = make("span", "foot", "", make("span", "id", cell.id));
  if (use?.status === "inferred") foot.append(hiddenFromReaders("score", scoreOf(use)));
  if (subs.length > 0) {
    const usedSubs = subs.filter((sub) => sub.use).length;
    const count = usedSubs === 0 || usedSubs === subs.length ? subs.length : filled(words.of, usedSubs, subs.length);
    const fold = hiddenFromReaders(usedSubs > 0 ? "fold holds" : "fold", `${isOpen ? "▾" : "▸"} ${count}`);
    fold.title = isOpen ? words.fold : words.unfold;
    foot.append(fold);
    td.setAttribute("aria-expanded", String(isOpen));
  }
  td.append(make("span", "name", cell.name), " ", foot, make("span", "unseen", inWords(here)));
  td.setAttribute("role", "gridcell");
  td.tabIndex = -1;
  shown.set(td, here);
  return td;
}

function hiddenFromReaders(className: string, text: string): HTMLElement {
  const made = make("span", className, text);
  made.setAttribute("aria-hidden", "true");
  return made;
}

/** What colours and lines say to the eye. */
function inWords({ cell: { use }, subs }: Shown): string {
  const parts: readonly string[] = use
    ? [
        howSure(use),
        ...use.campaigns,
        use.evidence.length === 1 ? words.oneSentence : filled(words.sentences, use.evidence.length),
      ]
    : [subs.some((sub) => sub.use) ? words.onlySubs : words.notInReport];
  return [...parts, ...subsInWords(subs)].map((part) => `, ${part}`).join("");
}

function subsInWords(subs: readonly MatrixCell[]): readonly string[] {
  if (subs.length === 0) return [];
  const usedSubs = subs.filter((sub) => sub.use).length;
  if (usedSubs === subs.length) return [usedSubs === 1 ? words.oneSubUsed : filled(words.allSubsUsed, usedSubs)];
  const all = subs.length === 1 ? words.oneSub : filled(words.subs, subs.length);
  return usedSubs > 0 ? [all, filled(words.subsUsed, usedSubs)] : [all];
}

const howSure = (use: NonNullable<MatrixCell["use"]>): string =>
  use.status === "stated" ? words.stated : filled(words.described, scoreOf(use));

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
    const { cell, subs = [], isOpen = true } = shown.get(td) ?? {};
    // What is folded away is marked where it would unfold.
    const ids = [...(cell ? [cell.id] : []), ...(isOpen ? [] : subs.map(({ id }) => id))];
    if (ids.some((id) => atCursor.has(id))) {
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

/** Shows ids alone or names, too; the cell that has the focus stays in sight. */
function makeCompact(on: boolean): void {
  compact.checked = on;
  keep({ compact: on });
  draw();
  status.textContent = on ? words.idsAlone : words.withNames;
  matrix.querySelector('td.cell[tabindex="0"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Gives the keys to the cell that had them last, or where that is asked for to the cursor's; without a cell, to the search. */
function focusGrid(prefersCursor = false): void {
  const last = matrix.querySelector<HTMLElement>('td.cell[tabindex="0"]');
  const marked = [...matrix.querySelectorAll<HTMLElement>("td.cell[aria-current]")];
  const cell = prefersCursor && last && !marked.includes(last) ? (marked[0] ?? last) : last;
  wantsFocus = !cell && !view;
  if (cell) focusCell(cell);
  else if (view) search.focus();
}

/** Shows or hides the sub-techniques of a cell; whether it has any. */
function fold(td: HTMLElement, open?: boolean): boolean {
  const here = shown.get(td);
  if (!here || here.subs.length === 0) return false;
  const opens = open ?? !here.isOpen;
  if (opens === here.isOpen) return true;
  keep({ cell: here.key, folds: { ...state.folds, [here.key]: opens ? "open" : "closed" } });
  draw();
  const again = techniqueCells().find((other) => shown.get(other)?.key === here.key);
  if (again) focusCell(again);
  return true;
}

/** From a sub-technique, to the technique that it stands below. */
function parentOf(td: HTMLElement): HTMLElement | undefined {
  const here = shown.get(td);
  if (!here?.cell.sub) return undefined;
  const key = here.key.replace(/\.[^./]*$/, "");
  return techniqueCells().find((other) => shown.get(other)?.key === key);
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
  if (event.key === "+" || event.key === "-") {
    event.preventDefault();
    if (!fold(td, event.key === "+") && event.key === "-") {
      // From within what is to be folded.
      const parent = parentOf(td);
      if (parent) fold(parent, false);
    }
    return;
  }
  if (event.key.toLowerCase() === "c" && !event.ctrlKey) {
    event.preventDefault();
    makeCompact(!state.compact);
    return;
  }
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (!shown.get(td)?.cell.use && fold(td)) return;
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
  const isOnFold = event.target instanceof Element && event.target.closest(".fold") !== null;
  if ((isOnFold || !shown.get(td)?.cell.use) && fold(td)) return;
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
  const { cell, subs, isOpen } = here;
  const parts = [make("strong", "", `${cell.id} ${cell.fullName}`)];
  if (cell.use) {
    parts.push(make("span", "facts", `${howSure(cell.use)} · ${cell.use.campaigns.join(", ")}`));
    for (const { line, text } of cell.use.evidence.slice(0, 3))
      parts.push(make("q", "", text, make("span", "line", ` ${filled(words.line, line)}`)));
    const more = cell.use.evidence.length - 3;
    if (more > 0) parts.push(make("span", "facts", filled(words.more, more)));
  } else parts.push(make("span", "facts", words.notShown));
  if (subs.length > 0)
    parts.push(make("span", "facts", [...subsInWords(subs), isOpen ? words.foldKey : words.unfoldKey].join(" · ")));
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
  if (event.key === "Escape" && search.value === "") focusGrid();
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
compact.addEventListener("change", () => makeCompact(compact.checked));
const exports = [...document.querySelectorAll<HTMLButtonElement>("button[data-format]")];
for (const [at, button] of exports.entries()) {
  button.addEventListener("click", () => {
    const format = (["svg", "png", "navigator"] as const).find((each) => each === button.dataset["format"]);
    if (format) vscode.postMessage({ type: "export", format });
  });
  button.addEventListener("keydown", ({ key }) => {
    const next = exports[at + (key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0)];
    if (!next || next === button) return;
    button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
element("skip").addEventListener("click", () => focusGrid());

// The keys come to the page, and nothing in it has them yet: by “Focus Second Editor Group”, say. A click says itself where.
let lastPress = -Infinity;
document.addEventListener("pointerdown", () => (lastPress = performance.now()), true);
window.addEventListener("focus", () => {
  setTimeout(() => {
    const isFree = document.hasFocus() && document.activeElement === document.body;
    if (isFree && performance.now() - lastPress > 500) focusGrid();
  }, 100);
});

/** Columns that lie beyond the left or right edge of the page, even in part. */
function pointAtEdges(): void {
  const frame = page.getBoundingClientRect();
  const right = frame.left + page.clientWidth;
  for (const [id, isBeyond, label] of [
    ["left", ({ left }: DOMRect) => left < frame.left - 1, words.columnsLeft],
    ["right", (box: DOMRect) => box.right > right + 1, words.columnsRight],
  ] as const) {
    const counts = [...matrix.querySelectorAll("table")].map(
      ({ tHead }) => [...(tHead?.rows[0]?.cells ?? [])].filter((cell) => isBeyond(cell.getBoundingClientRect())).length,
    );
    const count = Math.max(0, ...counts);
    const edge = element(id);
    edge.hidden = count === 0;
    edge.style.top = `${Math.max(0, matrix.getBoundingClientRect().top)}px`;
    edge.style.setProperty("--bar-right", `${page.offsetWidth - page.clientWidth}px`);
    edge.style.setProperty("--bar-bottom", `${page.offsetHeight - page.clientHeight}px`);
    const button = edge.querySelector("button");
    if (!button) continue;
    button.textContent = id === "left" ? `‹ ${count}` : `${count} ›`;
    button.title = filled(label, count);
  }
}

for (const [id, way] of [
  ["left", -1],
  ["right", 1],
] as const)
  element(id).addEventListener("click", () => page.scrollBy({ left: way * page.clientWidth * 0.8 }));
page.addEventListener("scroll", pointAtEdges, { passive: true });
new ResizeObserver(pointAtEdges).observe(page);

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
    const isOther = data.report !== state.report;
    if (isOther) turns.clear();
    view = data.view;
    const { campaign: _former, ...rest } = state;
    state = {
      ...rest,
      ...(isOther ? { folds: {} } : {}),
      report: data.report,
      ...(view.selected === undefined ? {} : { campaign: view.selected }),
    };
    vscode.setState(state);
    draw();
  } else if (data.type === "empty") {
    view = undefined;
    matrix.replaceChildren(make("p", "empty", data.message));
    pointAtEdges();
  } else if (data.type === "cursor") {
    atCursor = new Set(data.ids);
    markCursor(true);
  } else if (data.type === "focus") {
    focusGrid(true);
  } else {
    void rasterise(data.svg).then((png) => vscode.postMessage({ type: "png", job: data.job, data: png }));
  }
});
vscode.postMessage({ type: "ready", report: state.report, campaign: state.campaign });
