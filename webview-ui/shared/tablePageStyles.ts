import { css, type CSSResult } from "lit";

/** A page whose main part is a table: toolbar, notices above the table, what stands in its place when it is empty, status line. */
export const tablePageStyles: CSSResult = css`
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
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    margin-inline-start: auto;
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

/** In a panel narrower than `width` pixels the icons are enough for the eye; the words stay for screen readers. */
export function iconsOnlyBelow(width: number): CSSResult {
  return css`
    @media (max-width: ${width}px) {
      .tools button > span:not(.icon) {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
  `;
}
