import assert from "node:assert/strict";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { analyse } from "../../src/analysis.ts";
import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "../../src/cli/bundled-data.ts";
import { idHints, linkableIds } from "../../src/exports/outline.ts";
import { parseReport } from "../../src/report/parse.ts";
import { open } from "../editor/editing.ts";
import { longReport, quantile } from "../harness/long-report.ts";

/** Characters of the report; it is kept within a tenth of it. */
const size = 50_000;
/** An edit without an analysis for so long hangs, milliseconds. */
const patience = 10_000;
/** Edits in a burst, at most. */
const longestBurst = 12;

export interface SoakOptions {
  readonly edits: number;
  readonly seed: number;
  /** Edits from one comparison with a fresh analysis to the next. */
  readonly compareEvery: number;
  /** The heap is measured after so many edits and again at the end. */
  readonly warmUp: number;
  /** Hears how far it is. */
  readonly progress?: (line: string) => void;
}

export interface SoakFigures {
  readonly edits: number;
  readonly comparisons: number;
  /** From the last key of a burst to a hover on what it left, milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  /** The longest that the host answered nobody, milliseconds. */
  readonly blocked: number;
  /** Bytes in use on the same text, after the warm-up and at the end. */
  readonly heapBefore: number;
  readonly heapAfter: number;
}

const paragraphs = [
  "The operators sent spearphishing attachments, dumped LSASS memory with Mimikatz and moved on over RDP.",
  "FIN7 (G0046) used T1059.001; the loader uses process hollowing to run inside svchost.exe.",
  "Shadow copies were deleted with `vssadmin delete shadows /all /quiet`, as in T1490.",
  "- APT29 exploited CVE-2021-44228\n- a scheduled task kept the implant alive",
  "| id | use |\n|---|---|\n| T1055 | Process Injection |\n| T1003.001 | LSASS Memory |",
] as const;
const snippets = [
  "a",
  " ",
  ".",
  "\n",
  "T1",
  "T1055 ",
  "**",
  "`",
  "[",
  "](",
  "```\n",
  "> ",
  "# ",
  "<!--",
  "-->",
  "é",
  "🦉",
];
const directives = [
  "<!-- attack: T1566.001 -->",
  "<!-- attack: ignore T1055 -->",
  "<!-- attack: campaign Grey Moth -->",
  "<!-- attack: ignore-next",
];

/** Numbers from 0 to below 1 that a seed repeats (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Edits a report at random in the editor, and holds each analysis against one that starts from nothing. */
export async function soak({
  edits,
  seed,
  compareEvery,
  warmUp,
  progress = () => undefined,
}: SoakOptions): Promise<SoakFigures> {
  const random = numbersFrom(seed);
  const upTo = (end: number): number => Math.floor(random() * end);
  const pick = (choices: readonly string[]): string => choices[upTo(choices.length)] ?? "";
  const data = join(extensionDirectory(), "data");
  const start = longReport(size, extensionDirectory());
  const editor = await open(start);
  const configuration = vscode.workspace.getConfiguration("attackScribe");
  await configuration.update("inlayHints", "all", vscode.ConfigurationTarget.Global);

  const replace = async (from: number, to: number, text: string): Promise<void> => {
    const { document } = editor;
    const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
    assert.ok(await editor.edit((builder) => builder.replace(range, text)), "the editor refused an edit");
  };
  const edit = async (): Promise<void> => {
    const { length } = editor.document.getText();
    const at = upTo(length + 1);
    const kind = random();
    if (length > size * 1.1) await replace(at, Math.min(length, at + 3000), "");
    else if (length < size * 0.9) await replace(at, at, `\n\n${pick(paragraphs)}\n\n`);
    else if (kind < 0.45) await replace(at, at, pick(snippets));
    else if (kind < 0.7) await replace(at, Math.min(length, at + 1 + upTo(20)), "");
    else if (kind < 0.8) await replace(at, at, `\n\n${pick(paragraphs)}\n\n`);
    else if (kind < 0.85) await replace(at, at, pick(directives));
    else await vscode.commands.executeCommand("undo");
  };
  const latencies: number[] = [];
  let blocked = 0;

  let comparisons = 0;
  let heapBefore: number | undefined;
  try {
    await fresh(editor.document);
    for (let done = 0; done < edits;) {
      const burst = Math.min(1 + upTo(longestBurst), edits - done);
      // One for each burst: what the comparisons keep the host from is theirs.
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      for (let key = 0; key < burst; key += 1) await edit();
      latencies.push(await fresh(editor.document));
      if (random() < 0.1) await elapsed(300);
      delay.disable();
      blocked = Math.max(blocked, delay.max / 1e6);
      const before = done;
      done += burst;
      const passed = (mark: number): boolean => before < mark && mark <= done;
      if (Math.floor(before / compareEvery) < Math.floor(done / compareEvery) || done === edits) {
        await compare(editor.document, data, `after ${done} edits (seed ${seed})`);
        comparisons += 1;
        progress(`${done} edits`);
      }
      if (passed(warmUp)) heapBefore = await heapOn(start, editor, replace);
    }
    const heapAfter = await heapOn(start, editor, replace);
    latencies.sort((a, b) => a - b);
    return {
      ...{
        edits,
        comparisons,
        p50: quantile(latencies, 0.5),
        p95: quantile(latencies, 0.95),
        slowest: quantile(latencies, 1),
      },
      ...{ blocked, heapBefore: heapBefore ?? NaN, heapAfter },
    };
  } finally {
    await configuration.update("inlayHints", undefined, vscode.ConfigurationTarget.Global);
  }
}

