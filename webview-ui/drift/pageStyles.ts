import { css, type CSSResult } from "lit";

import { controlStyles } from "../shared/charts/controlStyles";
import { searchStyles } from "../shared/searchStyles";
import { tabBarStyles } from "../shared/tabBar";
import { iconsOnlyBelow, tablePageStyles } from "../shared/tablePageStyles";
import { driftColorStyles } from "./driftColors";
import { plainTableStyles } from "./plainTable";

export const driftPageStyles: CSSResult[] = [
  tablePageStyles,
  iconsOnlyBelow(900),
  searchStyles,
  controlStyles,
  driftColorStyles,
  plainTableStyles,
  tabBarStyles,
  css`
    .top {
      padding: 8px 12px 6px;
      border-bottom: 1px solid var(--mlops-border);
    }
    .headline {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 4px 12px;
    }
    .titles {
      flex: 1 1 300px;
      min-width: 0;
    }
    h1 {
      margin: 0;
      color: var(--mlops-muted);
      font-size: 0.92em;
      font-weight: normal;
      overflow-wrap: anywhere;
    }
    .verdict {
      display: flex;
      align-items: baseline;
      gap: 6px;
      margin: 2px 0 0;
      font-size: 1.2em;
      font-weight: 600;
      line-height: 1.3;
      overflow-wrap: anywhere;
    }
    .verdict .icon {
      align-self: flex-start;
      margin-top: 0.15em;
    }
    .verdict.ok .icon {
      color: var(--drift-ok);
    }
    .verdict.warn .icon {
      color: var(--drift-warn);
    }
    .verdict.fail .icon {
      color: var(--drift-fail);
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 2px 16px;
      margin: 4px 0 0;
      color: var(--mlops-muted);
      font-size: 0.92em;
    }
    .facts > span {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .facts b {
      color: var(--vscode-foreground);
      font-weight: 600;
    }
    .swatch {
      display: inline-block;
      width: 10px;
      height: 10px;
      margin-inline-end: 5px;
      border: 2px solid var(--drift-current);
      vertical-align: -1px;
    }
    .swatch.reference {
      border-color: transparent;
      background: var(--drift-reference);
      background-clip: border-box;
    }
    .tag {
      padding: 0 6px;
      border: 1px solid var(--drift-warn);
      border-radius: 3px;
      color: var(--vscode-foreground);
    }
    .details {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
      gap: 8px 24px;
      max-height: 40vh;
      margin-top: 8px;
      padding-top: 8px;
      overflow: auto;
      border-top: 1px solid var(--mlops-border);
    }
    .details h2,
    .panel h2 {
      margin: 0 0 4px;
      font-size: 1em;
      font-weight: 600;
    }
    .details dl {
      display: grid;
      grid-template-columns: max-content minmax(0, 1fr);
      gap: 1px 10px;
      margin: 0;
    }
    .details dt {
      color: var(--mlops-muted);
    }
    .details dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .details ul {
      margin: 4px 0 0;
      padding-inline-start: 18px;
    }
    code {
      font-family: var(--vscode-editor-font-family, monospace);
    }
    .options {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px 14px;
      padding: 6px 12px;
      border-bottom: 1px solid var(--mlops-border);
    }
    .options label {
      color: var(--mlops-muted);
    }
    .options select {
      max-width: 15em;
    }
    .chip {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      max-width: 100%;
      min-height: 24px;
      padding: 0 2px 0 8px;
      border: 1px solid var(--vscode-inputOption-activeBorder, var(--mlops-border));
      border-radius: 12px;
      background: var(--vscode-inputOption-activeBackground);
      color: var(--vscode-inputOption-activeForeground, inherit);
    }
    .progress {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 10px;
      padding: 4px 12px;
      border-bottom: 1px solid var(--mlops-border);
    }
    .progress progress {
      flex: 1 1 120px;
      max-width: 260px;
      height: 6px;
      accent-color: var(--vscode-progressBar-background, var(--mlops-running));
    }
    main > .empty,
    .table > .empty,
    .beside > .empty,
    .body > .empty {
      display: flex;
      min-height: 0;
      color: inherit;
    }
    .body {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-height: 0;
    }
    .stale {
      opacity: 0.75;
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
    mlops-drift-grid {
      flex: 1;
      border-top: 1px solid var(--mlops-border);
    }
    .beside {
      flex: 0 1 46%;
      min-width: 380px;
      overflow: auto;
      border-inline-start: 1px solid var(--mlops-border);
    }
    .panel {
      flex: 1;
      min-height: 0;
      overflow: auto;
    }
    /* In a narrow or low panel the whole page scrolls, and details stand below the table. */
    @media (max-width: 899px), (max-height: 519px) {
      :host {
        overflow: auto;
      }
      main {
        height: auto;
        min-height: 100vh;
      }
      .columns {
        flex-direction: column;
      }
      .table {
        flex: none;
      }
      mlops-drift-grid {
        flex: none;
        height: max(220px, min(var(--grid-height, 60vh), 60vh));
      }
      .beside {
        flex: none;
        min-width: 0;
        overflow: visible;
        border-inline-start: 0;
        border-top: 1px solid var(--mlops-border);
      }
      .panel {
        overflow: visible;
      }
      .details {
        max-height: none;
      }
    }
    /* Details have it all; in a narrow panel the verdict and the sides are what counts. */
    @media (max-width: 640px) {
      .facts .more {
        display: none;
      }
      .options {
        gap: 4px 10px;
      }
    }
  `,
];
