import { Ajv, type ValidateFunction } from "ajv";
import schema from "../../data/schemas/navigator-layer-4.5.schema.json" with { type: "json" };
import type { Catalogue } from "../attack/catalogue.ts";
import type { Layer } from "./layer.ts";

let compiled: ValidateFunction | undefined;

/**
 * What is wrong with a layer, a sentence each; empty when Navigator will show all of it. With a catalogue, also what
 * Navigator would drop without a word: ids and tactics that the version does not have.
 */
export function layerFaults(layer: unknown, catalogue?: Catalogue): readonly string[] {
  compiled ??= new Ajv({ allErrors: true }).compile(schema);
  if (!compiled(layer)) {
    return (compiled.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath === "" ? "the layer" : instancePath} ${message ?? "is wrong"}`,
    );
  }
  const { gradient, techniques } = layer as Layer;
  const faults: string[] = [];
  if (gradient.maxValue <= gradient.minValue) faults.push("/gradient maxValue must be greater than minValue");
  if (!catalogue) return faults;
  for (const { techniqueID, tactic } of techniques) {
    const technique = catalogue.get(techniqueID);
    if (!technique || technique.revoked || technique.deprecated)
      faults.push(`${techniqueID} is not a current technique of ATT&CK ${catalogue.version}`);
    else if (tactic !== undefined && !technique.tactics.includes(tactic))
      faults.push(`${techniqueID} does not have the tactic ${tactic}`);
  }
  return faults;
}
