import { css } from "lit";

export const ROW_HEIGHT = 24;
export const HEADER_HEIGHT = 40;
export const SELECT_WIDTH = 30;

export const gridStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 0;
    overflow: hidden;
    contain: strict;
    --row-background: var(--vscode-editor-background);
  }
  .scroller {
    position: absolute;
    inset: 0;
    overflow: auto;
    outline: none;
  }
  .canvas {
    position: relative;
    min-width: 100%;
  }
  /* Stands still sideways, so that pinned cells need no layer of their own each; see slideCells. */
  .stage {
    position: sticky;
    left: 0;
    width: var(--viewport-width);
    height: 100%;
  }
  .header {
    position: sticky;
    top: 0;
    z-index: 3;
    height: ${HEADER_HEIGHT}px;
    overflow: hidden;
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--mlops-border);
  }
  .row {
    position: absolute;
    top: 0;
    left: 0;
    width: 100%;
    height: var(--row-height, ${ROW_HEIGHT}px);
    background: var(--row-background);
    contain: strict;
  }
  .slide {
    position: absolute;
    inset: 0;
  }
  .row:hover {
    --row-background: var(--hover-background);
    color: var(--vscode-list-hoverForeground, inherit);
  }
  /* List colours may be translucent; a pinned cell must hide what scrolls beneath it. */
  .canvas {
    --hover-background: color-mix(in srgb, var(--vscode-list-hoverBackground, transparent), var(--vscode-editor-background) 1%);
  }
  .row[aria-selected="true"] {
    --row-background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
  }
  .scroller:focus-within .row[aria-selected="true"] {
    --row-background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, inherit);
  }
  .cell {
    position: absolute;
    top: 0;
    display: flex;
    align-items: center;
    height: 100%;
    padding: 0 8px;
    overflow: clip;
    border-inline-end: 1px solid var(--mlops-grid-line);
    contain: strict;
    white-space: nowrap;
    cursor: default;
    user-select: none;
  }
  .cell.pinned {
    z-index: 1;
    background: linear-gradient(var(--row-background), var(--row-background)), var(--vscode-editor-background);
  }
  .cell.pinned.last {
    border-inline-end: 1px solid var(--mlops-border);
  }
  .cell.end {
    justify-content: flex-end;
    font-variant-numeric: tabular-nums;
  }
  .cell > .text {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .cell:focus {
    outline: none;
  }
  .cell:focus-visible,
  .scroller:focus-within .cell[tabindex="0"]:focus {
    outline: 1px solid var(--vscode-list-focusOutline, var(--mlops-focus));
    outline-offset: -1px;
  }
  .row.faded .cell > * {
    color: var(--mlops-muted);
  }
  .row.span {
    --row-background: var(--vscode-sideBarSectionHeader-background, var(--vscode-editor-background));
    border-top: 1px solid var(--mlops-grid-line);
  }
  .row.span .cell.across {
    left: ${SELECT_WIDTH}px;
    right: 0;
    border: 0;
    gap: 4px;
  }
  .head {
    padding: 0;
  }
  .head .face {
    display: flex;
    flex: 1;
    flex-direction: column;
    justify-content: flex-end;
    height: 100%;
    min-width: 0;
    padding: 0 4px 5px 8px;
    line-height: 16px;
    cursor: pointer;
  }
  .head.end .face {
    align-items: flex-end;
    padding: 0 8px 5px 4px;
  }
  .head .caption {
    max-width: 100%;
    color: var(--mlops-muted);
    font-size: 0.82em;
    line-height: 13px;
  }
  .head .title {
    display: flex;
    max-width: 100%;
    font-weight: 600;
  }
  .head .title .icon,
  .head .title .icon svg {
    width: 14px;
    height: 14px;
  }
  .head .place {
    color: var(--mlops-muted);
    font-size: 0.8em;
    font-weight: normal;
  }
  .head:hover .face {
    background: var(--vscode-list-hoverBackground);
  }
  .head .menu {
    position: absolute;
    top: 2px;
    right: 5px;
    display: none;
    width: 18px;
    height: 16px;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: var(--vscode-editor-background);
    color: var(--vscode-icon-foreground, inherit);
    cursor: pointer;
  }
  .head:hover .menu,
  .head:focus-within .menu {
    display: inline-flex;
    align-items: center;
    justify-content: center;
  }
  .head .menu:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .head .grip {
    position: absolute;
    top: 0;
    right: 0;
    width: 6px;
    height: 100%;
    cursor: col-resize;
    touch-action: none;
  }
  .head .grip:hover,
  .head .grip.active {
    background: var(--vscode-sash-hoverBorder, var(--mlops-focus));
  }
  .head.dragged {
    opacity: 0.5;
  }
  .drop {
    position: absolute;
    top: 0;
    bottom: 0;
    z-index: 4;
    width: 2px;
    margin-inline-start: -1px;
    background: var(--mlops-focus);
    pointer-events: none;
  }
  .select {
    justify-content: center;
    padding: 0;
    border: 0;
  }
  .box {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 14px;
    height: 14px;
    border: 1px solid var(--vscode-checkbox-border, var(--mlops-border));
    border-radius: 3px;
    background: var(--vscode-checkbox-background);
    color: var(--vscode-checkbox-foreground, inherit);
  }
  .box .icon,
  .box .icon svg {
    width: 12px;
    height: 12px;
  }
  .dash {
    width: 8px;
    height: 2px;
    background: currentColor;
  }
  .twisty,
  .no-twisty {
    display: inline-flex;
    flex: none;
    width: 16px;
  }
  .twisty {
    cursor: pointer;
  }
  .waiting {
    width: 60%;
    height: 6px;
    border-radius: 3px;
    background: var(--vscode-foreground);
    opacity: 0.08;
  }
  @media (forced-colors: active) {
    .row[aria-selected="true"] {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
  :host-context(body.vscode-high-contrast) .row[aria-selected="true"],
  :host-context(body.vscode-high-contrast-light) .row[aria-selected="true"] {
    outline: 1px solid var(--vscode-contrastActiveBorder);
    outline-offset: -1px;
  }
  :host-context(body.vscode-high-contrast) .row:hover,
  :host-context(body.vscode-high-contrast-light) .row:hover {
    outline: 1px dashed var(--vscode-contrastActiveBorder);
    outline-offset: -1px;
  }
`;
