import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import bundle from "../../l10n/bundle.l10n.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import words from "../../package.nls.json" with { type: "json" };
import { bundleOf } from "../../tools/l10n/bundle.ts";
import { localise, type Json } from "../../tools/l10n/manifest-strings.ts";

const project = join(import.meta.dirname, "..", "..");
const editor = join(project, "src", "editor");
const again = "run: npm run l10n";

describe("texts for translators", () => {
  it("should hold every word of the manifest that a person reads, and no other", () => {
    const contributes = localise(manifest.contributes, words);
    const capabilities = localise(manifest.capabilities, words);
    assert.deepEqual(contributes.keyed, manifest.contributes, again);
    assert.deepEqual(capabilities.keyed, manifest.capabilities, again);
    assert.deepEqual({ ...contributes.strings, ...capabilities.strings }, words, again);
  });

  it("should hold every word that the editor's features show", async function () {
    // The parser of the sources is WebAssembly, and slow to begin.
    this.timeout(60_000);
    assert.deepEqual(bundle, await bundleOf(editor), again);
  });

  it("should have keys that packagers and VS Code can read", () =>
    assert.deepEqual(
      Object.keys(words).filter((key) => !/^[\w.-]+$/u.test(key)),
      [],
    ));

  it("should put keys in place of words, by name and not by place", () => {
    const contributes: Json = {
      commands: [{ command: "attackScribe.do", title: "Do", category: "ATT&CK" }],
      configuration: {
        title: "ATT&CK Scribe",
        properties: {
          "attackScribe.title": {
            type: "string",
            enum: ["a", "b"],
            enumDescriptions: ["A!", "B!"],
            description: "Old %",
          },
        },
      },
      views: { attackScribe: [{ id: "attackScribe.list", name: "List" }] },
      viewsWelcome: [{ view: "attackScribe.list", contents: "None.", when: "!attackScribe.any" }],
      menus: { "view/title": [{ command: "attackScribe.do", title: "no word" }] },
    };
    const { keyed, strings } = localise(contributes, {});
    assert.deepEqual(strings, {
      "commands.do.title": "Do",
      "configuration.title.enum.a": "A!",
      "configuration.title.enum.b": "B!",
      "configuration.title.description": "Old %",
      "views.attackScribe.list.name": "List",
      "viewsWelcome.list.no-attackScribe.any.contents": "None.",
    });
    assert.deepEqual(localise(keyed, strings), { keyed, strings });
    assert.throws(() => localise(keyed, {}), /has no words for %commands\.do\.title%/u);
  });

  for (const name of readdirSync(editor).filter((file) => file.endsWith(".ts")))
    it(`${name} should show no message that can't be translated`, () =>
      assert.doesNotMatch(
        readFileSync(join(editor, name), "utf8"),
        /(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)\(\s*["`]|(?:title|placeHolder|prompt|openLabel|saveLabel|tooltip): ["`][A-Za-z]/u,
      ));

  it("should describe every setting in words by which it can be searched for", () => {
    const settings = Object.entries(
      manifest.contributes.configuration.properties as Readonly<
        Record<string, { description?: string; markdownDescription?: string }>
      >,
    );
    for (const [name, { description, markdownDescription }] of settings) {
      const key = (description ?? markdownDescription ?? "").slice(1, -1);
      const text = (words as Readonly<Record<string, string>>)[key] ?? "";
      assert.ok(name.startsWith("attackScribe."), name);
      assert.match(text, /ATT&CK|technique|report|indicator/iu, name);
      assert.ok(text.length >= 40, `${name}: ${text}`);
    }
  });
});
