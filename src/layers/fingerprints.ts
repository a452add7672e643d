import { hashOf } from "../hash.ts";
import { isRecord } from "../json.ts";
import type { Layer, LayerMetadata } from "./layer.ts";

/** Name of the metadata that says which values the program wrote, so that an edit by hand is known again. */
const rowName = "generated";

/** What a hand may change in a cell, and in the layer itself. */
export const cellFields = ["score", "color", "comment", "enabled"] as const;
export const layerFields = ["name", "description", "filters", "gradient", "legendItems"] as const;

export type Fingerprints = ReadonlyMap<string, string>;

/** The layer with a row of fingerprints in its metadata and in each cell that says something. */
export const withFingerprints = (layer: Layer): Layer => ({
  ...layer,
  techniques: layer.techniques.map((cell) =>
    cell.metadata ? { ...cell, metadata: [...cell.metadata, rowOf(cell, cellFields)] } : cell,
  ),
  metadata: [...layer.metadata, rowOf(layer, layerFields)],
});

const rowOf = (of: object, fields: readonly string[]): LayerMetadata => ({
  name: rowName,
  value: fields.map((field) => `${field} ${fingerprint((of as Readonly<Record<string, unknown>>)[field])}`).join(", "),
});

export const isFingerprints = (row: unknown): boolean => isRecord(row) && row["name"] === rowName;

/** The fingerprints that a saved layer or cell carries; absent for what a hand has made. */
export function fingerprintsOf(saved: Readonly<Record<string, unknown>>): Fingerprints | undefined {
  const rows: readonly unknown[] = Array.isArray(saved["metadata"]) ? saved["metadata"] : [];
  const row = rows.find(isFingerprints);
  if (!isRecord(row) || typeof row["value"] !== "string") return undefined;
  return new Map(
    row["value"]
      .slice(0, 1000)
      .split(", ")
      .map((pair) => [pair.slice(0, pair.indexOf(" ")), pair.slice(pair.indexOf(" ") + 1)]),
  );
}

/**
 * The same for values that mean the same: Navigator writes empty ones out, adds the opacity to colours, and orders
 * fields as it likes. Line numbers don't count: an edit elsewhere moves them.
 */
export function fingerprint(value: unknown): string {
  if (value === undefined || value === null || value === "") return "-";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return (hashOf(canonical(value)) % 0x1_0000_0000).toString(16);
}

function canonical(value: unknown): string {
  if (typeof value === "string") return withoutLines(value.replace(/^(#[0-9a-f]{6})ff$/i, "$1"));
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (isRecord(value))
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${key}:${canonical(value[key])}`)
      .join()}}`;
  return String(value);
}

/** Comments of layers without the numbers of their lines. */
export const withoutLines = (comment: string): string => comment.replace(/\bline \d+(?=: “)/g, "line");
