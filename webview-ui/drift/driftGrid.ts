import { css } from "lit";

import { countStyles } from "../shared/countStyles";
import { positionOf } from "../shared/virtualTable/gridPointer";
import { VirtualGrid } from "../shared/virtualTable/virtualGrid";
import { driftColorStyles } from "./driftColors";

/** The shared grid with the looks of our cells, which live in its shadow tree, and the row that is open. */
export class DriftGrid extends VirtualGrid {
  static override styles = [
    ...VirtualGrid.styles,
    driftColorStyles,
    countStyles,
    css`
      .cell {
        gap: 6px;
      }
      .row .name {
        font-weight: 600;
      }
      .row.span .cell.across {
        left: 0;
      }
      .row.span .no-twisty {
        display: none;
      }
      code {
        font-family: var(--vscode-editor-font-family, monospace);
      }
      .group {
        font-weight: 600;
      }
      .badge {
        flex: none;
        padding: 0 5px;
        border: 1px solid var(--mlops-border);
        border-radius: 3px;
        color: var(--mlops-muted);
        font-size: 0.85em;
        line-height: 16px;
      }
      .score {
        font-variant-numeric: tabular-nums;
      }
      .bar,
      .mini,
      .trend {
        flex: none;
      }
      .arrow {
        flex: none;
        min-width: 1.2em;
        text-align: center;
      }
      .rise {
        flex: none;
        color: var(--drift-warn);
        font-size: 0.75em;
      }
      .row {
        cursor: pointer;
      }
      .cell {
        cursor: inherit;
      }
    `,
  ];
  private readonly light = new CSSStyleSheet();
  private open: number | null = null;

  override firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.light];
    this.addEventListener("click", (event) => {
      const position = positionOf(event);
      if (position !== null && position.row >= 0 && this.rowAt(position.row)?.span === null) {
        this.dispatchEvent(new CustomEvent("grid-activate", { detail: { row: position.row } }));
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

if (customElements.get("mlops-drift-grid") === undefined) {
  customElements.define("mlops-drift-grid", DriftGrid);
}
