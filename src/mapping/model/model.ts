import { featuresOf } from "./features.ts";
import { mayHold } from "./hash-filter.ts";
import { meaningShare, WordVectors, type WordVectorArrays } from "./word-vectors.ts";

/** What `npm run train` writes before the numbers; docs/mapping.md says how it is made. */
export interface ModelHead {
  readonly format: 3;
  /** The ATT&CK version whose techniques it knows. */
  readonly attack: string;
  /** Techniques, and behind them {@link gates}. */
  readonly labels: readonly string[];
  /** How many of the labels are techniques. */
  readonly techniques: number;
  /** Techniques that annotators marked in reports: these come first among the labels. */
  readonly annotated: number;
  /** What one step of a label's weights is worth, and where its score begins. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  readonly features: number;
  readonly weights: number;
  /** Bits of the filter of features for which no label kept a weight, and how much each of them tells, in steps of {@link idfStep}. */
  readonly silentBits: number;
  readonly silentIdf: number;
  /** Stems that have a vector, the mean of texts' vectors (an even count of numbers), and by label what one step of a weight of theirs is worth. */
  readonly stems: number;
  readonly mean: readonly number[];
  readonly meaningScales: readonly number[];
  /** How much runs of characters weigh beside words. */
  readonly characterShare: number;
  /** Turns scores and signs into probabilities: one for annotated techniques, one for the others. */
  readonly judges: OfEachJudge<JudgeWeights>;
  /** Least probability at which a technique is accepted, by how bold the reader wants it. */
  readonly thresholds: Readonly<Record<Boldness, OfEachJudge<number>>>;
}

/** What holds for techniques that annotators marked, and for the others. */
export interface OfEachJudge<Value> {
  readonly annotated: Value;
  readonly other: Value;
}

export const boldnesses = ["cautious", "balanced", "eager"] as const;
export type Boldness = (typeof boldnesses)[number];

/** A net with one hidden layer and a straight way past it; inputs are standardised by `means` and `spreads`. */
export interface JudgeWeights {
  readonly means: readonly number[];
  readonly spreads: readonly number[];
  readonly hidden: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly straight: readonly number[];
}

/** Domains of which reports tell beside Enterprise. */
export const otherDomains = ["mobile-attack", "ics-attack"] as const;
export type OtherDomain = (typeof otherDomains)[number];

/** Labels that are no techniques: whether the text describes one that annotators marked, or any at all, and whether it speaks of one domain. */
export const gates = ["gate:marked", "gate:any", ...otherDomains.map((domain) => `gate:${domain}` as const)] as const;
export type Gate = "gate:marked" | "gate:any" | `gate:${OtherDomain}`;

/** Inverse document frequencies are kept as steps of this size. */
export const idfStep = 1 / 18;

const magic = 0x314d5341;

/** Bytes of the arrays behind the head, in their order: hashes of features and stems, filter of silent features, posting counts, labels of postings, idf, weights, vectors of stems and labels. */
function layoutOf(
  head: Pick<ModelHead, "features" | "weights" | "silentBits" | "stems" | "mean" | "labels">,
  start: number,
) {
  const hashes = align(start);
  const stems = hashes + 4 * head.features;
  const silent = stems + 4 * head.stems;
  const counts = silent + head.silentBits / 8;
  const labels = align(counts + 2 * head.features);
  const idf = labels + 2 * head.weights;
  const weights = idf + head.features;
  const vectors = weights + head.weights;
  const meanings = vectors + head.stems * head.mean.length;
  const end = meanings + head.labels.length * head.mean.length;
  return { hashes, stems, silent, counts, labels, idf, weights, vectors, meanings, end };
}

const align = (at: number): number => (at + 3) & ~3;

export interface ModelArrays {
  /** Sorted as signed numbers. */
  readonly hashes: Int32Array;
  /** How many weights each feature has. */
  readonly counts: Uint16Array;
  readonly idf: Uint8Array;
  /** Label and weight of each posting, feature after feature. */
  readonly labels: Uint16Array;
  readonly weights: Int8Array;
  /** Which features lengthen a text's vector and speak for nothing, as a filter of their hashes. */
  readonly silent: Uint32Array;
  readonly wordVectors: Pick<WordVectorArrays, "hashes" | "numbers">;
  /** Label after label a weight for each dimension of what a text is about. */
  readonly meanings: Int8Array;
}

