import assert from "node:assert/strict";
import * as vscode from "vscode";

/** What an assistant asks, and what stands in the answer. */
const asked: readonly (readonly [tool: string, input: object, answer: RegExp])[] = [
  ["attack_scribe_look_up", { query: "emissary panda" }, /"id":"G0027"/],
  ["attack_scribe_map_text", { text: "FIN7 used T1055." }, /"id":"T1055"[^]*"status":"stated"/],
  ["attack_scribe_validate_mapping", { claims: [{ id: "T1059.003", name: "PowerShell" }] }, /Windows Command Shell/],
];

describe("tools for assistants", () => {
  for (const [tool, input, answer] of asked)
    it(`should answer ${tool} of ${JSON.stringify(input)}, where VS Code has language models`, async function () {
      const { lm } = vscode as Partial<Pick<typeof vscode, "lm">>;
      if (typeof lm?.invokeTool !== "function") {
        this.skip();
        return;
      }
      assert.ok(
        lm.tools.some(({ name }) => name === tool),
        "the tool is listed",
      );
      await assert.rejects(async () => lm.invokeTool(tool, { input: {}, toolInvocationToken: undefined }), /takes a/);
      const { content } = await lm.invokeTool(tool, { input, toolInvocationToken: undefined });
      const words = content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
      assert.match(words, answer);
    });
});
