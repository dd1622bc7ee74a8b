import { cutMiddle, width, wrap } from "./text.js";

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

export interface Shape {
  /** Columns of numbers. */
  readonly right?: readonly number[];
  /** The column that gives way where the terminal is too narrow: cut, or wrapped below itself. */
  readonly cut?: number;
  readonly wrap?: number;
}

const GAP = "  ";
const NARROWEST = 20;

/** Rows in aligned columns, two spaces apart. */
export function table(rows: readonly (readonly Cell[])[], { right = [], ...give }: Shape, to: Terminal): string[] {
  const fitted = fit(rows, give, to.columns);
  const widths = widthsOf(fitted);
  return fitted.map((row) => {
    const filled = row.findLastIndex((cell) => textOf(cell).trim() !== "");
    const cells = row.slice(0, filled + 1).map((cell, i) => {
      const text = textOf(cell);
      const space = " ".repeat((widths[i] ?? 0) - width(text));
      const painted = to.paint(text, ...stylesOf(cell));
      if (right.includes(i)) return space + painted;
      return i === filled ? painted : painted + space;
    });
    return cells.join(GAP);
  });
}

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell[0]);

function stylesOf(cell: Cell): Style[] {
  if (typeof cell === "string") return [];
  const [, ...styles] = cell;
  return styles;
}

function widthsOf(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, width(textOf(cell)));
    });
  }
  return widths;
}

function fit(
  rows: readonly (readonly Cell[])[],
  give: Omit<Shape, "right">,
  columns: number | undefined,
): readonly (readonly Cell[])[] {
  const giving = give.cut ?? give.wrap;
  if (columns === undefined || giving === undefined) return rows;
  const widths = widthsOf(rows);
  const others = widths.reduce((sum, own, i) => (i === giving ? sum : sum + own + GAP.length), 0);
  const room = Math.max(columns - others, NARROWEST);
  return rows.flatMap((row) => (giving < row.length ? fitRow(row, giving, room, give.wrap !== undefined) : [row]));
}

function fitRow(row: readonly Cell[], giving: number, room: number, wrapped: boolean): (readonly Cell[])[] {
  const cell = row[giving] ?? "";
  const text = textOf(cell);
  const parts = wrapped ? wrap(text, room) : [cutMiddle(text, room)];
  return parts.map((part, line) =>
    row.map((other, i): Cell => (i === giving ? [part, ...stylesOf(cell)] : line === 0 ? other : "")),
  );
}