/** Numbers are little-endian, as on every machine that VS Code runs on. */
export function writeModel(head: ModelHead, arrays: ModelArrays): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const layout = layoutOf(head, 8 + text.length);
  const bytes = new Uint8Array(layout.end);
  new Uint32Array(bytes.buffer, 0, 2).set([magic, text.length]);
  bytes.set(text, 8);
  new Int32Array(bytes.buffer, layout.hashes, head.features).set(arrays.hashes);
  new Uint32Array(bytes.buffer, layout.silent, head.silentBits / 32).set(arrays.silent);
  new Uint16Array(bytes.buffer, layout.counts, head.features).set(arrays.counts);
  new Uint16Array(bytes.buffer, layout.labels, head.weights).set(arrays.labels);
  bytes.set(arrays.idf, layout.idf);
  new Int8Array(bytes.buffer, layout.weights, head.weights).set(arrays.weights);
  new Int32Array(bytes.buffer, layout.stems, head.stems).set(arrays.wordVectors.hashes);
  new Int8Array(bytes.buffer, layout.vectors, layout.meanings - layout.vectors).set(arrays.wordVectors.numbers);
  new Int8Array(bytes.buffer, layout.meanings, layout.end - layout.meanings).set(arrays.meanings);
  return bytes;
}

/** Throws a one-sentence error when the bytes are no model; `where` names the file for the message. */
export function readModel(bytes: Uint8Array, where: string): Model {
  // Views of numbers must begin at a multiple of four.
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const first = new DataView(own.buffer, own.byteOffset, own.byteLength);
  if (own.byteLength < 8 || first.getUint32(0, true) !== magic) throw new Error(`${where}: this is no model`);
  const length = first.getUint32(4, true);
  if (8 + length > own.byteLength) throw new Error(`${where}: the model is cut off`);
  const head = JSON.parse(new TextDecoder().decode(own.subarray(8, 8 + length))) as ModelHead;
  if ((head.format as number) !== 3) throw new Error(`${where}: model of format ${String(head.format)}, not 3`);
  const layout = layoutOf(head, 8 + length);
  if (layout.end !== own.byteLength) throw new Error(`${where}: the model is cut off`);
  const at = (offset: number): number => own.byteOffset + offset;
  return new Model(head, {
    hashes: new Int32Array(own.buffer, at(layout.hashes), head.features),
    silent: new Uint32Array(own.buffer, at(layout.silent), head.silentBits / 32),
    counts: new Uint16Array(own.buffer, at(layout.counts), head.features),
    labels: new Uint16Array(own.buffer, at(layout.labels), head.weights),
    idf: new Uint8Array(own.buffer, at(layout.idf), head.features),
    weights: new Int8Array(own.buffer, at(layout.weights), head.weights),
    wordVectors: {
      hashes: new Int32Array(own.buffer, at(layout.stems), head.stems),
      numbers: new Int8Array(own.buffer, at(layout.vectors), head.stems * head.mean.length),
    },
    meanings: new Int8Array(own.buffer, at(layout.meanings), head.labels.length * head.mean.length),
  });
}

/** Scores are counted in steps from the lowest that any text has. */
const lowest = -2;
const stepSize = 1 / 128;
const stepCount = 256;

/** Of so many techniques, those that the words speak for most, is asked whether the text is about them: to ask of all would take too long. */
const mostByMeaning = 64;

/**
 * A linear score for every label: how much the words and the runs of characters of a text speak for it, and what the text is about.
 *
 * A class because it guards its index and the arrays that every call uses again.
 */
export class Model {
  /** Four numbers a slot, side by side because fetching them from memory is what takes the time: hash, first and last posting, idf. */
  private readonly slots: Int32Array;
  private readonly mask: number;
  /** Label × 256 + weight + 128 of each posting. */
  private readonly postings: Int32Array;
  private readonly sums: Float32Array;
  private readonly silent: Uint32Array;
  private readonly wordVectors: WordVectors;
  /** Label after label, what each dimension of what a text is about adds to its score. */
  private readonly meanings: Float32Array;
  /** How many techniques have a score of each step. */
  private readonly steps = new Int32Array(stepCount);
  private known = new Int32Array(1024);

  constructor(
    readonly head: ModelHead,
    { hashes, counts, idf, labels, weights, silent, wordVectors, meanings }: ModelArrays,
  ) {
    let size = 1024;
    while (size < 1.5 * head.features) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(4 * size);
    let start = 0;
    for (let feature = 0; feature < head.features; feature += 1) {
      const hash = hashes[feature] as number;
      const end = start + (counts[feature] as number);
      let slot = hash & this.mask;
      while (this.slots[4 * slot + 2] !== 0) slot = (slot + 1) & this.mask;
      this.slots[4 * slot] = hash;
      this.slots[4 * slot + 1] = start;
      this.slots[4 * slot + 2] = end;
      this.slots[4 * slot + 3] = idf[feature] as number;
      start = end;
    }
    this.postings = new Int32Array(head.weights);
    for (let at = 0; at < head.weights; at += 1)
      this.postings[at] = (labels[at] as number) * 256 + (weights[at] as number) + 128;
    this.sums = new Float32Array(head.labels.length);
    this.silent = silent;
    this.wordVectors = new WordVectors({ ...wordVectors, mean: head.mean });
    const { dimensions } = this.wordVectors;
    this.meanings = new Float32Array(meanings.length);
    head.meaningScales.forEach((scale, label) => {
      for (let at = label * dimensions; at < (label + 1) * dimensions; at += 1)
        this.meanings[at] = (meanings[at] as number) * meaningShare * scale;
    });
  }