export function extensionDirectory(): string {
  const extension = vscode.extensions.getExtension("attack-scribe.attack-scribe");
  assert.ok(extension);
  return extension.extensionPath;
}

/** Waits for the analysis of the document as it stands, as a hover does; how long that took, milliseconds. */
async function fresh({ uri }: vscode.TextDocument): Promise<number> {
  const begun = performance.now();
  await inTime(
    vscode.commands.executeCommand("vscode.executeHoverProvider", uri, new vscode.Position(0, 0)),
    "an edit got no analysis",
  );
  return performance.now() - begun;
}

/** What the editor shows must be what an analysis that remembers nothing finds in the same text. */
async function compare(document: vscode.TextDocument, data: string, when: string): Promise<void> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const [hints, links] = await inTime(
    Promise.all([
      vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole),
      vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri),
    ]),
    "hints and links were not given",
  );
  const shown = {
    hints: hints.map(({ position, label }) => `${document.offsetAt(position)} ${labelOf(label)}`).sort(),
    // VS Code's own Markdown support has links of its own.
    links: links.flatMap(({ range, tooltip = "" }) =>
      /^[A-Z]+\d{4}/.test(tooltip) ? [`${document.offsetAt(range.start)} ${tooltip}`] : [],
    ),
  };
  const report = parseReport(document.getText(), { path: "report.md", format: "markdown" });
  // Read anew each time: neither remembers a sentence, and neither counts as the extension's memory.
  const catalogue = loadBundledCatalogue(data);
  const found = analyse(report, catalogue, { lexicon: loadBundledLexicon(data), model: loadBundledModel(data) });
  const expected = {
    hints: idHints(report, found, "all")
      .map(({ at, ids }) => `${at} ${ids.join(" ")}`)
      .sort(),
    links: linkableIds(report, found).map(({ start, object }) => `${start} ${object.id} ${object.name}`),
  };
  assert.ok(expected.hints.length > 20, `${when}: too little is found to compare`);
  assert.deepEqual(shown.hints, expected.hints, `${when}: stale hints`);
  assert.deepEqual(shown.links.sort(), [...expected.links].sort(), `${when}: stale links`);
}

const labelOf = (label: string | readonly vscode.InlayHintLabelPart[]): string =>
  typeof label === "string" ? label : label.map(({ value }) => value).join("");

/** Bytes in use when the report reads as it did at first and nothing is under way. */
async function heapOn(
  text: string,
  editor: vscode.TextEditor,
  replace: (from: number, to: number, text: string) => Promise<void>,
): Promise<number> {
  await replace(0, editor.document.getText().length, text);
  await fresh(editor.document);
  // VS Code keeps every answer of a provider of inlay hints until they are switched off or another document is shown.
  const hints = vscode.workspace.getConfiguration("editor.inlayHints");
  await hints.update("enabled", "off", vscode.ConfigurationTarget.Global);
  // Views and lenses follow after a pause, and what they threw away goes in several rounds.
  await elapsed(3000);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 4; round += 1) {
    collect();
    await elapsed(200);
  }
  const used = process.memoryUsage().heapUsed;
  await hints.update("enabled", undefined, vscode.ConfigurationTarget.Global);
  return used;
}

const elapsed = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

async function inTime<T>(work: PromiseLike<T>, complaint: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${complaint} within ${patience / 1000} s`)), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The figures in lines that a person reads. */
export function inLines(figures: SoakFigures): readonly string[] {
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const growth = (figures.heapAfter / figures.heapBefore - 1) * 100;
  return [
    `edits            ${figures.edits}, compared with a fresh analysis ${figures.comparisons} times`,
    `edit to fresh    p50 ${figures.p50.toFixed(0)} ms, p95 ${figures.p95.toFixed(0)} ms, longest ${figures.slowest.toFixed(0)} ms`,
    `host blocked     ${figures.blocked.toFixed(0)} ms at the longest`,
    `heap             ${megabytes(figures.heapBefore)} → ${megabytes(figures.heapAfter)} (${growth.toFixed(1)} %)`,
  ];
}
