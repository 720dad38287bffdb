import { css } from "lit";

import { iconsOnlyBelow, tablePageStyles } from "../shared/tablePageStyles";

export const pageStyles = [
  tablePageStyles,
  iconsOnlyBelow(480),
  css`
    mlops-filter-box {
      flex: 1 1 220px;
      max-width: 640px;
    }
    .main {
      position: relative;
      display: flex;
      flex: 1;
      min-height: 0;
    }
    mlops-runs-grid {
      flex: 1;
    }
  `,
];

/** What stands in the grid's cells. The grid hands it to its own shadow tree. */
export const cellStyles = css`
  .status {
    display: inline-flex;
    margin-inline-end: 5px;
  }
  .status.ok {
    color: var(--mlops-ok);
  }
  .status.bad {
    color: var(--mlops-error);
  }
  .status.warn {
    color: var(--mlops-warning);
  }
  .status.run {
    color: var(--mlops-running);
  }
  .status.wait {
    color: var(--mlops-muted);
  }
  .sparkline {
    flex: none;
    color: var(--mlops-running);
  }
  .row[aria-selected="true"] .sparkline,
  .row[aria-selected="true"] .muted {
    color: inherit;
  }
  .gap {
    flex: 1;
    min-width: 6px;
  }
  .old {
    margin-inline-start: 4px;
    color: var(--mlops-warning);
  }
`;
