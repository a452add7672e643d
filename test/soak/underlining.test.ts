import assert from "node:assert/strict";
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";
import * as vscode from "vscode";
import { underlining } from "../../src/editor/decorations.ts";
import { open } from "../editor/editing.ts";
import { say } from "../editor/suite.ts";
import { longReport, nextWord, quantile } from "../harness/long-report.ts";
import { extensionDirectory } from "./soak.ts";

/** UTF-16 units of the report. */
const size = 200_000;
const edits = 400;
/** The first edits warm the host up. */
const warmUp = 50;

describe("underlines", () => {
  for (const eol of [vscode.EndOfLine.LF, vscode.EndOfLine.CRLF])
    it(`should follow each word typed into a report of 200 KB (${eol === vscode.EndOfLine.LF ? "LF" : "CRLF"})`, async function () {
      this.timeout(0);
      const editor = await open(longReport(size, extensionDirectory()));
      await editor.edit((builder) => builder.setEndOfLine(eol));
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const times = await timesOf(editor);
      delay.disable();
      const { length } = times;
      const sorted = times.slice(warmUp).sort((a, b) => a - b);
      const share = (part: number): string => `${quantile(sorted, part).toFixed(0)} ms`;
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
      const { at, word } = nextWord(edit, size);
      const time = new Promise<number>((resolve) => {
        next = resolve;
      });
      await editor.edit((builder) => builder.insert(editor.document.positionAt(at), word));
      times.push(await time);
      // As somebody types: the analysis goes on behind the underlines, and may be cut off by the next word.
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  } finally {
    observer.disconnect();
  }
  return times;
}
