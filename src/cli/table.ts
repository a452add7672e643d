/** How text is set off on a terminal; on anything else, not at all. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly warn: (text: string) => string;
  /** Columns to fill. */
  readonly width: number;
}

const plain = (text: string): string => text;

/** Colour only where a person reads: on a terminal, and not where NO_COLOR (no-color.org) is set. */
export function styleFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Style {
  const width = Math.min(stream.columns || 110, 160);
  if (!stream.isTTY || (env["NO_COLOR"] ?? "") !== "") return { bold: plain, dim: plain, warn: plain, width };
  const code = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;
  return { bold: code(1, 22), dim: code(2, 22), warn: code(33, 39), width };
}

/** Rows with columns as wide as they need; the last one is cut to fit the width. */
export function table(rows: readonly (readonly string[])[], style: Style, indent = "  "): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => printable(row[column] ?? "").length)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const text = printable(cell);
        return column < columns - 1 ? text.padEnd(widths[column] ?? 0) : text;
      });
      const line = indent + cells.join("  ").trimEnd();
      return line.length > style.width ? `${line.slice(0, style.width - 1)}…` : line;
    })
    .join("\n");
}

/** Text of reports and bundles without control characters: a terminal obeys them. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
