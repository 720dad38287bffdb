import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import { icon } from "../icons";
import { t } from "../l10n";
import { themeStyles } from "../theme";
import { followDrag } from "./columnDrag";
import { toColumnGeometry, type ColumnGeometry } from "./columnGeometry";
import { moveInGrid } from "./gridNavigation";
import { gridStyles, HEADER_HEIGHT, ROW_HEIGHT, SELECT_WIDTH } from "./gridStyles";
import type { GridColumn, GridEventMap, GridPosition, GridRow } from "./gridTypes";
import { renderHeader } from "./renderHeader";
import { selectionBox } from "./selectionBox";
import { VirtualAxes } from "./virtualAxes";

const KEYBOARD_RESIZE = 16;
const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;
const MAX_INDENT = 12;

/**
 * A table of any size: draws only the rows and columns in sight, pins columns at the left, and is worked with by mouse and
 * keyboard as the ARIA practices for grids say. It holds no data: it asks `rowAt` and tells by events what the user wants.
 */
export class VirtualGrid extends LitElement {
  static override styles = [themeStyles, gridStyles];
  static override properties = {
    columns: { attribute: false },
    rowCount: { attribute: false },
    version: { attribute: false },
    selectable: { attribute: false },
    allSelected: { attribute: false },
    isTree: { attribute: false },
    label: { attribute: false },
  };

  columns: readonly GridColumn[] = [];
  rowCount = 0;
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

  private active: GridPosition = { row: 0, column: 0 };
  private axes: VirtualAxes | undefined;
  private geometry: ColumnGeometry = toColumnGeometry([], 0, Infinity);
  private widthOverride: { readonly column: string; readonly width: number } | undefined;
  private drop: { readonly column: string; readonly before: string | null; readonly x: number } | undefined;
  private focusWanted = false;
  private lastWindow = "";

  /** Puts the focus on the active cell, or on the first one. */
  focusGrid(): void {
    this.focusWanted = true;
    this.requestUpdate();
  }

