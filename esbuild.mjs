import { build } from "esbuild";
import { chmodSync, rmSync } from "node:fs";

/** Bundles every target into dist/. The sources are ES modules; VS Code's hosts and `bin` get CommonJS. */
const common = {
  bundle: true,
  logLevel: "warning",
  sourcemap: false,
  minify: true,
  legalComments: "none",
  target: "es2022",
  // ES2018 has them; else each such literal becomes a call that makes the expression anew wherever it is asked.
  supported: { "regexp-unicode-property-escapes": true },
  loader: { ".json": "json" },
};

/** CommonJS has no import.meta.url; this is what the bundle says instead. */
const metaUrl = {
  define: { "import.meta.url": "__bundleUrl" },
  banner: { js: 'const __bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

rmSync("dist", { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ["src/editor/extension.ts"],
    outfile: "dist/extension.js",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  }),
  build({
    ...common,
    entryPoints: ["src/editor/extension.ts"],
    outfile: "dist/web/extension.js",
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
  }),
  build({
    ...common,
    entryPoints: ["src/editor/webview/matrix.ts", "src/editor/webview/matrix.css"],
    outdir: "dist/webview",
    platform: "browser",
    format: "iife",
  }),
  build({
    ...common,
    entryPoints: ["src/cli/bin.ts"],
    minify: false,
    outfile: "dist/cli.js",
    platform: "node",
    format: "cjs",
    // Official validation of a bundle is rare and its schemas are large; the rasteriser is a native module. Both stay dependencies.
    external: ["@mitre-attack/attack-data-model", "@resvg/resvg-js", "tinypool"],
    define: metaUrl.define,
    banner: metaUrl.banner,
  }),
  build({
    ...common,
    entryPoints: ["src/cli/classify-thread.ts"],
    outfile: "dist/classify-thread.js",
    platform: "node",
    format: "cjs",
  }),
  build({
    ...common,
    entryPoints: ["src/index.ts"],
    outfile: "dist/index.mjs",
    platform: "neutral",
    mainFields: ["module", "main"],
    format: "esm",
    minify: false,
  }),
  build({
    ...common,
    entryPoints: ["src/node.ts"],
    outfile: "dist/node.mjs",
    platform: "node",
    format: "esm",
    minify: false,
    external: ["yaml", "ajv", "minisearch", "@lezer/markdown"],
  }),
]);
chmodSync("dist/cli.js", 0o755);
