import { isRecord } from "../json.ts";
import type { LayerTechnique } from "./layer.ts";

/** What is of use in a layer that somebody saved, whatever version of format 4 it has. */
export interface SavedLayer {
  readonly name: string;
  readonly domain: string;
  /** Of the format: "4.0" to "4.5". */
  readonly format: string;
  /** Cells that say something, in the file's order: with a score, a colour or a comment, and not switched off. */
  readonly cells: readonly Pick<LayerTechnique, "techniqueID" | "tactic" | "score" | "color" | "comment">[];
}

/** UTF-16 units; the largest layers that Navigator writes are below a tenth of that. */
const longest = 16_000_000;

/**
 * Reads a saved layer; of a file of several, what all of them mark. Throws a one-sentence error that says why a text is
 * none; `where` names the file for it.
 */
export function readLayer(text: string, where: string): SavedLayer {
  const value = parseJson(text, where);
  const layers = (Array.isArray(value) && value.length > 0 ? value : [value]).map((each) => layerIn(each, where));
  const [first] = layers;
  return {
    name: layers.length > 1 ? `${layers.length} layers` : (textOf(first?.["name"]) ?? "layer"),
    domain: textOf(first?.["domain"]) ?? "",
    format: first ? formatOf(first) : "",
    cells: layers.flatMap(({ techniques }) => techniques.flatMap(toCell)),
  };
}

type LayerFields = Readonly<Record<string, unknown>> & { readonly techniques: readonly unknown[] };

/** The fields of a saved layer as they stand, known to be one of format 4. Throws as {@link readLayer} does. */
export const parseLayer = (text: string, where: string): LayerFields => layerIn(parseJson(text, where), where);

function parseJson(text: string, where: string): unknown {
  if (text.length > longest) throw new Error(`${where}: larger than any layer`);
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw new Error(`${where}: no JSON, so no layer of ATT&CK Navigator`);
  }
}

function layerIn(value: unknown, where: string): LayerFields {
  if (!isRecord(value) || !Array.isArray(value["techniques"]))
    throw new Error(`${where}: no list of techniques in it, so no layer of ATT&CK Navigator`);
  const format = formatOf(value);
  if (!/^4(?:\.\d{1,2})?$/.test(format))
    throw new Error(
      format === ""
        ? `${where}: the layer does not say its format`
        : `${where}: layer format ${format.slice(0, 20)}; 4.0 to 4.5 are read, Navigator upgrades older ones`,
    );
  return { ...value, techniques: value["techniques"] as readonly unknown[] };
}

function formatOf(layer: Readonly<Record<string, unknown>>): string {
  const versions = isRecord(layer["versions"]) ? layer["versions"] : {};
  // Formats up to 3.0 said it at the top.
  return textOf(versions["layer"]) ?? textOf(layer["version"]) ?? "";
}

function toCell(value: unknown): SavedLayer["cells"] {
  if (!isRecord(value) || value["enabled"] === false) return [];
  const techniqueID = textOf(value["techniqueID"]);
  if (techniqueID === undefined || !/^T\d{4}(?:\.\d{3})?$/.test(techniqueID)) return [];
  const { score } = value;
  const said = {
    ...(typeof score === "number" && Number.isFinite(score) ? { score } : {}),
    ...given("color", value["color"]),
    ...given("comment", value["comment"]),
  };
  return Object.keys(said).length > 0 ? [{ techniqueID, ...given("tactic", value["tactic"]), ...said }] : [];
}

const given = <Key extends string>(key: Key, value: unknown): Partial<Record<Key, string>> => {
  const text = textOf(value);
  return text === undefined ? {} : ({ [key]: text } as Record<Key, string>);
};

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value : undefined;
