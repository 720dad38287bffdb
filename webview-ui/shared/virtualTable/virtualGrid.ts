import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import { themeStyles } from "../theme";
import { toColumnGeometry, type ColumnGeometry } from "./columnGeometry";
import { followId } from "./followId";
import { toGridIntent, type GridKeyIntent } from "./gridKeys";
import { clickIntent, positionOf } from "./gridPointer";
import { gridStyles, HEADER_HEIGHT, ROW_HEIGHT, SELECT_WIDTH } from "./gridStyles";
import type { GridColumn, GridEventMap, GridPosition, GridRow } from "./gridTypes";
import { clampWidth, widthOfCells } from "./headingDrag";
import { HeadingDrags } from "./headingDrags";
import { renderHeader } from "./renderHeader";
import { renderRow } from "./renderRow";
import { slideCells } from "./slideCells";
import { VirtualAxes } from "./virtualAxes";

const KEYBOARD_RESIZE = 16;

/**
 * A table of any size: draws only the rows and columns in sight, pins columns at the left, and is worked with by mouse and
 * keyboard as the ARIA practices for grids say. It holds no data: it asks `rowAt` and tells by events what the user wants.
 */
export class VirtualGrid extends LitElement {
  static override styles = [themeStyles, gridStyles];
  static override properties = {
    columns: { attribute: false },
    rowCount: { attribute: false },
    rowIds: { attribute: false },
    version: { attribute: false },
    selectable: { attribute: false },
    allSelected: { attribute: false },
    isTree: { attribute: false },
    label: { attribute: false },
  };

  columns: readonly GridColumn[] = [];
  rowCount = 0;
  /** Names of all rows, where they are known: the focus then stays with its row when rows come and go. */
  rowIds: readonly string[] | undefined;
  /** Change it when `rowAt` has new answers. Rows whose object stayed the same are not drawn again. */
  version: unknown = 0;
  selectable = false;
  allSelected: boolean | "some" = false;
  isTree = false;
  label = "";
  /** Undefined for a row that is still on its way. */
  rowAt: (index: number) => GridRow | undefined = () => undefined;
  renderCell: (row: GridRow, column: GridColumn, index: number) => unknown = () => nothing;
  /** Text of a cell's tooltip; asked for when the pointer rests on it. */
  cellTitle: (index: number, column: GridColumn) => string = () => "";

  /** In pixels, as `--row-height` of the styles says. */
  protected readonly rowHeight: number = ROW_HEIGHT;
  private active: GridPosition = { row: 0, column: 0 };
  private axes: VirtualAxes | undefined;
  private geometry: ColumnGeometry = toColumnGeometry([], 0, Infinity);
  private readonly drags = new HeadingDrags({
    geometry: () => this.geometry,
    scroller: () => this.scroller,
    redraw: () => this.requestUpdate(),
    emit: (type, detail) => this.emit(type, detail),
  });
  private viewport = 0;
  /** How far the grid is scrolled sideways. Asking the scroller after a drawing would make the browser lay out the page at once. */
  private left = 0;
  private focusWanted = false;
  private lastWindow = "";
  /** The cell that has a tooltip. */
  private titled: HTMLElement | undefined;

  /** Puts the focus on the active cell, or on the first one. */
  focusGrid(): void {
    this.focusWanted = true;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.left = this.scroller?.scrollLeft ?? 0;
    this.axes = new VirtualAxes(
      () => this.scroller,
      () => this.requestUpdate(),
      (left) => {
        this.left = left;
        slideCells(this.renderRoot, left);
      },
    );
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.axes?.dispose();
    this.axes = undefined;
  }

  override willUpdate(changed: PropertyValues): void {
    // A cell that moves in the document loses the focus; it gets it back below.
    this.focusWanted ||= this.shadowRoot?.activeElement?.matches(".cell") === true;
    if (changed.has("rowCount") || changed.has("columns") || changed.has("rowIds")) {
      this.followActive(changed);
    }
    this.viewport = this.scroller?.clientWidth ?? 0;
    const dragged = this.drags.width;
    const columns = this.columns.map((column) => (column.id === dragged?.column ? { ...column, width: dragged.width } : column));
    this.geometry = toColumnGeometry(columns, this.selectable ? SELECT_WIDTH : 0, this.viewport || Infinity);
    this.axes?.update({
      rows: this.rowCount,
      widths: this.geometry.scrolled.map((column) => column.width),
      ...{ left: this.geometry.left, stuck: this.geometry.stuck, rowHeight: this.rowHeight },
      ...{ activeRow: this.active.row, activeColumn: this.active.column - this.geometry.pinned.length },
    });
  }

