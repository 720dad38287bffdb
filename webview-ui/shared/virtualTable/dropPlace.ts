import type { ColumnGeometry } from "./columnGeometry";
import type { GridColumn } from "./gridTypes";

export interface DropPlace {
  readonly column: string;
  /** The column that the dragged one goes before; null for the end. */
  readonly before: string | null;
  /** Where the mark is drawn, from the left edge of the visible part. */
  readonly x: number;
}

/**
 * Where a heading falls that is dropped at `inView` pixels from the left edge of the visible part. Columns move among their
 * like: a pinned one stays pinned.
 */
export function dropPlace(geometry: ColumnGeometry, dragged: GridColumn, inView: number, scrollLeft: number): DropPlace {
  const sticks = dragged.pinned && geometry.stuck;
  const shift = sticks ? 0 : -scrollLeft;
  const x = inView - shift;
  const likes = dragged.pinned ? geometry.pinned : geometry.scrolled;
  const first = dragged.pinned ? 0 : geometry.pinned.length;
  for (const [index, column] of likes.entries()) {
    const start = geometry.starts[first + index] ?? 0;
    if (x < start + column.width / 2) {
      return { column: dragged.id, before: column.id, x: start + shift };
    }
  }
  const end = (geometry.starts[first + likes.length - 1] ?? 0) + (likes.at(-1)?.width ?? 0);
  return { column: dragged.id, before: dragged.pinned ? (geometry.scrolled[0]?.id ?? null) : null, x: end + shift };
}
