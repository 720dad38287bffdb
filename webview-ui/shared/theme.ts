import { css, type CSSResult } from "lit";

/**
 * What all our pages share: colours, fonts and spacing of VS Code by its theme variables. `--mlops-*` are the few that we
 * derive; a fallback stands where a theme may leave a variable out, high contrast themes above all.
 */
export const themeStyles: CSSResult = css`
  :host {
    --mlops-border: var(--vscode-contrastBorder, var(--vscode-panel-border, rgba(128, 128, 128, 0.35)));
    --mlops-grid-line: var(--vscode-contrastBorder, var(--vscode-tree-tableColumnsBorder, rgba(128, 128, 128, 0.13)));
    --mlops-muted: var(--vscode-descriptionForeground);
    --mlops-ok: var(--vscode-testing-iconPassed, #388a34);
    --mlops-error: var(--vscode-testing-iconFailed, var(--vscode-errorForeground));
    --mlops-warning: var(--vscode-editorWarning-foreground, #bf8803);
    --mlops-running: var(--vscode-charts-blue, #1a85ff);
    --mlops-focus: var(--vscode-focusBorder);
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size, 13px);
  }
  * {
    box-sizing: border-box;
  }
  .icon {
    display: inline-flex;
    flex: none;
    width: 16px;
    height: 16px;
    vertical-align: text-bottom;
  }
  .icon svg {
    width: 16px;
    height: 16px;
    fill: currentColor;
  }
  .muted {
    color: var(--mlops-muted);
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .ellipsis {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  :focus-visible {
    outline: 1px solid var(--mlops-focus);
    outline-offset: -1px;
  }
  .icon-loading svg,
  .icon-sync svg {
    animation: mlops-turn 1.5s linear infinite;
  }
  @keyframes mlops-turn {
    to {
      transform: rotate(360deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/** A flat button with an icon, as in VS Code's title bars, and a text button beside VS Code's own. */
export const buttonStyles: CSSResult = css`
  button.tool {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    height: 24px;
    padding: 0 5px;
    border: 1px solid transparent;
    border-radius: 4px;
    background: none;
    color: var(--vscode-icon-foreground, inherit);
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
  }
  button.tool:hover:not(:disabled) {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  button.tool[aria-pressed="true"] {
    border-color: var(--vscode-inputOption-activeBorder, var(--mlops-border));
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground, inherit);
  }
  button.tool:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button.tool:focus-visible {
    outline: 1px solid var(--mlops-focus);
    outline-offset: -1px;
  }
  button.link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    cursor: pointer;
  }
  button.link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
`;

/** The page itself: fills the panel, without the padding that VS Code gives a webview. Call once per page. */
export function installPageStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; } body > :not([popover]) { height: 100%; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
