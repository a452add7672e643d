import { join } from "node:path";

/** A file that may be read but not copied into the project; where it is absent, the test that needs it is skipped. */
export const sharedFile = (...path: readonly string[]): string =>
  join(import.meta.dirname, "..", "..", "..", "shared", ...path);
