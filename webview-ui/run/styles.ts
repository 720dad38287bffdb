import { css, type CSSResult } from "lit";

/** What the sections of the page share beside the theme. */
export const sectionStyles: CSSResult = css`
  :host {
    display: block;
    min-width: 0;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }
  th,
  td {
    padding: 2px 8px 2px 0;
    text-align: left;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    color: var(--mlops-muted);
    font-weight: normal;
    font-size: 0.92em;
  }
  tbody th {
    font-weight: normal;
    color: var(--mlops-muted);
  }
  tbody tr {
    border-top: 1px solid color-mix(in srgb, var(--mlops-grid-line) 60%, transparent);
  }
  tbody tr:hover,
  tbody tr:focus-within {
    background: var(--vscode-list-hoverBackground);
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .value {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .copy {
    width: 28px;
    padding: 0;
    text-align: right;
  }
  .copy button {
    width: 22px;
    height: 20px;
    padding: 0;
    justify-content: center;
    opacity: 0;
  }
  tr:hover .copy button,
  .copy button:focus-visible,
  li:hover .copy button {
    opacity: 1;
  }
  @media (hover: none) {
    .copy button {
      opacity: 1;
    }
  }
  .empty {
    margin: 0;
    padding: 2px 0;
    color: var(--mlops-muted);
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    align-items: center;
    margin: 0;
    padding: 4px 0;
    color: var(--vscode-errorForeground);
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 8px 0 2px;
    font-size: 1em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .count {
    color: var(--mlops-muted);
    font-weight: normal;
  }
`;
