import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Locator } from "playwright-core";
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
      await window.openFile("report.md");
    });

    after(async () => {
      await window.close();
    });

    it("should count the mapped techniques in the status bar", async () => {
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
  });
}
