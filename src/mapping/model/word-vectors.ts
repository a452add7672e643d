/** Where words stand among others by the company that they keep: of `npm run train`, which counts it (tools/train/word-company.ts). */
export interface WordVectorArrays {
  /** Of stems, as in Features. */
  readonly hashes: Int32Array;
  /** Stem after stem as many numbers as `mean` has; a word that tells more has a longer vector. */
  readonly numbers: Int8Array;
  /** The vector of a text that says nothing in particular. */
  readonly mean: readonly number[];
}

/** How much what a text is about weighs beside its words. */
export const meaningShare = 0.5;

/**
 * What a text is about, as a few numbers: words that training never saw beside a technique stand near others that it did.
 *
 * A class because it guards its index and the array that every call uses again.
 */
export class WordVectors {
  readonly dimensions: number;
  /** Two numbers a slot: the hash, and where its vector begins plus one. */
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly sum: Float32Array;

  constructor(readonly arrays: WordVectorArrays) {
    const { hashes, mean } = arrays;
    this.dimensions = mean.length;
    this.sum = new Float32Array(mean.length);
    let size = 16;
    while (size < 2 * hashes.length) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(2 * size);
    hashes.forEach((hash, at) => {
      let slot = hash & this.mask;
      while (this.slots[2 * slot + 1] !== 0) slot = (slot + 1) & this.mask;
      this.slots[2 * slot] = hash;
      this.slots[2 * slot + 1] = at * mean.length + 1;
    });
  }

  /** The direction of the sum of the words' vectors, less the mean; zeros where no word is known. The next call overwrites it. */
  of(stems: readonly number[]): Float32Array {
    const { sum, slots, mask, dimensions } = this;
    const { numbers, mean } = this.arrays;
    sum.fill(0);
    for (const hash of stems) {
      let slot = hash & mask;
      while (slots[2 * slot + 1] !== 0 && slots[2 * slot] !== hash) slot = (slot + 1) & mask;
      const from = (slots[2 * slot + 1] as number) - 1;
      if (from < 0) continue;
      for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] as number) + (numbers[from + at] as number);
    }
    let norm = 0;
    for (let at = 0; at < dimensions; at += 1) norm += (sum[at] as number) ** 2;
    if (norm === 0) return sum;
    const scale = 1 / Math.sqrt(norm);
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] as number) * scale - (mean[at] as number);
    return sum;
  }
}
