import * as vscode from "vscode";
import { assistantTools } from "../exports/assistant-tools.ts";
import type { Knowledge } from "./knowledge.ts";

/** Lets an assistant check its claims against the catalogue, where VS Code has assistants. They ask; nothing is sent to them. */
export function registerAssistantTools(knowledge: Knowledge): vscode.Disposable {
  // Older versions and some builds have no language models.
  const { lm } = vscode as Partial<Pick<typeof vscode, "lm">>;
  if (typeof lm?.registerTool !== "function") return new vscode.Disposable(() => undefined);
  return vscode.Disposable.from(
    ...assistantTools.map(({ name, answer }) =>
      lm.registerTool<unknown>(name, {
        invoke: async ({ input }) => {
          const [catalogue, lexicon, model] = await Promise.all([
            knowledge.open(),
            knowledge.lexicon(),
            knowledge.model(),
          ]);
          const words = JSON.stringify(answer(input, { catalogue, lexicon, model }));
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(words)]);
        },
      }),
    ),
  );
}
