/** Numbers of probes a hash: with ten bits a hash, some 2 % of the hashes that were not put in are taken for ones that were. */
const probes = 3;

/**
 * Which hashes belong to a set, in a few bits each (B. H. Bloom, "Space/time trade-offs in hash coding with allowable
 * errors", CACM 1970). `bits` is a power of two and a multiple of 32.
 */
export function hashFilter(hashes: readonly number[], bits: number): Uint32Array {
  const words = new Uint32Array(bits / 32);
  for (const hash of hashes)
    for (let probe = 0; probe < probes; probe += 1) {
      const at = placeOf(hash, probe, bits);
      words[at >>> 5] = ((words[at >>> 5] as number) | (1 << (at & 31))) >>> 0;
    }
  return words;
}

/** Whether a hash was put into the filter; of others a few are taken for such. */
export function mayHold(words: Uint32Array, hash: number): boolean {
  const bits = words.length * 32;
  for (let probe = 0; probe < probes; probe += 1) {
    const at = placeOf(hash, probe, bits);
    if ((((words[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 0) return false;
  }
  return true;
}

/** Hashes are mixed well, so that two halves of one make all probes. */
const placeOf = (hash: number, probe: number, bits: number): number =>
  (hash + Math.imul(probe, (hash >>> 11) | 1)) & (bits - 1);
