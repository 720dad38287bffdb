import { css, type CSSResult } from "lit";

import { planStyles } from "../shared/planning/planStyles";

export const retrainStyles: CSSResult[] = [
  ...planStyles,
  css`
    .section-head {
      display: flex;
      align-items: baseline;
      justify-content: space-between;
      gap: 12px;
    }
    .field {
      margin-bottom: 10px;
    }
    .field-head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 8px;
      min-height: 24px;
    }
    .field-head label {
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .changed {
      padding: 0 5px;
      border: 1px solid var(--vscode-gitDecoration-modifiedResourceForeground, var(--mlops-warning));
      border-radius: 8px;
      font-size: 0.85em;
    }
    .before {
      margin-inline-start: auto;
      color: var(--mlops-muted);
      font-size: 0.92em;
      overflow-wrap: anywhere;
    }
    .reset {
      height: 22px;
    }
    .reset[hidden] {
      display: none;
    }
    .hint,
    .fault {
      margin: 2px 0 0;
      color: var(--mlops-muted);
      font-size: 0.92em;
    }
    .fault {
      display: flex;
      gap: 4px;
      color: var(--vscode-errorForeground);
    }
    .bad input,
    .bad select {
      border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground)) !important;
    }
    .consent {
      display: flex;
      align-items: flex-start;
      gap: 6px;
    }
    .consent input {
      flex: none;
      width: 16px;
      height: 16px;
      margin: 1px 0 0;
      accent-color: var(--vscode-focusBorder);
    }
    .need {
      padding: 10px 12px;
      border: 1px solid var(--mlops-border);
      border-radius: 4px;
    }
    .need.redundant {
      border-color: var(--vscode-inputValidation-infoBorder, var(--mlops-focus));
      background: var(--vscode-inputValidation-infoBackground, transparent);
      color: var(--vscode-inputValidation-infoForeground, inherit);
    }
    .need .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 10px;
      margin: 8px 0;
    }
    .need.redundant .muted,
    .need.redundant dt {
      color: inherit;
    }
    .again {
      display: block;
      margin-bottom: 3px;
    }
    #again {
      max-width: 60ch;
    }
    .changes,
    .runs {
      margin: 0 0 6px;
      padding: 0;
      list-style: none;
    }
    .changes li {
      padding: 1px 0;
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: 0.95em;
      overflow-wrap: anywhere;
    }
    progress {
      width: min(100%, 320px);
      height: 6px;
      accent-color: var(--vscode-progressBar-background);
    }
    .percent {
      margin-inline-start: 6px;
    }
  `,
];
