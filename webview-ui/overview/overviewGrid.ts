import { css } from "lit";

import { countStyles } from "../shared/countStyles";
import { OpenRowGrid } from "../shared/virtualTable/openRowGrid";
import { lightStyles } from "./overviewStyles";

/** Two lines of text. */
const OVERVIEW_ROW_HEIGHT = 42;

/** The shared grid with the looks of our cells, which live in its shadow tree. */
export class OverviewGrid extends OpenRowGrid {
  static override styles = [
    ...OpenRowGrid.styles,
    countStyles,
    lightStyles,
    css`
      :host {
        --row-height: ${OVERVIEW_ROW_HEIGHT}px;
      }
      .row {
        cursor: pointer;
      }
      .cell {
        gap: 6px;
        cursor: inherit;
      }
      .row .name {
        font-weight: 600;
      }
      .row.span .cell.across {
        left: 0;
      }
      .row.span .group {
        font-weight: 600;
      }
      .sparkline {
        flex: none;
        color: var(--mlops-running);
      }
      /* A reason is a sentence: two lines hold most, and the tooltip all. */
      .why {
        display: -webkit-box;
        flex: 1;
        min-width: 0;
        overflow: hidden;
        line-height: 1.35;
        white-space: normal;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
      }
      button.do {
        display: inline-flex;
        flex: none;
        align-items: center;
        max-width: min(215px, 42%);
        height: 20px;
        padding: 0 6px;
        overflow: hidden;
        border: 1px solid var(--vscode-button-border, var(--mlops-border));
        border-radius: 3px;
        background: var(--vscode-button-secondaryBackground);
        color: var(--vscode-button-secondaryForeground);
        font: inherit;
        font-size: 0.92em;
        cursor: pointer;
      }
      button.do:hover {
        background: var(--vscode-button-secondaryHoverBackground);
      }
      button.do.short {
        margin-inline-start: auto;
        padding: 0 2px;
        border-color: transparent;
        background: none;
        color: inherit;
      }
      button.do.short:hover {
        background: var(--vscode-toolbar-hoverBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
      }
      .mine {
        display: inline-flex;
        flex: none;
        color: var(--mlops-warning);
      }
    `,
  ];
  protected override readonly rowHeight: number = OVERVIEW_ROW_HEIGHT;
}

if (customElements.get("mlops-overview-grid") === undefined) {
  customElements.define("mlops-overview-grid", OverviewGrid);
}
