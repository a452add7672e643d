import { isCurrent, type Catalogue } from "../attack/catalogue.ts";
import { isRecord } from "../json.ts";
import { withParents } from "./build-layers.ts";
import {
  cellFields,
  fingerprint,
  fingerprintsOf,
  isFingerprints,
  layerFields,
  withoutLines,
  type Fingerprints,
} from "./fingerprints.ts";
import type { Layer, LayerTechnique } from "./layer.ts";
import { parseLayer } from "./read-layer.ts";
import { layerFaults } from "./validate-layer.ts";

/** A layer brought up to date, and what is different about it. */
export interface LayerUpdate {
  readonly layer: Layer;
  /** Ids of techniques that are new in it. */
  readonly added: readonly string[];
  /** Ids of techniques that the report no longer shows. */
  readonly removed: readonly string[];
  /** Ids of techniques whose evidence is another now. */
  readonly changed: readonly string[];
  /** Techniques that ATT&CK has replaced since: "T1086 is T1059.001". */
  readonly renamed: readonly string[];
  /** What a hand has made and stays, a few words each: "T1190: comment". */
  readonly kept: readonly string[];
  /** Of the comments left as they are, how many name lines that have moved since. */
  readonly moved: number;
}

type Saved = Readonly<Record<string, unknown>>;

/** How the reader of the layer likes to see it; the program has no opinion of its own. */
const viewFields = [
  "sorting",
  "layout",
  "hideDisabled",
  "showTacticRowBackground",
  "tacticRowBackground",
  "selectTechniquesAcrossTactics",
  "selectSubtechniquesWithParent",
  "selectVisibleTechniques",
] as const;

/**
 * Brings a saved layer up to date: what a hand has changed since it was written stays (values, cells, settings of the
 * view), the rest becomes as the fresh layer has it. A comment whose sentences only stand in other lines stays as it
 * is, so that an edit elsewhere in the report changes nothing. Throws a one-sentence error where `text` is no layer of
 * the same domain; `where` names the file for it.
 */
export function updateLayer(text: string, where: string, fresh: Layer, catalogue: Catalogue): LayerUpdate {
  const { saved, renamed } = withCurrentIds(parseLayer(text, where), catalogue);
  if (saved["domain"] !== fresh.domain)
    throw new Error(`${where}: a layer of ${String(saved["domain"]).slice(0, 40)}, not of ${fresh.domain}`);
  const notes: Notes = { kept: [], changed: new Set(), moved: 0 };
  const ids = [...new Set([...fresh.techniques.map(({ techniqueID }) => techniqueID), ...savedCells(saved).map(idOf)])];
  const cells = ids.flatMap((id) => {
    const old = savedCells(saved).filter((cell) => idOf(cell) === id);
    const now = fresh.techniques.filter(({ techniqueID, metadata }) => techniqueID === id && metadata);
    if (now.length > 0) return now.flatMap((cell) => updateCell(old, cell, notes));
    return old.flatMap((cell) => keepCell(cell, catalogue, notes));
  });
  const layer: Layer = {
    ...fresh,
    ...updateFields(saved, fresh, layerFields, fingerprintsOf(saved), "layer", notes, (field, value) =>
      field === "filters" && isWholeDomain(value, fresh.domain, catalogue) ? undefined : value,
    ),
    ...viewOf(saved, fresh),
    techniques: withParents(cells, catalogue),
    metadata: [...rowsByHand(saved, fresh.metadata), ...fresh.metadata],
    links: [...fresh.links, ...linksByHand(saved, fresh.links)],
  };
  const [fault] = layerFaults(layer, catalogue);
  if (fault !== undefined) throw new Error(`${where}: can't be updated: ${fault}`);
  const before = shownIds(savedCells(saved).flatMap((cell) => (saysSomething(cell) ? [idOf(cell)] : [])));
  const after = shownIds(layer.techniques.filter(({ score }) => score !== undefined).map((cell) => cell.techniqueID));
  return {
    layer,
    added: after.filter((id) => !before.includes(id)),
    removed: before.filter((id) => !layer.techniques.some(({ techniqueID }) => techniqueID === id)),
    changed: [...notes.changed].filter((id) => before.includes(id)).sort(),
    renamed,
    kept: notes.kept,
    moved: notes.moved,
  };
}

