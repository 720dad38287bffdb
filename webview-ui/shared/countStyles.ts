import { css, type CSSResult } from "lit";

/** A number beside the name of a group, as VS Code's badges look. */
export const countStyles: CSSResult = css`
  .count {
    padding: 0 6px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 9px;
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
    font-size: 0.85em;
    line-height: 16px;
  }
`;
