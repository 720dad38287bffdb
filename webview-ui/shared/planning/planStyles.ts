import { css, type CSSResult } from "lit";

import { fieldStyles } from "../charts/curveControls";
import { headedPageStyles } from "../headedPageStyles";
import { tablePageStyles } from "../tablePageStyles";
import { jobStyles } from "./jobStyles";

/** A form beside the plan that is made of it, and what was started: trainings and deployments look alike, because the same people read both. */
export const planStyles: CSSResult[] = [
  tablePageStyles,
  headedPageStyles,
  fieldStyles,
  jobStyles,
  css`
    .titles p {
      margin: 2px 0 0;
      overflow-wrap: anywhere;
    }
    .summary,
    .verdict {
      display: flex;
      align-items: flex-start;
      gap: 6px;
      overflow-wrap: anywhere;
    }
    .summary .icon,
    .verdict .icon {
      margin-top: 0.1em;
    }
    .pass > .icon,
    .state.pass .icon,
    .succeeded > .icon,
    .state.succeeded h2 .icon {
      color: var(--mlops-ok);
    }
    .warn > .icon,
    .state.warn .icon,
    .risk .icon {
      color: var(--mlops-warning);
    }
    .block > .icon,
    .state.fail .icon,
    .failed > .icon,
    .state.failed h2 .icon,
    .state.refused h2 .icon {
      color: var(--mlops-error);
    }
    .running > .icon,
    .state.running h2 .icon {
      color: var(--mlops-running);
    }
    .action[aria-disabled="true"],
    .action:disabled {
      opacity: 0.5;
      cursor: default;
    }
    .columns {
      display: grid;
      grid-template-columns: minmax(240px, 340px) minmax(0, 1fr);
      gap: 20px 28px;
      align-items: start;
      max-width: 1200px;
    }
    @media (max-width: 760px) {
      .columns {
        grid-template-columns: minmax(0, 1fr);
      }
    }
    .stale {
      opacity: 0.6;
    }
    .plan,
    .form,
    .job {
      display: flex;
      flex-direction: column;
      gap: 20px;
      min-width: 0;
    }
    section {
      min-width: 0;
    }
    h2 {
      margin: 0 0 6px;
      font-size: 1.08em;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    h3 {
      margin: 10px 0 4px;
      color: var(--mlops-muted);
      font-size: 1em;
      font-weight: normal;
    }
    p {
      max-width: 90ch;
      margin: 0 0 6px;
      overflow-wrap: anywhere;
    }
    .form select,
    .form input[type="text"],
    .plan input[type="text"] {
      width: 100%;
    }
    .form select,
    .form input[type="text"],
    .plan input[type="text"],
    .confirm input {
      height: 26px;
      padding: 0 6px;
      border: 1px solid var(--vscode-input-border, var(--vscode-dropdown-border, var(--mlops-border)));
      border-radius: 2px;
      background: var(--vscode-input-background);
      color: var(--vscode-input-foreground);
      font: inherit;
    }
    .form select {
      background: var(--vscode-dropdown-background);
      color: var(--vscode-dropdown-foreground);
    }
    input::placeholder {
      color: var(--vscode-input-placeholderForeground);
      opacity: 1;
    }
    .checks,
    .tasks {
      margin: 0 0 6px;
      padding: 0;
      list-style: none;
    }
    summary {
      color: var(--vscode-textLink-foreground);
      cursor: pointer;
    }
    .checks li,
    .tasks li {
      display: flex;
      gap: 6px;
      padding: 2px 0;
      overflow-wrap: anywhere;
    }
    .checks li > div,
    .tasks li > div {
      min-width: 0;
    }
    .checks b {
      font-weight: 600;
    }
    .remedy {
      display: block;
      color: var(--mlops-muted);
    }
    .code {
      max-width: 100%;
      margin: 0 0 6px;
      padding: 8px 10px;
      border: 1px solid var(--vscode-contrastBorder, transparent);
      border-radius: 3px;
      background: var(--vscode-textCodeBlock-background, var(--vscode-editorWidget-background));
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: var(--vscode-editor-font-size, 0.95em);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    code {
      font-family: var(--vscode-editor-font-family, monospace);
    }
    .facts {
      margin: 0 0 6px;
    }
    .facts > div {
      display: grid;
      grid-template-columns: minmax(90px, 150px) minmax(0, 1fr);
      gap: 0 12px;
      padding: 1px 0;
    }
    .facts.mono {
      display: grid;
      grid-template-columns: fit-content(24ch) minmax(0, 1fr);
      gap: 3px 12px;
      margin-top: 4px;
    }
    .facts.mono > div {
      display: grid;
      grid-column: 1 / -1;
      grid-template-columns: subgrid;
      padding: 0;
    }
    .facts dt {
      color: var(--mlops-muted);
      overflow-wrap: anywhere;
    }
    .facts dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .facts.mono dt,
    .facts.mono dd {
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: 0.92em;
    }
    @media (max-width: 480px) {
      .facts > div,
      .facts.mono {
        grid-template-columns: minmax(0, 1fr);
      }
    }
    .steps {
      margin: 0;
      padding-inline-start: 22px;
    }
    .steps li {
      padding: 1px 0;
      overflow-wrap: anywhere;
    }
    .risk {
      display: flex;
      gap: 5px;
    }
    .scroll {
      overflow-x: auto;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-variant-numeric: tabular-nums;
    }
    th,
    td {
      padding: 4px 12px 4px 0;
      border-bottom: 1px solid var(--mlops-grid-line);
      font-weight: normal;
      text-align: start;
      vertical-align: top;
      overflow-wrap: break-word;
    }
    thead th {
      color: var(--mlops-muted);
      white-space: nowrap;
    }
  `,
];
