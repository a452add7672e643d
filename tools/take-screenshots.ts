/**
 * Takes the pictures in docs/images/ from a real VS Code that runs the packaged extension on the samples.
 *
 *   npm run screenshots
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { previewFrame } from "../test/harness/pages.ts";
import { outDirectory, projectDirectory } from "../test/harness/vscode-server.ts";
import { Window } from "../test/harness/window.ts";

const images = join(projectDirectory, "docs", "images");
const vsix = join(outDirectory, "attack-scribe.vsix");
const themes = { dark: "Default Dark Modern", light: "Default Light Modern" } as const;

mkdirSync(outDirectory, { recursive: true });
execFileSync("npx", ["vsce", "package", "--no-dependencies", "-o", vsix], {
  cwd: projectDirectory,
  stdio: ["ignore", "ignore", "inherit"],
});
for (const [name, theme] of Object.entries(themes)) {
  const window = await Window.open({
    workspace: join(projectDirectory, "samples"),
    vsix,
    settings: {
      "workbench.colorTheme": theme,
      "window.autoDetectColorScheme": false,
      "editor.wordWrap": "on",
      "editor.fontSize": 14,
      "explorer.compactFolders": false,
    },
    size: { width: 1280, height: 760 },
  });
  try {
    await window.openFile("deadringer.md");
    await window.statusBar(/ATT&CK: \d/);
    await window.hover("ProxyLogon");
    await window.screenshot(join(images, `hover-${name}.png`));
    await window.page.keyboard.press("Escape");
    await window.runCommand("ATT&CK: Look Up");
    await window.fillQuickInput("golden ticket");
    await window.quickPickRows("T1558.001");
    await window.screenshot(join(images, `look-up-${name}.png`));
    await window.page.keyboard.press("Escape");
    await window.page.locator(".editor-instance .view-line").first().click();
    await window.runCommand("ATT&CK: Go to Next Suggestion");
    await window.runCommand("ATT&CK: Not This Technique, But…");
    await window.quickPickRows("suggested for this sentence too");
    await window.screenshot(join(images, `decide-${name}.png`));
    await window.page.keyboard.press("Escape");
    await window.runCommand("ATT&CK: Export…");
    await window.quickPickRows("DeadRinger");
    await window.page.keyboard.press("Enter");
    await window.quickPickRows("STIX");
    await window.screenshot(join(images, `export-${name}.png`));
    await window.page.keyboard.press("Escape");
    await window.runCommand("ATT&CK: Show Mapping");
    await window.page.locator(".tab", { hasText: "ATT&CK mapping" }).waitFor();
    await previewFrame(window, "table");
    await window.screenshot(join(images, `mapping-${name}.png`));
    await window.runCommand("View: Close All Editors");
    // This one states some ids, and describes the rest.
    await window.page.setViewportSize({ width: 1600, height: 860 });
    await window.openFile("harbour-lantern-advisory.md");
    await window.runCommand("View: Show ATT&CK");
    await window.runCommand("ATT&CK: Show Matrix");
    await window.page.locator(".tab", { hasText: "Matrix:" }).waitFor();
    await window.page.waitForTimeout(1500);
    await window.screenshot(join(images, `matrix-${name}.png`));
  } finally {
    await window.close();
  }
}
process.exit(0);
