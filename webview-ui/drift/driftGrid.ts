import { css } from "lit";

import { countStyles } from "../shared/countStyles";
import { OpenRowGrid } from "../shared/virtualTable/openRowGrid";
import { driftColorStyles } from "./driftColors";

/** The shared grid with the looks of our cells, which live in its shadow tree, and the row that is open. */
export class DriftGrid extends OpenRowGrid {
  static override styles = [
    ...OpenRowGrid.styles,
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
}

if (customElements.get("mlops-drift-grid") === undefined) {
  customElements.define("mlops-drift-grid", DriftGrid);
}
