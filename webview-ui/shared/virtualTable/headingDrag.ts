import { followDrag } from "./columnDrag";
import { dropPlace, type DropPlace } from "./dropPlace";
import type { ColumnGeometry } from "./columnGeometry";
import type { GridColumn } from "./gridTypes";

const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;

export function clampWidth(width: number): number {
  return Math.round(Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH)));
}

/** Follows the edge of a column; `onDone` gets null when nothing was changed. */
export function dragWidth(
  event: PointerEvent,
  column: GridColumn,
  onWidth: (width: number) => void,
  onDone: (width: number | null) => void,
): void {
  event.stopPropagation();
  followDrag(event, {
    onMove: (delta) => onWidth(clampWidth(column.width + delta)),
    onEnd: (delta, { moved, cancelled }) => onDone(moved && !cancelled ? clampWidth(column.width + delta) : null),
  });
}

export interface PlaceDrag {
  readonly geometry: () => ColumnGeometry;
  readonly scroller: () => HTMLElement | null;
  readonly onPlace: (place: DropPlace) => void;
  /** "click" where the pointer did not move; null after Escape or where the column was. */
  readonly onDone: (outcome: DropPlace | "click" | null) => void;
}

/** Follows a heading that is dragged to another place. */
export function dragPlace(event: PointerEvent, column: GridColumn, drag: PlaceDrag): void {
  let place: DropPlace | null = null;
  followDrag(event, {
    onMove: (_delta, move) => {
      const scroller = drag.scroller();
      const left = scroller?.getBoundingClientRect().left ?? 0;
      place = dropPlace(drag.geometry(), column, move.clientX - left, scroller?.scrollLeft ?? 0);
      drag.onPlace(place);
    },
    onEnd: (_delta, { moved, cancelled }) => {
      const isSame = place?.before === column.id;
      drag.onDone(cancelled || isSame ? null : moved ? place : "click");
    },
  });
}

/** As wide as the widest of the cells given, with room for padding and a curve. */
export function widthOfCells(cells: Iterable<HTMLElement>): number {
  let widest = MIN_WIDTH;
  for (const cell of cells) {
    const texts = cell.querySelectorAll<HTMLElement>(".text, .title, .caption");
    const text = Math.max(0, ...[...texts].map((element) => element.scrollWidth));
    widest = Math.max(widest, text + (cell.querySelector(".sparkline") === null ? 0 : 56));
  }
  return clampWidth(widest + 26);
}
