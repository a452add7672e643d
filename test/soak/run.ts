/**
 * Many random edits in a real editor: nothing may leak, hang or be stale. Prints how fast it was.
 *
 *   npm run soak [-- underlining]
 */
import { join } from "node:path";
import { runInExtensionHost } from "../harness/extension-host.ts";
import { exitOnSignals, projectDirectory } from "../harness/vscode-server.ts";

/** Milliseconds. */
const timeLimit = 60 * 60_000;

const [, , only] = process.argv;

exitOnSignals();
const { failed } = await runInExtensionHost({
  workspace: join(projectDirectory, "test", "fixtures", "workspace"),
  folder: "soak",
  host: "node",
  timeLimit,
  ...(only === undefined ? {} : { only: `${only}.test.ts` }),
});
process.exit(failed > 0 ? 1 : 0);
