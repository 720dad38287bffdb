import { css, type CSSResult } from "lit";

/** A page below a heading with buttons; what is below scrolls. It stands on `tablePageStyles`. */
export const headedPageStyles: CSSResult = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 16px;
    padding: 10px 16px;
    border-bottom: 1px solid var(--mlops-border);
  }
  .titles {
    flex: 1 1 260px;
    min-width: 0;
  }
  h1 {
    margin: 0;
    font-size: 1.3em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .body {
    flex: 1;
    overflow: auto;
    padding: 12px 16px 32px;
  }
  .notice.error {
    background: var(--vscode-inputValidation-errorBackground, var(--vscode-editorWidget-background));
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
  }
  .notice.error > .icon {
    color: var(--mlops-error);
  }
  @media (max-width: 760px) {
    .top,
    .body {
      padding-inline: 12px;
    }
  }
`;
