import { css, type CSSResult } from "lit";

import { fieldStyles } from "./curveControls";

/** Selects, boxes to tick and their labels, in a row that wraps. */
export const controlStyles: CSSResult = css`
  ${fieldStyles}
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin: 2px 0 4px;
  }
  label {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  select,
  input[type="search"] {
    min-width: 0;
    max-width: 16em;
  }
  input[type="search"] {
    padding: 0 6px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
  }
  input[type="checkbox"],
  input[type="range"] {
    accent-color: var(--vscode-focusBorder);
  }
  input[type="checkbox"] {
    width: 16px;
    height: 16px;
    margin: 0;
  }
  input[type="range"] {
    width: 100px;
  }
  output {
    min-width: 2.2em;
    font-variant-numeric: tabular-nums;
  }
  .empty {
    display: grid;
    place-items: center;
    min-height: 120px;
    padding: 8px;
    color: var(--mlops-muted);
    text-align: center;
  }
  .skeleton {
    height: 200px;
    border-radius: 3px;
    background: var(--vscode-editor-inactiveSelectionBackground, rgba(128, 128, 128, 0.1));
    opacity: 0.4;
  }
`;
