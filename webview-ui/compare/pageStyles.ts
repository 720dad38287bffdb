import { css } from "lit";

import { searchStyles } from "../shared/searchStyles";
import { iconsOnlyBelow, tablePageStyles } from "../shared/tablePageStyles";

export const pageStyles = [
  tablePageStyles,
  iconsOnlyBelow(640),
  searchStyles,
  css`
    .search {
      flex: 1 1 160px;
      max-width: 420px;
      min-width: 0;
    }
    .main {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-height: 0;
    }
    .pane {
      position: relative;
      display: flex;
      flex: 1 1 0;
      min-height: 0;
    }
    .pane + .pane {
      border-top: 1px solid var(--mlops-border);
    }
    .pane.charts {
      overflow: auto;
    }
    mlops-compare-grid,
    mlops-compare-charts {
      flex: 1;
      min-width: 0;
    }
  `,
];

/** What stands in the grid's cells. The grid hands it to its own shadow tree. */
export const cellStyles = css`
  :host {
    --light-background: color-mix(in srgb, var(--vscode-list-hoverBackground, #8884) 75%, var(--vscode-editor-background));
    /* Colours of icons are too pale for small words. */
    --mlops-better: color-mix(in srgb, var(--mlops-ok) 70%, var(--vscode-foreground));
    --mlops-worse: color-mix(in srgb, var(--mlops-error) 70%, var(--vscode-foreground));
  }
  /* There is no selection at the left. */
  .row.span .cell.across {
    left: 0;
  }
  .key {
    font-weight: normal;
  }
  .same {
    color: var(--mlops-muted);
  }
  .best {
    display: inline-flex;
    flex: none;
    margin-inline-end: 3px;
    color: var(--mlops-warning);
  }
  .best .icon,
  .best .icon svg {
    width: 13px;
    height: 13px;
  }
  .best + .text {
    font-weight: 600;
  }
  /* Where there is little room, the difference is cut before the value. */
  .delta {
    flex: 0 1000 auto;
    min-width: 0;
    margin-inline-start: 8px;
    overflow: hidden;
    color: var(--mlops-muted);
    font-size: 0.88em;
    text-overflow: ellipsis;
  }
  .delta b {
    font-weight: 600;
  }
  .delta.better {
    color: var(--mlops-better);
  }
  .delta.worse {
    color: var(--mlops-worse);
  }
  .mark {
    flex: none;
    margin-inline-end: 4px;
  }
  .head .title {
    align-items: center;
  }
  .head .warn {
    display: inline-flex;
    margin-inline-end: 3px;
    color: var(--mlops-warning);
  }
  .direction {
    display: inline-flex;
    flex: none;
    margin-inline-start: 4px;
    color: var(--mlops-muted);
  }
  .direction .icon,
  .direction .icon svg {
    width: 12px;
    height: 12px;
  }
  .file {
    display: inline-flex;
    margin-inline-end: 4px;
    color: var(--vscode-icon-foreground, inherit);
  }
  .ghost {
    font-style: italic;
  }
`;
