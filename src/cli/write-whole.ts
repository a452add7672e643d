import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";

/**
 * Writes a file whole or not at all: beside it first, and in its place once every byte is on the disk. The library
 * that is known for this takes a write that the disk cut short for a whole one. Throws what `node:fs` throws.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const target = realPathOf(path);
  const beside = `${target}.${process.pid}.tmp`;
  try {
    const file = openSync(beside, "w");
    try {
      const mode = statSync(target, { throwIfNoEntry: false })?.mode;
      // Who may read the old file may read the new one.
      if (mode !== undefined) fchmodSync(file, mode);
      // Goes on until all is written, or throws.
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** A link stays one: what it leads to is written. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
