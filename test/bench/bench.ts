/**
 * How fast and how large things are; asserts nothing.
 *
 *   npm run bench
 */
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { lint } from "markdownlint/sync";
import { Bench } from "tinybench";
import { analyse, analyseInSteps } from "../../src/analysis.ts";
import { lookUpIn } from "../../src/attack/look-up.ts";
import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "../../src/cli/bundled-data.ts";
import type { Mapping } from "../../src/mapping/map-report.ts";
import { MarkdownMemory } from "../../src/report/markdown.ts";
import { parseReport, readReport } from "../../src/report/parse.ts";
import { finish } from "../../src/steps.ts";
import { longReport, nextWord, sampleReports } from "../harness/long-report.ts";

const project = join(import.meta.dirname, "..", "..");
const data = join(project, "data");
const megabyte = longReport(1_000_000, project);
const medium = longReport(200_000, project);
const memory = new MarkdownMemory();
const ofAnalysis = { text: medium, edits: 0 };
const ofMapping = { text: medium, edits: 0 };
const memoryOfMapping = new MarkdownMemory();
const mapped: Mapping[] = [];

function typeOn(edited: { text: string; edits: number }): string {
  const { text, edits } = edited;
  const { at, word } = nextWord(edits, medium.length);
  edited.text = text.slice(0, at) + word + text.slice(at);
  edited.edits += 1;
  return edited.text;
}

const [small = ""] = sampleReports(project);

/** Megabytes in use, without what nobody holds: of the heap, and of arrays of numbers that lie beside it. */
function memoryInUse(): { readonly heap: number; readonly arrays: number } {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed / 1024 / 1024, arrays: arrayBuffers / 1024 / 1024 };
}

const empty = memoryInUse();
const model = loadBundledModel(data);
const withModel = memoryInUse();
const catalogue = loadBundledCatalogue(data);
const lexicon = loadBundledLexicon(data);
analyse(parseReport(small, { path: "x.md" }), catalogue, { lexicon, model });
const withAll = memoryInUse();

const lookUp = lookUpIn(catalogue);
lookUp.search("warm");

const bench = new Bench({ time: 1500, iterations: 5, warmupIterations: 2, warmupTime: 300, retainSamples: true });
bench
  .add("catalogue: load three domains", () => void loadBundledCatalogue(data).get("T1055"))
  .add("catalogue: load Enterprise", () => void loadBundledCatalogue(data, ["enterprise-attack"]).get("T1055"))
  .add("look-up: a keystroke", () => void lookUp.search("credential dum"))
  .add("look-up: a keystroke with a slip", () => void lookUp.search("emisary pnda"))
  .add(
    "hover: a whole sample report",
    () => void analyse(parseReport(small, { path: "x.md" }), catalogue, { lexicon, model }),
  )
  .add("model: load", () => void loadBundledModel(data))
  .add("1 MB: parse", () => void parseReport(megabyte, { path: "x.md" }))
  .add("1 MB: whole analysis", () => {
    // A fresh model remembers no sentence.
    analyse(parseReport(megabyte, { path: "x.md" }), catalogue, { lexicon, model: loadBundledModel(data) });
  })
  .add("1 MB: whole analysis once more", () => {
    analyse(parseReport(megabyte, { path: "x.md" }), catalogue, { lexicon, model });
  })
  .add("200 KB: a typed word, analysed again", () => {
    const report = finish(readReport(typeOn(ofAnalysis), { path: "x.md" }, memory));
    finish(analyseInSteps(report, catalogue, { lexicon, model }));
  })
  .add("200 KB: a typed word, underlined again", () => {
    const report = finish(readReport(typeOn(ofMapping), { path: "x.md" }, memoryOfMapping));
    const steps = analyseInSteps(report, catalogue, { lexicon, model }, (mapping) => mapped.push(mapping));
    for (mapped.length = 0; mapped.length === 0;) steps.next();
  })
  .add("1 MB: markdown-it", () => void new MarkdownIt({ linkify: true }).render(megabyte))
  .add("1 MB: markdownlint", () => void lint({ strings: { report: megabyte } }));
await bench.run();

/** Of sorted samples. */
const p95 = (samples: readonly number[] = []): number => samples[Math.floor(samples.length * 0.95)] ?? NaN;

const medians = new Map<string, number>();
for (const task of bench.tasks) {
  const { result } = task;
  if (!("latency" in result)) throw new Error(`${task.name} did not run`);
  medians.set(task.name, result.latency.p50);
  console.log(
    `${task.name.padEnd(36)} median ${result.latency.p50.toFixed(2).padStart(9)} ms   p95 ${p95(result.latency.samples).toFixed(2).padStart(9)} ms   p99 ${result.latency.p99.toFixed(2).padStart(9)} ms`,
  );
}
const whole = medians.get("1 MB: whole analysis") ?? NaN;
console.log(`\nwhole analysis / markdown-it         ${(whole / (medians.get("1 MB: markdown-it") ?? NaN)).toFixed(2)}`);
console.log(`whole analysis / markdownlint        ${(whole / (medians.get("1 MB: markdownlint") ?? NaN)).toFixed(2)}`);
const megabytes = (before: typeof empty, after: typeof empty): string =>
  globalThis.gc
    ? `${(after.heap - before.heap).toFixed(1)} MB of heap, ${(after.arrays - before.arrays).toFixed(1)} MB of arrays`
    : "unknown: run with NODE_OPTIONS=--expose-gc";
console.log(`memory of the model                  ${megabytes(empty, withModel)}`);
console.log(`memory of catalogue, lexicon, model  ${megabytes(empty, withAll)}`);
