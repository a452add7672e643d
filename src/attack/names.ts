import { ownCopy } from "../own-copy.ts";
import { remembered } from "../remembered.ts";

/** What is longer is no name. UTF-16 units. */
const longestName = 100;

/** Letters and digits alone, lower case: "Soft Cell", "SoftCell" and "soft-cell" are one key. Remembered: a report repeats its names, and they are asked for at every keystroke. */
export const nameKey = remembered((name) => ownCopy(name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")), longestName);