/** What is different, a line each; none where nothing is. */
export function updateInWords(update: LayerUpdate | undefined): readonly string[] {
  if (!update) return [];
  const { added, removed, renamed, changed, kept, moved } = update;
  return [
    ...(added.length > 0 ? [`new: ${added.join(", ")}`] : []),
    ...(removed.length > 0 ? [`no longer in the report: ${removed.join(", ")}`] : []),
    ...(renamed.length > 0 ? [`replaced by ATT&CK: ${renamed.join(", ")}`] : []),
    ...(changed.length > 0 ? [`other evidence: ${changed.join(", ")}`] : []),
    ...(kept.length > 0 ? [`kept as changed by hand: ${kept.join("; ")}`] : []),
    ...(moved > 0 ? [`left as they are: ${moved} comment${moved === 1 ? "" : "s"} whose lines have moved`] : []),
  ];
}

/** The layer with the ids that ATT&CK has now: of a replaced technique, what a hand has made is kept under its successor's. */
function withCurrentIds(
  saved: Saved,
  catalogue: Catalogue,
): { readonly saved: Saved; readonly renamed: readonly string[] } {
  const renamed = new Set<string>();
  const techniques = savedCells(saved).map((cell): Saved => {
    const id = idOf(cell);
    const now = catalogue.resolve(id)?.current;
    if (now?.type !== "technique" || now.id === id || !isCurrent(now)) return cell;
    if (saysSomething(cell)) renamed.add(`${id} is ${now.id}`);
    const { tactic, ...rest } = cell;
    const hasTactic = typeof tactic === "string" && now.tactics.includes(tactic);
    return { ...rest, techniqueID: now.id, ...(hasTactic ? { tactic } : {}) };
  });
  return { saved: { ...saved, techniques }, renamed: [...renamed].sort() };
}

interface Notes {
  readonly kept: string[];
  readonly changed: Set<string>;
  moved: number;
}

const shownIds = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

const savedCells = (saved: Saved): readonly Saved[] =>
  (saved["techniques"] as readonly unknown[]).filter(
    (cell): cell is Saved => isRecord(cell) && /^T\d{4}(?:\.\d{3})?$/.test(idOf(cell)),
  );

const idOf = (cell: Saved): string => (typeof cell["techniqueID"] === "string" ? cell["techniqueID"] : "");

const saysSomething = (cell: Saved): boolean =>
  cell["enabled"] === false || ["score", "color", "comment"].some((field) => fingerprint(cell[field]) !== "-");

/**
 * One fresh cell with what hands have made of it. Navigator saves a cell of all tactics as one of each: they are one
 * again where they say the same.
 */
function updateCell(old: readonly Saved[], fresh: LayerTechnique, notes: Notes): readonly LayerTechnique[] {
  const exact = old.filter((cell) => (cell["tactic"] ?? undefined) === fresh.tactic);
  const whole = old.filter((cell) => cell["tactic"] === undefined);
  const parts = fresh.tactic === undefined && exact.length === 0 ? old : [];
  const [known] = exact.length > 0 ? exact : whole;
  if (known) return [mergeCell(known, fresh, notes)];
  const [first] = parts;
  if (!first) return [fresh];
  const values = (cell: Saved): string => cellFields.map((field) => fingerprint(cellValue(cell, field))).join();
  if (parts.every((cell) => values(cell) === values(first))) return [mergeCell(first, fresh, notes)];
  return parts.map((cell) => ({
    ...mergeCell(cell, fresh, notes),
    ...(typeof cell["tactic"] === "string" ? { tactic: cell["tactic"] } : {}),
  }));
}

function mergeCell(saved: Saved, fresh: LayerTechnique, notes: Notes): LayerTechnique {
  const id = fresh.techniqueID;
  const base = fingerprintsOf(saved);
  const fields = updateFields(saved, fresh, cellFields, base, id, notes, (field) => cellValue(saved, field));
  const merged: LayerTechnique = withoutNothing({ ...fresh, ...fields });
  if (base && cellFields.some((field) => base.get(field) !== fingerprint(fresh[field]))) notes.changed.add(id);
  const words = saved["comment"];
  // The same sentences in other lines: an edit elsewhere.
  const hasMoved =
    typeof words === "string" && words !== merged.comment && withoutLines(words) === withoutLines(merged.comment ?? "");
  if (hasMoved) notes.moved += 1;
  return {
    ...merged,
    ...(hasMoved ? { comment: words } : {}),
    metadata: [...rowsByHand(saved, fresh.metadata ?? []), ...(fresh.metadata ?? [])],
    links: [...(fresh.links ?? []), ...linksByHand(saved, fresh.links ?? [])],
  };
}

/** Without the fields that a hand has emptied. */
const withoutNothing = <Of extends object>(of: Of): Of =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Of;

