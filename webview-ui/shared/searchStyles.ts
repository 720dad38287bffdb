import { css, type CSSResult } from "lit";

/** A field for what to look for; pages say how wide it is. */
export const searchStyles: CSSResult = css`
  .search {
    height: 26px;
    padding: 2px 8px;
    border: 1px solid var(--vscode-input-border, var(--mlops-border));
    border-radius: 3px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground, inherit);
    font: inherit;
  }
  .search::placeholder {
    color: var(--vscode-input-placeholderForeground);
    opacity: 1;
  }
`;
