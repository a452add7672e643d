import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import type { Frame, Locator } from "playwright-core";
import { outDirectory, projectDirectory } from "../harness/vscode-server.ts";
import { cursorLine, faults, matrixFrame, previewFrame, until } from "../harness/pages.ts";
import { Window } from "../harness/window.ts";

const workspace = join(projectDirectory, "test", "fixtures", "workspace");
const vsix = join(outDirectory, "attack-scribe.vsix");

for (const host of ["node", "web"] as const) {
  describe(`the ATT&CK views in the ${host} host`, function () {
    this.timeout(240_000);
    let window: Window;

    before(async () => {
      window = await Window.open({
        workspace,
        vsix,
        host,
        size: { width: 1500, height: 900 },
        settings: {
          "files.autoSave": "off",
          "workbench.colorTheme": host === "node" ? "Default Dark Modern" : "Default Light Modern",
          "workbench.preferredDarkColorTheme": "Default Dark Modern",
          "workbench.preferredLightColorTheme": "Default Light Modern",
        },
      });
      await window.openFile("deadringer.md");
      await window.statusBar(/ATT&CK: \d/);
      await window.runCommand("View: Show ATT&CK");
    });

    after(async () => {
      await window.close();
    });

    const pane = (name: string): Locator => window.page.locator(".sidebar .pane", { hasText: name });
    const rowIn = (view: Locator, name: string): Locator =>
      view.locator(`.monaco-list-row[aria-label*="${name}"]`).first();
    const row = (name: string): Locator => rowIn(pane("deadringer.md"), name);

    /** What a screen reader hears of the cell that has the focus. */
    const focusedCell = (frame: Frame): Promise<string> =>
      frame.evaluate(() => {
        const heard = document.activeElement?.closest("td.cell")?.cloneNode(true) as Element | undefined;
        for (const hidden of heard?.querySelectorAll('[aria-hidden="true"]') ?? []) hidden.remove();
        return heard?.textContent ?? "";
      });

    it("should lead from a campaign to its sentence, by keyboard", async () => {
      await row("GALLIUM").click();
      const focused = async (name: string): Promise<void> =>
        pane("deadringer.md").locator(`.monaco-list-row.focused[aria-label*="${name}"]`).waitFor();
      const { keyboard } = window.page;
      await keyboard.press("ArrowDown");
      await focused("Initial Access");
      await keyboard.press("ArrowRight");
      await row("T1190 ").waitFor();
      await keyboard.press("ArrowDown");
      await focused("T1190 ");
      await keyboard.press("ArrowRight");
      await row("line 22").waitFor();
      await keyboard.press("ArrowDown");
      await focused("line 22");
      const before = readFileSync(join(window.workspace, "deadringer.md"), "utf8");
      await keyboard.press("Enter");
      await until("the cursor stands in the sentence", async () => (await cursorLine(window)) === 22);
      assert.equal(readFileSync(join(window.workspace, "deadringer.md"), "utf8"), before);
      assert.equal(await window.page.locator(".tab.dirty").count(), 0);
      await window.screenshot(join(outDirectory, "screenshots", `tree-${host}.png`));
    });

    it("should say in the empty view of problems that there are none", async () => {
      await window.page.locator(".sidebar .welcome-view", { hasText: "No problems in the mapping" }).waitFor();
    });

    it("should show the matrix, mark the cursor's cell, and pass axe-core", async () => {
      await window.runCommand("ATT&CK: Show Matrix");
      const frame = await matrixFrame(window);
      await frame.locator('td.cell[aria-current="location"]', { hasText: "T1190" }).first().waitFor();
      assert.deepEqual(await faults(frame), []);
      await window.screenshot(join(outDirectory, "screenshots", `matrix-${host}.png`));
    });

    it("should give the keys to the grid, on command and when its editor group gets them", async () => {
      const frame = await matrixFrame(window);
      await until("a cell has the focus", async () => / T\d{4}/.test(await focusedCell(frame)));
      await window.statusBar(/ATT&CK: \d/);
      await window.page.keyboard.press("ArrowRight");
      const before = await focusedCell(frame);
      await window.page.keyboard.press("Control+1");
      await until("the text has the keys", async () => !(await frame.evaluate(() => document.hasFocus())));
      await window.page.keyboard.press("Control+2");
      await until("the grid has them", () => frame.evaluate(() => document.hasFocus()));
      await until("the same cell has the focus", async () => (await focusedCell(frame)) === before);
      const outline = await frame.locator("td.cell:focus").evaluate((cell) => getComputedStyle(cell).outlineStyle);
      assert.equal(outline, "solid");
    });

    it("should search, move and go to the sentence by keyboard", async () => {
      const frame = await matrixFrame(window);
      await frame.locator("#search").focus();
      await window.type("t1053.005");
      await until("only that technique is left", async () => (await frame.locator("td.cell").count()) <= 3);
      await frame.locator("#search").fill("");
      await until("all are back", async () => (await frame.locator("td.cell").count()) > 8);
      await window.page.keyboard.press("ArrowDown");
      const focused = (): Promise<string> => focusedCell(frame);
      assert.match(await focused(), / T1190, /);
      assert.equal(await frame.locator('td.cell[tabindex="0"]').count(), 1);
      await frame.locator("#tooltip q").first().waitFor();
      await window.page.keyboard.press("ArrowRight");
      assert.match(await focused(), / T1053, /);
      await window.page.keyboard.press("ArrowDown");
      assert.match(await focused(), / T1053\.005, described, 0\.\d\d, /);
      assert.equal(await frame.locator('td.cell[tabindex="0"]').count(), 1);
      await window.page.keyboard.press("Enter");
      const line =
        readFileSync(join(workspace, "deadringer.md"), "utf8")
          .split("\n")
          .findIndex((one) => one.includes("Scheduled tasks")) + 1;
      await until("the cursor stands in the sentence", async () => (await cursorLine(window)) === line);
    });

    it("should go to the sentence by a click, and export what it shows", async () => {
      const frame = await matrixFrame(window);
      const source = readFileSync(join(workspace, "deadringer.md"), "utf8").split("\n");
      await frame.locator("td.cell.inferred", { hasText: "T1190" }).first().click();
      await until(
        "the cursor stands in the sentence",
        async () => source[(await cursorLine(window)) - 1]?.includes("ProxyLogon") === true,
      );
      for (const [button, ending, beginning] of [
        ["SVG", "svg", /^<svg/],
        ["PNG", "png", /^.PNG/],
        ["Layer", "json", /^\[\s+\{\s+"versions"/],
      ] as const) {
        await frame.locator("button", { hasText: new RegExp(`^${button}$`) }).click();
        const name = window.page.locator(".quick-input-widget:not([inert]) .quick-input-box input");
        await until("the dialog proposes a file", async () => (await name.inputValue()).endsWith(`.${ending}`));
        const proposed = await name.inputValue();
        await window.page.keyboard.press("Enter");
        await until(`${proposed} is written`, () => Promise.resolve(existsSync(proposed)));
        await until(`${proposed} is whole`, () => Promise.resolve(beginning.test(readFileSync(proposed, "latin1"))));
      }
    });

    it("should fold and unfold sub-techniques by keyboard and by pointer", async () => {
      const frame = await matrixFrame(window);
      const { keyboard } = window.page;
      const parent = frame.locator("td.cell[aria-expanded]", { hasText: "T1053" }).first();
      const subs = frame.locator("td.cell", { hasText: "T1053.005" });
      const before = await subs.count();
      const expanded = (state: boolean): Promise<void> =>
        until(`aria-expanded is ${state}`, async () => (await parent.getAttribute("aria-expanded")) === String(state));
      await expanded(true);
      await subs.first().focus();
      await keyboard.press("-");
      await expanded(false);
      assert.equal(await subs.count(), before - 1);
      assert.match(
        await focusedCell(frame),
        / T1053, only sub-techniques in the report, 1 sub-technique in the report$/,
      );
      await keyboard.press("+");
      await expanded(true);
      assert.equal(await subs.count(), before);
      // A technique that the report does not show has no sentence to go to.
      await keyboard.press("Enter");
      await expanded(false);
      await parent.locator(".fold").click();
      await expanded(true);
      assert.equal(await subs.count(), before);
    });

    it("should show ids without names by key and by box, keep that when hidden, and pass axe-core", async () => {
      const frame = await matrixFrame(window);
      const size = (of: Frame): Promise<readonly [name: number, table: number]> =>
        of.evaluate(() => [
          document.querySelector("td.cell .name")?.clientWidth ?? NaN,
          document.querySelector("table")?.offsetWidth ?? NaN,
        ]);
      const cell = frame.locator("td.cell", { hasText: "T1190" }).first();
      await cell.focus();
      const before = await focusedCell(frame);
      const [, wide] = await size(frame);
      await window.page.keyboard.press("c");
      assert.equal(await frame.locator("#compact").isChecked(), true);
      assert.equal(await frame.locator("#status").innerText(), "ids without names");
      const [name, narrow] = await size(frame);
      assert.ok(name <= 1 && narrow < 0.8 * wide, `${name}, ${narrow} of ${wide}`);
      // A screen reader is told the same, and the tooltip says the name.
      assert.equal(await focusedCell(frame), before);
      await window.page.keyboard.press("ArrowRight");
      await window.page.keyboard.press("ArrowLeft");
      await frame.locator("#tooltip strong", { hasText: "Exploit Public-Facing Application" }).waitFor();
      assert.deepEqual(await faults(frame), []);
      await window.screenshot(join(outDirectory, "screenshots", `matrix-compact-${host}.png`));
      await window.page.locator(".tab", { hasText: "Matrix:" }).click();
      await window.openFile("report.md");
      await window.page.locator(".tab", { hasText: "Matrix:" }).click();
      await window.page.locator('.tab[data-resource-name="deadringer.md"]').click();
      const again = await matrixFrame(window);
      assert.equal(await again.locator("#compact").isChecked(), true);
      assert.ok((await size(again))[0] <= 1);
      await again.locator("#compact").uncheck();
      assert.equal(await again.locator("#status").innerText(), "ids and names");
      assert.ok((await size(again))[0] > 20);
    });

    it("should keep headings and scroll bars in sight, and say what is cut", async () => {
      const frame = await matrixFrame(window);
      await frame.locator("#used").uncheck();
      await until("the whole matrix shows", async () => (await frame.locator("td.cell").count()) > 200);
      const measured = (): Promise<{ readonly heading: number; readonly bar: boolean; readonly left: number }> =>
        frame.locator("#page").evaluate((page) => ({
          heading: page.querySelector("th")?.getBoundingClientRect().top ?? NaN,
          // Its horizontal bar lies at the lower edge of the window.
          bar: page.scrollWidth > page.clientWidth && page.getBoundingClientRect().bottom <= innerHeight,
          left: page.scrollLeft,
        }));
      await frame.locator("#page").evaluate((page) => page.scrollTo(0, 900));
      const { heading, bar } = await measured();
      assert.ok(Math.abs(heading) < 1, `the heading sticks to the upper edge, not ${heading}`);
      assert.equal(bar, true);
      assert.equal(await frame.locator("#left").isVisible(), false);
      assert.match(await frame.locator("#right button").innerText(), /^\d+ ›$/);
      await frame.locator("#right button").click();
      await until("it has scrolled", async () => (await measured()).left > 100);
      await frame.locator("#left button").waitFor();
      // Sub-techniques that the report does not show, on demand.
      const unused = frame.locator('td.cell.unused[aria-expanded="false"]').first();
      const count = await frame.locator("td.cell").count();
      await unused.focus();
      await window.page.keyboard.press("+");
      await until("they show", async () => (await frame.locator("td.cell").count()) > count);
      await frame.locator("#used").check();
      await frame.locator("#page").evaluate((page) => page.scrollTo(0, 0));
    });

    it("should say why a search finds nothing, and search all techniques on demand", async () => {
      const frame = await matrixFrame(window);
      await frame.locator("#search").fill("bootkit");
      assert.match(
        await frame.locator("p.empty").innerText(),
        /^Nothing that the report shows matches “bootkit”\.\s*Search All Techniques \(1\)$/,
      );
      await frame.locator("p.empty button").click();
      await frame.locator("td.cell.unused", { hasText: "T1542.003" }).first().waitFor();
      assert.match(await focusedCell(frame), / T1542\.003, not in the report$/);
      assert.match(await frame.locator("th").first().innerText(), /\n1 found$/);
      await frame.locator("#search").fill("no such technique");
      assert.equal(await frame.locator("p.empty").innerText(), "No technique matches “no such technique”.");
      await frame.locator("#search").fill("");
      await frame.locator("#used").check();
      await until("all are back", async () => (await frame.locator("td.cell").count()) > 8);
      const [heading] = await frame.locator("th").allInnerTexts();
      assert.match(heading ?? "", /^Initial Access\n\d+ in the report$/);
    });

    it("should show one campaign alone, keep that when hidden, and show unused techniques on demand", async () => {
      const frame = await matrixFrame(window);
      const naikon = await frame.locator("#campaign option", { hasText: /^Naikon \(\d+\)/ }).textContent();
      await frame.locator("#campaign").selectOption({ label: naikon?.trim() ?? "" });
      await until(
        "GALLIUM's cell is gone",
        async () => (await frame.locator("td.cell", { hasText: "T1190" }).count()) === 0,
      );
      // The cell that had the keys is gone, too: they go to one that the report shows, not to the first one's parent.
      assert.match((await frame.locator("td.cell").first().getAttribute("class")) ?? "", /unused/);
      assert.doesNotMatch((await frame.locator('td.cell[tabindex="0"]').getAttribute("class")) ?? "", /unused/);
      await window.page.locator(".tab", { hasText: "Matrix:" }).click();
      await window.openFile("report.md");
      await window.page.locator(".tab", { hasText: "Matrix:" }).click();
      await window.page.locator('.tab[data-resource-name="deadringer.md"]').click();
      const again = await matrixFrame(window);
      await again.locator("#used").uncheck();
      await until("the whole matrix shows", async () => (await again.locator("td.cell").count()) > 200);
      assert.deepEqual(await faults(again), []);
      await again.locator("#used").check();
    });

    /** How bright a page's background is, from 0 to 255. */
    const brightness = (frame: Frame): Promise<number> =>
      frame.evaluate(() => {
        const parts = /(\d+), (\d+), (\d+)/.exec(getComputedStyle(document.body).backgroundColor) ?? [];
        return (Number(parts[1]) + Number(parts[2]) + Number(parts[3])) / 3;
      });
    const toggleTheme = (): Promise<void> => window.runCommand("Preferences: Toggle between Light/Dark Themes");

    it("should give the matrix the colours of another theme, without loading it anew", async () => {
      const errors: string[] = [];
      window.page.on("pageerror", (error) => errors.push(String(error)));
      const frame = await matrixFrame(window);
      const colourOfCell = (): Promise<string> =>
        frame
          .locator("td.cell.inferred")
          .first()
          .evaluate((cell) => getComputedStyle(cell).backgroundColor);
      const born = await frame.evaluate(() => performance.timeOrigin);
      const [before, cellBefore] = [await brightness(frame), await colourOfCell()];
      const isDark = before < 128;
      assert.equal(isDark, host === "node");
      await toggleTheme();
      await until("the matrix is as bright as the theme", async () => (await brightness(frame)) < 128 !== isDark);
      await until("the cells are, too", async () => (await colourOfCell()) !== cellBefore);
      assert.deepEqual(await faults(frame), []);
      assert.equal(await frame.evaluate(() => performance.timeOrigin), born);
      await toggleTheme();
      await until("all is as it was", async () => (await brightness(frame)) === before);
      await until("the cells are, too", async () => (await colourOfCell()) === cellBefore);
      assert.deepEqual(errors, []);
      assert.equal(await window.page.locator(".notification-toast .codicon-error").count(), 0);
    });

    it("should annotate the preview of Markdown", async () => {
      await window.page.locator('.tab[data-resource-name="deadringer.md"]').click();
      await window.runCommand("Markdown: Open Preview to the Side");
      const annotated = await previewFrame(window, '.attack-scribe[title^="G0019 Naikon"]');
      assert.equal(await annotated.locator(".attack-scribe script").count(), 0);
      // As in the editor, where a dotted line marks what is only described.
      const line = await annotated
        .locator(".attack-scribe")
        .first()
        .evaluate((words) => getComputedStyle(words).textDecorationStyle);
      assert.equal(line, "solid");
      await window.screenshot(join(outDirectory, "screenshots", `preview-${host}.png`));
    });

    it("should show the mapping as a page beside the report", async () => {
      await window.page.locator('.tab[data-resource-name="deadringer.md"]').click();
      await window.runCommand("ATT&CK: Show Mapping");
      const mapping = await previewFrame(window, "table td:has-text('T1190')");
      assert.match(await mapping.locator("h1").innerText(), /^ATT&CK mapping of /);
      assert.ok((await mapping.locator("h2", { hasText: "DeadRinger" }).count()) > 0);
      await window.screenshot(join(outDirectory, "screenshots", `mapping-${host}.png`));
    });

    it("should draw the matrix of the preview in the colours of another theme", async () => {
      writeFileSync(join(window.workspace, "drawn.md"), "# Drawn\n\nFIN7 used T1055.\n\n```attack-matrix\n```\n");
      await window.openFile("drawn.md");
      await window.runCommand("Markdown: Open Preview to the Side");
      const drawn = async (): Promise<string> => {
        for (const frame of window.page.frames()) {
          const [first] = await frame
            .locator("body.vscode-body .attack-scribe-matrix")
            .evaluateAll((found) => found.map(({ outerHTML }) => outerHTML))
            .catch(() => []);
          if (first !== undefined) return first;
        }
        return "";
      };
      await until("the matrix is drawn", async () => (await drawn()) !== "");
      const scale = await (
        await previewFrame(window, ".attack-scribe-matrix svg")
      )
        .locator(".attack-scribe-matrix svg")
        .evaluate((svg) => svg.clientWidth / Number(svg.getAttribute("width")));
      assert.ok(scale > 0.75, "its letters can be read, however narrow the preview is");
      await window.screenshot(join(outDirectory, "screenshots", `preview-matrix-${host}.png`));
      const before = await drawn();
      await toggleTheme();
      await until("it has other colours", async () => !["", before].includes(await drawn()));
      await toggleTheme();
      await until("it has the same colours again", async () => (await drawn()) === before);
      assert.equal(await window.page.locator(".notification-toast .codicon-error").count(), 0);
    });

    it("should give a technique to another campaign by drag and drop, as a directive", async () => {
      await window.page.locator('.tab[data-resource-name="deadringer.md"]').click();
      const orphan = rowIn(pane("Unattributed"), "T1003.001");
      const centre = async (locator: Locator): Promise<readonly [number, number]> => {
        const box = await locator.boundingBox();
        assert.ok(box);
        return [box.x + 80, box.y + box.height / 2];
      };
      const { mouse } = window.page;
      await mouse.move(...(await centre(orphan)));
      await mouse.down();
      await mouse.move(...(await centre(row("Naikon"))), { steps: 20 });
      await window.page.waitForTimeout(300);
      await mouse.move(...(await centre(row("Naikon"))));
      await mouse.up();
      await window.page.locator(".tab.dirty").waitFor();
      await window.page.locator(".editor-instance .view-lines").first().click();
      await window.runCommand("File: Save");
      const saved = (): string => readFileSync(join(window.workspace, "deadringer.md"), "utf8");
      await until("the directive stands behind the sentence", () =>
        Promise.resolve(/\(T1003\.001\)\. <!-- attack: by Naikon -->/.test(saved())),
      );
    });

    it("should show the matrix as it was left when the window is loaded anew", async () => {
      await window.runCommand("View: Close All Editors");
      await window.openFile("deadringer.md");
      await window.runCommand("ATT&CK: Show Matrix");
      const frame = await matrixFrame(window);
      await frame.locator("#search").fill("scheduled");
      await until("only these are left", async () => (await frame.locator("td.cell").count()) <= 8);
      const cells = (of: Frame): Promise<readonly string[]> => of.locator("td.cell .id").allInnerTexts();
      const before = await cells(frame);
      // VS Code writes down what stands open when it closes its window, not when the browser drops the page.
      const loaded = window.page.waitForEvent("load");
      await window.runCommand("Developer: Reload Window");
      await loaded;
      await window.page.locator(".tab", { hasText: "Matrix: deadringer.md" }).waitFor({ timeout: 60_000 });
      const again = await matrixFrame(window);
      assert.equal(await again.locator("#search").inputValue(), "scheduled");
      assert.deepEqual(await cells(again), before);
    });
  });
}