/** The fields that a hand has changed since the program wrote them; without fingerprints, all that say something. */
function updateFields<Field extends string, Of extends { readonly [Key in Field]?: unknown }>(
  saved: Saved,
  fresh: Of,
  fields: readonly Field[],
  base: Fingerprints | undefined,
  what: string,
  notes: Notes,
  read: (field: Field, value: unknown) => unknown,
): Partial<Pick<Of, Field>> {
  const byHand: Partial<Record<Field, unknown>> = {};
  for (const field of fields) {
    const value = read(field, saved[field]);
    const own = fingerprint(value);
    const untouched = base ? base.get(field) === own : own === "-";
    if (untouched || own === fingerprint(fresh[field])) continue;
    byHand[field] = own === "-" ? undefined : value;
    notes.kept.push(`${what}: ${field === "color" ? "colour" : field === "legendItems" ? "legend" : field}`);
  }
  return byHand as Partial<Pick<Of, Field>>;
}

/** A cell is switched on unless it says that it is not. */
const cellValue = (cell: Saved, field: (typeof cellFields)[number]): unknown =>
  field === "enabled" ? cell[field] !== false : cell[field];

/** A cell that the report does not give: what a hand made of it stays, as long as ATT&CK has the technique. */
function keepCell(saved: Saved, catalogue: Catalogue, notes: Notes): readonly LayerTechnique[] {
  if (!saysSomething(saved)) return [];
  const id = idOf(saved);
  const base = fingerprintsOf(saved);
  if (base && cellFields.every((field) => base.get(field) === fingerprint(cellValue(saved, field)))) return [];
  const technique = catalogue.get(id);
  const { tactic } = saved;
  if (!technique || !isCurrent(technique) || (typeof tactic === "string" && !technique.tactics.includes(tactic)))
    return [];
  notes.kept.push(`${id}: the cell`);
  const { score, color, comment, enabled } = saved;
  const [metadata, links] = [rowsByHand(saved, []), linksByHand(saved, [])];
  return [
    {
      techniqueID: id,
      ...(typeof tactic === "string" ? { tactic } : {}),
      enabled: enabled !== false,
      ...(typeof score === "number" ? { score } : {}),
      ...(typeof color === "string" && color !== "" ? { color } : {}),
      ...(typeof comment === "string" && comment !== "" ? { comment } : {}),
      ...(metadata.length > 0 ? { metadata } : {}),
      ...(links.length > 0 ? { links } : {}),
    },
  ];
}

/** Metadata of the saved layer or cell that the program did not write. */
function rowsByHand(saved: Saved, fresh: Layer["metadata"]): Layer["metadata"] {
  const rows = (Array.isArray(saved["metadata"]) ? saved["metadata"] : []) as readonly unknown[];
  const written = fingerprintsOf(saved) !== undefined;
  return rows.filter(
    (row): row is Layer["metadata"][number] =>
      isRecord(row) &&
      !isFingerprints(row) &&
      typeof row["name"] === "string" &&
      typeof row["value"] === "string" &&
      !(written && ownNames.has(row["name"])) &&
      !fresh.some(({ name }) => name === row["name"]),
  );
}

/** Names of the metadata that the program writes; one that no longer holds goes. */
const ownNames: ReadonlySet<string> = new Set([
  ...["evidence", "confidence", "dates", "reports", "campaigns"],
  ...["campaign", "also known as", "groups", "relations", "score", "report", "generator"],
]);

function linksByHand(saved: Saved, fresh: Layer["links"]): Layer["links"] {
  const links = (Array.isArray(saved["links"]) ? saved["links"] : []) as readonly unknown[];
  return links.filter(
    (link): link is Layer["links"][number] =>
      isRecord(link) &&
      typeof link["label"] === "string" &&
      typeof link["url"] === "string" &&
      !/^(?:cited: |ATT&CK: |Report(?:$|: ))/.test(link["label"]) &&
      !fresh.some(({ url }) => url === link["url"]),
  );
}

/** Settings of the view as they were saved, where they are of the right kind. */
function viewOf(saved: Saved, fresh: Layer): Partial<Layer> {
  const chosen = viewFields.flatMap((field) => {
    const value = saved[field];
    const isRight = typeof value === typeof fresh[field] && !Array.isArray(value) && value !== null;
    return isRight && fingerprint(value) !== "-" ? [[field, value]] : [];
  });
  const view = Object.fromEntries(chosen) as Partial<Layer>;
  const faults = layerFaults({ ...fresh, ...view });
  return faults.length === 0 ? view : {};
}

/** Navigator writes the filter of a layer that has none as all platforms. */
function isWholeDomain(filters: unknown, domain: string, catalogue: Catalogue): boolean {
  if (!isRecord(filters) || !Array.isArray(filters["platforms"])) return true;
  const named: readonly unknown[] = filters["platforms"];
  return catalogue
    .objects("technique")
    .filter((technique) => isCurrent(technique) && technique.domains.includes(domain))
    .every(({ platforms }) => platforms.every((platform) => named.includes(platform)));
}
