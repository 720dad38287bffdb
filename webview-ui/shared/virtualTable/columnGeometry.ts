import type { GridColumn } from "./gridTypes";

/** Where the columns stand: the selection first, then the pinned ones, then those that scroll. */
export interface ColumnGeometry {
  readonly columns: readonly GridColumn[];
  readonly pinned: readonly GridColumn[];
  readonly scrolled: readonly GridColumn[];
  /** Left edge by column. */
  readonly starts: readonly number[];
  /** Width of the selection and the pinned columns. */
  readonly left: number;
  readonly total: number;
  /** Pinned columns stay in sight; not in a narrow panel, where nothing else would be left to see. */
  readonly stuck: boolean;
  /** Equal keys mean equal geometry. */
  readonly key: string;
}

const MAX_PINNED_SHARE = 0.6;

/** Pinned columns come first in `columns`. */
export function toColumnGeometry(columns: readonly GridColumn[], selectWidth: number, viewport: number): ColumnGeometry {
  const starts: number[] = [];
  let at = selectWidth;
  for (const column of columns) {
    starts.push(at);
    at += column.width;
  }
  const pinned = columns.filter((column) => column.pinned);
  const left = pinned.reduce((sum, column) => sum + column.width, selectWidth);
  const stuck = left <= viewport * MAX_PINNED_SHARE;
  const key = columns.map((column) => `${column.width}${column.pinned ? "p" : ""}${column.align}${column.id}`).join("\n");
  return { columns, pinned, scrolled: columns.slice(pinned.length), starts, left, total: at, stuck, key: `${stuck} ${key}` };
}
