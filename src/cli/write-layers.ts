import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./make-folder.ts";
import { writeWhole } from "./write-whole.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { LayerFile } from "../layers/build-layers.ts";
import { layerToJson } from "../layers/build-layers.ts";
import { updateLayer, type LayerUpdate } from "../layers/update-layer.ts";
import { layerFaults } from "../layers/validate-layer.ts";
import { Failure, fileTrouble, messageOf } from "./failure.ts";

export interface WrittenLayer {
  readonly path: string;
  /** What is different from the layer that was there; absent for a new file. */
  readonly update?: LayerUpdate;
}

export interface WriteOptions {
  /** Makes layers anew instead of keeping what hands have changed in the ones that are there. */
  readonly overwrite: boolean;
}

/** Checks all layers, then writes each whole or not at all. Throws a {@link Failure}. */
export function writeLayers(
  files: readonly LayerFile[],
  directory: string,
  catalogue: Catalogue,
  { overwrite }: WriteOptions,
): readonly WrittenLayer[] {
  for (const { fileName, layer } of files) {
    const [fault] = layerFaults(layer, catalogue);
    if (fault !== undefined) throw new Failure(`${fileName}: would be no valid layer: ${fault}; nothing was written`);
  }
  try {
    makeFolder(directory);
  } catch (error) {
    throw new Failure(`${directory}: ${fileTrouble(error)}; nothing was written`);
  }
  const ready = files.map(({ fileName, layer }) => {
    const path = join(directory, fileName);
    return overwrite || !existsSync(path) ? { path, layer } : { path, ...update(path, layer, catalogue) };
  });
  return ready.map(({ layer, ...written }) => {
    try {
      writeWhole(written.path, layerToJson(layer));
    } catch (error) {
      throw new Failure(`${written.path}: ${fileTrouble(error)}`);
    }
    return written;
  });
}

function update(
  path: string,
  fresh: LayerFile["layer"],
  catalogue: Catalogue,
): { readonly layer: LayerFile["layer"]; readonly update: LayerUpdate } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Failure(`${path}: ${fileTrouble(error)}; nothing was written`);
  }
  try {
    const found = updateLayer(text, path, fresh, catalogue);
    return { layer: found.layer, update: found };
  } catch (error) {
    throw new Failure(`${messageOf(error)}; nothing was written (--overwrite makes it anew)`);
  }
}
