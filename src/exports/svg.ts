import type { Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { campaignColours, ramps } from "../layers/palette.ts";
import { someCampaigns, type Export, type ExportOptions, type Theme } from "./export.ts";
import { buildMatrices, evidenceOf, type Cell, type Column, type Matrix, type Use } from "./matrix.ts";
import { rowsOfColumns } from "./rows-of-columns.ts";
import { scoreOf, surenessOf, type Sureness } from "./sureness.ts";
import { escapeXml, shortened } from "./text.ts";
import { textWidth, wrap } from "./text-width.ts";

export const svg: Export = {
  id: "svg",
  title: "SVG picture of the matrix",
  extension: "svg",
  themed: true,
  mediaType: "image/svg+xml",
  render: (analysis, catalogue, options) => renderSvg(analysis, catalogue, options),
};

/** Lengths in pixels. Seven columns fill an A4 page in portrait with a text that can be read; more of them begin a new row. */
const sizes = {
  margin: 16,
  column: 132,
  gap: 6,
  columns: 7,
  least: 4,
  lowest: 200,
  padding: 5,
  indent: 9,
  below: 8,
  title: 18,
  subtitle: 11.5,
  tactic: 11.5,
  name: 10.5,
  id: 8.5,
  chip: 12,
  line: 1.22,
} as const;

/** How much wider bold letters are. */
const bold = 1.07;
/** The same where they would leave the picture: DejaVu Sans' measured, which are the widest. */
const boldAtMost = 1.15;

interface Colours {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly rule: string;
  readonly stated: string;
  readonly described: string;
  readonly unsure: string;
  /** Of the text on both. */
  readonly onCell: string;
  readonly faint: string;
}

/** Text has a contrast of 4.5 or more on everything it stands on. */
const themes: Readonly<Record<Theme, Colours>> = {
  light: {
    page: "#ffffff",
    text: "#1a1a1a",
    muted: "#595959",
    rule: "#8c8c8c",
    stated: ramps.blues[1],
    described: ramps.blues[0],
    unsure: "#f7fbff",
    onCell: "#10222f",
    faint: "#383838",
  },
  dark: {
    page: "#16191d",
    text: "#e8eaed",
    muted: "#a3abb3",
    rule: "#6b747d",
    stated: "#2b6a9c",
    described: "#1d3a56",
    unsure: "#18222d",
    onCell: "#ffffff",
    faint: "#d3dde6",
  },
};

/** Of like widths, the nearest to Helvetica first; some machine has each of them. */
export const fontFamilies = ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans"] as const;

/** Quotations in the tooltip of one cell, and characters of each. */
const quotations = { most: 2, longest: 160 } as const;

/** Markup of a part of the picture, drawn from its top, and how high it is. */
interface Drawn {
  readonly height: number;
  readonly draw: (x: number, y: number) => string;
}

/** The matrix of the campaigns as a picture: used techniques below their tactics, a legend, a title. Throws where there are none. */
export function renderSvg(analysis: Analysis, catalogue: Catalogue, options: ExportOptions): string {
  const campaigns = someCampaigns(analysis, catalogue, options);
  const matrices = buildMatrices(campaigns, catalogue);
  const colours = themes[options.theme ?? "light"];
  const users = usersIn(matrices, campaigns);
  const chips = users.length > 1 ? users : [];
  const most = options.columns ?? sizes.columns;
  const laid = matrices.map((matrix) => ({ matrix, rows: layOut(matrix, { colours, chips }, most) }));
  const perRow = Math.max(...laid.flatMap(({ rows }) => rows.map(lanesIn)));
  const inner = lanesWide(Math.max(perRow, sizes.least));
  const paint = { colours, chips, inner };
  const title = titleOf(campaigns, analysis);
  const parts = [
    heading(title, subtitleOf(campaigns, analysis, title), paint),
    ...laid.flatMap(({ matrix, rows }) => drawMatrix(matrix, rows, paint)),
    legend(matrices, paint),
    footer(options, paint),
  ];
  let y: number = sizes.margin;
  const body = parts.map(({ height, draw }) => {
    const drawn = draw(sizes.margin, y);
    y += height;
    return drawn;
  });
  const width = inner + 2 * sizes.margin;
  const height = Math.ceil(y + sizes.margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${[...fontFamilies, "sans-serif"].join(", ")}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(inWords(matrices))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${colours.page}"/>`,
    ...body,
    "</svg>\n",
  ].join("\n");
}

/** What a cell is drawn with. */
interface CellPaint {
  readonly colours: Colours;
  /** The campaigns to tell apart; none where there is only one. */
  readonly chips: readonly Campaign[];
}

interface Paint extends CellPaint {
  /** Width between the margins. */
  readonly inner: number;
}

function titleOf(campaigns: readonly Campaign[], { report }: Analysis): string {
  const roofs = campaigns.filter(({ partOf }) => !campaigns.some(({ id }) => id === partOf));
  const [only, other] = roofs;
  return only && !other ? only.name : report.title;
}

function subtitleOf(campaigns: readonly Campaign[], { report }: Analysis, title: string): readonly string[] {
  const [only, other] = campaigns;
  const ids = only && !other && only.attackIds.length > 0 ? [`ATT&CK: ${only.attackIds.join(", ")}`] : [];
  return [...ids, ...(report.title !== title && report.title !== "" ? [report.title] : [])];
}

/** The campaigns that have a cell, in their order. */
function usersIn(matrices: readonly Matrix[], campaigns: readonly Campaign[]): readonly Campaign[] {
  const seen = new Set(
    matrices.flatMap(({ columns }) =>
      columns.flatMap(({ cells }) =>
        cells.flatMap(flat).flatMap(({ use }) => use?.users.map((user) => user.campaign.id) ?? []),
      ),
    ),
  );
  return campaigns.filter(({ id }) => seen.has(id));
}

const flat = (cell: Cell): readonly Cell[] => [cell, ...cell.subtechniques];

/** Width of so many lanes side by side. */
const lanesWide = (count: number): number => count * (sizes.column + sizes.gap) - sizes.gap;

/** A tactic and its techniques, in one lane or in several side by side. */
interface LaidColumn {
  readonly tactic: Column["tactic"];
  readonly lanes: readonly Drawn[];
}

/** A column, or several of a lane each, one below the other. */
type LaidPlace = readonly LaidColumn[];

const widthOf = ([first]: LaidPlace): number => first?.lanes.length ?? 0;
const lanesIn = (row: readonly LaidPlace[]): number => row.reduce((sum, place) => sum + widthOf(place), 0);

/** A technique and its sub-techniques stay together. */
function layOut({ columns }: Matrix, paint: CellPaint, most: number): readonly (readonly LaidPlace[])[] {
  const parts = columns.map(({ cells }) => cells.map((cell) => stack(cellParts(cell, paint))));
  const rows = rowsOfColumns(
    parts.map((column) => column.map(({ height }) => height)),
    {
      most,
      least: Math.min(sizes.least, most),
      lowest: sizes.lowest,
      head: 2 * sizes.tactic * sizes.line + sizes.below,
    },
  );
  return rows.map((row) =>
    row.map((place) =>
      place.flatMap(({ column, lanes }) => {
        const tactic = columns[column]?.tactic;
        return tactic
          ? [{ tactic, lanes: lanes.map(([from, to]) => stack((parts[column] ?? []).slice(from, to))) }]
          : [];
      }),
    ),
  );
}

function heading(title: string, subtitle: readonly string[], { colours, inner }: Paint): Drawn {
  const titleLines = wrap(title, inner, sizes.title * boldAtMost);
  const subLines = subtitle.length > 0 ? wrap(subtitle.join(" · "), inner, sizes.subtitle) : [];
  const titleHeight = titleLines.length * sizes.title * sizes.line;
  return {
    height: titleHeight + subLines.length * sizes.subtitle * sizes.line + 8,
    draw: (x, y) =>
      textLines(titleLines, x, y, sizes.title, colours.text, true) +
      textLines(subLines, x, y + titleHeight, sizes.subtitle, colours.muted),
  };
}

function drawMatrix(
  { domain, unused, count }: Matrix,
  rows: readonly (readonly LaidPlace[])[],
  paint: Paint,
): readonly Drawn[] {
  const { colours, inner } = paint;
  const caption = `${domain.name} ${domain.version}: ${count} technique${count === 1 ? "" : "s"}`;
  const parts: Drawn[] = [
    {
      height: sizes.subtitle * sizes.line + 6,
      draw: (x, y) => textLines([caption], x, y, sizes.subtitle, colours.muted),
    },
  ];
  for (const row of rows) parts.push(placeRow(row, paint));
  if (unused.length > 0) {
    const lines = wrap(`Nothing mapped to: ${unused.map(({ name }) => name).join(", ")}`, inner, sizes.id + 0.5);
    parts.push({
      height: lines.length * (sizes.id + 0.5) * sizes.line + 8,
      draw: (x, y) => textLines(lines, x, y, sizes.id + 0.5, colours.muted),
    });
  }
  return parts;
}

/** Places side by side, the rules below their first heads in one line. */
function placeRow(places: readonly LaidPlace[], { colours }: Paint): Drawn {
  const highestHead = Math.max(...places.map(([first]) => (first ? headHeight(first) : 0)));
  const drawn = places.map((place) =>
    stack(
      place.flatMap((column, index) => [
        columnHead(column, index === 0 ? highestHead : headHeight(column) + sizes.below, colours),
        side(column.lanes),
      ]),
    ),
  );
  return {
    height: Math.max(...drawn.map(({ height }) => height)) + 10,
    draw: (x, y) => {
      let left = x;
      return places
        .map((place, index) => {
          const markup = drawn[index]?.draw(left, y) ?? "";
          left += lanesWide(widthOf(place)) + sizes.gap;
          return markup;
        })
        .join("\n");
    },
  };
}

const headLines = ({ tactic, lanes }: LaidColumn): readonly string[] =>
  wrap(tactic.name, lanesWide(lanes.length) - 4, sizes.tactic * bold);

const headHeight = (column: LaidColumn): number => headLines(column).length * sizes.tactic * sizes.line + 7;

/** A tactic's name and the rule below it, at the foot of its height. */
function columnHead(column: LaidColumn, height: number, colours: Colours): Drawn {
  const { tactic, lanes } = column;
  const lines = headLines(column);
  return {
    height,
    draw: (x, y) =>
      [
        `<g><title>${escapeXml(`${tactic.id} ${tactic.name}`)}</title>`,
        textLines(lines, x, y + height - headHeight(column), sizes.tactic, colours.text, true),
        `<path d="M${n(x)} ${n(y + height - 4)}h${lanesWide(lanes.length)}" stroke="${colours.rule}"/></g>`,
      ].join(""),
  };
}

/** Lanes side by side. */
const side = (lanes: readonly Drawn[]): Drawn => ({
  height: Math.max(...lanes.map(({ height }) => height)),
  draw: (x, y) => lanes.map((lane, index) => lane.draw(x + index * (sizes.column + sizes.gap), y)).join(""),
});

/** Parts one below the other. */
function stack(parts: readonly Drawn[]): Drawn {
  return {
    height: parts.reduce((sum, { height }) => sum + height, 0),
    draw: (x, y) => {
      let at = y;
      return parts
        .map(({ height, draw }) => {
          const drawn = draw(x, at);
          at += height;
          return drawn;
        })
        .join("\n");
    },
  };
}

const cellParts = (cell: Cell, paint: CellPaint): readonly Drawn[] => [
  drawCell(cell, undefined, paint),
  ...cell.subtechniques.map((sub, index) =>
    drawCell(sub, index + 1 < cell.subtechniques.length ? "branch" : "last", paint),
  ),
];

/** How a sub-technique hangs on its technique; `undefined` for what is none. */
type Twig = "branch" | "last" | undefined;

function drawCell({ technique, use }: Cell, twig: Twig, { colours, chips }: CellPaint): Drawn {
  const indent = twig === undefined ? 0 : sizes.indent;
  const width = sizes.column - indent;
  const room = width - 2 * sizes.padding;
  const lines = wrap(technique.name, room, sizes.name);
  const namesHeight = lines.length * sizes.name * sizes.line;
  const numbers = use ? chips.flatMap((campaign, index) => (uses(use, campaign) ? [index] : [])) : [];
  const label = use?.status === "inferred" ? `${technique.id} · ${scoreOf(use)}` : technique.id;
  const beside = Math.floor((room - textWidth(label, sizes.id)) / (sizes.chip + 2));
  const rows = inRows(numbers, Math.max(1, beside));
  // Below the end of a name, numbers make room for its descenders.
  const end = textWidth(lines.at(-1) ?? "", sizes.name);
  const isBelowName = rows.some((row) => end > room - row.length * (sizes.chip + 2));
  const lowered = isBelowName ? 1 : -1;
  const idHeight = Math.max(sizes.id * sizes.line, rows.length * (sizes.chip + 2) + lowered);
  const box = namesHeight + idHeight + 2 * sizes.padding - 3;
  return {
    height: box + 3,
    draw: (x, y) => {
      const left = x + indent;
      const inside = left + sizes.padding;
      const idTop = y + sizes.padding - 1 + namesHeight;
      return [
        `<g><title>${escapeXml(tooltip(technique.id, technique.name, use))}</title>`,
        twig === undefined
          ? ""
          : `<path d="M${n(x + 3)} ${n(y - 3)}v${n(box / 2 + 3)}h${indent - 4}${twig === "branch" ? `m${4 - indent} 0v${n(box / 2 + 3)}` : ""}" fill="none" stroke="${colours.rule}" stroke-width=".8"/>`,
        frame(left, y, width, box, use && surenessOf(use), colours),
        textLines(lines, inside, y + sizes.padding - 1, sizes.name, use ? colours.onCell : colours.muted),
        textLines([label], inside, idTop, sizes.id, use ? colours.faint : colours.muted),
        ...rows.flatMap((row, level) =>
          row.map((number, position) =>
            chip(
              number,
              left + width - sizes.padding - (row.length - position) * (sizes.chip + 2) + 2,
              idTop + lowered + level * (sizes.chip + 2),
            ),
          ),
        ),
        "</g>",
      ].join("");
    },
  };
}

/** What is told apart by colour is told apart by the border too: full for stated, dashed for inferred, dotted for unsure, thin for none of them. */
function frame(
  x: number,
  y: number,
  width: number,
  height: number,
  sureness: Sureness | undefined,
  colours: Colours,
): string {
  const style =
    sureness === undefined
      ? `fill="none" stroke="${colours.rule}" stroke-width=".6"`
      : `fill="${{ stated: colours.stated, inferred: colours.described, unsure: colours.unsure }[sureness]}" stroke="${colours.rule}" stroke-width=".8"${dashes[sureness]}`;
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="2" ${style}/>`;
}

const dashes: Readonly<Record<Sureness, string>> = {
  stated: "",
  inferred: ' stroke-dasharray="3 2"',
  unsure: ' stroke-dasharray="1 2.5"',
};

/** A campaign's number in its colour: numbers go on where colours begin anew. */
function chip(index: number, x: number, y: number): string {
  const fill = campaignColours[index % campaignColours.length] ?? campaignColours[0];
  const label = String(index + 1);
  const size = label.length > 1 ? 7.5 : 9;
  return `<rect x="${n(x)}" y="${n(y)}" width="${sizes.chip}" height="${sizes.chip}" rx="2" fill="${fill}" stroke="#ffffff" stroke-width=".8"/><text x="${n(x + sizes.chip / 2)}" y="${n(y + sizes.chip / 2 + size * 0.36)}" font-size="${size}" font-weight="bold" text-anchor="middle" fill="${textOn(fill)}">${label}</text>`;
}

function legend(matrices: readonly Matrix[], { colours, chips, inner }: Paint): Drawn {
  const cells = matrices.flatMap(({ columns }) => columns.flatMap((column) => column.cells.flatMap(flat)));
  const has = (sureness: Sureness | undefined): boolean =>
    cells.some(({ use }) => (use && surenessOf(use)) === sureness);
  const swatch =
    (sureness: Sureness | undefined) =>
    (x: number, y: number): string =>
      frame(x, y, 18, sizes.chip, sureness, colours);
  const items: { readonly label: string; readonly mark: (x: number, y: number) => string; readonly wide: number }[] = [
    ...(has("stated") ? [{ label: "stated by the report", mark: swatch("stated"), wide: 18 }] : []),
    ...(has("inferred") ? [{ label: "described by its words", mark: swatch("inferred"), wide: 18 }] : []),
    ...(has("unsure") ? [{ label: "described, unsure (below 0.5)", mark: swatch("unsure"), wide: 18 }] : []),
    ...(has(undefined) ? [{ label: "only its sub-techniques", mark: swatch(undefined), wide: 18 }] : []),
    ...chips.map(({ name }, index) => ({
      label: shortened(name, 60),
      mark: (x: number, y: number) => chip(index, x, y),
      wide: sizes.chip,
    })),
  ];
  const rowHeight = sizes.chip + 5;
  let [x, row] = [0, 0];
  const placed = items.map((item) => {
    const width = item.wide + 5 + textWidth(item.label, sizes.name) + 14;
    if (x > 0 && x + width > inner) [x, row] = [0, row + 1];
    const at = { ...item, x, row };
    x += width;
    return at;
  });
  return {
    height: (row + 1) * rowHeight + 4,
    draw: (left, top) =>
      placed
        .map(({ label, mark, wide, x: at, row: line }) => {
          const y = top + 4 + line * rowHeight;
          return mark(left + at, y) + textLines([label], left + at + wide + 5, y - 0.5, sizes.name, colours.text);
        })
        .join("\n"),
  };
}

function footer({ generator, tlp }: ExportOptions, { colours, inner }: Paint): Drawn {
  const marking = tlp === undefined ? [] : [`TLP:${tlp.toUpperCase()}`];
  const lines = wrap([...marking, `${generator}, with MITRE ATT&CK®`].join(" · "), inner, sizes.id);
  return {
    height: lines.length * sizes.id * sizes.line + 4,
    draw: (x, y) => textLines(lines, x, y + 4, sizes.id, colours.muted),
  };
}

function textLines(lines: readonly string[], x: number, y: number, size: number, fill: string, heavy = false): string {
  return lines
    .map(
      (line, index) =>
        `<text x="${n(x)}" y="${n(y + (index * sizes.line + 0.95) * size)}" font-size="${size}"${heavy ? ' font-weight="bold"' : ""} fill="${fill}">${escapeXml(line)}</text>`,
    )
    .join("");
}

function tooltip(id: string, name: string, use: Use | undefined): string {
  if (!use) return `${id} ${name}`;
  const who = use.users.map(({ campaign }) => campaign.name).join(", ");
  const evidence = evidenceOf(use.users);
  const quoted = evidence
    .slice(0, quotations.most)
    .map(({ line, text }) => `line ${line}: “${shortened(text, quotations.longest)}”`);
  const more = evidence.length - quoted.length;
  const sure = use.status === "inferred" ? `, described, ${scoreOf(use)}` : "";
  return [`${id} ${name} (${who}${sure})`, ...quoted, ...(more > 0 ? [`(and ${more} more)`] : [])].join("\n");
}

/** The picture for those who can't see it. */
const inWords = (matrices: readonly Matrix[]): string =>
  matrices
    .flatMap(({ columns }) =>
      columns.map(
        ({ tactic, cells }) =>
          `${tactic.name}: ${cells
            .flatMap(flat)
            .filter(({ use }) => use)
            .map(({ technique }) => `${technique.name} (${technique.id})`)
            .join(", ")}.`,
      ),
    )
    .join(" ");

const uses = (use: Use, { id }: Campaign): boolean => use.users.some(({ campaign }) => campaign.id === id);

function inRows<T>(list: readonly T[], length: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, row) =>
    list.slice(row * length, (row + 1) * length),
  );
}

/** Black or white, whichever has the greater contrast (WCAG's relative luminance). */
function textOn(fill: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(fill.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

/** Coordinates to a hundredth: no noise of floating point in the file. */
const n = (value: number): string => String(Math.round(value * 100) / 100);
