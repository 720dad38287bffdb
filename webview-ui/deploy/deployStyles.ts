import { css, type CSSResult } from "lit";

import { planStyles } from "../shared/planning/planStyles";

export const deployStyles: CSSResult[] = [
  ...planStyles,
  css`
    .gate {
      padding: 10px 12px;
      border: 1px solid var(--mlops-border);
      border-inline-start-width: 3px;
      border-radius: 4px;
    }
    .gate.block {
      border-inline-start-color: var(--mlops-error);
    }
    .gate.warn {
      border-inline-start-color: var(--mlops-warning);
    }
    .gate.pass {
      border-inline-start-color: var(--mlops-ok);
    }
    .gate .checks li {
      padding: 4px 0;
    }
    .gate .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      margin: 6px 0;
    }
    .exception {
      font-weight: 600;
    }
    .check-id {
      color: var(--mlops-muted);
      font-size: 0.92em;
    }
    .evidence {
      display: flex;
      flex-wrap: wrap;
      gap: 0 12px;
      color: var(--mlops-muted);
      font-size: 0.92em;
      overflow-wrap: anywhere;
    }
    .evidence .link {
      text-align: start;
    }
    .confirm {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
    }
    .confirm input,
    .form input[type="text"] {
      border-color: var(--vscode-input-border, var(--mlops-border));
    }
    .form label {
      display: block;
      margin-bottom: 3px;
      font-weight: 600;
    }
    details > .checks {
      margin-top: 6px;
    }
  `,
];
