import { css, type CSSResult } from "lit";

import { headedPageStyles } from "../shared/headedPageStyles";
import { tablePageStyles } from "../shared/tablePageStyles";

export const complianceStyles: CSSResult[] = [
  tablePageStyles,
  headedPageStyles,
  css`
    h2 {
      margin: 0;
      font-size: 1.15em;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    h3 {
      margin: 14px 0 2px;
      color: var(--mlops-muted);
      font-size: 1em;
      font-weight: normal;
    }
    p {
      max-width: 100ch;
      margin: 2px 0 6px;
      overflow-wrap: anywhere;
    }
    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: 0 14px;
      margin: 2px 0 0;
      color: var(--mlops-muted);
    }
    .facts dt,
    .facts dd {
      display: inline;
      margin: 0;
      overflow-wrap: anywhere;
    }
    .facts dd {
      color: var(--vscode-foreground);
    }
    .buttons {
      gap: 4px;
    }
    .law {
      color: var(--mlops-muted);
    }
    .tiles {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
      gap: 8px;
      max-width: 760px;
      margin: 10px 0 4px;
      padding: 0;
    }
    .tile {
      display: flex;
      flex-direction: column;
      gap: 2px;
      padding: 8px 10px;
      border: 1px solid var(--mlops-border);
      border-radius: 4px;
      background: none;
      color: var(--vscode-foreground);
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .tile:hover {
      background: var(--vscode-list-hoverBackground);
      outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
      outline-offset: -2px;
    }
    .tile[aria-pressed="true"] {
      border-color: var(--vscode-focusBorder);
      background: var(--vscode-inputOption-activeBackground);
      color: var(--vscode-inputOption-activeForeground, inherit);
    }
    .tile:focus-visible {
      outline: 1px solid var(--mlops-focus);
    }
    .tile .number {
      font-size: 1.6em;
      font-variant-numeric: tabular-nums;
      line-height: 1.1;
    }
    .tile .word {
      display: inline-flex;
      align-items: center;
      gap: 4px;
    }
    section {
      min-width: 0;
      max-width: 1200px;
      margin-top: 22px;
    }
    .section-head {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 4px 12px;
    }
    .items {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .item {
      display: grid;
      grid-template-columns: 132px minmax(0, 1fr) minmax(140px, 260px);
      gap: 2px 14px;
      padding: 7px 0;
      border-bottom: 1px solid var(--mlops-grid-line);
    }
    .status {
      display: inline-flex;
      align-items: flex-start;
      gap: 5px;
    }
    .status .icon {
      margin-top: 0.05em;
    }
    .status.documented .icon,
    .tile.documented .icon {
      color: var(--mlops-ok);
    }
    .status.missing .icon,
    .tile.missing .icon {
      color: var(--mlops-error);
    }
    .status.expired .icon,
    .tile.expired .icon {
      color: var(--mlops-warning);
    }
    .status.needs_person .icon,
    .tile.needs_person .icon {
      color: var(--mlops-running);
    }
    .item.unasked {
      color: var(--mlops-muted);
    }
    .what {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .what .name {
      font-weight: 600;
    }
    .what p {
      margin: 1px 0 0;
    }
    .meta {
      color: var(--mlops-muted);
      font-size: 0.95em;
    }
    .places:empty {
      display: none;
    }
    .places {
      display: flex;
      flex-direction: column;
      gap: 2px;
      min-width: 0;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .places button.link,
    td button.link {
      text-align: start;
      overflow-wrap: anywhere;
    }
    .scroll {
      overflow-x: auto;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: inherit;
    }
    th,
    td {
      padding: 4px 10px 4px 0;
      border-bottom: 1px solid var(--mlops-grid-line);
      text-align: start;
      vertical-align: top;
      overflow-wrap: anywhere;
    }
    thead th {
      color: var(--mlops-muted);
      font-weight: normal;
      white-space: nowrap;
    }
    tbody th {
      font-weight: 600;
    }
    @media (max-width: 760px) {
      .item {
        grid-template-columns: minmax(0, 1fr);
      }
      th,
      td {
        min-width: 84px;
      }
    }
  `,
];
