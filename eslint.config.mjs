import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The one way through the house: a room may import itself and the rooms before it, never a room behind it. */
const rooms = ["attack", "report", "mapping", "campaigns", "lint", "layers", "exports"];
/** What only the shells may touch. */
const impure = [
  "vscode",
  "fs",
  "fs/*",
  "path",
  "os",
  "http",
  "https",
  "net",
  "child_process",
  "process",
  "crypto",
  "zlib",
  "url",
];
const impureImports = [...impure, ...impure.map((name) => `node:${name}`), "node:*"];

const purity = rooms.map((room, at) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          { group: impureImports, message: "Rooms below the shells are pure: no editor, no file system, no network." },
          {
            group: [...rooms.slice(at + 1), "editor", "cli"].map((later) => `**/${later}/**`),
            message: `Nothing points back up: ${room}/ must not know the rooms behind it.`,
          },
        ],
      },
    ],
    "no-restricted-globals": [
      "error",
      ...[
        "process",
        "window",
        "document",
        "fetch",
        "XMLHttpRequest",
        "localStorage",
        "setTimeout",
        "setInterval",
        "require",
        "__dirname",
      ].map((name) => ({ name, message: "Rooms below the shells use no globals of a host." })),
    ],
    "no-restricted-properties": [
      "error",
      { object: "Date", property: "now", message: "No clock in a pure room: take the time as an argument." },
      { object: "Math", property: "random", message: "Pure rooms are deterministic." },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: ["dist/**", "out/**", ".vscode-test/**", "node_modules/**", "test/fixtures/**", "coverage/**", "**/*.cjs"],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.mjs"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Take the time as an argument." },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  ...purity,
  {
    // The network, and nothing else of a host: both shells use it, in Node and in a web worker.
    files: ["src/update/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: impureImports, message: "What fetches runs in a web worker, too: no editor, no file system." },
            {
              group: [...rooms.slice(1), "editor", "cli"].map((later) => `**/${later}/**`),
              message: "What fetches knows ATT&CK alone.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/index.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: impureImports }] },
  },
  {
    files: ["*.mjs"],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, "no-restricted-syntax": "off" },
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
