import { css, type CSSResult } from "lit";

import { headedPageStyles } from "../shared/headedPageStyles";
import { searchStyles } from "../shared/searchStyles";
import { tabBarStyles } from "../shared/tabBar";
import { iconsOnlyBelow, tablePageStyles } from "../shared/tablePageStyles";

/** Icon, colour and word of a light, in the grid's shadow tree as on the page. */
export const lightStyles: CSSResult = css`
  .light {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    vertical-align: text-bottom;
  }
  .light.trouble .icon {
    color: var(--mlops-error);
  }
  .light.attention .icon {
    color: var(--mlops-warning);
  }
  .light.good .icon {
    color: var(--mlops-ok);
  }
  .light.unknown {
    color: var(--mlops-muted);
  }
`;

export const overviewStyles: readonly CSSResult[] = [
  tablePageStyles,
  headedPageStyles,
  iconsOnlyBelow(640),
  searchStyles,
  tabBarStyles,
  lightStyles,
  css`
    .progress {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 10px;
      padding: 4px 16px;
      border-bottom: 1px solid var(--mlops-border);
    }
    progress {
      flex: 1 1 120px;
      max-width: 260px;
      height: 6px;
      accent-color: var(--vscode-progressBar-background, var(--mlops-running));
    }
    .empty progress {
      flex: none;
      width: 220px;
    }
    .titles p {
      margin: 2px 0 0;
    }
    .panel {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-height: 0;
    }
    .panel.scrolls {
      display: block;
      padding: 12px 16px 32px;
      overflow: auto;
    }
    .filters {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 6px;
      padding: 6px 12px;
    }
    .filters .search {
      flex: 1 1 150px;
      max-width: 280px;
    }
    .filters label,
    .choices label {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      color: var(--mlops-muted);
    }
    select {
      height: 24px;
      padding: 0 4px;
      border: 1px solid var(--vscode-dropdown-border, var(--mlops-border));
      border-radius: 3px;
      background: var(--vscode-dropdown-background);
      color: var(--vscode-dropdown-foreground, inherit);
      font: inherit;
    }
    .panel > .notice {
      margin: 0 0 8px;
      border: 1px solid var(--mlops-border);
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 6px 16px;
      margin: 0 0 10px;
    }
    .columns {
      display: flex;
      flex: 1;
      min-height: 0;
    }
    .table {
      display: flex;
      flex: 1 1 0;
      flex-direction: column;
      min-width: 0;
    }
    mlops-overview-grid {
      flex: 1;
      border-top: 1px solid var(--mlops-border);
    }
    .beside {
      flex: 0 0 min(440px, 46%);
      padding: 10px 16px 24px;
      overflow: auto;
      border-inline-start: 1px solid var(--mlops-border);
    }
    .beside header {
      display: flex;
      align-items: flex-start;
      gap: 8px;
    }
    .panel .beside h2 {
      flex: 1;
      margin: 2px 0 0;
      font-size: 1.15em;
      overflow-wrap: anywhere;
    }
    h3,
    .panel h2 {
      margin: 18px 0 6px;
      font-size: 1em;
      font-weight: 600;
    }
    .panel > h2:first-child,
    .panel > section:first-child > h2 {
      margin-top: 0;
    }
    .states {
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    .states li {
      padding: 8px 0;
      border-bottom: 1px solid var(--mlops-border);
      overflow-wrap: anywhere;
    }
    .states li > p {
      margin: 3px 0 5px;
    }
    .states .head {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 10px;
      align-items: center;
      justify-content: space-between;
    }
    .facts {
      display: grid;
      grid-template-columns: max-content minmax(0, 1fr);
      gap: 3px 12px;
      margin: 8px 0 0;
    }
    .facts > div {
      display: contents;
    }
    .facts dt {
      color: var(--mlops-muted);
    }
    .facts dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .figures {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin: 0 0 14px;
    }
    .figures > div {
      display: flex;
      flex: 0 1 auto;
      flex-direction: column-reverse;
      min-width: 120px;
      padding: 8px 14px;
      border: 1px solid var(--mlops-border);
      border-radius: 4px;
    }
    .figures dt {
      color: var(--mlops-muted);
      font-size: 0.92em;
    }
    .figures dd {
      margin: 0;
      font-size: 1.35em;
      font-variant-numeric: tabular-nums;
    }
    .scroll {
      overflow: auto;
      border: 1px solid var(--mlops-border);
      border-radius: 3px;
    }
    table {
      width: 100%;
      border-collapse: collapse;
    }
    th,
    td {
      padding: 4px 10px;
      border-bottom: 1px solid var(--mlops-grid-line);
      font-weight: normal;
      text-align: start;
      vertical-align: top;
    }
    thead th {
      color: var(--mlops-muted);
      white-space: nowrap;
    }
    tbody th {
      min-width: 140px;
      overflow-wrap: anywhere;
    }
    tbody tr:last-child > * {
      border-bottom: 0;
    }
    td .number {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    td .state {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      min-width: 300px;
    }
    td .state > div {
      flex: 1 1 240px;
    }
    .share {
      display: inline-block;
      width: 80px;
      height: 8px;
      margin-inline-end: 6px;
      border: 1px solid var(--mlops-border);
      vertical-align: middle;
    }
    .share > span {
      display: block;
      height: 100%;
      background: var(--mlops-running);
    }
    .waste {
      margin: 0 0 10px;
      padding: 8px 12px;
      border: 1px solid var(--mlops-border);
      border-radius: 4px;
      overflow-wrap: anywhere;
    }
    .waste p {
      margin: 3px 0;
    }
    .runs {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 10px;
      margin: 4px 0 0;
      padding: 0;
      list-style: none;
    }
    .hint {
      max-width: 80ch;
      margin: 6px 0;
      color: var(--mlops-muted);
    }
    /* In a narrow or low panel details stand below the table, and the page scrolls. */
    @media (max-width: 899px), (max-height: 419px) {
      .columns {
        flex-direction: column;
        overflow: auto;
      }
      .table {
        flex: none;
        height: 100%;
      }
      .columns.open .table {
        height: max(240px, 55%);
      }
      .beside {
        flex: none;
        overflow: visible;
        border-inline-start: 0;
        border-top: 1px solid var(--mlops-border);
      }
    }
    @media (max-width: 640px) {
      .titles p {
        display: none;
      }
      .panel.scrolls {
        padding-inline: 12px;
      }
    }
  `,
];
