import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import type { Catalogue } from "../attack/catalogue.ts";
import type { LayerFile } from "../layers/build-layers.ts";
import { layerToJson } from "../layers/build-layers.ts";
import { layerFaults } from "../layers/validate-layer.ts";
import { Failure, fileTrouble } from "./failure.ts";

/** Checks all layers, then writes each whole or not at all; returns the paths. Throws a {@link Failure}. */
export function writeLayers(files: readonly LayerFile[], directory: string, catalogue: Catalogue): readonly string[] {
  for (const { fileName, layer } of files) {
    const [fault] = layerFaults(layer, catalogue);
    if (fault !== undefined) throw new Failure(`${fileName}: would be no valid layer: ${fault}; nothing was written`);
  }
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new Failure(`${directory}: ${fileTrouble(error)}; nothing was written`);
  }
  return files.map(({ fileName, layer }) => {
    const path = join(directory, fileName);
    try {
      writeFileAtomic(path, layerToJson(layer));
    } catch (error) {
      throw new Failure(`${path}: ${fileTrouble(error)}`);
    }
    return path;
  });
}
