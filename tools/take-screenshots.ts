/**
 * Takes the pictures in docs/images/ from a real VS Code that runs the packaged extension on the samples.
 *
 *   npm run screenshots
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { matrixFrame, previewFrame } from "../test/harness/pages.ts";
import { outDirectory, projectDirectory } from "../test/harness/vscode-server.ts";
import { Window } from "../test/harness/window.ts";

const images = join(projectDirectory, "docs", "images");
const vsix = join(outDirectory, "attack-scribe.vsix");
const themes = { dark: "Default Dark Modern", light: "Default Light Modern" } as const;
const samples = { workspace: join(projectDirectory, "samples"), vsix };

const settingsFor = (theme: string) => ({
  "workbench.colorTheme": theme,
  "window.autoDetectColorScheme": false,
  "editor.wordWrap": "on",
  "editor.fontSize": 14,
});

mkdirSync(outDirectory, { recursive: true });
execFileSync("npx", ["vsce", "package", "--no-dependencies", "-o", vsix], {
  cwd: projectDirectory,
  stdio: ["ignore", "ignore", "inherit"],
});
for (const [name, theme] of Object.entries(themes)) {
  const window = await Window.open({
    ...samples,
    settings: { ...settingsFor(theme), "explorer.compactFolders": false },
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
  await takeCloseUps(name, theme);
}
process.exit(0);

/** Pictures of the walkthrough stand in a narrow column: what matters, in a small window. */
async function takeCloseUps(name: string, theme: string): Promise<void> {
  const window = await Window.open({
    ...samples,
    settings: {
      ...settingsFor(theme),
      "window.commandCenter": false,
      "window.customTitleBarVisibility": "never",
      "workbench.layoutControl.enabled": false,
      "editor.stickyScroll.enabled": false,
      "workbench.statusBar.visible": false,
      "breadcrumbs.enabled": false,
      "editor.folding": false,
      "editor.glyphMargin": false,
      "editor.lineNumbers": "off",
    },
    size: { width: 620, height: 520 },
    scale: 1.5,
  });
  const close = async (): Promise<void> => {
    await window.page.keyboard.press("Escape");
    await window.page.mouse.move(0, 0);
  };
  const picture = (step: string): Promise<void> => window.screenshot(join(images, `step-${step}-${name}.png`));
  try {
    await window.openFile("deadringer.md");
    await window.page.waitForTimeout(3000);
    await window.runCommand("View: Close Primary Side Bar");
    await window.runCommand("ATT&CK: Go to Next Suggestion");
    await window.page.waitForTimeout(1000);
    await close();
    await window.hover("ProxyLogon");
    await picture("read");
    await close();
    await window.page.keyboard.press("Control+Period");
    await window.page.locator(".action-widget", { hasText: "Accept T1190" }).waitFor();
    await picture("decide");
    await close();
    await window.runCommand("ATT&CK: Export…");
    await window.quickPickRows("DeadRinger");
    await window.page.keyboard.press("Enter");
    await window.quickPickRows("STIX");
    await picture("layers");
    await close();
    await window.page.setViewportSize({ width: 760, height: 600 });
    await window.runCommand("ATT&CK: Show Matrix");
    await matrixFrame(window);
    await window.runCommand("View: Toggle Maximize Editor Group");
    await window.runCommand("View: Show ATT&CK");
    await window.page.waitForTimeout(1500);
    await picture("campaigns");
  } finally {
    await window.close();
  }
}