  /** One score for each label of the head, about −1 for what the text does not describe. The next call overwrites it. */
  score(text: string): Float32Array {
    const { words, stems, characters } = featuresOf(text);
    const { scales, biases } = this.head;
    const { sums } = this;
    sums.fill(0);
    this.add(words, 1);
    this.add(characters, this.head.characterShare);
    for (let label = 0; label < sums.length; label += 1)
      sums[label] = (sums[label] as number) * (scales[label] as number) + (biases[label] as number);
    this.addMeaning(this.wordVectors.of(stems));
    return sums;
  }

  private addMeaning(vector: Float32Array): void {
    const { sums, meanings } = this;
    const { techniques } = this.head;
    const dimensions = vector.length;
    const least = this.leastForMeaning();
    for (let label = 0; label < sums.length; label += 1) {
      if ((sums[label] as number) < least && label < techniques) continue;
      // Two sums, since each step of one would wait for the step before.
      let even = 0;
      let odd = 0;
      const from = label * dimensions;
      for (let at = 0; at < dimensions; at += 2) {
        even += (meanings[from + at] as number) * (vector[at] as number);
        odd += (meanings[from + at + 1] as number) * (vector[at + 1] as number);
      }
      sums[label] = (sums[label] as number) + even + odd;
    }
  }

  /** A score that hardly more than {@link mostByMeaning} techniques have: found by counting, which is faster than sorting. */
  private leastForMeaning(): number {
    const { sums, steps } = this;
    const { techniques } = this.head;
    if (techniques <= mostByMeaning) return -Infinity;
    steps.fill(0);
    for (let label = 0; label < techniques; label += 1) {
      const place = ((sums[label] as number) - lowest) / stepSize;
      // A bitwise “or” rounds down, many times as fast as Math.floor.
      const step = place <= 0 ? 0 : place >= stepCount ? stepCount - 1 : place | 0;
      steps[step] = (steps[step] as number) + 1;
    }
    let count = 0;
    let step = stepCount;
    while (step > 0 && count < mostByMeaning) count += steps[(step -= 1)] as number;
    return step === 0 ? -Infinity : lowest + step * stepSize;
  }

  /** How much each of the texts, as parts of one, speaks for a label: for showing where the evidence stands. */
  contributions(parts: readonly string[], label: number): readonly number[] {
    return parts.map((part) => {
      const { words, characters } = featuresOf(part);
      let sum = 0;
      for (const hashes of [words, characters]) {
        for (const hash of hashes) {
          const slot = this.find(hash);
          if (slot < 0) continue;
          sum += this.weightOf(slot, label) * (this.slots[slot + 3] ?? 0) * idfStep;
        }
      }
      return sum;
    });
  }

  private weightOf(slot: number, label: number): number {
    const to = this.slots[slot + 2] ?? 0;
    for (let at = this.slots[slot + 1] ?? 0; at < to; at += 1) {
      const posting = this.postings[at] ?? 0;
      if (posting >> 8 === label) return (posting & 255) - 128;
    }
    return 0;
  }

  /** Where the slot of a feature begins; −1 for one that the model does not know. */
  private find(hash: number): number {
    const { slots, mask } = this;
    let slot = hash & mask;
    while (slots[4 * slot + 2] !== 0) {
      if (slots[4 * slot] === hash) return 4 * slot;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private add(hashes: readonly number[], share: number): void {
    if (this.known.length < hashes.length) this.known = new Int32Array(2 * hashes.length);
    const { known, sums, slots, postings } = this;
    const ofSilent = this.head.silentIdf ** 2;
    let count = 0;
    let norm = 0;
    for (const hash of hashes) {
      const slot = this.find(hash);
      if (slot < 0) {
        // Without them a text of rare words would score higher than those that the judges have learnt from.
        if (mayHold(this.silent, hash)) norm += ofSilent;
        continue;
      }
      known[count] = slot;
      count += 1;
      norm += (slots[slot + 3] as number) ** 2;
    }
    if (count === 0) return;
    const scale = share / Math.sqrt(norm);
    for (let index = 0; index < count; index += 1) {
      const slot = known[index] as number;
      const value = (slots[slot + 3] as number) * scale;
      const to = slots[slot + 2] as number;
      for (let at = slots[slot + 1] as number; at < to; at += 1) {
        const posting = postings[at] as number;
        const label = posting >> 8;
        sums[label] = (sums[label] as number) + value * ((posting & 255) - 128);
      }
    }
  }
}
