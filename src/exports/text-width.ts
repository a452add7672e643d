/** Widths of ASCII from U+0020 in thousandths of the font's size: Helvetica's, which Arial and Liberation Sans share. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
] as const;

/** Fonts that stand in for Helvetica are up to this much wider (DejaVu Sans); bold ones too. */
const reserve = 1.14;

/** How wide a text may become, in the unit of `size`. Without a font at hand this is an estimate on the safe side. */
export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    units += widths[code - 32] ?? (code < 0x1100 ? 650 : 1000);
  }
  return (units / 1000) * size * reserve;
}

/** Lines no wider than `width`; breaks at spaces, behind hyphens and slashes, and inside a word only where it must. */
export function wrap(text: string, width: number, size: number): readonly string[] {
  const pieces =
    text
      .replace(/\s+/g, " ")
      .trim()
      .match(/\S+?(?:[-/](?=\S)|(?=\s)|$)\s?/g) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (textWidth((line + piece).trimEnd(), size) <= width) {
      line += piece;
      continue;
    }
    if (line !== "") lines.push(line.trimEnd());
    line = "";
    for (const character of piece) {
      if (line !== "" && textWidth(line + character, size) > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}
