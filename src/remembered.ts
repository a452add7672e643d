import { ownCopy } from "./own-copy.ts";

/** Texts that are remembered before all are forgotten: reports hold endless many, and memory must not grow with them. */
const most = 5_000;

/**
 * Remembers what was computed of a text; what it returns must depend on the text alone, and hold no part of it. What is
 * longer than `longest` (UTF-16 units) is computed anew each time.
 */
export function remembered<T>(compute: (text: string) => T, longest = 1_000): (text: string) => T {
  const memory = new Map<string, { readonly is: T }>();
  return (text) => {
    const known = memory.get(text);
    if (known) return known.is;
    const is = compute(text);
    if (memory.size >= most) memory.clear();
    if (text.length <= longest) memory.set(ownCopy(text), { is });
    return is;
  };
}
