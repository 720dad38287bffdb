import { positionOf } from "./gridPointer";
import type { GridEventMap } from "./gridTypes";
import { VirtualGrid } from "./virtualGrid";

/** A grid of which one row is open beside it: a click opens it, and the open one is marked. */
export class OpenRowGrid extends VirtualGrid {
  private readonly light = new CSSStyleSheet();
  private open: number | null = null;

  override firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.light];
    this.addEventListener("click", (event) => {
      const position = positionOf(event);
      if (position !== null && position.row >= 0 && this.rowAt(position.row)?.span === null) {
        const detail: GridEventMap["grid-activate"] = { row: position.row, column: null };
        this.dispatchEvent(new CustomEvent("grid-activate", { detail }));
      }
    });
  }

  /** Marks the row whose details are shown by one rule of a style sheet: no cell is drawn anew. */
  markOpen(row: number | null): void {
    if (row !== this.open) {
      this.open = row;
      this.light.replaceSync(
        row === null
          ? ""
          : `.row[data-row="${row}"] { --row-background: var(--vscode-list-inactiveSelectionBackground, var(--vscode-list-hoverBackground)); box-shadow: inset 3px 0 var(--mlops-focus); }
             .row[data-row="${row}"] .cell.pinned { box-shadow: inset 3px 0 var(--mlops-focus); }`,
      );
    }
  }

  /** Opens the menu of the cell or heading that has the keyboard. */
  openMenu(): void {
    this.openMenuAtActive();
  }

  /** Scrolls a row into sight and puts the focus on it. */
  revealRow(row: number): void {
    this.moveTo({ row, column: 0 });
  }
}
