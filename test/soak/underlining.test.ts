import assert from "node:assert/strict";
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import * as vscode from "vscode";
import { underlining } from "../../src/editor/decorations.ts";
import { open } from "../editor/editing.ts";
import { say } from "../editor/suite.ts";
import { reportOf } from "./soak.ts";

/** UTF-16 units of the report. */
const size = 200_000;
const edits = 400;
/** The first edits warm the host up. */
const warmUp = 50;
/** What is typed, a word at a time, at one place after the other. */
const typed = [" They", " dumped", " LSASS", " memory."] as const;

describe("underlines", () => {
  for (const eol of [vscode.EndOfLine.LF, vscode.EndOfLine.CRLF])
    it(`should follow each word typed into a report of 200 KB (${eol === vscode.EndOfLine.LF ? "LF" : "CRLF"})`, async function () {
      this.timeout(0);
      const editor = await open(reportOf(size));
      await editor.edit((builder) => builder.setEndOfLine(eol));
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const times = await timesOf(editor);
      delay.disable();
      const { length } = times;
      const sorted = times.slice(warmUp).sort((a, b) => a - b);
      const share = (part: number): string =>
        `${(sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(0)} ms`;
      say(`    edit to underlines p50 ${share(0.5)}, p95 ${share(0.95)}, longest ${share(1)} (${length} edits)`);
      const blocked = (part: number): string => `${(delay.percentile(part) / 1e6).toFixed(0)} ms`;
      say(
        `    host blocked p95 ${blocked(95)}, p99 ${blocked(99)}, longest ${blocked(100)}, the analysis behind it included`,
      );
      assert.equal(length, edits);
    });
});

async function timesOf(editor: vscode.TextEditor): Promise<readonly number[]> {
  const times: number[] = [];
  let next: ((time: number) => void) | undefined;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntriesByName(underlining)) next?.(duration);
  });
  observer.observe({ entryTypes: ["measure"] });
  try {
    for (let edit = 0; edit < edits; edit += 1) {
      const word = typed[edit % typed.length] ?? "";
      const place = (Math.floor(edit / typed.length) * 7919) % size;
      const at = editor.document.positionAt(place + typed.slice(0, edit % typed.length).join("").length);
      const time = new Promise<number>((resolve) => {
        next = resolve;
      });
      await editor.edit((builder) => builder.insert(at, word));
      times.push(await time);
      // As somebody types: the analysis goes on behind the underlines, and may be cut off by the next word.
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  } finally {
    observer.disconnect();
  }
  return times;
}
