import { width } from "./text.js";

export type Style = "bold" | "dim" | "red" | "green" | "yellow";

const CODES: Record<Style, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/** Where text goes to: a terminal, or a pipe that gets the same without colours and excerpts. */
export interface Terminal {
  /** Whether a person reads along. */
  readonly interactive: boolean;
  /** Its width; `undefined` where text may be as wide as it likes. */
  readonly columns: number | undefined;
  paint(text: string, ...styles: Style[]): string;
  /** Writes lines. */
  print(...lines: string[]): void;
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM } = process.env;
  const forced = force === undefined ? undefined : force !== "0" && force !== "false";
  const coloured = forced ?? (stream.isTTY && !no && TERM !== "dumb");
  // whoever reads a pipe may stop reading: the exit code still tells how it went
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    interactive: stream.isTTY || forced === true,
    columns: stream.isTTY ? stream.columns || undefined : undefined,
    paint: (text, ...styles) =>
      coloured && text !== ""
        ? styles.reduce((inner, style) => `\x1b[${CODES[style][0]}m${inner}\x1b[${CODES[style][1]}m`, text)
        : text,
    print(...lines) {
      if (lines.length > 0) stream.write(`${lines.join("\n")}\n`);
    },
  };
}

export const stdout = terminal(process.stdout);
export const stderr = terminal(process.stderr);

/** A cell of a table, and how it is painted. */
export type Cell = string | readonly [text: string, ...styles: Style[]];

/** Rows in aligned columns, two spaces apart; `right` names the columns of numbers. */
export function table(rows: readonly (readonly Cell[])[], right: readonly number[], to: Terminal): string[] {
  const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell[0]);
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, width(textOf(cell)));
    });
  }
  return rows.map((row) => {
    const filled = row.findLastIndex((cell) => textOf(cell).trim() !== "");
    return row
      .slice(0, filled + 1)
      .map((cell, i) => {
        const text = textOf(cell);
        const space = " ".repeat((widths[i] ?? 0) - width(text));
        const painted =
          typeof cell === "string" ? text : to.paint(text, ...cell.slice(1).map((style) => style as Style));
        if (right.includes(i)) return space + painted;
        return i === filled ? painted : painted + space;
      })
      .join("  ");
  });
}
