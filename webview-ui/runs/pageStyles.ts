import { css } from "lit";

export const pageStyles = css`
  :host,
  main {
    display: flex;
    flex-direction: column;
    height: 100vh;
    background: var(--vscode-editor-background);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 6px 8px;
    border-bottom: 1px solid var(--mlops-border);
  }
  mlops-filter-box {
    flex: 1 1 220px;
    max-width: 640px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    margin-inline-start: auto;
  }
  /* In a narrow panel the icons are enough for the eye; the words stay for screen readers. */
  @media (max-width: 480px) {
    .tools button > span:not(.icon) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  .notices {
    max-height: 40vh;
    overflow-y: auto;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 5px 10px;
    border-bottom: 1px solid var(--mlops-border);
    background: var(--vscode-inputValidation-warningBackground, var(--vscode-editorWidget-background));
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
    overflow-wrap: anywhere;
  }
  .notice .icon {
    color: var(--mlops-warning);
  }
  .notice .words {
    flex: 1 1 200px;
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
  .empty {
    display: flex;
    flex: 1;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 10px;
    padding: 24px;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .empty h2 {
    margin: 0;
    font-size: 1.15em;
    font-weight: 600;
  }
  .empty p {
    max-width: 60ch;
    margin: 0;
    color: var(--mlops-muted);
  }
  .statusline {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 14px;
    min-height: 24px;
    padding: 2px 10px;
    border-top: 1px solid var(--mlops-border);
    color: var(--mlops-muted);
    font-size: 0.92em;
  }
  .statusline .busy {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .action {
    min-height: 26px;
    padding: 2px 12px;
    border: 1px solid var(--vscode-button-border, transparent);
    border-radius: 3px;
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    font: inherit;
    cursor: pointer;
  }
  .action:hover {
    background: var(--vscode-button-hoverBackground);
  }
  .action.second {
    background: var(--vscode-button-secondaryBackground);
    color: var(--vscode-button-secondaryForeground);
  }
  .action:focus-visible {
    outline-offset: 2px;
  }
`;

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
  .group-count {
    padding: 0 6px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 9px;
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
    font-size: 0.85em;
    line-height: 16px;
  }
  .old {
    margin-inline-start: 4px;
    color: var(--mlops-warning);
  }
`;
