import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { previewFrame, until } from "../harness/pages.ts";
import { outDirectory, projectDirectory, restrictedMode } from "../harness/vscode-server.ts";
import { Window } from "../harness/window.ts";

const workspace = join(projectDirectory, "test", "fixtures", "workspace");
const vsix = join(outDirectory, "attack-scribe.vsix");

describe("a virtual workspace that is not trusted, all in the web worker host", function () {
  this.timeout(180_000);
  let window: Window;

  before(async () => {
    window = await Window.open({ workspace, isVirtual: true, vsix, host: "web", settings: restrictedMode });
    await window.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    await window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "deadringer.md" }).dblclick();
    await window.statusBar(/ATT&CK: \d/);
  });

  after(async () => {
    await window.close();
  });

  it("should annotate the preview of Markdown", async () => {
    await window.runCommand("Markdown: Open Preview to the Side");
    const frame = await previewFrame(window, '.attack-scribe[title^="G0019 Naikon"]');
    assert.match(await frame.locator("body").innerText(), /Naikon entered by way of/);
    assert.equal(await frame.locator(".attack-scribe script").count(), 0);
    await window.screenshot(join(outDirectory, "screenshots", "preview-virtual.png"));
  });

  it("should draw the matrix into the preview as soon as it is written", async () => {
    await window.page.keyboard.press("Control+1");
    await window.page.locator(".editor-instance .view-lines").first().click();
    await window.page.keyboard.press("Control+End");
    await window.type("\n\n```attack-matrix\ncampaign: Naikon\n");
    const frame = await previewFrame(window, ".attack-scribe-matrix svg");
    const svg = frame.locator(".attack-scribe-matrix svg");
    // While the name is being typed, the matrix is that of all campaigns.
    await until("the matrix is Naikon's alone", async () => {
      const own = await svg.locator("text", { hasText: /^T1053\.005 · [01]\.\d\d$/ }).count();
      return own > 0 && (await svg.locator("text", { hasText: /^T1190\b/ }).count()) === 0;
    });
  });
});