  override render(): TemplateResult {
    const { geometry, axes } = this;
    const rows = axes?.rows.getVirtualItems() ?? [];
    const inSight = (axes?.columns.getVirtualItems() ?? []).map((item) => item.index + geometry.pinned.length);
    const shown = [...geometry.pinned.keys(), ...inSight];
    const shownKey = `${shown.join()}|${geometry.key}`;
    const height = axes?.rows.getTotalSize() ?? 0;
    return html`<div class="scroller" @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
      <div
        class="canvas"
        role=${this.isTree ? "treegrid" : "grid"}
        aria-label=${this.label}
        aria-rowcount=${this.rowCount + 1}
        aria-colcount=${this.columns.length + (this.selectable ? 1 : 0)}
        aria-multiselectable=${this.selectable ? "true" : nothing}
        style="height:${height}px;width:${geometry.total}px;--viewport-width:${this.viewport}px"
        @pointerdown=${(event: PointerEvent) => this.onPress(event)}
        @click=${(event: MouseEvent) => this.onClick(event)}
        @dblclick=${(event: MouseEvent) => this.onDoubleClick(event)}
        @contextmenu=${(event: MouseEvent) => this.onContextMenu(event)}
        @pointerover=${(event: PointerEvent) => this.onHover(event)}
      >
        <div class="stage" role="presentation">
          ${renderHeader({
            geometry,
            shown,
            selectable: this.selectable,
            allSelected: this.allSelected,
            activeColumn: this.active.row === -1 ? this.active.column : null,
            drop: this.drags.drop,
            resizing: this.drags.width?.column ?? null,
            onResizeStart: (event, column) => this.drags.startResize(event, column),
            onMoveStart: (event, column) => this.drags.startMove(event, column),
            onFit: (column) => this.fit(column),
            onMenu: (column, anchor) => this.emit("grid-menu", { row: -1, column, anchor }),
          })}
          ${repeat(
            rows,
            (item) => item.index,
            (item) => {
              const row = this.rowAt(item.index);
              const active = item.index === this.active.row ? this.active.column : null;
              return guard([row, shownKey, active, item.start, this.renderCell], () =>
                renderRow({
                  index: item.index,
                  top: item.start,
                  row,
                  geometry,
                  shown,
                  selectable: this.selectable,
                  isTree: this.isTree,
                  activeColumn: active,
                  renderCell: this.renderCell,
                }),
              );
            },
          )}
        </div>
      </div>
    </div>`;
  }

  override updated(): void {
    this.axes?.attach();
    slideCells(this.renderRoot, this.left);
    this.tellWindow();
    this.setTitle(this.titled);
    if (this.focusWanted) {
      const cell = this.shadowRoot?.querySelector<HTMLElement>('[tabindex="0"]');
      this.focusWanted = cell == null; // A table that has just come has no cell until it knows its size.
      if (cell !== this.shadowRoot?.activeElement) {
        cell?.focus({ preventScroll: true });
      }
    }
  }

  /** The focus stays with the row and the column that it is at, wherever they went. */
  private followActive(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const { row, column } = this.active;
    const follow = (before: readonly string[] | undefined, after: readonly string[] | undefined, at: number): number =>
      (before === undefined || after === undefined ? null : followId(before, after, at)) ?? at;
    const columnsBefore = changed.get("columns") as readonly GridColumn[] | undefined;
    const to = {
      row: follow(changed.get("rowIds") as readonly string[] | undefined, this.rowIds, row),
      column: columnsBefore === undefined ? column : follow(idsOf(columnsBefore), idsOf(this.columns), column),
    };
    this.active = {
      row: Math.min(to.row, Math.max(-1, this.rowCount - 1)),
      column: Math.max(this.firstColumn, Math.min(to.column, this.columns.length - 1)),
    };
  }

  private get scroller(): HTMLElement | null {
    return this.shadowRoot?.querySelector(".scroller") ?? null;
  }

  private get firstColumn(): number {
    return this.selectable ? -1 : 0;
  }

