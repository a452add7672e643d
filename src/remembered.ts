/** Texts that are remembered before all are forgotten: reports hold endless many, and memory must not grow with them. */
const most = 5_000;

/** Remembers what was computed of a text; what it returns must depend on the text alone. */
export function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const memory = new Map<string, { readonly is: T }>();
  return (text) => {
    let known = memory.get(text);
    if (!known) {
      if (memory.size >= most) memory.clear();
      memory.set(text, (known = { is: compute(text) }));
    }
    return known.is;
  };
}
