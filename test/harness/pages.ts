import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { projectDirectory } from "./vscode-server.ts";
import type { Window } from "./window.ts";

const axe = readFileSync(createRequire(join(projectDirectory, "package.json")).resolve("axe-core/axe.min.js"), "utf8");

/** The page of the matrix, once its cells stand there. */
export const matrixFrame = (window: Window): Promise<Frame> => frameWith(window, "td.cell");

/** The page of VS Code's Markdown preview, once it holds what `selector` says. */
export const previewFrame = (window: Window, selector: string): Promise<Frame> =>
  frameWith(window, `body.vscode-body .markdown-body ${selector}`);

async function frameWith({ page }: Window, selector: string): Promise<Frame> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    for (const frame of page.frames())
      if (
        (await frame
          .locator(selector)
          .count()
          .catch(() => 0)) > 0
      )
        return frame;
    await page.waitForTimeout(200);
  }
  throw new Error(`no page shows ${selector}`);
}

/** What axe-core finds wrong with a page, a line a rule. */
export const faults = async (frame: Frame): Promise<readonly string[]> => {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await checker.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""} ${nodes[0]?.failureSummary ?? ""}`);
  });
};

/** The line in which the cursor stands. */
export const cursorLine = async (window: Window): Promise<number> =>
  Number(/Ln (\d+)/.exec(await window.statusBar(/Ln \d+/))?.[1] ?? 0);

/** Waits until something holds; throws after 15 seconds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (await holds()) return;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error(`never: ${what}`);
}
