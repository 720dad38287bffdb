import { css, type CSSResult } from "lit";

/** The sections and the bar above them. */
export const bodyStyles: CSSResult = css`
  .bar {
    position: sticky;
    top: 0;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin: 10px -20px 0;
    padding: 6px 20px;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--mlops-border);
  }
  .bar input {
    flex: 0 1 300px;
    min-width: 160px;
    height: 26px;
    padding: 0 8px;
    border: 1px solid var(--vscode-input-border, var(--mlops-border));
    border-radius: 2px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    font: inherit;
  }
  .bar input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  @container page (max-width: 560px) {
    .bar {
      position: static;
    }
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 0 2px;
  }
  section {
    min-width: 0;
    margin-top: 16px;
    scroll-margin-top: 48px;
  }
  h2 {
    margin: 0 0 4px;
    font-size: 1.1em;
    font-weight: 600;
  }
  h2:focus-visible {
    outline-offset: 2px;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 0 32px;
    align-items: start;
  }
  @container page (max-width: 860px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  summary {
    cursor: pointer;
    color: var(--mlops-muted);
    padding: 3px 0;
  }
`;

/** The page itself: the element that scrolls, what is shown before and instead of a run. */
export const pageStyles: CSSResult = css`
  :host {
    display: block;
    height: 100%;
    overflow: auto;
    background: var(--vscode-editor-background);
  }
  main {
    container: page / inline-size;
    max-width: 1500px;
    padding: 12px 20px 40px;
    line-height: 1.45;
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin: 0 0 10px;
    padding: 5px 10px;
    border: 1px solid var(--vscode-inputValidation-warningBorder, var(--mlops-warning));
    border-radius: 3px;
    background: var(--vscode-inputValidation-warningBackground);
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
    overflow-wrap: anywhere;
  }
  .banner.error {
    border-color: var(--vscode-inputValidation-errorBorder, var(--mlops-error));
    background: var(--vscode-inputValidation-errorBackground);
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
  }
  .banner > span:not(.icon) {
    flex: 1 1 220px;
  }
  .lonely {
    max-width: 60ch;
    margin: 15vh auto 0;
    text-align: center;
  }
  .lonely p {
    margin: 8px 0 14px;
    overflow-wrap: anywhere;
  }
  .bone {
    height: 14px;
    margin: 10px 0;
    border-radius: 3px;
    background: var(--vscode-editor-inactiveSelectionBackground, rgba(128, 128, 128, 0.15));
    opacity: 0.6;
  }
  .bone.title {
    width: 260px;
    max-width: 70%;
    height: 24px;
  }
`;
