/** How text is set off on a terminal; on anything else, not at all. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warn: (text: string) => string;
  /** Columns to fill; without end where no terminal cuts or wraps lines. */
  readonly width: number;
}

const plain = (text: string): string => text;

/** Colour only where a person reads: on a terminal, and not where NO_COLOR (no-color.org) is set. */
export function styleFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Style {
  const width = stream.isTTY ? Math.min(stream.columns || 110, 160) : Infinity;
  if (!stream.isTTY || (env["NO_COLOR"] ?? "") !== "") return { bold: plain, dim: plain, warn: plain, width };
  const code = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;
  return { bold: code(1, 22), dim: code(2, 22), warn: code(33, 39), width };
}

/** Room that the last column gets if it needs it, before the widest of the others does. */
const roomForLast = 24;

/** Rows with columns as wide as they need, the widest one less so where the last one had no room; what does not fit is cut. */
export function table(rows: readonly (readonly string[])[], style: Style, indent = "  "): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => printable(row[column] ?? "").length)),
  );
  const last = widths.pop() ?? 0;
  const used = indent.length + widths.reduce((sum, width) => sum + width + between.length, 0);
  const lacking = used + Math.min(last, roomForLast) - style.width;
  const widest = widths.indexOf(Math.max(...widths));
  const narrowed = (widths[widest] ?? 0) - lacking;
  if (lacking > 0 && narrowed >= roomForLast / 2) widths[widest] = narrowed;
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const text = printable(cell);
        const width = widths[column];
        return width === undefined ? text : cut(text, width).padEnd(width);
      });
      return cut(indent + cells.join(between).trimEnd(), style.width);
    })
    .join("\n");
}

const between = "  ";
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** Text of reports and bundles without control characters: a terminal obeys them. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
