import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { cursorLine, faults, matrixFrame, until } from "../harness/pages.ts";
import { outDirectory, projectDirectory } from "../harness/vscode-server.ts";
import { Window } from "../harness/window.ts";

const workspace = join(projectDirectory, "test", "fixtures", "workspace");
const vsix = join(outDirectory, "attack-scribe.vsix");

/** What an author does with suggestions, completions, campaigns and exports, by keyboard alone, in both high-contrast themes. */
for (const [host, theme] of [
  ["node", "Default High Contrast"],
  ["web", "Default High Contrast Light"],
] as const) {
  describe(`writing a report in the ${host} host, ${theme}`, function () {
    this.timeout(180_000);
    let window: Window;
    const original = readFileSync(join(workspace, "deadringer.md"), "utf8");

    before(async () => {
      window = await Window.open({
        workspace,
        vsix,
        host,
        settings: { "files.autoSave": "off", "workbench.colorTheme": theme, "window.autoDetectHighContrast": false },
      });
      await window.openFile("deadringer.md");
      await window.statusBar(/ATT&CK: \d/);
    });

    after(async () => {
      await window.close();
    });

    /** The report as the editor has it. */
    const text = async (): Promise<string> => {
      await window.page.keyboard.press("Control+S");
      await until("the report is saved", async () => (await window.page.locator(".tab.dirty").count()) === 0);
      // While it is being saved the file is empty for a moment.
      let saved = "";
      await until("the file is whole", () => {
        saved = readFileSync(join(window.workspace, "deadringer.md"), "utf8");
        return Promise.resolve(saved !== "");
      });
      return saved;
    };
    const press = (key: string): Promise<void> => window.page.keyboard.press(key);
    const selected = (words: string): Promise<string> => window.statusBar(new RegExp(`\\(${words.length} selected\\)`));
    /** Goes to the first suggestion, ProxyLogon, with its hover. */
    const toFirst = async (): Promise<void> => {
      await press("Escape");
      await press("Control+Home");
      await press("Control+Alt+Period");
      await selected("ProxyLogon");
      await window.page.locator(".monaco-hover:not(.hidden)", { hasText: "T1190" }).waitFor();
      await press("Escape");
    };
    const undo = async (): Promise<void> => {
      await press("Control+Z");
      assert.equal(await text(), original);
    };

    it("should accept a suggestion, which is stated from then on, in one undo step", async () => {
      await toFirst();
      await press("Control+Alt+Enter");
      await window.page.locator(".tab.dirty").waitFor();
      const accepted = await text();
      assert.equal(accepted.split("<!-- attack: T1190 -->").length, 2);
      assert.equal(accepted.replace(" <!-- attack: T1190 -->", ""), original);
      // The next one is another: T1190 is no suggestion any more.
      await press("Control+Home");
      await press("Control+Alt+Period");
      await selected("left the China Chopper web shell");
      await press("Escape");
      await undo();
    });

    it("should reject a suggestion, which stays away when the report changes elsewhere", async () => {
      await toFirst();
      await press("Control+Alt+Backspace");
      await window.page.locator(".tab.dirty").waitFor();
      const rejected = await text();
      assert.equal(rejected.split("<!-- attack: ignore T1190 -->").length, 2);
      await press("Control+Home");
      await press("Control+Alt+Period");
      await selected("left the China Chopper web shell");
      await press("Escape");
      await press("Control+End");
      await window.type("\n\nNothing happened on Tuesday.\n");
      await window.page.waitForTimeout(1000);
      await press("Control+Home");
      await press("Control+Alt+Period");
      await selected("left the China Chopper web shell");
      await press("Escape");
      for (let step = 0; step < 10 && (await text()) !== original; step += 1) await press("Control+Z");
      assert.equal(await text(), original);
    });

    it("should replace a suggestion by the other one of its sentence, in one undo step", async () => {
      await toFirst();
      await press("Control+Alt+Shift+Enter");
      const [first = ""] = await window.quickPickRows("suggested for this sentence too");
      const id = /T\d{4}(?:\.\d{3})?/.exec(first)?.[0] ?? "none";
      assert.equal(id, "T1505.003");
      await press("Enter");
      await window.page.locator(".tab.dirty").waitFor();
      assert.ok((await text()).includes(`<!-- attack: ${id} --> <!-- attack: ignore T1190 -->`));
      await undo();
    });

    it("should replace a suggestion by what was rejected in its paragraph before, which is stated then", async () => {
      await toFirst();
      await press("Control+Alt+Period");
      await selected("left the China Chopper web shell");
      await press("Escape");
      await press("Control+Alt+Backspace");
      await window.page.locator(".tab.dirty").waitFor();
      const rejected = await text();
      assert.ok(rejected.includes("<!-- attack: ignore T1505.003 -->"));
      await toFirst();
      await press("Control+Alt+Shift+Enter");
      await window.quickPickRows("T1");
      await window.fillQuickInput("T1505.003");
      await window.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "T1505.003" }).waitFor();
      await press("Enter");
      await window.page.locator(".tab.dirty").waitFor();
      const replaced = await text();
      assert.ok(replaced.includes("<!-- attack: T1505.003 --> <!-- attack: ignore T1505.003 T1190 -->"), replaced);
      await window.runCommand("ATT&CK: Show Matrix");
      const frame = await matrixFrame(window);
      await frame.locator("td.cell.stated", { hasText: "T1505.003" }).waitFor();
      await window.runCommand("View: Close Editor");
      await press("Control+Z");
      assert.equal(await text(), rejected);
      await undo();
    });

    it("should accept all from a confidence on, in one undo step", async () => {
      await window.runCommand("ATT&CK: Accept All Suggestions");
      const rows = await window.quickPickRows("All");
      assert.ok(
        rows.some((one) => /0\.\d\d or surer.*\d suggestion/.test(one)),
        rows.join("; "),
      );
      const expected = Number(/(\d+) suggestion/.exec(rows[0] ?? "")?.[1]);
      await press("Enter");
      await window.page.locator(".tab.dirty").waitFor();
      const added = (await text()).match(/<!-- attack: T\d{4}(?:\.\d{3})? -->/g) ?? [];
      assert.ok(added.length > 0 && added.length <= expected, `${added.length} of ${expected}`);
      await undo();
    });

    it("should complete an id, with what it means beside it", async () => {
      await press("Control+End");
      await window.type("They used T1055");
      await window.page
        .locator(".suggest-widget .monaco-list-row.focused", { hasText: "T1055 Process Injection" })
        .waitFor();
      const details = window.page.locator(".suggest-details", { hasText: "Process Injection" });
      // The side panel may be closed; the key that opens it closes it, too.
      await until("the side panel is open", async () => {
        if (await details.isVisible()) return true;
        await press("Control+Space");
        await window.page.waitForTimeout(1000);
        return details.isVisible();
      });
      await press("Enter");
      await window.type(".");
      assert.match(await text(), /They used Process Injection \(T1055\)\.$/);
      for (let step = 0; step < 40 && (await text()) !== original; step += 1) await press("Control+Z");
      assert.equal(await text(), original);
    });

    /** Goes to the beginning of a line, by its number. */
    const toLine = async (line: number): Promise<void> => {
      await press("Escape");
      await press("Control+G");
      await window.fillQuickInput(`:${line}`);
      await press("Enter");
      await until(`the cursor stands in line ${line}`, async () => (await cursorLine(window)) === line);
    };
    const lineOf = (words: string): number => original.split("\n").findIndex((each) => each.includes(words)) + 1;

    it("should go to campaigns and to their techniques as symbols of the report, and of all that are open", async () => {
      for (const [key, query, row, words] of [
        ["Control+Shift+O", "@Naikon", "Naikon", "## Cluster B: Naikon"],
        ["Control+Shift+O", "@T1056.001", "T1056.001 ", "a keylogger"],
        ["Control+T", "#GALLIUM", "GALLIUM", "## Cluster A: Soft Cell"],
        ["Control+T", "#Soft Cell", "Soft Cell (GALLIUM)", "## Cluster A: Soft Cell"],
      ] as const) {
        await toLine(1);
        await press(key);
        await window.fillQuickInput(query);
        await window.page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${row}"]`).waitFor();
        await press("Enter");
        await until(`the cursor stands where ${query} leads`, async () => (await cursorLine(window)) === lineOf(words));
      }
    });

    it("should list every sentence of a technique, and go to another one", async () => {
      await toFirst();
      await press("Shift+F12");
      const references = window.page.locator(".reference-zone-widget .ref-tree .monaco-list-row");
      await references.filter({ hasText: "in which ProxyLogon was used" }).waitFor();
      await references.filter({ hasText: "exploited ProxyLogon months before" }).waitFor();
      const focused = window.page.locator(".reference-zone-widget .ref-tree .monaco-list-row.focused");
      for (let step = 0; step < 5; step += 1) {
        if (/in which ProxyLogon/.test(await focused.innerText())) break;
        await press("ArrowDown");
      }
      await press("Enter");
      await until(
        "the cursor stands in the other sentence",
        async () => (await cursorLine(window)) === lineOf("in which ProxyLogon"),
      );
      await press("Escape");
      await press("Escape");
      await references.first().waitFor({ state: "hidden" });
    });

    it("should rename a campaign wherever the report names it, in one undo step", async () => {
      await toLine(lineOf("Naikon entered"));
      await press("F2");
      const box = window.page.locator(".rename-box input");
      await until("the name can be written", () => box.evaluate((input) => input === document.activeElement));
      assert.equal(await box.inputValue(), "Naikon");
      await window.type("Night Heron");
      await press("Enter");
      await window.page.locator(".tab.dirty").waitFor();
      assert.equal(await text(), original.replaceAll("Naikon", "Night Heron"));
      await undo();
    });

    it("should attribute a sentence to a campaign of the report, or to another one, by a directive", async () => {
      for (const [choice, name] of [
        ["Naikon", "Naikon"],
        ["Another campaign…", "Grey Owl"],
      ] as const) {
        await toLine(lineOf("(T1003.001)"));
        await window.runCommand("ATT&CK: Attribute to…");
        await window.quickPickRows("Naikon");
        await window.fillQuickInput(choice);
        await window.quickPickRows(choice);
        await press("Enter");
        if (choice !== name) {
          await window.page.locator(".quick-input-widget", { hasText: "Name of the campaign" }).waitFor();
          await window.fillQuickInput(name);
          await press("Enter");
        }
        await window.page.locator(".tab.dirty").waitFor();
        assert.equal(await text(), original.replace("(T1003.001).", `(T1003.001). <!-- attack: by ${name} -->`));
        await undo();
      }
    });

    it("should export the mapping to a file", async () => {
      await window.runCommand("ATT&CK: Export…");
      await window.quickPickRows("GALLIUM");
      await press("Enter");
      await window.quickPickRows("CSV of the evidence");
      await window.fillQuickInput("CSV");
      await press("Enter");
      await until("the dialog proposes a file", async () =>
        /\.csv$/.test(await window.page.locator(".quick-input-widget input").first().inputValue()),
      );
      const proposed = await window.page.locator(".quick-input-widget input").first().inputValue();
      await press("Enter");
      await until("the file is written", () => Promise.resolve(existsSync(proposed)));
      assert.match(readFileSync(proposed, "utf8"), /^Campaign,[^]*T1190/);
    });

    it("should show the matrix in high contrast without a fault that axe-core finds", async () => {
      await window.runCommand("ATT&CK: Show Matrix");
      const frame = await matrixFrame(window);
      assert.deepEqual(await faults(frame), []);
      const widths = await frame
        .locator("td.cell.inferred")
        .first()
        .evaluate((cell) => {
          const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(cell);
          return { borderTopWidth, differs: borderTopColor !== backgroundColor };
        });
      assert.deepEqual(widths, { borderTopWidth: "2px", differs: true });
      await window.screenshot(join(outDirectory, "screenshots", `matrix-contrast-${host}.png`));
    });
  });
}