  private emit<K extends keyof GridEventMap>(type: K, detail: GridEventMap[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private tellWindow(): void {
    const rows = this.axes?.rows.getVirtualItems() ?? [];
    const columns = (this.axes?.columns.getVirtualItems() ?? []).map((item) => this.geometry.scrolled[item.index]?.id ?? "");
    const inRange = rows.map((item) => item.index).filter((index) => index !== this.active.row);
    const from = inRange[0] ?? 0;
    const to = (inRange.at(-1) ?? -1) + 1;
    const ids = [...this.geometry.pinned.map((column) => column.id), ...columns];
    const key = `${from} ${to} ${JSON.stringify(ids)}`;
    if (key !== this.lastWindow) {
      this.lastWindow = key;
      this.emit("grid-window", { from, to: Math.max(to, from + 1), columns: ids });
    }
  }

  protected moveTo(position: GridPosition, focus = true): void {
    this.active = position;
    if (position.row >= 0) {
      this.axes?.rows.scrollToIndex(position.row, { align: "auto" });
    }
    const scrolled = position.column - this.geometry.pinned.length;
    if (scrolled >= 0) {
      this.axes?.columns.scrollToIndex(scrolled, { align: "auto" });
    } else if (!this.geometry.stuck) {
      this.scroller?.scrollTo({ left: 0 });
    }
    this.focusWanted = focus;
    this.requestUpdate();
  }

  private onKey(event: KeyboardEvent): void {
    const intent = toGridIntent(event, {
      at: this.active,
      row: this.active.row >= 0 ? this.rowAt(this.active.row) : undefined,
      selectable: this.selectable,
      rows: this.rowCount,
      columns: this.columns.length,
      page: Math.max(1, Math.floor(((this.scroller?.clientHeight ?? 0) - HEADER_HEIGHT) / this.rowHeight) - 1),
      firstColumn: this.firstColumn,
    });
    if (intent !== null) {
      event.preventDefault();
      this.follow(intent);
    }
  }

  private follow(intent: GridKeyIntent): void {
    const { row } = this.active;
    const column = this.columns[this.active.column];
    switch (intent.kind) {
      case "move":
        this.moveTo(intent.to);
        return;
      case "extend":
        this.moveTo(intent.to);
        this.emit("grid-select", { row: intent.to.row, mode: "range" });
        return;
      case "select":
        this.emit("grid-select", { row, mode: intent.mode });
        return;
      case "selectAll":
        this.emit("grid-select-all", { select: !intent.toggle || this.allSelected !== true });
        return;
      case "toggle":
        this.emit("grid-toggle", { row });
        return;
      case "activate":
        this.emit("grid-activate", { row, column: column?.id ?? null });
        return;
      case "menu":
        this.openMenuAtActive();
        return;
      case "copy":
        this.emit("grid-copy", { row, column: intent.wholeRow ? null : (column?.id ?? null) });
        return;
      case "sort":
        if (column !== undefined) {
          this.emit("grid-sort", { column: column.id, add: intent.add });
        }
        return;
      case "resizeColumn":
        if (column !== undefined) {
          this.emit("grid-resize", { column: column.id, width: clampWidth(column.width + intent.step * KEYBOARD_RESIZE) });
        }
        return;
      case "moveColumn":
        this.moveColumn(intent.step);
        return;
    }
  }

  private moveColumn(step: 1 | -1): void {
    const at = this.active.column;
    const column = this.columns[at];
    const other = this.columns[at + step];
    if (column !== undefined && other?.pinned === column.pinned) {
      this.emit("grid-move", { column: column.id, before: step > 0 ? (this.columns[at + 2]?.id ?? null) : other.id });
    }
  }

  protected openMenuAtActive(): void {
    const anchor = this.shadowRoot?.querySelector('[tabindex="0"]');
    if (anchor != null) {
      this.emit("grid-menu", { row: this.active.row, column: this.columns[this.active.column]?.id ?? null, anchor });
    }
  }

  private onPress(event: PointerEvent): void {
    const position = positionOf(event);
    if (position !== null) {
      this.moveTo(position);
    }
  }

  private onClick(event: MouseEvent): void {
    const position = positionOf(event);
    const intent = position === null ? null : clickIntent(event, position, this.rowAt(position.row), this.selectable);
    if (position === null || intent === null) {
      return;
    }
    if (intent.kind === "selectAll") {
      this.emit("grid-select-all", { select: this.allSelected !== true });
    } else if (intent.kind === "toggle") {
      this.emit("grid-toggle", { row: position.row });
    } else {
      this.emit("grid-select", { row: position.row, mode: intent.mode });
    }
  }

  private onDoubleClick(event: MouseEvent): void {
    const position = positionOf(event);
    if (position !== null && position.row >= 0 && position.column >= 0 && this.rowAt(position.row)?.span === null) {
      this.emit("grid-activate", { row: position.row, column: null });
    }
  }

  private onContextMenu(event: MouseEvent): void {
    const position = positionOf(event);
    if (position !== null) {
      event.preventDefault();
      this.moveTo(position);
      const column = this.columns[position.column]?.id ?? null;
      this.emit("grid-menu", { row: position.row, column, anchor: { x: event.clientX, y: event.clientY } });
    }
  }

  /** A tooltip is only made for the cell under the pointer, not for the hundreds on the screen. */
  private onHover(event: PointerEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>(".cell[role='gridcell']") : null;
    if (cell !== this.titled) {
      this.titled?.removeAttribute("title");
      this.titled = cell ?? undefined;
    }
    this.setTitle(this.titled);
  }

  /** Also after a drawing, which may have given the cell to another row. */
  private setTitle(cell: HTMLElement | undefined): void {
    const row = Number(cell?.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? NaN);
    const column = this.columns[Number(cell?.dataset["column"] ?? NaN)];
    if (cell !== undefined && column !== undefined && row >= 0 && row < this.rowCount) {
      const title = this.cellTitle(row, column);
      if (cell.title !== title) {
        cell.title = title;
      }
    }
  }

  /** Makes a column as wide as its widest cell in sight. */
  private fit(column: GridColumn): void {
    const at = this.columns.findIndex(({ id }) => id === column.id);
    const cells = this.shadowRoot?.querySelectorAll<HTMLElement>(`[data-column="${at}"]`) ?? [];
    this.emit("grid-resize", { column: column.id, width: widthOfCells(cells) });
  }
}

const idsOf = (columns: readonly GridColumn[]): readonly string[] => columns.map(({ id }) => id);

if (customElements.get("mlops-virtual-grid") === undefined) {
  customElements.define("mlops-virtual-grid", VirtualGrid);
}
