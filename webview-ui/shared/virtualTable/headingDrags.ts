import type { ColumnGeometry } from "./columnGeometry";
import type { DropPlace } from "./dropPlace";
import type { GridColumn, GridEventMap } from "./gridTypes";
import { dragPlace, dragWidth } from "./headingDrag";

interface DraggedGrid {
  readonly geometry: () => ColumnGeometry;
  readonly scroller: () => HTMLElement | null;
  readonly redraw: () => void;
  readonly emit: <K extends "grid-resize" | "grid-sort" | "grid-move">(type: K, detail: GridEventMap[K]) => void;
}

/** Headings that are being dragged: what the grid draws meanwhile, and what it tells in the end. */
export class HeadingDrags {
  /** The width of a column whose edge is being dragged. */
  width: { readonly column: string; readonly width: number } | null = null;
  /** Where a heading would fall. */
  drop: DropPlace | null = null;

  constructor(private readonly grid: DraggedGrid) {}

  startResize(event: PointerEvent, column: GridColumn): void {
    dragWidth(
      event,
      column,
      (width) => {
        this.width = { column: column.id, width };
        this.grid.redraw();
      },
      (width) => {
        this.width = null;
        this.grid.redraw();
        if (width !== null) {
          this.grid.emit("grid-resize", { column: column.id, width });
        }
      },
    );
  }

  startMove(event: PointerEvent, column: GridColumn): void {
    const add = event.shiftKey;
    dragPlace(event, column, {
      geometry: this.grid.geometry,
      scroller: this.grid.scroller,
      onPlace: (place) => {
        this.drop = place;
        this.grid.redraw();
      },
      onDone: (outcome) => {
        this.drop = null;
        this.grid.redraw();
        if (outcome === "click") {
          this.grid.emit("grid-sort", { column: column.id, add });
        } else if (outcome !== null) {
          this.grid.emit("grid-move", { column: column.id, before: outcome.before });
        }
      },
    });
  }
}
