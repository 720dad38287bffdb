import { stripVTControlCharacters, styleText } from "node:util";
import { printable } from "./printable";

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** Narrowest width to which a narrow terminal may cut this column; without it the column is never cut. */
  readonly shrinkTo?: number;
  /** Left out, the last such column first, where the terminal is too narrow for all. */
  readonly isOptional?: boolean;
  /** Colour of a cell, by its text. */
  readonly color?: (text: string) => TextColor | undefined;
}

export type TextColor = "green" | "red" | "yellow" | "gray" | "cyan";

const GAP = "  ";
/** Widths come from the first rows; a later cell that is wider pushes its own line. */
const ROWS_MEASURED = 1000;
/** One name of 10,000 characters must not widen every line of a file. */
const MAX_WIDTH = 80;

export interface TableLayout {
  readonly header: string;
  readonly line: (cells: readonly string[]) => string;
}

/**
 * Lays rows out in aligned columns.
 * @param columns of the terminal, or undefined to cut nothing.
 */
export function layOutTable(
  spec: readonly Column[],
  firstRows: readonly (readonly string[])[],
  options: { readonly columns: number | undefined; readonly color: boolean },
): TableLayout {
  const measured = firstRows.slice(0, ROWS_MEASURED).map((row) => row.map(printable));
  const natural = spec.map((column, index) =>
    Math.min(MAX_WIDTH, Math.max(displayWidth(printable(column.title)), ...measured.map((row) => displayWidth(row[index] ?? "")))),
  );
  const shown = chooseColumns(natural, spec, options.columns ?? Infinity);
  const widths = shrink(natural, shown, options.columns ?? Infinity);
  const join = (cells: readonly string[], paint: (cell: string, column: Column) => string): string =>
    [...shown]
      .map(([index, column]) => {
        const cut = cutTo(cells[index] ?? "", widths[index] ?? 0, options.columns !== undefined);
        const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cut)));
        return column.align === "right" ? padding + paint(cut, column) : paint(cut, column) + padding;
      })
      .join(GAP)
      .replace(/ +$/, "");
  return {
    header: join(
      spec.map((column) => printable(column.title)),
      (cell) => (options.color ? styleText("bold", cell, { validateStream: false }) : cell),
    ),
    line: (cells) =>
      join(cells.map(printable), (cell, column) => {
        const color = options.color ? column.color?.(cell) : undefined;
        return color === undefined ? cell : styleText(color, cell, { validateStream: false });
      }),
  };
}

/** Leaves optional columns out until the rest fits, cut as narrow as it may be. */
function chooseColumns(natural: readonly number[], spec: readonly Column[], columns: number): ReadonlyMap<number, Column> {
  const shown = new Map(spec.entries());
  const narrowest = (): number => {
    const widths = [...shown].map(([index, column]) => Math.min(natural[index] ?? 0, column.shrinkTo ?? Infinity));
    return totalOf(widths);
  };
  for (let index = spec.length - 1; index >= 0 && narrowest() > columns; index--) {
    if (spec[index]?.isOptional === true) {
      shown.delete(index);
    }
  }
  return shown;
}

/** Takes the width that is too much from the columns that allow it, the widest first. */
function shrink(natural: readonly number[], shown: ReadonlyMap<number, Column>, columns: number): readonly number[] {
  const widths = [...natural];
  let excess = totalOf([...shown.keys()].map((index) => natural[index] ?? 0)) - columns;
  while (excess > 0) {
    let widest = -1;
    for (const [index, column] of shown) {
      if ((widths[index] ?? 0) > (column.shrinkTo ?? Infinity) && (widths[index] ?? 0) > (widths[widest] ?? -1)) {
        widest = index;
      }
    }
    if (widest < 0) {
      break;
    }
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
}

function cutTo(text: string, width: number, isCut: boolean): string {
  if (!isCut || displayWidth(text) <= width) {
    return text;
  }
  let cut = "";
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width - 1) {
      break;
    }
    cut += character;
  }
  return `${cut}…`;
}

/** Cells of a terminal that the text takes: wide East Asian characters and emoji take two, marks none. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) {
    return text.length; // Nearly all texts, and going through their signs is slow.
  }
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    width += /[\p{Mn}\p{Me}\p{Cf}]/u.test(character)
      ? 0
      : /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
            character,
          )
        ? 2
        : 1;
  }
  return width;
}
