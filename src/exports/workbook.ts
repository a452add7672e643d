import { strToU8, zipSync, type Zippable } from "fflate";
import { ramps } from "../layers/palette.ts";
import { escapeXml } from "./text.ts";

/** A sheet of a workbook; rows and columns count from 0. */
export interface Sheet {
  readonly name: string;
  /** In characters of the default font, one a column. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly (SheetCell | undefined)[])[];
  /** Rows at the top that stay while one scrolls. */
  readonly frozen: number;
  /** Whether the first row filters the others. */
  readonly filter?: boolean;
  readonly landscape?: boolean;
}

export interface SheetCell {
  readonly value: string | number;
  readonly style: CellStyle;
}

export type CellStyle = keyof typeof styles;

/** What a style is made of: indexes into the fonts and fills below. */
interface StyleParts {
  readonly font: number;
  readonly fill: number;
  readonly border: number;
  readonly indent?: number;
  /** Runs on over empty cells instead of breaking into lines. */
  readonly overflows?: true;
}

/** In the schema's order: bold, size, colour. */
const fonts = ['<sz val="11"/>', '<b/><sz val="11"/>', '<b/><sz val="14"/>', '<sz val="11"/><color rgb="FF595959"/>'];
/** Alpha, red, green, blue; behind the two that the format wants first. */
const fills = ["FFE7E6E6", argb(ramps.blues[1]), argb(ramps.blues[0])];

const styles = {
  text: { font: 0, fill: 0, border: 0 },
  title: { font: 2, fill: 0, border: 0, overflows: true },
  muted: { font: 3, fill: 0, border: 0, overflows: true },
  head: { font: 1, fill: 2, border: 1 },
  stated: { font: 0, fill: 3, border: 1 },
  described: { font: 0, fill: 4, border: 1 },
  parent: { font: 3, fill: 0, border: 1 },
  statedSub: { font: 0, fill: 3, border: 1, indent: 1 },
  describedSub: { font: 0, fill: 4, border: 1, indent: 1 },
} as const satisfies Readonly<Record<string, StyleParts>>;

const styleNames = Object.keys(styles) as readonly CellStyle[];

/** Excel refuses longer texts. UTF-16 units. */
const longestText = 32_767;

function argb(colour: string): string {
  return `FF${colour.slice(1).toUpperCase()}`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageNamespace = "http://schemas.openxmlformats.org/package/2006";
const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * A workbook as Office Open XML (ECMA-376). Texts are inline strings, so no cell is a formula, and none becomes one when
 * it is edited: those that look like one are marked as text. The same sheets give the same bytes.
 */
export function toWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const names = uniqueNames(sheets);
  const files: Readonly<Record<string, string>> = {
    "[Content_Types].xml": `<Types xmlns="${packageNamespace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${contentType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${contentType}.styles+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${contentType}.worksheet+xml"/>`).join("")}</Types>`,
    "_rels/.rels": `<Relationships xmlns="${packageNamespace}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${namespace}" xmlns:r="${relations}"><sheets>${names.map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets>${filterNames(sheets, names)}</workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${packageNamespace}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": styleSheet(),
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)])),
  };
  const zip: Zippable = Object.fromEntries(
    Object.entries(files).map(([path, xml]) => [path, strToU8(declaration + xml)]),
  );
  // The earliest time that ZIP can tell, in place of the clock's.
  return zipSync(zip, { level: 9, mtime: new Date(1980, 0, 1) });
}

/** Letters of a column: 0 is A, 26 is AA. */
export const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));

function sheetXml({ widths, rows, frozen, filter, landscape }: Sheet): string {
  const cells = rows
    .map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, `${columnName(column)}${at + 1}`)).join("")}</row>`,
    )
    .join("");
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  return [
    `<worksheet xmlns="${namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<cols>${columns}</cols><sheetData>${cells}</sheetData>`,
    filter === true ? `<autoFilter ref="${filterRange({ widths, rows })}"/>` : "",
    `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>`,
    `<pageSetup paperSize="9" orientation="${landscape === true ? "landscape" : "portrait"}" fitToWidth="1" fitToHeight="0"/></worksheet>`,
  ].join("");
}

const filterRange = ({ widths, rows }: Pick<Sheet, "widths" | "rows">): string =>
  `A1:${columnName(widths.length - 1)}${rows.length}`;

/** Excel wants the range of a filter under a name of its own as well. */
function filterNames(sheets: readonly Sheet[], names: readonly string[]): string {
  const defined = sheets.flatMap((sheet, index) => {
    if (sheet.filter !== true) return [];
    const range = filterRange(sheet).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
    const quoted = `'${(names[index] ?? "").replaceAll("'", "''")}'`;
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${escapeXml(`${quoted}!${range}`)}</definedName>`,
    ];
  });
  return defined.length > 0 ? `<definedNames>${defined.join("")}</definedNames>` : "";
}

function cellXml(cell: SheetCell | undefined, place: string): string {
  if (!cell) return "";
  const { value, style } = cell;
  const index = styleNames.indexOf(style) * 2;
  if (typeof value === "number") return `<c r="${place}" s="${index}"><v>${value}</v></c>`;
  // "_x0041_" is how the format writes a character by its number: a text with it is written so itself.
  const text = value.slice(0, longestText).replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
  const marked = /^\s*[=+\-@]/.test(value) ? index + 1 : index;
  return `<c r="${place}" s="${marked}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** Each style twice: the second one marks its cell as text that stays text. */
function styleSheet(): string {
  const cell = ({ font, fill, border, indent, overflows }: StyleParts, quoted: boolean): string =>
    `<xf numFmtId="0" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${quoted ? ' quotePrefix="1"' : ""}><alignment vertical="top"${overflows ? "" : ' wrapText="1"'}${indent === undefined ? "" : ` horizontal="left" indent="${indent}"`}/></xf>`;
  const edge = ["left", "right", "top", "bottom"]
    .map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`)
    .join("");
  const all = styleNames.map((name) => styles[name]);
  return [
    `<styleSheet xmlns="${namespace}">`,
    `<fonts count="${fonts.length}">${fonts.map((font) => `<font>${font}<name val="Calibri"/></font>`).join("")}</fonts>`,
    `<fills count="${fills.length + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fills.map((fill) => `<fill><patternFill patternType="solid"><fgColor rgb="${fill}"/></patternFill></fill>`).join("")}</fills>`,
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${edge}<diagonal/></border></borders>`,
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`,
    `<cellXfs count="${all.length * 2}">${all.map((parts) => cell(parts, false) + cell(parts, true)).join("")}</cellXfs>`,
    `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  ].join("");
}

/** Names of sheets: at most 31 characters, without []:*?/\, each once. */
function uniqueNames(sheets: readonly Sheet[]): readonly string[] {
  const taken = new Set<string>();
  return sheets.map(({ name }) => {
    const clean =
      name
        .replace(/[[\]:*?/\\]/g, " ")
        .replace(/^'|'$/g, " ")
        .trim()
        .slice(0, 31) || "Sheet";
    let unique = clean;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) unique = `${clean.slice(0, 27)} (${number})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
