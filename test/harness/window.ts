import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { installMemoryWorkspace, memoryFolder } from "./memory-workspace.ts";
import {
  ensureServer,
  hostSettings,
  installExtension,
  startServer,
  webMarkdownDirectory,
  type Host,
  type RunningServer,
} from "./vscode-server.ts";

export interface WindowOptions {
  /** Folder whose copy is opened as the workspace. */
  readonly workspace: string;
  /** Opens it from memory, as a virtual workspace; `openFile` finds nothing there. */
  readonly isVirtual?: boolean;
  /** Packaged extension to install. */
  readonly vsix?: string;
  readonly host?: Host;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: { readonly width: number; readonly height: number };
  /** Pixels of pictures for one of the window. */
  readonly scale?: number;
}

/** A real VS Code window in a real browser, with a workspace of its own. */
export class Window {
  private constructor(
    readonly page: Page,
    /** The copy that the window works on. */
    readonly workspace: string,
    private readonly directory: string,
    private readonly server: RunningServer,
    private readonly browser: Browser,
  ) {}

  /** Opens a window on a copy of the workspace; resolves when the explorer shows its files. */
  static async open(options: WindowOptions): Promise<Window> {
    ensureServer();
    const directory = mkdtempSync(join(tmpdir(), "attack-scribe-"));
    const workspace = join(directory, "workspace");
    const extensionsDir = join(directory, "extensions");
    cpSync(options.workspace, workspace, { recursive: true });
    const { isVirtual = false } = options;
    // Before the other one: what is put there later by hand is not seen.
    if (isVirtual) await installMemoryWorkspace(options.workspace, extensionsDir);
    if (options.vsix !== undefined) installExtension(options.vsix, extensionsDir);
    const server = await startServer({
      extensionsDir,
      userDataDir: join(directory, "user"),
      settings: { ...hostSettings(options.host ?? "node", true), ...options.settings },
    });
    let browser: Browser | undefined;
    try {
      browser = await launchBrowser();
      const page = await browser.newPage({
        viewport: options.size ?? { width: 1280, height: 800 },
        deviceScaleFactor: options.scale ?? 1,
      });
      // The server's own copy of it lacks these files.
      await page.context().route("**/markdown-language-features/dist/browser/*.js", (route) => {
        const file = basename(new URL(route.request().url()).pathname);
        return route.fulfill({ path: join(webMarkdownDirectory, file), contentType: "text/javascript" });
      });
      await page.goto(
        `http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(isVirtual ? memoryFolder : workspace)}`,
        { timeout: 60_000 },
      );
      await page.waitForSelector(".monaco-workbench", { timeout: 60_000 });
      await page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 60_000 });
      return new Window(page, workspace, directory, server, browser);
    } catch (error) {
      await browser?.close();
      server.stop();
      throw error;
    }
  }

  /** Closes the window and its server, and removes the workspace. */
  async close(): Promise<void> {
    await this.browser.close();
    this.server.stop();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * Presses `key`, writes `words` into the quick input and clicks the row that holds `row`. All of it is tried again where a
   * key is lost or the list does not know the row yet, as while the window starts.
   */
  private async quickPick(key: string, words: string, row: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.page.keyboard.press(key);
        await this.fillQuickInput(words, 5000);
        const found = this.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first();
        await found.click({ timeout: 5000 });
        return;
      } catch (error) {
        if (attempt === 8) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Writes into the quick input once it takes keys: while the former one fades away it is visible, but inert. */
  async fillQuickInput(words: string, timeout = 30_000): Promise<void> {
    const input = this.page.locator(".quick-input-widget:not([inert]) .quick-input-box input");
    await input.waitFor({ state: "visible", timeout });
    await this.page.waitForFunction(
      () => document.activeElement?.closest(".quick-input-widget:not([inert])") !== null,
      undefined,
      { timeout },
    );
    await input.fill(words, { timeout });
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.quickPick("Control+P", name, name);
    await this.page.locator(`.tab[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(".editor-instance .view-line").first().waitFor();
  }

  /** Runs a command by its title in the palette, "ATT&CK: Look Up…". */
  async runCommand(title: string): Promise<void> {
    await this.quickPick("F1", `>${title}`, title);
  }

  /** Types into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Moves the pointer over `text` in the editor until a hover shows, and returns its words. */
  async hover(text: string): Promise<string> {
    const target = this.page.locator(".view-line span span", { hasText: text }).last();
    await target.waitFor();
    const widget = this.page
      .locator(".monaco-hover:not(.hidden) .hover-row-contents, .monaco-hover:not(.hidden) .hover-contents")
      .first();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const box = await this.boxOf(text);
      await this.page.mouse.move(box.x + 300, box.y + 150);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
      try {
        await widget.waitFor({ state: "visible", timeout: 3000 });
        const words = (await this.page.locator(".monaco-hover:not(.hidden)").first().innerText()).trim();
        if (words !== "" && !/^Loading/.test(words)) return words;
      } catch {
        // The extension may still be reading its data.
      }
    }
    throw new Error(`no hover on “${text}”`);
  }

  /** Where `text` stands on the screen. */
  private async boxOf(
    text: string,
  ): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
    const box = await this.page.evaluate((wanted) => {
      const walker = document.createTreeWalker(
        document.querySelector(".editor-instance .view-lines") ?? document.body,
        NodeFilter.SHOW_TEXT,
      );
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = (node.textContent ?? "").replaceAll("\u00a0", " ").indexOf(wanted);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      return undefined;
    }, text);
    if (!box) throw new Error(`“${text}” is not on the screen`);
    return box;
  }

  /** The labels of the rows of the open QuickPick, once one of them holds `expected`. */
  async quickPickRows(expected: string): Promise<readonly string[]> {
    await this.page
      .locator(".quick-input-list .monaco-list-row", { hasText: expected })
      .first()
      .waitFor({ timeout: 30_000 });
    const rows = await this.page.locator(".quick-input-list .monaco-list-row").allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, " ").trim());
  }

  /** The text of the item in the status bar that holds `expected`. */
  async statusBar(expected: RegExp): Promise<string> {
    const item = this.page.locator(".statusbar-item", { hasText: expected }).first();
    await item.waitFor({ timeout: 60_000 });
    return (await item.innerText()).trim();
  }

  /** Writes a picture of the window, a PNG, once nothing moves. */
  async screenshot(path: string): Promise<void> {
    mkdirSync(join(path, ".."), { recursive: true });
    // Hovers and pickers fade in.
    await this.page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map((animation) => animation.finished)).then(() => undefined),
    );
    await this.page.screenshot({ path });
  }
}
