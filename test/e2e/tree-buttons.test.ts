import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import type { Locator } from "playwright-core";
import { until } from "../harness/pages.ts";
import { outDirectory, projectDirectory } from "../harness/vscode-server.ts";
import { Window } from "../harness/window.ts";

const workspace = join(projectDirectory, "test", "fixtures", "workspace");
const vsix = join(outDirectory, "attack-scribe.vsix");

/** What an author decides in the trees: by the buttons of a row, and by keyboard alone. */
for (const host of ["node", "web"] as const) {
  describe(`the buttons of the trees' rows in the ${host} host`, function () {
    this.timeout(180_000);
    let window: Window;
    const original = readFileSync(join(workspace, "deadringer.md"), "utf8");

    before(async () => {
      window = await Window.open({
        workspace,
        vsix,
        host,
        size: { width: 1500, height: 1000 },
        settings: {
          "files.autoSave": "off",
          "workbench.colorTheme": host === "node" ? "Default Dark Modern" : "Default Light Modern",
          // Tooltips cover the rows below.
          "workbench.hover.delay": 600_000,
        },
      });
      await window.openFile("deadringer.md");
      await window.statusBar(/ATT&CK: \d/);
      await window.runCommand("View: Show ATT&CK");
      await open(row("Campaigns", "Initial Access"), "T1190 ");
      await open(row("Campaigns", "Persistence"), "T1505.003 ");
    });

    after(async () => {
      await window.close();
    });

    /** All is as it was before, in one undo step. */
    afterEach(async () => {
      // A key that is pressed while a menu closes goes with it.
      await until("the report has the focus", async () => {
        await window.page.keyboard.press("Control+1");
        return window.page.evaluate(() => document.activeElement?.closest(".editor-instance") !== null);
      });
      await window.page.keyboard.press("Control+Z");
      assert.equal(await saved(), original);
      await row("Campaigns", "T1190 ", "described, 0.").waitFor();
      await row("Campaigns", "T1505.003 ", "described, 0.").waitFor();
    });

    const pane = (view: string): Locator =>
      window.page.locator(".sidebar .pane", { has: window.page.locator(".pane-header", { hasText: view }) });
    /** The first row of a view whose words for a screen reader begin with the one and hold the other. */
    const row = (view: string, name: string, how = name): Locator =>
      pane(view).locator(`.monaco-list-row[aria-label^="${name}"][aria-label*="${how}"]`).first();
    const button = (of: Locator, name: string): Locator => of.locator(`.actions .action-label[aria-label="${name}"]`);
    const stated = (view: string, name: string): Locator =>
      pane(view).locator(`.monaco-list-row[aria-label^="${name}"]:not([aria-label*="described, 0."])`).first();

    /** Opens a row by its arrow, which does not move the cursor of the report. */
    const open = async (closed: Locator, below: string): Promise<void> => {
      await closed.locator(".monaco-tl-twistie").click();
      await row("Campaigns", below).waitFor();
    };

    /** Moves the pointer over a row, as a hand does. */
    const pointAt = async (target: Locator): Promise<void> => {
      await target.scrollIntoViewIfNeeded();
      const box = await target.boundingBox();
      assert.ok(box);
      await window.page.mouse.move(box.x + 40, box.y - 30);
      await window.page.mouse.move(box.x + 60, box.y + box.height / 2, { steps: 8 });
    };

    /** Presses a button of a row where it is on the screen; fails when something covers it. */
    const press = async (target: Locator, name: string): Promise<void> => {
      assert.equal(await button(target, name).isVisible(), false, "no button before the pointer comes");
      await pointAt(target);
      const found = button(target, name);
      await found.waitFor({ state: "visible" });
      const box = await found.boundingBox();
      assert.ok(box);
      const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const hit = await window.page.evaluate(
        ({ x, y }) => document.elementFromPoint(x, y)?.getAttribute("aria-label"),
        centre,
      );
      assert.equal(hit, name);
      await window.page.mouse.move(centre.x, centre.y, { steps: 8 });
      await window.page.mouse.down();
      await window.page.mouse.up();
    };

    /** The report as the file has it once it is saved. */
    const saved = async (): Promise<string> => {
      await window.page.keyboard.press("Control+S");
      await until("the report is saved", async () => (await window.page.locator(".tab.dirty").count()) === 0);
      let text = "";
      // While it is being saved the file is empty for a moment.
      await until("the file is whole", () => {
        text = readFileSync(join(window.workspace, "deadringer.md"), "utf8");
        return Promise.resolve(text !== "");
      });
      return text;
    };

    /** The line of the editor that shows a comment of ours. */
    const comment = (words: string): Locator => window.page.locator(".editor-instance .view-line", { hasText: words });

    /** What stands above a heading. */
    const lens = (words: string): Locator => window.page.locator(".codelens-decoration", { hasText: words });

    it("should accept a technique by a click: the report states it, and so does the row", async () => {
      const badge = window.page.locator(".activitybar .action-item.checked .badge-content");
      const before = Number(await badge.innerText());
      const [techniques = "", suggested = techniques] = (await lens("GALLIUM · ").innerText()).match(/\d+/g) ?? [];
      await press(row("Campaigns", "T1190 "), "Accept");
      await comment("<!-- attack: T1190 -->").first().waitFor();
      await stated("Campaigns", "T1190 ").waitFor();
      await until("one suggestion less is counted", async () => Number(await badge.innerText()) === before - 1);
      await lens(`GALLIUM · ${techniques} techniques · ${Number(suggested) - 1} suggested`).waitFor();
      await pointAt(row("Campaigns", "T1190 "));
      await button(row("Campaigns", "T1190 "), "Ignore in Whole Report").waitFor({ state: "visible" });
      assert.equal(await button(row("Campaigns", "T1190 "), "Accept").count(), 0);
      assert.equal(await row("Campaigns", "T1190 ").locator(".codicon-lightbulb").count(), 0);
      await window.screenshot(join(outDirectory, "screenshots", `tree-accepted-${host}.png`));
      const text = await saved();
      assert.equal(text.split("<!-- attack: T1190 -->").length, 2);
      assert.equal(text.replace(" <!-- attack: T1190 -->", ""), original);
    });

    it("should reject a technique by a click: a comment says so, and the row goes", async () => {
      await press(row("Campaigns", "T1505.003 "), "Reject in Its Paragraph");
      await comment("<!-- attack: ignore T1505.003 -->").first().waitFor();
      await row("Campaigns", "T1505.003 ").waitFor({ state: "detached" });
      const text = await saved();
      assert.equal(text.split("<!-- attack: ignore T1505.003 -->").length, 2);
      assert.equal(text.replace(" <!-- attack: ignore T1505.003 -->", ""), original);
    });

    it("should let advice be rejected in its paragraph by a click, and offer nothing to accept there", async () => {
      await row("Unattributed", "T1190 ").locator(".monaco-tl-twistie").click();
      const sentence = pane("Unattributed").locator(`.monaco-list-row[aria-label*=", line "]`).first();
      assert.equal(await button(sentence, "Accept").count(), 0);
      await press(sentence, "Reject in Its Paragraph");
      await row("Unattributed", "T1190 ").waitFor({ state: "detached" });
      const text = await saved();
      assert.equal(text.split("<!-- attack: ignore T1190 -->").length, 2);
      assert.equal(text.replace(" <!-- attack: ignore T1190 -->", ""), original);
      await row("Campaigns", "T1190 ", "described, 0.").waitFor();
    });

    /** Brings the tree's focus to a row, by arrow keys alone, from its first one. */
    const focus = async (name: string): Promise<void> => {
      await window.runCommand("ATT&CK: Focus on Campaigns View");
      await window.page.locator(".sidebar .pane .monaco-list:focus").waitFor();
      await window.page.keyboard.press("Home");
      const focused = pane("Campaigns").locator(".monaco-list-row.focused");
      for (let step = 0; step < 30; step += 1) {
        if ((await focused.getAttribute("aria-label"))?.startsWith(name) === true) return;
        await window.page.keyboard.press("ArrowDown");
      }
      throw new Error(`the arrow keys do not lead to ${name}`);
    };

    it("should reach the buttons with the tabulator", async () => {
      await focus("T1190 ");
      await window.page.keyboard.press("Tab");
      await until("Accept has the focus", () =>
        button(row("Campaigns", "T1190 "), "Accept").evaluate((each) => each === document.activeElement),
      );
      await window.page.keyboard.press("Enter");
      await stated("Campaigns", "T1190 ").waitFor();
      assert.equal((await saved()).replace(" <!-- attack: T1190 -->", ""), original);
    });

    for (const [word, name, written] of [
      ["Accept", "T1190 ", " <!-- attack: T1190 -->"],
      ["Reject", "T1505.003 ", " <!-- attack: ignore T1505.003 -->"],
    ] as const)
      it(`should ${word.toLowerCase()} in the menu of a row, by keyboard`, async () => {
        await focus(name);
        await window.page.keyboard.press("Shift+F10");
        const items = window.page.locator(".monaco-menu .action-item");
        await items.filter({ hasText: word }).first().waitFor();
        assert.deepEqual(
          (await items.allInnerTexts()).map((each) => each.trim()).filter((each) => each !== ""),
          [
            "Go to Sentence",
            "Accept",
            "Reject in Its Paragraph",
            "Reject in Whole Report",
            "Not This Technique, But…",
            "Attribute to…",
          ],
        );
        for (let step = 0; step < 5; step += 1) {
          await window.page.keyboard.press("ArrowDown");
          if ((await items.filter({ hasText: word, has: window.page.locator(":focus") }).count()) > 0) break;
        }
        await window.screenshot(join(outDirectory, "screenshots", `tree-menu-${word.toLowerCase()}-${host}.png`));
        await window.page.keyboard.press("Enter");
        await comment(written.trim()).first().waitFor();
        const text = await saved();
        assert.equal(text.split(written).length, 2);
        assert.equal(text.replace(written, ""), original);
      });
  });
}
