import { css, html, type CSSResult, type TemplateResult } from "lit";

/** Small tables of words and numbers. */
export const plainTableStyles: CSSResult = css`
  .plain-scroll {
    overflow-x: auto;
  }
  table.plain {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  table.plain th,
  table.plain td {
    padding: 3px 8px;
    border-bottom: 1px solid var(--mlops-grid-line);
    text-align: end;
    vertical-align: top;
  }
  table.plain th {
    color: var(--mlops-muted);
    font-weight: normal;
    white-space: nowrap;
  }
  table.plain .words {
    text-align: start;
    overflow-wrap: anywhere;
  }
  table.plain tbody th {
    color: inherit;
    text-align: start;
    white-space: normal;
    overflow-wrap: break-word;
  }
  table.plain tr.faded {
    color: var(--mlops-muted);
  }
`;

export interface PlainColumn {
  readonly label: string;
  /** Words stand at the left, numbers at the right. */
  readonly words?: boolean;
}

/** A table with its first cells as headings of the rows. @param faded rows that nobody could judge. */
export function plainTable(
  label: string,
  columns: readonly PlainColumn[],
  rows: readonly (readonly unknown[])[],
  faded: (index: number) => boolean = () => false,
): TemplateResult {
  return html`<div class="plain-scroll" tabindex="0" role="region" aria-label=${label}>
    <table class="plain">
      <thead>
        <tr>
          ${columns.map(({ label: name, words }, index) => html`<th scope="col" class=${words === true || index === 0 ? "words" : ""}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, index) =>
            html`<tr class=${faded(index) ? "faded" : ""}>
              ${row.map((cell, at) =>
                at === 0 ? html`<th scope="row">${cell}</th>` : html`<td class=${columns[at]?.words === true ? "words" : ""}>${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
