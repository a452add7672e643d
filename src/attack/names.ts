import { ownCopy } from "../own-copy.ts";

/** Keys of names that were asked for lately: a report repeats its names, and they are asked for at every keystroke. */
const known = new Map<string, string>();
const mostRemembered = 5_000;
/** What is longer is no name. UTF-16 units. */
const longestRemembered = 100;

/** Letters and digits alone, lower case: "Soft Cell", "SoftCell" and "soft-cell" are one key. */
export function nameKey(name: string): string {
  let key = known.get(name);
  if (key === undefined) {
    key = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
    if (known.size >= mostRemembered) known.clear();
    if (name.length <= longestRemembered) known.set(ownCopy(name), ownCopy(key));
  }
  return key;
}
