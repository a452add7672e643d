import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Locator } from "playwright-core";
import { until } from "../harness/pages.ts";
import { outDirectory, projectDirectory } from "../harness/vscode-server.ts";
import { Window } from "../harness/window.ts";

const workspace = join(projectDirectory, "test", "fixtures", "workspace");
const vsix = join(outDirectory, "attack-scribe.vsix");

/** The packaged extension in both of its hosts. */
for (const host of ["node", "web"] as const) {
  describe(`a VS Code window with the extension in the ${host} host`, function () {
    this.timeout(180_000);
    let window: Window;

    before(async () => {
      window = await Window.open({ workspace, vsix, host, settings: { "attackScribe.maxFileSize": 20_000 } });
    });

    after(async () => {
      await window.close();
    });

    it("should say in each empty view what to do", async () => {
      await window.runCommand("View: Show ATT&CK");
      for (const [view, words, button] of [
        ["Campaigns", "Open a report in Markdown to see who did what", "Open Sample Report"],
        ["Unattributed", "drag them from here", undefined],
        ["Problems in Mapping", "can be mended by a quick fix", undefined],
      ] as const) {
        const pane = window.page.locator(".sidebar .pane", {
          has: window.page.locator(".pane-header", { hasText: new RegExp(view, "i") }),
        });
        await pane.locator(".welcome-view-content", { hasText: words }).waitFor();
        if (button !== undefined) await pane.locator(".monaco-button", { hasText: button }).waitFor();
      }
      await window.screenshot(join(outDirectory, "screenshots", `empty-${host}.png`));
    });

    it("should lead through four steps, with pictures that are legible in their column", async () => {
      // In a narrow editor VS Code leaves the pictures out.
      await window.runCommand("View: Close Primary Side Bar");
      await window.runCommand("Welcome: Open Walkthrough");
      await window.quickPickRows("Write Threat Reports");
      await window.fillQuickInput("Write Threat Reports");
      await window.page.keyboard.press("Enter");
      const steps = window.page.locator(".getting-started-step");
      await steps.first().waitFor();
      assert.equal(await steps.count(), 4);
      for (let step = 0; step < 4; step += 1) {
        await steps.nth(step).locator(".step-title").click();
        const picture = window.page.locator(".getting-started-media img");
        await window.page.waitForFunction(
          () => (document.querySelector<HTMLImageElement>(".getting-started-media img")?.clientWidth ?? 0) > 0,
        );
        // How large the window's letters are in it: the pictures have one and a half pixels for one of the window.
        const scale = await picture.evaluate(
          (image: HTMLImageElement) => (image.clientWidth / image.naturalWidth) * 1.5,
        );
        assert.ok(scale > 0.5, `step ${step + 1}: ${scale}`);
        await window.screenshot(join(outDirectory, "screenshots", `walkthrough-${step + 1}-${host}.png`));
      }
      await window.runCommand("View: Close All Editors");
    });

    it("should count the mapped techniques in the status bar", async () => {
      await window.openFile("report.md");
      assert.match(await window.statusBar(/ATT&CK: 4/), /ATT&CK: 4$/);
    });

    it("should explain an id under the pointer", async () => {
      const words = await window.hover("T1003.001");
      assert.match(words, /LSASS Memory/);
      assert.match(words, /Credential Access/);
      assert.match(words, /Stated/);
      await window.screenshot(join(outDirectory, "screenshots", `hover-${host}.png`));
      await window.page.keyboard.press("Escape");
    });

    it("should find objects by a mistyped name in the QuickPick", async () => {
      await window.runCommand("ATT&CK: Look Up");
      await window.fillQuickInput("emisary panda");
      const rows = await window.quickPickRows("G0027");
      assert.match(rows[0] ?? "", /G0027 Threat Group-3390/);
      await window.screenshot(join(outDirectory, "screenshots", `look-up-${host}.png`));
      await window.page.keyboard.press("Escape");
    });

    it("should underline what the report states, and with dots what it describes", async () => {
      const styles = await window.page.evaluate(() =>
        [...document.querySelectorAll(".view-overlays .cdr")].map((box) => getComputedStyle(box).borderBottomStyle),
      );
      assert.ok(styles.includes("solid"), "stated");
      assert.ok(styles.includes("dotted"), "described");
    });

    it("should say in the status bar that a report is too large, and count again once it is not", async () => {
      const label = (words: string): Locator =>
        window.page.locator(
          `[id="attack-scribe.attack-scribe.attackScribe.mapped"] .statusbar-item-label[aria-label*="${words}"]`,
        );
      await label("4 techniques").waitFor();
      writeFileSync(join(window.workspace, "long.md"), `FIN7 used T1055.\n\n${"Nothing happened. ".repeat(1500)}\n`);
      await window.openFile("long.md");
      assert.match(await window.statusBar(/ATT&CK: too large/), /too large/);
      // What a screen reader says.
      await label("too large").waitFor();
      await window.page.locator(".editor-instance .view-lines").first().click();
      await window.page.keyboard.press("Control+A");
      await window.type("FIN7 used T1055.");
      // What is half typed is counted, too: "FIN7" alone maps nothing.
      await window.statusBar(/ATT&CK: 1$/);
      await label("1 technique").waitFor();
    });

    it("should underline what one scrolls to in a long report", async () => {
      const days = Array.from({ length: 400 }, (_, at) => `Day ${at} was quiet.`);
      writeFileSync(join(window.workspace, "scrolled.md"), `${days.join("\n\n")}\n\nFIN7 used T1055.\n`);
      await window.openFile("scrolled.md");
      await window.statusBar(/ATT&CK: 1$/);
      const underlines = (): Promise<number> =>
        window.page.evaluate(
          () =>
            [...document.querySelectorAll(".view-overlays .cdr")].filter(
              (box) => getComputedStyle(box).borderBottomStyle === "solid",
            ).length,
        );
      assert.equal(await underlines(), 0, "nothing is said at the beginning");
      await window.page.locator(".editor-instance .view-lines").first().click();
      await window.page.keyboard.press("Control+End");
      await window.page.getByText("FIN7 used").first().waitFor();
      await until("what it ends with is underlined", async () => (await underlines()) > 0);
    });
  });
}
