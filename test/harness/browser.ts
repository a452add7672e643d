import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Chromium from CHROMIUM_PATH or its usual places; as root on Debian it is installed. Throws where there is none. */
export function ensureChromium(): string {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  }
  const found = usualPlaces.find((path) => existsSync(path));
  if (found !== undefined) return found;
  let reason = "";
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    try {
      installChromium();
    } catch (error) {
      reason = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    const installed = usualPlaces.find((path) => existsSync(path));
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `The editor tests need Chromium: install it, or name a Chromium or Chrome in the environment variable CHROMIUM_PATH${reason}`,
  );
}

/** Debian's Chromium, and a font for it. */
function installChromium(): void {
  console.error("Installing Debian's Chromium for the tests …");
  const apt = (...args: readonly string[]): void =>
    void execFileSync("apt-get", args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      timeout: 10 * 60_000,
    });
  apt("update");
  apt("install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core");
}

/** A headless browser without anything that reaches for the internet. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: ensureChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
      "--force-color-profile=srgb",
    ],
  });
}
