import type { GridPosition } from "./gridTypes";

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
  /** The first column is -1 where rows can be selected, else 0. */
  readonly firstColumn: number;
}

/** Where a key leads from a cell, as the ARIA practices for grids say, or null for a key that does not move. */
export function moveInGrid(key: string, withCtrl: boolean, at: GridPosition, size: GridSize): GridPosition | null {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const to = (row: number, column: number): GridPosition => ({
    row: Math.max(-1, Math.min(row, lastRow)),
    column: Math.max(size.firstColumn, Math.min(column, lastColumn)),
  });
  switch (key) {
    case "ArrowDown":
      return to(withCtrl ? lastRow : at.row + 1, at.column);
    case "ArrowUp":
      return to(withCtrl ? Math.min(at.row, 0) : at.row - 1, at.column);
    case "ArrowRight":
      return to(at.row, withCtrl ? lastColumn : at.column + 1);
    case "ArrowLeft":
      return to(at.row, withCtrl ? size.firstColumn : at.column - 1);
    case "Home":
      return withCtrl ? to(0, size.firstColumn) : to(at.row, size.firstColumn);
    case "End":
      return withCtrl ? to(lastRow, lastColumn) : to(at.row, lastColumn);
    case "PageDown":
      return to(Math.max(at.row, 0) + size.page, at.column);
    case "PageUp":
      return to(at.row > 0 ? Math.max(0, at.row - size.page) : at.row, at.column);
    default:
      return null;
  }
}
