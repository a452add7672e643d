import { inputCount } from "../../src/mapping/model/judge.ts";
import type { JudgeWeights } from "../../src/mapping/model/model.ts";
import type { Row } from "./cross-validate.ts";
import { randomNumbers } from "./svm.ts";

/** One net alone differs with its seed by more than a better idea brings: so several small ones give one answer. */
const nets = 3;
const hiddenUnits = 5;
const epochs = 12;
const batch = 64;
const rate = 0.005;
const decay = 1e-5;

/** Trains a judge on the rows: a net whose log-odds are the mean of several nets' that began elsewhere. */
export function trainJudge(rows: readonly Row[], seed: number): JudgeWeights {
  const trained = Array.from({ length: nets }, (_, net) => trainNet(rows, seed + 100 * net));
  const { means = [], spreads = [] } = trained[0] ?? {};
  return {
    means,
    spreads,
    hidden: trained.flatMap(({ hidden }) => hidden),
    output: trained.flatMap(({ output }) => output.map((weight) => round(weight / nets))),
    straight: means.map((_, at) => round(trained.reduce((sum, { straight }) => sum + (straight[at] ?? 0), 0) / nets)),
  };
}

/** One net, by Adam on the cross-entropy; its weights are the mean over the second half of the way. */
function trainNet(rows: readonly Row[], seed: number): JudgeWeights {
  const { means, spreads } = standardise(rows);
  const width = inputCount;
  const data = new Float64Array(rows.length * width);
  rows.forEach(({ inputs }, row) => {
    for (let at = 0; at < width; at += 1)
      data[row * width + at] = at === 0 ? 1 : ((inputs[at] ?? 0) - (means[at] ?? 0)) / (spreads[at] ?? 1);
  });
  const random = randomNumbers(seed);
  const first = hiddenUnits * width;
  const size = first + hiddenUnits + width;
  const weights = Float64Array.from({ length: size }, (_, at) =>
    at < first + hiddenUnits ? (random() - 0.5) * 0.4 : 0,
  );
  const gradient = new Float64Array(size);
  const momentum = new Float64Array(size);
  const variance = new Float64Array(size);
  const outputs = new Float64Array(hiddenUnits);
  const mean = new Float64Array(size);
  let step = 0;
  let averaged = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const speed = rate * (1 - epoch / epochs) + 1e-4;
    for (let done = 0; done < rows.length; done += batch) {
      gradient.fill(0);
      for (let count = 0; count < batch; count += 1) {
        const row = Math.floor(random() * rows.length);
        const base = row * width;
        let sum = 0;
        for (let at = 0; at < width; at += 1)
          sum += (weights[first + hiddenUnits + at] as number) * (data[base + at] as number);
        for (let unit = 0; unit < hiddenUnits; unit += 1) {
          let inner = 0;
          for (let at = 0; at < width; at += 1)
            inner += (weights[unit * width + at] as number) * (data[base + at] as number);
          outputs[unit] = Math.tanh(inner);
          sum += (weights[first + unit] as number) * (outputs[unit] as number);
        }
        const error = (1 / (1 + Math.exp(-sum)) - (rows[row]?.truth === true ? 1 : 0)) / batch;
        for (let unit = 0; unit < hiddenUnits; unit += 1) {
          const output = outputs[unit] as number;
          gradient[first + unit] = (gradient[first + unit] as number) + error * output;
          const inner = error * (weights[first + unit] as number) * (1 - output * output);
          for (let at = 0; at < width; at += 1)
            gradient[unit * width + at] = (gradient[unit * width + at] as number) + inner * (data[base + at] as number);
        }
        for (let at = 0; at < width; at += 1) {
          const place = first + hiddenUnits + at;
          gradient[place] = (gradient[place] as number) + error * (data[base + at] as number);
        }
      }
      step += 1;
      const forgotten = 1 - 0.9 ** step;
      const settled = 1 - 0.999 ** step;
      for (let at = 0; at < size; at += 1) {
        const slope = (gradient[at] as number) + decay * (weights[at] as number);
        momentum[at] = 0.9 * (momentum[at] as number) + 0.1 * slope;
        variance[at] = 0.999 * (variance[at] as number) + 0.001 * slope * slope;
        weights[at] =
          (weights[at] as number) -
          (speed * ((momentum[at] as number) / forgotten)) / (Math.sqrt((variance[at] as number) / settled) + 1e-8);
      }
      if (2 * epoch < epochs) continue;
      averaged += 1;
      for (let at = 0; at < size; at += 1)
        mean[at] = (mean[at] as number) + ((weights[at] as number) - (mean[at] as number)) / averaged;
    }
  }
  const rounded = [...mean].map(round);
  return {
    means: means.map(round),
    spreads: spreads.map(round),
    hidden: Array.from({ length: hiddenUnits }, (_, unit) => rounded.slice(unit * width, (unit + 1) * width)),
    output: rounded.slice(first, first + hiddenUnits),
    straight: rounded.slice(first + hiddenUnits),
  };
}

const round = (value: number): number => Number(value.toPrecision(6));

function standardise(rows: readonly Row[]): { readonly means: readonly number[]; readonly spreads: readonly number[] } {
  const sums = new Float64Array(inputCount);
  const squares = new Float64Array(inputCount);
  for (const { inputs } of rows)
    inputs.forEach((value, at) => {
      sums[at] = (sums[at] ?? 0) + value;
      squares[at] = (squares[at] ?? 0) + value * value;
    });
  const means = [...sums].map((sum) => sum / rows.length);
  return {
    means,
    spreads: [...squares].map((sum, at) => Math.sqrt(Math.max(0, sum / rows.length - (means[at] ?? 0) ** 2)) + 1e-3),
  };
}
