import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Locator } from "playwright-core";
import {
  indexOf,
  serve,
  smallBundle,
  type Answer,
  type SmallBundle,
  type TestServer,
} from "../harness/release-server.ts";
import { previewFrame, until } from "../harness/pages.ts";
import { outDirectory, projectDirectory } from "../harness/vscode-server.ts";
import { Window } from "../harness/window.ts";

const workspace = join(projectDirectory, "test", "fixtures", "workspace");
const vsix = join(outDirectory, "attack-scribe.vsix");

/** So many that a version newer than the one that ships is believed. */
const many: NonNullable<SmallBundle["techniques"]> = [
  ["T1003.001", "LSASS Memory", "Our words on memory.(Citation: Nobody 2030)"],
  ...Array.from({ length: 700 }, (_, at) => [`T${2000 + at}`, `Name ${at}`] as const),
];

/** As GitHub's raw files are: any page may read them, which a web worker needs. */
const json =
  (value: unknown): Answer =>
  (response) =>
    response
      .writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" })
      .end(JSON.stringify(value));

for (const host of ["node", "web"] as const) {
  describe(`the knowledge base in the ${host} host`, function () {
    this.timeout(180_000);
    let window: Window;
    let server: TestServer;
    let isSlow = false;
    /** How often who asked the slow server has hung up. */
    let dropped = 0;

    before(async () => {
      const index = json(indexOf([["Enterprise", "99.1", "enterprise-attack-99.1.json"]]));
      server = await serve(() => ({
        "/index.json": (response, request) => {
          if (isSlow) response.on("close", () => (dropped += 1));
          else index(response, request);
        },
        "/enterprise-attack-99.1.json": json(smallBundle({ techniques: many })),
      }));
      const settings = { "attackScribe.knowledgeBase.url": server.base };
      window = await Window.open({ workspace, vsix, host, settings });
      await window.openFile("report.md");
      await window.statusBar(/ATT&CK: \d/);
    });

    after(async () => {
      await window.close();
      await server.stop();
    });

    /** Under test VS Code shows no toasts; its notification centre holds what they would say. */
    const notification = async (text: string): Promise<Locator> => {
      const found = window.page.locator(".notifications-center .notification-list-item", { hasText: text }).first();
      // The centre does not open while there is nothing in it.
      await until(`the notification “${text}”`, async () => {
        if (await found.isVisible()) return true;
        await window.runCommand("Notifications: Show Notifications");
        return found.isVisible();
      });
      return found;
    };

    it("should be updated on demand, and show the official text", async () => {
      assert.deepEqual(server.asked, []);
      await window.runCommand("ATT&CK: Update Knowledge Base");
      await notification("ATT&CK 99.1 is in force");
      await window.page.keyboard.press("Escape");
      const words = await window.hover("T1003.001");
      assert.match(words, /Our words on memory\./);
      assert.doesNotMatch(words, /Citation/);
      await window.screenshot(join(outDirectory, "screenshots", `official-text-${host}.png`));
      await window.page.keyboard.press("Escape");
    });

    it("should stay as it was when an update is cancelled", async () => {
      isSlow = true;
      await window.runCommand("ATT&CK: Update Knowledge Base");
      const progress = await notification("Updating the ATT&CK knowledge base");
      // The row is drawn anew with each step of the progress, under the mouse as well: a click may miss it. The
      // notification centre hides, with all its rows, as soon as something else takes the focus.
      await until("the update is cancelled", async () => {
        if (dropped > 0) return true;
        if (!(await progress.isVisible())) await window.runCommand("Notifications: Show Notifications");
        const cancel = progress.getByRole("button", { name: "Cancel" });
        await cancel.click({ timeout: 2_000 }).catch(() => undefined);
        // Where the mouse misses again and again, the button is told.
        if (dropped === 0) await cancel.dispatchEvent("click", {}, { timeout: 1_000 }).catch(() => undefined);
        return false;
      });
      isSlow = false;
      await window.runCommand("ATT&CK: Show Knowledge Base");
      const page = await previewFrame(window, "p:has-text('In force: ATT&CK 99.1')");
      assert.doesNotMatch(await page.locator("body").innerText(), /Last error/);
      await window.runCommand("View: Close All Editors");
    });

    it("should offer its versions in a list", async () => {
      await window.openFile("report.md");
      await window.runCommand("ATT&CK: Select Knowledge Base Version");
      const rows = await window.quickPickRows("99.1");
      assert.ok(
        rows.some((row) => row.includes("ATT&CK 18.1") && row.includes("ships with the extension")),
        rows.join("\n"),
      );
      await window.screenshot(join(outDirectory, "screenshots", `versions-${host}.png`));
      await window.page.locator(".quick-input-list .monaco-list-row", { hasText: "ships with the extension" }).click();
      let words = "";
      for (let attempt = 0; attempt < 5 && !/Mitigated by/.test(words); attempt += 1) {
        words = await window.hover("T1003.001");
        await window.page.keyboard.press("Escape");
      }
      assert.match(words, /Mitigated by/);
      assert.doesNotMatch(words, /Our words/);
    });

    it("should remove a version by the button in the list", async () => {
      await window.runCommand("ATT&CK: Select Knowledge Base Version");
      await window.quickPickRows("99.1");
      const row = window.page.locator(".quick-input-list .monaco-list-row", { hasText: "99.1" });
      await row.hover();
      await row.getByRole("button", { name: "Remove This Version" }).click();
      await row.waitFor({ state: "detached" });
      assert.ok((await window.quickPickRows("18.1")).some((label) => label.includes("ATT&CK 18.1")));
      await window.page.keyboard.press("Escape");
    });
  });
}