  get activeRow(): number {
    return this.active.row;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.axes = new VirtualAxes(
      () => this.scroller,
      () => this.requestUpdate(),
    );
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.axes?.dispose();
    this.axes = undefined;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("rowCount") || changed.has("columns")) {
      this.active = {
        row: Math.min(this.active.row, Math.max(-1, this.rowCount - 1)),
        column: Math.max(this.firstColumn, Math.min(this.active.column, this.columns.length - 1)),
      };
    }
    const override = this.widthOverride;
    const columns = this.columns.map((column) => (column.id === override?.column ? { ...column, width: override.width } : column));
    this.geometry = toColumnGeometry(columns, this.selectable ? SELECT_WIDTH : 0, this.scroller?.clientWidth ?? Infinity);
    this.axes?.update({
      rows: this.rowCount,
      widths: this.geometry.scrolled.map((column) => column.width),
      left: this.geometry.left,
      stuck: this.geometry.stuck,
      activeRow: this.active.row,
      activeColumn: this.active.column - this.geometry.pinned.length,
    });
  }

  override render(): TemplateResult {
    const { geometry, axes } = this;
    const rows = axes?.rows.getVirtualItems() ?? [];
    const inSight = (axes?.columns.getVirtualItems() ?? []).map((item) => item.index + geometry.pinned.length);
    const shown = [...geometry.pinned.keys(), ...inSight];
    const shownKey = `${shown.join()}|${geometry.key}`;
    const height = axes?.rows.getTotalSize() ?? 0;
    const viewport = this.scroller?.clientWidth ?? 0;
    return html`<div class="scroller" @keydown=${(event: KeyboardEvent) => this.onKey(event)}>
      <div
        class="canvas"
        role=${this.isTree ? "treegrid" : "grid"}
        aria-label=${this.label}
        aria-rowcount=${this.rowCount + 1}
        aria-colcount=${this.columns.length + (this.selectable ? 1 : 0)}
        aria-multiselectable=${this.selectable ? "true" : nothing}
        style="height:${height}px;width:${geometry.total}px;--viewport-width:${viewport}px"
        @pointerdown=${(event: PointerEvent) => this.onPress(event)}
        @click=${(event: MouseEvent) => this.onClick(event)}
        @dblclick=${(event: MouseEvent) => this.onDoubleClick(event)}
        @contextmenu=${(event: MouseEvent) => this.onContextMenu(event)}
        @pointerover=${(event: PointerEvent) => this.onHover(event)}
      >
        ${renderHeader({
          geometry,
          shown,
          selectable: this.selectable,
          allSelected: this.allSelected,
          activeColumn: this.active.row === -1 ? this.active.column : null,
          drop: this.drop ?? null,
          resizing: this.widthOverride?.column ?? null,
          onResizeStart: (event, column) => this.startResize(event, column),
          onMoveStart: (event, column) => this.startMove(event, column),
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
              this.renderRow(item.index, item.start, row, shown, active),
            );
          },
        )}
      </div>
    </div>`;
  }

  override updated(): void {
    this.axes?.attach();
    this.tellWindow();
    if (this.focusWanted) {
      this.focusWanted = false;
      this.shadowRoot?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    }
  }

  private renderRow(index: number, top: number, row: GridRow | undefined, shown: readonly number[], active: number | null): TemplateResult {
    const { geometry } = this;
    const selected = row?.selected ?? false;
    const select = this.selectable
      ? html`<div
          class="cell select pinned ${geometry.stuck ? "stuck" : ""}"
          role="gridcell"
          data-column="-1"
          aria-colindex="1"
          aria-label=${selected === true ? t("Selected") : t("Not selected")}
          tabindex=${active === -1 ? "0" : "-1"}
          style="width:${SELECT_WIDTH}px;left:0"
        >
          ${row === undefined ? nothing : selectionBox(selected)}
        </div>`
      : nothing;
    const offset = this.selectable ? 2 : 1;
    const cells =
      row?.span != null
        ? html`<div
            class="cell pinned across"
            role="gridcell"
            data-column="0"
            aria-colindex=${offset}
            aria-colspan=${this.columns.length}
            tabindex=${active !== null && active >= 0 ? "0" : "-1"}
          >
            ${twisty(row)}${row.span()}
          </div>`
        : repeat(
            shown,
            (at) => geometry.columns[at]?.id ?? at,
            (at) => {
              const column = geometry.columns[at];
              if (column === undefined) {
                return nothing;
              }
              const isPinned = at < geometry.pinned.length;
              const indent = at === 0 && row !== undefined ? Math.min(row.depth, MAX_INDENT) * 14 : 0;
              const classes = `cell ${column.align}${isPinned ? ` pinned${geometry.stuck ? " stuck" : ""}` : ""}${at === geometry.pinned.length - 1 ? " last" : ""}`;
              return html`<div
                class=${classes}
                role="gridcell"
                data-column=${at}
                aria-colindex=${at + offset}
                tabindex=${active === at ? "0" : "-1"}
                style="width:${column.width}px;left:${geometry.starts[at] ?? 0}px${indent > 0 ? `;padding-inline-start:${8 + indent}px` : ""}"
              >
                ${at === 0 && row !== undefined && this.isTree ? twisty(row) : nothing}${
                  row === undefined ? html`<span class="waiting"></span>` : this.renderCell(row, column, index)
                }
              </div>`;
            },
          );
    return html`<div
      class="row${row?.span != null ? " span" : ""}${row?.note != null ? " faded" : ""}"
      role="row"
      data-row=${index}
      aria-rowindex=${index + 2}
      aria-selected=${this.selectable && row !== undefined ? String(selected === true) : nothing}
      aria-level=${this.isTree && row !== undefined ? row.depth + 1 : nothing}
      aria-expanded=${this.isTree && row?.expanded != null ? String(row.expanded) : nothing}
      aria-busy=${row === undefined ? "true" : nothing}
      style="transform:translateY(${top}px)"
    >
      ${select}${cells}
    </div>`;
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

  private moveTo(position: GridPosition, focus = true): void {
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
    const { row, column } = this.active;
    const ctrl = event.ctrlKey || event.metaKey;
    if (row === -1 && column >= 0 && this.onHeaderKey(event, column, ctrl)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor(((this.scroller?.clientHeight ?? 0) - HEADER_HEIGHT) / ROW_HEIGHT) - 1);
    const size = { rows: this.rowCount, columns: this.columns.length, page, firstColumn: this.firstColumn };
    const current = row >= 0 ? this.rowAt(row) : undefined;
    const opens = current?.expanded === false && event.key === "ArrowRight";
    const shuts = current?.expanded === true && event.key === "ArrowLeft";
    // As in a tree: arrows at the first cell open and shut, elsewhere they move.
    if ((opens || shuts) && (column === 0 || current?.span !== null) && !ctrl) {
      this.emit("grid-toggle", { row });
    } else if (event.shiftKey && this.selectable && (event.key === "ArrowDown" || event.key === "ArrowUp") && row >= 0) {
      const next = moveInGrid(event.key, false, this.active, size);
      if (next !== null && next.row >= 0) {
        this.moveTo(next);
        this.emit("grid-select", { row: next.row, mode: "range" });
      }
    } else if (event.key === " " && this.selectable) {
      if (row === -1) {
        this.emit("grid-select-all", { select: this.allSelected !== true });
      } else {
        this.emit("grid-select", { row, mode: event.shiftKey ? "range" : "toggle" });
      }
    } else if (event.key === "Enter" && row >= 0) {
      this.emit(current?.span != null ? "grid-toggle" : "grid-activate", { row });
    } else if (event.key === "Enter" && column === -1) {
      this.emit("grid-select-all", { select: this.allSelected !== true });
    } else if (ctrl && event.key.toLowerCase() === "a" && this.selectable) {
      this.emit("grid-select-all", { select: true });
    } else if (ctrl && event.key.toLowerCase() === "c" && row >= 0) {
      this.emit("grid-copy", { row, column: event.shiftKey ? null : (this.columns[column]?.id ?? null) });
    } else if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
      this.openMenuAtActive();
    } else {
      const next = moveInGrid(event.key, ctrl, this.active, size);
      if (next === null || event.altKey) {
        return;
      }
      this.moveTo(next);
    }
    event.preventDefault();
  }

  /** On a heading: Enter sorts, Shift+arrows resize, Ctrl+Shift+arrows move, Alt+Down opens the menu. */
  private onHeaderKey(event: KeyboardEvent, at: number, ctrl: boolean): boolean {
    const column = this.columns[at];
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (column === undefined) {
      return false;
    }
    if (event.key === "Enter") {
      this.emit("grid-sort", { column: column.id, add: event.shiftKey });
      return true;
    }
    if (event.key === "ArrowDown" && event.altKey) {
      this.openMenuAtActive();
      return true;
    }
    if (step === 0 || !event.shiftKey) {
      return false;
    }
    if (ctrl) {
      const other = this.columns[at + step];
      if (other?.pinned === column.pinned) {
        this.emit("grid-move", { column: column.id, before: step > 0 ? (this.columns[at + 2]?.id ?? null) : other.id });
        this.moveTo({ row: -1, column: at + step });
      }
    } else {
      this.emit("grid-resize", { column: column.id, width: clampWidth(column.width + step * KEYBOARD_RESIZE) });
    }
    return true;
  }

  private openMenuAtActive(): void {
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
    if (position === null) {
      return;
    }
    const { row, column } = position;
    if (row === -1) {
      if (column === -1) {
        this.emit("grid-select-all", { select: this.allSelected !== true });
      }
      return;
    }
    const onTwisty = event.composedPath().some((target) => target instanceof Element && target.classList.contains("twisty"));
    if (onTwisty || (this.rowAt(row)?.span != null && column !== -1)) {
      this.emit("grid-toggle", { row });
    } else if (this.selectable) {
      const mode = event.shiftKey ? "range" : event.ctrlKey || event.metaKey || column === -1 ? "toggle" : "only";
      this.emit("grid-select", { row, mode });
    }
  }

  private onDoubleClick(event: MouseEvent): void {
    const position = positionOf(event);
    if (position !== null && position.row >= 0 && position.column >= 0 && this.rowAt(position.row)?.span === null) {
      this.emit("grid-activate", { row: position.row });
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
    const position = cell === null ? null : positionOf(event);
    const column = position === null ? undefined : this.columns[position.column];
    if (cell !== null && position !== null && column !== undefined) {
      cell.title = this.cellTitle(position.row, column);
    }
  }

  private startResize(event: PointerEvent, column: GridColumn): void {
    event.stopPropagation();
    followDrag(event, {
      onMove: (delta) => {
        this.widthOverride = { column: column.id, width: clampWidth(column.width + delta) };
        this.requestUpdate();
      },
      onEnd: (delta, { moved, cancelled }) => {
        this.widthOverride = undefined;
        if (moved && !cancelled) {
          this.emit("grid-resize", { column: column.id, width: clampWidth(column.width + delta) });
        }
        this.requestUpdate();
      },
    });
  }

  private startMove(event: PointerEvent, column: GridColumn): void {
    const add = event.shiftKey;
    followDrag(event, {
      onMove: (_delta, move) => {
        this.drop = this.dropAt(move.clientX, column);
        this.requestUpdate();
      },
      onEnd: (_delta, { moved, cancelled }) => {
        const { drop } = this;
        this.drop = undefined;
        this.requestUpdate();
        if (!moved && !cancelled) {
          this.emit("grid-sort", { column: column.id, add });
        } else if (!cancelled && drop !== undefined && drop.before !== column.id) {
          this.emit("grid-move", { column: column.id, before: drop.before });
        }
      },
    });
  }

  /** Columns move among their like: a pinned one stays pinned. */
  private dropAt(clientX: number, dragged: GridColumn): NonNullable<typeof this.drop> {
    const { geometry } = this;
    const scroller = this.scroller;
    const inView = clientX - (scroller?.getBoundingClientRect().left ?? 0);
    const scrollLeft = scroller?.scrollLeft ?? 0;
    const sticks = dragged.pinned && geometry.stuck;
    const x = sticks ? inView : inView + scrollLeft;
    const likes = dragged.pinned ? geometry.pinned : geometry.scrolled;
    const first = dragged.pinned ? 0 : geometry.pinned.length;
    for (const [index, column] of likes.entries()) {
      const start = geometry.starts[first + index] ?? 0;
      if (x < start + column.width / 2) {
        return { column: dragged.id, before: column.id, x: sticks ? start + scrollLeft : start };
      }
    }
    const last = first + likes.length - 1;
    const end = (geometry.starts[last] ?? 0) + (likes.at(-1)?.width ?? 0);
    const next = dragged.pinned ? (geometry.scrolled[0]?.id ?? null) : null;
    return { column: dragged.id, before: next, x: sticks ? end + scrollLeft : end };
  }

  /** Makes a column as wide as its widest cell in sight. */
  private fit(column: GridColumn): void {
    const at = this.columns.findIndex(({ id }) => id === column.id);
    const cells = this.shadowRoot?.querySelectorAll<HTMLElement>(`[data-column="${at}"]`) ?? [];
    const widths = [...cells].map((cell) => {
      const content = [...cell.querySelectorAll<HTMLElement>(".text, .title, .caption")];
      return (
        content.reduce((widest, element) => Math.max(widest, element.scrollWidth), 0) + (cell.querySelector(".sparkline") === null ? 0 : 56)
      );
    });
    this.emit("grid-resize", { column: column.id, width: clampWidth(Math.max(MIN_WIDTH, ...widths) + 26) });
  }
}

function positionOf(event: Event): GridPosition | null {
  const path = event.composedPath().filter((target): target is HTMLElement => target instanceof HTMLElement);
  const column = path.find((element) => element.dataset["column"] !== undefined)?.dataset["column"];
  const row = path.find((element) => element.dataset["row"] !== undefined)?.dataset["row"];
  return column === undefined || row === undefined ? null : { row: Number(row), column: Number(column) };
}

function clampWidth(width: number): number {
  return Math.round(Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH)));
}

function twisty(row: GridRow): TemplateResult {
  const mark = row.expanded === null ? nothing : icon(row.expanded ? "chevron-down" : "chevron-right");
  return html`<span class=${row.expanded === null ? "" : "twisty"} style="width:16px;flex:none">${mark}</span>`;
}

if (customElements.get("mlops-virtual-grid") === undefined) {
  customElements.define("mlops-virtual-grid", VirtualGrid);
}
